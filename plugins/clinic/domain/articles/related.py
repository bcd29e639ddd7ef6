"""Related articles: compared by what the owner says they are about, and by the words of their texts (TF-IDF)."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import log, sqrt
from typing import TypeAlias

WORDS_KEPT = 16
"""Words that stand for an article: those of the greatest weight."""
ARTICLES_KEPT = 24
"""Articles listed for a word, those of the greatest weight, or for a label, the newest."""
SHORTLIST = 24
"""Candidates that are compared label by label."""
_UNIT = 1000
"""The length of a vector; scores are multiples of its square. Whole numbers add up to the same on every machine."""
LEAST_SCORE = _UNIT * _UNIT // 10
"""Below this, two articles have no more in common than any two of one clinic."""
LabelKey: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Label:
    """Something the owner says an article is about; ``weight`` is added to the score of two that share it."""

    kind: str
    name: str
    weight: float
    is_subject: bool = True
    """Whether ``name``, as typed, tells a reader what the two have in common."""

    @property
    def key(self) -> LabelKey:
        """Equal for labels that differ only in capitals."""
        return self.kind, self.name.casefold()


@dataclass(frozen=True)
class ArticleProfile:
    """What an article is compared by. ``words`` are its stems; ``order`` is unique and smaller for newer articles."""

    key: str
    order: tuple[float, str]
    labels: tuple[Label, ...]
    words: Counter[str]


@dataclass(frozen=True)
class Match:
    """A related article, and the name of the subject that weighs most of those that the two share."""

    key: str
    subject: str | None


@dataclass(frozen=True)
class _Entry:
    """An article with the weights of its labels and words; ``subjects`` are the names of labels to be shown."""

    key: str
    labels: Mapping[LabelKey, int]
    subjects: Mapping[LabelKey, str]
    words: Mapping[str, int]
    lightest: tuple[float, str] | None
    """Of the words that are kept: its negative weight, and itself; None where there is room for more."""


class RelatedArticles:
    """An index of all articles that may be proposed as related ones."""

    def __init__(self, articles: Iterable[ArticleProfile]) -> None:
        self._articles = sorted(articles, key=lambda article: article.order)
        self._frequency = Counter(chain.from_iterable(article.words for article in self._articles))
        self._word_rarity: dict[str, float] = {}
        self._weigh(self._frequency)
        self._by_label = _positions_by_label(self._articles)
        self._label_rarity = {
            key: _label_rarity(len(positions), len(self._articles)) for key, positions in self._by_label.items()
        }
        self._entries = [self._entry(article) for article in self._articles]
        self._positions = {entry.key: position for position, entry in enumerate(self._entries)}
        self._by_word = self._positions_by_word()

    def __contains__(self, key: str) -> bool:
        return key in self._positions

    def replace(self, article: ArticleProfile) -> None:
        """Let one of the index have other words; then it is as if it had been made with them.

        ``order`` and ``labels`` are those of before. KeyError for an article that is not in the index.
        """
        position = self._positions[article.key]
        changed = self._articles[position].words.keys() ^ article.words.keys()
        self._articles[position] = article
        self._frequency.update(changed & article.words.keys())
        self._frequency.subtract(changed - article.words.keys())
        self._weigh(changed)
        for number, other in enumerate(self._articles):
            if number == position or self._may_keep_others(number, changed & other.words.keys()):
                self._entries[number] = self._entry(other)
        self._by_word = self._positions_by_word()

    def nearest(self, key: str) -> Iterator[Match]:
        """The articles related to one of the index, the closest first, never itself. KeyError for an unknown key."""
        return self._nearest(self._entries[self._positions[key]])

    def nearest_to(self, article: ArticleProfile) -> Iterator[Match]:
        """The articles related to one that is not in the index, the closest first."""
        return self._nearest(self._entry(article))

    def _weigh(self, words: Iterable[str]) -> None:
        """Inverse document frequency; a word of one article alone is left out, as it relates it to none."""
        for word in words:
            self._word_rarity.pop(word, None)
            if (count := self._frequency[word]) > 1:
                self._word_rarity[word] = log(len(self._articles) / count)

    def _may_keep_others(self, position: int, changed: Collection[str]) -> bool:
        """Whether an article may be kept by other words, or other weights, now that those of some have changed."""
        entry, counts = self._entries[position], self._articles[position].words
        for word in changed:
            if word in entry.words:
                return True
            rarity = self._word_rarity.get(word)
            if rarity is not None and (
                entry.lightest is None or (-(1 + log(counts[word])) * rarity, word) < entry.lightest
            ):
                return True
        return False

    def _entry(self, article: ArticleProfile) -> _Entry:
        """Of the words only the heaviest, as a vector of length ``_UNIT``."""
        rarity = self._word_rarity
        negative = [(-(1 + log(count)) * rarity[word], word) for word, count in article.words.items() if word in rarity]
        heaviest = sorted(negative)[:WORDS_KEPT]
        length = sqrt(sum(weight * weight for weight, _ in heaviest)) or 1.0
        return _Entry(
            key=article.key,
            labels={label.key: round(label.weight * self._label_rarity.get(label.key, 0)) for label in article.labels},
            subjects={label.key: label.name for label in article.labels if label.is_subject},
            words={word: round(-_UNIT * weight / length) for weight, word in heaviest},
            lightest=heaviest[-1] if len(heaviest) == WORDS_KEPT else None,
        )

    def _positions_by_word(self) -> dict[str, list[tuple[int, int]]]:
        """For each word the articles where it is heaviest: negative weight, and position in ``_entries``."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for position, entry in enumerate(self._entries):
            for word, weight in entry.words.items():
                found[word].append((-weight, position))
        return {word: sorted(positions)[:ARTICLES_KEPT] for word, positions in found.items()}

    def _nearest(self, entry: _Entry) -> Iterator[Match]:
        by_words = self._scores_by_words(entry)
        rough = by_words.copy()
        for label, weight in entry.labels.items():
            for position in self._by_label.get(label, ())[:ARTICLES_KEPT]:
                rough[position] = rough.get(position, 0) + weight
        rough.pop(self._positions.get(entry.key, -1), None)
        shortlist = sorted(rough, key=rough.__getitem__, reverse=True)[:SHORTLIST]
        scored = [(by_words.get(found, 0) + self._score_by_labels(entry, found), -found) for found in shortlist]
        for score, negative in sorted(scored, reverse=True):
            if score >= LEAST_SCORE:
                yield Match(self._entries[-negative].key, self._subject(entry, -negative))

    def _scores_by_words(self, entry: _Entry) -> dict[int, int]:
        """The cosine similarity to other articles by position, times ``_UNIT`` squared, as far as the lists reach."""
        scores: dict[int, int] = {}
        for word, weight in entry.words.items():
            for negative, position in self._by_word.get(word, ()):
                scores[position] = scores.get(position, 0) - weight * negative
        return scores

    def _score_by_labels(self, entry: _Entry, position: int) -> int:
        shared = entry.labels.keys() & self._entries[position].labels.keys()
        return sum(entry.labels[label] for label in shared)

    def _subject(self, entry: _Entry, position: int) -> str | None:
        shared = entry.subjects.keys() & self._entries[position].subjects.keys()
        best = max(shared, key=lambda label: (entry.labels[label], label), default=None)
        return entry.subjects[best] if best else None


