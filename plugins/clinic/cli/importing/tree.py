"""Elements of HTML: parsing them, their words, taking them out."""

import re
from collections.abc import Iterator
from html import escape
from typing import TypeAlias

from lxml import etree

from clinic.cli.importing.found import one_line

Element: TypeAlias = etree._Element  # noqa: SLF001 -- the only name of the type
_PARSER_OPTIONS = {
    "encoding": "utf-8",
    "huge_tree": False,
    "no_network": True,
    "remove_comments": True,
    "remove_pis": True,
}
_CONTROLS = re.compile(r"\0|&#(?:x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F])|0*(?:[0-8]|1[1-24-9]|2\d|3[01]));?(?![0-9a-fA-F])")
"""Signs that no XML may hold, as they are or by their numbers."""
BLOCKS = frozenset(
    "p div section article main figure ul ol li table blockquote pre dl dd dt td th tr header body details summary "
    "figcaption hr tbody thead h1 h2 h3 h4 h5 h6".split()
)
_FRAMES = re.compile(
    r"</?(?:div|span|font|center|section|article|table|tbody|tr|td|blockquote)\b[^<>]*>", re.IGNORECASE
)
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")
_BREAKS = re.compile(r"(?:<br\s*/?>(?:\s|&nbsp;|\u00a0)*){2,}", re.IGNORECASE)


def parse_html(markup: str) -> Element:
    """A whole document, as leniently as a browser reads it; empty where there is nothing to read.

    The parser ends where some 250 elements stand inside each other: there frames go, and then all that is no word.
    """
    text = _BREAKS.sub("</p><p>", _CONTROLS.sub("", markup))
    for pattern in (None, _FRAMES, _TAGS):
        text = pattern.sub("<p>", text) if pattern else text
        parser = etree.HTMLParser(**_PARSER_OPTIONS)
        root = etree.fromstring(text.encode("utf-8", "replace"), parser) if text.strip() else None
        if not any("Excessive depth" in error.message for error in parser.error_log):
            break
    return root if root is not None else etree.fromstring("<html><body></body></html>")


def as_paragraphs(text: str) -> str:
    """Plain text as HTML, a paragraph for each line."""
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())


def text_of(element: Element | None) -> str:
    """The words of an element on one line, apart wherever a block or a line ends."""
    words: list[str] = []
    for event, each in etree.iterwalk(element, events=("start", "end")) if element is not None else ():
        apart = " " if each.tag in BLOCKS or each.tag in {"br", "img", "button", "option"} else ""
        if event == "start":
            words += [apart, each.text or ""]
        else:
            words += [apart, (each.tail or "") if each is not element else ""]
    return one_line("".join(words))


def is_leaf(element: Element) -> bool:
    """Whether there is no block inside it."""
    return not any(child.tag in BLOCKS for child in element.iterdescendants("*"))


def lines_of(paragraph: Element) -> list[str]:
    """The words of a paragraph, line by line."""
    parts: list[str] = [""]
    for event, element in etree.iterwalk(paragraph, events=("start", "end")):
        if event == "start":
            parts.append("") if element.tag == "br" else None
            parts[-1] += element.text or ""
        elif element is not paragraph:
            parts[-1] += element.tail or ""
    return [one_line(part) for part in parts if one_line(part)]


def remove(element: Element) -> None:
    """Take an element out; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    element.tail = None
    parent.remove(element)


def become(element: Element, tag: str, text: str = "") -> None:
    """Make another element of one, with this text alone; what stands behind it stays."""
    tail = element.tail
    element.clear()
    element.tag, element.text, element.tail = tag, text, tail


def elements_of(root: Element, path: str) -> Iterator[Element]:
    """The elements at an XPath, as a program that reads HTML wants them."""
    yield from root.xpath(path)
