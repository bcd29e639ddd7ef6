"""Which pages and articles stand in menus and lists, and in which order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TypeAlias

from markupsafe import Markup

from clinic.domain.pages.media import Image
from clinic.domain.pages.page import Crumb, PageKind
from clinic.domain.pages.urls import BLOG, CONTACT, EVENTS, LOCATIONS, SERVICES, TEAM, year_path
from clinic.plugin.adapter import Article, ListWrapper, Page

_GROUPS = {
    "service": "Services",
    "practitioner": "Team",
    "location": "Locations",
    "event": "Events",
    "exercise": "Exercises",
}
_OTHERS = "Pages"
_UNLISTED = frozenset({"search", "not-found", "thank-you"})
LIST_TITLES = {
    PageKind.CATEGORY: "Articles on {name}",
    PageKind.TAG: "Articles tagged {name}",
    PageKind.AUTHOR: "Articles by {name}",
}
_MENU_ORDER = (SERVICES, TEAM, "about/", BLOG, EVENTS, LOCATIONS, CONTACT)
Lists: TypeAlias = Sequence[tuple[ListWrapper, Sequence[Article]]]


@dataclass(frozen=True)
class ListedArticle:
    """All that lists, links and other articles show of an article; ``url`` is its path, ``summary`` is HTML.

    ``comments`` says how many there are, empty without any; ``unpublished`` why only the preview shows it.
    """

    url: str
    title_html: Markup
    summary: Markup
    date: datetime
    minutes: int
    image: Image | None
    comments: str
    unpublished: str | None
    is_pinned: bool
    is_featured: bool


@dataclass(frozen=True)
class ListPage:
    """One page of a list of articles: its number, from 1, what is on it, and the paths of all pages of the list."""

    number: int
    articles: tuple[ListedArticle, ...]
    paths: tuple[str, ...]


class PageIndex:
    """The published pages by their path from the root, and the menu that follows from them."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._pages: dict[str, Page] = {}
        for page in pages:
            self._pages.setdefault(page.url, page)
        self.menu = tuple(_menu(self._pages))

    @property
    def groups(self) -> tuple[tuple[str, tuple[Crumb, ...]], ...]:
        """What can be listed, kind by kind; a practitioner who has left, and an event that is over, are in no list."""
        grouped: dict[str, list[Crumb]] = {group: [] for group in (*_GROUPS.values(), _OTHERS)}
        for path, page in sorted(self._pages.items(), key=lambda item: (item[1].title.casefold(), item[0])):
            is_past = getattr(page.read.document.front_matter, "left", None) or getattr(page, "is_over", False)
            if page.template not in _UNLISTED and not is_past:
                grouped[_GROUPS.get(page.template, _OTHERS)].append(Crumb(page.title, path))
        return tuple((group, tuple(found)) for group, found in grouped.items() if found)

    def at(self, path: str) -> Page | None:
        """The page at this path, None where there is none."""
        return self._pages.get(path)


@dataclass(frozen=True)
class Archive:
    """A list of articles: its title, the path of its first page, how many articles are in it."""

    title: str
    path: str
    count: int


@dataclass(frozen=True)
class Archives:
    """All lists: categories and tags by name, years with the newest first."""

    categories: tuple[Archive, ...]
    tags: tuple[Archive, ...]
    years: tuple[Archive, ...]

    @classmethod
    def of(cls, articles: Iterable[Article], categories: Lists, tags: Lists) -> "Archives":
        """Those of the lists that Pelican has made; ``articles`` are the listed ones, newest first."""
        years = groupby(articles, key=lambda article: article.date.year)
        return cls(
            _by_name(categories),
            _by_name(tags),
            tuple(Archive(str(year), year_path(year), len(list(found))) for year, found in years),
        )


def _by_name(lists: Lists) -> tuple[Archive, ...]:
    archives = (Archive(str(wrapper), wrapper.url, len(articles)) for wrapper, articles in lists)
    return tuple(sorted(archives, key=lambda archive: (archive.title.casefold(), archive.path)))


def current_in(menu: Iterable[Crumb], path: str) -> tuple[str, ...]:
    """``aria-current`` of each entry of the menu on the page at ``path``: ``page``, ``true`` below it, or empty.

    WAI-ARIA 1.2: "page" for the page itself, "true" for the current item of a set.
    """
    return tuple(
        "page" if entry.path == path else "true" if entry.path and path.startswith(entry.path) else "" for entry in menu
    )


def months_of(articles: Iterable[ListedArticle]) -> tuple[tuple[ListedArticle, ...], ...]:
    """The articles of each month together, in the order they are in."""
    months = groupby(articles, key=lambda article: (article.date.year, article.date.month))
    return tuple(tuple(found) for _, found in months)


def years_of(articles: Iterable[ListedArticle]) -> tuple[tuple[ListedArticle, ...], ...]:
    """The articles of each year together, in the order they are in."""
    return tuple(tuple(found) for _, found in groupby(articles, key=lambda article: article.date.year))


def pinned_first(
    articles: Iterable[ListedArticle], listed: Sequence[ListedArticle], number: int
) -> tuple[ListedArticle, ...]:
    """What a page of the blog shows: ``listed``, and on the first page all pinned ones before it, each once.

    Pages are cut by date alone, so to pin an article moves no other to another page.
    """
    pinned = [article for article in articles if article.is_pinned] if number == 1 else []
    return (*pinned, *(article for article in listed if article not in pinned))


def featured_first(articles: Sequence[ListedArticle], room: int) -> tuple[ListedArticle, ...]:
    """What the home page shows: the newest featured article, where there is one, and then the newest of the others."""
    featured = [article for article in articles if article.is_featured][:1]
    others = [article for article in articles if article not in featured]
    return (*featured, *others[:room])


def newest_first(article: Article) -> tuple[float, str]:
    """The key that articles are sorted by: those of one day by slug, so that two builds never differ."""
    return -article.date.timestamp(), article.slug


def _menu(pages: dict[str, Page]) -> Iterator[Crumb]:
    """The pages with a word for the menu, in the order a visitor asks: what, who, about, read, reach."""
    for path in sorted(pages, key=lambda path: (_MENU_ORDER.index(path if path in _MENU_ORDER else BLOG), path)):
        if word := getattr(pages[path], "menu", None):
            yield Crumb(word, path)
