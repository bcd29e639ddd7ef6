"""The second process: what it works out is in the store of the first, and where it fails the first does all."""

from __future__ import annotations

import os
import signal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from clinic.plugin import second_process
from clinic.plugin.second_process import work_ahead
from clinic.plugin.store import Store
from tests.incremental import share_cache, tree
from tests.site import Build

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork") or (os.cpu_count() or 1) < 2, reason="it takes fork and two processors"
)
FIRST = os.getpid()
ITEMS = tuple(range(300))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = Store(tmp_path / "of-the-site.store", "key")
    found.kept("before", ["a"], lambda: "b")
    return found


def made_here(number: int) -> tuple[int, str]:
    """Which process made it, and something long: together more than a pipe or a buffer holds."""
    return os.getpid(), f"{number} " * 2000


def results_after(store: Store, work: Callable[[int], object]) -> list[tuple[int, str]]:
    work_ahead(store, ITEMS, work)
    return [store.kept("number", [str(number)], partial(made_here, number)) for number in ITEMS]


def test_each_process_works_on_half_and_the_store_has_all(store: Store) -> None:
    asked = []

    def work(number: int) -> None:
        asked.append(number)
        store.kept("number", [str(number)], lambda: made_here(number))

    found = results_after(store, work)
    assert len(asked) == len(ITEMS) / 2
    assert [text for _, text in found] == [made_here(number)[1] for number in ITEMS]
    assert len({process for process, _ in found}) == 2
    assert store.kept("before", ["a"], lambda: "another") == "b"


def test_a_later_build_finds_what_both_have_worked_out(store: Store, tmp_path: Path) -> None:
    work_ahead(store, ITEMS, lambda number: store.kept("number", [str(number)], lambda: made_here(number)))
    store.close()
    later = Store(tmp_path / "of-the-site.store", "key")
    assert all(later.has("number", [str(number)]) for number in ITEMS)


def end_early() -> None:
    os._exit(3)


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("end", [end_early, be_killed, fail])
def test_where_the_second_process_ends_early_the_first_does_all(store: Store, end: Callable[[], None]) -> None:
    def work(number: int) -> None:
        if os.getpid() != FIRST and number > 50:
            end()
        store.kept("number", [str(number)], lambda: made_here(number))

    found = results_after(store, work)
    assert [text for _, text in found] == [made_here(number)[1] for number in ITEMS]


def test_an_error_of_the_first_is_its_own(store: Store) -> None:
    def work(number: int) -> None:
        if os.getpid() == FIRST and number > 50:
            raise ValueError("of the first")

    with pytest.raises(ValueError, match="of the first"):
        work_ahead(store, ITEMS, work)


def test_for_little_work_there_is_no_second_process(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(os, "fork", fail)
    work_ahead(store, ITEMS[: second_process.MUCH - 1], asked.append)
    assert asked == []


POST = """\
---
title: Knees {0}
tags: [Walking, Number {1}]
---

Of knees, number {0}, and [more]({{filename}}/posts/2026-01-01-post-0.md).
"""


@pytest.mark.site
def test_a_site_is_the_same_with_one_process_and_with_two(tmp_path: Path) -> None:
    posts = {f"posts/2026-01-01-post-{number}.md": POST.format(number, number % 7) for number in range(205)}
    built = []
    processors = os.sched_getaffinity(0)
    for name in ("two", "one"):
        cache = share_cache(tmp_path / f"cache-{name}", "templates")
        build = Build("minimal", posts, settings={"CACHE_PATH": str(cache)})
        build.lay_out(tmp_path / name)
        try:
            if name == "one":
                os.sched_setaffinity(0, {min(processors)})
            site = build.run(tmp_path / name)
        finally:
            os.sched_setaffinity(0, processors)
        built.append((site.exit_code, site.stderr, tree(site.output)))
    assert built[0] == built[1]
    assert built[0][0] == 0
