"""Where words that a page shows stand in what the owner wrote, whatever marks are between their letters there."""

import html
import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from clinic.fact_check.statements.statement import plain

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_NOTE = re.compile(r"^[ \t]*#.*$", re.MULTILINE)
_ENCODED = re.compile(r"&#?\w+;|%[0-9A-Fa-f]{2}")
_BETWEEN = r"(?:\]\([^)\s]*\)|<[^<>]*>|&#?\w+;|[\W_]){0,40}?"
_MEANT = "£€$@"
"""Signs that are as good as letters."""
_AROUND = 10
"""Letters before and behind that tell one place from another."""


@dataclass(frozen=True)
class WrittenFile:
    """A file of the owner's; ``body_line`` is the line where its text begins, and notes (``# …``) end."""

    name: str
    text: str
    body_line: int

    def lines(self, passage: str, start: int, end: int, *, in_context: bool = True) -> list[int]:
        """The lines where the words from ``start`` to ``end`` of a passage stand; ``in_context``: as in the passage."""
        before = _letters(passage[:start])[-_AROUND:] if in_context else ""
        after = _letters(passage[end:])[:_AROUND] if in_context else ""
        words = _letters(passage[start:end])
        if not words:
            return []
        pattern = _spread(before) + (_BETWEEN if before else r"(?<!\w)(?<!\d[.,])") + f"(?P<words>{_spread(words)})"
        pattern += (_BETWEEN + _spread(after)) if after else r"(?!\w)(?![.,]\d)"
        found = re.finditer(pattern, self._searched, re.IGNORECASE)
        return [*dict.fromkeys(self._searched.count("\n", 0, match.start("words")) + 1 for match in found)]

    @cached_property
    def _searched(self) -> str:
        """The text as a page says it, line by line, without what is never shown: notes and comments are blanked."""
        lines = self.text.split("\n")
        front_matter, body = lines[: self.body_line - 1], lines[self.body_line - 1 :]
        text = "\n".join([_NOTE.sub("", "\n".join(front_matter)), *body] if front_matter else body)
        shown = _COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), text)
        return "\n".join(map(_said, shown.split("\n")))


def _said(line: str) -> str:
    """With the signs that entities (``&pound;``) and addresses (``%C2%A3``) stand for."""
    signs = plain(unquote(html.unescape(line))) if _ENCODED.search(line) or not line.isascii() else line
    return signs.replace("\n", " ")


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum() or sign in _MEANT)


def _spread(letters: str) -> str:
    return _BETWEEN.join(map(re.escape, letters))
