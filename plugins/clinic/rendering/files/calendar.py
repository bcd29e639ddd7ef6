"""Opening hours of a location as a calendar to subscribe to: iCalendar (RFC 5545) with RFC 7986's name and refresh."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, groupby, product
from typing import NamedTuple, TypeAlias

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vText

from clinic.domain.hours.timetable import ONE_DAY, DayHours, Timetable
from clinic.models.opening_hours import Period
from clinic.models.weekdays import Weekday

REFRESH = timedelta(days=1)
"""How often a subscriber's program asks again."""
_BYDAY = {weekday: weekday.value[:2].upper() for weekday in Weekday}
Observance: TypeAlias = TimezoneStandard | TimezoneDaylight


class CalendarOf(NamedTuple):
    """Whose hours these are: ``title`` in words, ``location`` on one line, ``url`` whole, ``host`` of the site."""

    title: str
    location: str
    url: str
    host: str
    timetable: Timetable


def hours_calendar(calendar: CalendarOf) -> str:
    """The text of the ``.ics`` file, lines ending in CRLF.

    Nothing in it comes from the clock but the day it is made for: two builds on one day give the same bytes.
    """
    timetable = calendar.timetable
    name = vText(f"Opening hours: {calendar.title}")
    document = Calendar()
    document.add("VERSION", "2.0")
    document.add("PRODID", "-//clinic-site//Opening hours//EN")
    document.add("CALSCALE", "GREGORIAN")
    document.add("METHOD", "PUBLISH")
    document["NAME"] = document["X-WR-CALNAME"] = name  # RFC 7986, 5.1, and what programs read before it
    document.add("X-WR-TIMEZONE", timetable.zone.key)
    document.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})  # RFC 7986, 5.7
    document.add("X-PUBLISHED-TTL", f"P{REFRESH.days}D")
    document.add("URL", calendar.url)
    document.add_component(_time_zone(timetable))
    for event in chain(_weekly_events(calendar), _exceptions(calendar)):
        document.add_component(event)
    return str(document.to_ical(), "utf-8")


def _time_zone(timetable: Timetable) -> Timezone:
    """RFC 5545, 3.6.5: every change of the clocks from the year before to the last day of the calendar."""
    first, last = date(timetable.today.year - 1, 1, 1), timetable.horizon + ONE_DAY
    found = Timezone.from_tzinfo(timetable.zone, timetable.zone.key, first, last)
    observances: list[Observance] = [*found.standard, *found.daylight]
    least = min(observance.TZOFFSETTO for observance in observances)
    zone = Timezone()
    zone.add("TZID", timetable.zone.key)
    for observance in sorted(observances, key=lambda one: one.DTSTART):
        kind = TimezoneDaylight if least != observance.TZOFFSETTO else TimezoneStandard
        zone.add_component(_observance(observance, kind))
    return zone


def _observance(found: Observance, kind: type[Observance]) -> Observance:
    """The same rule, where icalendar and the tz database would mislead calendar programs.

    DAYLIGHT is the larger offset: the tz database calls winter in Europe/Dublin and Ramadan in Africa/Casablanca
    (negative) daylight time, and programs then show events an hour early, or none (ical4j #493). Moments are those on
    the clock before the change (RFC 5545, 3.6.5): icalendar gives those after it where clocks go forward.
    """
    forward = max(found.TZOFFSETTO - found.TZOFFSETFROM, timedelta(0))
    made = kind()
    made.add("TZNAME", found["TZNAME"])
    made.TZOFFSETFROM, made.TZOFFSETTO = found.TZOFFSETFROM, found.TZOFFSETTO
    made.DTSTART = found.DTSTART - forward
    if changes := [moment - forward for moment, _ in found.rdates if isinstance(moment, datetime)]:
        made.add("RDATE", changes)
    return made


