"""The text of an e-mail in HTML, line by line."""

import re
from typing import Any

from lxml import etree

from clinic.domain.comments.quoted_mail import QUOTE_MARK

_SKIPPED = frozenset({"script", "style", "head", "title", "template", "select", "svg", "object", "textarea"})
_BREAKING = frozenset({
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "fieldset", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
})  # fmt: skip
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "table"})
"""An empty line follows them, as in a window."""
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_NO_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


class _Lines:
    """Collects text as lines; each has a mark for every quotation that it stands in."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.open: list[str] = []
        self.quotes = 0

    def add(self, text: str | None) -> None:
        """Text in the line that is open; line ends in HTML are spaces."""
        self.open.append(re.sub(r"\s+", " ", text or ""))

    def end(self, *, always: bool = False) -> None:
        """End the line, where there is anything in it."""
        line = " ".join("".join(self.open).split(" ")).strip()
        if line or always:
            self.lines.append(("> " * self.quotes + line).rstrip() if line else ">" * self.quotes)
        self.open = []

    def space(self) -> None:
        """An empty line, unless there is one already."""
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append(">" * self.quotes)


def html_text(html: str) -> str:
    """The words that a reader of this HTML sees. Quotations have ``>`` or QUOTE_MARK before them, list items ``-``."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    data = _NO_CHARACTERS.sub(" ", html).encode("utf-8")
    root = etree.fromstring(data, parser) if data.strip() else None
    if root is None:
        return ""
    lines = _Lines()
    skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        is_skipped = element.tag in _SKIPPED or bool(_HIDDEN.search(element.get("style") or ""))
        if event == "start":
            skipped += is_skipped
            if not skipped:
                _start(lines, element)
        else:
            if not skipped:
                _end(lines, element)
            skipped -= is_skipped
            if not skipped:
                lines.add(element.tail)
    lines.end()
    return "\n".join(lines.lines).strip()


def _start(lines: _Lines, element: Any) -> None:
    if element.tag in _BREAKING:
        lines.end(always=element.tag == "br")
    if element.tag == "blockquote":
        lines.space()
        lines.quotes += 1
    if element.tag == "div" and "quote" in (element.get("class") or "") and lines.quotes == 0:
        lines.end()
        lines.lines.append(QUOTE_MARK)
    if element.tag == "hr":
        lines.lines.append("_" * 32)
    lines.add("- " if element.tag == "li" else "")
    lines.add(element.text)


def _end(lines: _Lines, element: Any) -> None:
    if element.tag in _BREAKING - {"br"}:
        lines.end()
    if element.tag in _SPACED:
        lines.space()
    lines.quotes -= element.tag == "blockquote"
