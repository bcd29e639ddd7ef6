"""What a piece of HTML says: the text of its blocks and read-out attributes, and the addresses it leads to."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote

from lxml import etree

from clinic.fact_check.statements.hours.opening_times import speaks_of_hours
from clinic.fact_check.statements.phones import chat_numbers

_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
_BLOCKS = frozenset(
    """address article aside blockquote body button caption details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 head header hr html label legend li link main meta nav ol option p pre section select summary
    table tbody tfoot thead title tr ul""".split()  # noqa: SIM905 (to be read)
)
"""Elements that no statement goes beyond. A cell belongs to its row, a ``dd`` to its ``dt``: ``Monday``, ``9am``."""
_APART = frozenset("td th dd svg img picture video audio input textarea iframe text tspan".split())  # noqa: SIM905 (as above)
"""Elements with a gap around them although no block ends there."""
_BREAK = "\x0b"
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 caption legend summary".split())  # noqa: SIM905 (as above)
_UNREAD = frozenset({"script", "style"})
_READ_OUT = frozenset(
    ("alt", "title", "aria-label", "aria-description", "content", "placeholder", "label", "value", "summary")
)
"""Attributes that are shown or read out."""
_LEADING = frozenset(("href", "src", "srcset", "action", "formaction", "poster", "data"))
_LEADERS = frozenset(
    """a area base button embed form iframe image img input link object script source track use video
    audio""".split()  # noqa: SIM905 (to be read)
)
_CALLING = re.compile(r"(?:tel|sms|mailto):", re.IGNORECASE)

_WRITING = re.compile(r"(?:mailto|sms|whatsapp|viber):", re.IGNORECASE)
_MAP = re.compile(
    r"https?://(?:[\w-]+\.)*(?:maps?\.|google\.[\w.]+/maps|goo\.gl/maps|openstreetmap\.|waze\.|bing\.com/maps)",
    re.IGNORECASE,
)
_NUMBERS = frozenset({"phone", "number"})
"""Keys of a chat link's query whose value is the number."""


class Block(NamedTuple):
    """One block of text on one line for each ``<br>``; ``among_hours``: the heading above speaks of opening hours."""

    text: str
    among_hours: bool = False


class Address(NamedTuple):
    """Where an ``attribute`` of an ``element`` leads; ``words`` are those on a link that calls, texts or writes."""

    url: str
    element: str
    attribute: str
    words: str = ""


def parsed(markup: str) -> etree._Element:
    """A page or a piece of HTML as a tree, as browsers make it; an empty one has one element."""
    root = etree.fromstring(markup.encode("utf-8", "replace"), _PARSER) if markup.strip() else None
    return etree.Element("html") if root is None else root


def addresses(root: etree._Element) -> tuple[Address, ...]:
    """Every address that a page leads to or loads, in the order of the page."""
    return tuple(
        Address(url, element.tag, name, _words(element) if _CALLING.match(url) else "")
        for element in root.iter(*_LEADERS)
        for name, url in element.items()
        if name in _LEADING
    )


def _words(element: etree._Element) -> str:
    return _on_lines("".join(element.itertext()))


def blocks(root: etree._Element, heading: str = "") -> Iterator[Block]:
    """The blocks in order, each followed by its attributes; ``heading`` is the one above the first."""
    return _Reading(speaks_of_hours(heading)).blocks(root)


class _Reading:
    """A walk through a tree: ``_text`` and ``_attributes`` are those of the block that is being read."""

    def __init__(self, among_hours: bool) -> None:
        self._among_hours = among_hours
        self._text: list[str] = []
        self._attributes: list[str] = []

    def blocks(self, root: etree._Element) -> Iterator[Block]:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if element.tag in _BLOCKS and not (event == "end" and element.tag == "dt"):
                yield from self._block(ends_heading=event == "end" and element.tag in _HEADINGS)
            if event == "end":
                self._add(element.tag, element.tail)
            elif element.tag in _UNREAD:
                walk.skip_subtree()
            else:
                self._text += _BREAK if element.tag == "br" else ""
                self._add(element.tag, element.text)
                self._attributes += [value for name, value in element.items() if name in _READ_OUT]
        yield from self._block()

    def _add(self, tag: str, text: str | None) -> None:
        self._text += (" " if tag in _APART else "", text or "")

    def _block(self, *, ends_heading: bool = False) -> Iterator[Block]:
        text = _on_lines("".join(self._text))
        yield from (Block(each, self._among_hours) for each in (text, *self._attributes) if each)
        self._among_hours = speaks_of_hours(text) if ends_heading else self._among_hours
        self._text, self._attributes = [], []


def address_texts(url: str) -> Iterator[str]:
    """What an address says beside a number: whom it writes to, the message it begins, and where a map leads."""
    address, _, query = url.partition("?")
    is_map = bool(_MAP.match(address))
    if address[:7].lower() == "mailto:" or is_map:
        yield unquote(address.partition(":")[2].replace("+", " ") if is_map else address[7:])
    if is_map or _WRITING.match(address) or any(chat_numbers(url)):
        yield from (words for key, words in parse_qsl(query) if key not in _NUMBERS)


def _on_lines(text: str) -> str:
    if _BREAK not in text:
        return " ".join(text.split())
    return "\n".join(" ".join(line.split()) for line in text.split(_BREAK))
