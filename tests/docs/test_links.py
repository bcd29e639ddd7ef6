"""Links in the manuals lead somewhere, and what their maps show is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.docs.manuals import MANUALS, OWNER, START, THEME, Manual
from tests.docs.pictures import FOLDER as GUIDE
from tests.docs.pictures import LARGEST
from tests.site import ROOT

if TYPE_CHECKING:
    from pathlib import Path

ELSEWHERE = ("http://", "https://", "{filename}", "{static}")


def paths_in_map(manual: Manual, heading: str) -> list[str]:
    """The first words of the lines of the indented block under a heading."""
    section = manual.text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^ {4}(\S+) ", section, re.MULTILINE)


@pytest.mark.parametrize("manual", MANUALS, ids=lambda manual: str(manual.path.parent.name))
def test_every_link_leads_to_a_file_and_a_heading_that_are_there(manual: Manual) -> None:
    assert manual.links
    assert [link for link in manual.links if not link.startswith(ELSEWHERE) and not leads_somewhere(manual, link)] == []


def leads_somewhere(manual: Manual, link: str) -> bool:
    file, _, anchor = link.partition("#")
    target = manual.path.parent / file if file else manual.path
    return target.exists() and (not anchor or anchor in Manual(target).anchors)


@pytest.mark.parametrize(
    ("manual", "heading", "folder"),
    [
        (START, "The map", ROOT),
        (OWNER, "What is where", ROOT / "tests" / "clinics" / "full"),
        (THEME, "Where things are", ROOT / "theme"),
    ],
)
def test_what_a_map_shows_is_there(manual: Manual, heading: str, folder: Path) -> None:
    paths = paths_in_map(manual, heading)
    assert len(paths) > 5
    assert [path for path in paths if not (folder / path).exists()] == []


def test_the_image_is_small_enough_for_a_slow_line() -> None:
    [image] = [link for link in START.links if link.endswith(".webp")]
    assert (ROOT / image).stat().st_size < 120_000


def test_the_pictures_of_the_guide_are_there_and_small_enough_all_together() -> None:
    shown = {link for link in OWNER.links if "/guide/" in link}
    kept = {file.name for file in GUIDE.glob("*")}
    assert {link.rpartition("/")[2] for link in shown} == kept
    assert sum(file.stat().st_size for file in GUIDE.iterdir()) < LARGEST
