"""What a written file says, in passages: the text of a block with its inline markup gone, and every attribute read out.

No HTML parser: pages are read by the thousand, and a passage is only needed around a figure or an @.
"""

import html
import json
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote

from clinic.fact_check.statements.phones import chat_numbers
from clinic.fact_check.statements.statement import Kind

_BLOCK_NAMES = (
    "address|article|aside|blockquote|body|button|caption|details|div|dl|entry|fieldset|figcaption|figure|footer|form|"
    "h[1-6]|head|header|hr|html|item|label|legend|li|link|main|meta|nav|ol|option|p|pre|script|section|select|summary|table|"
    "tbody|tfoot|thead|title|tr|ul"
)
_BLOCK = re.compile(rf"(?:</?(?:{_BLOCK_NAMES})|<dt)(?=[\s/>])", re.IGNORECASE)
"""A term and what stands beside it are read together: ``Monday``, ``9am to 5pm``."""
_TAG = re.compile(r"""<(/?)([a-zA-Z][\w:-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_APART = frozenset(
    {"td", "th", "dd", "svg", "img", "picture", "video", "audio", "input", "textarea", "iframe", "text", "tspan"}
)
"""Elements that stand apart from their neighbours although no line ends there."""
_ATTRIBUTE = re.compile(
    r"""\s(alt|title|aria-label|aria-description|content|placeholder|label|value|summary|href|action)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"""<a\b[^>]*?\shref\s*=\s*["']?((?:tel|sms|mailto):[^"'>\s]*)[^>]*>(.*?)</a>""", re.IGNORECASE | re.DOTALL
)
_SCHEME = re.compile(r"(?:mailto|sms|whatsapp|https?)(?=:)")
_MAP = re.compile(
    r"https?://(?:[\w-]+\.)*(?:maps?\.|google\.[\w.]+/maps|goo\.gl/maps|openstreetmap\.|waze\.|bing\.com/maps)",
    re.IGNORECASE,
)
_JSON_TEXT = re.compile(r'(?:"([\w@-]+)"\s*:\s*)?(?:"([^"\\]*(?:\\.[^"\\]*)*)"|(\d+(?:\.\d+)?))')
_JSON_KINDS = {
    "telephone": Kind.PHONE, "faxNumber": Kind.PHONE, "opens": Kind.HOURS, "closes": Kind.HOURS, "price": Kind.PRICE,
    "minPrice": Kind.PRICE, "maxPrice": Kind.PRICE, "lowPrice": Kind.PRICE, "highPrice": Kind.PRICE,
    "vatID": Kind.REGISTRATION, "taxID": Kind.REGISTRATION, "value": Kind.REGISTRATION,
}  # fmt: skip
"""Properties of schema.org that are facts by their names."""
_CARD_KINDS = {"TEL": Kind.PHONE}
_CARD_MACHINES = frozenset(
    "UID DTSTART DTEND DTSTAMP RRULE EXDATE RDATE CREATED LAST-MODIFIED SEQUENCE REV PHOTO LOGO KEY GEO PRODID VERSION "  # noqa: SIM905 (to be read)
    "BEGIN END TZID TZOFFSETFROM TZOFFSETTO TRIGGER DURATION REFRESH-INTERVAL X-PUBLISHED-TTL".split()
)
"""Properties of vCard and iCalendar that no person reads."""
_UNREAD = (("<style", "</style>"), ("<script", "</script>"), ("<!--", "-->"))
REPEATED = ("<body", "</main>")
"""Beginnings of the parts that are the same on many pages."""
JSON_LD = '<script type="application/ld+json">'


class Passage(NamedTuple):
    """``kind`` is what the text must be, where its place says so: the number in a ``tel:`` link."""

    text: str
    kind: Kind | None = None


class Link(NamedTuple):
    """A link that calls or writes, and the words on it."""

    url: str
    words: str


def visible(text: str, start: int = 0, end: int | None = None) -> str:
    """A page, or its part from ``start`` to ``end``, without styles, scripts and comments."""
    for opening, closing in _UNREAD:
        text, start, end = _without(text, opening, closing, start, end), 0, None
    return text


