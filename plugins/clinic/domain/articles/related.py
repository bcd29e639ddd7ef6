"""The telling words of a text, without their endings: what two texts are compared by."""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import log, sqrt
from typing import TypeAlias

WORDS_KEPT = 16
"""Words that stand for an article: the weightiest."""
ARTICLES_KEPT = 24
"""Articles that a word leads to, the weightiest, or that a label does, the newest."""
SHORTLIST = 24
"""Candidates that are compared label by label."""
_ONE = 1000
"""The length of a vector; scores are squares of it."""
LEAST_SCORE = _ONE * _ONE // 10
"""Below this, two articles have no more in common than any two of one clinic."""
LabelKey: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Label:
    """Something the owner says an article is about; ``weight`` is what it tells when two share it, ``name`` as typed.

    ``is_subject``: whether a reader learns from the name what the two have in common.
    """

    kind: str
    name: str
    weight: float
    is_subject: bool = True

    @property
    def key(self) -> LabelKey:
        """The same for the same thing, in capitals or not."""
        return self.kind, self.name.casefold()


@dataclass(frozen=True)
class Document:
    """An article as it is compared. ``words`` are its stems; ``order`` puts newer ones first and is its own alone."""

    key: str
    order: tuple[float, str]
    labels: tuple[Label, ...]
    words: Counter[str]


@dataclass(frozen=True)
class Match:
    """An article that belongs to another, and the most telling of the subjects that both are said to have."""

    key: str
    subject: str | None


@dataclass(frozen=True)
class _Entry:
    """``labels`` and ``words`` with their weights; ``subjects`` are those labels that have a name to show."""

    key: str
    labels: Mapping[LabelKey, int]
    subjects: Mapping[LabelKey, str]
    words: Mapping[str, int]


class RelatedArticles:
    """All articles that may be shown beside another, made ready to be asked. The documents are not kept."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._numbers: dict[str, int] = {}
        self._words: list[str] = []
        counted = sorted((self._counted(document) for document in documents), key=lambda found: found.order)
        self._rarity = _rarity(counted)
        self._by_label = _places_by_label(counted)
        self._told = {key: _told(len(places), len(counted)) for key, places in self._by_label.items()}
        self._entries = [self._entry(found) for found in counted]
        self._places = {entry.key: place for place, entry in enumerate(self._entries)}
        self._by_word = self._places_by_word()

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def nearest(self, key: str) -> Iterator[Match]:
        """What belongs to one of them: the closest first, never itself."""
        return self._nearest(self._entries[self._places[key]])

    def nearest_to(self, document: Document) -> Iterator[Match]:
        """What belongs to an article that is none of them."""
        return self._nearest(self._entry(self._counted(document)))

    def _counted(self, document: Document) -> "_Counted":
        """Words as numbers: a hundredth of the memory."""
        numbers = array("L", map(self._number, document.words))
        return _Counted(document.key, document.order, document.labels, numbers, array("L", document.words.values()))

    def _number(self, word: str) -> int:
        number = self._numbers.setdefault(word, len(self._words))
        if number == len(self._words):
            self._words.append(word)
        return number

    def _entry(self, found: "_Counted") -> _Entry:
        """With the weightiest words only, as a vector of length one; in whole numbers, which add up alike anywhere."""
        pairs = zip(found.words, found.counts, strict=True)
        lightness = [
            (-(1 + log(n)) * self._rarity[word], self._words[word]) for word, n in pairs if word in self._rarity
        ]
        kept = sorted(lightness)[:WORDS_KEPT]
        length = sqrt(sum(weight * weight for weight, _ in kept)) or 1.0
        return _Entry(
            key=found.key,
            labels={label.key: round(label.weight * self._told.get(label.key, 0)) for label in found.labels},
            subjects={label.key: label.name for label in found.labels if label.is_subject},
            words={word: round(-_ONE * weight / length) for weight, word in kept},
        )

    def _places_by_word(self) -> dict[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, entry in enumerate(self._entries):
            for word, weight in entry.words.items():
                found[word].append((-weight, place))
        return {word: sorted(places)[:ARTICLES_KEPT] for word, places in found.items()}

    def _nearest(self, entry: _Entry) -> Iterator[Match]:
        by_words = self._scores_by_words(entry)
        rough = by_words.copy()
        for label, told in entry.labels.items():
            for place in self._by_label.get(label, ())[:ARTICLES_KEPT]:
                rough[place] = rough.get(place, 0) + told
        rough.pop(self._places.get(entry.key, -1), None)
        shortlist = sorted(rough, key=rough.__getitem__, reverse=True)[:SHORTLIST]
        scored = [(by_words.get(place, 0) + self._score_by_labels(entry, place), -place) for place in shortlist]
        for score, place in sorted(scored, reverse=True):
            if score >= LEAST_SCORE:
                yield Match(self._entries[-place].key, self._subject(entry, -place))

    def _scores_by_words(self, entry: _Entry) -> dict[int, int]:
        """The cosine of the angle between the articles' words, as far as the lists tell it."""
        scores: dict[int, int] = {}
        get = scores.get
        for word, weight in entry.words.items():
            for other, place in self._by_word.get(word, ()):
                scores[place] = get(place, 0) - weight * other
        return scores

    def _score_by_labels(self, entry: _Entry, place: int) -> int:
        shared = entry.labels.keys() & self._entries[place].labels.keys()
        return sum(entry.labels[label] for label in shared)

    def _subject(self, entry: _Entry, place: int) -> str | None:
        shared = entry.subjects.keys() & self._entries[place].subjects.keys()
        best = max(shared, key=lambda label: (entry.labels[label], label), default=None)
        return entry.subjects[best] if best else None


