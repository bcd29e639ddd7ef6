"""What a feed says, whatever its format, and the XML that Atom and RSS share."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from urllib.parse import urlsplit

from clinic.domain.pages.media import Image

ATOM, RSS = "application/atom+xml", "application/rss+xml"
MEDIA_NAMESPACE = "http://search.yahoo.com/mrss/"
ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
NO_ENTRY_YET = datetime(2000, 1, 1, tzinfo=UTC)
"""When a feed without entries changed: Atom demands a date, and the clock would make each build another."""
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0, 2.2 forbids, even as a reference."""


@dataclass(frozen=True)
class Author:
    """Who wrote an entry; ``url`` is the whole address of the page about them, if there is one."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Answered:
    """The entry that another one answers: its ``key`` and the whole address of its page."""

    key: str
    url: str


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
    answered: Answered | None = None

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


def add_texts(into: ET.Element, texts: Mapping[str, str]) -> None:
    """Append an element for each text that has words."""
    for name, text in texts.items():
        if text:
            ET.SubElement(into, name).text = _legal(text)


def add_empty(into: ET.Element, name: str, **attributes: str) -> ET.Element:
    """Append an element that has attributes alone, and give it."""
    return ET.SubElement(into, name, {key: _legal(value) for key, value in attributes.items()})


def add_image(into: ET.Element, image: Image | None) -> None:
    """Media RSS ``content``: the image that a reader shows beside the title."""
    if image is None:
        return
    size = {"width": image.width, "height": image.height}
    known = {name: str(length) for name, length in size.items() if length}
    found = add_empty(into, "media:content", url=image.path, medium="image", **known)
    add_texts(found, {"media:description": image.alt})


def xml_text(root: ET.Element, stylesheet: str) -> str:
    """The whole document, to be encoded as UTF-8, with CSS (W3C "Associating Style Sheets with XML documents").

    Not XSLT, which would make a whole page of it: browsers are giving that up, and Chromium lays a red banner over such
    a page already, which tells its visitors to complain.
    """
    ET.indent(root, "")
    css = f'<?xml-stylesheet type="text/css" href="{escape(stylesheet)}"?>\n' if stylesheet else ""
    return f'<?xml version="1.0" encoding="utf-8"?>\n{css}{ET.tostring(root, "unicode")}\n'


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)
