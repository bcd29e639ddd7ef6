"""What the preview adds to a page: the script that reloads it, and the panels that list problems and notes."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clinic.cli.preview.state import Scene
    from clinic.content.diagnostics import Diagnostic
ASSETS = Path(__file__).parent / "assets"
PREFIX = "/~preview/"
# Files, not inline code: they also work under a site's Content-Security-Policy of 'self'.
STYLESHEET = f'<link rel="stylesheet" href="{PREFIX}preview.css">'
END_OF_BODY = re.compile(rb"</body\s*>", re.IGNORECASE)


def with_preview(page: bytes, scene: Scene) -> bytes:
    """Add the script and, if there are problems or notes, the panels at the end of a page's body."""
    ends = list(END_OF_BODY.finditer(page))
    end = ends[-1].start() if ends else len(page)
    return page[:end] + (script(scene) + isolated_panels(scene)).encode() + page[end:]


def script(scene: Scene) -> str:
    """Give the script; it reloads the page as soon as the server shows another version."""
    return f'<script src="{PREFIX}preview.js" data-version="{scene.version}" defer></script>'


def isolated_panels(scene: Scene) -> str:
    """Give the panels in a shadow root: neither the site's styles nor ours reach across."""
    found = panels(scene)
    if not found:
        return ""
    inside = f'{STYLESHEET}<div class="dock">{found}</div>'
    return f'<clinic-preview><template shadowrootmode="open">{inside}</template></clinic-preview>'


def panels(scene: Scene) -> str:
    """Give what there is to say: notes quietly, and closed until someone opens them; below them the problems."""
    return notes_panel(scene.notes) + problems_panel(scene.problems)


def problems_panel(problems: tuple[Diagnostic, ...]) -> str:
    """List every problem with its place; open, and closed by a click on its heading."""
    if not problems:
        return ""
    return (
        '<section class="panel" aria-label="Problems found by the preview">'
        f"<details open><summary>{count(problems)} to mend</summary>{listed('Problems', problems)}</details></section>"
    )


def notes_panel(notes: tuple[Diagnostic, ...]) -> str:
    """List every note with its place."""
    if not notes:
        return ""
    how_many = "1 note" if len(notes) == 1 else f"{len(notes)} notes"
    return (
        '<section class="panel panel--notes" aria-label="Notes of the preview">'
        f"<details><summary>{how_many}</summary>{listed('Notes', notes)}</details></section>"
    )


def listed(what: str, found: tuple[Diagnostic, ...]) -> str:
    """List them so that a keyboard can scroll a long list."""
    return f'<ol tabindex="0" aria-label="{what}">{"".join(map(item, found))}</ol>'


def item(problem: Diagnostic) -> str:
    """Show one problem or note: its place, then what is to be said of it."""
    return f"<li><code>{escape(problem.place)}</code>: {escape(problem.message)}</li>"


def count(problems: tuple[Diagnostic, ...]) -> str:
    """Say how many problems there are."""
    return "1 problem" if len(problems) == 1 else f"{len(problems)} problems"


def plain_page(scene: Scene, title: str, sentence: str) -> bytes:
    """Give a whole page that needs nothing of the site: for before the first build and for addresses without a page."""
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>{STYLESHEET}{script(scene)}'
        f'</head><body class="plain"><main><h1>{escape(title)}</h1><p>{escape(sentence)}</p>{panels(scene)}</main>'
        "</body></html>"
    ).encode()
