"""How much a visitor's phone has to load: whole pages, and single files."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from clinic.cli.check.examined import Examined, Where
from clinic.cli.check.pages import Page, Picture
from clinic.cli.check.rules import FILE_SIZE, PAGE_SIZE, advice
from clinic.content.diagnostics import Diagnostic
from clinic.domain.pages.urls import OUTPUT_FILES
from clinic.models.language import size_in_words, to_the_owner

HEAVIEST_PAGE = 1_600_000
"""Bytes: Lighthouse's goal for a phone, which loads them in 10 seconds on slow 3G (web.dev, total-byte-weight)."""
_LARGEST = {"picture": 500_000, "film": 20_000_000, "file": 5_000_000}
_PICTURES = frozenset({".webp", ".avif", ".jpg", ".jpeg", ".png", ".gif", ".svg"})
_FILMS = frozenset({".mp4", ".m4v", ".webm", ".mov"})
_PHONE_PIXELS = 800
"""About what a phone of 400 pixels at twice the density chooses."""
_SMALLER = {
    "picture": "save it smaller, at most 2000 pixels wide",
    "film": "export it with less detail, or put it on a site for films",
    "file": "export it again for the screen, with smaller pictures",
}


def page_sizes(site: Examined) -> Iterator[Diagnostic]:
    """Pages of the owner's that weigh more than a phone loads quickly; films and scripts are not counted."""
    for file in site.files:
        weight = _weight(site, file.page) if file.page else 0
        if weight > HEAVIEST_PAGE:
            message = f"this page and its pictures are {_size(weight)}; {_size(HEAVIEST_PAGE)} are loaded quickly"
            yield advice(PAGE_SIZE, (file.source.name, 0), f"{message}; use fewer or smaller pictures")


def file_sizes(site: Examined) -> Iterator[Diagnostic]:
    """Published files that are larger than they need to be, at the owner's own file: of one picture the largest."""
    told: set[Where] = set()
    for path, size in sorted(site.sizes.items(), key=lambda found: -found[1]):
        suffix = PurePosixPath(path).suffix.lower()
        kind = "picture" if suffix in _PICTURES else "film" if suffix in _FILMS else "file"
        is_ours = suffix in {".html", ".xml"} or path.partition("/")[0] in OUTPUT_FILES
        where = _original(site, path) if size > _LARGEST[kind] and not is_ours else None
        if where and where not in told:
            told.add(where)
            yield advice(FILE_SIZE, where, f"this {kind} is published with {_size(size)}; {_SMALLER[kind]}")


def _weight(site: Examined, page: Page) -> int:
    files = {_chosen(picture) for picture in page.pictures}
    paths = (target[0] for file in files if (target := site.target(page, file)))
    return page.size + sum(site.sizes.get(path, 0) for path in paths)


def _chosen(picture: Picture) -> str:
    """The file that a phone loads."""
    wide = sorted(picture.candidates, key=lambda found: found[1])
    return next((file for file, width in wide if width >= _PHONE_PIXELS), wide[-1][0] if wide else picture.src)


def _original(site: Examined, path: str) -> Where | None:
    """The owner's file of which a published one was made, as the build tells; what is in ``static/`` keeps its name."""
    key = site.origins.get(path, f"static/{path}")
    return (site.content.name_of(key), 0) if key in site.content.files else None


def _size(size: int) -> str:
    return to_the_owner(lambda: size_in_words(size))
