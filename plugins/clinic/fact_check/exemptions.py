"""What the owner vouches for: numbers, addresses and sums on the site that are not the clinic's own."""

import re
from collections.abc import Iterable

from clinic.fact_check.statements.finding import StatementFinder
from clinic.fact_check.statements.statement import Statement, plain

_NOTHING = re.compile(r"[^0-9a-z@.£€$+]")


class Exemptions:
    """Answers whether a claim is among what the owner vouches for."""

    def __init__(self, texts: Iterable[str], finder: StatementFinder) -> None:
        texts = tuple(texts)
        found = (statement for text in texts for statement in finder.find(text, among_hours=True))
        self._meanings = {(statement.kind, statement.normal) for statement in found}
        self._words = {_bare(text) for text in texts}

    def has(self, statement: Statement) -> bool:
        """By what it means, or else word for word."""
        return (statement.kind, statement.normal) in self._meanings or _bare(statement.written) in self._words


def _bare(text: str) -> str:
    return _NOTHING.sub("", plain(text).lower())
