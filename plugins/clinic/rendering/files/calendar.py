"""Calendars to subscribe to: iCalendar (RFC 5545) with RFC 7986's name and refresh.

One has the opening hours of a location, one each event, and one all events.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, groupby, product
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vText

from clinic.domain.hours.timetable import ONE_DAY, DayHours, Timetable
from clinic.models.events import Event as ClinicEvent
from clinic.models.events import Occurrence
from clinic.models.hours_as_written import MINUTES_IN_DAY
from clinic.models.opening_hours import Period
from clinic.models.weekdays import Weekday
from clinic.models.words import gettext

ONE_MINUTE = timedelta(minutes=1)
REFRESH = timedelta(days=1)
"""How often a subscriber's program asks again."""
_BYDAY = {weekday: weekday.value[:2].upper() for weekday in Weekday}
Observance: TypeAlias = TimezoneStandard | TimezoneDaylight
_ASSUMED_LENGTH = timedelta(hours=1)
"""Of an event that says when it begins and not when it ends; a program would show no length at all."""


class CalendarOf(NamedTuple):
    """Whose hours these are: ``title`` in words, ``location`` on one line, ``url`` whole, ``host`` of the site."""

    title: str
    location: str
    url: str
    host: str
    timetable: Timetable


def hours_calendar(calendar: CalendarOf) -> str:
    """The text of the ``.ics`` file, lines ending in CRLF.

    Nothing in it comes from the clock but the week it is made for: it is that of the week's Monday.
    """
    today = calendar.timetable.today
    timetable = replace(calendar.timetable, today=today - ONE_DAY * today.weekday())
    calendar = calendar._replace(timetable=timetable)
    document = new_calendar("Opening hours", gettext("Opening hours: {clinic}", clinic=calendar.title))
    document.add("URL", calendar.url)
    events = chain(_weekly_events(calendar), _exceptions(calendar))
    return finished(document, timetable.zone, (timetable.today, timetable.horizon), events)


def new_calendar(product: str, name: str) -> Calendar:
    """A calendar to subscribe to: of which ``product`` of ours in English, and what programs call it."""
    document = Calendar()
    document.add("VERSION", "2.0")
    document.add("PRODID", f"-//clinic-site//{product}//EN")
    document.add("CALSCALE", "GREGORIAN")
    document.add("METHOD", "PUBLISH")
    document["NAME"] = document["X-WR-CALNAME"] = vText(name)  # RFC 7986, 5.1, and what programs read before it
    document.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})  # RFC 7986, 5.7
    document.add("X-PUBLISHED-TTL", f"P{REFRESH.days}D")
    return document


def finished(document: Calendar, zone: ZoneInfo, span: tuple[date, date], events: Iterable[Event]) -> str:
    """The text of a calendar with these events, in the time of a ``zone`` from its first to its last day."""
    document.add("X-WR-TIMEZONE", zone.key)
    for component in (time_zone(zone, *span), *events):
        document.add_component(component)
    return str(document.to_ical(), "utf-8")


class _Change(NamedTuple):
    """A change of the clocks: the offset before, the offset and the zone's name after."""

    before: timedelta
    after: timedelta
    name: str


def time_zone(zone: ZoneInfo, today: date, last: date) -> Timezone:
    """RFC 5545, 3.6.5: every change of the clocks from the year before ``today`` to the last day of the calendar.

    DAYLIGHT is the larger offset: the tz database calls winter in Europe/Dublin and Ramadan in Africa/Casablanca
    (negative) daylight time, and programs then show events an hour early, or none (ical4j #493). icalendar's own
    ``Timezone.from_tzinfo`` looks every 64 days, and so does not see Ramadan.
    """
    first = datetime(today.year - 1, 1, 1, tzinfo=UTC)
    changes = _changes(zone, first, last + ONE_DAY)
    least = min(change.after for change in changes)
    described = Timezone()
    described.add("TZID", zone.key)
    for change, moments in changes.items():
        observance: Observance = TimezoneStandard() if change.after == least else TimezoneDaylight()
        observance.add("TZNAME", change.name)
        observance.TZOFFSETFROM, observance.TZOFFSETTO = change.before, change.after
        observance.DTSTART, *further = moments
        if further:
            observance.add("RDATE", further)
        described.add_component(observance)
    return described


def _changes(zone: ZoneInfo, first: datetime, last: date) -> dict[_Change, list[datetime]]:
    """When which change takes place, on the clock before it; the first says what holds from the first day on."""
    now = first.astimezone(zone)
    offset = now.utcoffset() or timedelta(0)
    found = {_Change(offset, offset, now.tzname() or ""): [now.replace(tzinfo=None)]}
    moment = first
    while moment.date() <= last:
        following = moment + ONE_DAY
        if following.astimezone(zone).utcoffset() != offset:
            changed = _first_minute(zone, moment, offset)
            now = changed.astimezone(zone)
            change = _Change(offset, now.utcoffset() or timedelta(0), now.tzname() or "")
            found.setdefault(change, []).append(changed.replace(tzinfo=None) + offset)
            offset = change.after
        moment = following
    return found


def _first_minute(zone: ZoneInfo, moment: datetime, offset: timedelta) -> datetime:
    """The first minute of the day after ``moment`` at which the clocks have changed."""

    def has_changed(minute: int) -> bool:
        return (moment + ONE_MINUTE * minute).astimezone(zone).utcoffset() != offset

    return moment + ONE_MINUTE * bisect_left(range(MINUTES_IN_DAY), True, key=has_changed)


