"""The manuals as a reader has them: their headings, links, tables and fenced examples."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tests.site import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"^ {4}.*", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_ANCHOR = re.compile(r'<a id="([^"]+)">')
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_TABLE = re.compile(r"(?:^\|.*\n)+", re.MULTILINE)
_CODE = re.compile(r"`[^`\n]+`")


@dataclass(frozen=True)
class Example:
    """A fenced block; ``info`` is what stands behind its first fence: the language, and where the text belongs."""

    info: str
    text: str

    @property
    def language(self) -> str:
        """For example ``yaml``."""
        return self.info.partition(" ")[0]

    @property
    def target(self) -> str:
        """For example ``clinic.yaml``."""
        return self.info.partition(" ")[2]


@dataclass(frozen=True)
class Manual:
    """One Markdown file of the project."""

    path: Path

    @cached_property
    def text(self) -> str:
        """As it is written."""
        return self.path.read_text("utf-8")

    @property
    def examples(self) -> Iterator[Example]:
        """Its fenced blocks."""
        for found in _FENCE.finditer(self.text):
            yield Example(found["info"].strip(), found["text"])

    @cached_property
    def prose(self) -> str:
        """Without the fenced and the indented blocks."""
        return _INDENTED.sub("", _FENCE.sub("", self.text))

    @property
    def anchors(self) -> set[str]:
        """What a link may name behind ``#``, as GitHub makes it of a heading, and those set by hand."""
        headings = (
            re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in _HEADING.findall(self.prose)
        )
        return {*headings, *_ANCHOR.findall(self.prose)}

    @property
    def links(self) -> list[str]:
        """Where its links and images lead; not those in code."""
        return _LINK.findall(_CODE.sub("", self.prose))

    @cached_property
    def code(self) -> str:
        """Everything that it gives as code, a piece on each line."""
        blocks = (example.text for example in self.examples)
        return "\n".join([*_CODE.findall(self.text), *_INDENTED.findall(self.text), *blocks])

    def names(self, word: str) -> bool:
        """Whether it names the word as code."""
        return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", self.code) is not None

    def row(self, head: str, word: str) -> str:
        """The row whose first cell names the word as code, in a table whose first column is headed ``head``."""
        tables = (found.splitlines() for found in _TABLE.findall(self.prose) if _cells(found)[0] == head)
        return next((row for rows in tables for row in rows if f"`{word}`" in _cells(row)[0]), "")


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]]


START = Manual(ROOT / "README.md")
OWNER = Manual(ROOT / "content" / "README.md")
THEME = Manual(ROOT / "theme" / "README.md")
PLUGINS = Manual(ROOT / "plugins" / "README.md")
MANUALS = (START, OWNER, THEME, PLUGINS)
