"""The files beside the pages: sitemap, robots.txt, manifest, calendars, vCards, feeds of comments, redirects."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from jinja2 import Environment

from clinic.content.documents import State
from clinic.domain.pages.urls import FEED_STYLESHEET
from clinic.domain.schedule import Rebuild, rebuilds_of, review_due, start_of_day
from clinic.plugin.build import Written
from clinic.plugin.comments import comment_rebuilds
from clinic.plugin.context import Context
from clinic.plugin.index import Index
from clinic.plugin.stylesheets import Stylesheets
from clinic.rendering.feeds.comments import comment_feeds
from clinic.rendering.files.calendar import CalendarOf, hours_calendar
from clinic.rendering.files.crawlers import SitemapEntry, robots_txt, sitemap_xml
from clinic.rendering.files.hosting import NEXT_BUILD, kept_files, netlify_redirects, next_build_json, redirect_page
from clinic.rendering.files.manifest import MANIFEST, web_manifest
from clinic.rendering.files.vcards import vcards
from clinic.rendering.structured_data.nodes import Site


def write_outputs(context: Context, index: Index, written: Written, environment: Environment, output: Path) -> None:
    """Write what follows from the pages that have been written, and from the facts."""
    stylesheet = environment.get_template(FEED_STYLESHEET).render()
    for path, text in chain(_of_pages(context, written), _of_facts(context), _redirects(context, index)):
        _write(output / path, text)
    _write(output / FEED_STYLESHEET, stylesheet)
    _write_shared_styles(context.components.stylesheets, output)


def _write_shared_styles(stylesheets: Stylesheets, output: Path) -> None:
    """Write the stylesheet that all pages share, and remove that of an earlier build, which no page asks for now."""
    target = output / stylesheets.shared_path
    for former in target.parent.glob("*.css"):
        if former != target:
            former.unlink()
    _write(target, stylesheets.shared)


def _of_pages(context: Context, written: Written) -> Iterator[tuple[str, str]]:
    public = (page for page in written.pages.values() if page.indexed)
    entries = [SitemapEntry(context.address.absolute(page.path), page.modified or page.published) for page in public]
    yield "sitemap.xml", sitemap_xml(entries)
    yield "robots.txt", robots_txt(context.address, public=context.public)
    yield from comment_feeds(Site(context.clinic, context.address), written.pages.values())


def _of_facts(context: Context) -> Iterator[tuple[str, str]]:
    yield MANIFEST, web_manifest(context.clinic, context.link_base, context.colours)
    yield from vcards(context.clinic, context.address)
    name = context.clinic.name
    for location in context.clinic.locations.values():
        timetable = location.timetable
        if timetable and timetable.calendar_path:
            title = location.known_as(name) if context.clinic.has_location_pages else name
            address = ", ".join(location.address_lines())
            url = context.address.absolute(timetable.page_path)
            calendar = CalendarOf(title, address, url, context.address.host, timetable)
            yield timetable.calendar_path, hours_calendar(calendar)


def _redirects(context: Context, index: Index) -> Iterator[tuple[str, str]]:
    yield "_headers", kept_files(context.link_base)
    yield "_redirects", netlify_redirects(index.moved, context.link_base)
    for former, present in index.moved.items():
        path = former if former.endswith(".html") else f"{former}/index.html"
        yield path, redirect_page(f"{context.link_base}/{present}", context.address.absolute(present))


def write_rebuild_schedule(context: Context, index: Index, output: Path) -> None:
    """Beside the output, not in it: the moments at which this site becomes wrong, for whatever publishes it again.

    ``{"built": …, "next": [{"at": …, "why": …}, …]}``, moments as ISO 8601 in UTC. A preview leaves none.
    """
    if not context.preview:
        _write(output.parent / NEXT_BUILD, next_build_json(rebuilds(context, index), context.now))


def rebuilds(context: Context, index: Index) -> Iterator[Rebuild]:
    """Every moment at which the site that is being built begins to be wrong."""
    yield from rebuilds_of(context.content.clinic, context.now.date())
    for document in context.content.documents.values():
        if document.state not in {State.DRAFT, State.NO_LOCATION}:
            for moment, what in ((document.date, "is due"), (document.expires, "expires")):
                if moment:
                    yield Rebuild(moment, f"“{document.front_matter.title}” {what}")
    for content in index.contents:
        if due := review_due(content.read.document.front_matter, context.clinic):
            yield Rebuild(start_of_day(due, context.clinic.zone), f"the review of “{content.title}” is due")
    yield from comment_rebuilds(context, index.articles)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="")  # vCards and calendars have line ends of their own
