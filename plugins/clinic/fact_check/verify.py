"""Proof reading: everything that a written file says against what is true.

Pages repeat each other, so each line is looked at once; only what is new and holds a figure or an @ is read with care.
"""

import html
import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

from clinic.fact_check.extract import (
    JSON_LD,
    REPEATED,
    Passage,
    card_passages,
    is_block,
    json_passages,
    links,
    parts,
    passages,
    unescaped_xml,
    visible,
    words_of,
)
from clinic.fact_check.known_facts import KnownFacts
from clinic.fact_check.prefilter import FirstLook, may_claim
from clinic.fact_check.statements.hours.opening_times import may_tell_time, speaks_of_hours
from clinic.fact_check.statements.statement import Kind, Statement

_CALLING = re.compile(r"(?:tel|sms|mailto):", re.IGNORECASE)
_HEADING_ENDS = re.compile(r"</(?:h[1-6]|caption|legend|summary)>", re.IGNORECASE)
_IDLE = re.compile(
    r'"(?:@(?:id":"[^"]*")?|date[A-Z][a-z]+":"[0-9T:.+-]+"|(?:position|wordCount|width|height|latitude|longitude)":"?-?[0-9.]+)'
)
"""What is in every graph and is never a claim."""
_ESCAPED = re.compile(r"\\u(?:00[aA]|20|[fF])")
"""A pound, a euro, a dash or an odd space, as JSON may write them."""


@dataclass(frozen=True)
class Mismatch:
    """A claim that the facts do not hold, and the passage it stands in; ``dials`` is what its link leads to instead."""

    statement: Statement
    passage: str
    dials: str | None = None


@dataclass
class FactChecker:
    """Reads the files of one run; what it has read before costs nothing again."""

    facts: KnownFacts
    _clean: set[str] = field(default_factory=set)
    """Lines that are right wherever they stand."""
    _read: dict[str, tuple[tuple[Mismatch, ...], tuple[Mismatch, ...]]] = field(default_factory=dict)
    """Blocks: their strangers in general, and under a heading about hours."""
    _addresses: dict[str, bool] = field(default_factory=dict)
    """Links that call or write, without their messages: whether they lead to the clinic."""
    _doubts: int = 0
    """How many blocks with strangers were met."""

    def read(self, text: str, suffix: str) -> Iterator[Mismatch]:
        """The strangers of a written file, whose name ends in ``suffix``."""
        match suffix:
            case ".html" | ".svg":
                return self._markup(text)
            case ".xml":
                return self._markup(unescaped_xml(text))
            case ".json" | ".webmanifest":
                return self._json(text)
            case ".vcf" | ".ics":
                return self._strangers(card_passages(text))
            case _:
                return self._strangers(Passage(line) for line in text.splitlines())

    def _markup(self, text: str) -> Iterator[Mismatch]:
        """Part by part: what stands around the main part is the same on many pages."""
        for start, end in parts(text):
            repeated = text[start:end] if text.startswith(REPEATED, start) else None
            if repeated not in self._clean:
                doubts = self._doubts
                yield from self._part(visible(text, start, end))
                if repeated and self._doubts == doubts:
                    self._clean.add(repeated)

    def _part(self, text: str) -> Iterator[Mismatch]:
        lines = text.split("\n")
        new = [number for number, line in enumerate(lines) if line not in self._clean]
        for number in [number for number in new if lines[number].startswith(JSON_LD)]:
            new.remove(number)
            yield from self._json(lines[number])
        suspected = {new[place] for place in self._first_look.suspects([lines[number] for number in new])}
        self._clean.update(lines[number] for number in new if number not in suspected)
        headings, done = _Headings(lines), -1
        for number in sorted(suspected):
            if number > done:
                first, done = _block_around(lines, number)
                yield from self._block("\n".join(lines[first : done + 1]), headings, number)

    @cached_property
    def _first_look(self) -> FirstLook:
        return FirstLook(self._leads_right)

    def _leads_right(self, address: str) -> bool:
        """Whether a link, what it asks or says left aside, calls or writes to nobody but the clinic."""
        if address not in self._addresses:
            link = html.escape(html.unescape(address))
            self._addresses[address] = not any(self._strangers(passages(f'<a href="{link}">')))
        return self._addresses[address]

    def _block(self, block: str, headings: "_Headings", number: int) -> tuple[Mismatch, ...]:
        if (known := self._read.get(block)) is None:
            known = self._read[block] = self._both_ways(block)
            if not any(known) and "\n" not in block:
                self._clean.add(block)
        self._doubts += any(known)
        usual, among_hours = known
        return among_hours if usual != among_hours and headings.are_of_hours(number) else usual

    def _both_ways(self, block: str) -> tuple[tuple[Mismatch, ...], tuple[Mismatch, ...]]:
        """The strangers of a block where it stands anywhere, and those where hours are to be expected."""
        misled = tuple(self._misled(block))
        usual = (*self._strangers(passages(block)), *misled)
        if not may_tell_time(block):
            return usual, usual
        return usual, (*self._strangers(passages(block), among_hours=True), *misled)

    def _json(self, text: str) -> Iterator[Mismatch]:
        """JSON in pieces: the graphs of two pages have most of their nodes in common."""
        new = [piece for piece in text.split("{") if piece not in self._clean]
        together = "{".join(new)
        if not may_claim(_IDLE.sub("", together)) and not _ESCAPED.search(together):
            self._clean.update(new)
            return
        for piece in new:
            found = [*self._strangers(json_passages(piece))]
            yield from found
            if not found:
                self._clean.add(piece)

    def _strangers(self, found: Iterable[Passage], *, among_hours: bool = False) -> Iterator[Mismatch]:
        for passage in found:
            for statement in self._claims(passage, among_hours=among_hours):
                if not self.facts.vouches(statement):
                    yield Mismatch(statement, passage.text)

    def _claims(self, passage: Passage, *, among_hours: bool = False) -> Iterable[Statement]:
        if passage.kind is None:
            return self.facts.finder.find(passage.text, among_hours=among_hours)
        return self.facts.finder.read(passage.text, passage.kind)

    def _misled(self, block: str) -> Iterator[Mismatch]:
        """Links that call or write to someone else than their words say, although both are true."""
        if not _CALLING.search(block):
            return
        for link in links(block):
            kind = Kind.EMAIL if link.url.lower().startswith("mailto:") else Kind.PHONE
            said = [statement for statement in self.facts.finder.find(link.words) if statement.kind is kind]
            meant = {
                statement.normal
                for passage in passages(f'<a href="{html.escape(link.url)}">')
                for statement in self._claims(passage)
            }
            yield from (
                Mismatch(statement, link.words, link.url)
                for statement in said
                if meant and statement.normal not in meant and self.facts.vouches(statement)
            )


def _block_around(lines: list[str], number: int) -> tuple[int, int]:
    """The lines that make one block with this one."""
    first = last = number
    while first > 0 and not is_block(lines[first]):
        first -= 1
    while last + 1 < len(lines) and not is_block(lines[last + 1]):
        last += 1
    return first, last


class _Headings:
    """The headings of a page, looked for when the first time of day is met."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    @cached_property
    def _found(self) -> list[tuple[int, bool]]:
        return [(number, _is_of_hours(line)) for number, line in enumerate(self._lines) if _HEADING_ENDS.search(line)]

    def are_of_hours(self, number: int) -> bool:
        """Whether the heading next above a line says that hours follow."""
        place = bisect(self._found, (number,))
        return bool(place) and self._found[place - 1][1]


@cache
def _is_of_hours(line: str) -> bool:
    return speaks_of_hours(words_of(line))