def _without(text: str, opening: str, closing: str, start: int, end: int | None) -> str:
    kept, position, after = [], start, start
    while (begin := text.find(opening, after, end)) >= 0 and (close := text.find(closing, begin, end)) >= 0:
        after = close + len(closing)
        if not text.startswith(JSON_LD, begin):
            kept.append(text[position:begin])
            position = after
    return "".join((*kept, text[position:end]))


def unescaped_xml(text: str) -> str:
    """The HTML in a feed, which XML carries as text (its five entities alone, so that HTML's own are kept)."""
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


def parts(text: str) -> Iterator[tuple[int, int]]:
    """Where the pieces of a page begin and end; those before and behind the main part are the same on many pages."""
    start = 0
    for mark in (REPEATED[0], "<main", REPEATED[1]):
        place = text.find(mark, start)
        if place >= 0:
            yield start, place
            start = place
    yield start, len(text)


def is_block(line: str) -> bool:
    """Whether a line of HTML begins with the tag of a block, so that nothing before it belongs to it."""
    return bool(_BLOCK.match(line.lstrip()))


def passages(block: str) -> Iterator[Passage]:
    """Every passage of a piece of HTML that begins and ends with a block."""
    for part in _BLOCK.split(block):
        yield Passage(words_of(f"<x{part}" if part is not block else part))
    for name, *values in _ATTRIBUTE.findall(block):
        value = html.unescape(next(filter(None, values), ""))
        yield from _linked(value) if name.lower() in {"href", "action"} else (Passage(value),)


def words_of(markup: str) -> str:
    """The text of one block: inline markup leaves no gap, so ``01632 <b>960</b>111`` is one number."""
    text = _BREAK.sub("\x0b", markup) if "<br" in markup or "<BR" in markup else markup
    text = _TAG.sub(lambda tag: " " if tag.group(2).lower() in _APART else "", text)
    return "\n".join(" ".join(line.split()) for line in html.unescape(text).split("\x0b"))


def links(block: str) -> Iterator[Link]:
    """The links of a piece of HTML that call, text or write."""
    for url, words in _LINK.findall(block):
        yield Link(html.unescape(url), words_of(words))


def _linked(url: str) -> Iterator[Passage]:
    """What an address says: whom it calls or writes to, with the message it begins, and where a map leads."""
    for number in chat_numbers(url):
        yield Passage(number, Kind.PHONE)
    scheme = _SCHEME.match(url)
    if not scheme:
        return
    address, _, query = url.partition("?")
    is_map = bool(_MAP.match(address))
    if scheme.group() == "mailto" or is_map:
        yield Passage(unquote(address.partition(":")[2].replace("+", " ") if is_map else address[len("mailto:") :]))
    if not scheme.group().startswith("http") or is_map or any(chat_numbers(url)):
        yield from (Passage(words) for key, words in parse_qsl(query) if key not in {"phone", "number"})


def json_passages(piece: str) -> Iterator[Passage]:
    """The texts of a piece of JSON, known by their keys."""
    for key, text, number in _JSON_TEXT.findall(piece):
        if number:
            if key in _JSON_KINDS:
                yield Passage(number, _JSON_KINDS[key])
            continue
        words = json.loads(f'"{text}"') if "\\" in text else text
        yield Passage(words, _JSON_KINDS.get(key))


def card_passages(text: str) -> Iterator[Passage]:
    """The texts of a vCard or a calendar (RFC 6350, RFC 5545): long lines are folded, some signs escaped."""
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    for line in unfolded.splitlines():
        name, _, value = line.partition(":")
        name = name.partition(";")[0].rpartition(".")[2].upper()
        if name not in _CARD_MACHINES:
            words = re.sub(r"\\([\\,;])", r"\1", value.replace("\\n", "\n").replace("\\N", "\n"))
            yield Passage(words if name != "ADR" else words.replace(";", "\n"), _CARD_KINDS.get(name))
