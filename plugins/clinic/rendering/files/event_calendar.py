"""Events as a calendar: iCalendar (RFC 5545), one file for each event and one of all to subscribe to."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Event

from clinic.domain.hours.timetable import ONE_DAY
from clinic.models.events import Event as ClinicEvent
from clinic.models.events import Occurrence
from clinic.rendering.files.calendar import finished, new_calendar, stamp

_ASSUMED_LENGTH = timedelta(hours=1)
"""Of an event that says when it begins and not when it ends; a program would show no length at all."""


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
    events = (_event(entry, each, zone, host) for entry in entries for each in entry.event.upcoming)
    return finished(new_calendar("Events", title), zone, (today, last), events)


def _event(entry: EventEntry, occurrence: Occurrence, zone: ZoneInfo, host: str) -> Event:
    """RFC 5545, 3.6.1; its UID stays while the event keeps its file and the day."""
    event = Event()
    begins, ends = _ends(occurrence, zone)
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


def _ends(occurrence: Occurrence, zone: ZoneInfo) -> tuple[date, date]:
    """Days alone end on the day after the last (RFC 5545, 3.6.1, "non-inclusive")."""
    if occurrence.starts is None:
        return occurrence.first, occurrence.last + ONE_DAY
    begins = datetime.combine(occurrence.first, occurrence.starts, zone)
    if occurrence.ends is None:
        later = begins + _ASSUMED_LENGTH
        return begins, later if occurrence.last == occurrence.first else datetime.combine(occurrence.last, time(), zone)
    return begins, datetime.combine(occurrence.last, occurrence.ends, zone)
