"""Markdown to HTML, and what a text refers to; directives are numbered marker elements until they are rendered."""

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import TocExtension
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from clinic.content.diagnostics import Diagnostic
from clinic.content.front_matter import MarkdownFile
from clinic.rendering.markdown.directive_scanner import scan
from clinic.rendering.markdown.directives import Directive, VideoOptions
from clinic.rendering.markdown.extensions import BACK_TO_THE_TEXT, PageExtensions, flattened, heading_ids
from clinic.rendering.markdown.lint import lint
from clinic.rendering.text import html_fragment, typogrified

MARKER = "clinic-directive"
_ADDRESSES = frozenset(("href", "src", "poster"))
_INNERMOST = re.compile(rf'<{MARKER} n="(\d+)">((?:(?!<{MARKER} ).)*?)</{MARKER}>', re.DOTALL)
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
class Reference:
    """``url`` as the owner typed it. ``has_words``: whether an image has ``alt``, or is marked as decoration.

    ``line`` of the file if it is known; else the first line that has the address.
    """

    url: str
    is_image: bool = False
    has_words: bool = True
    line: int | None = None

    def line_in(self, file: MarkdownFile) -> int:
        """The line of ``file`` on which the owner wrote it."""
        return self.line or file.line_with(self.url or "]()")


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
        tokens = flattened(getattr(self._markdown, "toc_tokens", []))
        linted = (
            Diagnostic(file, first_line + text.count("\n", 0, max(0, text.find(words))), message)
            for words, message in lint(markup)
        )
        typeset = typogrified(markup)
        return Rendered(
            html=insert_directives(typeset, found.directives, show),
            words=insert_directives(typeset, found.directives, lambda *_: ""),
            headings=tuple(
                Heading(int(str(token["level"])), str(token["id"]), html.unescape(str(token["name"])))
                for token in tokens
            ),
            references=(*references(markup), *video_files(found.directives)),
            directives=tuple(found.directives),
            diagnostics=(*found.diagnostics, *linted),
        )


def insert_directives(markup: str, directives: Sequence[Directive], show: Show) -> str:
    """Replace every marker element by the HTML that ``show`` gives for its directive, innermost first."""
    found = len(directives)
    while found:
        markup, found = _INNERMOST.subn(lambda match: show(directives[int(match[1])], match[2].strip()), markup)
    return markup


def references(markup: str) -> Iterator[Reference]:
    """Every link and image of an HTML text, in order."""
    for element in html_fragment(markup).iter("a", "img", "source", "video", "audio", "iframe"):
        url = next((value for key, value in element.items() if key in _ADDRESSES), None)
        if url is not None:
            is_image = element.tag == "img"
            has_words = bool(element.get("alt", "").strip()) or element.get("role") == "presentation"
            yield Reference(url, is_image, not is_image or has_words)


def video_files(directives: Iterable[Directive]) -> Iterator[Reference]:
    """A video file of the owner's own, its captions, and its poster."""
    for directive in directives:
        if isinstance(video := directive.options, VideoOptions):
            for key, path in (("url", video.file), ("captions", video.captions), ("poster", video.poster)):
                if path:
                    yield Reference(f"{{static}}/{path}", key == "poster", line=directive.option_lines.get(key))