@dataclass(frozen=True)
class _Counted:
    key: str
    order: tuple[float, str]
    labels: tuple[Label, ...]
    words: "array[int]"
    counts: "array[int]"


def _rarity(counted: Collection[_Counted]) -> dict[int, float]:
    """Inverse document frequency; a word that one article alone has relates it to none."""
    frequency = Counter(chain.from_iterable(found.words for found in counted))
    return {word: log(len(counted) / count) for word, count in frequency.items() if count > 1}


def _places_by_label(counted: Iterable[_Counted]) -> dict[LabelKey, list[int]]:
    found: dict[LabelKey, list[int]] = defaultdict(list)
    for place, one in enumerate(counted):
        for label in one.labels:
            found[label.key].append(place)
    return dict(found)


def _told(having: int, all_of_them: int) -> int:
    """A label of few articles tells more than one that most of them have."""
    return round(_ONE * _ONE * log(1 + all_of_them / having) / log(1 + all_of_them))


_TOKEN = re.compile(r"https?://[^\s)]+|[a-z]{3,}|\]\([^)\n]*\)|<[^<>\n]*>")
"""A word, or what is none of the text: an address, a tag."""
_COMMON = frozenset(
    """
    about after again all almost also always and any anything are around ask back because been before being best better
    between both but can cannot come could day did does don done down each else even every few find first for from get
    give goes going good has have having help her here him his how into its just keep know less let like little long
    made make many may maybe might more most much must need never new next not nothing now off often once one only other
    our out over own part people perhaps put rather right said same say see she should since some something sometimes
    soon still such take than that the their them then there these they thing think this those though through time too
    two under until use used using very want was way week well were what when where which while who why will with
    without work would year you your yours
    """.split()  # noqa: SIM905 (to be read)
)
_PLURALS = (("sses", "ss"), ("ies", "y"), ("ss", "ss"), ("us", "us"), ("is", "is"), ("s", ""))
_DOUBLED = frozenset("bdgmnprt")
_VOWEL = re.compile("[aeiouy]")


def stems(text: str) -> Counter[str]:
    """How often each telling word of a Markdown text occurs."""
    found: Counter[str] = Counter()
    for token, count in Counter(_TOKEN.findall(text.lower())).items():
        if root := stem(token):
            found[root] += count
    return found


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without the ending of a plural or a verb: ``ankles`` is ``ankl``, ``running`` is ``run``.

    Empty if the word is common, or none. A few rules after the first step of Porter (1980): that two words meet by
    mistake does little harm here, that two forms of one word meet is what counts.
    """
    if not word.isalpha():
        return ""
    word = _singular(word)
    for ending in ("ing", "ed"):
        shorter = word.removesuffix(ending)
        if shorter != word and len(shorter) > 2 and _VOWEL.search(shorter):
            doubled = shorter[-1] == shorter[-2] and shorter[-1] in _DOUBLED
            word = shorter[:-1] if doubled else shorter
            break
    return "" if word in _COMMON else word.removesuffix("e")


def _singular(word: str) -> str:
    if word in _COMMON:
        return word
    ending, instead = next(((ending, instead) for ending, instead in _PLURALS if word.endswith(ending)), ("", ""))
    return word.removesuffix(ending) + instead
