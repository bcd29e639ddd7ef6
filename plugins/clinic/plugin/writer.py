"""How pages and feeds are written: each page gets its facts and its head, and both are recorded."""

from collections.abc import Hashable, Mapping
from functools import lru_cache, partial
from types import SimpleNamespace
from typing import Any, NamedTuple

from jinja2 import Environment, Template
from markupsafe import Markup
from pelican.generators import ArticlesGenerator
from pelican.writers import Writer

from clinic.domain.pages.page import PageFacts, PageKind
from clinic.fact_check.extract import Address, addresses, parsed
from clinic.plugin.adapter import Article, RenderingWriter
from clinic.plugin.build import Build
from clinic.plugin.context import SHARE_IMAGE, Context
from clinic.plugin.feeds import FeedMaker
from clinic.plugin.index import Index
from clinic.plugin.lists import current_in, featured_first, months_of, pinned_first, years_of
from clinic.plugin.page_keys import PageKeys, digest_of_files
from clinic.plugin.page_variables import Given, PageVariables
from clinic.plugin.pages import PageFactsBuilder
from clinic.rendering.feeds.xml import atom, rss
from clinic.rendering.files.search_entries import search_entry, search_head
from clinic.rendering.head import HeadBuilder
from clinic.rendering.structured_data.nodes import Site


def equip_for_writing(environment: Environment, index: Index) -> None:
    """Give templates what all pages of a site show alike: the menu, and images of the clinic's records.

    What only some pages show is given to these alone (``page_variables.py``).
    """

    @lru_cache(maxsize=64)  # where bookings carry the page they come from, each page has its own header
    def once(name: str, **shown: Hashable) -> Markup:
        """A partial that many pages share: it is given no page, and rendered once for all that it is to show."""
        return Markup(environment.get_template(name).render(shown))  # noqa: S704 (the partial escapes)

    environment.globals.update(
        once=once,
        current_in=current_in,
        image_of=index.images.image_of,
        menu=index.pages.menu,
        pinned_first=pinned_first,
        featured_first=featured_first,
        months_of=months_of,
        years_of=years_of,
    )


class PageWriter:
    """Renders pages. Templates are given ``facts`` (PageFacts) and ``head`` (Head) beside their own variables."""

    def __init__(self, build: Build, settings: Mapping[str, Any]) -> None:
        context = build.context
        self._build = build
        self._facts = PageFactsBuilder(context, build.index)
        self._variables = PageVariables(build.index, build.generators)
        self._keys = PageKeys(shared_by_all(context, build.index, settings))
        self._heads = HeadBuilder(
            Site(context.clinic, context.address, SHARE_IMAGE, images=build.index.images), context.public
        )

    def write(self, template: Template, variables: Mapping[str, Any]) -> str:
        """Write one page and give its HTML; what it shows is recorded for the files beside the pages."""
        written, facts, file = self._build.written, self._facts.build(variables), variables["output_file"]
        page = self._page(template, self._variables.of(facts, variables), file)
        written.pages[facts.path] = facts
        said = self._said(page, facts)
        written.addresses[file] = said.addresses
        if said.search_entry:
            written.search_entries[facts.path] = said.search_entry
        return page

    def _page(self, template: Template, given: Given, file: str) -> str:
        """The page as it is in the site: that of an earlier build where it has the same key, else a new one."""
        rendered: list[str] = []

        def write() -> bytes:
            facts: PageFacts = given.variables["facts"]
            rendered.append(template.render({**given.variables, "head": self._heads.build(facts)}))
            return self._build.site.write(file, rendered[0])

        if not given.is_all:
            write()
            return rendered[0]
        digest = self._build.context.store.kept("page", (self._keys.key(str(template.name), given.variables),), write)
        if not rendered and (page := self._build.site.reuse(file, digest)) is not None:
            return page
        if not rendered:
            write()
        return rendered[0]

    def _said(self, page: str, facts: PageFacts) -> "_Said":
        """What is read of a finished page, which is parsed once, and only if no earlier build has seen it."""
        shown = _without_code(page)
        head = search_head(facts) if facts.is_searched else ""
        language = self._build.context.clinic.language

        def read() -> _Said:
            tree = parsed(shown)
            return _Said(addresses(tree), search_entry(tree, head, language) if head else "")  # takes the tree apart

        return self._build.context.store.kept("said", (shown, head, language), read)


def shared_by_all(context: Context, index: Index, settings: Mapping[str, Any]) -> tuple[object, ...]:
    """Whatever templates are given on every page: each of their globals follows from this, the code and the language.

    These two are in the key of the store. A setting that is an object of its own says nothing to templates.
    """
    clinic = context.clinic
    records = (*clinic.services.values(), *clinic.team.values())
    plain = {
        name: repr(value) for name, value in settings.items() if isinstance(value, str | int | tuple | dict | None)
    }
    return (
        clinic,
        (context.address, context.served_at, context.link_base, context.public, context.preview),
        context.now.year,
        context.colours,
        index.pages.menu,
        tuple(index.images.image_of(record) for record in records),
        plain,
        digest_of_files(context.theme),
    )


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
        self._pages = PageWriter(build, settings)
        self._feeds = FeedMaker(build.context, build.index)

    def write_file(self, name: str, template: Template, *args: Any, **options: Any) -> None:
        """As Pelican's."""
        as_template = SimpleNamespace(render=partial(self._pages.write, template))
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
