"""Where a reader goes on from an article: its series, the articles before and after it, related articles."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain
from typing import Generic, TypeAlias, TypeVar

from clinic.content.diagnostics import Diagnostic
from clinic.domain.articles.related import ArticleProfile, Label, RelatedArticles
from clinic.domain.articles.series import Part, Series, SeriesEntry, part_conflicts, parts_by_series
from clinic.models.types import LONGEST_SLUG, is_slug, slug_like
from clinic.plugin.adapter import article_front_matter
from clinic.plugin.documents import ReadDocument
from clinic.plugin.lists import newest_first
from clinic.plugin.pelican_types import Article

SHOWN = 3
"""How many articles are shown beneath another."""
AnyArticle = TypeVar("AnyArticle")
Stems: TypeAlias = Callable[[ReadDocument], Counter[str]]
SeriesParts: TypeAlias = Mapping[Series, tuple[Part[Article], ...]]


@dataclass(frozen=True)
class RelatedArticle(Generic[AnyArticle]):
    """An article shown beneath another, and the subject that they share, if they are said to."""

    article: AnyArticle
    subject: str | None = None


@dataclass(frozen=True)
class RelatedNavigation(Generic[AnyArticle]):
    """``earlier`` and ``later`` are the neighbours in the series, else by date; ``parts`` is the whole series."""

    series: Series | None = None
    part: int | None = None
    parts: tuple[Part[AnyArticle], ...] = ()
    earlier: AnyArticle | None = None
    later: AnyArticle | None = None
    related: tuple[RelatedArticle[AnyArticle], ...] = ()


def series_of(articles: Iterable[Article]) -> SeriesParts:
    """The series that have at least two published parts."""
    return {series: parts for series, parts in parts_by_series(_entries(articles)).items() if len(parts) > 1}


def series_clashes(articles: Iterable[Article]) -> Iterator[Diagnostic]:
    """Every article that says it is a part which another one is already."""
    for later, earlier, part in part_conflicts(_entries(articles)):
        message = f"part {part} of this series is {earlier.read.name} already; give one of them another number"
        yield later.read.document.error(("part",), message)


class Neighbourhood:
    """What the navigation of every article follows from. Nothing leads to what is not published.

    ``stems_of`` gives the stems of a document; it may remember them.
    """

    def __init__(self, listed: Iterable[Article], series: SeriesParts, stems_of: Stems) -> None:
        self._series = series
        # by file: of two articles with one slug (an error) only one may be of the series
        self._memberships = {part.article.read.key: (found, part) for found, parts in series.items() for part in parts}
        self._published = _Published([article for article in listed if article.read.document.state.is_public], stems_of)

    def navigation_of(self, article: Article) -> RelatedNavigation[Article]:
        """What stands beneath an article."""
        if article.status == "hidden":  # in no list, so it has no neighbours
            return RelatedNavigation(related=self._published.related(article, frozenset()))
        found, part = self._memberships.get(article.read.key, (None, None))
        parts = self._series[found] if found else ()
        earlier, later = _in_series(article, parts) if found else self._published.neighbours(article)
        related = self._published.related(article, frozenset(part.article.slug for part in parts))
        return RelatedNavigation(found, part.number if part else None, parts, earlier, later, related)

    def reread(self, article: Article) -> None:
        """Take in that the words of an article are others now."""
        self._published.reread(article)


class _Published:
    """The published articles, newest first."""

    def __init__(self, articles: Sequence[Article], stems_of: Stems) -> None:
        self._articles = articles
        self._stems_of = stems_of
        self._order = [newest_first(article) for article in articles]
        self._by_slug = {article.slug: article for article in articles}
        self._related = RelatedArticles(_document(article, stems_of) for article in articles)

    def neighbours(self, article: Article) -> tuple[Article | None, Article | None]:
        """The next older and the next newer one, also of an article that only the preview shows."""
        position = bisect_left(self._order, newest_first(article))
        older = (other for other in self._articles[position : position + 2] if other is not article)
        return next(older, None), self._articles[position - 1] if position else None

    def reread(self, article: Article) -> None:
        """Compare all others with the words that an article has now; one that is not among them needs nothing."""
        if self._by_slug.get(article.slug) is article:
            self._related.replace(_document(article, self._stems_of))

    def related(self, article: Article, linked: AbstractSet[str]) -> tuple[RelatedArticle[Article], ...]:
        """The nearest, then the newest; never itself, nor what its page links to as parts of its series."""
        newest = (RelatedArticle(other) for other in self._articles[: SHOWN + len(linked) + 1])
        found: dict[str, RelatedArticle[Article]] = {}
        for other in chain(self._nearest(article), newest):
            if other.article.slug not in {*linked, article.slug}:
                found.setdefault(other.article.slug, other)
            if len(found) == SHOWN:
                break
        return tuple(found.values())

    def _nearest(self, article: Article) -> Iterator[RelatedArticle[Article]]:
        known = article.slug in self._related
        matches = (
            self._related.nearest(article.slug)
            if known
            else self._related.nearest_to(_document(article, self._stems_of))
        )
        return (RelatedArticle(self._by_slug[match.key], match.subject) for match in matches)


def _document(article: Article, stems_of: Stems) -> ArticleProfile:
    """The article as it is compared."""
    return ArticleProfile(article.slug, newest_first(article), tuple(_labels(article)), stems_of(article.read))


def _labels(article: Article) -> Iterator[Label]:
    """What the owner says of it outweighs all its words, whose likeness is 1 at most."""
    front_matter = article_front_matter(article)
    yield from (Label("condition", name, 2.0) for name in front_matter.conditions)
    yield from (Label("tag", name, 2.0) for name in front_matter.tags)
    yield from (Label("service", service.title, 1.6) for service in article.read.services)
    if front_matter.category:
        yield Label("category", front_matter.category, 0.6, is_subject=False)


def _entries(articles: Iterable[Article]) -> Iterator[SeriesEntry[Article]]:
    """The articles of series, but of one whose name leaves nothing for an address, or too much: it is told."""
    for article in articles:
        front_matter, order = article_front_matter(article), (article.date.timestamp(), article.slug)
        slug = slug_like(front_matter.series or "")
        if front_matter.series and is_slug(slug) and len(slug) <= LONGEST_SLUG:
            yield SeriesEntry(article, Series(front_matter.series, slug), front_matter.part, order)


def _in_series(article: Article, parts: Sequence[Part[Article]]) -> tuple[Article | None, Article | None]:
    """The parts before and after it."""
    articles = [part.article for part in parts]
    position = articles.index(article)
    return articles[position - 1] if position else None, next(iter(articles[position + 1 :]), None)
