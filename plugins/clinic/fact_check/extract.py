"""What a piece of HTML says: the text of its blocks and read-out attributes, and the addresses it leads to."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from clinic.fact_check.statements.opening_times import speaks_of_hours

_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
_BLOCKS = frozenset(
    """address article aside blockquote body button caption details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 head header hr html label legend li link main meta nav ol option p pre section select summary
    table tbody tfoot thead title tr ul""".split()
)
"""Elements that no statement goes beyond. A cell belongs to its row, a ``dd`` to its ``dt``: ``Monday``, ``9am``."""
_APART = frozenset("td th dd svg img picture video audio input textarea iframe text tspan".split())
"""Elements with a gap around them although no block ends there."""
_BREAK = "\x0b"
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 caption legend summary".split())
_UNREAD = frozenset({"script", "style"})
_READ_OUT = frozenset("alt title aria-label aria-description content placeholder label value summary".split())
"""Attributes that are shown or read out."""
_LEADING = frozenset("href xlink:href src srcset action formaction poster data".split())
_LEADERS = "a area button embed form iframe image img input link object script source track use video audio".split()
_CALLING = re.compile(r"(?:tel|sms|mailto):", re.IGNORECASE)


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


_address = lru_cache(maxsize=50_000)(Address)
"""Every page has those of the menu and the footer: one object for all pages."""


def addresses(root: etree._Element) -> tuple[Address, ...]:
    """Every address that a page leads to or loads, in the order of the page."""
    found: list[Address] = []
    for element in root.iter(*_LEADERS):
        for name, url in element.items():
            if name in _LEADING:
                words = _on_lines("".join(element.itertext())) if url[:1] in "tsmTSM" and _CALLING.match(url) else ""
                found.append(_address(url, element.tag, name, words))
    return tuple(found)


def blocks(root: etree._Element, heading: str = "") -> Iterator[Block]:
    """The blocks in order, each followed by its attributes; ``heading`` is the one above the first."""
    among_hours = speaks_of_hours(heading)
    text, attributes = list[str](), list[str]()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag, is_end = element.tag, event == "end"
        if tag in _BLOCKS and not (is_end and tag == "dt"):
            words = _on_lines("".join(text))
            yield from (Block(each, among_hours) for each in (words, *attributes) if each)
            among_hours = speaks_of_hours(words) if is_end and tag in _HEADINGS else among_hours
            text, attributes = [], []
        if tag in _UNREAD and not is_end:
            walk.skip_subtree()
            continue
        gap = " " if tag in _APART else _BREAK if tag == "br" and not is_end else ""
        text += (gap, (element.tail if is_end else element.text) or "")
        attributes += [value for name, value in element.items() if name in _READ_OUT and not is_end]


def _on_lines(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split(_BREAK))
