"""The outline of a text: lists that only look like some, bold lines that are headings, levels without gaps."""

import re
from collections.abc import Callable

from lxml import etree

from clinic.cli.importing.found import one_line, shown
from clinic.cli.importing.tree import Element, become, is_leaf, lines_of, remove, text_of

Guess = Callable[[str, str], None]
"""Tells what is uncertain, and at which words."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BULLET = re.compile(r"\s*[•‣▪●◦∙·➤►✓✔–-]\s+(?=\S)|\s*[•‣▪●◦∙](?=\S)")
_NUMBER = re.compile(r"\s*\d{1,2}[.)]\s+(?=\S)")


def rebuild(root: Element, title: str, guess: Guess) -> None:
    """Change a text to what its author meant."""
    _without_title(root, title)
    _lists_of_lines(root)
    _lists_of_paragraphs(root)
    _bold_headings(root, guess)
    _close_levels(root)


def _without_title(root: Element, title: str) -> None:
    """Take out the title where it heads the text too."""
    for element in root.iter(*HEADINGS):
        words = text_of(element)
        if element.tag == "h1" and words.casefold() == title.casefold():
            remove(element)
            return
        if words:
            if words.casefold() == title.casefold():
                remove(element)
            return


def _lists_of_lines(root: Element) -> None:
    """Lines of a paragraph that begin with a bullet or a number, as a list."""
    for item in root.iter("li"):
        if len(paragraphs := item.findall("p")) == 1:
            paragraphs[0].tag = "span"
    for paragraph in list(root.iter("p", "div")):
        if paragraph.getparent() is None or not is_leaf(paragraph):
            continue
        lines = lines_of(paragraph)
        for tag, mark in (("ul", _BULLET), ("ol", _NUMBER)):
            if len(lines) > 1 and all(map(mark.match, lines)) and not list(paragraph.iter("a", "img")):
                become(paragraph, tag)
                for line in lines:
                    etree.SubElement(paragraph, "li").text = mark.sub("", line, count=1).strip()


def _lists_of_paragraphs(root: Element) -> None:
    """Paragraphs that begin with a bullet, as a list."""
    for paragraph in list(root.iter("p")):
        before = paragraph.getprevious()
        if paragraph.getparent() is None or not _BULLET.match(text_of(paragraph)):
            continue
        after = paragraph.getnext()
        is_listed = before is not None and before.get("data-made") == "list"
        if is_listed or (after is not None and after.tag == "p" and _BULLET.match(text_of(after))):
            _cut_start(paragraph)
            _into_list(paragraph, before if is_listed else None)


def _into_list(paragraph: Element, listed: Element | None) -> None:
    if listed is None:
        listed = etree.Element("ul", {"data-made": "list"})
        paragraph.addprevious(listed)
    paragraph.tail = None
    paragraph.tag = "li"
    listed.append(paragraph)


def _bold_headings(root: Element, guess: Guess) -> None:
    """Short paragraphs that are bold as a whole head what follows them."""
    for paragraph in list(root.iter("p")):
        words, bold = text_of(paragraph), " ".join(text_of(each) for each in paragraph.iter("strong", "b"))
        inside = {ancestor.tag for ancestor in paragraph.iterancestors()} & {"li", "td", "th", "blockquote"}
        is_short = 0 < len(words) <= 80 and not re.search(r"[.,;:!]$", words)
        if is_short and not inside and one_line(bold) == words and paragraph.getnext() is not None:
            paragraph.tag = "h7"
            guess(f"“{shown(words)}”, a bold line, was taken for a heading", words)


def _close_levels(root: Element) -> None:
    """Headings from level 2 on, none left out; those that are empty go."""
    open_levels: list[int] = []
    for element in list(root.iter(*HEADINGS, "h7")):
        if not text_of(element) and element.find(".//img") is None:
            element.tag = "div"
            continue
        rank = int(element.tag[1])
        # a bold line is one below the heading above it, and beside other bold lines
        open_levels = [each for each in open_levels if each < rank]
        open_levels.append(rank)
        element.tag = f"h{min(len(open_levels) + 1, 6)}"
        for bold in list(element.iter("strong", "b")):
            bold.tag = "span"


def _cut_start(element: Element) -> None:
    """Take the bullet away that an element's text begins with."""
    for each in element.iter("*"):
        if each.text and each.text.strip():
            each.text = _BULLET.sub("", each.text + (" " if len(each.text.strip()) == 1 else ""), count=1)
            each.text = "" if len(each.text.strip()) == 1 and each.text.strip() in "•‣▪●◦∙·➤►✓✔–-" else each.text
            return
