"""Where the words of a statement stand in what the owner wrote, whatever markup is between their letters there."""

import html
import re
from urllib.parse import unquote

from clinic.fact_check.statements.statement import Statement, plain

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BETWEEN = r"(?:\]\([^)\s]*\)|<[^<>]*>|&#?\w+;|[\W_]){0,40}?"
_CONTEXT = 10
"""Letters before and after that tell one occurrence from another."""


def lines_of(statement: Statement, passage: str, source: str, *, in_context: bool) -> list[int]:
    """The lines of ``source``, from 0, that have the words of a statement in a passage of plain text.

    ``in_context``: only where the letters before and after them are those of the passage.
    """
    before = _letters(passage[: statement.start])[-_CONTEXT:] if in_context else ""
    after = _letters(passage[statement.end :])[:_CONTEXT] if in_context else ""
    words = _letters(passage[statement.start : statement.end])
    if not words:
        return []
    pattern = _spread(before) + (_BETWEEN if before else r"(?<!\w)(?<!\d[.,])") + f"(?P<words>{_spread(words)})"
    pattern += (_BETWEEN + _spread(after)) if after else r"(?!\w)(?![.,]\d)"
    found = re.finditer(pattern, source, re.IGNORECASE)
    return [*dict.fromkeys(source.count("\n", 0, match.start("words")) for match in found)]


def shown(source: str) -> str:
    """A source as readers see it, line by line: without HTML comments, entities and percent-encoding resolved."""
    visible = _COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), source)
    return "\n".join(plain(unquote(html.unescape(line))).replace("\n", " ") for line in visible.split("\n"))


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum() or sign in "£€$@")


def _spread(letters: str) -> str:
    return _BETWEEN.join(map(re.escape, letters))
