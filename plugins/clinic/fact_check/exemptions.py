"""Statements that may be made although the facts of the clinic do not hold them."""

import re
from collections.abc import Iterable

from clinic.fact_check.statements.finder import StatementFinder
from clinic.fact_check.statements.statement import Statement, plain

PUBLIC = {
    "999": "emergency services", "112": "emergency services, all of Europe", "101": "police, not an emergency",
    "111": "NHS, urgent and not life-threatening", "119": "NHS test and vaccination line", "105": "power cuts",
    "116 123": "Samaritans", "jo@samaritans.org": "Samaritans", "116 000": "Missing People", "0800 1111": "Childline",
    "0808 2000 247": "National Domestic Abuse Helpline", "85258": "Shout, crisis text line",
    "18001": "Relay UK, in front of any number",
    "0303 123 1113": "Information Commissioner's Office, named in privacy notices", "SK9 5AF": "its postcode",
}  # fmt: skip
"""Public numbers and whose they are, as known in March 2026; others are exempted by the owner's ``others``."""


class Exemptions:
    """Answers whether a statement is among ``texts``, by its meaning or word for word."""

    def __init__(self, texts: Iterable[str], finder: StatementFinder) -> None:
        texts = tuple(texts)
        found = (each for text in texts for each in finder.find(text, among_hours=True))
        self._meanings = {(each.kind, each.normal) for each in found}
        self._words = {_bare(text) for text in texts}

    def has(self, statement: Statement) -> bool:
        """Whether the statement may be made."""
        return (statement.kind, statement.normal) in self._meanings or _bare(statement.written) in self._words


def _bare(text: str) -> str:
    return re.sub(r"[^0-9a-z@.£€$+]", "", plain(text).lower())
