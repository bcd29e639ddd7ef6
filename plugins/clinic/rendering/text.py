"""Texts for pages: plain words out of HTML, summaries, typography, and the HTML that components take apart.

Typogrify's filters run only on the parts of a text that they can change, at a fraction of the cost.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import escape as escape_html
from html import unescape
from typing import NamedTuple

from lxml import etree, html
from markupsafe import Markup, escape
from smartypants import Attr, smartypants
from typogrify.filters import amp, initial_quotes, process_ignores

WORDS_PER_MINUTE = 225
"""A calm adult pace; studies of silent reading give 200 to 260 words a minute."""
_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
"""Without the Python classes of ``lxml.html``, which cost as much as the parsing."""
_SIGNS = Attr.set2 | Attr.u
"""``--`` is an en dash and ``---`` an em dash, which typogrify does not ask for; signs, not their numbers."""
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
    return words_read(html_fragment(markup)) if "<" in markup else one_line(unescape(markup))


def words_read(tree: etree._Element) -> str:
    """The same of a tree that is not needed afterwards: what nobody reads is taken out of it."""
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
    tree = html_fragment(markup)
    remove_elements(tree, _FOOTNOTES(tree))
    paragraphs = filter(None, map(words_read, tree.findall(".//p")))
    return shorten(next(paragraphs, None) or words_read(tree), limit)


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


_CODE = re.compile(r"<(?:pre|code)", re.IGNORECASE)
_AMPERSAND = re.compile(r"(\s|&nbsp;)&(?:amp;|#38;)?(\s|&nbsp;)")
_TAG = re.compile(r"(<[^>]*>)")
_ACROSS_TAGS = re.compile(r"<(?:/?(?:pre|samp|code|tt|kbd|script|style|math)|!--)", re.IGNORECASE)
_TYPED_SIGN = re.compile(r"""["'\\]|--|\.\.\.|\. \. \.|``|\d(?:am|pm|st|nd|rd|th)?-[£€$]?\d""")
_SMART = re.compile(r"""["'\\]|--|\.\.\.|\. \. \.|``|&#8""")
"""Without one of these SmartyPants changes nothing, with twenty substitutions."""
_IN_WORD = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_INITIAL_QUOTE = re.compile(r""">\s*(?:["']|&(?:l[sd]quo|#82(?:16|20));)""")
"""A quotation mark that may begin a block; those that SmartyPants has curled are none for typogrify."""
_FEET_AND_INCHES = re.compile(r"""(?<![\d.,])(\d{1,2}) ?' ?(\d{1,2}(?:\.\d+)?[½¼¾]?) ?(?:"|'')""")
_FEET = re.compile(r"""(?<=[\s(]\d)'(?=\s+(?:tall|high|long|wide|by|x)\b)""")
_ELISION = re.compile(
    r"(?<![\w.,!?;:])'(?=\d\ds?\b|(?:tis|twas|twill|til|till|em|cause|bout|round|cos)\b)", re.IGNORECASE
)
_AND = re.compile(r"(?<=\w) '(n|N)' (?=\w)")
_QUOTE_AFTER_DASH = re.compile(r"""(?<=--|[\w\s][—–]|.[—–])(["'])(?=\w)""")
_RANGE = re.compile(
    r"(?<![\w./,:–-])([£€$]?)(\d{1,4}(?:[.:]\d{1,2})?)((?:am|pm|st|nd|rd|th)?)"
    r"-(?=([£€$]?)(\d{1,4}(?:[.:]\d{1,2})?)(?:[a-z]{1,4}\b)?(?![\w/–-]|[.,:]\d))"
)
"""A currency, a number with what is written at it, and a hyphen before another such number."""
_LAST_WORD = re.compile(
    r"""(?<=[^<\s]) \s+
        ( [^<>\s]++ \s*+
          (?: </(?:a|em|span|strong|i|b)> \s*+ )*+
          (?: </(?:p|h[1-6]|li|dt|dd)> | $ ) )""",
    re.VERBOSE,
)
_INLINE_TAG = re.compile(r"</?(?:a|em|span|strong|i|b)[^>]*>")
"""Typogrify's pattern for widows looks back from every character; this one only from last words."""


def typogrified(markup: str) -> str:
    """HTML with true quotes and dashes, marked ampersands, and no widows; code stays as typed.

    Capitals are left alone: set smaller, a clinic's own name would differ from the words beside it.
    """
    if not _CODE.search(markup):
        return _typogrified(markup)
    return "".join(_typogrified(text) if is_prose else text for text, is_prose in process_ignores(markup))


