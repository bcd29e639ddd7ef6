"""Feeds and site maps: RSS 2.0, RSS 1.0, Atom and JSON Feed with whole texts, and lists of addresses."""

import json
import re
from contextlib import suppress
from html import unescape
from typing import Any

from lxml import etree

from clinic.cli.dates import read_moment
from clinic.cli.importing.assets import original
from clinic.cli.importing.found import (
    NO_CATEGORY,
    Asset,
    Found,
    Harvest,
    Remark,
    Sort,
    Unreadable,
    host_of,
    one_line,
    resolved,
)
from clinic.cli.importing.html_body import read_body
from clinic.cli.importing.tree import Element, as_paragraphs, parse_html, text_of

_CUT = re.compile(
    r"(?:\[(?:…|\.\.\.|&hellip;)\]|…|\.\.\.|(?:read more|continue reading|weiterlesen)\W*)\s*$", re.IGNORECASE
)
_LEAST_TEXT = 600
"""Letters: a description that is shorter, where the feed has no element for the text, is its beginning."""


def parse_xml(data: bytes) -> Element:
    """A document of XML. Raises Unreadable where it is broken or refers to itself or to others."""
    parser = etree.XMLParser(resolve_entities=False, huge_tree=False, no_network=True, load_dtd=False, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        cut = "Premature end" in str(error) or "not terminated" in str(error) or "Couldn't find end" in str(error)
        why = "this ends in the middle, so it was not saved whole" if cut else "this is no XML that can be read"
        line = f" (line {error.lineno})" if error.lineno else ""
        raise Unreadable(f"{why}{line}; download it again, and import that") from None
    if root.getroottree().docinfo.internalDTD is not None and any(True for _ in root.iter(etree.Entity)):
        raise Unreadable("this XML refers to parts of its own, as no feed or export does; download it again")
    return root


def child(element: Element, *names: str) -> str:
    """The words of the first child with one of these names, whatever its namespace; ``content:encoded`` with one."""
    for name in names:
        for each in element:
            if isinstance(each.tag, str) and _matches(each.tag, name) and (each.text or "").strip():
                return (each.text or "").strip()
    return ""


def _matches(tag: str, name: str) -> bool:
    space, _, local = name.rpartition(":")
    found = etree.QName(tag)
    return found.localname == local and (not space or _SPACES.get(space, "?") in (found.namespace or ""))


_SPACES = {
    "content": "purl.org/rss/1.0/modules/content",
    "excerpt": "/excerpt/",
    "dc": "purl.org/dc/",
    "wp": "wordpress.org/export/",
    "media": "search.yahoo.com/mrss",
    "itunes": "itunes",
}


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element.tag).localname if isinstance(element.tag, str) else ""


def read_sitemap(root: Element, source: str) -> Harvest:
    """The addresses of a site map, and those that a map of maps names."""
    addresses = [
        one_line(each.text)
        for each in root.iter("{*}loc")
        if one_line(each.text) and local(each.getparent()) in {"url", "sitemap"}
    ]
    if local(root) == "sitemapindex":
        names = ", ".join(addresses[:5])
        raise Unreadable(f"this only names other site maps; open each in a browser, save it, and import that: {names}")
    if not addresses:
        raise Unreadable(
            "this site map has no addresses; save that of the former site (its address ends in /sitemap.xml)"
        )
    return Harvest(
        addresses=addresses,
        remarks=[
            (
                source,
                Remark(Sort.TO_DO, f"a site map has addresses alone: {len(addresses)} were noted, no texts", line=1),
            )
        ],
    )


def read_feed(root: Element, source: str) -> Harvest:
    """The posts of RSS or Atom. Raises Unreadable where there are none."""
    if local(root) not in {"rss", "feed", "RDF"}:
        raise Unreadable("this XML is neither a feed nor an export of WordPress nor a site map; choose one of these")
    channel = next((each for each in root.iter("{*}channel")), root)
    home = resolved(channel.base or "", child(channel, "link") or _linked(channel))
    items = list(root.iter("{*}item", "{*}entry"))
    if not items:
        raise Unreadable(
            "this feed has no posts in it; open the feed of the former site in a browser, save it, and import that"
        )
    harvest = Harvest()
    for item in items:
        found = _item(item, source, home)
        harvest.found.append(found)
        harvest.addresses += [found.address] if found.status == "draft" and found.address else []
    return harvest


