"""When an event takes place, in words, as the site's language writes days and times."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from clinic.models.events import LAST_IN_MONTH, EventFrontMatter, Occurrence, Repeats, week_of_month
from clinic.models.weekdays import Weekday
from clinic.models.words import N_, gettext, span
from clinic.rendering.dates import day, day_range, end_of_day, time_of_day, weekday_and_day
from clinic.rendering.hours_text import period_in_words

_OF_THE_MONTH = (
    N_("Every first {weekday} of the month"),
    N_("Every second {weekday} of the month"),
    N_("Every third {weekday} of the month"),
    N_("Every fourth {weekday} of the month"),
)


def occurrence_in_words(occurrence: Occurrence) -> str:
    """``Saturday 18 April 2026, 6:30pm to 8pm``, ``18 to 19 April 2026``, ``… 6:30pm``."""
    first, starts, last, ends = occurrence.first, occurrence.starts, occurrence.last, occurrence.ends
    if first == last:
        if starts and ends:
            return _with_time(first, period_in_words(starts, ends))
        return _with_time(first, time_of_day(starts) if starts else "")
    if not (starts or ends):
        return day_range(first, last)
    return span(_moment(first, starts), _moment(last, ends))


def _moment(date_: date, at: time | None) -> str:
    return _with_time(date_, time_of_day(at) if at else "")


def _with_time(date_: date, times: str) -> str:
    known = weekday_and_day(date_)
    # Translators: when an event takes place: "Saturday 18 April 2026, 6:30pm to 8pm"
    return gettext("{day}, {times}", day=known, times=times) if times else known


def over_at(occurrence: Occurrence, zone: ZoneInfo) -> str:
    """The moment at which it is over, ISO 8601 with the zone's offset: its end, or that of its last day.

    For the browser, which knows the hour; what is built goes by days (``upcoming`` in ``clinic/domain/events.py``).
    """
    if occurrence.ends is None:
        return end_of_day(occurrence.last, zone)
    return datetime.combine(occurrence.last, occurrence.ends, zone).isoformat(timespec="minutes")


def repeats_in_words(event: EventFrontMatter) -> str:
    """``Every Tuesday, until 1 July 2026``, ``Every third Saturday of the month``; empty for what does not repeat."""
    if event.repeats is None:
        return ""
    first = event.when[0].first
    how = {
        Repeats.WEEKLY: N_("Every {weekday}"),
        Repeats.FORTNIGHTLY: N_("{weekday}s, every two weeks"),
        Repeats.MONTHLY: _OF_THE_MONTH[min(week_of_month(first), LAST_IN_MONTH) - 1],
    }[event.repeats]
    said = gettext(how, weekday=Weekday.of(first).in_words)
    return gettext("{repeats}, until {day}", repeats=said, day=day(event.until)) if event.until else said
