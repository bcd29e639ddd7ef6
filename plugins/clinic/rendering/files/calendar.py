"""The hours of a location as a calendar that phones and computers can subscribe to."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import groupby
from typing import NamedTuple

from clinic.domain.hours.timetable import ONE_DAY, DateRange, DayHours, Timetable
from clinic.models.opening_hours import OpeningHours, Period, Weekday
from clinic.rendering.files import ics

REFRESH = "P1D"
_IN_ICS = {weekday: weekday.value[:2].upper() for weekday in Weekday}


class WeekSpan(NamedTuple):
    """Days between which one week holds."""

    first: date
    last: date
    week: OpeningHours


class CalendarOf(NamedTuple):
    """Whose hours these are: ``title`` in words, ``host`` and ``now`` for what RFC 5545 wants of every event."""

    title: str
    place: str
    url: str
    host: str
    timetable: Timetable
    now: datetime


def hours_calendar(calendar: CalendarOf) -> str:
    """RFC 5545, with what subscribers look for: a name and how often to ask again (RFC 7986, and what came before)."""
    timetable = calendar.timetable
    name = ics.text(f"Opening hours: {calendar.title}")
    head = [
        "VERSION:2.0",
        "PRODID:-//clinic-site//Opening hours//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        f"X-WR-TIMEZONE:{timetable.zone.key}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
        f"URL:{calendar.url}",
    ]
    zone = ics.time_zone(timetable.zone, timetable.today, timetable.horizon)
    return ics.document(ics.component("VCALENDAR", [*head, *zone, *_events(calendar)]))


def _events(calendar: CalendarOf) -> Iterator[str]:
    for week_span in _stretches(calendar.timetable):
        yield from _weekly(calendar, week_span)
    for date_range in calendar.timetable.exceptions:
        yield from _exception(calendar, date_range)


def _stretches(timetable: Timetable) -> Iterator[WeekSpan]:
    """From the Monday of this week to the horizon, cut where another week begins to hold."""
    first = timetable.today - ONE_DAY * timetable.today.weekday()
    days = (hours.day for hours in timetable.days(first, timetable.horizon))
    for season, group in groupby(days, key=timetable.season_on):
        held = list(group)
        yield WeekSpan(held[0], held[-1], season.opening_hours if season else timetable.week)


def _weekly(calendar: CalendarOf, week_span: WeekSpan) -> Iterator[str]:
    """An event that recurs for each period of the week; days that are exceptions are cut out of it."""
    weekdays: dict[Period, list[Weekday]] = {}
    for weekday, periods in week_span.week.week().items():
        for period in periods:
            weekdays.setdefault(period, []).append(weekday)
    days = list(calendar.timetable.days(week_span.first, week_span.last))
    for period, held_on in weekdays.items():
        occurrences = [hours for hours in days if Weekday.of(hours.day) in held_on]
        if any(not hours.source.is_exception for hours in occurrences):
            yield from _recurring(calendar, period, held_on, occurrences)


def _recurring(
    calendar: CalendarOf, period: Period, weekdays: Iterable[Weekday], occurrences: list[DayHours]
) -> Iterator[str]:
    zone = calendar.timetable.zone
    until = ics.utc(datetime.combine(occurrences[-1].day, period.opens, zone))
    cut = [hours.day for hours in occurrences if hours.source.is_exception]
    by_day = [_IN_ICS[weekday] for weekday in weekdays]
    return _event(
        calendar,
        f"{'-'.join(by_day)}-{period.opens:%H%M}-{_season_key(calendar.timetable, occurrences[0].day)}",
        "Open",
        [
            *_timed(calendar, occurrences[0].day, period),
            f"RRULE:FREQ=WEEKLY;UNTIL={until};BYDAY={','.join(by_day)}",
            *(f"EXDATE;TZID={zone.key}:{ics.local(datetime.combine(day, period.opens))}" for day in cut),
        ],
    )


def _season_key(timetable: Timetable, day: date) -> str:
    """The same from one publication to the next, while ``today`` moves on."""
    season = timetable.season_on(day)
    if season:
        return ics.day(season.begins)
    ended = [season.ends for season in timetable.seasons if season.ends < day]
    return f"after-{ics.day(max(ended))}" if ended else "usual"


def _exception(calendar: CalendarOf, date_range: DateRange) -> Iterator[str]:
    """Closed: a day of its own, which leaves the subscriber's own day free (TRANSP). Other hours: an event each."""
    reason = f" ({date_range.reason})" if date_range.reason else ""
    if not date_range.periods:
        span = [
            f"DTSTART;VALUE=DATE:{ics.day(date_range.first)}",
            f"DTEND;VALUE=DATE:{ics.day(date_range.last + ONE_DAY)}",
        ]
        yield from _event(calendar, f"closed-{ics.day(date_range.first)}", f"Closed{reason}", span)
        return
    for on in date_range.days:
        for period in date_range.periods:
            key = f"open-{ics.day(on)}-{period.opens:%H%M}"
            yield from _event(calendar, key, f"Open{reason}", _timed(calendar, on, period))


def _timed(calendar: CalendarOf, on: date, period: Period) -> list[str]:
    def at(clock: time) -> str:
        return f"TZID={calendar.timetable.zone.key}:{ics.local(datetime.combine(on, clock))}"

    return [f"DTSTART;{at(period.opens)}", f"DTEND;{at(period.closes)}"]


def _event(calendar: CalendarOf, key: str, summary: str, when: Iterable[str]) -> Iterator[str]:
    """RFC 5545, 3.6.1. Whoever subscribes to a clinic's hours is not busy in them, so every event is transparent."""
    path = calendar.timetable.calendar_path.removesuffix(".ics").replace("/", "-")
    lines = [
        f"UID:{path}-{key.lower()}@{calendar.host}",
        f"DTSTAMP:{ics.utc(calendar.now)}",
        *when,
        f"SUMMARY:{ics.text(f'{summary}: {calendar.title}')}",
        f"LOCATION:{ics.text(calendar.place)}",
        f"URL:{calendar.url}",
        "TRANSP:TRANSPARENT",
    ]
    return ics.component("VEVENT", lines)
