"""Whether it is open now is right anywhere, at any moment, or not said; a notice that is over goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.site import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.site import Site

SCRIPT = Path("theme/static/scripts/opening-hours.js")


def state(page: Page) -> Locator:
    """The line at the hours of the location whose page it is."""
    return page.locator(".location .opening-hours__now").first


@pytest.mark.parametrize(
    ("moment", "zone", "said"),
    [
        ("2026-03-02T09:00:00Z", "Europe/London", "Open now, until 12:30pm"),
        ("2026-03-02T08:59:00Z", "Asia/Tokyo", "Closed now, opens Monday 2 March at 9am"),
        ("2026-03-02T12:30:00Z", "America/New_York", "Closed now, opens Monday 2 March at 1:30pm"),
        ("2026-03-06T13:00:00Z", "Pacific/Auckland", "Closed now, opens Monday 9 March at 9am"),
        ("2026-03-27T09:05:00Z", "Asia/Tokyo", "Open now, until 1pm"),  # the clocks go forward on 29 March
        ("2026-03-30T07:59:00Z", "Asia/Tokyo", "Closed now, opens Monday 30 March at 9am"),
        ("2026-03-30T08:00:00Z", "Asia/Tokyo", "Open now, until 12:30pm"),
        ("2026-03-30T11:30:00Z", "Europe/London", "Closed now, opens Monday 30 March at 1:30pm"),
        ("2026-04-03T09:30:00Z", "Europe/London", "Closed now"),  # Good Friday; what follows is not known yet
    ],
)
def test_it_is_right_at_any_moment_wherever_the_visitor_is(
    full: Site, serve: Callable[..., str], visit: Callable[..., Page], moment: str, zone: str, said: str
) -> None:
    page = visit(serve(full.output) + "/locations/larkmouth/", moment, zone)
    expect(state(page)).to_have_text(said)
    expect(state(page)).to_be_visible()


def test_it_changes_at_closing_time_while_someone_reads(
    full: Site, serve: Callable[..., str], visit: Callable[..., Page]
) -> None:
    page = visit(serve(full.output) + "/locations/larkmouth/", "2026-03-02T17:29:30Z")
    expect(state(page)).to_have_text("Open now, until 5:30pm")
    page.clock.run_for(60_000)
    expect(state(page)).to_have_text("Closed now, opens Tuesday 3 March at 9am")


@pytest.mark.parametrize("moment", ["2026-04-06T10:00:00Z", "2027-03-02T10:00:00Z", "2026-03-01T10:00:00Z"])
def test_a_site_that_is_out_of_date_says_nothing(
    full: Site, serve: Callable[..., str], visit: Callable[..., Page], moment: str
) -> None:
    page = visit(serve(full.output) + "/locations/larkmouth/", moment)
    expect(state(page)).to_have_attribute("hidden", "")
    expect(state(page)).to_be_hidden()


def test_without_script_nothing_is_said_and_nothing_is_missing(
    full: Site, serve: Callable[..., str], visit: Callable[..., Page]
) -> None:
    page = visit(serve(full.output) + "/locations/larkmouth/", "2026-03-02T10:00:00Z", script=False)
    expect(state(page)).to_be_hidden()
    expect(page.locator(".location").get_by_role("table").first).to_contain_text("9am to 12:30pm")


@pytest.mark.parametrize(("moment", "bars"), [("2026-03-06T23:59:00Z", 1), ("2026-03-07T00:00:00Z", 0)])
def test_a_notice_goes_when_its_last_day_is_over_at_the_clinic(
    full: Site, serve: Callable[..., str], visit: Callable[..., Page], moment: str, bars: int
) -> None:
    page = visit(serve(full.output) + "/", moment, "Asia/Tokyo")
    expect(page.get_by_role("complementary", name="Notice")).to_have_count(bars)


def test_the_script_is_tiny_and_only_where_it_is_needed(full: Site, minimal: Site) -> None:
    assert (ROOT / SCRIPT).stat().st_size <= 1100
    assert "opening-hours.js" in full.html("/contact/")
    assert not [address for address in minimal.pages if "opening-hours.js" in minimal.html(address)]