def _item(item: Element, source: str, home: str) -> Found:
    found = Found(source, line=item.sourceline or 1)
    found.title = one_line(unescape(re.sub(r"<[^<>]+>", "", child(item, "title"))))
    found.address = _address(item, home)
    found.day = read_moment(child(item, "pubDate", "published", "dc:date", "issued", "updated"))
    updated = read_moment(child(item, "updated", "modified"))
    found.modified = updated if child(item, "published", "pubDate") else None
    found.authors = [name for name in (_author(each) for each in item if local(each) in {"creator", "author"}) if name]
    tags = (one_line(unescape(each.get("term") or each.text or "")) for each in item if local(each) == "category")
    found.tags = [tag for tag in dict.fromkeys(tags) if tag and tag.casefold() not in NO_CATEGORY]
    text, is_whole = _text(item)
    summary = child(item, "description", "summary") if is_whole else ""
    found.summary = text_of(parse_html(summary)) if summary and summary != text else ""
    found.summary = "" if _CUT.search(found.summary) or len(found.summary) > 400 else found.summary
    base = next((each.base for each in item if local(each) == "content"), "") or found.address or home
    found.body = read_body(parse_html(text), found.title, base, {host_of(home)})
    image = resolved(base, _image(item))
    found.image = Asset(original(image)) if image else None
    if not is_whole:
        found.status = "draft"
        found.to_do(
            "the feed has only the beginning of this post, so it is a draft; put the rest in, or import its saved page",
            "status:",
        )
    return found


def _linked(element: Element) -> str:
    """Where an Atom element leads (RFC 4287, 4.2.7.2)."""
    links = (each for each in element if local(each) == "link" and each.get("rel", "alternate") == "alternate")
    return next((href for each in links if (href := each.get("href"))), "")


def _address(item: Element, home: str) -> str:
    guid = child(item, "guid", "id")
    said = _linked(item) or child(item, "link") or (guid if guid.startswith("http") else "")
    return resolved(item.base or home, said) if said else ""


def _author(element: Element) -> str:
    name = child(element, "name") or one_line(element.text)
    bracketed = re.fullmatch(r"[^\s@]+@\S+ \((.+)\)", name)
    return bracketed[1] if bracketed else "" if "@" in name else name


def _text(item: Element) -> tuple[str, bool]:
    """The text as HTML, and whether it is the whole."""
    whole = child(item, "content:encoded")
    content = next((each for each in item if local(each) == "content" and not each.get("url")), None)
    if not whole and content is not None:
        whole = _atom_text(content)
    if whole:
        return whole, True
    summary = next((each for each in item if local(each) in {"summary", "description"}), None)
    text = _atom_text(summary) if summary is not None else ""
    plain = text_of(parse_html(text))
    has_blocks = bool(re.search(r"<(?:p|h[1-6]|ul|ol|br|div|img)\b", text, re.IGNORECASE))
    without_trail = re.sub(r"The post .{1,300} (?:first appeared on|appeared first on) .*$", "", plain).strip()
    return text, (has_blocks or len(plain) >= _LEAST_TEXT) and not _CUT.search(without_trail)


def _atom_text(element: Element) -> str:
    """An Atom text construct (RFC 4287, 3.1): text, html or xhtml."""
    if element.get("type") in {"xhtml", "application/xhtml+xml"}:
        return "".join(etree.tostring(each, encoding="unicode", method="html") for each in element)
    text = element.text or ""
    return as_paragraphs(text) if element.get("type") == "text" and "<" not in text else text


def _image(item: Element) -> str:
    for each in item.iter("{*}enclosure", "{*}content", "{*}thumbnail"):
        kind = each.get("type") or each.get("medium") or ("image" if local(each) == "thumbnail" else "")
        if each.get("url") and kind.startswith("image"):
            return str(each.get("url"))
    return ""


def read_json_feed(text: str, source: str) -> Harvest:
    """The posts of a JSON Feed (jsonfeed.org, version 1.1). Raises Unreadable for other JSON."""
    feed: Any = None
    with suppress(ValueError, RecursionError):
        feed = json.loads(text)
    if (
        not isinstance(feed, dict)
        or "jsonfeed.org" not in str(feed.get("version"))
        or not isinstance(feed.get("items"), list)
    ):
        raise Unreadable("this JSON is no feed; export the posts as RSS or for WordPress (WXR), and import that")
    harvest, home = Harvest(), str(feed.get("home_page_url") or "")
    for item in (each for each in feed["items"] if isinstance(each, dict)):
        found = Found(source, title=one_line(item.get("title")), address=resolved(home, str(item.get("url") or "")))
        found.day, found.modified = read_moment(item.get("date_published")), read_moment(item.get("date_modified"))
        found.tags = [*map(one_line, item.get("tags") or [])]
        people = item.get("authors") or [item.get("author") or {}]
        found.authors = [one_line(each.get("name")) for each in people if isinstance(each, dict) and each.get("name")]
        found.summary = one_line(item.get("summary"))
        markup = str(item.get("content_html") or as_paragraphs(str(item.get("content_text") or "")))
        found.body = read_body(parse_html(markup), found.title, found.address or home, {host_of(home)})
        image = resolved(found.address or home, str(item.get("image") or item.get("banner_image") or ""))
        found.image = Asset(original(image)) if image else None
        harvest.found.append(found)
    return harvest