def _weekly_events(calendar: CalendarOf) -> Iterator[Event]:
    """An event for each period of each week that holds, from this Monday on; none where all days are exceptions."""
    timetable = calendar.timetable
    first = timetable.today - ONE_DAY * timetable.today.weekday()
    span = timetable.days(first, timetable.horizon)
    for season, group in groupby(span, key=lambda hours: timetable.season_on(hours.day)):
        days = list(group)
        week = season.opening_hours if season else timetable.week
        for period, weekdays in week.days_by_period().items():
            occurrences = [hours for hours in days if Weekday.of(hours.day) in weekdays]
            if any(not hours.source.is_exception for hours in occurrences):
                yield _recurring(calendar, period, weekdays, occurrences)


def _recurring(calendar: CalendarOf, period: Period, weekdays: list[Weekday], occurrences: list[DayHours]) -> Event:
    """RFC 5545, 3.8.5: RRULE by weekdays until the last occurrence (in UTC), without the days that are exceptions."""
    zone = calendar.timetable.zone
    by_day = [_BYDAY[weekday] for weekday in weekdays]
    key = f"{'-'.join(by_day)}-{period.opens:%H%M}-{_season_key(calendar.timetable, occurrences[0].day)}"
    event = _timed_event(calendar, key, "Open", occurrences[0].day, period)
    until = datetime.combine(occurrences[-1].day, period.opens, zone).astimezone(UTC)
    event.add("RRULE", {"FREQ": "WEEKLY", "UNTIL": until, "BYDAY": by_day})
    if left_out := [hours.day for hours in occurrences if hours.source.is_exception]:
        event.add("EXDATE", [datetime.combine(day, period.opens, zone) for day in left_out])
    return event


def _season_key(timetable: Timetable, day: date) -> str:
    """The same from one publication to the next, while ``today`` moves on."""
    if season := timetable.season_on(day):
        return f"{season.begins:%Y%m%d}"
    ended = [season.ends for season in timetable.seasons if season.ends < day]
    return f"after-{max(ended):%Y%m%d}" if ended else "usual"


def _exceptions(calendar: CalendarOf) -> Iterator[Event]:
    """Closed: one event of whole days. Other hours: an event for each period of each day; by appointment: none."""
    for exception in calendar.timetable.exceptions:
        reason = f" ({exception.reason})" if exception.reason else ""
        if exception.hours.is_closed:
            key = f"closed-{exception.first:%Y%m%d}"
            yield _event(calendar, key, f"Closed{reason}", exception.first, exception.last + ONE_DAY)
        for day, period in product(exception.days, exception.periods):
            yield _timed_event(calendar, f"open-{day:%Y%m%d}-{period.opens:%H%M}", f"Open{reason}", day, period)


def _timed_event(calendar: CalendarOf, key: str, summary: str, day: date, period: Period) -> Event:
    """What goes on past midnight is one event that ends on the next day."""
    last = day + ONE_DAY if period.ends_next_day else day
    begins = datetime.combine(day, period.opens, calendar.timetable.zone)
    ends = datetime.combine(last, period.closes, calendar.timetable.zone)
    return _event(calendar, key, summary, begins, ends)


def _event(calendar: CalendarOf, key: str, summary: str, begins: date, ends: date) -> Event:
    """RFC 5545, 3.6.1. Subscribers are not busy in a clinic's hours, so every event is transparent.

    DTSTAMP is required; it is the beginning of the day, so that it does not change from build to build.
    """
    event = Event()
    path = calendar.timetable.calendar_file.removesuffix(".ics").replace("/", "-")
    event.add("UID", f"{path}-{key.lower()}@{calendar.host}")
    event.add("DTSTAMP", datetime.combine(calendar.timetable.today, time(), calendar.timetable.zone).astimezone(UTC))
    event.add("DTSTART", begins)
    event.add("DTEND", ends)
    event.add("SUMMARY", f"{summary}: {calendar.title}")
    event.add("LOCATION", calendar.location)
    event.add("URL", calendar.url)
    event.add("TRANSP", "TRANSPARENT")
    return event
