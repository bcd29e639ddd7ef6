"""A list that the owner wrote in Markdown, taken apart, for components that draw its items."""

import re
from functools import lru_cache
from html import escape as escape_html
from html import unescape
from typing import NamedTuple

from lxml import html
from lxml.html import HtmlElement
from markupsafe import Markup, escape

from clinic.rendering.typography import typogrified

WORDS_PER_MINUTE = 225
"""A calm adult pace; studies of silent reading give 200 to 260 words a minute."""
_HIDDEN = re.compile(r"<(script|style|svg)\b.*?</\1>|<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"</(?:p|li|h[1-6]|div|td|th|dd|dt|blockquote|figcaption)>|<br\b[^>]*>|<hr\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p>", re.DOTALL)
_FOOTNOTE = re.compile(r'<sup id="fnref\b.*?</sup>|<div class="footnote">.*', re.DOTALL)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?![a-z])")
_TITLES = ("Dr.", "Mr.", "Mrs.", "Ms.", "Prof.", "St.", "No.")
"""What ends with a point and is no end of a sentence, though a capital follows."""


def one_line(text: str) -> str:
    """Words the owner wrote over several lines, on one."""
    return " ".join(text.split())


def plain_text(markup: str) -> str:
    """The words a reader sees, on one line, without tags or entities."""
    if "<" not in markup and "&" not in markup:
        return " ".join(markup.split())
    visible = _TAG.sub("", _BREAK.sub(" ", _HIDDEN.sub(" ", markup)))
    return " ".join(unescape(visible).split())


def first_paragraph(markup: str, limit: int = 300) -> str:
    """The first paragraph in plain words; a long one ends after a whole sentence, or at least a whole word.

    Where there is none, a list or a table has to do. The number of a footnote is no word.
    """
    words = _FOOTNOTE.sub("", markup)
    texts = (plain_text(match.group(1)) for match in _PARAGRAPH.finditer(words))
    return shorten(next(filter(None, texts), None) or plain_text(words), limit)  # a picture alone has no words


def shorten(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters, cut after a sentence that ends in its second half, else a word."""
    if len(text) <= limit:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text[: limit + 1])]
    whole = [text[:end].rstrip() for end in ends if not text[:end].rstrip().endswith(_TITLES)]
    if whole and len(whole[-1]) >= limit // 2:
        return whole[-1]
    return text[:limit].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def word_count(text: str) -> int:
    """How many words a plain text has."""
    return len(text.split())


def reading_minutes(words: int) -> int:
    """Whole minutes, rounded to the nearest, never nothing."""
    return max(1, round(words / WORDS_PER_MINUTE))


@lru_cache(maxsize=4096, typed=True)  # a page says the same thing in several places, and pages repeat each other
def typographic(text: str) -> Markup:
    """A plain title or summary as HTML with true quotes and dashes and no widow. For bodies, never for the head."""
    return Markup(typogrified(escape_html(text, quote=False)))  # noqa: S704 (escaped before)


def typographic_html(markup: str) -> str:
    """The same for a whole body of HTML; code and preformatted text stay as typed."""
    return typogrified(markup)


def site_name(url: str) -> str:
    """An address as people say it: ``https://www.example.com/`` is ``example.com``."""
    return re.sub(r"^https?://(?:www\.)?|/$", "", url)


# Our own Markdown writes these headings; to parse and write a whole article for them costs forty times as much.
_HEADING = re.compile(r'<(h[23]) id="([^"]+)">(.*?)</\1>', re.DOTALL)


def with_heading_links(body: str) -> Markup:
    """The body of an article with a link to itself beside each h2 and h3 that has an ``id``."""
    return Markup(_HEADING.sub(_linked, body))  # noqa: S704 (the owner's Markdown, as it is shown)


def _linked(found: re.Match[str]) -> str:
    label = escape(f"Link to this part: {plain_text(found[3])}")
    link = f'<a class="heading-link__link" href="#{found[2]}" aria-label="{label}" data-search="no">#</a>'
    return f'<div class="heading-link">{found[0]}{link}</div>'


class ListItem(NamedTuple):
    """``name`` is what stands in bold at the beginning, or the whole item when nothing does; ``text`` the rest."""

    name: Markup
    text: Markup


def list_items(body: str) -> list[ListItem]:
    """The items of the outermost lists of an HTML text."""
    return [_item(item) for item in html_fragment(str(body)).xpath("(./ul | ./ol)/li")]


def _item(item: HtmlElement) -> ListItem:
    for paragraph in item.findall("p"):  # an item that Markdown made "loose"
        paragraph.drop_tag()
    name = item[0] if len(item) and item[0].tag == "strong" and not (item.text or "").strip() else None
    if name is None:
        return ListItem(inner_html(item), Markup(""))
    item.text = re.sub(r"^[:.,]?\s*", "", name.tail or "")
    item.remove(name)
    return ListItem(inner_html(name), inner_html(item))


def html_fragment(markup: str) -> HtmlElement:
    """A tree around the elements of ``markup``, as a browser would read it."""
    return html.fragment_fromstring(markup, create_parent="div")


def inner_html(element: HtmlElement) -> Markup:
    """What stands inside an element, as HTML."""
    children = "".join(html.tostring(child, encoding="unicode") for child in element)
    return Markup((escape(element.text or "") + Markup(children)).strip())  # noqa: S704 (from Markdown)
