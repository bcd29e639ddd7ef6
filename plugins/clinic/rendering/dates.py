"""Dates and times as the site's language has them (``clinic.models.language``), whatever the machine's locale is.

British and Irish English follow the style of their health services, all others the Unicode CLDR.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time

from clinic.models.language import current_locale, is_british
from clinic.models.weekdays import Weekday
from clinic.models.words import gettext, in_list, pgettext, span


def day(value: date, *, year: bool = True) -> str:
    """``11 November 2025``, ``November 11, 2025``, ``11. November 2025``."""
    if _is_day_first():
        return f"{_number(value)} {month(value, year=year)}"
    locale = current_locale()
    return format_date(value, "long", locale) if year else format_skeleton("MMMMd", value, locale=locale)


def _is_day_first() -> bool:
    """Whether a date is the day, the name of the month and the year, with nothing but spaces between."""
    return current_locale().date_formats["long"].pattern in {"d MMMM y", "dd MMMM y", "d. MMMM y"}


def _number(value: date) -> str:
    """The day of a month, where it stands before the month: ``11``, ``11.``."""
    return f"{value.day}." if current_locale().date_formats["long"].pattern.startswith("d.") else str(value.day)


def weekday_and_day(value: date, *, year: bool = True) -> str:
    """``Friday 3 April 2026``, ``Friday, April 3, 2026``."""
    joint = " " if _is_day_first() and _number(value).isdecimal() else ", "
    return f"{Weekday.of(value).in_words}{joint}{day(value, year=year)}"


def day_range(first: date, last: date, *, year: bool = True) -> str:
    """``Friday 3 April 2026``, ``25 and 26 December 2026`` or ``24 December 2026 to 1 January 2027``."""
    if first == last:
        return weekday_and_day(first, year=year)
    same_year = first.year == last.year
    if not same_year or first.month != last.month:
        ends = day(first, year=year and not same_year), day(last, year=year)
    elif _is_day_first():
        ends = _number(first), day(last, year=year)
    else:
        ends = day(first, year=False), f"{last.day}{f', {last.year}' if year else ''}"
    return in_list(ends) if last - first == timedelta(days=1) else span(*ends)


def day_list(days: Iterable[date]) -> str:
    """``3 and 6 April, 4 and 25 May 2026, 1 January 2027``: each month and year once."""
    ordered = sorted(days)
    last_months = {one.year: one.month for one in ordered}
    parts = []
    for _, group in groupby(ordered, key=lambda one: (one.year, one.month)):
        days_of_month = list(group)
        last, numbers = days_of_month[-1], in_list([*map(_number, days_of_month)])
        year = last.month == last_months[last.year]
        if _is_day_first():
            parts.append(f"{numbers} {month(last, year=year)}")
        else:
            parts.append(f"{month(last, year=False)} {numbers}{f', {last.year}' if year else ''}")
    return (", " if _is_day_first() else "; ").join(parts)


def month(value: date, *, year: bool = True) -> str:
    """``November 2025``."""
    name = current_locale().months["stand-alone"]["wide"][value.month]
    return f"{name} {value.year}" if year else name


def day_and_time(value: datetime) -> str:
    """``11 November 2025 at 9:30am``; ``11 November 2025`` for the moment at which the day begins."""
    return day(value) if value.time() == time.min else at_time(day(value), value.time())


def last_moment(value: datetime) -> str:
    """When something is over: ``the end of 30 November 2026``, ``30 November 2026 at 9:30am``."""
    is_midnight = value.time() == time.min
    last = day(value.date() - timedelta(days=1))
    # Translators: "Expired at the end of 30 November 2026"; only the preview shows it
    return gettext("the end of {day}", day=last) if is_midnight else day_and_time(value)


def end_of_day(value: date, zone: ZoneInfo) -> str:
    """The midnight that ends a day, ISO 8601 with the zone's offset: scripts compare it with their clock."""
    return datetime.combine(value + timedelta(days=1), time.min, zone).isoformat(timespec="minutes")


def clock(value: time) -> str:
    """``9am``, ``5:30pm``: the style of the NHS and the HSE; elsewhere ``9:00 AM`` or ``17:30``. No plain space."""
    if not is_british():
        text = format_time(value, "short", locale=current_locale())
        return text.replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}")  # which the theme's typeface has
    hour = value.hour % 12 or 12
    minutes = f":{value.minute:02d}" if value.minute else ""
    half = pgettext("9am", "am") if value.hour < 12 else pgettext("5pm", "pm")
    return f"{hour}{minutes}{half}"


def time_of_day(value: time) -> str:
    """A time that stands alone or after a day: ``9am``, ``9:00 Uhr``; midnight in words: 12am is read as noon."""
    # Translators: a time that stands alone: "Open now, until 5pm"; German adds "Uhr"
    return gettext("midnight") if value == time.min else pgettext("time", "{time}", time=clock(value))


def at_time(days: str, value: time) -> str:
    """``Monday 2 March at 9am``."""
    return gettext("{day} at {time}", day=days, time=time_of_day(value))
