"""Code and theme hold nothing of this clinic: another one replaces ``content/`` and gets its own site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clinic.content.load import load
from tests.site import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.site import Site

FIRST_CLINIC = ("LMH", "Optimal Therapy", "Poole", "Nuffield", "Lauren", "7861160799", "lmhoptimaltherapy")
"""Words of the clinic that this generator was first made for."""
TEXT = {".py", ".html", ".css", ".js", ".svg", ".txt", ".toml", ".xml", ".json"}


def own_words() -> set[str]:
    """Words that only the clinic has whose content this is; its towns and names may be words of the code too."""
    clinic = load(ROOT / "content").clinic
    found = {*FIRST_CLINIC, clinic.url.partition("//")[2], clinic.email}
    found |= {clinic.phone.shown, clinic.phone.e164.removeprefix("+44")} if clinic.phone else set()
    return {word for word in found if word}


def code_and_theme() -> Iterator[Path]:
    settings = [ROOT / "pelicanconf.py", ROOT / "publishconf.py"]
    for path in [*settings, *(ROOT / "plugins").rglob("*"), *(ROOT / "theme").rglob("*")]:
        if path.suffix in TEXT and "OFL" not in path.name:
            yield path


def test_no_name_town_or_number_of_the_clinic_is_in_code_or_theme() -> None:
    words = {word.casefold() for word in own_words()}
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words))
    found = [f"{path.relative_to(ROOT)}: {match.group()}" for path in code_and_theme()
             for match in pattern.finditer(path.read_text("utf-8").casefold())]  # fmt: skip
    assert not found


def test_the_site_of_another_clinic_holds_nothing_of_this_one(full: Site, minimal: Site) -> None:
    for site in (full, minimal):
        text = site.everything()
        assert not [word for word in own_words() if re.search(rf"\b{re.escape(word)}\b", text)]