def _positions_by_label(articles: Iterable[ArticleProfile]) -> dict[LabelKey, list[int]]:
    found: dict[LabelKey, list[int]] = defaultdict(list)
    for position, article in enumerate(articles):
        for label in article.labels:
            found[label.key].append(position)
    return dict(found)


def _label_rarity(having: int, total: int) -> int:
    """``_UNIT`` squared for the label of a single article, less for one that most of them have."""
    return round(_UNIT * _UNIT * log(1 + total / having) / log(1 + total))


_TITLE_WEIGHT = 3
"""A word of a title counts as often as this."""
_TOKEN = re.compile(r"https?://[^\s)]+|[a-z]{3,}|\]\([^)\n]*\)|<[^<>\n]*>")
"""A word; or an address or a tag, which are matched to be left out."""
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
    """.split()
)
_PLURALS = (("sses", "ss"), ("ies", "y"), ("ss", "ss"), ("us", "us"), ("is", "is"), ("s", ""))
_DOUBLED = frozenset("bdgmnprt")
_VOWEL = re.compile("[aeiouy]")


def stems(text: str) -> Counter[str]:
    """How often each stem occurs in a Markdown text, common words left out."""
    found: Counter[str] = Counter()
    for token, count in Counter(_TOKEN.findall(text.lower())).items():
        if root := stem(token):
            found[root] += count
    return found


def weighed_stems(text: str, titles: Iterable[str]) -> Counter[str]:
    """The stems of a text with its title and headings: a word of these counts as often as three of the text."""
    found = stems(text)
    for title in titles:
        for word, count in stems(title).items():
            found[word] += _TITLE_WEIGHT * count
    return found


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without the ending of a plural or a verb: ``ankles`` is ``ankl``, ``running`` is ``run``.

    Empty for common words and for tokens that are no words. A few rules after the first step of Porter (1980): two
    words with one stem do little harm here, two forms of one word must have the same.
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
