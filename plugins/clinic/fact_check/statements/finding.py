"""All claims of a text."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from clinic.fact_check.prefilter import may_claim
from clinic.fact_check.statements.hours.opening_times import opening_times
from clinic.fact_check.statements.identifiers import Registers, emails, normal, postcodes
from clinic.fact_check.statements.phones import chats, dialled, is_local, phones
from clinic.fact_check.statements.prices import prices
from clinic.fact_check.statements.statement import Kind, Statement, plain, without_references

ALL_DAY = frozenset({"00:00", "00:00:00", "23:59", "23:59:00"})
"""How machines are told that a day is closed, or open round the clock (Google LocalBusiness)."""


class StatementFinder:
    """Finds claims as they are written in ``country``; ``bodies`` are names of registers beside the known ones."""

    def __init__(self, country: str = "GB", bodies: Iterable[str] = ()) -> None:
        self._country = country
        self._registers = Registers(bodies)

    def find(self, text: str, *, among_hours: bool = False) -> Iterator[Statement]:
        """Every claim; positions count in ``plain(text)``."""
        if not may_claim(text):
            return
        words = plain(text)
        yield from emails(words)
        yield from chats(words)
        words = without_references(words)
        registered = [*self._registers.numbers(words)]
        rest = (postcodes(words), prices(words, self._country), opening_times(words, among_hours=among_hours))
        numbers = [*phones(words, self._country)]
        whole = [found for found in numbers if not is_local(str(found.normal))]
        local = [found for found in numbers if is_local(str(found.normal))]
        yield from _apart(whole, registered, local, *rest)

    def read(self, text: str, kind: Kind) -> Iterator[Statement]:
        """The one claim of a text whose place says what it is, such as the number of a ``tel:`` link."""
        words = plain(text).strip()
        match kind:
            case Kind.PHONE:
                yield Statement(kind, words, dialled(words, self._country), 0, len(words))
            case Kind.HOURS if words not in ALL_DAY:
                yield from opening_times(f"open: {words}")
            case Kind.PRICE:
                yield from prices(f"£{words}")
            case Kind.REGISTRATION if re.fullmatch(r"[A-Z]{0,4}[\d ]{3,}", words):
                yield Statement(kind, words, normal(words), 0, len(words))


def _apart(*found: Iterable[Statement]) -> Iterator[Statement]:
    """The claims, each place of the text taken once: by the first that understands it."""
    taken: list[Statement] = []
    for statement in chain.from_iterable(found):
        if not any(statement.start < other.end and other.start < statement.end for other in taken):
            taken.append(statement)
            yield statement
