"""Texts for pages: plain words out of HTML, summaries, and the HTML that components take apart."""

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from lxml import etree, html
from markupsafe import Markup, escape

from clinic.models.words import gettext

WORDS_PER_MINUTE = 225
"""A calm adult pace; studies of silent reading give 200 to 260 words a minute."""
_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
"""Without the Python classes of ``lxml.html``, which cost as much as the parsing."""
_UNREAD = ("script", "style", "svg")
_BREAKS = (
    *("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div", "td", "th", "dd", "dt", "blockquote", "figcaption"),
    *("br", "hr", *_UNREAD),
)
"""After these a new word begins."""
_FOOTNOTES = etree.XPath(".//sup[starts-with(@id, 'fnref')] | .//div[@class='footnote']")
"""Numbers and notes, as Python-Markdown's extension writes them."""
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?![a-z])")
_TITLES = ("Dr.", "Mr.", "Mrs.", "Ms.", "Prof.", "St.", "No.")
"""What ends with a point and is no end of a sentence, though a capital follows."""


def one_line(text: str) -> str:
    """Words the owner wrote over several lines, on one."""
    return " ".join(text.split())


def html_fragment(markup: str) -> etree._Element:
    """A ``div`` around the elements of ``markup``, parsed as leniently as a browser does."""
    body = etree.fromstring(f"<html><body>{markup}</body></html>".encode("utf-8", "replace"), _PARSER).find("body")
    body.tag = "div"
    body.attrib.clear()
    return body


def remove_elements(tree: etree._Element, elements: Iterable[etree._Element]) -> None:
    """Take elements out of a tree; the texts after them stay.

    lxml refuses to set a text with a control character, such as a vertical tab out of a word processor; to move it,
    as here, is allowed.
    """
    for element in elements:
        element.tag = "removed"
    etree.strip_elements(tree, "removed", with_tail=False)


def inner_html(element: etree._Element) -> Markup:
    """What stands inside an element, as HTML."""
    children = "".join(html.tostring(child, encoding="unicode") for child in element)
    return Markup((escape(element.text or "") + Markup(children)).strip())  # noqa: S704 (escaped by lxml)


def plain_text(markup: str) -> str:
    """The words a reader sees, on one line, without tags or entities."""
    return _words(html_fragment(markup)) if "<" in markup or "&" in markup else one_line(markup)


def _words(tree: etree._Element) -> str:
    """Of a tree that is not needed afterwards: what nobody reads is taken out of it."""
    for element in tree.iter(*_UNREAD):
        element.clear(keep_tail=True)
    for element in list(tree.iter(*_BREAKS)):
        etree.SubElement(element, "span").text = " "
    return one_line("".join(tree.itertext()))


def separate_words(tree: etree._Element) -> str:
    """All words of a tree, apart wherever a tag stands between them."""
    return " ".join(tree.itertext())


def first_paragraph(markup: str, limit: int = 300) -> str:
    """The first paragraph in plain words, in at most ``limit`` characters.

    Where there is none, a list or a table has to do; an image alone has no words. The number of a footnote is no word.
    """
    end = markup.find("</p>")
    for part in (markup[:end], markup):  # mostly the first has words, and the rest need not be parsed
        tree = html_fragment(part)
        remove_elements(tree, _FOOTNOTES(tree))
        if words := next(filter(None, map(_words, tree.findall(".//p"))), ""):
            return shorten(words, limit)
    return shorten(_words(tree), limit)


