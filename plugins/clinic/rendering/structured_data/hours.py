"""Opening hours: weeks, seasons and exceptions."""

from collections.abc import Iterable, Iterator
from datetime import date

from clinic.domain.clinic_on_day import LocationOnDay
from clinic.domain.hours.timetable import DateRange, Week
from clinic.models.opening_hours import CLOSED_ALL_DAY, ROUND_THE_CLOCK, OpeningHours, Period
from clinic.models.weekdays import Weekday
from clinic.models.words import gettext
from clinic.rendering.structured_data.nodes import Node, node
from clinic.rendering.text import one_line


def hours_properties(location: LocationOnDay) -> dict[str, object]:
    """Weeks and exceptions of a location (schema.org Place); empty without opening hours.

    Google reads exceptions in ``openingHoursSpecification`` (LocalBusiness, seasonal hours); others read them in
    ``specialOpeningHoursSpecification``, as schema.org has it. So they stand in both.
    """
    timetable = location.timetable
    if timetable is None:
        return {}
    exceptions = [found for date_range in timetable.exceptions for found in _exception_nodes(date_range)]
    weeks = [found for week in timetable.weeks() for found in _week_nodes(week, timetable.week)]
    return {"openingHoursSpecification": [*weeks, *exceptions], "specialOpeningHoursSpecification": exceptions}


def _week_nodes(week: Week, usual: OpeningHours) -> Iterator[Node]:
    """schema.org OpeningHoursSpecification, one for all days with an equal period (Google LocalBusiness).

    A day that is closed is said to be: Google reads 00:00 to 00:00 as closed, and a day left out as unknown. The week
    of a season has its ``validFrom`` and ``validThrough``; the usual one holds whenever none of those does.

    A day by appointment is left out: schema.org has no word for it (schemaorg #3177). In a season it is closed where
    it would else be taken for open as usual.
    """
    hours, season = week
    dated = _dated(season.begins, season.ends, season.name) if season else {}
    for period, days in hours.days_by_period().items():
        yield _hours(period, days) | dated
    without = (day for day, one in hours.week().items() if not one.periods)
    if closed := [day for day in without if hours.on(day).is_closed or (season and usual.on(day).periods)]:
        yield _hours(None, closed) | dated


def _exception_nodes(date_range: DateRange) -> list[Node]:
    """Google LocalBusiness: closed all day, or open in each of the periods, with ``validFrom`` and ``validThrough``.

    By appointment alone is closed, and says so in words: left out, the day would be taken for open as usual.
    """
    words = gettext("By appointment") if date_range.hours.by_appointment and not date_range.periods else None
    dated = _dated(date_range.first, date_range.last, ": ".join(filter(None, (date_range.reason, words))))
    return [_hours(period) | dated for period in date_range.periods or (None,)]


def _dated(first: date, last: date, words: str | None) -> Node:
    described = {"description": one_line(words)} if words else {}
    return {"validFrom": first.isoformat(), "validThrough": last.isoformat(), **described}


def _hours(period: Period | None, days: Iterable[Weekday] = ()) -> Node:
    """``dayOfWeek`` takes members of schema.org DayOfWeek; without a period it is closed.

    ``closes`` below ``opens`` is on the next day (schema.org, OpeningHoursSpecification; Google LocalBusiness).
    """
    members = [f"https://schema.org/{day.label}" for day in days]
    opens, closes = (period.opens, period.closes) if period else (CLOSED_ALL_DAY, CLOSED_ALL_DAY)
    if period and period.is_round_the_clock:
        opens, closes = ROUND_THE_CLOCK
    return node("OpeningHoursSpecification", dayOfWeek=members, opens=f"{opens:%H:%M}", closes=f"{closes:%H:%M}")
