"""What Markdown makes, fitted for a page of the site: headings, tables and footnotes that everybody can use."""

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
    """The page's title is its h1, so the highest heading of a body is made h2, whether typed ``#`` or ``##``."""

    def run(self, root: ET.Element) -> None:
        found = [element for element in root.iter() if element.tag in _HEADINGS]
        shift = 2 - min((int(element.tag[1]) for element in found), default=2)
        for element in found:
            element.tag = f"h{min(6, int(element.tag[1]) + shift)}"


class _Tables(Treeprocessor):
    """A wide table scrolls inside the page, by keyboard too, so that the page itself never does (WCAG 2.2, 1.4.10).

    It is a region, named after its chapter, since what can be focused must say what it is (4.1.2).
    """

    def run(self, root: ET.Element) -> None:
        if root.find(".//table") is None:
            return
        names = {str(token["id"]): str(token["name"]) for token in flattened(getattr(self.md, "toc_tokens", []))}
        chapter, count = "", Counter[str]()
        parents = {child: parent for parent in root.iter() for child in parent}
        for element in list(root.iter()):
            if element.tag in _HEADINGS:
                chapter = html.unescape(names.get(element.get("id", ""), ""))
            elif element.tag == "table":
                count[chapter] += 1
                _frame(parents[element], element, _name(chapter, count[chapter]))


def _name(chapter: str, number: int) -> str:
    """Two regions of a page never have the same name. An ampersand is spelt out: typogrify dresses it up even here."""
    name = f"Table: {chapter.replace('&', 'and')}" if chapter else "Table"
    return name if number == 1 else f"{name} ({number})"


def _frame(parent: ET.Element, table: ET.Element, name: str) -> None:
    frame = ET.Element("div", {"class": "table-scroll", "role": "region", "aria-label": name, "tabindex": "0"})
    parent[list(parent).index(table)] = frame
    frame.append(table)
    frame.tail, table.tail = table.tail, None


class _Footnotes(Treeprocessor):
    """The number and the arrow of a footnote say nothing to those who only hear them: both get a name (WCAG 2.4.4)."""

    def run(self, root: ET.Element) -> None:
        for link in root.iter("a"):
            if link.get("class") == "footnote-ref":
                link.attrib.update({"aria-label": f"Footnote {link.text}", "data-search": "no"})
            elif link.get("class") == "footnote-backref":
                link.attrib.update({"aria-label": link.attrib.pop("title"), "data-search": "no"})


def flattened(tokens: list[dict[str, object]]) -> list[dict[str, object]]:
    """The headings of a body in their order, out of the tree that the table of contents is."""
    found: list[dict[str, object]] = []
    for token in tokens:
        found += [token, *flattened(token["children"])]  # type: ignore[arg-type]
    return found


def heading_ids(taken: Collection[str]) -> Callable[[str, str], str]:
    """What makes a heading's id: its words, so that it stays when others come; never an id that the theme uses."""

    def made(words: str, separator: str) -> str:
        slug = slugify(words, separator).strip("-_") or "part"
        return f"{slug}{separator}2" if slug in taken else slug

    return made


class PageExtensions(Extension):
    """All of it."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's name)
        """Levels before the table of contents (priority 5) looks at the headings; what needs it, after."""
        md.treeprocessors.register(_Levels(md), "heading-levels", 6)
        md.treeprocessors.register(_Tables(md), "scrolling-tables", 4)
        md.treeprocessors.register(_Footnotes(md), "footnote-names", 4)
