"""The store gives what an earlier build worked out, only for equal inputs, and never anything else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clinic.plugin.store import Store, store_of

if TYPE_CHECKING:
    from collections.abc import Sequence

RESULTS = {"ankle": ("Ankles", 1), "knee": ("Knees", 2), "hip": ("Hips", 3)}


class Maker:
    """Makes results, and remembers which it was asked for."""

    def __init__(self, file: Path, key: str = "code 1") -> None:
        self.made: list[tuple[str, ...]] = []
        self.store = Store(file, key)

    def get(self, *inputs: str, kind: str = "body") -> object:
        def make() -> object:
            self.made.append(inputs)
            return RESULTS.get(inputs[0], inputs)

        return self.store.kept(kind, inputs, make)


def filled(file: Path) -> bytes:
    """Build once; gives the bytes of the store."""
    build = Maker(file)
    assert [build.get(name) for name in RESULTS] == [*RESULTS.values()]
    build.store.close()
    return file.read_bytes()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "x.store"


def test_a_later_build_makes_only_what_it_has_not_seen(file: Path) -> None:
    filled(file)
    build = Maker(file)
    assert [build.get(name) for name in ("knee", "toe", "knee")] == [("Knees", 2), ("toe",), ("Knees", 2)]
    assert build.made == [("toe",)]


@pytest.mark.parametrize(
    ("kind", "inputs"), [("words", ["ankle"]), ("body", ["ankles"]), ("body", ["ank", "le"]), ("body", ["ankle", ""])]
)
def test_other_inputs_are_never_taken_for_the_same(file: Path, kind: str, inputs: Sequence[str]) -> None:
    filled(file)
    build = Maker(file)
    build.get(*inputs, kind=kind)
    assert build.made == [tuple(inputs)]


def test_with_other_code_nothing_is_known(file: Path) -> None:
    filled(file)
    build = Maker(file, "code 2")
    build.get("ankle")
    assert build.made == [("ankle",)]


def test_what_a_build_did_not_use_goes_unless_it_was_stopped(file: Path) -> None:
    filled(file)
    stopped = Maker(file)
    stopped.get("ankle")
    stopped.store.close(whole=False)
    whole = Maker(file)
    assert [whole.get(name) for name in ("ankle", "knee")] == [("Ankles", 1), ("Knees", 2)]
    whole.store.close()
    assert not whole.made
    last = Maker(file)
    for name in RESULTS:
        last.get(name)
    assert last.made == [("hip",)]


def test_a_damaged_store_gives_right_results_in_silence(file: Path) -> None:
    """Cut off after each byte, each byte another, and what is no store at all."""
    whole = filled(file)
    cut = [whole[:length] for length in range(0, len(whole), 23)]
    flipped = [whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :] for at in range(0, len(whole), 11)]
    for data in (*cut, *flipped, b"x" * 500, b"\xff" * 24):
        file.write_bytes(data)
        build = Maker(file)
        assert [build.get(name) for name in RESULTS] == [*RESULTS.values()]
        build.store.close()
        assert file.read_bytes() == whole


def test_where_nothing_can_be_kept_everything_is_made(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder belongs", "utf-8")
    build = Maker(tmp_path / "cache" / "x.store")
    assert build.get("ankle") == ("Ankles", 1)
    build.store.close()
    assert (tmp_path / "cache").is_file()


def test_the_store_of_each_site_is_its_own_and_the_oldest_go(tmp_path: Path) -> None:
    for number in range(14):
        store = store_of(tmp_path, [Path("content"), number], ["en-GB"])
        store.kept("body", [str(number)], lambda: 1)
        store.close()
        for file in (tmp_path / "bodies").iterdir():
            os.utime(file, (number, number)) if file.stat().st_mtime > 100 else None
    again = store_of(tmp_path, [Path("content"), 13], ["en-GB"])
    assert again.kept("body", ["13"], lambda: 2) == 1
    again.close()
    assert len(list((tmp_path / "bodies").iterdir())) == 12


def test_what_builds_were_cut_off_from_writing_goes(file: Path) -> None:
    filled(file)
    left = file.with_name("left.new")
    left.write_bytes(b"half")
    os.utime(left, (1, 1))
    filled(file)
    assert [path.name for path in file.parent.iterdir()] == [file.name]
