"""Opening hours: weeks, seasons and exceptions."""

from collections.abc import Iterable, Iterator
from datetime import date

from clinic.domain.clinic_on_day import LocationOnDay
from clinic.domain.hours.timetable import DateRange, Week
from clinic.models.opening_hours import CLOSED_ALL_DAY, OpeningHours, Period, Weekday
from clinic.rendering.head.structured_data.nodes import Node, node
from clinic.rendering.text import one_line

_CLOSED = f"{CLOSED_ALL_DAY:%H:%M}"


def hours_properties(location: LocationOnDay) -> dict[str, object]:
    """Weeks and exceptions of a location (schema.org Place); empty without opening hours.

    Google reads exceptions in ``openingHoursSpecification`` (LocalBusiness, seasonal hours); others read them in
    ``specialOpeningHoursSpecification``, as schema.org has it. So they stand in both.
    """
    timetable = location.timetable
    if timetable is None:
        return {}
    exceptions = [found for date_range in timetable.exceptions for found in exception_nodes(date_range)]
    weeks = [found for week in timetable.weeks() for found in week_nodes(week)]
    return {"openingHoursSpecification": [*weeks, *exceptions], "specialOpeningHoursSpecification": exceptions}


def week_nodes(week: Week) -> list[Node]:
    """schema.org OpeningHoursSpecification, one for all days with an equal period (Google LocalBusiness).

    A day that is closed is said to be: Google reads 00:00 to 00:00 as closed, and a day left out as unknown. The week
    of a season has its ``validFrom`` and ``validThrough``; the usual one holds whenever none of those does.
    """
    return [_with_season(week, found) for found in _days(week.hours)]


def _with_season(week: Week, found: Node) -> Node:
    season = week.season
    return found | _valid(season.begins, season.ends) | _described(season.name) if season else found


def _days(hours: OpeningHours) -> Iterator[Node]:
    days_by_period: dict[Period, list[Weekday]] = {}
    for day, periods in hours.week().items():
        for period in periods:
            days_by_period.setdefault(period, []).append(day)
    for period, days in days_by_period.items():
        yield _hours(*_clock(period), days)
    if closed := [day for day, periods in hours.week().items() if not periods]:
        yield _hours(_CLOSED, _CLOSED, closed)


def exception_nodes(date_range: DateRange) -> list[Node]:
    """Google LocalBusiness: closed all day, or open in each of the periods, with ``validFrom`` and ``validThrough``."""
    clocks = [_clock(period) for period in date_range.periods] or [(_CLOSED, _CLOSED)]
    dated = _valid(date_range.first, date_range.last) | _described(date_range.reason)
    return [_hours(opens, closes) | dated for opens, closes in clocks]


def _clock(period: Period) -> tuple[str, str]:
    return f"{period.opens:%H:%M}", f"{period.closes:%H:%M}"


def _valid(first: date, last: date) -> Node:
    return {"validFrom": first.isoformat(), "validThrough": last.isoformat()}


def _described(words: str | None) -> Node:
    return {"description": one_line(words)} if words else {}


def _hours(opens: str, closes: str, days: Iterable[Weekday] = ()) -> Node:
    """``dayOfWeek`` takes members of schema.org DayOfWeek."""
    members = [f"https://schema.org/{day.label}" for day in days]
    return node("OpeningHoursSpecification", dayOfWeek=members, opens=opens, closes=closes)
