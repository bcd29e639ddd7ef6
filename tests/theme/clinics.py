"""Clinics whose facts and articles press on the theme: too long, too many, or hardly any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.site import CLINICS

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauamts"
"""60 letters, of which no browser here knows where to put a hyphen."""
LONG_TITLE = (
    "Why the thing that hurts is so often not the thing that is wrong, and what a foot that cannot bend on a hill has "
    "to do with a stiff low back"
)
LONG_NAME = "The Larkmouth, Upper Tarn & Westshire Coast Centre for Musculoskeletal Rehabilitation"
LONG_EMAIL = "appointments.and.every.other.question@musculoskeletal-rehabilitation.larkmouth.example.com"
ARTICLES = 200
SERVICES = 12


def stretched() -> dict[str, str]:
    """Lay over ``full``: long words and titles wherever an owner writes some, and twelve services."""
    facts = (CLINICS / "full" / "clinic.yaml").read_text("utf-8")
    facts = facts.replace("name: Larkmouth & Tarn Movement Clinic", f"name: {LONG_NAME}")
    facts = facts.replace("hello@larkmouth.example.com", LONG_EMAIL)
    text = f"A word first: {WORD}. Then [a link](https://{WORD.lower().replace('ä', 'ae')}.example.com/{WORD}).\n"
    posts = {
        "2026-02-25-word.md": f"title: {WORD}\nsummary: About {WORD}.\nauthor: {WORD}\ntags: [{WORD}]",
        "2026-02-24-long.md": f"title: {LONG_TITLE}\nauthor: Rosa Quill",
        "2026-02-23-short.md": "title: Hip\nauthor: Rosa Quill",
    }
    chain = f"/// chain | {WORD}\n1. {WORD}\n2. Then this\n///"
    section = f"\n## {WORD}\n\n{chain}\n\n## Then\n\n| {WORD} | b |\n|--|--|\n| 1 | 2 |\n"
    pages = {f"posts/{name}": f"---\n{head}\n---\n\n{text}{section}" for name, head in posts.items()}
    pages["team/word.md"] = f"---\ntitle: {WORD}\nrole: {WORD}\nsummary: {WORD}\n---\n"
    for number in range(SERVICES - 4):
        title = WORD if number == 0 else f"Another service, number {number}"
        pages[f"services/more-{number}.md"] = f"---\ntitle: {title}\nsummary: For {title}.\n---\n\n{text}"
    return {"clinic.yaml": facts, **pages}


def crowded() -> dict[str, str]:
    """Lay over ``minimal``: two hundred articles and one service."""
    services = {
        "pages/services.md": "---\ntitle: What we do\n---\n",
        "services/massage.md": "---\ntitle: Massage\n---\n\nWith both hands.\n",
    }
    return {**dict(_articles()), **services}


def without_a_phone() -> dict[str, str]:
    """Lay over ``minimal``: it writes and is written to. The clinic itself has no e-mail, no service and no team."""
    facts = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
    return {"clinic.yaml": facts.replace("phone: 01632 960199", "email: hello@least.example.com")}


def _articles() -> Iterator[tuple[str, str]]:
    for number in range(ARTICLES):
        name = f"posts/2025-{1 + number // 28:02}-{1 + number % 28:02}-note-{number}.md"
        yield name, f"---\ntitle: Note {number}\n---\n\nA short note.\n"
