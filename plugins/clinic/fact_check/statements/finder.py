"""All statements of a text."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from clinic.fact_check.statements.identifiers import Registers, emails, postcodes
from clinic.fact_check.statements.opening_times import opening_times
from clinic.fact_check.statements.phones import chat_numbers, chats, dialled, is_local, link_texts, phones
from clinic.fact_check.statements.prices import prices
from clinic.fact_check.statements.statement import Kind, Statement, plain, without_references
from clinic.models.base import may_state_fact
from clinic.models.pieces import pieces


class StatementFinder:
    """Finds statements as they are written in ``country`` (ISO 3166).

    ``bodies`` are names of registers beside the known ones; ``currency`` (ISO 4217) is that of a sum without one.
    """

    def __init__(self, country: str = "GB", bodies: Iterable[str] = (), currency: str = "GBP") -> None:
        self._country = country
        self._currency = currency
        bodies = tuple(bodies)
        self._registers = Registers(bodies)
        self.inputs = repr((country, bodies, currency))
        """All that it depends on; equal for finders that find the same."""

    def find(self, text: str, *, among_hours: bool = False) -> Iterator[Statement]:
        """Every statement; positions count in ``plain(text)``. ``among_hours``: it stands under "Opening hours".

        A long text is read piece by piece (``models.pieces``).
        """
        if not may_state_fact(text):
            return
        for offset, words in pieces(plain(text)):
            for found in self._in_piece(words, among_hours=among_hours):
                yield replace(found, start=found.start + offset, end=found.end + offset) if offset else found

    def _in_piece(self, words: str, *, among_hours: bool) -> Iterator[Statement]:
        yield from emails(words)
        yield from chats(words)
        words = without_references(words)
        numbers = [*phones(words, self._country)]
        yield from _apart(
            [number for number in numbers if not is_local(str(number.normal))],
            self._registers.numbers(words),
            [number for number in numbers if is_local(str(number.normal))],
            postcodes(words),
            prices(words, self._currency),
            opening_times(words, among_hours=among_hours),
        )

    def find_in_link(self, url: str, *, messages: bool = True) -> Iterator[Statement]:
        """What an address states: whom it calls or writes to, in the message it begins, and where a map leads."""
        for number in map(plain, chat_numbers(url)):
            yield Statement(Kind.PHONE, number.strip(), dialled(number, self._country))
        yield from chain.from_iterable(map(self.find, link_texts(url, messages=messages)))


def _apart(*found: Iterable[Statement]) -> Iterator[Statement]:
    """The statements, each part of the text taken once: by the first finder that understands it."""
    taken: list[Statement] = []
    for statement in chain.from_iterable(found):
        if not any(statement.start < other.end and other.start < statement.end for other in taken):
            taken.append(statement)
            yield statement
