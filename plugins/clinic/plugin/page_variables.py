"""What templates are given. That of an article or of a list is given nothing but what is in the key of its page.

A template that asks for anything else stops the build with its name (Jinja's StrictUndefined). Other articles are given
as ``ListedArticle``, so that a page follows from what it shows of them and not from their texts. The few other pages,
such as the home page, are rendered in every build and given all there is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from pelican.paginator import Page as PaginatorPage

from clinic.domain.articles.series import Part
from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.domain.pages.page import PageFacts, PageKind
from clinic.domain.pages.urls import BLOG
from clinic.models.practitioner import Practitioner
from clinic.plugin.adapter import Generators
from clinic.plugin.home import Band, bands_of, empty_sections
from clinic.plugin.index import Index
from clinic.plugin.lists import Archives, ListedArticle, ListPage, listed_article
from clinic.plugin.pelican_types import Article, Page
from clinic.plugin.related import RelatedArticle, RelatedNavigation

MOST_PARTS = 30
"""Of a series: its own page has all."""
_LISTS = frozenset({PageKind.BLOG, PageKind.CATEGORY, PageKind.TAG, PageKind.AUTHOR})


@dataclass(frozen=True)
class Given:
    """The variables of one page; ``is_all``: whether they are all that its template can ask for."""

    variables: Mapping[str, Any]
    is_all: bool


class PageVariables:
    """Makes them, page by page, of the variables that Pelican has for each."""

    def __init__(self, clinic: ClinicOnDay, index: Index, generators: Generators) -> None:
        self._clinic = clinic
        self._index = index
        self._generators = generators
        self._listed: dict[str, ListedArticle] = {}

    def of(self, facts: PageFacts, variables: Mapping[str, Any]) -> Given:
        """The variables of a page; of its head it makes what it needs itself."""
        if facts.kind is PageKind.ARTICLE:
            article: Article = variables["article"]
            navigation = self._navigation(self._index.navigation[article.read.key])
            return Given({"facts": facts, "article": article, "navigation": navigation}, is_all=True)
        if facts.kind is PageKind.COMMENTS:
            return Given({"facts": facts, "slug": variables["commented"].slug}, is_all=True)
        if facts.kind is PageKind.YEAR:
            year_page = self._list_page(variables["articles_page"])
            return Given({"facts": facts, "year_page": year_page, "archives": self._archives.most_used}, is_all=True)
        if facts.kind in _LISTS:
            return Given({"facts": facts, **self._list(facts, variables)}, is_all=True)
        everything = {**variables, "facts": facts, "articles": self._all(variables["articles"])}
        if "parts" in variables:
            everything["parts"] = self._parts(variables["parts"])
        if facts.kind is PageKind.HOME:
            everything["bands"] = self._bands(variables["page"], has_articles=bool(variables["articles"]))
        index = self._index
        return Given(
            {
                **everything,
                "archives": self._archives if facts.kind is PageKind.SEARCH else self._archives.most_used,
                "written": self._written_by(facts.practitioner),
                "page_at": index.pages.at,
                "page_groups": index.pages.groups,
            },
            is_all=False,
        )

    def _bands(self, page: Page, *, has_articles: bool) -> tuple[Band, ...]:
        """The bands of the home page."""
        empty = empty_sections(self._clinic, has_articles=has_articles)
        return bands_of(self._clinic.home.sections, page.read.headings, page.content, empty)

    def _list(self, facts: PageFacts, variables: Mapping[str, Any]) -> dict[str, Any]:
        """Of the blog its own words and the other lists too, on its first page the pinned articles."""
        shown = self._list_page(variables["articles_page"])
        if facts.kind is not PageKind.BLOG:
            return {"list_page": shown, "subject": str(variables[facts.kind.value])}
        first = shown.number == 1
        return {
            "list_page": shown,
            "subject": "",
            "articles": tuple(one for one in self._all(variables["articles"]) if one.is_pinned) if first else (),
            "intro": self._index.pages.at(BLOG),
            "archives": self._archives.most_used,
        }

    def _list_page(self, page: PaginatorPage) -> ListPage:
        return ListPage(page.number, self._all(page.object_list), _paths(page))

    @cached_property
    def _archives(self) -> Archives:
        """The lists of categories, tags and years, each with the number of its articles."""
        found = self._generators
        return Archives.of(found.listed_articles, found.lists("category"), found.lists("tag"))

    def _written_by(self, practitioner: Practitioner | None) -> tuple[ListedArticle, ...]:
        """The articles by a practitioner, newest first."""
        authors = self._generators.lists("author")
        found = (articles for author, articles in authors if practitioner and author.name == practitioner.name)
        return self._all(chain.from_iterable(found))

    def _all(self, articles: Iterable[Article]) -> tuple[ListedArticle, ...]:
        return tuple(map(self._one, articles))

    def _one(self, article: Article) -> ListedArticle:
        known = self._listed.get(article.read.key)
        if known is None:
            index, key = self._index, article.read.key
            known = self._listed[key] = listed_article(article, index.images, index.discussions[key])
        return known

    def _navigation(self, found: RelatedNavigation[Article]) -> RelatedNavigation[ListedArticle]:
        return RelatedNavigation(
            found.series,
            found.part,
            self._parts(_near(found.parts, found.part)),
            self._one(found.earlier) if found.earlier else None,
            self._one(found.later) if found.later else None,
            tuple(RelatedArticle(self._one(other.article), other.subject) for other in found.related),
        )

    def _parts(self, parts: Iterable[Part[Article]]) -> tuple[Part[ListedArticle], ...]:
        return tuple(Part(part.number, self._one(part.article)) for part in parts)


def _near(parts: Sequence[Part[Article]], here: int | None) -> Sequence[Part[Article]]:
    """The parts of a series that the page of one of them names: of many those before and after it."""
    place = next((place for place, part in enumerate(parts) if part.number == here), 0)
    begin = min(max(0, place - MOST_PARTS // 2), max(0, len(parts) - MOST_PARTS))
    return parts[begin : begin + MOST_PARTS]


def _paths(page: PaginatorPage) -> tuple[str, ...]:
    """The paths of all pages of a list, by one of them."""
    paginator = page.paginator
    known: dict[str, tuple[str, ...]] = vars(paginator)
    if "paths" not in known:  # one paginator makes all of them
        known["paths"] = tuple(paginator.page(number + 1).url for number in range(paginator.num_pages))
    return known["paths"]
