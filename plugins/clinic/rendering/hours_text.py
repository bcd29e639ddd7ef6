"""Opening hours in words, for tables, notices and the script that says whether the clinic is open now."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
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
    if date_range.periods:
        return f"{days}: open {periods_in_words(date_range.periods)}{reason}"
    return f"Closed {days}{reason}"


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
    lines, ruled = list[str](), list[date]()
    for date_range in timetable.exceptions:
        if date_range.source is HoursSource.BANK_HOLIDAYS:
            ruled += date_range.days
        else:
            lines.append(exception_in_words(date_range))
    called = timetable.region.days_are_called if timetable.region else "bank holidays"
    rule = f"Closed on {called}{': ' if ruled else ''}{day_list(ruled)}"
    return Exceptions(tuple(lines), rule if timetable.is_closed_on_bank_holidays else None)


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
        begins = date_range.first - before
        if before and begins <= today <= date_range.last:
            text = _sentence(date_range, () if len(locations) == len(clinic.locations) else locations)
            only = locations[0].timetable if len(locations) == 1 else None
            page = only.page_path if only else CONTACT
            yield Notice(text=text, begins=begins, until=date_range.last, link=f"/{page}")


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
    end = timetable.today + OPEN_NOW_SPAN
    first = _minutes(timetable, timetable.today)
    periods = [
        f"{_minutes(timetable, hours.day, period.opens) - first} "
        f"{_minutes(timetable, hours.day, period.closes) - first} "
        f"{clock(period.closes)} {weekday_and_day(hours.day, year=False)} at {clock(period.opens)}"
        for hours in timetable.days(timetable.today, end - ONE_DAY)
        for period in hours.periods
    ]
    return OpenNow(first, _minutes(timetable, end), "|".join(periods))


def _minutes(timetable: Timetable, day: date, at: time = time.min) -> int:
    return int(datetime.combine(day, at, timetable.zone).timestamp()) // 60
