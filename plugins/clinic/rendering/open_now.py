"""What the enhancement ``opening-hours.js`` needs to say whether the clinic is open at this moment.

The moments are worked out here, in the clinic's own time zone, daylight saving included: the browser only compares
them with its clock, so it is right wherever the visitor is and whatever zone their machine believes in.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from clinic.facts.hours import Period
from clinic.facts.timetable import ONE_DAY, Timetable
from clinic.rendering.dates import clock, weekday_and_day

KNOWN = timedelta(days=35)
"""Five weeks: a site that is published once a month always knows, and one that nobody tends falls silent."""


class OpenNow(NamedTuple):
    """Data attributes. Moments are whole minutes since 1970; ``hours`` are counted from ``first``."""

    first: int
    last: int
    hours: str


def open_now(timetable: Timetable) -> OpenNow:
    """The periods of the coming weeks: opening, closing, closing in words, opening in words; ``|`` between them."""
    zone, end = timetable.zone, timetable.today + KNOWN
    first = _minutes(datetime.combine(timetable.today, datetime.min.time(), zone))
    last = _minutes(datetime.combine(end, datetime.min.time(), zone))
    periods = (
        _period(timetable, hours.day, period, first)
        for hours in timetable.days(timetable.today, end - ONE_DAY)
        for period in hours.periods
    )
    return OpenNow(first, last, "|".join(periods))


def _period(timetable: Timetable, day: date, period: Period, first: int) -> str:
    opens, closes = (
        _minutes(datetime.combine(day, at, timetable.zone)) - first for at in (period.opens, period.closes)
    )
    return f"{opens} {closes} {clock(period.closes)} {weekday_and_day(day, year=False)} at {clock(period.opens)}"


def _minutes(moment: datetime) -> int:
    return int(moment.timestamp()) // 60
