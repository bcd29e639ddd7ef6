"""Everything that has been read, related with each other: articles, pages, lists, series, images, former addresses.

``resolve`` makes it once all of Pelican's generators are through, and does by name what has to be changed in their
lists before anything is written; ``gate.py`` then looks at it and changes nothing.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from math import ceil

from pelican.contents import Page as PelicanPage

from clinic.domain.comments.threads import Discussion
from clinic.domain.pages.media import PublishedImages
from clinic.domain.pages.page import Crumb
from clinic.domain.pages.urls import (
    BLOG,
    EVENTS_CALENDAR,
    OUTPUT_FILES,
    comments_feed_path,
    event_calendar_path,
    list_feed_path,
    location_card_path,
    practitioner_card_path,
    static_path,
    year_path,
)
from clinic.plugin import adapter
from clinic.plugin.adapter import Generators
from clinic.plugin.aliases import Alias, aliases
from clinic.plugin.comments import discussions
from clinic.plugin.context import Context
from clinic.plugin.copied_files import CopiedFiles, prepare_files
from clinic.plugin.documents import stems_of
from clinic.plugin.images import SiteImages, prepare_images, with_images
from clinic.plugin.links import BrokenLink, Library, LinkCheck
from clinic.plugin.lists import PageIndex, chosen_articles, listed_article
from clinic.plugin.menus import Menus, menus_of
from clinic.plugin.pelican_types import Article, Content, Page
from clinic.plugin.public_names import PublicNames
from clinic.plugin.related import Neighbourhood, RelatedNavigation, SeriesParts, series_of
from clinic.rendering.editor.config import ADMIN
from clinic.rendering.markdown.components import article_list_marker

BLOG_PAGE = "pages/blog.md"


@dataclass(frozen=True)
class Index:
    """Articles with the listed ones first; ``navigation`` and ``discussions`` are by key of the document.

    ``neighbourhood`` is what the navigation follows from; only a preview, which may write a page again, keeps it.

    ``list_names`` are the names of categories and tags; ``copied`` are the keys of files that are published as they are
    or as images; ``twins`` are pages with the address of another, and the name of its file: they are not written.
    ``taken`` are the paths that the build writes beside articles and pages, with what is there; ``files`` those that
    are published as they are.
    """

    articles: tuple[Article, ...]
    all_pages: tuple[Page, ...]
    pages: PageIndex
    menus: Menus
    imprints: tuple[Crumb, ...]
    library: Library
    list_names: tuple[str, ...]
    series: SeriesParts
    navigation: dict[str, RelatedNavigation[Article]]
    neighbourhood: Neighbourhood | None
    discussions: dict[str, Discussion | None]
    site_images: SiteImages
    copied: tuple[str, ...]
    aliases: tuple[Alias, ...]
    twins: tuple[tuple[Content, str], ...]
    broken_links: tuple[BrokenLink, ...]
    taken: Mapping[str, str]
    files: CopiedFiles

    @property
    def contents(self) -> tuple[Content, ...]:
        """Articles and pages."""
        return (*self.articles, *self.all_pages)

    @property
    def listed(self) -> tuple[Article, ...]:
        """The articles that stand in lists, newest first."""
        twins = [content for content, _ in self.twins]
        return tuple(found for found in self.articles if found.status == "published" and found not in twins)

    @property
    def images(self) -> PublishedImages:
        """The published images."""
        return self.site_images.published

    @property
    def moved(self) -> Mapping[str, str]:
        """Present paths by former ones."""
        return {alias.former: alias.url for alias in self.aliases if not alias.diagnostic}


def resolve(context: Context, generators: Generators) -> Index:
    """The index of everything that Pelican's generators have read.

    Changes in their lists, each by a function of that name: pages from facts are added, authors of hidden articles left
    out, addresses settled, broken links led nowhere, images and lists of articles shown, twins removed.
    """
    _complete(context, generators)
    articles, pages = tuple(generators.all_articles), tuple(generators.all_pages)
    contents: tuple[Content, ...] = (*articles, *pages)
    library = Library.of(context, generators, contents)
    series = series_of(generators.listed_articles)
    static = {file.get_relative_source_path(): file for file in generators.static_files}
    names = PublicNames(context)
    site_images = prepare_images(context, library, contents, static, names)
    files = prepare_files(context, static, site_images, names)
    taken = _taken_paths(context, generators, series, (*files.downloads, *site_images.files))
    neighbourhood = Neighbourhood(generators.listed_articles, series, partial(stems_of, context))
    pages_listed = PageIndex(generators.listed_pages)
    index = Index(
        articles=articles,
        all_pages=pages,
        pages=pages_listed,
        menus=menus_of(context, contents, pages_listed, _all_lists(library, series)),
        imprints=pages_listed.imprints(context.address.part.elsewhere),
        library=library,
        list_names=tuple(str(name) for kind in ("category", "tag") for name, _ in generators.lists(kind)),
        series=series,
        navigation={article.read.key: neighbourhood.navigation_of(article) for article in articles},
        neighbourhood=neighbourhood if context.preview else None,
        discussions=discussions(context, articles),
        site_images=site_images,
        copied=tuple(sorted({*static, *site_images.published.images})),
        aliases=tuple(aliases(context, contents, taken | _own_files(context))),
        twins=tuple(_twins(context, contents)),
        broken_links=tuple(chain.from_iterable(map(LinkCheck(context, library).broken, contents))),
        taken=taken,
        files=files,
    )
    _make_ready(context, generators, index)
    return index


def _all_lists(library: Library, series: SeriesParts) -> dict[str, Mapping[str, str]]:
    """The titles of all lists of articles by their paths, by kind."""
    return {**library.lists, "series": {found.path: found.title for found in series}}


def _own_files(context: Context) -> dict[str, str]:
    """The paths of the owner's files in ``static/``, with what they are."""
    return dict.fromkeys(filter(None, map(static_path, context.content.files)), "a file of static/")