def _typogrified(text: str) -> str:
    text = _with_marked_ampersands(text) if "&" in text and _AMPERSAND.search(text) else text
    text = _between_tags(text, _true_signs, _TYPED_SIGN)
    text = initial_quotes(text) if _INITIAL_QUOTE.search(f">{text}") else text
    return _LAST_WORD.sub(_bound, text)


def _with_marked_ampersands(text: str) -> str:
    """As typogrify's ``amp`` does it; its long pattern for tags matters only where a tag has an ampersand."""
    parts = _TAG.split(text)
    if any(map(_AMPERSAND.search, parts[1::2])):
        return str(amp(text))
    parts[::2] = [_AMPERSAND.sub(r'\1<span class="amp">&amp;</span>\2', part) for part in parts[::2]]
    return "".join(parts)


def _true_signs(text: str) -> str:
    """Quotes, dashes (``--`` and ``---``) and dots, and what SmartyPants takes for quotes.

    Feet and inches, what is left out at the beginning of a word ('90s), and quotes after a dash.
    """
    if "'" in text and "<" not in text:  # most are apostrophes, which nothing below would take for anything else
        text = _IN_WORD.sub("’", text)
    if "'" in text or '"' in text:
        text = _FEET_AND_INCHES.sub("\\1\u2032\\2\u2033", text)
        text = _FEET.sub("\u2032", text)
        text = _AND.sub(" ’\\1’ ", _ELISION.sub("’", text))
        text = _QUOTE_AFTER_DASH.sub(lambda found: "“" if found[1] == '"' else "‘", text)
    if "-" in text:
        text = _RANGE.sub(_ranged, text)
    return str(smartypants(text, _SIGNS)) if _SMART.search(text) else text


def _ranged(found: re.Match[str]) -> str:
    """A range of numbers with an en dash: from less to more; not a code, a score, or a part of a telephone number."""
    before, first, unit, currency, last = found.groups()
    rises = unit in ("am", "pm") or float(first.replace(":", ".")) < float(last.replace(":", "."))
    is_code = first.isdigit() and first.startswith("0")
    is_telephone = not currency and re.fullmatch(r"\d{3}-\d{4}", f"{first}-{last}")
    return f"{before}{first}{unit}–" if rises and not is_code and not is_telephone else found[0]


def _bound(found: re.Match[str]) -> str:
    """A no-break space before the last word of a block, unless a block's tag stands before it."""
    text, start = found.string, found.start()
    if text[start - 1] == ">" and not _INLINE_TAG.fullmatch(text, text.rfind("<", 0, start), start):
        return found.group()
    return f"&nbsp;{found.group(1)}"


def _between_tags(text: str, change: Callable[[str], str], sign: re.Pattern[str]) -> str:
    """``change`` applied to each text between two tags in which ``sign`` is found."""
    if not sign.search(text):
        return text
    parts = _TAG.split(text)
    # Code and comments matter to the filter across tags, as does what stands before a lone quotation mark.
    if _ACROSS_TAGS.search(text) or '"' in parts or "'" in parts:
        return change(text)
    parts[::2] = [change(part) if sign.search(part) else part for part in parts[::2]]
    return "".join(parts)


def with_true_signs(text: str) -> str:
    """Plain words with true quotes, dashes and dots, as characters: for titles, heads and feeds."""
    return unescape(_true_signs(escape_html(text, quote=False))) if _TYPED_SIGN.search(text) else text


@lru_cache(maxsize=4096, typed=True)  # a page says the same thing in several places, and pages repeat each other
def typographic(text: str) -> Markup:
    """A plain title or summary as HTML with true quotes and dashes and no widow. For bodies, never for the head."""
    return Markup(typogrified(escape_html(text, quote=False)))  # noqa: S704 (escaped before)


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


def _item(item: etree._Element) -> ListItem:
    if len(item) and item[0].tag == "p":  # an item that Markdown made "loose"
        item[0].tag = "loose"
        etree.strip_tags(item, "loose")
    if not len(item) or item[0].tag != "strong" or (item.text or "").strip():
        return ListItem(inner_html(item), Markup(""))
    name = inner_html(item[0])
    remove_elements(item, item[:1])
    return ListItem(name, Markup(re.sub(r"^[:.,]?\s*", "", inner_html(item))))  # noqa: S704 (as above)
