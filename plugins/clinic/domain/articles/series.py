"""Articles that belong together in an order: the parts of a series."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from clinic.domain.pages.urls import series_path

Article = TypeVar("Article")


@dataclass(frozen=True)
class Series:
    """What the series is called, and the last part of its address."""

    title: str
    slug: str

    @property
    def path(self) -> str:
        """The page that lists its parts."""
        return series_path(self.slug)


class Entry(NamedTuple, Generic[Article]):
    """An article that says it is of a series; ``part`` if it says which, ``order`` its date and slug."""

    article: Article
    series: Series
    part: int | None
    order: tuple[float, str]


@dataclass(frozen=True)
class Part(Generic[Article]):
    """An article in its place."""

    number: int
    article: Article


class Clash(NamedTuple, Generic[Article]):
    """Two articles that say they are the same part."""

    later: Article
    earlier: Article
    part: int


def parts_by_series(entries: Iterable[Entry[Article]]) -> dict[Series, tuple[Part[Article], ...]]:
    """The parts of each series: by their numbers, then by date those that have none, which count on."""
    found: dict[str, list[Entry[Article]]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: (entry.part or 10**9, entry.order)):
        found[entry.series.slug].append(entry)
    return {members[0].series: tuple(_counted(members)) for _, members in sorted(found.items())}


def clashes(entries: Iterable[Entry[Article]]) -> Iterable[Clash[Article]]:
    """Every part that an earlier article is already."""
    taken: dict[tuple[str, int], Article] = {}
    for entry in sorted(entries, key=lambda entry: entry.order):
        if entry.part is None:
            continue
        first = taken.setdefault((entry.series.slug, entry.part), entry.article)
        if first is not entry.article:
            yield Clash(entry.article, first, entry.part)


def _counted(members: Iterable[Entry[Article]]) -> Iterable[Part[Article]]:
    number = 0
    for entry in members:
        number = entry.part or number + 1
        yield Part(number, entry.article)
