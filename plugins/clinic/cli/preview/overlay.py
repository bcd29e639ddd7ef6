"""What the preview adds to a page: a script that reloads it, and panels that list errors and warnings."""

import re
from hashlib import sha256
from html import escape
from pathlib import Path

from clinic.cli.build import count
from clinic.cli.preview.state import Snapshot
from clinic.content.diagnostics import Diagnostic

ASSETS = Path(__file__).parent / "assets"
PREFIX = "/~preview/"
# Files, not inline code: they also work under a site's Content-Security-Policy of 'self'.
STYLESHEET = f'<link rel="stylesheet" href="{PREFIX}preview.css">'
END_OF_BODY = re.compile(rb"</body\s*>", re.IGNORECASE)


def version_of(page: bytes, snapshot: Snapshot) -> str:
    """What an open page is told by to load itself again: another one once it would show something else."""
    shown = (page, _panels(snapshot).encode(), snapshot.epoch.encode())
    return sha256(b"\0".join(shown)).hexdigest()[:16]


def with_overlay(page: bytes, snapshot: Snapshot) -> bytes:
    """The page with the script and, if there is anything to list, the panels at the end of its body."""
    return _at_end(page, _script(page, snapshot) + _isolated_panels(snapshot))


def with_script(page: bytes, snapshot: Snapshot) -> bytes:
    """A page of the preview's own, which has the panels in itself, with the script."""
    return _at_end(page, _script(page, snapshot))


def plain_page(snapshot: Snapshot, title: str, sentence: str) -> bytes:
    """A whole page that needs nothing of the site: before the first build, and for addresses without a page."""
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f'{STYLESHEET}</head><body class="plain"><main><h1>{escape(title)}</h1>'
        f"<p>{escape(sentence)}</p>{_panels(snapshot)}</main></body></html>"
    ).encode()


def no_site_page(snapshot: Snapshot) -> bytes:
    """The page until a first build has succeeded."""
    if snapshot.errors:
        sentence = "Mend what stands below; this page then shows the site."
        return plain_page(snapshot, "The site could not be built", sentence)
    return plain_page(snapshot, "The site is being built", "One moment, please.")


def _at_end(page: bytes, addition: str) -> bytes:
    """The page with more HTML at the end of its body."""
    ends = list(END_OF_BODY.finditer(page))
    end = ends[-1].start() if ends else len(page)
    return page[:end] + addition.encode() + page[end:]


def _script(page: bytes, snapshot: Snapshot) -> str:
    """It reloads the page as soon as the server announces another version of it."""
    return f'<script src="{PREFIX}preview.js" data-version="{version_of(page, snapshot)}" defer></script>'


def _isolated_panels(snapshot: Snapshot) -> str:
    """The panels in a shadow root: the site's styles do not reach them, nor theirs the site."""
    panels = _panels(snapshot)
    if not panels:
        return ""
    inside = f'{STYLESHEET}<div class="dock">{panels}</div>'
    return f'<clinic-preview><template shadowrootmode="open">{inside}</template></clinic-preview>'


def _panels(snapshot: Snapshot) -> str:
    """Warnings, closed until someone opens them; below them the errors, open."""
    panels = ""
    if warnings := snapshot.warnings:
        number = "1 note" if len(warnings) == 1 else f"{len(warnings)} notes"
        panels += (
            '<section class="panel panel--notes" aria-label="Notes of the preview">'
            f"<details><summary>{number}</summary>{_list('Notes', warnings)}</details></section>"
        )
    if errors := snapshot.errors:
        panels += (
            '<section class="panel" aria-label="Problems found by the preview">'
            f"<details open><summary>{count(errors)} to mend</summary>{_list('Problems', errors)}</details></section>"
        )
    return panels


def _list(label: str, diagnostics: tuple[Diagnostic, ...]) -> str:
    """A list that takes the focus, so that a keyboard can scroll it."""
    items = (f"<li><code>{escape(found.position)}</code>: {escape(found.message)}</li>" for found in diagnostics)
    return f'<ol tabindex="0" aria-label="{label}">{"".join(items)}</ol>'
