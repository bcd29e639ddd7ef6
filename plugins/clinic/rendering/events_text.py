"""When an event takes place, in words, as the site's language writes days and times."""

from clinic.models.events import EventFrontMatter, Occurrence, Repeats, week_of_month
from clinic.models.weekdays import Weekday
from clinic.rendering.dates import clock, day, day_range, weekday_and_day

_ORDINALS = ("first", "second", "third", "fourth")


def occurrence_in_words(occurrence: Occurrence) -> str:
    """``Saturday 18 April 2026, 6:30pm to 8pm``, ``18 to 19 April 2026``, ``… at 6:30pm``."""
    starts, ends = (clock(time) if time else None for time in (occurrence.starts, occurrence.ends))
    if occurrence.last == occurrence.first:
        times = f", {starts} to {ends}" if starts and ends else f", {starts}" if starts else ""
        return weekday_and_day(occurrence.first) + times
    if not (starts or ends):
        return day_range(occurrence.first, occurrence.last)
    sides = ((occurrence.first, starts), (occurrence.last, ends))
    return " to ".join(weekday_and_day(date) + (f", {time}" if time else "") for date, time in sides)


def repeats_in_words(event: EventFrontMatter) -> str:
    """``Every Tuesday, until 1 July 2026``, ``Every third Saturday of the month``; empty for what does not repeat."""
    if event.repeats is None:
        return ""
    first = event.when[0].first
    weekday = Weekday.of(first).label
    said = {
        Repeats.WEEKLY: f"Every {weekday}",
        Repeats.FORTNIGHTLY: f"{weekday}s, every two weeks",
        Repeats.MONTHLY: f"Every {_ORDINALS[min(week_of_month(first), 4) - 1]} {weekday} of the month",
    }[event.repeats]
    return said + (f", until {day(event.until)}" if event.until else "")