def _complete(context: Context, generators: Generators) -> None:
    """Let the lists of the generators have what is to be related, each at its address."""
    generators.leave_out_dates()
    _add_generated_pages(context, generators)
    _leave_out_authors_without_list(generators)
    for content in (*generators.all_articles, *generators.all_pages):
        adapter.settle_address(content)


def _make_ready(context: Context, generators: Generators, index: Index) -> None:
    """Let the bodies be as pages show them, and the generators write each page once."""
    lead_nowhere(index.broken_links)
    show_images(context, index, index.contents)
    show_article_lists(context, index, index.contents)
    generators.static_files.clear()  # what Pelican would copy, we do
    for twin, _ in index.twins:
        generators.remove(twin)


def _add_generated_pages(context: Context, generators: Generators) -> None:
    """Pages that follow from the facts and have no file become pages like any other, with an empty body."""
    for place in context.content.generated:
        document = context.content.by_page[place]
        if not document.file.is_written:
            generators.add_page(document.key, PelicanPage)


def _leave_out_authors_without_list(generators: Generators) -> None:
    """A hidden article is in no list, so its author may have none."""
    listed = {author for author, _ in generators.lists("author")}
    for article in generators.hidden_articles:
        adapter.set_authors(article, [author for author in adapter.authors_of(article) if author in listed])


def lead_nowhere(broken: Iterable[BrokenLink]) -> None:
    """In the preview a broken link leads to the top of its page; a publish stops before."""
    for link in broken:
        adapter.set_body(link.content, adapter.body_of(link.content).replace(f'"{link.url}"', '"#"'))


def show_images(context: Context, index: Index, contents: Iterable[Content]) -> None:
    """Let the bodies show their images by the theme's component."""
    for content in contents:
        adapter.set_body(content, with_images(context, index.images, content, adapter.body_of(content)))


def show_article_lists(context: Context, index: Index, contents: Iterable[Content]) -> None:
    """Let the bodies show the articles that their directives ask for: only now all are known.

    So the body of a page follows when another article is written, and the key of the page with it.
    """
    for content in contents:
        for directive in content.read.article_lists:
            found = chosen_articles(directive, content, index.listed)
            shown = [listed_article(each, index.images, index.discussions[each.read.key]) for each in found]
            component = directive.kind.component
            html = context.components.render(component, heading=directive.heading, articles=shown) if shown else ""
            adapter.set_body(content, adapter.body_of(content).replace(article_list_marker(directive), html))


def _taken_paths(context: Context, generators: Generators, series: SeriesParts, files: Iterable[str]) -> dict[str, str]:
    """Every path that a build writes beside articles and pages, with what is there; ``files`` are those copied."""
    articles, per_page = generators.listed_articles, generators.settings["PAGINATED_TEMPLATES"]
    lists = [(BLOG, len(articles), per_page["blog"])]
    years = Counter(article.date.year for article in articles)
    lists += [(year_path(year), count, per_page["period_archives"]) for year, count in years.items()]
    for kind in ("category", "tag", "author"):
        lists += [(wrapper.url, len(found), per_page[kind]) for wrapper, found in generators.lists(kind)]
    pages = {found.path for found in series}
    for path, count, size in lists:
        pages |= {path, *(f"{path}page/{number}" for number in range(2, ceil(count / size) + 1))}
    feeds = {list_feed_path(path) for path, *_ in lists}
    feeds |= {comments_feed_path(article.url) for article in generators.all_articles}
    cards = {*map(location_card_path, context.clinic.locations), *map(practitioner_card_path, context.clinic.team)}
    timetables = (place.timetable for place in context.clinic.locations.values())
    calendars = {timetable.calendar_path or "" for timetable in timetables if timetable} - {""}
    if context.clinic.events:
        calendars |= {EVENTS_CALENDAR, *map(event_calendar_path, context.clinic.events)}
    return {
        **dict.fromkeys((*OUTPUT_FILES, *feeds, *cards, *calendars, *files), "a file of this site"),
        **({ADMIN: "a page of this site, the editor"} if context.clinic.editor else {}),
        **dict.fromkeys(pages, "a page of this site"),
    }


def _twins(context: Context, contents: Collection[Content]) -> Iterator[tuple[Content, str]]:
    """Every page that has the address of another: Pelican would stop at the file it writes, and name neither source."""
    taken: dict[str, str] = {f"{BLOG}index.html": context.content.name_of(BLOG_PAGE)}
    for content in sorted(contents, key=lambda content: content.read.document.age):
        name = content.read.name
        if content.save_as and (other := taken.setdefault(content.save_as, name)) != name:
            yield content, other
