"""How pages and feeds are written: each page gets its facts and its head, and both are recorded."""

from collections.abc import Hashable, Mapping
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, NamedTuple

from jinja2 import Environment, Template
from markupsafe import Markup
from pelican.generators import ArticlesGenerator
from pelican.writers import Writer

from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.domain.pages.page import PageFacts, PageKind
from clinic.fact_check.extract import Address, addresses, parsed
from clinic.fact_check.verify import states_something
from clinic.plugin.adapter import RenderingWriter, forget_body
from clinic.plugin.brand import share_image, shown_picture
from clinic.plugin.build import Build
from clinic.plugin.feeds import FeedMaker
from clinic.plugin.index import Index
from clinic.plugin.lists import current_in, featured_first, months_of, pinned_first, years_of
from clinic.plugin.page_variables import Given, PageVariables
from clinic.plugin.pages import PageFactsBuilder
from clinic.plugin.pelican_types import Article
from clinic.plugin.share_cards import ShareCards
from clinic.rendering.feeds.feed import atom, rss
from clinic.rendering.files.search import SearchEntry, search_entry, search_head
from clinic.rendering.head import HeadBuilder
from clinic.rendering.page_policy import SELF, WASM, Carried, carried, with_policy
from clinic.rendering.structured_data.nodes import Site


def equip_for_writing(environment: Environment, clinic: ClinicOnDay, index: Index) -> None:
    """Give templates what all pages of a site show alike: the menus, the logo, images of the clinic's records.

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
        logo=shown_picture(index.images, clinic.brand.logo, clinic.name),
        mark=shown_picture(index.images, clinic.brand.mark, ""),
        imprints=index.imprints,
        menu=index.menus.menu,
        footer_menu=index.menus.footer,
        pinned_first=pinned_first,
        featured_first=featured_first,
        months_of=months_of,
        years_of=years_of,
    )


class PageWriter:
    """Renders pages. Templates are given ``facts`` (PageFacts) and ``head`` (Head) beside their own variables."""

    def __init__(self, build: Build) -> None:
        context = build.context
        self._build = build
        self.facts = PageFactsBuilder(context, build.index, build.versions)
        self._variables = PageVariables(context.clinic, build.index, build.generators)
        self._planned: list[_Planned] = []
        clinic, images = context.clinic, build.index.images
        cards = self.cards = ShareCards(context, build.index.site_images)
        """What goes with shared links."""
        logo = shown_picture(images, clinic.brand.logo or clinic.brand.mark, clinic.name)
        self._heads = HeadBuilder(
            Site(
                clinic,
                context.address,
                share_image(clinic),
                logo.light if logo else None,
                images,
                cards.card,
                cards.crops,
            ),
            context.public,
        )

    def write(self, template: Template, variables: Mapping[str, Any]) -> None:
        """Write one page, or leave it to the second process."""
        facts, pair = self.facts.build(variables), self._build.pair
        self._build.written.pages[facts.path] = facts
        planned = _Planned(template, facts, self._variables.of(facts, variables), variables["output_file"])
        if pair is None:
            self._finish(planned)
            return
        try:
            if pair.is_mine():
                self._finish(planned)
            elif not pair.is_second:
                self._planned.append(planned)
        except BaseException:
            if pair.is_second:
                pair.end(whole=False)
            raise

    def end(self) -> None:
        """All pages have been asked for: take over what the second process has rendered."""
        pair, self._build.pair = self._build.pair, None
        if pair and pair.is_second:
            pair.end()
        if pair:
            pair.take()
        for planned in self._planned:
            self._finish(planned)
        self._planned.clear()

    def _finish(self, planned: "_Planned") -> None:
        """Write one page; what is read of it is recorded for the files beside the pages."""
        written, facts = self._build.written, planned.facts
        page = self._page(planned)
        written.addresses[planned.file] = page.addresses
        written.carried[planned.file] = page.carried
        if page.search_entry:
            written.search_entries[facts.path] = page.search_entry
        if article := planned.given.variables.get("article"):
            forget_body(article)

    def _page(self, planned: "_Planned") -> "_Page":
        """The page as an earlier build has written it, where it has the same key and is still there; else a new one."""
        build, given = self._build, planned.given
        if not given.is_all:
            return self._rendered(planned)
        made: list[_Page] = []

        def make() -> _Page:
            made.append(self._rendered(planned))
            return made[0]

        key = build.keys.key(str(planned.template.name), given.variables)
        page = build.context.store.kept("page", [key], make)
        return page if made or build.site.reuse(planned.file, page.digest) else self._rendered(planned)

    def _rendered(self, planned: "_Planned") -> "_Page":
        facts = planned.facts
        html = planned.template.render({**planned.given.variables, "head": self._heads.build(facts)})
        tree = parsed(_without_code(html))
        context = self._build.context
        found_in = carried(html, tree, context.address.host, _loaded_by_scripts(facts))
        digest = self._build.site.write(planned.file, with_policy(html, found_in.policy))
        found = tuple(filter(states_something, addresses(tree)))
        language = self._build.context.clinic.language
        # takes the tree apart
        entry = SearchEntry.of(search_entry(tree, search_head(facts), language)) if facts.is_searched else None
        return _Page(digest, found, entry, found_in)


class _Planned(NamedTuple):
    """A page that the second process renders: what it takes to write it to ``file``."""

    template: Template
    facts: PageFacts
    given: Given
    file: str


class _Page(NamedTuple):
    """The digest of a written page, its links that state something, its document of the search index or nothing.

    ``carried`` is what it loads and runs, with its policy.
    """

    digest: bytes
    addresses: tuple[Address, ...]
    search_entry: SearchEntry | None
    carried: Carried


def _loaded_by_scripts(page: PageFacts) -> dict[str, tuple[str, ...]]:
    """Sources for what scripts load: the search runs WebAssembly in a worker.

    Any page may ask the site itself: the search its index, a long discussion where a comment is, the preview for edits;
    and who checks pages (Lighthouse) reads robots.txt from within them.
    """
    ours = {"script-src": (WASM,), "worker-src": (SELF,)} if page.kind is PageKind.SEARCH else {}
    return {**ours, "connect-src": (SELF,)}


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
        self.pages = build.page_writer = PageWriter(build)
        self._feeds = FeedMaker(build.context, build.index)

    def write_file(self, name: str, template: Template, *args: Any, **options: Any) -> None:
        """As Pelican's."""

        def render(variables: Mapping[str, Any]) -> str:
            self.pages.write(template, variables)
            return ""  # nothing is left for Pelican to write

        super().write_file(name, SimpleNamespace(render=render), *args, **options)

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


def write_comment_pages(generator: ArticlesGenerator, writer: ClinicWriter) -> None:
    """The later pages of long discussions."""
    template = generator.get_template(PageKind.COMMENTS.value)
    relative = generator.settings["RELATIVE_URLS"]
    build = Build.of(generator.settings)
    for article in build.index.articles:
        for discussion in writer.pages.facts.discussion_pages(article)[1:]:
            path = discussion.paths[discussion.number - 1]
            more = {"url": path, "commented": article, "number": discussion.number}
            writer.write_file(f"{path}index.html", template, generator.context, relative, **more)


def write_series_pages(generator: ArticlesGenerator, writer: Writer) -> None:
    """A page for each series, as Pelican writes one for each tag."""
    template = generator.get_template(PageKind.SERIES.value)
    relative = generator.settings["RELATIVE_URLS"]
    for series, parts in Build.of(generator.settings).index.series.items():
        file = f"{series.path}index.html"
        writer.write_file(file, template, generator.context, relative, url=series.path, listed=series, parts=parts)
