"""A damaged file is a right site or clear problems: a fixed part of ``make fuzz``."""

from __future__ import annotations

from random import Random

import pytest

from clinic.rendering.markdown.comment import comment_html
from tests.fuzz import targets
from tests.fuzz.mutants import mutant
from tests.fuzz.targets import attempt

FIXED = {"markdown": 120, "comments": 150, "svg": 150, "facts": 10, "imports": 12}
"""How many of each, so that all together take a few seconds; a whole site costs most, so none is built here."""


@pytest.mark.parametrize("kind", FIXED)
def test_a_damaged_file_is_no_riddle(kind: str) -> None:
    found = {seed: wrong for seed in range(FIXED[kind]) if (wrong := attempt(kind, seed))}
    assert not found


def test_what_is_wrong_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that loses words, hangs, or ends with an error of its own."""
    monkeypatch.setitem(targets.TARGETS, "x", (lambda _: int("x"), 0, 0.05))
    assert str(attempt("x", 0)).startswith("ValueError at")

    def endless(_: Random) -> None:
        while True:
            pass

    monkeypatch.setitem(targets.TARGETS, "x", (endless, 0, 0.05))
    assert "0.05 s" in str(attempt("x", 0))
    monkeypatch.setattr(targets, "seen", lambda _: "")
    assert any("lost in silence" in str(attempt("markdown", seed)) for seed in range(9))
    assert targets.tried[0][0] == "text.md"
    with pytest.raises(targets.Broken):
        targets.told_clearly("plugins/clinic/x.py:3: [Errno 13]")


def test_a_mutant_is_the_same_for_the_same_chance() -> None:
    one, other = (mutant("a: b\nc: d\n", Random("1")) for _ in range(2))  # noqa: S311 (chance that repeats itself)
    assert one == other != "a: b\nc: d\n"
    assert comment_html(one)
