"""The fact check: every statement in what the owner wrote, and every link that calls or writes, against known facts."""

import html
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote

from clinic.fact_check.extract import Address, Block, addresses, blocks, parsed
from clinic.fact_check.known_facts import Exemptions, KnownFacts
from clinic.fact_check.statements.finder import StatementFinder
from clinic.fact_check.statements.opening_times import speaks_of_hours
from clinic.fact_check.statements.phones import chat_numbers, link_texts
from clinic.fact_check.statements.statement import Kind, Statement, plain
from clinic.models.pieces import without_comments

_OTHERS = '"others"'
_NOTE = re.compile(r"^[ \t]*#.*$", re.MULTILINE)
_ONE_PLACE = frozenset({Kind.HOURS, Kind.REGISTRATION})
"""Kinds whose words may stand elsewhere in a file and mean something else."""
_MARKUP = re.compile(r"\]\([^()\s]*\)|<[^<>]*>|&#?\w{1,30};")
"""What is no word of a source: where a link leads, a tag, an entity."""
_NOTHING = "\0"
_MOST_BETWEEN = 40
"""Signs between two letters of a statement, at most."""
_WORD_BEFORE, _WORD_AFTER = re.compile(r"(?:\w|\d[.,])\Z"), re.compile(r"\w|[.,]\d")
_CONTEXT = 10
"""Letters before and after that tell one occurrence from another."""
MOST_FALSE = 100
"""False statements of one text that are told at once."""


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
    """A false statement; ``line`` 0 is the whole file."""

    file: str
    line: int
    message: str
    kind: Kind

    @property
    def is_warning(self) -> bool:
        """Opening times in prose are warnings, all else is an error."""
        return self.kind is Kind.HOURS


class Stated(NamedTuple):
    """What a text says: the blocks with statements, each with these, and the links that state something."""

    blocks: tuple[tuple[str, tuple[Statement, ...]], ...]
    links: tuple[Address, ...]


def stated_in(text: OwnerText, finder: StatementFinder) -> Stated:
    """What a text says, true or not: it depends on its content, ``is_html``, its heading and the finder alone."""
    if text.is_html:
        root = parsed(text.content)
        every, links = blocks(root, text.heading), tuple(filter(states_something, addresses(root)))
    else:
        heading = speaks_of_hours(text.heading)
        every, links = (Block(line, heading) for line in text.content.splitlines()), ()
    found = ((block.text, tuple(finder.find(block.text, among_hours=block.among_hours))) for block in every)
    return Stated(tuple(block for block in found if block[1]), links)


def states_something(link: Address) -> bool:
    """Whether a link calls, writes or leads to a map, and so can state a fact."""
    return _can_state(link.url)


@lru_cache(maxsize=10_000)  # every page has those of the menu and the footer
def _can_state(url: str) -> bool:
    return any(chat_numbers(url)) or any(True for _ in link_texts(url, messages=True))


Read: TypeAlias = Callable[[OwnerText, StatementFinder], Stated]
"""``stated_in``, or what remembers its results."""


class _Mismatch(NamedTuple):
    """A false statement and the block it stands in; ``leads_to``: a true one, but not what its link leads to."""

    statement: Statement
    block: str
    leads_to: str = ""


def check(texts: Iterable[OwnerText], known: KnownFacts, read: Read = stated_in) -> Iterator[Finding]:
    """Every false statement of ``texts``, each once for every line that it stands in."""
    return chain.from_iterable(map(_Checker(known, read).findings, texts))


def check_addresses(
    pages: Mapping[str, Iterable[Address]], known: KnownFacts, texts: Iterable[OwnerText], read: Read = stated_in
) -> Iterator[Finding]:
    """Links of finished pages that state something, by the name of each page, and call or write to someone else.

    What ``texts`` link to or exempt is left to ``check``; they are asked for only where something is wrong.
    """
    checker = _Checker(known, read, reads_messages=False)
    wrong = {link: found for link in {*chain.from_iterable(pages.values())} if (found := checker.of_link(link))}
    if not wrong:
        return
    checked, exempted = set[str](), list[str]()
    for text in texts:
        checked.update(link.url for link in (read(text, known.finder).links if text.is_html else ()))
        exempted += text.exempt
    exempt = Exemptions(exempted, known.finder)
    for page, links in pages.items():
        for mismatch in chain.from_iterable(wrong.get(link, ()) for link in links if link.url not in checked):
            if mismatch.leads_to or not exempt.has(mismatch.statement):
                yield checker.finding(page, 0, mismatch)


