"""Python-Markdown extensions: heading levels and ids, accessible tables and footnotes."""

import html
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Collection

from markdown import Extension, Markdown
from markdown.extensions.toc import slugify
from markdown.treeprocessors import Treeprocessor

BACK_TO_THE_TEXT = "Back to footnote %d in the text"
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


class _Levels(Treeprocessor):
    """The page's title is its h1, so the highest heading of a text becomes h2, whether typed ``#`` or ``##``."""

    def run(self, root: ET.Element) -> None:
        found = [element for element in root.iter() if element.tag in _HEADINGS]
        shift = 2 - min((int(element.tag[1]) for element in found), default=2)
        for element in found:
            element.tag = f"h{min(6, int(element.tag[1]) + shift)}"


class _Tables(Treeprocessor):
    """A wide table scrolls in a frame of its own, by keyboard too, so that the page never does (WCAG 2.2, 1.4.10).

    The frame is a region named after the heading above it, since what can be focused needs a name (4.1.2).
    """

    def run(self, root: ET.Element) -> None:
        if root.find(".//table") is None:
            return
        names = {str(token["id"]): str(token["name"]) for token in flattened(getattr(self.md, "toc_tokens", []))}
        section, count = "", Counter[str]()
        parents = {child: parent for parent in root.iter() for child in parent}
        for element in list(root.iter()):
            if element.tag in _HEADINGS:
                section = html.unescape(names.get(element.get("id", ""), ""))
            elif element.tag == "table":
                count[section] += 1
                # An ampersand is spelt out: typogrify would put a ``span`` around it even here.
                name = f"Table: {section.replace('&', 'and')}" if section else "Table"
                number = f" ({count[section]})" if count[section] > 1 else ""
                _frame(parents[element], element, name + number)


def _frame(parent: ET.Element, table: ET.Element, name: str) -> None:
    frame = ET.Element("div", {"class": "table-scroll", "role": "region", "aria-label": name, "tabindex": "0"})
    parent[list(parent).index(table)] = frame
    frame.append(table)
    frame.tail, table.tail = table.tail, None


class _Footnotes(Treeprocessor):
    """Names for the number and the arrow of a footnote, which say nothing to a screen reader (WCAG 2.4.4)."""

    def run(self, root: ET.Element) -> None:
        for link in root.iter("a"):
            if link.get("class") == "footnote-ref":
                link.attrib.update({"aria-label": f"Footnote {link.text}", "data-search": "no"})
            elif link.get("class") == "footnote-backref":
                link.attrib.update({"aria-label": link.attrib.pop("title"), "data-search": "no"})


def flattened(tokens: list[dict[str, object]]) -> list[dict[str, object]]:
    """The headings of a text in their order, from the tree ``toc_tokens``."""
    return [found for token in tokens for found in (token, *flattened(token["children"]))]  # type: ignore[arg-type]


def heading_ids(taken: Collection[str]) -> Callable[[str, str], str]:
    """A slugify function for the ids of headings: their words, never one of the ids in ``taken``."""

    def heading_id(words: str, separator: str) -> str:
        slug = slugify(words, separator).strip("-_") or "part"
        return f"{slug}{separator}2" if slug in taken else slug

    return heading_id


class PageExtensions(Extension):
    """Every extension of this module."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's name)
        """Levels run before the table of contents (priority 5); what needs that, after it."""
        md.treeprocessors.register(_Levels(md), "heading-levels", 6)
        md.treeprocessors.register(_Tables(md), "scrolling-tables", 4)
        md.treeprocessors.register(_Footnotes(md), "footnote-names", 4)
