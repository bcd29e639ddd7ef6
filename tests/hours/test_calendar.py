"""The calendar to subscribe to says the same as the page, day by day, and is what RFC 5545 asks for."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from clinic.content.load import load
from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.rendering.files.calendar import CalendarOf, hours_calendar
from tests.hours.timetables import timetable_with
from tests.site import CLINICS, NOW

if TYPE_CHECKING:
    from clinic.domain.hours.timetable import Timetable
    from tests.site import BuildSite, Site

LONDON = ZoneInfo("Europe/London")
DAYS = [NOW.date() + timedelta(days=number) for number in range(426)]  # fourteen months
FILES = {"larkmouth": "hours/larkmouth.ics", "upper-tarn": "hours/upper-tarn.ics"}


def read_calendar(text: str) -> Any:
    """As a calendar program reads it; the library's types leave open what every property is."""
    return Calendar.from_ical(text)


@pytest.fixture(scope="session", params=FILES)
def published(full: Site, request: pytest.FixtureRequest) -> tuple[Any, Timetable]:
    """A location's calendar as it was published, and what the facts say of it."""
    facts = ClinicOnDay.on(NOW.date(), load(CLINICS / "full").clinic)
    timetable = facts.locations[request.param].timetable
    assert timetable
    return read_calendar(full.read(FILES[request.param])), timetable


def occurrences(event: Any) -> list[datetime]:
    """When an event begins, as a calendar program works it out from RRULE and EXDATE."""
    start = event["DTSTART"].dt
    if "RRULE" not in event:
        return [start]
    rule = event["RRULE"].to_ical().decode()
    left_out = event.get("EXDATE", [])
    cut = {entry.dt for dates in (left_out if isinstance(left_out, list) else [left_out]) for entry in dates.dts}
    found: list[datetime] = list(rrulestr(rule, dtstart=start))
    assert cut <= set(found)
    return [moment for moment in found if moment not in cut]


def opened(calendar: Any) -> dict[date, list[tuple[time, time]]]:
    """The periods of each day, on the clock of the clinic."""
    found = defaultdict(list)
    for event in calendar.walk("VEVENT"):
        if isinstance(event["DTSTART"].dt, datetime):
            length = event["DTEND"].dt - event["DTSTART"].dt
            for moment in occurrences(event):
                found[moment.date()].append((moment.time(), (moment + length).time()))
    return {day: sorted(periods) for day, periods in found.items()}


def closed(calendar: Any) -> dict[date, str]:
    """The days that are said to be closed, with the words."""
    days: dict[date, str] = {}
    for event in calendar.walk("VEVENT"):
        first, end = event["DTSTART"].dt, event["DTEND"].dt
        if not isinstance(first, datetime):
            days |= {first + timedelta(days=number): str(event["SUMMARY"]) for number in range((end - first).days)}
    return days


def test_it_says_the_same_as_the_facts_day_by_day(published: tuple[Any, Timetable]) -> None:
    calendar, timetable = published
    open_days, closed_days = opened(calendar), closed(calendar)
    for day in DAYS:
        hours = timetable.on(day)
        assert open_days.get(day, []) == [(period.opens, period.closes) for period in hours.periods], day
        assert (day in closed_days) == (hours.source.is_exception and not hours.periods), day


def test_some_days_by_hand(full: Site) -> None:
    calendar = read_calendar(full.read(FILES["larkmouth"]))
    open_days, closed_days = opened(calendar), closed(calendar)
    assert open_days[date(2026, 3, 2)] == [(time(9), time(12, 30)), (time(13, 30), time(17, 30))]
    assert open_days[date(2026, 5, 4)] == [(time(9), time(12))]
    assert open_days[date(2026, 7, 21)] == [(time(8), time(14))]
    assert date(2026, 12, 28) not in open_days
    assert "Winter holiday" in closed_days[date(2026, 12, 28)]
    assert "Easter Monday" in closed_days[date(2026, 4, 6)]


