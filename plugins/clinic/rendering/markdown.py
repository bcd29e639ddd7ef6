"""Markdown to HTML, with directives kept apart as numbered marker elements until their turn."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markdown import Extension, Markdown
from markdown.extensions.toc import TocExtension, slugify
from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from clinic.files.problems import Problem
from clinic.rendering.directive_scan import scan
from clinic.rendering.directives import Directive
from clinic.rendering.references import Reference, references
from clinic.rendering.slips import slips
from clinic.rendering.text import typographic_html

MARKER = "clinic-directive"
_MARKER_TAG = re.compile(rf'<{MARKER} n="(\d+)">|</{MARKER}>')
_TAKEN = frozenset({"main", "comments"})
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


Show = Callable[[Directive, str], str]
"""Renders one directive around the HTML of its body."""


class _MarkerBlock(Block):
    """The one block pymdownx sees: its argument is the number of the directive."""

    NAME = "directive"
    ARGUMENT = True

    def on_create(self, parent: ET.Element) -> ET.Element:
        return ET.SubElement(parent, MARKER, {"n": str(self.argument)})

    def on_markdown(self) -> str:
        return "block"


class _DirectiveBlocks(BlocksExtension):
    def extendMarkdownBlocks(self, md: Markdown, block_mgr: object) -> None:  # noqa: N802 (pymdownx's name)
        """Register the marker block."""
        md.block_level_elements.append(MARKER)
        block_mgr.register(_MarkerBlock, self.getConfigs())  # type: ignore[attr-defined]


class _Levels(Treeprocessor):
    """The page's title is its h1, so the highest heading of a body is made h2, whether typed ``#`` or ``##``."""

    def run(self, root: ET.Element) -> None:
        found = [element for element in root.iter() if element.tag in _HEADINGS]
        shift = 2 - min((int(element.tag[1]) for element in found), default=2)
        for element in found:
            element.tag = f"h{min(6, int(element.tag[1]) + shift)}"


class _Tables(Treeprocessor):
    """A wide table scrolls inside the page, by keyboard too, so that the page itself never does (WCAG 2.2, 1.4.10)."""

    def run(self, root: ET.Element) -> None:
        for parent in [element for element in root.iter() if element.find("table") is not None]:
            for place, child in enumerate(list(parent)):
                if child.tag == "table":
                    attributes = {"class": "table-scroll", "role": "group", "aria-label": "Table", "tabindex": "0"}
                    parent[place] = frame = ET.Element("div", attributes)
                    frame.append(child)
                    frame.tail, child.tail = child.tail, None


def _heading_id(words: str, separator: str) -> str:
    """The address of a heading; two that every page or article has for parts of its own are left to those."""
    slug = slugify(words, separator)
    return f"{slug}{separator}2" if slug in _TAKEN else slug


class _FitForPages(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's name)
        """Before the table of contents (priority 5) looks at the headings."""
        md.treeprocessors.register(_Levels(md), "heading-levels", 6)
        md.treeprocessors.register(_Tables(md), "scrolling-tables", 6)


@dataclass(frozen=True)
class Heading:
    """A heading of the body, for the contents list: ``level`` 2 to 6, ``name`` in plain words."""

    level: int
    id: str
    name: str


@dataclass(frozen=True)
class Rendered:
    """A body in HTML, its headings, what the owner refers to in it, its directives and what is wrong with them."""

    html: str
    headings: tuple[Heading, ...]
    references: tuple[Reference, ...]
    directives: tuple[Directive, ...]
    problems: tuple[Problem, ...]


class MarkdownRenderer:
    """One Markdown object for the whole run: making one per file costs more than reading the file."""

    def __init__(self) -> None:
        self._markdown = Markdown(
            extensions=[
                "attr_list",
                "def_list",
                "fenced_code",
                "footnotes",
                "sane_lists",
                "tables",
                TocExtension(slugify=_heading_id),
                _FitForPages(),
                _DirectiveBlocks(),
            ],
            output_format="html",
        )

    def render(self, text: str, file: str, first_line: int, show: Show) -> Rendered:
        """Render ``text``, whose first line is line ``first_line`` of ``file``; ``show`` renders each directive."""
        found = scan(text, file, first_line)
        markup = self._markdown.reset().convert(found.text)
        tokens = getattr(self._markdown, "toc_tokens", [])
        told = (Problem(file, first_line + _line_of(words, text), message) for words, message in slips(markup))
        body = put_in_place(typographic_html(markup), found.directives, show)
        return Rendered(
            html=body,
            headings=tuple(_headings(tokens)),
            references=tuple(references(markup)),
            directives=tuple(found.directives),
            problems=(*found.problems, *told),
        )


def _line_of(words: str, text: str) -> int:
    before, found, _ = text.partition(words)
    return before.count("\n") if found else 0


def put_in_place(markup: str, directives: Sequence[Directive], show: Show) -> str:
    """Replace every marker element by what ``show`` makes of its directive, innermost first."""
    if not directives:
        return markup
    texts: list[list[str]] = [[]]
    numbers: list[int] = []
    position = 0
    for match in _MARKER_TAG.finditer(markup):
        texts[-1].append(markup[position : match.start()])
        position = match.end()
        if match.group(1):
            numbers.append(int(match.group(1)))
            texts.append([])
        else:
            body = "".join(texts.pop())
            texts[-1].append(show(directives[numbers.pop()], body.strip()))
    return "".join(texts[0]) + markup[position:]


def _headings(tokens: list[dict[str, object]]) -> list[Heading]:
    found: list[Heading] = []
    for token in tokens:
        found.append(Heading(int(str(token["level"])), str(token["id"]), str(token["name"])))
        found.extend(_headings(token["children"]))  # type: ignore[arg-type]
    return found
