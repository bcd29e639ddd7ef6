"""Atom 1.0 (RFC 4287), for articles and for comments."""

import xml.etree.ElementTree as ET
from datetime import datetime

from clinic.rendering.feeds.feed import (
    ATOM,
    ATOM_NAMESPACE,
    MEDIA_NAMESPACE,
    Author,
    Entry,
    FeedDocument,
    add_empty,
    add_image,
    add_texts,
    xml_text,
)

_NAMESPACES = {
    "xmlns": ATOM_NAMESPACE,
    "xmlns:media": MEDIA_NAMESPACE,
    "xmlns:thr": "http://purl.org/syndication/thread/1.0",
}


def atom(feed: FeedDocument) -> str:
    """The feed as Atom, to be encoded as UTF-8."""
    root = ET.Element("feed", {**_NAMESPACES, "xml:lang": feed.language})
    add_texts(root, {"id": feed.url, "title": feed.title, "subtitle": feed.subtitle, "updated": _rfc3339(feed.updated)})
    add_empty(root, "link", rel="self", type=ATOM, href=feed.url)
    add_empty(root, "link", rel="alternate", type="text/html", href=feed.page)
    add_texts(root, {"icon": feed.icon, "logo": feed.logo})
    if feed.publisher:
        _add_author(root, feed.publisher)
    for entry in feed.entries:
        _fill(ET.SubElement(root, "entry"), entry)
    return xml_text(root, feed.stylesheet)


def _fill(into: ET.Element, entry: Entry) -> None:
    add_texts(into, {"id": entry.key, "title": entry.title})
    add_empty(into, "link", rel="alternate", type="text/html", href=entry.url)
    add_texts(into, {"published": _rfc3339(entry.published), "updated": _rfc3339(entry.updated)})
    for author in entry.authors:
        _add_author(into, author)
    for subject in entry.subjects:
        add_empty(into, "category", term=subject)
    if entry.answered:  # RFC 4685, 3: Atom Threading Extensions
        add_empty(into, "thr:in-reply-to", ref=entry.answered.key, href=entry.answered.url, type="text/html")
    add_texts(into, {"summary": entry.summary, "content": entry.html})
    for content in into.iter("content"):
        content.set("type", "html")
    add_image(into, entry.image)


def _add_author(into: ET.Element, author: Author) -> None:
    add_texts(ET.SubElement(into, "author"), {"name": author.name, "uri": author.url})


def _rfc3339(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
