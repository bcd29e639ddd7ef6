"""Which pages and articles stand in lists, and in which order."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import groupby, islice
from typing import TypeAlias

from markupsafe import Markup

from clinic.domain.comments.threads import Discussion
from clinic.domain.pages.media import Image, PublishedImages
from clinic.domain.pages.page import Crumb, PageKind
from clinic.domain.pages.urls import EVENTS, LOCATIONS, SERVICES, TEAM, year_path
from clinic.models.words import N_, gettext
from clinic.plugin.adapter import article_front_matter, category_of, list_url, tags_of
from clinic.plugin.pelican_types import Article, Content, ListWrapper, Page
from clinic.rendering.markdown.directives import Directive

_GROUPS = {
    "service": N_("Services"),
    "practitioner": N_("Team"),
    "location": N_("Locations"),
    "event": N_("Events"),
    "exercise": N_("Exercises"),
}
_OTHERS = N_("Pages")
_LIST_OF = {"Services": SERVICES, "Team": TEAM, "Locations": LOCATIONS, "Events": EVENTS}
"""The page that lists a group."""
_MOST_LISTED = 100
_MOST_USED = 30
"""Categories, and tags, that a page of the blog names; the search page names all."""
_UNLISTED = frozenset({"search", "not-found", "thank-you"})
_IMPRINTS = ("imprint/", "impressum/")
_LIST_TITLES = {
    PageKind.CATEGORY: N_("Articles on {name}"),
    PageKind.TAG: N_("Articles tagged {name}"),
    PageKind.AUTHOR: N_("Articles by {name}"),
}
NAMED_LISTS = tuple(_LIST_TITLES)
"""The lists that are of something."""
Lists: TypeAlias = Sequence[tuple[ListWrapper, Sequence[Article]]]


@dataclass(frozen=True)
class ListedArticle:
    """All that lists, links and other articles show of an article; ``url`` is its path, ``summary`` is HTML.

    ``comments`` says how many there are, empty without any; ``unpublished`` why only the preview shows it. A browser
    takes it down at the moment ``until``, when it expires.
    """

    url: str
    title_html: Markup
    summary: Markup
    date: datetime
    minutes: int
    image: Image | None
    comments: str
    unpublished: str | None
    until: datetime | None
    is_pinned: bool
    is_featured: bool


def listed_article(article: Article, images: PublishedImages, discussion: Discussion | None) -> ListedArticle:
    """An article as lists show it; ``discussion`` are its comments, if it has any."""
    front_matter = article_front_matter(article)
    return ListedArticle(
        url=article.url,
        title_html=article.title_html,
        summary=article.summary,
        date=article.date,
        minutes=article.read.minutes,
        image=images.image_of(front_matter),
        comments=discussion.count_text if discussion and discussion.count else "",
        unpublished=article.unpublished,
        until=None if article.unpublished else front_matter.expires,
        is_pinned=front_matter.pinned,
        is_featured=front_matter.featured,
    )


@dataclass(frozen=True)
class ListPage:
    """One page of a list of articles: its number, from 1, what is on it, and the paths of all pages of the list."""

    number: int
    articles: tuple[ListedArticle, ...]
    paths: tuple[str, ...]


@dataclass(frozen=True)
class MenuLink:
    """A line of a menu: to a page of ours by its path from the root, or to ``url``, an address elsewhere."""

    name: str
    path: str = ""
    url: str = ""

    @property
    def is_elsewhere(self) -> bool:
        """Whether it leads to another site."""
        return bool(self.url)


class PageIndex:
    """The published pages by their path from the root."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._pages: dict[str, Page] = {}
        for page in pages:
            self._pages.setdefault(page.url, page)

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all."""
        return tuple(self._pages)

    @property
    def groups(self) -> tuple[tuple[str, tuple[Crumb, ...]], ...]:
        """What can be listed, kind by kind; a practitioner who has left, and an event that is over, are in no list."""
        grouped: dict[str, list[Crumb]] = {group: [] for group in (*_GROUPS.values(), _OTHERS)}
        for path, page in sorted(self._pages.items(), key=lambda item: (item[1].title.casefold(), item[0])):
            is_past = getattr(page.read.document.front_matter, "left", None) or getattr(page, "is_over", False)
            if page.template not in _UNLISTED and not is_past:
                grouped[_GROUPS.get(page.template, _OTHERS)].append(Crumb(page.title, path))
        return tuple((gettext(group), self._few(group, found)) for group, found in grouped.items() if found)

    def _few(self, group: str, found: Sequence[Crumb]) -> tuple[Crumb, ...]:
        """What a list of everything shows of a group: where it is long, the page that lists it."""
        page = self._pages.get(_LIST_OF.get(group, ""))
        if len(found) <= _MOST_LISTED or page is None:
            return tuple(found)
        return (Crumb(gettext("Show all {count}", count=len(found)), page.url),)

    def imprints(self, elsewhere: Collection[str]) -> tuple[Crumb, ...]:
        """The page that says who is behind the site, where there is one.

        ``elsewhere`` are the paths of pages that the clinic's own language alone has.
        """
        found = tuple(Crumb(page.title, page.url) for page in filter(None, map(self.at, _IMPRINTS)))
        others = (Crumb(gettext("Imprint"), path) for path in _IMPRINTS if path in elsewhere)
        return (*found, *others)[:1]

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
    more: Mapping[str, int] = field(default_factory=dict)
    """How many there are of what is shortened, by ``categories`` and ``tags``."""

    @classmethod
    def of(cls, articles: Iterable[Article], categories: Lists, tags: Lists) -> "Archives":
        """Those of the lists that Pelican has made; ``articles`` are the listed ones, newest first."""
        years = groupby(articles, key=lambda article: article.date.year)
        return cls(
            _by_name(categories),
            _by_name(tags),
            tuple(Archive(str(year), year_path(year), len(list(found))) for year, found in years),
        )

    @cached_property
    def most_used(self) -> "Archives":
        """The same with no more categories and tags than a page of the blog has room for: those of most articles."""
        found = {"categories": self.categories, "tags": self.tags}
        long = {name: each for name, each in found.items() if len(each) > _MOST_USED}
        short = {name: _most_used(each) for name, each in long.items()}
        return replace(self, **short, more={name: len(each) for name, each in long.items()})


def _most_used(archives: Sequence[Archive]) -> tuple[Archive, ...]:
    most = sorted(archives, key=lambda archive: -archive.count)[:_MOST_USED]
    return tuple(archive for archive in archives if archive in most)


def list_title(kind: PageKind, name: str) -> str:
    """The title of the list of a category, tag or author."""
    return gettext(_LIST_TITLES[kind], name=name)


def _by_name(lists: Lists) -> tuple[Archive, ...]:
    archives = (Archive(str(wrapper), wrapper.url, len(articles)) for wrapper, articles in lists)
    return tuple(sorted(archives, key=lambda archive: (archive.title.casefold(), archive.path)))


def current_in(menu: Iterable[MenuLink], path: str) -> tuple[str, ...]:
    """``aria-current`` of each entry of the menu on the page at ``path``: ``page``, ``true`` below it, or empty.

    WAI-ARIA 1.2: "page" for the page itself, "true" for the current item of a set.
    """
    return tuple("" if entry.url else _current(entry.path, path) for entry in menu)


def chosen_articles(directive: Directive, content: Content, listed: Iterable[Article]) -> tuple[Article, ...]:
    """What a list of articles in the text of ``content`` shows: the first of ``listed`` that fit, but not itself."""
    asked = {kind: directive.option(kind) for kind in ("category", "tag")}
    wanted = {list_url(kind, name, content.settings) for kind, name in asked.items() if name}
    found = (
        article
        for article in listed
        if article is not content and wanted <= {each.url for each in (category_of(article), *tags_of(article)) if each}
    )
    return tuple(islice(found, directive.option("number")))


def _current(entry: str, path: str) -> str:
    if entry == path:
        return "page"
    return "true" if entry and path.startswith(entry) else ""


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
