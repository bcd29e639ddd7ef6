"""Dates and times in British English, whatever the machine's locale is."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from clinic.models.weekdays import Weekday

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(value: date, *, year: bool = True) -> str:
    """``11 November 2025``."""
    return f"{value.day} {month(value, year=year)}"


def weekday_and_day(value: date, *, year: bool = True) -> str:
    """``Friday 3 April 2026``."""
    return f"{Weekday.of(value).label} {day(value, year=year)}"


def day_range(first: date, last: date, *, year: bool = True) -> str:
    """``Friday 3 April 2026``, ``25 and 26 December 2026`` or ``24 December 2026 to 1 January 2027``."""
    if first == last:
        return weekday_and_day(first, year=year)
    joint = "and" if last - first == timedelta(days=1) else "to"
    same_year = first.year == last.year
    same_month = same_year and first.month == last.month
    begins = str(first.day) if same_month else day(first, year=year and not same_year)
    return f"{begins} {joint} {day(last, year=year)}"


def day_list(days: Iterable[date]) -> str:
    """``3 and 6 April, 4 and 25 May 2026, 1 January 2027``: each month and year once."""
    ordered = sorted(days)
    last_months = {one.year: one.month for one in ordered}
    parts = []
    for _, group in groupby(ordered, key=month):
        *others, last = group
        numbers = f"{', '.join(str(one.day) for one in others)} and {last.day}" if others else str(last.day)
        parts.append(f"{numbers} {month(last, year=last.month == last_months[last.year])}")
    return ", ".join(parts)


def month(value: date, *, year: bool = True) -> str:
    """``November 2025``."""
    name = _MONTHS[value.month - 1]
    return f"{name} {value.year}" if year else name


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
