"""RSS 2.0 (RSS Advisory Board: specification and best practices), for articles."""

import xml.etree.ElementTree as ET
from datetime import datetime
from email.utils import format_datetime
from html import escape

from clinic.rendering.feeds.feed import (
    ATOM_NAMESPACE,
    MEDIA_NAMESPACE,
    RSS,
    Entry,
    FeedDocument,
    add_empty,
    add_image,
    add_texts,
    xml_text,
)

ONE_DAY = 24 * 60
"""RSS ``ttl``, in minutes: nobody misses an appointment by reading an article a day late."""
_NAMESPACES = {
    "xmlns:atom": ATOM_NAMESPACE,
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": MEDIA_NAMESPACE,
}


def rss(feed: FeedDocument) -> str:
    """The feed as RSS 2.0 with Atom's ``link``, Dublin Core's ``creator``, ``content:encoded`` and Media RSS."""
    root = ET.Element("rss", {"version": "2.0", **_NAMESPACES})
    channel = ET.SubElement(root, "channel")
    about = {"title": feed.title, "link": feed.page, "description": feed.subtitle, "language": feed.language}
    add_texts(channel, {**about, "ttl": str(ONE_DAY), "lastBuildDate": _rfc822(feed.updated)})
    add_empty(channel, "atom:link", rel="self", type=RSS, href=feed.url)
    add_texts(ET.SubElement(channel, "image"), {"url": feed.icon, "title": feed.title, "link": feed.page})
    for entry in feed.entries:
        _fill(ET.SubElement(channel, "item"), entry)
    return xml_text(root, feed.stylesheet)


def _fill(into: ET.Element, entry: Entry) -> None:
    add_texts(into, {"title": entry.title, "link": entry.url})
    add_empty(into, "guid", isPermaLink="false").text = entry.key
    add_texts(into, {"pubDate": _rfc822(entry.published)})
    for author in entry.authors:  # RSS has "author" for an e-mail address alone
        add_texts(into, {"dc:creator": author.name})
    for subject in entry.subjects:
        add_texts(into, {"category": subject})
    # unlike Atom's summary it is HTML, if only words
    add_texts(into, {"description": escape(entry.summary, quote=False), "content:encoded": entry.html})
    add_image(into, entry.image)


def _rfc822(moment: datetime) -> str:
    """RFC 822 with the four digits of a year that RSS prefers."""
    return format_datetime(moment)
