"""Markdown to HTML; directives are numbered marker elements until they are rendered into it."""

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import TocExtension
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from clinic.content.diagnostics import Diagnostic
from clinic.rendering.markdown.directive_scanner import scan
from clinic.rendering.markdown.directives import Directive
from clinic.rendering.markdown.extensions import BACK_TO_THE_TEXT, PageExtensions, flattened, heading_ids
from clinic.rendering.markdown.links import Reference, references, video_files
from clinic.rendering.markdown.lint import lint
from clinic.rendering.typography import typogrified

MARKER = "clinic-directive"
_MARKER_TAG = re.compile(rf'<{MARKER} n="(\d+)">|</{MARKER}>')
Show = Callable[[Directive, str], str]
"""Renders one directive around the HTML of its body."""


class _MarkerBlock(Block):
    """The only block that pymdownx knows: its argument is the number of the directive."""

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


@dataclass(frozen=True)
class Heading:
    """A heading of the text, for the contents list: ``level`` 2 to 6, ``name`` in plain words."""

    level: int
    id: str
    name: str


@dataclass(frozen=True)
class Rendered:
    """A text in HTML, its headings, what it refers to, its directives, and what is wrong with it."""

    html: str
    words: str
    """The HTML of the text between the directives, without them."""
    headings: tuple[Heading, ...]
    references: tuple[Reference, ...]
    directives: tuple[Directive, ...]
    diagnostics: tuple[Diagnostic, ...]


class MarkdownRenderer:
    """One Markdown object for a whole build: making one per file costs more than reading the file."""

    def __init__(self, taken: Collection[str] = ()) -> None:
        """``taken`` are the ids of the theme's pages, which no heading gets."""
        self._markdown = Markdown(
            extensions=[
                "attr_list",
                "def_list",
                "fenced_code",
                FootnoteExtension(BACKLINK_TITLE=BACK_TO_THE_TEXT),
                "sane_lists",
                "tables",
                TocExtension(slugify=heading_ids(taken)),
                PageExtensions(),
                _DirectiveBlocks(),
            ],
            output_format="html",
        )

    def render(self, text: str, file: str, first_line: int, show: Show) -> Rendered:
        """Render ``text``, whose first line is line ``first_line`` of ``file``; ``show`` renders each directive."""
        found = scan(text, file, first_line)
        markup = self._markdown.reset().convert(found.text)
        tokens = getattr(self._markdown, "toc_tokens", [])
        linted = (Diagnostic(file, first_line + _line_of(words, text), message) for words, message in lint(markup))
        typeset = typogrified(markup)
        return Rendered(
            html=insert_directives(typeset, found.directives, show),
            words=insert_directives(typeset, found.directives, lambda *_: ""),
            headings=tuple(_heading(token) for token in flattened(tokens)),
            references=(*references(markup), *video_files(found.directives)),
            directives=tuple(found.directives),
            diagnostics=(*found.diagnostics, *linted),
        )


def _line_of(words: str, text: str) -> int:
    before, found, _ = text.partition(words)
    return before.count("\n") if found else 0


def insert_directives(markup: str, directives: Sequence[Directive], show: Show) -> str:
    """Replace every marker element by the HTML that ``show`` gives for its directive, innermost first."""
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


def _heading(token: dict[str, object]) -> Heading:
    return Heading(int(str(token["level"])), str(token["id"]), html.unescape(str(token["name"])))
