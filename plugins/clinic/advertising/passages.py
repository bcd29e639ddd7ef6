"""What the owner wrote as passages: paragraphs, headings, items and values, each with its line and what is above it."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from clinic.advertising.sentences import Passage
from clinic.models.pieces import without_comments

_DIRECTIVE = re.compile(r"[ \t]*///+[ \t]*(?:[\w-]+[ \t]*\|(?P<heading>.*)|.*)")
_TAG = re.compile(r"<[^<>]*>")
_BREAKS = frozenset({"softbreak", "hardbreak"})
_CELLS = frozenset({"th_open", "td_open"})


class Placed(NamedTuple):
    """A passage and the line of its first words, counted from 1; a line end in its text leads to the next."""

    passage: Passage
    line: int


@cache
def _markdown() -> MarkdownIt:
    """CommonMark and tables; as in pages, an indented paragraph is no code."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("code")


def of_markdown(body: str, first_line: int = 1, title: str = "", *, is_testimonial: bool = False) -> Iterator[Placed]:
    """The passages of a body that begins at ``first_line`` of its file and stands under ``title``."""
    walk = _Walk(first_line, [title] if title else [], is_testimonial=is_testimonial)
    return walk.run(_markdown().parse("\n".join(map(_without_directive, body.split("\n")))))


def _without_directive(line: str) -> str:
    """The line of a directive as its heading, or empty: its words are prose like any other."""
    found = _DIRECTIVE.fullmatch(line) if "///" in line else None
    if not found:
        return line
    return f"#### {found['heading'].strip()}" if found["heading"] else ""


def _line_ends(text: str) -> str:
    return "\n" * text.count("\n")


class _Walk:
    def __init__(self, first_line: int, titles: list[str], *, is_testimonial: bool) -> None:
        self._first = first_line
        self._headings: dict[int, str] = dict(enumerate(titles))
        self._is_testimonial = is_testimonial
        self._leads: list[str] = []
        self._last = ""

    def run(self, tokens: Sequence[Token]) -> Iterator[Placed]:
        previous, row = "", 0
        for token in tokens:
            row = token.map[0] if token.map else row
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    self._leads.append(self._last)
                case "bullet_list_close" | "ordered_list_close":
                    self._leads.pop()
                case "html_block":
                    content = without_comments(token.content, _line_ends)
                    text = _TAG.sub(lambda tag: _line_ends(tag.group()), content)
                    yield self._placed(text, row)
                case "inline":
                    yield from self._inline(token, row, previous)
            previous = token.type if token.type != "inline" else previous
            if token.type == "heading_close":
                level = int(token.tag[1:])
                self._headings = {known: text for known, text in self._headings.items() if known < level}
                self._headings[level] = self._last
                self._last = ""

    def _inline(self, token: Token, row: int, previous: str) -> Iterator[Placed]:
        text = ""
        for child in token.children or ():
            if child.type == "image":
                yield self._placed(child.content, row + text.count("\n"))
            elif child.type in _BREAKS:
                text += "\n"
            elif child.type != "html_inline":
                text += child.content
        yield self._placed(text, row)
        if previous not in _CELLS:
            self._last = text

    def _placed(self, text: str, row: int) -> Placed:
        """Under the headings of the page and, in a list, the line before it."""
        headings = [text for _, text in sorted(self._headings.items())]
        above = tuple(filter(None, (*headings, *self._leads)))
        return Placed(Passage(text, above, self._is_testimonial), self._first + row)