def test_its_times_are_right_before_and_after_the_clocks_change(published: tuple[Any, Timetable]) -> None:
    """The file's own VTIMEZONE, not the reader's, gives the same moments as the clinic's zone."""
    calendar, timetable = published
    zone = calendar.walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    for day in DAYS:
        for at in (time(0, 30), time(3), time(12)):
            moment = datetime.combine(day, at)
            assert moment.replace(tzinfo=zone).utcoffset() == moment.replace(tzinfo=LONDON).utcoffset(), moment
    night = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # at 1 o'clock the clocks go forward
    for moment in (night + timedelta(hours=hour) for hour in range(4)):
        assert moment.astimezone(zone).utcoffset() == moment.astimezone(LONDON).utcoffset(), moment
    events = [event for event in calendar.walk("VEVENT") if isinstance(event["DTSTART"].dt, datetime)]
    assert {event["DTSTART"].params["TZID"] for event in events} == {timetable.zone.key}


def test_it_is_what_subscribers_look_for(full: Site) -> None:
    calendar = read_calendar(full.read(FILES["larkmouth"]))
    name = "Opening hours: Larkmouth & Tarn Movement Clinic, Larkmouth Harbour"
    # the reader leaves what is not in RFC 5545 itself as it is written
    assert {str(calendar[key]).replace("\\,", ",") for key in ("NAME", "X-WR-CALNAME")} == {name}
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert calendar["X-PUBLISHED-TTL"] == "P1D"
    events = calendar.walk("VEVENT")
    assert {str(event["TRANSP"]) for event in events} == {"TRANSPARENT"}
    addresses = [str(event["UID"]) for event in events]
    assert len(addresses) == len(set(addresses))
    assert all(address.endswith("@larkmouth.example.com") for address in addresses)


def test_its_lines_are_folded_and_end_as_the_standard_says(full: Site) -> None:
    for file in FILES.values():
        text = (full.output / file).read_bytes()
        assert text.count(b"\n") == text.count(b"\r\n")
        assert max(map(len, text.split(b"\r\n"))) <= 75


def calendar_on(today: date, *facts: str, title: str = "Least") -> str:
    timetable = timetable_with(*facts, today=today)
    return hours_calendar(CalendarOf(title, "Here", "https://x.test/contact/", "x.test", timetable))


def test_folding_never_cuts_a_character() -> None:
    title = "ä–🙂" * 30
    folded = calendar_on(date(2026, 3, 2), title=title)
    assert all(len(part.encode()) <= 75 for part in folded.split("\r\n"))
    assert f"SUMMARY:Open: {title}\r\n" in folded.replace("\r\n ", "")


@pytest.mark.parametrize("today", [date(2026, 3, 2), date(2026, 7, 1), date(2031, 12, 31)])
@pytest.mark.parametrize(
    "zone",
    [
        "Europe/London",
        "Europe/Dublin",
        "Africa/Casablanca",
        "Africa/El_Aaiun",
        "Atlantic/Azores",
        "Australia/Lord_Howe",
        "America/St_Johns",
        "America/Santiago",
        "Pacific/Auckland",
        "Asia/Kolkata",
        "Asia/Gaza",
    ],
)
def test_daylight_time_is_the_larger_offset_whatever_the_tz_database_calls_it(zone: str, today: date) -> None:
    """Else Android and Java programs show an event on the day before, or throw it away (ical4j #493)."""
    timetable = timetable_with(clinic=f"timezone: {zone}", today=today)
    [rules] = read_calendar(hours_calendar(CalendarOf("Least", "Here", "https://x.test/", "x.test", timetable))).walk(
        "VTIMEZONE"
    )
    offsets = {kind: {rule.TZOFFSETTO for rule in rules.walk(kind)} for kind in ("STANDARD", "DAYLIGHT")}
    assert len(offsets["STANDARD"]) == 1
    assert all(offset > max(offsets["STANDARD"]) for offset in offsets["DAYLIGHT"])
    read, true = rules.to_tz(lookup_tzid=False), ZoneInfo(zone)
    moments = (datetime(today.year, today.month, today.day, 12, tzinfo=UTC) + timedelta(days=3 * n) for n in range(140))
    assert [one for one in moments if one.astimezone(read).utcoffset() != one.astimezone(true).utcoffset()] == []


