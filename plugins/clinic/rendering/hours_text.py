"""Opening hours in words, for tables, notices and the script that says whether the clinic is open now."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from clinic.domain.clinic_on_day import ClinicOnDay, LocationOnDay
from clinic.domain.hours.timetable import ONE_DAY, DateRange, HoursSource, Timetable
from clinic.domain.pages.urls import CONTACT
from clinic.models.announcements import Notice
from clinic.models.opening_hours import Period, Season
from clinic.rendering.dates import clock, day_list, day_range, weekday_and_day


def period_in_words(period: Period) -> str:
    """``9am to 12:30pm``."""
    return f"{clock(period.opens)} to {clock(period.closes)}"


def periods_in_words(periods: Iterable[Period]) -> str:
    """``9am to 12:30pm, 1:30pm to 5:30pm``."""
    return ", ".join(map(period_in_words, periods))


def exception_in_words(date_range: DateRange, *, year: bool = True) -> str:
    """``Closed 24 December 2026 to 1 January 2027 (Winter holiday)``."""
    days = day_range(date_range.first, date_range.last, year=year)
    reason = f" ({date_range.reason})" if date_range.reason else ""
    return (
        f"{days}: open {periods_in_words(date_range.periods)}{reason}"
        if date_range.periods
        else f"Closed {days}{reason}"
    )


def season_in_words(season: Season, *, named: bool = True) -> str:
    """``Summer hours, 20 July to 5 September 2026``."""
    days = day_range(season.begins, season.ends)
    return f"{season.name}, {days}" if season.name and named else days


class Exceptions(NamedTuple):
    """A sentence for each exception, and one for the bank holidays on which the clinic is closed as a rule."""

    lines: tuple[str, ...]
    bank_holidays: str | None


def exceptions_in_words(timetable: Timetable) -> Exceptions:
    """Every exception that is not over. The rule about bank holidays names its days in one sentence."""
    date_ranges = timetable.exceptions
    lines = tuple(
        exception_in_words(date_range)
        for date_range in date_ranges
        if date_range.source is not HoursSource.BANK_HOLIDAYS
    )
    if not timetable.is_closed_on_bank_holidays:
        return Exceptions(lines, None)
    ruled = [
        day for date_range in date_ranges if date_range.source is HoursSource.BANK_HOLIDAYS for day in date_range.days
    ]
    return Exceptions(lines, f"Closed on bank holidays{': ' if ruled else ''}{day_list(ruled)}")


def with_hours_notices(clinic: ClinicOnDay, today: date) -> ClinicOnDay:
    """The clinic with a notice for each exception within ``announce_days`` of ``today``, after the owner's own."""
    return clinic.model_copy(update={"notices": (*clinic.notices, *_hours_notices(clinic, today))})


def _hours_notices(clinic: ClinicOnDay, today: date) -> Iterator[Notice]:
    """One notice for an exception that several locations share; without their names where all of them do."""
    where: dict[DateRange, list[LocationOnDay]] = {}
    for location in clinic.locations.values():
        for date_range in location.timetable.exceptions if location.timetable else ():
            where.setdefault(date_range, []).append(location)
    before = timedelta(days=clinic.announce_days)
    for date_range, locations in sorted(where.items(), key=lambda item: item[0].first):
        if before and date_range.first - before <= today <= date_range.last:
            everywhere = len(locations) == len(clinic.locations)
            text = _sentence(date_range, () if everywhere else locations)
            yield Notice(
                text=text, begins=date_range.first - before, until=date_range.last, link=f"/{_page(locations)}"
            )


def _page(locations: Sequence[LocationOnDay]) -> str:
    only = locations[0].timetable if len(locations) == 1 else None
    return only.page_path if only else CONTACT


def _sentence(date_range: DateRange, locations: Iterable[LocationOnDay]) -> str:
    said = exception_in_words(date_range, year=False)
    where = " and ".join(location.short_name for location in locations)
    if not where:
        return f"{said}."
    return f"{where}, {said}." if date_range.periods else f"{where}: {said[0].lower()}{said[1:]}."


OPEN_NOW_SPAN = timedelta(days=35)
"""Five weeks: a site that is published once a month always has them, one that nobody tends says nothing any more."""


class OpenNow(NamedTuple):
    """Data attributes for ``opening-hours.js``: first and last moment known, in whole minutes since 1970 (UTC).

    ``hours`` are periods with ``|`` between them, each "opening closing closing-in-words opening-in-words", its moments
    in minutes from ``first``.
    """

    first: int
    last: int
    hours: str


def open_now(timetable: Timetable) -> OpenNow:
    """The periods of the coming weeks.

    The moments are worked out here, in the clinic's time zone: the browser only compares them with its clock, so it is
    right wherever the visitor is and whatever zone their machine believes in.
    """
    zone, end = timetable.zone, timetable.today + OPEN_NOW_SPAN
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
