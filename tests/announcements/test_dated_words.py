"""What is over goes by itself, also from a page that nobody has built again since."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from clinic.models.events import read_when
from clinic.rendering.events_text import over_at
from tests.browser import PHONE
from tests.site import CLINICS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.site import BuildSite, Site

LEAST = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8").rstrip()
DATED = """
    closures: [{from: 2026-03-20, to: 2026-03-22}]
    opening_hours: {monday: "9:00-17:00"}
home: {sections: [promise, notice, events, articles]}
notices:
  - {text: The fair., from: 2026-03-01, until: 2026-03-06}
  - {text: The harbour., from: 2026-03-01, until: 2026-03-08}
"""
FILES = {
    "clinic.yaml": LEAST + DATED,
    "events/talk.md": "---\ntitle: A talk\nwhen: 2026-03-05 18:30-20:00\n---\n",
    "events/walk.md": "---\ntitle: A walk\nwhen: 2026-03-04\nrepeats: weekly\nuntil: 2026-03-18\n---\n",
    "posts/2026-02-01-offer.md": "---\ntitle: An offer\nexpires: 2026-03-10\n---\n\nWords.\n",
    "posts/2026-01-01-neck.md": "---\ntitle: Necks\n---\n\nOther words.\n",
}
SHIFT = """new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shift = (window.shift || 0) + entry.value;
}).observe({ type: "layout-shift", buffered: true })"""


@pytest.fixture(scope="module")
def site(build_site: BuildSite) -> Site:
    return build_site("minimal", FILES)


@pytest.fixture(scope="module")
def visit(browser: Browser, site: Site, serve: Callable[..., str]) -> Iterator[Callable[..., Page]]:
    """Opens a page of the one site at a moment, far from the clinic."""
    contexts, address = [], serve(site.output)

    def start(path: str, moment: str, *, script: bool = True) -> Page:
        context = browser.new_context(viewport=PHONE, timezone_id="Asia/Tokyo", java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.clock.set_fixed_time(moment)
        if script:
            page.add_init_script(SHIFT)
        page.goto(address + path)
        return page

    yield start
    for context in contexts:
        context.close()


def words_of(page: Page) -> str:
    """All that is shown, with plain spaces."""
    return " ".join(page.locator("body").inner_text().split())


HOME = {"The fair.", "The harbour.", "A talk", "A walk", "4 March", "An offer", "Necks", "All events"}


@pytest.mark.parametrize(
    ("moment", "gone"),
    [
        ("2026-03-02T12:00:00Z", set()),
        ("2026-03-05T00:00:00Z", {"4 March"}),
        ("2026-03-05T19:59:00Z", {"4 March"}),
        ("2026-03-05T20:00:00Z", {"4 March", "A talk"}),
        ("2026-03-07T00:00:00Z", {"4 March", "A talk", "The fair."}),
        ("2026-03-12T00:00:00Z", {"4 March", "A talk", "The fair.", "The harbour.", "An offer"}),
        ("2026-03-19T00:00:00Z", HOME - {"Necks"}),
    ],
)
def test_each_goes_at_its_own_moment_and_a_band_with_the_last_in_it_without_moving_anything(
    visit: Callable[..., Page], moment: str, gone: set[str]
) -> None:
    page = visit("/", moment)
    shown = words_of(page)
    assert {words for words in HOME if words not in shown} == gone
    assert page.evaluate("window.shift || 0") == 0
    assert page.locator(".notice-band").is_visible() == (not gone >= {"The fair.", "The harbour."})


def test_the_page_of_an_event_says_that_it_is_over_and_asks_nobody_to_come(visit: Callable[..., Page]) -> None:
    before, after = (visit("/events/talk/", moment) for moment in ("2026-03-05T19:00:00Z", "2026-03-05T20:00:00Z"))
    over, ways = "This event is over.", 'main a[href^="tel:"], main a[href$=".ics"]'
    assert over not in before.locator("main").inner_text()
    assert before.locator(ways).first.is_visible()
    assert over in after.locator("main").inner_text()
    assert not any(way.is_visible() for way in after.locator(ways).all())


def test_a_list_of_dates_and_of_closures_loses_what_is_over(visit: Callable[..., Page]) -> None:
    assert visit("/events/walk/", "2026-03-12T00:00:00Z").locator(".event-card__dates li:visible").count() == 1
    assert visit("/events/walk/", "2026-03-19T00:00:00Z").get_by_role("heading", name="Further dates").count() == 0
    for moment, shown in (("2026-03-22T23:59:00Z", True), ("2026-03-23T00:00:00Z", False)):
        words = visit("/contact/", moment).locator("main").inner_text().replace("\N{NO-BREAK SPACE}", " ")
        assert ("20 to 22 March" in words) == shown


def test_without_a_script_everything_is_as_it_was_built(visit: Callable[..., Page]) -> None:
    shown = words_of(visit("/", "2027-01-01T12:00:00Z", script=False))
    assert {words for words in HOME if words not in shown} == set()


def test_a_page_with_nothing_dated_has_no_script_for_it(minimal: Site) -> None:
    assert not [address for address in minimal.pages if "MutationObserver" in minimal.html(address)]


def test_in_the_preview_what_has_expired_is_shown_with_its_mark(build_site: BuildSite) -> None:
    files = {**FILES, "posts/2026-02-01-offer.md": FILES["posts/2026-02-01-offer.md"].replace("03-10", "02-10")}
    cards = build_site("minimal", files, preview=True).page("/").select(".article-card")
    card = next(one for one in cards if "offer" in one.get_text())
    assert not card.has_attr("data-until")


@pytest.mark.parametrize(
    ("when", "zone", "moment"),
    [
        ("2026-03-05 18:30-20:00", "Europe/London", "2026-03-05T20:00+00:00"),
        ("2026-07-05 18:30-20:00", "Europe/Dublin", "2026-07-05T20:00+01:00"),
        ("2026-03-05 18:30", "Europe/Berlin", "2026-03-06T00:00+01:00"),
        ("2026-03-05", "America/New_York", "2026-03-06T00:00-05:00"),
        ("2026-03-28 to 2026-03-29", "Europe/London", "2026-03-30T00:00+01:00"),
        ("2026-03-28 22:00 to 2026-03-29 02:30", "Europe/London", "2026-03-29T02:30+01:00"),
    ],
)
def test_an_event_is_over_at_its_end_or_with_its_day_where_the_clinic_is(when: str, zone: str, moment: str) -> None:
    assert over_at(read_when(when), ZoneInfo(zone)) == moment
