"""The fact check: every statement in what the owner wrote, and every link that calls or writes, against known facts."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from clinic.fact_check.exemptions import Exemptions
from clinic.fact_check.extract import Address, Block, address_texts, addresses, blocks, parsed
from clinic.fact_check.known_facts import KnownFacts
from clinic.fact_check.locate import lines_of, shown
from clinic.fact_check.statements.hours.opening_times import speaks_of_hours
from clinic.fact_check.statements.phones import chat_numbers
from clinic.fact_check.statements.statement import Kind, Statement, plain

_OTHERS = '"others"'
_NOTE = re.compile(r"^[ \t]*#.*$", re.MULTILINE)
_ONE_PLACE = frozenset({Kind.HOURS, Kind.REGISTRATION})
"""Kinds whose words may stand elsewhere in a file and mean something else."""


@dataclass(frozen=True)
class OwnerText:
    """A text of the owner's: a body, a value of the front matter, a copied file.

    ``file`` is its name as she knows it, ``content`` the text, in HTML where ``is_html``, and ``source`` the lines of
    the file that it was made of, from ``first_line`` on. ``heading`` is what it stands under on its page; ``exempt``
    are the texts exempted for it, and ``listed_in`` says where.
    """

    file: str
    content: str
    source: str
    first_line: int = 1
    is_html: bool = True
    heading: str = ""
    exempt: tuple[str, ...] = ()
    listed_in: str = _OTHERS


@dataclass(frozen=True)
class Finding:
    """A false statement; ``line`` 0 is the whole file. Opening times in prose are warnings, all else is an error."""

    file: str
    line: int
    message: str
    is_warning: bool


@dataclass(frozen=True)
class _Mismatch:
    """A false statement and the passage it stands in; ``leads_to``: a true one, but not what its link leads to."""

    statement: Statement
    passage: str
    leads_to: str = ""


def check(texts: Iterable[OwnerText], known: KnownFacts) -> Iterator[Finding]:
    """Every false statement of ``texts``, each once for every line that it stands in."""
    checker = _Checker(known)
    for text in texts:
        yield from checker.findings(text)


def check_addresses(
    pages: Mapping[str, Iterable[Address]], known: KnownFacts, texts: Iterable[OwnerText]
) -> Iterator[Finding]:
    """Links of finished pages, by the name of each page, that call or write to someone else.

    What ``texts`` link to or exempt is left to ``check``.
    """
    checker = _Checker(known)
    wrong = {link: found for link in {*chain.from_iterable(pages.values())} if (found := checker.of_link(link))}
    if not wrong:
        return
    texts = tuple(texts)
    checked = {link.url for text in texts if text.is_html for link in addresses(parsed(text.content))}
    exempt = checker.exemptions(tuple(chain.from_iterable(text.exempt for text in texts)))
    for page, links in pages.items():
        for mismatch in chain.from_iterable(wrong.get(link, ()) for link in links if link.url not in checked):
            if mismatch.leads_to or not exempt.has(mismatch.statement):
                yield checker.finding(page, 0, mismatch, _OTHERS)


@dataclass
class _Checker:
    """``_told`` are the false statements told so far, by file, line and meaning."""

    known: KnownFacts
    _links: dict[Address, tuple[_Mismatch, ...]] = field(default_factory=dict)
    _exemptions: dict[tuple[str, ...], Exemptions] = field(default_factory=dict)
    _told: set[tuple[str, int, Kind, object]] = field(default_factory=set)

    def findings(self, text: OwnerText) -> Iterator[Finding]:
        exempt = self.exemptions(text.exempt)
        for mismatch in self._mismatches(text):
            if mismatch.leads_to or not exempt.has(mismatch.statement):
                lines = (line for line in _lines(text, mismatch) if self._is_new(text.file, line, mismatch.statement))
                yield from (self.finding(text.file, line, mismatch, text.listed_in) for line in lines)

    def exemptions(self, texts: tuple[str, ...]) -> Exemptions:
        if texts not in self._exemptions:
            self._exemptions[texts] = Exemptions(texts, self.known.finder)
        return self._exemptions[texts]

    def finding(self, file: str, line: int, mismatch: _Mismatch, listed_in: str) -> Finding:
        message = _message(self.known, mismatch, listed_in)
        return Finding(file, line, message, is_warning=mismatch.statement.kind is Kind.HOURS)

    def of_link(self, link: Address) -> tuple[_Mismatch, ...]:
        """What is false in a link, and what its words say of someone else than it leads to."""
        if link not in self._links:
            self._links[link] = (*self._false_in_link(link.url), *self._misleading(link))
        return self._links[link]

    def _mismatches(self, text: OwnerText) -> Iterator[_Mismatch]:
        if not text.is_html:
            among_hours = speaks_of_hours(text.heading)
            yield from self._false(Block(line, among_hours) for line in text.content.splitlines())
            return
        root = parsed(text.content)
        yield from self._false(blocks(root, text.heading))
        for link in addresses(root):
            yield from self.of_link(link)

    def _false(self, found: Iterable[Block]) -> Iterator[_Mismatch]:
        for text, among_hours in found:
            for statement in self.known.finder.find(text, among_hours=among_hours):
                if not self.known.confirms(statement):
                    yield _Mismatch(statement, text)

    def _false_in_link(self, url: str) -> Iterator[_Mismatch]:
        for statement in map(self.known.finder.dialled, chat_numbers(url)):
            if not self.known.confirms(statement):
                yield _Mismatch(statement, statement.written)
        yield from self._false(map(Block, address_texts(url)))

    def _misleading(self, link: Address) -> Iterator[_Mismatch]:
        if not link.words:
            return
        finder = self.known.finder
        texts = (finder.find(text) for text in address_texts(link.url))
        meant = {each.normal for each in chain(map(finder.dialled, chat_numbers(link.url)), *texts)}
        kind = Kind.EMAIL if link.url.lower().startswith("mailto:") else Kind.PHONE
        for statement in finder.find(link.words):
            is_other = meant and statement.kind is kind and statement.normal not in meant
            if is_other and self.known.confirms(statement):
                yield _Mismatch(statement, link.words, link.url)

    def _is_new(self, file: str, line: int, statement: Statement) -> bool:
        told = (file, line, statement.kind, statement.normal)
        is_new = told not in self._told
        self._told.add(told)
        return is_new


def _lines(text: OwnerText, mismatch: _Mismatch) -> list[int]:
    """Where it stands in the file of ``text``: first as the passage has it, then word for word, else 0 or its key."""
    source = shown(text.source if text.is_html else _NOTE.sub("", text.source))
    statement, passage = mismatch.statement, plain(mismatch.passage)
    for in_context in (True, False):
        if found := lines_of(source, passage, statement.start, statement.end, in_context=in_context):
            wanted = found[:1] if statement.kind in _ONE_PLACE and not in_context else found
            return [line + text.first_line for line in wanted]
    return [0 if text.is_html else text.first_line]


def _message(known: KnownFacts, mismatch: _Mismatch, listed_in: str) -> str:
    """What is wrong, what is true, and the way out."""
    statement = mismatch.statement
    written = " ".join(statement.written.split())
    if mismatch.leads_to:
        return f'this link says "{written}" but leads to {mismatch.leads_to}; let both be the same'
    article = "an" if statement.kind in {Kind.EMAIL, Kind.HOURS} else "a"
    return (
        f'"{written}" is not {article} {statement.kind.value} of the clinic {known.correction(statement)}; correct it, '
        f"or list it under {listed_in} with the reason it stands here"
    )
