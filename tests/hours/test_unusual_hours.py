"""Round the clock, past midnight and by appointment: the same on pages, for search engines and in calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from clinic.domain.checks.hours import hours_findings
from clinic.rendering.hours_text import open_now
from tests.hours.timetables import TODAY, clinic_with, timetable_with

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from playwright.sync_api import Page

    from tests.site import BuildSite, Site

FACTS = """\
name: Least
url: https://least.example.com
phone: '+353 1 555 0123'
country: IE
timezone: Europe/Dublin
locations:
  here:
    address: {locality: Here}
    opening_hours: """
WEEK = """
      monday: 24 hours
      tuesday: 18:00-24:00
      wednesday: by appointment
      thursday: 09:00-12:00, then by appointment
      friday: 22:00-02:00
      sat: closed
    special_hours:
      - {on: 2026-03-16, hours: by appointment, reason: Training}
      - {on: 2026-03-17, hours: 10pm-1am}
"""
NOTE = "---\ntitle: When\nsummary: When we are there.\n---\n\nOn Fridays we are open {}.\n"


@pytest.fixture(scope="module")
def site(build_site: BuildSite) -> Site:
    """A clinic in Dublin with every kind of hours, and an article that says true and false things of them."""
    words = NOTE.format("until 2am, and closed until 10pm.\n\nOn Tuesdays we are open until 3am")
    return build_site("minimal", {"clinic.yaml": FACTS + WEEK, "posts/2026-01-01-when.md": words})


@pytest.fixture(scope="module")
def by_appointment(build_site: BuildSite) -> Site:
    """A clinic that is by appointment alone, closed for two days."""
    lines = "by appointment\n    closures: [{from: 2026-03-09, to: 2026-03-10}]\n"
    return build_site("minimal", {"clinic.yaml": FACTS + lines})


def rows(site: Site) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in site.page("/contact/").select(".opening-hours tr")]


def hours_in_footer(site: Site) -> list[str]:
    return [" ".join(item.get_text().split()) for item in site.page("/").select(".site-footer .hours-in-words li")]


def specifications(site: Site) -> list[dict[str, Any]]:
    clinic = next(node for node in site.graph("/contact/") if "address" in node)
    return list(clinic.get("openingHoursSpecification", []))


def events(site: Site) -> list[tuple[datetime, datetime]]:
    calendar: Any = Calendar.from_ical(site.read("hours.ics"))
    return [(event["DTSTART"].dt, event["DTEND"].dt) for event in calendar.walk("VEVENT")]


def test_pages_say_them_as_people_do(site: Site) -> None:
    assert rows(site) == [
        "Monday Open 24 hours",
        "Tuesday 6pm to midnight",
        "Wednesday By appointment",
        "Thursday 9am to 12pm and by appointment",
        "Friday 10pm to 2am",
        "Saturday and Sunday Closed",
    ]
    assert hours_in_footer(site)[:5] == [
        "Monday: Open 24 hours",
        "Tuesday: 6pm to midnight",
        "Wednesday: By appointment",
        "Thursday: 9am to 12pm and by appointment",
        "Friday: 10pm to 2am",
    ]


def test_search_engines_read_what_they_have_words_for(site: Site) -> None:
    found = [
        (" ".join(day.rpartition("/")[2] for day in one.get("dayOfWeek", [])), one["opens"], one["closes"])
        for one in specifications(site)
    ]
    assert found == [
        ("Monday", "00:00", "23:59"),
        ("Tuesday", "18:00", "00:00"),
        ("Thursday", "09:00", "12:00"),
        ("Friday", "22:00", "02:00"),
        ("Saturday Sunday", "00:00", "00:00"),
        ("", "00:00", "00:00"),  # one day by appointment: left out, it would be taken for open as usual
        ("", "22:00", "01:00"),
    ]
    assert specifications(site)[-2]["description"] == "Training: By appointment"


def test_a_night_is_one_event_that_ends_on_the_next_day(site: Site) -> None:
    found = {f"{begins:%m-%d %H:%M}": f"{ends:%m-%d %H:%M}" for begins, ends in events(site)}
    assert found == {
        "03-02 00:00": "03-03 00:00",
        "03-03 18:00": "03-04 00:00",
        "03-05 09:00": "03-05 12:00",
        "03-06 22:00": "03-07 02:00",
        "03-17 22:00": "03-18 01:00",
    }


def test_what_a_text_says_of_a_night_is_compared(site: Site) -> None:
    (note,) = [note for note in site.notes if "posts" in note]
    assert "3am" in note
    assert "18:00–00:00" in note


def test_a_clinic_by_appointment_alone_promises_no_day_and_no_calendar(by_appointment: Site) -> None:
    assert by_appointment.stderr == ""
    assert rows(by_appointment) == ["By appointment"]
    assert hours_in_footer(by_appointment) == ["By appointment", "Closed 9 and 10 March 2026"]
    assert [(one["opens"], one["validFrom"]) for one in specifications(by_appointment)] == [("00:00", "2026-03-09")]
    assert not [file for file in by_appointment.files if file.endswith(".ics")]
    assert "webcal" not in by_appointment.html("/contact/")


@pytest.mark.parametrize(
    ("week", "lines", "told"),
    [
        (
            '{friday: "22:00-02:00", saturday: "00:00-03:00"}',
            "",
            ["opening_hours.saturday: 22:00–02:00 of Friday goes on into Saturday and overlaps 00:00–03:00 there"],
        ),
        (
            '{sunday: "22:00-02:00", mon-fri: 24 hours}',
            "",
            ["opening_hours.monday: 22:00–02:00 of Sunday goes on into Monday and overlaps 24 hours there"],
        ),
        ('{friday: "22:00-02:00", saturday: "02:00-03:00"}', "", []),
        ("{every day: 24 hours}", "", []),
        ("{every day: 18:00-24:00}", "special_hours: [{on: 2026-03-04, hours: 24 hours}]", []),
        (
            '{friday: "22:00-02:00"}',
            "special_hours: [{on: 2026-03-07, hours: midnight-1am}]",
            ["special_hours.0: 22:00–02:00 of 2026-03-06 goes on into 2026-03-07 and overlaps 00:00–01:00 there"],
        ),
        (
            '{tuesday: "00:00-03:00"}',
            'bank_holidays: {days: {2026-05-25: "22:00-01:00"}}',
            ["bank_holidays.days.2026-05-25: 22:00–01:00 of 2026-05-25 goes on into 2026-05-26 and overlaps"],
        ),
        ('{friday: "22:00-02:00"}', "closures: [{on: 2026-03-07}]", []),
        (
            '{sunday: "22:00-02:00"}',
            "seasons: [{from: 2026-07-20, to: 2026-09-05, opening_hours: {monday: midnight-1am}}]",
            ["seasons.0.from: 22:00–02:00 of 2026-07-19 goes on into 2026-07-20 and overlaps 00:00–01:00 there"],
        ),
    ],
)
def test_a_night_that_the_next_day_overlaps_is_told(week: str, lines: str, told: list[str]) -> None:
    clinic = clinic_with(*filter(None, [lines]), week=f"opening_hours: {week}")
    found = [f"{'.'.join(map(str, one.key_path[2:]))}: {one.message}" for one in hours_findings(clinic, TODAY)]
    assert len(found) == len(told)
    assert all(message.startswith(beginning) for message, beginning in zip(found, told, strict=True))


def test_an_overlap_is_told_at_the_line_that_names_the_day(build_site: BuildSite) -> None:
    week = "\n      friday: 22:00-02:00\n      weekends: 24 hours\n"
    told = build_site("minimal", {"clinic.yaml": FACTS + week}).problems
    sentence = (
        "22:00–02:00 of Friday goes on into Saturday and overlaps 24 hours there; let one end before the next begins"
    )
    assert told == [f"content/clinic.yaml:11: {sentence}"]


def spans(week: str, *lines: str, today: date = TODAY) -> list[list[Any]]:
    """What the script is told: for each span when it begins and ends in minutes, and what is said."""
    return cast(
        "list[list[Any]]", open_now(timetable_with(*lines, week=f"opening_hours: {week}", today=today))["spans"]
    )


def test_whole_days_in_a_row_are_one_time_of_being_open() -> None:
    only = spans("24 hours")
    assert [one[:3] for one in only] == [[-1440, 36 * 1440 - 60, "Open now"]]  # the clocks change
    two = spans("{monday: 24 hours, tuesday: 24 hours}")
    assert two[0][:3] == [0, 2880, "Open now until midnight on Tuesday 3\N{NO-BREAK SPACE}March"]
    until_five = spans('{monday: 24 hours, tuesday: "00:00-17:00"}')
    assert until_five[0][2] == "Open now until Tuesday 3\N{NO-BREAK SPACE}March at 5pm"


def test_a_night_split_by_hand_is_one_night() -> None:
    assert spans('{friday: "22:00-24:00", saturday: "00:00-02:00"}')[0] == [
        7080, 7320, "Open now until 2am", 5760, "Closed, opens at 10pm", "Closed, opens Friday 10pm",
    ]  # fmt: skip


def test_the_night_before_the_first_day_is_known() -> None:
    assert spans('{sunday: "22:00-02:00"}')[0][:3] == [-120, 120, "Open now until 2am"]
    assert spans('{sunday: "22:00-02:00"}', "closures: [{on: 2026-03-01}]")[0][0] != -120


IN_A_WEEK = ["Closed, opens Wednesday 9am", "Closed, opens Wednesday 11\N{NO-BREAK SPACE}March at 9am"]


def test_what_opens_in_a_week_or_later_is_named_with_its_date() -> None:
    [first, second, *_] = spans("{wednesday: 9am-5pm}")
    assert first[6:] == []
    assert second[5:] == IN_A_WEEK
    later = spans("{wednesday: 9am-5pm}", "closures: [{from: 2026-03-03, to: 2026-03-10}]")[0]
    assert later[5:] == IN_A_WEEK


def test_words_of_another_country_are_its_own(build_site: BuildSite) -> None:
    facts = FACTS.replace(
        "country: IE\ntimezone: Europe/Dublin", "country: US\nlanguage: en-US\ntimezone: America/New_York"
    )
    script = build_site("minimal", {"clinic.yaml": f"{facts}{{friday: 10pm-2am}}\n"}).read("site.js")
    assert "Open now until 2:00\N{NO-BREAK SPACE}AM" in script
    assert "Closed, opens Friday 10:00\N{NO-BREAK SPACE}PM" in script


def test_days_by_appointment_say_that() -> None:
    told = spans("{tuesday: by appointment}", "closures: [{from: 2026-03-04, to: 2026-12-31}]")
    assert told == [[1440, 2880, "By appointment"]]


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-03-02T00:00:00Z", "Open now until midnight"),
        ("2026-03-03T17:00:00Z", "Closed, opens at 6pm"),
        ("2026-03-03T23:59:00Z", "Open now until midnight"),
        ("2026-03-04T12:00:00Z", "By appointment"),
        ("2026-03-05T11:59:00Z", "Open now until 12pm"),
        ("2026-03-05T12:01:00Z", "By appointment"),  # after noon
        ("2026-03-07T01:59:00Z", "Open now until 2am"),
        ("2026-03-07T02:00:00Z", "Closed, opens Monday midnight"),
    ],
)
def test_whether_it_is_open_is_right_at_night_and_by_appointment(
    site: Site, serve: Callable[..., str], visit: Callable[..., Page], moment: str, said: str
) -> None:
    line = visit(serve(site.output) + "/contact/", moment, "Asia/Tokyo").locator(".location .open-now")
    expect(line).to_have_text(said)
    expect(line).to_be_visible(visible=bool(said))


def test_a_clinic_by_appointment_alone_is_never_said_to_be_open(by_appointment: Site) -> None:
    script = by_appointment.read("site.js")
    assert '"By appointment"' in script
    assert "Open now" not in script
    assert "opens" not in script
