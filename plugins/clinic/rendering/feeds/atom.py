"""Feeds of articles: Atom 1.0 (RFC 4287) and RSS 2.0 (RSS Advisory Board: specification and best practices)."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from urllib.parse import urlsplit

from clinic.domain.pages.media import Image

ATOM, RSS = "application/atom+xml", "application/rss+xml"
NO_ARTICLE_YET = datetime(2000, 1, 1, tzinfo=UTC)
"""When a feed without entries changed: Atom demands a date, and the clock would make each build another."""
ONE_DAY = 24 * 60
"""RSS ``ttl``, in minutes: nobody misses an appointment by reading an article a day late."""
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0, 2.2 forbids, even as a reference."""


@dataclass(frozen=True)
class Author:
    """Who wrote an article; ``url`` is the page about them."""

    name: str
    url: str


@dataclass(frozen=True)
class Entry:
    """An article in a feed. Texts are plain, ``html`` is whole, and addresses are too, that of ``image`` included."""

    url: str
    title: str
    summary: str
    html: str
    published: datetime
    modified: datetime | None = None
    authors: tuple[Author, ...] = ()
    subjects: tuple[str, ...] = ()
    image: Image | None = None

    @property
    def updated(self) -> datetime:
        """Atom ``updated``: the last change that its author thinks matters."""
        return self.modified or self.published

    @property
    def key(self) -> str:
        """Its identity, whatever becomes of its words: a tag: address (RFC 4151) from its first day and its path."""
        return tag_address(self.url, self.published)


@dataclass(frozen=True)
class ArticleFeed:
    """A feed: ``url`` is its own address, ``page`` that of the list it stands for; entries come newest first."""

    url: str
    page: str
    title: str
    subtitle: str
    language: str
    publisher: Author
    icon: str
    logo: str
    stylesheet: str
    """The link to it from this site: what a browser shows of a feed is no part of it."""
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime:
        """When any of its articles changed last."""
        return max((entry.updated for entry in self.entries), default=NO_ARTICLE_YET)


def tag_address(url: str, date: datetime) -> str:
    """RFC 4151, as Pelican makes it: of whoever held the domain on that day."""
    parts = urlsplit(url)
    return f"tag:{parts.hostname},{date:%Y-%m-%d}:{parts.path}"


def atom(feed: ArticleFeed) -> str:
    """RFC 4287. Encode it as UTF-8."""
    names = {"xmlns": "http://www.w3.org/2005/Atom", "xmlns:media": _MEDIA, "xml:lang": feed.language}
    root = ET.Element("feed", names)
    _texts(root, {"id": feed.url, "title": feed.title, "subtitle": feed.subtitle, "updated": _rfc3339(feed.updated)})
    _empty(root, "link", rel="self", type=ATOM, href=feed.url)
    _empty(root, "link", rel="alternate", type="text/html", href=feed.page)
    _texts(root, {"icon": feed.icon, "logo": feed.logo})
    _person(root, feed.publisher)
    for entry in feed.entries:
        _atom_entry(ET.SubElement(root, "entry"), entry)
    return _document(root, feed)


def rss(feed: ArticleFeed) -> str:
    """RSS 2.0 with Atom's ``link``, Dublin Core's ``creator``, ``content:encoded`` and Media RSS."""
    root = ET.Element("rss", {"version": "2.0", **_NAMESPACES})
    channel = ET.SubElement(root, "channel")
    _texts(channel, {"title": feed.title, "link": feed.page, "description": feed.subtitle, "language": feed.language})
    _texts(channel, {"ttl": str(ONE_DAY), "lastBuildDate": _rfc822(feed.updated)})
    _empty(channel, "atom:link", rel="self", type=RSS, href=feed.url)
    _texts(ET.SubElement(channel, "image"), {"url": feed.icon, "title": feed.title, "link": feed.page})
    for entry in feed.entries:
        _rss_item(ET.SubElement(channel, "item"), entry)
    return _document(root, feed)


_MEDIA = "http://search.yahoo.com/mrss/"
_NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": _MEDIA,
}


def _atom_entry(into: ET.Element, entry: Entry) -> None:
    _texts(into, {"id": entry.key, "title": entry.title})
    _empty(into, "link", rel="alternate", type="text/html", href=entry.url)
    _texts(into, {"published": _rfc3339(entry.published), "updated": _rfc3339(entry.updated)})
    for author in entry.authors:
        _person(into, author)
    for subject in entry.subjects:
        _empty(into, "category", term=subject)
    _texts(into, {"summary": entry.summary})
    ET.SubElement(into, "content", type="html").text = _legal(entry.html)
    _picture(into, entry.image)


def _rss_item(into: ET.Element, entry: Entry) -> None:
    _texts(into, {"title": entry.title, "link": entry.url})
    ET.SubElement(into, "guid", isPermaLink="false").text = entry.key
    _texts(into, {"pubDate": _rfc822(entry.published)})
    for author in entry.authors:  # RSS has "author" for an e-mail address alone
        _texts(into, {"dc:creator": author.name})
    for subject in entry.subjects:
        _texts(into, {"category": subject})
    # unlike Atom's summary it is HTML, if only words
    _texts(into, {"description": escape(entry.summary, quote=False), "content:encoded": entry.html})
    _picture(into, entry.image)


def _person(into: ET.Element, author: Author) -> None:
    _texts(ET.SubElement(into, "author"), {"name": author.name, "uri": author.url})


def _picture(into: ET.Element, image: Image | None) -> None:
    """Media RSS: the picture that a reader shows beside the title."""
    if image is None:
        return
    size = {"width": image.width, "height": image.height}
    known = {name: str(length) for name, length in size.items() if length}
    _texts(_empty(into, "media:content", url=image.path, medium="image", **known), {"media:description": image.alt})


def _texts(into: ET.Element, texts: Mapping[str, str]) -> None:
    """An element for each text; none for one that has no words."""
    for name, text in texts.items():
        if text:
            ET.SubElement(into, name).text = _legal(text)


def _empty(into: ET.Element, name: str, **attributes: str) -> ET.Element:
    return ET.SubElement(into, name, {key: _legal(value) for key, value in attributes.items()})


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)


def _document(root: ET.Element, feed: ArticleFeed) -> str:
    """With CSS for browsers (W3C "Associating Style Sheets with XML documents").

    Not XSLT, which would make a whole page of it: browsers are giving that up, and Chromium lays a red banner over such
    a page already, which tells its visitors to complain.
    """
    ET.indent(root, "")
    head = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<?xml-stylesheet type="text/css" href="{escape(feed.stylesheet)}"?>\n'
    )
    return f"{head}{ET.tostring(root, 'unicode')}\n"


def _rfc3339(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _rfc822(moment: datetime) -> str:
    """RFC 822 with the four digits of a year that RSS prefers."""
    return format_datetime(moment)
