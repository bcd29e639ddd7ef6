"""Series: articles that belong together in an order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from clinic.domain.pages.urls import series_path

Article = TypeVar("Article")


@dataclass(frozen=True)
class Series:
    """A series; ``slug`` is the last part of its address."""

    title: str
    slug: str

    @property
    def path(self) -> str:
        """The page that lists its parts."""
        return series_path(self.slug)


class SeriesEntry(NamedTuple, Generic[Article]):
    """An article of a series; ``part`` is the number it gives itself, ``order`` its date and slug."""

    article: Article
    series: Series
    part: int | None
    order: tuple[float, str]


@dataclass(frozen=True)
class Part(Generic[Article]):
    """An article with its number in the series, from 1."""

    number: int
    article: Article


def parts_by_series(entries: Iterable[SeriesEntry[Article]]) -> dict[Series, tuple[Part[Article], ...]]:
    """The parts of each series: numbered ones by number, then the others by date, counting on."""
    found: dict[str, list[SeriesEntry[Article]]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: (entry.part or 10**9, entry.order)):
        found[entry.series.slug].append(entry)
    return {members[0].series: tuple(_numbered(members)) for _, members in sorted(found.items())}


def part_conflicts(entries: Iterable[SeriesEntry[Article]]) -> Iterator[tuple[Article, Article, int]]:
    """Every article with a number that an earlier one has, that one, and the number."""
    taken: dict[tuple[str, int], Article] = {}
    for entry in sorted(entries, key=lambda entry: entry.order):
        if entry.part is not None:
            first = taken.setdefault((entry.series.slug, entry.part), entry.article)
            if first is not entry.article:
                yield entry.article, first, entry.part


def _numbered(members: Iterable[SeriesEntry[Article]]) -> Iterator[Part[Article]]:
    number = 0
    for entry in members:
        number = entry.part or number + 1
        yield Part(number, entry.article)