def shorten(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters, cut after a sentence that ends in its second half, else a word."""
    if len(text) <= limit:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text[: limit + 1])]
    whole = [text[:end].rstrip() for end in ends if not text[:end].rstrip().endswith(_TITLES)]
    if whole and len(whole[-1]) >= limit // 2:
        return whole[-1]
    return text[:limit].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def reading_minutes(words: int) -> int:
    """Whole minutes, rounded to the nearest, never 0."""
    return max(1, round(words / WORDS_PER_MINUTE))


_NAMED_H2 = re.compile(r'<h2\b[^<>]*\bid="([^"]+)"')
_RULE = re.compile(r"<hr\b[^<>]*>")
_BRACKETS = re.compile(r"\[([^\[\]]+)\]")


def linked(sentence: str, *addresses: str) -> Markup:
    """A sentence whose words in square brackets are links: ``As the [privacy page] says.``; an address for each."""
    left = iter(addresses)
    return Markup(_BRACKETS.sub(lambda found: f'<a href="{escape(next(left))}">{found[1]}</a>', escape(sentence)))  # noqa: S704 (escaped)


def breakable(address: str) -> Markup:
    """An e-mail address that a narrow column breaks after its @ or before a dot, and nowhere else."""
    return Markup(str(escape(address)).replace("@", "@<wbr>").replace(".", "<wbr>."))  # noqa: S704 (escaped)


_NUMBER_AND_WORD = re.compile(r"(?<![\d.,:/-])(\d{1,2}\.|\d{1,2}[:.]\d\d|\d{1,3}) (?=[^\W\d_])")


def together(words: str) -> str:
    """A number and the word after it on one line, by no-break spaces: ``60 minutes``, ``18:30 Uhr``, ``1. Dezember``.

    Years and longer numbers are left alone: what stands after them is no unit.
    """
    return _NUMBER_AND_WORD.sub("\\1\N{NO-BREAK SPACE}", words)


def no_wrap(words: str) -> Markup:
    """Words that stay on one line, such as a telephone number."""
    return Markup('<span class="no-wrap">{}</span>').format(words)


def site_name(url: str) -> str:
    """An address as people say it: ``https://www.example.com/`` is ``example.com``."""
    return re.sub(r"^https?://(?:www\.)?|/$", "", url)


# Our own Markdown writes these headings; to parse and write a whole article for them costs forty times as much.
_HEADING = re.compile(r'<(h[23]) id="([^"]+)">(.*?)</\1>', re.DOTALL)


def with_heading_links(body: str) -> Markup:
    """The body of an article with a link to itself beside each h2 and h3 that has an ``id``."""
    return Markup(_HEADING.sub(_linked, body))  # noqa: S704 (the owner's Markdown, as it is shown)


def _linked(found: re.Match[str]) -> str:
    label = escape(gettext("Link to this part: {title}", title=plain_text(found[3])))
    link = f'<a class="heading-link__link" href="#{found[2]}" aria-label="{label}" data-search="no">#</a>'
    return f'<div class="heading-link">{found[0]}{link}</div>'


def parts_by_heading(body: str, ids: Collection[str]) -> list[tuple[str, str]]:
    """An HTML text cut before each outermost ``h2`` with one of these ids: the id, and the part it begins.

    First, under an empty id, what stands before all of them.
    """
    outermost = {child.get("id") for child in html_fragment(body) if child.tag == "h2"}
    starts = [(found.start(), found[1]) for found in _NAMED_H2.finditer(body) if found[1] in outermost & {*ids}]
    ends = [start for start, _ in starts[1:]] + [len(body)]
    before = body[: starts[0][0]] if starts else body
    return [("", before), *((id_, body[start:end]) for (start, id_), end in zip(starts, ends, strict=False))]


def columns_of(body: str) -> tuple[Markup, ...]:
    """An HTML text cut at its outermost rules (``hr``), without these; empty parts are left out."""
    whole = html_fragment(body)
    is_outermost = [rule.getparent() is whole for rule in whole.iter("hr")]
    parts, start = [], 0
    for outermost, found in zip(is_outermost, _RULE.finditer(body), strict=False):
        if outermost:
            parts.append(body[start : found.start()])
            start = found.end()
    return tuple(Markup(part) for part in (*parts, body[start:]) if part.strip())  # noqa: S704 (the owner's Markdown)


class Link(NamedTuple):
    """A link of a text: its words in HTML, and where it leads."""

    words: Markup
    url: str


def links_in(body: str) -> tuple[Link, ...]:
    """The links of an HTML text."""
    return tuple(Link(inner_html(link), link.get("href", "")) for link in html_fragment(body).iter("a"))


class ListItem(NamedTuple):
    """``name`` is what stands in bold at the beginning, or the whole item when nothing does; ``text`` the rest."""

    name: Markup
    text: Markup


def list_items(body: str) -> list[ListItem]:
    """The items of the outermost lists of an HTML text."""
    return [_item(item) for item in html_fragment(str(body)).xpath("(./ul | ./ol)/li")]


def _item(item: etree._Element) -> ListItem:
    if len(item) and item[0].tag == "p":  # an item that Markdown made "loose"
        item[0].tag = "loose"
        etree.strip_tags(item, "loose")
    if not len(item) or item[0].tag != "strong" or (item.text or "").strip():
        return ListItem(inner_html(item), Markup(""))
    name = inner_html(item[0])
    remove_elements(item, item[:1])
    return ListItem(name, Markup(re.sub(r"^[:.,]?\s*", "", inner_html(item))))  # noqa: S704 (as above)
