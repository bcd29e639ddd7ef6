"""The files beside the pages: sitemap, robots.txt, manifest, calendars, vCards, feeds of comments, redirects."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

from markupsafe import Markup

from clinic.content.documents import State
from clinic.domain.events import place_on_one_line
from clinic.domain.hours.timetable import ONE_DAY, Timetable
from clinic.domain.pages.page import PageFacts
from clinic.domain.pages.urls import (
    EVENTS_CALENDAR,
    FACTS,
    FEED_STYLESHEET,
    LLMS,
    SECURITY,
    SITE_SCRIPT,
    comment_places_path,
    event_calendar_path,
    event_path,
    location_path,
)
from clinic.domain.schedule import Rebuild, rebuilds_of, review_due, start_of_day, upcoming
from clinic.models.events import Event
from clinic.models.words import gettext
from clinic.plugin.build import Build
from clinic.plugin.comments import comment_rebuilds
from clinic.plugin.context import Context
from clinic.plugin.index import Index
from clinic.rendering.editor.config import admin_files, backend_of
from clinic.rendering.feeds.feed import comment_feeds
from clinic.rendering.files.crawlers import SitemapEntry, robots_txt, sitemaps
from clinic.rendering.files.facts import facts_json, key_files, llms_txt, security_expires, security_txt
from clinic.rendering.files.hosting import NEXT_BUILD, netlify_redirects, next_build_json, redirect_page
from clinic.rendering.files.vcards import vcards
from clinic.rendering.hours_text import open_now
from clinic.rendering.images.brand import MANIFEST, TOUCH_ICON, web_manifest
from clinic.rendering.structured_data.nodes import Site


def write_outputs(build: Build) -> None:
    """Write what follows from the pages that have been written, and from the facts."""
    context, site = build.context, build.site
    stylesheet = build.environment.get_template(FEED_STYLESHEET).render()
    own = ((MANIFEST, web_manifest(context.clinic, context.link_base, context.colours)),)
    robots = (("robots.txt", robots_txt(context.address, context.public, context.clinic.ai)),)
    for path, text in chain(_of_language(build), own, robots, _redirects(build), _editor(context)):
        site.write(path, text)
    for path, file in context.icons.items():
        site.copy(path, file)
    site.write(FEED_STYLESHEET, stylesheet)
    site.write(context.components.stylesheets.shared_path, context.components.stylesheets.shared)


def write_for_programs(build: Build) -> None:
    """The files that programs read, once the pages have been written; a file of the owner's own stands in their place.

    At another address than the clinic's own nobody is to find the site, so there are none.
    """
    context, switched_on = build.context, build.context.clinic.discovery
    if not context.public:
        return
    files: dict[str, str] = {}
    if switched_on.facts:
        files[FACTS] = facts_json(context.clinic, context.address)
    if switched_on.llms:
        files[LLMS] = llms_txt(context.clinic, context.address, build.written.pages.values())
    if _has_security_file(context):
        languages = [each.context.clinic.language for each in build.every]
        files[SECURITY] = security_txt(context.clinic, context.address, context.now, languages)
    if switched_on.indexnow:
        files |= key_files(context.address)
    for path, text in files.items():
        if f"static/{path}" not in context.content.files:
            build.site.write(path, text)


def _has_security_file(context: Context) -> bool:
    """Whether the site tells where to report a security problem: at the root of a host alone (RFC 9116, 3)."""
    is_own = f"static/{SECURITY}" in context.content.files
    return context.public and context.clinic.discovery.security and not context.address.folder and not is_own


def _editor(context: Context) -> Iterator[tuple[str, str]]:
    """What the browser editor needs beside its package, which a publish adds; the preview has ``make admin``."""
    editor = context.clinic.editor
    if editor and not context.preview:
        yield from admin_files(context.content.shown_as, backend_of(editor)).items()


def write_outputs_of_translation(build: Build) -> None:
    """Write what each language has for itself."""
    for path, text in _of_language(build):
        build.site.write(path, text)


def _of_language(build: Build) -> Iterator[tuple[str, str]]:
    context = build.context
    yield from comment_feeds(Site(context.clinic, context.address), build.written.pages.values())
    yield from _comment_places(build.written.pages.values())
    yield from _of_facts(context)
    told = {one.location: open_now(one) for one in context.clinic.timetables}
    if context.clinic.has_many_locations:  # each page shows its own alone
        for slug in context.clinic.locations:
            own = {slug: told[slug]} if slug in told else {}
            yield f"{location_path(slug)}{SITE_SCRIPT}", _site_script(build, own)
        told = {}
    yield SITE_SCRIPT, _site_script(build, told)


def _comment_places(pages: Iterable[PageFacts]) -> Iterator[tuple[str, str]]:
    """Of each long discussion its pages, by number, each with the anchors on it."""
    found: dict[str, dict[int, list[str]]] = {}
    for page in pages:
        if page.discussion and page.discussion.paths:
            anchors = [comment.anchor for comment in page.discussion.comments]
            found.setdefault(page.discussion.paths[0], {})[page.discussion.number] = anchors
    for path, places in found.items():
        yield comment_places_path(path), json.dumps(dict(sorted(places.items())), separators=(",", ":"))


def _site_script(build: Build, places: Mapping[str, object]) -> str:
    template = build.environment.get_template(SITE_SCRIPT)
    return template.render(places=places and _as_script(places), closed=_as_script(gettext("Closed now")))


def _as_script(value: object) -> Markup:
    return Markup(json.dumps(value, ensure_ascii=False, separators=(",", ":")))  # noqa: S704 (a script, no page)


def write_share_cards(build: Build) -> None:
    """The pictures that go with shared links, in all languages; nobody shares a preview."""
    if build.context.preview:
        return
    files: dict[str, Path] = {}
    for each in build.every:
        files |= each.page_writer.cards.files(each.written.pages.values())
    for path, file in files.items():
        build.site.copy(path, file)


def write_sitemap(build: Build) -> None:
    """Write the sitemap, once the pages of all languages have been written."""
    address = build.context.address
    entries = []
    for each in build.every:
        for page in each.written.pages.values():
            if page.indexed:
                others = tuple((code, address.of_all(path)) for code, path in page.alternates)
                url = each.context.address.absolute(page.path)
                entries.append(SitemapEntry(url, page.modified or page.published, others))
    for path, text in sitemaps(address, entries):
        build.site.write(path, text)


def _of_facts(context: Context) -> Iterator[tuple[str, str]]:
    has_sign = context.clinic.brand.mark or context.clinic.brand.logo  # initials are what a phone shows by itself
    icon = context.icons[f"theme/{TOUCH_ICON}"].read_bytes() if has_sign else b""
    yield from vcards(context.clinic, context.address, icon)
    yield from _calendars_of_events(context)
    name = context.clinic.name
    for location in context.clinic.locations.values():
        timetable = location.timetable
        if timetable and timetable.calendar_path:
            title = location.known_as(name) if context.clinic.has_location_pages else name
            address = ", ".join(location.address_lines())
            url = context.address.absolute(timetable.page_path)
            yield timetable.calendar_path, _hours_calendar(context, title, address, url, timetable)


# What makes calendars takes longer to import than all calendars of most clinics to make, so both are done when needed.


def _hours_calendar(context: Context, title: str, location: str, url: str, timetable: Timetable) -> str:
    shown = (title, location, url, context.address.host, timetable)

    def make() -> str:
        from clinic.rendering.files.calendar import CalendarOf, hours_calendar  # noqa: PLC0415 (as said)

        return hours_calendar(CalendarOf(*shown))

    return context.store.kept("hours calendar", [repr(shown)], make)


def _event_calendar(context: Context, title: str, events: Collection[Event]) -> str:
    clinic, address, today = context.clinic, context.address, context.now.date()
    shown = [(event, place_on_one_line(clinic, event), address.absolute(event_path(event.slug))) for event in events]

    def make() -> str:
        from clinic.rendering.files.calendar import EventEntry, event_calendar  # noqa: PLC0415 (as said)

        return event_calendar(title, [EventEntry(*each) for each in shown], clinic.zone, today, address.host)

    return context.store.kept("event calendar", [repr((title, shown, clinic.zone, today, address.host))], make)


def _calendars_of_events(context: Context) -> Iterator[tuple[str, str]]:
    """One of all, as soon as there are events, so that whoever subscribes finds it also while none is to come."""
    clinic = context.clinic
    if not clinic.events:
        return
    events = {event.slug: event for event in clinic.upcoming_events}
    yield EVENTS_CALENDAR, _event_calendar(context, gettext("Events: {clinic}", clinic=clinic.name), events.values())
    for slug, event in events.items():
        yield event_calendar_path(slug), _event_calendar(context, event.title, [event])


def _redirects(build: Build) -> Iterator[tuple[str, str]]:
    context = build.context
    moved = {former: present for each in build.every for former, present in each.index.moved.items()}
    moved = {**build.forwarded, **moved}
    languages = [each.context.address.part.folder for each in build.translations]
    yield "_redirects", netlify_redirects(moved, context.link_base, languages)
    for former, present in moved.items():
        path = former if former.endswith(".html") else f"{former}/index.html"
        yield path, redirect_page(f"{context.link_base}/{present}", context.address.of_all(present))


def write_rebuild_schedule(build: Build, settings: Mapping[str, Any]) -> None:
    """In the project's folder: the moments at which this site becomes wrong, for whatever publishes it again.

    ``{"built": …, "next": [{"at": …, "why": …}, …]}``, moments as ISO 8601 in UTC. A preview leaves none. Beside the
    output it might be in a public folder; a publish has it elsewhere until the site is in place
    (``CLINIC_NEXT_BUILD_FILE``).
    """
    project = Path.cwd()
    asked = settings.get("CLINIC_NEXT_BUILD_FILE")
    if not build.context.preview and (asked or not project.is_relative_to(build.site.folder.resolve())):
        text = next_build_json(rebuilds(build), build.context.now)
        Path(asked or project / NEXT_BUILD).write_text(text, "utf-8", newline="")


def write_built(build: Build, settings: Mapping[str, Any]) -> None:
    """Tell the commands what they cannot see of a build, where they ask for it (``CLINIC_BUILT_FILE``).

    ``until``: seconds since 1970 at which the site, or what is to be said of it, may be another: at the next rebuild,
    and at midnight. ``folders``: what was read. ``notes``: what was said. ``logged``: whether more was said than that.
    """
    if not (target := settings.get("CLINIC_BUILT_FILE")):
        return
    context = build.context
    midnight = start_of_day(context.now.date() + ONE_DAY, context.clinic.zone)
    ahead = [rebuild.at for rebuild in upcoming(rebuilds(build), context.now)]
    told = {
        "until": min([midnight, *ahead]).timestamp(),
        "folders": [settings["PATH"], settings["THEME"], *settings["PLUGIN_PATHS"]],
        "notes": [str(note) for note in build.diagnostics],
        "logged": build.log.has_spoken,
    }
    with suppress(OSError):  # the next build is not as quick
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        Path(target).write_text(json.dumps(told), "utf-8")


def rebuilds(build: Build) -> Iterator[Rebuild]:
    """Every moment at which the site that is being built begins to be wrong, in whatever language."""
    context = build.context
    yield from rebuilds_of(context.content.clinic, context.now.date())  # facts hold in every language
    if _has_security_file(context):
        yield Rebuild(security_expires(context.now), f"{SECURITY} is out of date")
    for each in build.every:
        yield from _rebuilds_in(each.context, each.index)


def _rebuilds_in(context: Context, index: Index) -> Iterator[Rebuild]:
    for document in context.content.documents.values():
        if document.state not in {State.DRAFT, State.NO_LOCATION}:
            for moment, what in ((document.date, "is due"), (document.expires, "expires")):
                if moment:
                    yield Rebuild(moment, f"“{document.front_matter.title}” {what}")
    for content in index.contents:
        if due := review_due(content.read.document.front_matter, context.clinic):
            yield Rebuild(start_of_day(due, context.clinic.zone), f"the review of “{content.title}” is due")
    yield from comment_rebuilds(context, index.articles)
