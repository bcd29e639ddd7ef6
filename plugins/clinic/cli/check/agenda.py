"""What has changed since the last publish, what comes next, and what expires soon."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from clinic.cli.check.examined import Examined
from clinic.cli.check.pages import Page, read_page
from clinic.cli.check.rules import EXPIRES, advice
from clinic.content.diagnostics import Diagnostic
from clinic.content.documents import Document, State
from clinic.domain.schedule import day_reviewed, rebuilds_of, review_due
from clinic.rendering.dates import day, last_moment
from clinic.rendering.files.hosting import NEXT_BUILD, read_next_build

_ISO_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
SOON = timedelta(days=30)
"""Within which what expires is told."""
AHEAD = timedelta(days=120)
"""How far the report looks ahead: a quarter of a year, and a month to act."""


class Entry(NamedTuple):
    """Something to come: its day, of what ``kind`` it is (a key of ``KINDS``), what it is, and in which file."""

    day: date
    kind: str
    what: str
    file: str


KINDS: Mapping[str, str] = {
    "review": "Reviews due",
    "holiday": "Holidays to decide",
    "post": "Posts scheduled",
    "expires": "What expires",
    "change": "What changes by itself",
}
"""The headings of what is to come."""


@dataclass(frozen=True)
class Changes:
    """The pages that differ from those of the last publish, by title; ``since`` is when that was, where it is known."""

    since: datetime | None
    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def expiring(site: Examined) -> Iterator[Diagnostic]:
    """What is taken off the site within a month."""
    for file in site.files:
        if (over := file.document.expires) and over - site.now <= SOON:
            message = f"this is shown until {last_moment(over.astimezone(site.now.tzinfo))}"
            yield advice(EXPIRES, file.at("expires"), f'{message}; change or remove "expires" if it is to stay')


def agenda(site: Examined) -> tuple[Entry, ...]:
    """What comes within ``AHEAD``, and reviews that are overdue, the next first."""
    until = site.now.date() + AHEAD
    return tuple(sorted({entry for entry in _entries(site) if entry.day <= until}))


def _entries(site: Examined) -> Iterator[Entry]:
    for content in (site.content, *site.content.translations):
        for document in content.documents.values():
            yield from _of_document(site, document)
    for slug, location in site.clinic.locations.items():
        if location.timetable and location.timetable.region:
            where = f" at {location.known_as(slug)}" if len(site.clinic.locations) > 1 else ""
            for on, name in location.timetable.undecided_bank_holidays(site.now.date() + AHEAD):
                yield Entry(on, "holiday", f"{name}: open or closed{where}?", site.facts.name)
    for rebuild in rebuilds_of(site.content.clinic, site.now.date()):
        if rebuild.at > site.now:
            what = in_words(rebuild.reason)
            yield Entry(rebuild.at.date(), "change", what[:1].upper() + what[1:], site.facts.name)


def _of_document(site: Examined, document: Document[Any]) -> Iterator[Entry]:
    title, zone = f"“{document.front_matter.title}”", site.now.tzinfo
    if document.state is State.SCHEDULED and document.date:
        yield Entry(document.date.astimezone(zone).date(), "post", title, document.name)
    if not document.state.is_public:
        return
    if document.expires:
        yield Entry(document.expires.astimezone(zone).date(), "expires", title, document.name)
    reviewed, due = day_reviewed(document.front_matter), review_due(document.front_matter, site.clinic)
    if reviewed and due:
        yield Entry(due, "review", f"{title}, last on {day(reviewed)}", document.name)


def in_words(reason: str) -> str:
    """The reason of a rebuild with its days as people write them."""
    return _ISO_DAY.sub(lambda found: day(date.fromisoformat(found[0])), reason)


def right_until(site: Examined) -> str:
    """The sentence that says until when the site as it is now will be right; empty where that is open."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        rebuilds = read_next_build((site.site.parent / NEXT_BUILD).read_text("utf-8"))
        if rebuilds:
            moment = last_moment(rebuilds[0].at.astimezone(site.now.tzinfo))
            return f"Published now, the site is right until {moment}: then {in_words(rebuilds[0].reason)}."
    return ""


def changes(site: Examined, published: Path) -> Changes | None:
    """What a publish would change in the site in ``published``; None where there is none, or nothing was built."""
    if not site.pages or not (published / "index.html").is_file():
        return None
    former = {path.relative_to(published).as_posix(): path for path in published.rglob("*.html")}
    pages = {path: page for path, page in site.pages.items() if not page.is_redirect}
    name = partial(_name, f" – {site.clinic.name}")
    new = tuple(name(page) for path, page in pages.items() if path not in former)
    changed = tuple(name(page) for path, page in pages.items() if path in former and _differs(site, page, former[path]))
    read = (read_page(path, file.read_bytes()) for path, file in former.items() if path not in site.pages)
    gone = tuple(name(page) for page in read if not page.is_redirect)
    return Changes(_last_publish(published.parent), new, changed, gone)


def _differs(site: Examined, page: Page, former: Path) -> bool:
    """Whether a visitor reads something else: styles and scripts may differ after a change of the theme."""
    data = former.read_bytes()
    if data == (site.site / page.path).read_bytes():
        return False
    before = read_page(page.path, data)
    shown = (before.title, before.description, before.words, before.pictures, before.main_links)
    return shown != (page.title, page.description, page.words, page.pictures, page.main_links)


def _name(of_clinic: str, page: Page) -> str:
    return f"{page.title.removesuffix(of_clinic)} (/{page.address})"


def _last_publish(root: Path) -> datetime | None:
    with suppress(OSError, ValueError, KeyError, TypeError):
        return datetime.fromisoformat(json.loads((root / NEXT_BUILD).read_text("utf-8"))["built"])
    return None
