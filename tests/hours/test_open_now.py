"""Whether it is open now is right anywhere, at any moment, or not said; a notice that is over goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.site import CLINICS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.site import BuildSite, Site


def state(page: Page) -> Locator:
    """The line at the hours of the location whose page it is."""
    return page.locator(".location .open-now").first


@pytest.mark.parametrize(
    ("moment", "zone", "said"),
    [
        ("2026-03-02T09:00:00Z", "Europe/London", "Open now until 12:30pm"),
        ("2026-03-02T08:59:00Z", "Asia/Tokyo", "Closed, opens at 9am"),
        ("2026-03-02T12:30:00Z", "America/New_York", "Closed, opens at 1:30pm"),
        ("2026-03-06T13:00:00Z", "Pacific/Auckland", "Closed, opens Monday 9am"),
        ("2026-03-27T09:05:00Z", "Asia/Tokyo", "Open now until 1pm"),  # the clocks go forward on 29 March
        ("2026-03-30T07:59:00Z", "Asia/Tokyo", "Closed, opens at 9am"),
        ("2026-03-30T08:00:00Z", "Asia/Tokyo", "Open now until 12:30pm"),
        ("2026-03-30T11:30:00Z", "Europe/London", "Closed, opens at 1:30pm"),
        ("2026-04-03T09:30:00Z", "Europe/London", "Closed now"),  # Good Friday; what follows is not known yet
    ],
)
def test_it_is_right_at_any_moment_wherever_the_visitor_is(
    full: Site, serve: Callable[..., str], visit: Callable[..., Page], moment: str, zone: str, said: str
) -> None:
    page = visit(serve(full.output) + "/locations/larkmouth/", moment, zone)
    expect(state(page)).to_have_text(said)
    expect(state(page)).to_be_visible()


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-03-21T23:30:00Z", "Closed, opens Saturday 28 March at 10am"),
        ("2026-03-22T00:00:00Z", "Closed, opens Saturday 10am"),
        ("2026-03-28T00:00:00Z", "Closed, opens at 10am"),
        ("2026-03-28T23:30:00Z", "Closed, opens Saturday 4 April at 10am"),  # a week of 167 hours
        ("2026-03-29T00:00:00Z", "Closed, opens Saturday 10am"),
    ],
)
def test_a_weekday_is_said_of_the_next_six_days_also_when_the_clocks_change(
    build_site: BuildSite, serve: Callable[..., str], visit: Callable[..., Page], moment: str, said: str
) -> None:
    facts = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
    site = build_site("minimal", {"clinic.yaml": facts + "    opening_hours: {saturday: '10:00-14:00'}\n"})
    expect(state(visit(serve(site.output) + "/contact/", moment))).to_have_text(said)


def test_it_changes_at_closing_time_while_someone_reads(
    full: Site, serve: Callable[..., str], visit: Callable[..., Page]
) -> None:
    page = visit(serve(full.output) + "/locations/larkmouth/", "2026-03-02T17:29:30Z")
    expect(state(page)).to_have_text("Open now until 5:30pm")
    page.clock.run_for(60_000)
    expect(state(page)).to_have_text("Closed, opens Tuesday 9am")


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


@pytest.mark.parametrize(
    ("moment", "rows"),
    [("2026-03-03T10:00:00Z", ["Monday and Tuesday"]), ("2026-04-03T10:00:00Z", []), ("2027-03-02T10:00:00Z", [])],
)
def test_the_row_of_today_is_marked_unless_today_is_an_exception_or_unknown(
    full: Site, serve: Callable[..., str], visit: Callable[..., Page], moment: str, rows: list[str]
) -> None:
    page = visit(serve(full.output) + "/locations/larkmouth/", moment, "Asia/Tokyo")
    page.locator("script[src$='/site.js']").wait_for(state="attached")
    expect(page.locator("[aria-current=date] th")).to_have_text(rows)


def test_the_hero_the_lists_and_the_footer_say_it_and_no_page_is_given_the_day(full: Site) -> None:
    for address, where in (("/", ".key-facts"), ("/locations/", ".location-list"), ("/blog/", ".site-footer")):
        lines = full.page(address).select(f"{where} [data-open]")
        assert [line["data-open"] for line in lines] == ["larkmouth", "upper-tarn"], where
        assert all(len(str(line)) < 100 for line in lines)
        assert "data-first" not in full.html(address)


def test_of_more_than_three_locations_the_footer_says_nothing(build_site: BuildSite) -> None:
    places = "".join(
        f"  {name}:\n    name: {name}\n    address: {{locality: {name}}}\n    opening_hours: {{monday: 9am-5pm}}\n"
        for name in ("harbour", "bridge", "mill", "quay")
    )
    facts = "name: Least\nurl: https://least.example.com\nphone: '+353 1 555 0123'\ncountry: IE\nlocations:\n"
    site = build_site("minimal", {"clinic.yaml": facts + places})
    assert not site.page("/contact/").select(".site-footer [data-open]")
    assert len(site.page("/locations/").select(".location-list [data-open]")) == 4


def test_a_page_loads_it_only_where_something_waits_for_it(minimal: Site) -> None:
    assert not [address for address in minimal.pages if "site.js" in minimal.html(address)]


def test_without_script_the_hero_has_the_hours_of_the_week(
    full: Site, serve: Callable[..., str], visit: Callable[..., Page]
) -> None:
    page = visit(serve(full.output) + "/", "2026-03-02T10:00:00Z", script=False)
    expect(page.locator(".key-facts .open-now__hours").first).to_be_visible()
    expect(page.locator(".key-facts")).to_contain_text("Wednesday: 9am to 5:30pm")