@pytest.mark.parametrize(
    "lines",
    [
        "closures: [{from: 1900-01-01, to: 2199-12-31}]",
        "closures: [{from: 2026-06-01, to: 2199-12-31}]",
        "seasons: [{from: 2026-06-01, to: 2199-12-31, opening_hours: {every day: 24 hours}}]",
        "special_hours: [{on: 2199-12-31, hours: 10pm-2am}]",
    ],
)
def test_days_in_the_far_future_make_no_large_calendar(lines: str) -> None:
    timetable = timetable_with(lines, clinic="bank_holidays: {default: closed}")
    text = hours_calendar(CalendarOf("Least", "Here", "https://x.test/", "x.test", timetable))
    assert len(text) < 20_000
    assert len(timetable.exceptions) < 70


def test_it_is_the_same_on_every_day_of_a_week(build_site: BuildSite, full: Site) -> None:
    other = build_site("full", now=NOW.replace(day=8, hour=12))  # Sunday
    for file in FILES.values():
        assert other.read(file) == full.read(file)


def test_an_event_keeps_its_name_while_days_go_by() -> None:
    """Otherwise a subscriber would see every event vanish and come again."""
    season = 'seasons: [{from: 2026-07-20, to: 2026-09-05, opening_hours: {monday: "08:00-14:00"}}]'

    def names(today: date) -> set[str]:
        text = calendar_on(today, season, "closures: [{from: 2026-07-27, to: 2026-08-09}]")
        return {str(event["UID"]) for event in read_calendar(text).walk("VEVENT")}

    assert names(date(2026, 3, 2)) == names(date(2026, 7, 19))
    assert names(date(2026, 7, 28)) < names(date(2026, 3, 2))


def test_a_clinic_with_one_location_has_one_calendar_and_one_without_hours_has_none(
    build_site: BuildSite, minimal: Site, full: Site
) -> None:
    facts = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
    hours = f'{facts.rstrip()}\n    opening_hours: {{monday: "09:00-12:00"}}\nbank_holidays: {{default: closed}}\n'
    site = build_site("minimal", {"clinic.yaml": hours})
    assert [file for file in site.files if file.endswith(".ics")] == ["hours.ics"]
    assert [link["href"] for link in site.page("/contact/").select("main a[type='text/calendar']")] == ["/hours.ics"]
    assert not [file for file in minimal.files if file.endswith(".ics")]
    for slug, file in FILES.items():
        [link] = full.page(f"/locations/{slug}/").select("main a[type='text/calendar']")
        assert link["href"] == f"/{file}"


@pytest.mark.parametrize(
    ("settings", "preview", "links"),
    [
        (
            {},
            False,
            [
                "webcal://least.example.com/hours.ics",
                "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fleast.example.com%2Fhours.ics",
                "/hours.ics",
                "https://least.example.com/hours.ics",
            ],
        ),
        (
            {"CLINIC_PUBLIC": True, "CLINIC_ADDRESS": "http://trial.example.com:8080/a/clinic/"},
            False,
            [
                "webcal://trial.example.com:8080/a/clinic/hours.ics",
                "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Ftrial.example.com%3A8080%2Fa%2Fclinic%2Fhours.ics",
                "/a/clinic/hours.ics",
                "http://trial.example.com:8080/a/clinic/hours.ics",
            ],
        ),
        (  # Google's servers cannot read what stands on the owner's machine
            {"CLINIC_SERVED_AT": "http://localhost:8000"},
            True,
            ["webcal://localhost:8000/hours.ics", "/hours.ics", "http://localhost:8000/hours.ics"],
        ),
    ],
)
def test_it_can_be_subscribed_to_where_it_is(
    build_site: BuildSite, settings: dict[str, object], preview: bool, links: list[str]
) -> None:
    facts = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
    hours = f'{facts.rstrip()}\n    opening_hours: {{sunday: "09:00-12:00"}}\n'
    site = build_site("minimal", {"clinic.yaml": hours}, settings=settings, preview=preview)
    [ways] = site.page("/contact/").select(".opening-hours__calendar")
    *_, address = links
    assert [link["href"] for link in ways.select("a")] == links[:-1]
    assert ways.select(".opening-hours__address")[0].get_text() == address