def _weekly_events(calendar: CalendarOf) -> Iterator[Event]:
    """An event for each period of each week that holds; none where all days are exceptions."""
    timetable = calendar.timetable
    span = timetable.days(timetable.today, timetable.horizon)
    for season, group in groupby(span, key=lambda hours: timetable.season_on(hours.day)):
        days = list(group)
        week = season.opening_hours if season else timetable.week
        for period, weekdays in week.days_by_period().items():
            occurrences = [hours for hours in days if Weekday.of(hours.day) in weekdays]
            while occurrences and occurrences[-1].source.is_exception:
                occurrences.pop()
            if occurrences:
                yield _recurring(calendar, period, weekdays, occurrences)


def _recurring(calendar: CalendarOf, period: Period, weekdays: list[Weekday], occurrences: list[DayHours]) -> Event:
    """RFC 5545, 3.8.5: RRULE by weekdays until the last occurrence (in UTC), without the days that are exceptions."""
    zone = calendar.timetable.zone
    by_day = [_BYDAY[weekday] for weekday in weekdays]
    key = f"{'-'.join(by_day)}-{period.opens:%H%M}-{_season_key(calendar.timetable, occurrences[0].day)}"
    event = _timed_event(calendar, key, gettext("Open"), occurrences[0].day, period)
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
            yield _transparent_event(
                calendar, key, gettext("Closed") + reason, exception.first, exception.last + ONE_DAY
            )
        for day, period in product(exception.days, exception.periods):
            yield _timed_event(
                calendar, f"open-{day:%Y%m%d}-{period.opens:%H%M}", gettext("Open") + reason, day, period
            )


def _timed_event(calendar: CalendarOf, key: str, summary: str, day: date, period: Period) -> Event:
    """What goes on past midnight is one event that ends on the next day."""
    last = day + ONE_DAY if period.ends_next_day else day
    begins = datetime.combine(day, period.opens, calendar.timetable.zone)
    ends = datetime.combine(last, period.closes, calendar.timetable.zone)
    return _transparent_event(calendar, key, summary, begins, ends)


def stamp(begins: date, zone: ZoneInfo) -> datetime:
    """The DTSTAMP of an entry, in UTC: when it begins, as nothing else in the content is a moment.

    With the day of the build in it the file would be another on every day.
    """
    moment = begins if isinstance(begins, datetime) else datetime.combine(begins, time(), zone)
    return moment.astimezone(UTC)


def _transparent_event(calendar: CalendarOf, key: str, summary: str, begins: date, ends: date) -> Event:
    """RFC 5545, 3.6.1. Subscribers are not busy in a clinic's hours, so every event is transparent.

    DTSTAMP is required; it is ``stamp``, so that it does not change from build to build.
    """
    event = Event()
    path = calendar.timetable.calendar_file.removesuffix(".ics").replace("/", "-")
    event.add("UID", f"{path}-{key.lower()}@{calendar.host}")
    event.add("DTSTAMP", stamp(begins, calendar.timetable.zone))
    event.add("DTSTART", begins)
    event.add("DTEND", ends)
    event.add("SUMMARY", f"{summary}: {calendar.title}")
    event.add("LOCATION", calendar.location)
    event.add("URL", calendar.url)
    event.add("TRANSP", "TRANSPARENT")
    return event


class EventEntry(NamedTuple):
    """An event for a calendar: ``place`` on one line, ``url`` whole."""

    event: ClinicEvent
    place: str
    url: str


def event_calendar(title: str, entries: Iterable[EventEntry], zone: ZoneInfo, today: date, host: str) -> str:
    """The text of the ``.ics`` file with the times to come of these events, lines ending in CRLF.

    Each time is an entry of its own, so that what is called off, or taken out, differs in nothing else. Nothing in it
    comes from the clock but which times are to come.
    """
    entries = tuple(entries)
    last = max((time_.last for entry in entries for time_ in entry.event.upcoming), default=today)
    events = (_dated_event(entry, each, zone, host) for entry in entries for each in entry.event.upcoming)
    return finished(new_calendar("Events", title), zone, (today, last), events)


def _dated_event(entry: EventEntry, occurrence: Occurrence, zone: ZoneInfo, host: str) -> Event:
    """RFC 5545, 3.6.1; its UID stays while the event keeps its file and the day."""
    event = Event()
    begins, ends = _begins_and_ends(occurrence, zone)
    event.add("UID", f"event-{entry.event.slug}-{occurrence.first:%Y%m%d}@{host}")
    event.add("DTSTAMP", stamp(begins, zone))
    event.add("DTSTART", begins)
    event.add("DTEND", ends)
    event.add("SUMMARY", entry.event.title)
    if entry.event.summary:
        event.add("DESCRIPTION", entry.event.summary)
    event.add("LOCATION", entry.place)
    event.add("URL", entry.url)
    event.add("STATUS", "CANCELLED" if entry.event.cancelled else "CONFIRMED")
    return event


def _begins_and_ends(occurrence: Occurrence, zone: ZoneInfo) -> tuple[date, date]:
    """Days alone end on the day after the last (RFC 5545, 3.6.1, "non-inclusive")."""
    if occurrence.starts is None:
        return occurrence.first, occurrence.last + ONE_DAY
    begins = datetime.combine(occurrence.first, occurrence.starts, zone)
    if occurrence.ends is None:
        later = begins + _ASSUMED_LENGTH
        return begins, later if occurrence.last == occurrence.first else datetime.combine(occurrence.last, time(), zone)
    return begins, datetime.combine(occurrence.last, occurrence.ends, zone)
