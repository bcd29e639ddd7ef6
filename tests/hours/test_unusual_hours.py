"""Round the clock, past midnight and by appointment: the same on pages, for search engines and in calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from clinic.domain.hours.checks import hours_findings
from clinic.rendering.hours_text import open_now
from tests.hours.timetables import TODAY, clinic_with, timetable_with

if TYPE_CHECKING:
    from collections.abc import Callable

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
    return [item.get_text().strip() for item in site.page("/").select(".site-footer .hours-in-words li")]


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


def spans(week: str, *lines: str, today: date = TODAY) -> list[list[str]]:
    """What the script of a page is given: for each span when it begins and ends in minutes, and its words."""
    hours = open_now(timetable_with(*lines, week=f"opening_hours: {week}", today=today)).hours
    return [span.split(";") for span in hours.split("|")] if hours else []


def test_whole_days_in_a_row_are_one_time_of_being_open() -> None:
    assert spans("24 hours") == [["-1440", str(36 * 1440 - 60), "", "Sunday 1 March at midnight"]]  # the clocks change
    two = spans("{monday: 24 hours, tuesday: 24 hours}")
    assert two[0] == ["0", "2880", "midnight on Tuesday 3 March", "Monday 2 March at midnight"]
    until_five = spans('{monday: 24 hours, tuesday: "00:00-17:00"}')
    assert until_five[0][2] == "Tuesday 3 March at 5pm"


def test_a_night_split_by_hand_is_one_night() -> None:
    assert spans('{friday: "22:00-24:00", saturday: "00:00-02:00"}')[0] == [
        "7080", "7320", "2am", "Friday 6 March at 10pm",
    ]  # fmt: skip


def test_the_night_before_the_first_day_is_known() -> None:
    assert spans('{sunday: "22:00-02:00"}')[0] == ["-120", "120", "2am", "Sunday 1 March at 10pm"]
    assert spans('{sunday: "22:00-02:00"}', "closures: [{on: 2026-03-01}]")[0][0] != "-120"


def test_words_with_commas_are_whole(build_site: BuildSite) -> None:
    facts = FACTS.replace(
        "country: IE\ntimezone: Europe/Dublin", "country: US\nlanguage: en-US\ntimezone: America/New_York"
    )
    page = build_site("minimal", {"clinic.yaml": f"{facts}{{friday: 10pm-2am}}\n"}).page("/contact/")
    first = str(page.select(".opening-hours__now")[0]["data-hours"]).split("|")[0].split(";")
    assert [" ".join(words.split()) for words in first[2:]] == ["2:00 AM", "Friday, March 6 at 10:00 PM"]


def test_days_by_appointment_have_no_words() -> None:
    assert spans("{tuesday: by appointment}", "closures: [{from: 2026-03-04, to: 2026-12-31}]") == [["1440", "2880"]]


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-03-02T00:00:00Z", "Open now, until midnight"),
        ("2026-03-03T17:00:00Z", "Closed now, opens Tuesday 3 March at 6pm"),
        ("2026-03-03T23:59:00Z", "Open now, until midnight"),
        ("2026-03-04T12:00:00Z", ""),  # by appointment
        ("2026-03-05T11:59:00Z", "Open now, until 12pm"),
        ("2026-03-05T12:01:00Z", ""),  # by appointment after noon
        ("2026-03-07T01:59:00Z", "Open now, until 2am"),
        ("2026-03-07T02:00:00Z", "Closed now, opens Monday 9 March at midnight"),
    ],
)
def test_whether_it_is_open_is_right_at_night_and_not_said_by_appointment(
    site: Site, serve: Callable[..., str], visit: Callable[..., Page], moment: str, said: str
) -> None:
    line = visit(serve(site.output) + "/contact/", moment, "Asia/Tokyo").locator(".location .opening-hours__now")
    expect(line).to_have_text(said)
    expect(line).to_be_visible(visible=bool(said))


def test_a_clinic_by_appointment_alone_is_never_open_or_closed(by_appointment: Site) -> None:
    hours = by_appointment.page("/contact/").select(".opening-hours__now")[0]["data-hours"]
    closed = [datetime(2026, 3, day, tzinfo=UTC) for day in (9, 10)]
    first = datetime.combine(TODAY, time(), UTC)
    days = [int(span.split(";")[0]) // 1440 for span in str(hours).split("|")]
    assert [(day - first).days for day in closed] == [number for number in range(30) if number not in days][:2]
