"""Feeds of articles and comments, and their XML: Atom 1.0 (RFC 4287), RSS 2.0 (RSS Advisory Board) with Media RSS."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from urllib.parse import urlsplit

from clinic.domain.pages.media import Image
from clinic.domain.pages.page import PageFacts
from clinic.domain.pages.urls import BLOG, COMMENTS_FEED, comments_feed_path
from clinic.models.words import gettext
from clinic.rendering.structured_data.nodes import Site
from clinic.rendering.text import one_line

ATOM, RSS = "application/atom+xml", "application/rss+xml"
NO_ENTRY_YET = datetime(2000, 1, 1, tzinfo=UTC)
"""When a feed without entries changed: Atom demands a date, and the clock would make each build another."""
ONE_DAY = 24 * 60
"""RSS ``ttl``, in minutes: nobody misses an appointment by reading an article a day late."""
_ATOM, _MEDIA = "http://www.w3.org/2005/Atom", "http://search.yahoo.com/mrss/"
_ATOM_NAMESPACES = {"xmlns": _ATOM, "xmlns:media": _MEDIA, "xmlns:thr": "http://purl.org/syndication/thread/1.0"}
_RSS_NAMESPACES = {
    "xmlns:atom": _ATOM,
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": _MEDIA,
}
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0, 2.2 forbids, even as a reference."""
NEWEST = 200
"""How many entries a feed holds: a reader that asks once a week misses nothing."""


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


def atom(feed: FeedDocument) -> str:
    """The feed as Atom, to be encoded as UTF-8."""
    root = ET.Element("feed", {**_ATOM_NAMESPACES, "xml:lang": feed.language})
    _add_texts(root, {"id": feed.url, "title": feed.title, "subtitle": feed.subtitle})
    _add_texts(root, {"updated": _rfc3339(feed.updated)})
    _add_empty(root, "link", rel="self", type=ATOM, href=feed.url)
    _add_empty(root, "link", rel="alternate", type="text/html", href=feed.page)
    _add_texts(root, {"icon": feed.icon, "logo": feed.logo})
    if feed.publisher:
        _add_author(root, feed.publisher)
    for entry in feed.entries:
        _fill_entry(ET.SubElement(root, "entry"), entry)
    return _xml_text(root, feed.stylesheet)


def _fill_entry(into: ET.Element, entry: Entry) -> None:
    _add_texts(into, {"id": entry.key, "title": entry.title})
    _add_empty(into, "link", rel="alternate", type="text/html", href=entry.url)
    _add_texts(into, {"published": _rfc3339(entry.published), "updated": _rfc3339(entry.updated)})
    for author in entry.authors:
        _add_author(into, author)
    for subject in entry.subjects:
        _add_empty(into, "category", term=subject)
    if entry.answered:  # RFC 4685, 3: Atom Threading Extensions
        key, url = entry.answered
        _add_empty(into, "thr:in-reply-to", ref=key, href=url, type="text/html")
    _add_texts(into, {"summary": entry.summary, "content": entry.html})
    for content in into.iter("content"):
        content.set("type", "html")
    _add_image(into, entry.image)


def _add_author(into: ET.Element, author: Author) -> None:
    _add_texts(ET.SubElement(into, "author"), {"name": author.name, "uri": author.url})


