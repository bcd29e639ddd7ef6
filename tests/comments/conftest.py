"""Comments as their files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.site import CLINICS

if TYPE_CHECKING:
    from tests.site import BuildSite, Site


ANKLES = "ankles-on-the-coast-path"
POST = f"/post/{ANKLES}/"


def comment(words: str = "Thank you.", name: str = "Kit", day: str = "2026-02-01", **more: str) -> str:
    """The text of a comment's file."""
    keys = {"name": json.dumps(name), "date": day, "consent": day, **more}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in keys.items() if value) + f"---\n\n{words}\n"


@pytest.fixture(scope="session")
def choices(build_site: BuildSite) -> Site:
    """Comments are closed, but an article may choose; under one of them, every answer answers the one before."""
    facts = (CLINICS / "full" / "clinic.yaml").read_text("utf-8").replace("  open: yes\n", "  open: no\n")
    head = "---\ntitle: {0}\ncomments: {0}\n---\n\n## Comments\n\nWords.\n\n## Main\n\nMore.\n"
    overlay = {f"posts/2026-03-01-{word}.md": head.format(word) for word in ("open", "closed", "none")}
    overlay |= {f"comments/{word}/r-0.md": comment(f"Under {word}.") for word in ("open", "none")}
    for number in range(1, 6):
        words = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk " * 4
        overlay[f"comments/open/r-{number}.md"] = comment(words, "W" * 60, in_reply_to=f"r-{number - 1}")
    return build_site("full", {**overlay, "clinic.yaml": facts})
