"""Dates and times in British English, whatever the machine's locale is."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from clinic.models.opening_hours import Weekday

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(value: date) -> str:
    """``11 November 2025``."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def weekday_and_day(value: date, *, year: bool = True) -> str:
    """``Friday 3 April 2026``."""
    return f"{Weekday.of(value).label} {_day_of_month(value, year=year)}"


def day_range(first: date, last: date, *, year: bool = True) -> str:
    """``Friday 3 April 2026``, ``25 and 26 December 2026`` or ``24 December 2026 to 1 January 2027``."""
    if first == last:
        return weekday_and_day(first, year=year)
    joint = "and" if last - first == timedelta(days=1) else "to"
    same_year = first.year == last.year
    same_month = same_year and first.month == last.month
    begins = str(first.day) if same_month else _day_of_month(first, year=year and not same_year)
    return f"{begins} {joint} {_day_of_month(last, year=year)}"


def day_list(days: Iterable[date]) -> str:
    """``3 and 6 April, 4 and 25 May 2026, 1 January 2027``: each month and year once."""
    months = [(key, list(group)) for key, group in groupby(sorted(days), key=lambda one: (one.year, one.month))]
    parts = []
    for number, ((year, _), group) in enumerate(months):
        *others, last = (str(one.day) for one in group)
        numbers = f"{', '.join(others)} and {last}" if others else last
        ends_year = number + 1 == len(months) or months[number + 1][0][0] != year
        parts.append(f"{numbers} {month(group[0]) if ends_year else _MONTHS[group[0].month - 1]}")
    return ", ".join(parts)


def _day_of_month(value: date, *, year: bool) -> str:
    return day(value) if year else f"{value.day} {_MONTHS[value.month - 1]}"


def month(value: date) -> str:
    """``November 2025``."""
    return f"{_MONTHS[value.month - 1]} {value.year}"


def day_and_time(value: datetime) -> str:
    """``11 November 2025 at 9:30am``."""
    return f"{day(value)} at {clock(value.time())}"


def end_of_day(value: date, zone: ZoneInfo) -> str:
    """The midnight that ends a day, ISO 8601 with the zone's offset: scripts compare it with their clock."""
    return datetime.combine(value + timedelta(days=1), time.min, zone).isoformat(timespec="minutes")


def clock(value: time) -> str:
    """``9am``, ``5:30pm``: the NHS style for times."""
    hour = value.hour % 12 or 12
    minutes = f":{value.minute:02d}" if value.minute else ""
    return f"{hour}{minutes}{'am' if value.hour < 12 else 'pm'}"
