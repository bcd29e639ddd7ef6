"""A post or page as a browser saved it: HTML, with what it says of itself in meta tags and JSON-LD (schema.org)."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from clinic.cli.dates import read_day, read_moment
from clinic.cli.importing.assets import original
from clinic.cli.importing.boilerplate import ELEMENT
from clinic.cli.importing.found import Asset, Found, Unreadable, one_line, path_of
from clinic.cli.importing.html_body import read_body
from clinic.cli.importing.tree import Element, as_paragraphs, elements_of, parse_html, text_of

_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
_ROOTS = (
    '//*[@data-id="content-viewer"]', '//*[@data-hook="post-description"]', '//*[@data-hook="post-content"]',
    "//*[@data-hook='rcv-content']", '//*[contains(@class,"blog-post-content")]', "//*[{has entry-content}]",
    "//*[{has wp-block-post-content}]", "//*[{has post-content}]", "//*[{has td-post-content}]",
    "//*[{has elementor-widget-theme-post-content}]", "//*[{has et_pb_post_content}]", "//*[{has blog-item-content}]",
    "//*[{has available-content}]//*[{has markup}]", "//*[{has body} and {has markup}]", "//*[{has gh-content}]",
    "//*[{has post-full-content}]", "//*[{has kg-canvas}]", "//*[{has post-body}]", "//*[{has e-content}]",
    "//*[{has article-body}]", "//*[{has article-content}]", "//*[{has post__content}]", "//*[{has entry}]",
    '//*[@itemprop="articleBody"]', "//article", '//*[@role="main"]', "//main", '//*[@id="content"]', "//body",
)  # fmt: skip
"""Where texts are in the pages of Wix, WordPress and its builders, Squarespace, Substack, Ghost, Blogger and others."""
_POST_PATH = re.compile(r"/(?:posts?|blog|p|articles?|news|\d{4})/.")
_POSTS = frozenset(
    {"blogposting", "article", "newsarticle", "socialmediaposting", "medicalwebpage", "report", "techarticle"}
)
_DATE_PLACES = (
    '//*[@data-hook="time-ago"]', "//time", "//*[{has entry-date}]", "//*[{has post-date}]", "//*[{has published}]",
    '//*[@itemprop="datePublished"]', "//*[{has blog-meta-item--date}]", "//*[{has date}]",
)  # fmt: skip
_AUTHOR_PLACES = (
    '//*[@data-hook="user-name"]', '//*[@rel="author"]', "//*[{has author}]//*[{has fn}]", '//*[@itemprop="author"]',
    "//*[{has author-name}]", "//*[{has blog-author-name}]",
)  # fmt: skip
_LEAST_WORDS = 15


def _xpath(pattern: str) -> str:
    return re.sub(r"\{has ([\w-]+)\}", r'contains(concat(" ",normalize-space(@class)," ")," \1 ")', pattern)


@dataclass
class Facts:
    """What a page says of itself: the values of its meta tags by name, and the records of its JSON-LD."""

    meta: Mapping[str, list[str]]
    records: list[dict[str, Any]] = field(default_factory=list)

    def first(self, *names: str) -> str:
        """The first of these meta tags that says anything."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), "")

    @property
    def post(self) -> dict[str, Any]:
        """The record of the post, empty where there is none."""
        return next((record for record in self.records if _kinds(record) & _POSTS), {})


def read_page(markup: str, source: str, today: date, address: str = "") -> Found:
    """The post or page in saved HTML. Raises Unreadable where it has no text, or is a list of posts."""
    root = parse_html(markup)
    facts = _facts(root)
    found = Found(source)
    saved = _SAVED_FROM.search(markup[:5000])
    canonical = next((each.get("href") or "" for each in elements_of(root, '//link[@rel="canonical"]')), "")
    found.address = canonical or facts.first("og:url") or address or (saved[1] if saved else "")
    base = (saved[1] if saved else "") or address or found.address
    _name(found, root, facts)
    text = _root_of(root, facts)
    if text is None:
        raise Unreadable(
            "this page has no text to import; save the page of one post (File, Save page as), and import that"
        )
    if _is_list(root, text, facts):
        raise Unreadable(
            "this is a list of posts, not a post; save the page of each post, or import its feed or its export"
        )
    _describe(found, root, facts, today)
    found.line = text.sourceline or 1
    for heading in list(text.iter("header")):
        if heading.find(".//h1") is not None:
            heading.tag = "nav"
    found.body = read_body(text, found.title, base)
    says_post = facts.post or facts.first("og:type") == "article" or found.day is not None
    found.is_page = not (says_post or text.tag == "article" or _POST_PATH.search(path_of(found.address)))
    return found


def _facts(root: Element) -> Facts:
    meta: dict[str, list[str]] = {}
    for each in elements_of(root, "//meta"):
        name = each.get("property") or each.get("name") or each.get("itemprop") or ""
        meta.setdefault(name.lower(), []).append(one_line(each.get("content")))
    facts = Facts(meta)
    for script in elements_of(root, '//script[@type="application/ld+json"]'):
        with suppress(ValueError, RecursionError):
            facts.records += _records(json.loads(script.text or ""))
    return facts


def _records(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth < 6:
        for each in value:
            yield from _records(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(key), list | dict) and depth < 6:
                yield from _records(value[key], depth + 1)


def _kinds(record: Mapping[str, Any]) -> set[str]:
    kinds = record.get("@type") or ()
    return {str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])}


