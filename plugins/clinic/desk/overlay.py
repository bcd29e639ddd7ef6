"""What the preview adds to a page: the script that reloads it, and the panel that lists its problems."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clinic.desk.stage import Scene
    from clinic.files.problems import Problem

ASSETS = Path(__file__).parent / "assets"
PREFIX = "/~preview/"
# Files, not inline code: they also work under a site's Content-Security-Policy of 'self'.
STYLESHEET = f'<link rel="stylesheet" href="{PREFIX}preview.css">'
END_OF_BODY = re.compile(rb"</body\s*>", re.IGNORECASE)


def with_preview(page: bytes, scene: Scene) -> bytes:
    """Add the script and, if there are problems, the panel at the end of a page's body."""
    ends = list(END_OF_BODY.finditer(page))
    end = ends[-1].start() if ends else len(page)
    return page[:end] + (script(scene) + isolated_panel(scene.problems)).encode() + page[end:]


def script(scene: Scene) -> str:
    """Give the script; it reloads the page as soon as the server shows another version."""
    return f'<script src="{PREFIX}preview.js" data-version="{scene.version}" defer></script>'


def isolated_panel(problems: tuple[Problem, ...]) -> str:
    """Give the panel in a shadow root: neither the site's styles nor ours reach across."""
    if not problems:
        return ""
    inside = f'{STYLESHEET}<div class="dock">{panel(problems)}</div>'
    return f'<clinic-preview><template shadowrootmode="open">{inside}</template></clinic-preview>'


def panel(problems: tuple[Problem, ...]) -> str:
    """List every problem with its place; open, and closed by a click on its heading."""
    return (
        '<section class="panel" aria-label="Problems found by the preview">'
        f'<details open><summary>{count(problems)} to mend</summary><ol tabindex="0" aria-label="Problems">'
        f"{''.join(map(item, problems))}</ol></details></section>"
    )


def item(problem: Problem) -> str:
    """Show one problem: its place, then what is wrong there."""
    place = str(problem).removesuffix(f": {problem.message}")
    return f"<li><code>{escape(place)}</code>: {escape(problem.message)}</li>"


def count(problems: tuple[Problem, ...]) -> str:
    """Say how many problems there are."""
    return "1 problem" if len(problems) == 1 else f"{len(problems)} problems"


def plain_page(scene: Scene, title: str, sentence: str) -> bytes:
    """Give a whole page that needs nothing of the site: for before the first build and for addresses without a page."""
    problems = panel(scene.problems) if scene.problems else ""
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>{STYLESHEET}{script(scene)}'
        f'</head><body class="plain"><main><h1>{escape(title)}</h1><p>{escape(sentence)}</p>{problems}</main>'
        "</body></html>"
    ).encode()