def _rfc3339(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def rss(feed: FeedDocument) -> str:
    """The feed as RSS 2.0 with Atom's ``link``, Dublin Core's ``creator``, ``content:encoded`` and Media RSS."""
    root = ET.Element("rss", {"version": "2.0", **_RSS_NAMESPACES})
    channel = ET.SubElement(root, "channel")
    about = {"title": feed.title, "link": feed.page, "description": feed.subtitle, "language": feed.language}
    _add_texts(channel, {**about, "ttl": str(ONE_DAY), "lastBuildDate": format_datetime(feed.updated)})
    _add_empty(channel, "atom:link", rel="self", type=RSS, href=feed.url)
    _add_texts(ET.SubElement(channel, "image"), {"url": feed.icon, "title": feed.title, "link": feed.page})
    for entry in feed.entries:
        _fill_item(ET.SubElement(channel, "item"), entry)
    return _xml_text(root, feed.stylesheet)


def _fill_item(into: ET.Element, entry: Entry) -> None:
    _add_texts(into, {"title": entry.title, "link": entry.url})
    _add_empty(into, "guid", isPermaLink="false").text = entry.key
    _add_texts(into, {"pubDate": format_datetime(entry.published)})
    for author in entry.authors:  # RSS has "author" for an e-mail address alone
        _add_texts(into, {"dc:creator": author.name})
    for subject in entry.subjects:
        _add_texts(into, {"category": subject})
    # unlike Atom's summary it is HTML, if only words
    _add_texts(into, {"description": escape(entry.summary, quote=False), "content:encoded": entry.html})
    _add_image(into, entry.image)


def _add_texts(into: ET.Element, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        if text:
            ET.SubElement(into, name).text = _ILLEGAL.sub("", text)


def _add_empty(into: ET.Element, name: str, **attributes: str) -> ET.Element:
    return ET.SubElement(into, name, {key: _ILLEGAL.sub("", value) for key, value in attributes.items()})


def _add_image(into: ET.Element, image: Image | None) -> None:
    """Media RSS ``content``: the image that a reader shows beside the title."""
    if image is None:
        return
    known = {name: str(pixels) for name, pixels in (("width", image.width), ("height", image.height)) if pixels}
    found = _add_empty(into, "media:content", url=image.path, medium="image", **known)
    _add_texts(found, {"media:description": image.alt})


def _xml_text(root: ET.Element, stylesheet: str) -> str:
    """The whole document, to be encoded as UTF-8, with CSS (W3C "Associating Style Sheets with XML documents").

    Not XSLT, which would make a whole page of it: browsers are giving that up, and Chromium lays a red banner over such
    a page already, which tells its visitors to complain.
    """
    ET.indent(root, "")
    css = f'<?xml-stylesheet type="text/css" href="{escape(stylesheet)}"?>\n' if stylesheet else ""
    return f'<?xml version="1.0" encoding="utf-8"?>\n{css}{ET.tostring(root, "unicode")}\n'


def comment_feeds(site: Site, pages: Iterable[PageFacts]) -> Iterator[tuple[str, str]]:
    """Path and Atom text of every feed. That of all comments leaves out pages that are in no list.

    Dates are the comments' own, never the build's: an unchanged feed stays the same, byte for byte.
    """
    everywhere: list[Entry] = []
    discussions: dict[str, list[PageFacts]] = {}
    for page in pages:
        if page.discussion:
            discussions.setdefault((page.discussion.paths or (page.path,))[0], []).append(page)
    for article, found in discussions.items():
        page = next(each for each in found if each.path == article)
        if entries := list(_entries(site, page, found)):
            everywhere += entries if page.indexed else ()
            path, title = comments_feed_path(article), gettext("Comments on {title}", title=one_line(page.title))
            yield path, _feed(site, path, article, title, entries)
    if everywhere:
        title = gettext("{clinic}: comments", clinic=site.clinic.name)
        yield COMMENTS_FEED, _feed(site, COMMENTS_FEED, BLOG, title, everywhere)


def _feed(site: Site, path: str, list_path: str, title: str, entries: Iterable[Entry]) -> str:
    newest = sorted(entries, key=lambda entry: (-entry.published.timestamp(), entry.url))[:NEWEST]
    return atom(FeedDocument(site.url(path), site.url(list_path), title, site.clinic.language, tuple(newest)))


def _entries(site: Site, page: PageFacts, pages: Iterable[PageFacts]) -> Iterator[Entry]:
    """An entry for each comment on the article of ``page``; ``pages`` are all on which its discussion is."""
    found = ((comment, part.path) for part in pages if part.discussion for comment in part.discussion.comments)
    comments = {comment.key: (comment, path) for comment, path in found}
    for comment, path in comments.values():
        parent, parent_path = comments.get(comment.in_reply_to or "", (None, page.path))
        # The article's entry in the feed of articles has the same key.
        parent_url = site.url(f"{parent_path}#{parent.anchor}" if parent else page.path)
        parent_date = parent.date if parent else page.published
        yield Entry(
            url=site.url(f"{path}#{comment.anchor}"),
            title=gettext("{name} on {title}", name=comment.name, title=one_line(page.title)),
            summary="",
            html=comment.html,
            published=comment.date,
            authors=(Author(comment.name),),
            answered=(tag_address(parent_url, parent_date) if parent_date else parent_url, parent_url),
        )
