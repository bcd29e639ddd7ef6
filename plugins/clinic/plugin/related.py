"""Where a reader goes on from an article: its series, the articles before and after it, those that belong to it."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from pelican.generators import ArticlesGenerator
from pelican.writers import Writer

from clinic.domain.articles.related import ArticleProfile, Label, RelatedArticles, stems
from clinic.domain.articles.series import Part, Series, SeriesEntry, part_conflicts, parts_by_series
from clinic.domain.pages.page import PageKind
from clinic.models.types import is_slug, slug_like
from clinic.plugin.context import Run, run_of
from clinic.plugin.index import newest_first

SHOWN = 3
"""How many articles are shown beneath another."""
_IN_TITLE = 3
"""A word of the title counts as often as this."""


@dataclass(frozen=True)
class RelatedArticle:
    """An article shown beneath another, and the subject that they share, if they are said to."""

    article: Any
    subject: str | None = None


@dataclass(frozen=True)
class RelatedNavigation:
    """``earlier`` and ``later`` are the neighbours in the series, else by date; ``parts`` is the whole series."""

    series: Series | None = None
    part: int | None = None
    parts: tuple[Part[Any], ...] = ()
    earlier: Any = None
    later: Any = None
    beside: tuple[RelatedArticle, ...] = ()


def add_related_navigation(generator: ArticlesGenerator) -> None:
    """All articles have been read: give each its ``related_navigation``. What is not published is beside no other."""
    run = run_of(generator.settings)
    run.series = _series(run, generator.articles)
    # by file: of two articles with one slug, which is told later, only one may be of the series
    places = {part.article.source.key: (series, part.number) for series, parts in run.series.items() for part in parts}
    listed = [article for article in generator.articles if not article.unpublished]
    shelf = _Shelf(listed)
    for article in generator.articles:
        series, number = places.get(article.source.key, (None, None))
        parts = run.series[series] if series else ()
        earlier, later = _in_series(article, parts) if series else shelf.neighbours(article)
        article.related_navigation = RelatedNavigation(
            series, number, parts, earlier, later, shelf.beside(article, _slugs(parts))
        )
    for article in generator.hidden_articles:  # in no list, so it has no place in any
        article.related_navigation = RelatedNavigation(beside=shelf.beside(article, frozenset()))


def write_series_pages(generator: ArticlesGenerator, writer: Writer) -> None:
    """A page for each series, as Pelican writes one for each tag."""
    template = generator.get_template(PageKind.SERIES.value)
    relative = generator.settings["RELATIVE_URLS"]
    for series, parts in run_of(generator.settings).series.items():
        file = f"{series.path}index.html"
        writer.write_file(file, template, generator.context, relative, url=series.path, listed=series, parts=parts)


class _Shelf:
    """The published articles, newest first."""

    def __init__(self, articles: Sequence[Any]) -> None:
        self._articles = articles
        self._order = [newest_first(article) for article in articles]
        self._by_slug = {article.slug: article for article in articles}
        self._related = RelatedArticles(map(_document, articles))

    def neighbours(self, article: Any) -> tuple[Any, Any]:
        """The next older and the next newer one, also of an article that only the preview shows."""
        place = bisect_left(self._order, newest_first(article))
        older = (other for other in self._articles[place : place + 2] if other is not article)
        return next(older, None), self._articles[place - 1] if place else None

    def beside(self, article: Any, linked: AbstractSet[str]) -> tuple[RelatedArticle, ...]:
        """What belongs to it, then the newest; never itself, nor what its page links to as parts of its series."""
        near = self._matches(article)
        newest = (RelatedArticle(other) for other in self._articles[: SHOWN + len(linked) + 1])
        found: dict[str, RelatedArticle] = {}
        for other in chain(near, newest):
            if other.article.slug not in {*linked, article.slug}:
                found.setdefault(other.article.slug, other)
        return tuple(islice(found.values(), SHOWN))

    def _matches(self, article: Any) -> Iterator[RelatedArticle]:
        known = article.slug in self._related
        matches = self._related.nearest(article.slug) if known else self._related.nearest_to(_document(article))
        return (RelatedArticle(self._by_slug[match.key], match.subject) for match in matches)


def _document(article: Any) -> ArticleProfile:
    """The article as it is compared: a word of its title counts as often as three of its text."""
    front_matter = article.front_matter
    words = stems(article.source.file.body)
    for part in (front_matter.title, *(heading.name for heading in article.headings)):
        for word, count in stems(part).items():
            words[word] += _IN_TITLE * count
    return ArticleProfile(article.slug, newest_first(article), tuple(_labels(article)), words)


def _labels(article: Any) -> Iterator[Label]:
    """What the owner says of it outweighs all its words, whose likeness is 1 at most."""
    front_matter = article.front_matter
    yield from (Label("condition", name, 2.0) for name in front_matter.conditions)
    yield from (Label("tag", name, 2.0) for name in front_matter.tags)
    yield from (Label("service", service.title, 1.6) for service in article.services)
    if front_matter.category:
        yield Label("category", front_matter.category, 0.6, is_subject=False)


def _series(run: Run, articles: Iterable[Any]) -> dict[Series, tuple[Part[Any], ...]]:
    """The series of at least two parts; what is wrong with them is told."""
    entries = [entry for article in articles if (entry := _entry(run, article))]
    for clash in part_conflicts(entries):
        other = clash.earlier.source.file.name
        message = f"part {clash.part} of this series is {other} already; give one of them another number"
        clash.later.source.problem(run, ("part",), message)
    return {series: parts for series, parts in parts_by_series(entries).items() if len(parts) > 1}


def _entry(run: Run, article: Any) -> SeriesEntry[Any] | None:
    front_matter = article.front_matter
    if not front_matter.series:
        return None
    slug = slug_like(front_matter.series)
    if not is_slug(slug):
        message = f'"{front_matter.series}" cannot be part of an address; use a title with letters'
        article.source.problem(run, ("series",), message)
        return None
    return SeriesEntry(
        article, Series(front_matter.series, slug), front_matter.part, (article.date.timestamp(), article.slug)
    )


def _in_series(article: Any, parts: Sequence[Part[Any]]) -> tuple[Any, Any]:
    """The parts before and after it."""
    articles = [part.article for part in parts]
    place = articles.index(article)
    return articles[place - 1] if place else None, next(iter(articles[place + 1 :]), None)


def _slugs(parts: Iterable[Part[Any]]) -> frozenset[str]:
    return frozenset(part.article.slug for part in parts)
