"""What a feed says, whatever its format."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from clinic.domain.pages.media import Image

ATOM, RSS = "application/atom+xml", "application/rss+xml"
NO_ENTRY_YET = datetime(2000, 1, 1, tzinfo=UTC)
"""When a feed without entries changed: Atom demands a date, and the clock would make each build another."""


@dataclass(frozen=True)
class Author:
    """Who wrote an entry; ``url`` is the whole address of the page about them, if there is one."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Entry:
    """An article or a comment in a feed. Texts are plain, ``html`` is HTML; all addresses are whole."""

    url: str
    title: str
    summary: str
    html: str
    published: datetime
    modified: datetime | None = None
    authors: tuple[Author, ...] = ()
    subjects: tuple[str, ...] = ()
    image: Image | None = None
    answered: tuple[str, str] | None = None
    """Key and address of the entry that it answers."""

    @property
    def updated(self) -> datetime:
        """Atom ``updated``: the last change that its author thinks matters."""
        return self.modified or self.published

    @property
    def key(self) -> str:
        """Its identity, whatever becomes of its words."""
        return tag_address(self.url, self.published)


@dataclass(frozen=True)
class FeedDocument:
    """A feed: ``url`` is its own address, ``page`` that of the list it stands for; entries come newest first.

    ``stylesheet`` is a link from this site: what a browser shows of a feed is no part of it.
    """

    url: str
    page: str
    title: str
    language: str
    entries: tuple[Entry, ...]
    subtitle: str = ""
    publisher: Author | None = None
    icon: str = ""
    logo: str = ""
    stylesheet: str = ""

    @property
    def updated(self) -> datetime:
        """When any of its entries changed last."""
        return max((entry.updated for entry in self.entries), default=NO_ENTRY_YET)


def tag_address(url: str, date: datetime) -> str:
    """A tag: address (RFC 4151) as Pelican makes it: of whoever held the domain on that day."""
    parts = urlsplit(url)
    return f"tag:{parts.hostname},{date:%Y-%m-%d}:{parts.path}{parts.fragment}"
