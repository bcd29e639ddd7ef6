"""What real people and real files broke, by kind: each folder of ``tests/clinics/cases/`` holds one kind of input.

``told`` cannot be published, and each fault gets its sentence; ``shown`` comes out as it was meant; ``clinics`` have
facts of their own. ``expected.txt`` says what comes of a folder: ``told FILE:LINE WORDS``, ``shows FILE WORDS`` (one of
several, between bars), ``lacks FILE WORDS``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.site import CLINICS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.site import BuildSite, Site

CASES = CLINICS / "cases"
CLINICS_OF_THEIR_OWN = sorted(folder.name for folder in (CASES / "clinics").iterdir())


def files_of(folder: Path) -> dict[str, str | bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "expected.txt"
    }


def expected(folder: Path) -> Iterator[tuple[str, str, str]]:
    """What, of which file, and the words, of each line of ``expected.txt`` below it."""
    for path in sorted(folder.rglob("expected.txt")):
        for line in path.read_text("utf-8").splitlines():
            if not line.startswith("#"):
                what, file, *words = line.split(" ", 2)
                yield what, file, "".join(words)


def build_all(build_site: BuildSite, group: str) -> Site:
    """All folders of a group laid over the least clinic, in one build."""
    overlay = {name: text for folder in (CASES / group).iterdir() for name, text in files_of(folder).items()}
    return build_site("minimal", overlay)


def compare(site: Site, folder: Path) -> None:
    for what, file, words in expected(folder):
        text = " ".join(site.read(file).replace("&nbsp;", " ").split()) if file in site.files else ""
        if what == "shows":
            assert any(one in text for one in words.split("|")), (file, words)
        else:
            assert what == "lacks"
            assert words not in text if words else file not in site.files, (file, words)


def test_each_fault_is_told_once_at_its_line_with_what_to_write(build_site: BuildSite) -> None:
    problems = build_all(build_site, "told").problems
    wanted = [*expected(CASES / "told")]
    for what, place, words in wanted:
        assert what == "told"
        assert any(re.match(rf"content/{re.escape(place)}: ", one) and words in one for one in problems), (place, words)
    assert len(problems) == len(wanted), problems


def test_what_can_be_meant_is_shown_as_it_is_meant(build_site: BuildSite) -> None:
    site = build_all(build_site, "shown")
    assert site.problems == []
    compare(site, CASES / "shown")


@pytest.mark.parametrize("name", CLINICS_OF_THEIR_OWN)
def test_facts_of_other_kinds_are_said_truly(build_site: BuildSite, name: str) -> None:
    folder = CASES / "clinics" / name
    site = build_site("minimal", files_of(folder))
    assert site.problems == []
    compare(site, folder)
