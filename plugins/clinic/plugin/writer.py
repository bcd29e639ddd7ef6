"""How pages and feeds are written: each page gets its facts and its head, and both are recorded."""

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache, partial
from types import SimpleNamespace
from typing import Any, NamedTuple

from jinja2 import Environment, Template, pass_context
from jinja2.runtime import Context as JinjaContext
from markupsafe import Markup
from pelican.generators import ArticlesGenerator
from pelican.writers import Writer

from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.domain.pages.page import PageFacts, PageKind
from clinic.fact_check.extract import Address, addresses, parsed
from clinic.plugin.adapter import Article, RenderingWriter
from clinic.plugin.brand import share_image, shown_picture
from clinic.plugin.build import Build
from clinic.plugin.feeds import FeedMaker
from clinic.plugin.index import Index
from clinic.plugin.lists import Archives, current_in, featured_first, months_of, pinned_first, years_of
from clinic.plugin.pages import PageFactsBuilder
from clinic.rendering.feeds.xml import atom, rss
from clinic.rendering.files.search_entries import search_entry, search_head
from clinic.rendering.head import HeadBuilder
from clinic.rendering.structured_data.nodes import Site


def equip_for_writing(environment: Environment, clinic: ClinicOnDay, index: Index) -> None:
    """Give templates what is known once everything has been read: pages, lists, images, comments, navigation."""

    @lru_cache(maxsize=64)  # where bookings carry the page they come from, each page has its own header
    def once(name: str, **shown: Hashable) -> Markup:
        """A partial that many pages share: it is given no page, and rendered once for all that it is to show."""
        return Markup(environment.get_template(name).render(shown))  # noqa: S704 (the partial escapes)

    environment.globals.update(
        once=once,
        current_in=current_in,
        image_of=index.images.image_of,
        logo=shown_picture(index.images, clinic.brand.logo, clinic.name),
        mark=shown_picture(index.images, clinic.brand.mark, ""),
        menu=index.pages.menu,
        page_at=index.pages.at,
        page_groups=index.pages.groups,
        archives=archives_once(),
        pinned_first=pinned_first,
        featured_first=featured_first,
        months_of=months_of,
        years_of=years_of,
        discussion_of=index.discussion_of,
        navigation_of=index.navigation_of,
    )


def archives_once() -> Callable[[JinjaContext], Archives]:
    """A function for templates: the lists of categories, tags and years, each with the number of its articles.

    They are the same on every page of a build, so they are made for the first page that shows them.
    """
    made: list[Archives] = []

    @pass_context
    def archives(variables: JinjaContext) -> Archives:
        if not made:  # the list of a year has articles of its own
            articles = variables.get("all_articles", variables["articles"])
            made.append(Archives.of(articles, variables["categories"], variables["tags"]))
        return made[0]

    return archives


class PageWriter:
    """Renders pages. Templates are given ``facts`` (PageFacts) and ``head`` (Head) beside Pelican's variables."""

    def __init__(self, build: Build) -> None:
        context = build.context
        self._build = build
        self._facts = PageFactsBuilder(context, build.index)
        clinic, images = context.clinic, build.index.images
        logo = shown_picture(images, clinic.brand.logo or clinic.brand.mark, clinic.name)
        self._heads = HeadBuilder(
            Site(clinic, context.address, share_image(clinic), logo.light if logo else None, images), context.public
        )

    def render(self, template: Template, variables: Mapping[str, Any]) -> str:
        """Write one page and give its HTML; what it shows is recorded for the files beside the pages."""
        written, facts = self._build.written, self._facts.build(variables)
        page = template.render({**variables, "facts": facts, "head": self._heads.build(facts)})
        self._build.site.write(variables["output_file"], page)
        written.pages[facts.path] = facts
        said = self._said(page, facts)
        written.addresses[variables["output_file"]] = said.addresses
        if said.search_entry:
            written.search_entries[facts.path] = said.search_entry
        return page

    def _said(self, page: str, facts: PageFacts) -> "_Said":
        """What is read of a finished page, which is parsed once, and only if no earlier build has seen it."""
        shown = _without_code(page)
        head = search_head(facts) if facts.is_searched else ""
        language = self._build.context.clinic.language

        def read() -> _Said:
            tree = parsed(shown)
            return _Said(addresses(tree), search_entry(tree, head, language) if head else "")  # takes the tree apart

        return self._build.context.store.kept("page", (shown, head, language), read)


class _Said(NamedTuple):
    """Where a page leads and what it loads; its document of the search index, empty where it is not searched."""

    addresses: tuple[Address, ...]
    search_entry: str


def _without_code(page: str) -> str:
    """A page without its styles and its structured data: together two thirds of it, and no link in them."""
    for start, end in (("<style>", "</style>"), ('<script type="application/ld+json">', "</script>")):
        before, _, after = page.partition(start)
        page = before + after.partition(end)[2]
    return page


class ClinicWriter(RenderingWriter):
    """Writes pages with their facts and heads, and feeds of our own making."""

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        super().__init__(output_path, settings)
        build = Build.of(settings)
        self._site = build.site
        self._pages = PageWriter(build)
        self._feeds = FeedMaker(build.context, build.index)

    def write_file(self, name: str, template: Template, *args: Any, **options: Any) -> None:
        """As Pelican's."""
        as_template = SimpleNamespace(render=partial(self._pages.render, template))
        super().write_file(name, as_template, *args, **options)

    def write_feed(  # the parameters are Pelican's
        self,
        elements: list[Article],
        context: Mapping[str, Any],
        path: str,
        url: str | None = None,
        feed_type: str = "atom",
        override_output: bool = False,
        feed_title: str | None = None,
    ) -> None:
        """Write the newest of the ``elements`` as Atom or RSS to ``path``; it is published at the same path.

        Pelican's own feeds make one address of each element whole, name one author, keep icons, and carry the clock
        where there is no entry.
        """
        del context, url, override_output
        feed = self._feeds.feed(path, elements[: self.settings["FEED_MAX_ITEMS"]], feed_title)
        self._site.write(path, rss(feed) if feed_type == "rss" else atom(feed))


def write_series_pages(generator: ArticlesGenerator, writer: Writer) -> None:
    """A page for each series, as Pelican writes one for each tag."""
    template = generator.get_template(PageKind.SERIES.value)
    relative = generator.settings["RELATIVE_URLS"]
    for series, parts in Build.of(generator.settings).index.series.items():
        file = f"{series.path}index.html"
        writer.write_file(file, template, generator.context, relative, url=series.path, listed=series, parts=parts)