@dataclass
class _Checker:
    """``_reported`` are the false statements so far, by file, line and meaning."""

    known: KnownFacts
    read: Read
    reads_messages: bool = True
    _links: dict[Address, tuple[_Mismatch, ...]] = field(default_factory=dict)
    _reported: set[tuple[str, int, Kind, object]] = field(default_factory=set)

    def findings(self, text: OwnerText) -> Iterator[Finding]:
        exempt = Exemptions(text.exempt, self.known.finder)
        wrong = (each for each in self._mismatches(text) if each.leads_to or not exempt.has(each.statement))
        source: _Source | None = None
        for number, mismatch in enumerate(wrong):
            statement = mismatch.statement
            if number == MOST_FALSE:
                message = "more than this is no fact of the clinic here; correct these first, and the others are told"
                yield Finding(text.file, text.first_line, message, statement.kind)
                return
            source = source or _Source(text)
            for line in _lines(text, source, mismatch):
                key = (text.file, line, statement.kind, statement.normal)
                if key not in self._reported:
                    self._reported.add(key)
                    yield self.finding(text.file, line, mismatch, text.listed_in)

    def finding(self, file: str, line: int, mismatch: _Mismatch, listed_in: str = _OTHERS) -> Finding:
        """What is wrong, what is true, and the way out."""
        statement, kind = mismatch.statement, mismatch.statement.kind
        written = " ".join(statement.written.split())
        article = "an" if kind in {Kind.EMAIL, Kind.HOURS} else "a"
        message = (
            f'"{written}" is not {article} {kind.value} of the clinic {self.known.correction(statement)}; correct it, '
            f"or list it under {listed_in} with the reason it stands here"
        )
        if mismatch.leads_to:
            message = f'this link says "{written}" but leads to {mismatch.leads_to}; let both be the same'
        return Finding(file, line, message, kind)

    def of_link(self, link: Address) -> tuple[_Mismatch, ...]:
        """What is false in a link, and what its words say of someone else than it leads to."""
        if link not in self._links:
            found = self.known.finder.find_in_link(link.url, messages=self.reads_messages)
            stated = [replace(each, start=0, end=len(each.written)) for each in found]
            false = [_Mismatch(each, each.written) for each in stated if not self.known.confirms(each)]
            self._links[link] = (*false, *self._misleading(link, {each.normal for each in stated}))
        return self._links[link]

    def _misleading(self, link: Address, meant: set[Hashable]) -> Iterator[_Mismatch]:
        kind = Kind.EMAIL if link.url.lower().startswith("mailto:") else Kind.PHONE
        for statement in self.known.finder.find(link.words):
            is_other = meant and statement.kind is kind and statement.normal not in meant
            if is_other and self.known.confirms(statement):
                yield _Mismatch(statement, link.words, link.url)

    def _mismatches(self, text: OwnerText) -> Iterator[_Mismatch]:
        stated = self.read(text, self.known.finder)
        for block, statements in stated.blocks:
            yield from (_Mismatch(each, block) for each in statements if not self.known.confirms(each))
        yield from chain.from_iterable(map(self.of_link, stated.links))


def _lines(text: OwnerText, source: "_Source", mismatch: _Mismatch) -> list[int]:
    """Where it stands in the file of ``text``: first as its block has it, then word for word, else 0 or its key."""
    for in_context in (True, False):
        if found := source.lines_of(mismatch.statement, plain(mismatch.block), in_context=in_context):
            most = 1 if mismatch.statement.kind in _ONE_PLACE and not in_context else len(found)
            return [line + text.first_line for line in found[:most]]
    return [0 if text.is_html else text.first_line]


class _Source:
    """The source of a text as its letters, which are the same whatever stands between them."""

    def __init__(self, text: OwnerText) -> None:
        self._text = _shown(text.source if text.is_html else _NOTE.sub("", text.source))
        apart = _MARKUP.sub(lambda found: _NOTHING * len(found.group()), self._text)
        self._readings = (_placed_letters(self._text), _placed_letters(apart))
        self._found: dict[tuple[str, str, str], list[int]] = {}
        self._ends = [found.start() for found in re.finditer("\n", self._text)]

    def lines_of(self, statement: Statement, block: str, *, in_context: bool) -> list[int]:
        """The lines, from 0, that have the words of a statement in a block of plain text.

        ``in_context``: only where the letters before and after them are those of the block.
        """
        near = _CONTEXT * (_MOST_BETWEEN + 1)
        before = _letters(block[max(0, statement.start - near) : statement.start])[-_CONTEXT:] if in_context else ""
        after = _letters(block[statement.end : statement.end + near])[:_CONTEXT] if in_context else ""
        words = _letters(block[statement.start : statement.end])
        sought = (before, words, after)
        if sought not in self._found:  # a text may say the same all over
            self._found[sought] = sorted(set(self._lines_with(*sought))) if words else []
        return self._found[sought]

    def _lines_with(self, before: str, words: str, after: str) -> Iterator[int]:
        for letters, places in self._readings:
            at = letters.find(before + words + after)
            while at >= 0:
                first, last = places[at + len(before)], places[at + len(before) + len(words) - 1]
                if (before or self._begins(first)) and (after or self._ends_at(last + 1)):
                    yield bisect_left(self._ends, first)
                at = letters.find(before + words + after, at + len(before + words))

    def _begins(self, at: int) -> bool:
        return not (_WORD_BEFORE.search(self._text, max(0, at - 2), at))

    def _ends_at(self, at: int) -> bool:
        return not _WORD_AFTER.match(self._text, at)


def _placed_letters(text: str) -> tuple[str, list[int]]:
    """The letters of a text, each with where it stands; where too much is between two, there is a sign that is none."""
    letters, places, between = list[str](), list[int](), 0
    for place, sign in enumerate(text):
        if _is_letter(sign):
            if between > _MOST_BETWEEN:
                letters.append(_NOTHING)
                places.append(place)
            letters.append(_small(sign))
            places.append(place)
            between = 0
        else:
            between += sign != _NOTHING
    return "".join(letters), places


def _shown(source: str) -> str:
    """A source as readers see it, line by line: without HTML comments, entities and percent-encoding resolved."""
    visible = without_comments(source, lambda comment: "\n" * comment.count("\n"))
    return "\n".join(plain(unquote(html.unescape(line))).replace("\n", " ") for line in visible.split("\n"))


def _letters(text: str) -> str:
    return "".join(_small(sign) for sign in text if _is_letter(sign))


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign == "@" or unicodedata.category(sign) == "Sc"


def _small(sign: str) -> str:
    small = sign.lower()
    return small if len(small) == 1 else sign
