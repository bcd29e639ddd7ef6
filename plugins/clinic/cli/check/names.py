"""The clinic's own names in its texts: near misses of the clinic's, its people's and its places' names.

A false alarm costs more trust than a slip: so a word alone counts only for long names of places, and otherwise all
words of a name but one must be right.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from clinic.cli.check.examined import Examined
from clinic.cli.check.rules import NAME, warning
from clinic.content.diagnostics import Diagnostic
from clinic.models.clinic import Clinic
from clinic.models.person_name import PersonName

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_NO_PROSE = re.compile(r"`[^`]*`|\{\w+\}\S*|\]\([^)]*\)|\S*(?:://|@|www\.)\S*|\S*/\S+/\S*|<[^>]*>")
_LONG = 7
"""Letters from which on a place's name alone is known by all but one of them."""
_ENDINGS = frozenset({"", "s", "'s", "’s", "y", "e", "es", "n", "er"})
"""What inflects a name, or makes another word of it: Larkmouth's, osteopath and osteopaths."""
_RARE = 2
"""A spelling that is there more often is meant."""


class Word(NamedTuple):
    """A word of a text, and its line."""

    text: str
    line: int


@dataclass(frozen=True)
class Names:
    """The names to look for: those of two words or more by their words, and those of one word that count alone."""

    whole: Mapping[tuple[str, ...], str]
    single: frozenset[str] = frozenset()

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word of a name."""
        return frozenset(word for name in self.whole for word in name) | self.single

    @classmethod
    def of(cls, clinic: Clinic) -> "Names":
        """Those of the clinic, its locations and towns, and everybody in the team."""
        people = (PersonName.parse(one.name) for one in clinic.team.values())
        places = [town for one in clinic.locations.values() if one.address and (town := one.address.locality)]
        names = [clinic.name, *(one.name for one in clinic.locations.values() if one.name), *places]
        names += [f"{person.given} {person.family}" for person in people if person.given and person.family]
        whole = {words: name for name in names if len(words := tuple(_WORD.findall(name))) > 1}
        return cls(whole, frozenset(town for town in places if len(town) >= _LONG and _WORD.fullmatch(town)))


def name_spelling(site: Examined) -> Iterator[Diagnostic]:
    """Near misses of the clinic's own names in the texts of published files."""
    names = Names.of(site.content.clinic)
    texts = [(source, words_of(source.text)) for source in site.sources]
    counts = Counter(word.text for _, words in texts for word in words)
    for source, words in texts:
        for word, name in misspelt(words, names):
            # what is a word in small letters too, or stands there again and again, is meant
            if counts[word.text] <= _RARE and word.text.casefold() not in counts:
                yield warning(NAME, (source.name, word.line), f'this says "{word.text}"; the name is "{name}"')


def misspelt(words: Sequence[Word], names: Names) -> Iterator[tuple[Word, str]]:
    """The words that are not right, each with the name that is likely meant."""
    near: dict[str, frozenset[str]] = {}
    for index, word in enumerate(words):
        if word.text not in near:
            near[word.text] = frozenset(name for name in names.known if is_near(word.text, name))
        if not near[word.text] or word.text in names.known:
            continue
        if whole := next(_around(words, index, near[word.text], names.whole), None):
            yield word, whole
        elif (single := near[word.text] & names.single) and index and words[index - 1].line == word.line:
            yield word, min(single)  # at the beginning of a line, any word has a capital


def _around(
    words: Sequence[Word], index: int, near: frozenset[str], whole: Mapping[tuple[str, ...], str]
) -> Iterator[str]:
    """The names of which the word at ``index`` is the only one that is not right."""
    for parts, name in whole.items():
        for position, part in enumerate(parts):
            start = index - position
            written = [each.text for each in words[start : start + len(parts)]] if part in near and start >= 0 else []
            if written and (*written[:position], part, *written[position + 1 :]) == parts:
                yield name


def is_near(word: str, name: str) -> bool:
    """Whether a word is a name but for one slip: a letter too many, too few, another one, or two in the wrong order."""
    if not word[:1].isupper() or abs(len(word) - len(name)) > 1 or len(name) < 4 or word.casefold() == name.casefold():
        return False
    start = next(
        (at for at, (one, other) in enumerate(zip(word, name, strict=False)) if one != other), min(len(word), len(name))
    )
    if {word[start:], name[start:]} <= _ENDINGS:
        return False
    rests = (word[start:], name[start:])
    swapped = rests[0][:2] == rests[1][:2][::-1] and rests[0][2:] == rests[1][2:]
    return swapped or rests[0][1:] == rests[1][1:] or rests[0] == rests[1][1:] or rests[0][1:] == rests[1]


def words_of(text: str) -> list[Word]:
    """The words of a text that are prose, without the ``'s`` behind names."""
    return [
        Word(found[0].removesuffix("'s").removesuffix("’s"), number)
        for number, line in enumerate(text.split("\n"), 1)
        for found in _WORD.finditer(_NO_PROSE.sub(" ", line))
    ]