def _words(value: Any) -> str:
    """The words of a value of JSON-LD, which may be a record with a name or an address."""
    if isinstance(value, list):
        return _words(value[0]) if value else ""
    if isinstance(value, dict):
        return _words(value.get("name") or value.get("url") or value.get("@value") or value.get("@id") or "")
    return one_line(str(value)) if value else ""


def _name(found: Found, root: Element, facts: Facts) -> None:
    """The title, without the name of the site that browsers show behind it."""
    headings = [text_of(each) for each in elements_of(root, "//h1") if text_of(each)]
    given = _words(facts.post.get("headline")) or facts.first("og:title", "twitter:title")
    whole = given or text_of(next(elements_of(root, "//title"), None)) or next(iter(headings), "")
    from_html = text_of(parse_html(whole)) if "&" in whole or "<" in whole else whole
    same = next((each for each in headings if from_html.casefold().startswith(each.casefold())), "")
    site = facts.first("og:site_name")
    bare = re.sub(rf"\s*[|–—·-]\s*{re.escape(site)}\s*$", "", from_html) if site else from_html
    if not given and not same and not site and len(parts := re.split(r"\s+[|–—·]\s+", bare)) > 1:
        bare = parts[0]
    found.title = same or bare


def _root_of(root: Element, facts: Facts) -> Element | None:
    """The element that is the text: of the first place that has one, the longest."""
    for place in _ROOTS:
        texts = [each for each in elements_of(root, _xpath(place)) if not _is_in_boilerplate(each)]
        sizes = [(len(text_of(each)), each) for each in texts if each.tag not in {"link", "meta", "a", "time"}]
        size, longest = max(sizes, key=lambda pair: pair[0], default=(0, None))
        if longest is not None and size and (len(text_of(longest).split()) >= _LEAST_WORDS or place == _ROOTS[-1]):
            return longest
        if longest is not None and (size or longest.find(".//img") is not None) and place in _ROOTS[:12]:
            return longest
    said = facts.post.get("articleBody")
    return parse_html(as_paragraphs(said)) if isinstance(said, str) else None


def _is_in_boilerplate(element: Element) -> bool:
    around = (f"{each.get('class') or ''} {each.get('id') or ''}" for each in element.iterancestors())
    return any(each.tag in {"nav", "aside", "footer"} for each in element.iterancestors()) or any(
        map(ELEMENT.search, around)
    )


def _is_list(root: Element, text: Element, facts: Facts) -> bool:
    """Whether the page shows the beginnings of several posts."""
    if facts.post or facts.first("og:type") == "article":
        return False
    cards = [each for each in elements_of(root, "//article") if each.find(".//a") is not None]
    cards = [each for each in cards if not any(outer.tag == "article" for outer in each.iterancestors())]
    is_one = text.tag != "body" and len(cards) < 2
    titled = [each for each in cards if any(each.find(f".//{tag}") is not None for tag in ("h1", "h2", "h3"))]
    return len(titled) >= 3 and not is_one


def _describe(found: Found, root: Element, facts: Facts, today: date) -> None:
    """Day, author, lists, summary and image, each from the surest place that names it."""
    post = facts.post
    found.day = read_moment(
        _words(post.get("datePublished")) or facts.first("article:published_time", "datepublished", "date")
    )
    found.modified = read_moment(_words(post.get("dateModified")) or facts.first("article:modified_time"))
    if found.day is None:
        _visible_day(found, root, today)
    named = post.get("author")
    authors = [_words(each) for each in (named if isinstance(named, list) else [named]) if each]
    authors = authors or [facts.first("author", "article:author", "parsely-author")]
    authors = [each for each in authors if each and "://" not in each]
    if not authors:
        seen = (text_of(each) for place in _AUTHOR_PLACES for each in elements_of(root, _xpath(place)))
        authors = [each for each in seen if each and len(each) < 60][:1]
    found.authors = authors
    found.category = _words(post.get("articleSection")) or facts.first("article:section")
    keywords = post.get("keywords")
    tags = [*map(_words, keywords)] if isinstance(keywords, list) else (_words(keywords)).split(",")
    tags = [*tags, *facts.meta.get("article:tag", [])]
    tags += [text_of(each).lstrip("#") for each in elements_of(root, '//a[@rel="tag"] | //a[@rel="category tag"]')]
    found.tags = [*dict.fromkeys(one_line(tag) for tag in tags if one_line(tag) and one_line(tag) != found.category)]
    found.summary = facts.first("description", "og:description") or _words(post.get("description"))
    image = facts.first("og:image", "twitter:image") or _image_of(post.get("image"))
    if image:
        alt = facts.first("og:image:alt", "twitter:image:alt")
        found.image = Asset(original(image), alt)


def _image_of(value: Any) -> str:
    value = value[0] if isinstance(value, list) and value else value
    return str(value.get("url") or value.get("contentUrl") or "") if isinstance(value, dict) else str(value or "")


def _visible_day(found: Found, root: Element, today: date) -> None:
    for place in _DATE_PLACES:
        for each in elements_of(root, _xpath(place)):
            for words in filter(None, (each.get("datetime"), each.get("title"), text_of(each))):
                if day := read_day(words, today):
                    found.day = day[0]
                    if day[1]:
                        found.guess(day[1], "date:")
                    return
