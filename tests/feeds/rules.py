"""What the W3C's feed validator asks of a feed, and what a feed reader needs of the HTML in it.

The validator itself is a service on the web; these are its rules, by the specifications it holds feeds to: RFC 4287
(Atom), the RSS 2.0 specification and the RSS Advisory Board's best practices.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import html5lib
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bs4 import Tag

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MOST = 20
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
RFC822 = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
                    r"\d\d:\d\d:\d\d [+-]\d{4}")  # fmt: skip
LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?")
EMAIL = re.compile(r"\S+@\S+\.\S+( \(.+\))?")
TAG_ADDRESS = re.compile(r"tag:[a-z0-9.-]+,\d{4}-\d\d-\d\d:\S+")
UNFIT = {"script", "style", "form", "input", "button", "svg", "iframe", "object", "embed", "link", "meta"}
HOME_MADE = {"id", "class", "style", "tabindex", "role"}


def errors(text: str, address: str) -> list[str]:
    """Everything wrong with the feed that is published at ``address``."""
    root = ET.fromstring(text)  # noqa: S314 (we wrote it)
    found = _atom(root, address) if root.tag == f"{ATOM}feed" else _rss(root, address)
    return sorted(set(found))


def bodies(text: str) -> list[str]:
    """The HTML of each entry."""
    root = ET.fromstring(text)  # noqa: S314 (we wrote it)
    return [element.text or "" for element in root.iter() if element.tag in {f"{ATOM}content", CONTENT}]


def _atom(root: ET.Element, address: str) -> Iterator[str]:
    entries = root.findall(f"{ATOM}entry")
    for element in (root, *entries):
        yield from _one_each(element, f"{ATOM}id", f"{ATOM}title", f"{ATOM}updated")
    yield from _dates(_words(root, f"{ATOM}updated", f"{ATOM}published"), RFC3339)
    yield from _language(root.get(LANG))
    yield from _self(root, address)
    for found in (*_words(root, f"{ATOM}uri", f"{ATOM}icon", f"{ATOM}logo"), *_links(root)):
        yield from _absolute(found)
    for entry in entries:
        yield from _atom_entry(entry)
    yield from _identities(_words(root, f"./{ATOM}entry/{ATOM}id"))
    yield from _order(_words(root, f"{ATOM}published"))
    changed = _words(root, f"./{ATOM}entry/{ATOM}updated")
    if changed and root.findtext(f"{ATOM}updated") != max(changed):
        yield "updated is not when the newest changed"
    yield from _html(bodies(ET.tostring(root, "unicode")))


def _atom_entry(entry: ET.Element) -> Iterator[str]:
    """Each has an author of its own here, or the feed has; a name has letters (RFC 4287, 3.2.1)."""
    if not all(_words(entry, f"{ATOM}name")):
        yield "nobody for an author"
    if len(entry.findall(f"{ATOM}link[@rel='alternate']")) != 1:
        yield "an entry without its page"
    if any(title.get("type", "text") != "text" for title in entry.findall(f"{ATOM}title")):
        yield "a title with markup"


def _rss(root: ET.Element, address: str) -> Iterator[str]:
    [channel] = root.findall("channel") if root.get("version") == "2.0" else [ET.Element("none")]
    yield from _one_each(channel, "title", "link", "description")
    yield from _self(channel, address)
    yield from _language(channel.findtext("language"))
    if not channel.findtext("ttl", "").isdigit():
        yield "no ttl"
    yield from _dates(_words(root, "lastBuildDate", "pubDate"), RFC822)
    for found in (*_words(root, "link"), *_words(channel, "./image/url")):
        yield from _absolute(found)
    for image in channel.findall("image"):
        if any(image.findtext(name) != channel.findtext(name) for name in ("title", "link")):
            yield "the image is of another channel"
    if not all(EMAIL.fullmatch(author) for author in _words(root, "author")):
        yield "an author who is no e-mail address"
    for item in channel.findall("item"):
        yield from _rss_item(item)
    yield from _identities(_words(root, "guid"))
    yield from _order(
        [parsedate_to_datetime(date).isoformat() for date in _words(root, "pubDate") if RFC822.match(date)]
    )
    yield from _html(bodies(ET.tostring(root, "unicode")))


def _rss_item(item: ET.Element) -> Iterator[str]:
    yield from _one_each(item, "guid", "title", "link", "description", "pubDate")
    if [guid for guid in item.findall("guid") if guid.get("isPermaLink", "true") != "false"]:
        yield from _absolute(item.findtext("guid"))
    if re.search(r"<\w|&\w+;", item.findtext("title", "")):
        yield "a title with markup"
    if "<" in item.findtext("description", ""):
        yield "a description with markup"


def _words(root: ET.Element, *names: str) -> list[str]:
    """The text of every element of these names, however deep, or at a path."""
    return [one.text or "" for name in names for one in (root.findall(name) if "./" in name else root.iter(name))]


def _one_each(element: ET.Element, *names: str) -> Iterator[str]:
    for name in names:
        if len([one for one in element.findall(name) if (one.text or "").strip()]) != 1:
            yield f"not one {name.removeprefix(ATOM)}"


def _links(root: ET.Element) -> list[str]:
    return [link.get("href", "") for link in root.iter(f"{ATOM}link")]


def _self(element: ET.Element, address: str) -> Iterator[str]:
    if [link.get("href") for link in element.findall(f"{ATOM}link[@rel='self']")] != [address]:
        yield "self is not where it is"


def _language(code: str | None) -> Iterator[str]:
    if not LANGUAGE.fullmatch(code or ""):
        yield "no language"


def _dates(dates: Iterable[str], form: re.Pattern[str]) -> Iterator[str]:
    yield from (f"not a date: {date}" for date in dates if not form.fullmatch(date))


def _identities(keys: list[str]) -> Iterator[str]:
    if len(set(keys)) < len(keys):
        yield "two entries are one"
    yield from (f"not an identity for ever: {key}" for key in keys if not TAG_ADDRESS.fullmatch(key))


def _order(dates: list[str]) -> Iterator[str]:
    if dates != sorted(dates, reverse=True):
        yield "not the newest first"
    if len(dates) > MOST:
        yield "too many"


def _absolute(address: str | None) -> Iterator[str]:
    parts = urlsplit((address or "").strip())
    if not (parts.scheme in {"mailto", "tel", "sms"} or (parts.scheme in {"http", "https"} and parts.netloc)):
        yield f"not a whole address: {address}"


def _html(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        try:
            html5lib.HTMLParser(strict=True).parseFragment(text)
        except html5lib.html5parser.ParseError as error:
            yield f"not HTML: {error}"
        for element in BeautifulSoup(text, "html5lib").select("body *"):
            yield from _element(element)


def _element(element: Tag) -> Iterator[str]:
    if element.name in UNFIT:
        yield f"<{element.name}> in a feed"
    yield from (f"{name} on <{element.name}>" for name in element.attrs if name in HOME_MADE or name[:2] == "on")
    if element.name == "img" and not element.has_attr("alt"):
        yield "an image without words"
    addresses = [str(element[name]) for name in ("href", "src", "poster", "cite") if element.has_attr(name)]
    addresses += [part.split()[0] for part in str(element.get("srcset", "")).split(", ") if part.strip()]
    for address in addresses:
        yield from _absolute(address)
