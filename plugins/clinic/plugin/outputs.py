"""The files beside the pages: sitemap, robots.txt, manifest, calendars, contacts, feeds' style, redirects, and more."""

from collections.abc import Iterator
from pathlib import Path

from pelican import Pelican

from clinic.domain.checks.palette import palette
from clinic.domain.pages.urls import FEED_STYLESHEET
from clinic.plugin.context import Run, link_base, run_of
from clinic.plugin.stylesheets import theme_colours
from clinic.rendering.feeds.comments import comment_feeds
from clinic.rendering.files.calendar import CalendarOf, hours_calendar
from clinic.rendering.files.manifest import MANIFEST, web_manifest
from clinic.rendering.files.rebuild_schedule import NEXT_BUILD, next_build_json
from clinic.rendering.files.redirects import netlify_redirects, redirect_page
from clinic.rendering.files.robots import robots_txt
from clinic.rendering.files.sitemap import SitemapEntry, sitemap_xml
from clinic.rendering.files.vcards import vcards
from clinic.rendering.head.structured_data.nodes import Site


def write_outputs(pelican: Pelican) -> None:
    """After the last page: what can only be told once every page is known."""
    run = run_of(pelican.settings)
    output = Path(pelican.output_path)
    public = [page for page in run.pages.values() if page.indexed]
    entries = [SitemapEntry(run.address.absolute(page.path), page.modified or page.published) for page in public]
    _write(output / "sitemap.xml", sitemap_xml(entries))
    _write(output / "robots.txt", robots_txt(run.address, public=run.public))
    base = link_base(pelican.settings, run.address)
    colours = theme_colours(Path(pelican.settings["THEME"]) / "static" / "css")
    whole_palette = {**colours, **palette(run.clinic.brand, colours)}
    _write(output / MANIFEST, web_manifest(run.clinic, base, whole_palette))
    for path, calendar in _calendars(run):
        _write(output / path, calendar)
    for path, feed in comment_feeds(Site(run.clinic, run.address), run.pages.values()):
        _write(output / path, feed)
    _write(output / FEED_STYLESHEET, _from_template(run, FEED_STYLESHEET))
    _write(output / "_redirects", netlify_redirects(run.moved, base))
    for path, card in vcards(run.clinic, run.address):
        _write(output / path, card)
    for former, present in run.moved.items():
        target = output / former / "index.html" if not former.endswith(".html") else output / former
        _write(target, redirect_page(f"{base}/{present}", run.address.absolute(present)))


def write_next_build(pelican: Pelican) -> None:
    """Beside the output, not in it: the moments at which this site becomes wrong, for whatever publishes it again.

    ``{"built": …, "next": [{"at": …, "why": …}, …]}``, moments as ISO 8601 in UTC.
    """
    run = run_of(pelican.settings)
    if not run.preview:
        _write(Path(pelican.output_path).parent / NEXT_BUILD, next_build_json(run.rebuilds, run.now))


def _calendars(run: Run) -> Iterator[tuple[str, str]]:
    """The hours of each location that gives some, by path."""
    name = run.clinic.name
    for location in run.clinic.locations.values():
        if timetable := location.timetable:
            title = location.known_as(name) if run.clinic.has_location_pages else name
            place = ", ".join(location.address.lines())
            url = run.address.absolute(timetable.page_path)
            yield (
                timetable.calendar_path,
                hours_calendar(CalendarOf(title, place, url, run.address.host, timetable, run.now)),
            )


def _from_template(run: Run, name: str) -> str:
    assert run.environment is not None, "a page has been written with it"  # noqa: S101 (for mypy)
    return run.environment.get_template(name).render()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="")  # vCards and calendars have line ends of their own
