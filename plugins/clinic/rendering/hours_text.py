"""What the enhancement ``opening-hours.js`` needs to say whether the clinic is open at this moment.

The moments are worked out here, in the clinic's own time zone, daylight saving included: the browser only compares
them with its clock, so it is right wherever the visitor is and whatever zone their machine believes in.
"""

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


def spell_in_words(date_range: DateRange, *, year: bool = True) -> str:
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
    """The days on which no week holds: one by one, and those on which the clinic is closed as a rule."""

    lines: tuple[str, ...]
    bank_holidays: str | None


def exceptions_in_words(timetable: Timetable) -> Exceptions:
    """Everything that is not over. The rule about bank holidays names its days in one sentence."""
    date_ranges = timetable.exceptions
    lines = tuple(
        spell_in_words(date_range) for date_range in date_ranges if date_range.source is not HoursSource.BANK_HOLIDAYS
    )
    if not timetable.is_closed_on_bank_holidays:
        return Exceptions(lines, None)
    ruled = [
        day for date_range in date_ranges if date_range.source is HoursSource.BANK_HOLIDAYS for day in date_range.days
    ]
    return Exceptions(lines, f"Closed on bank holidays{': ' if ruled else ''}{day_list(ruled)}")


def with_hours_notices(clinic: ClinicOnDay, today: date) -> ClinicOnDay:
    """The clinic with a notice for every closure and all special hours that are near, behind the owner's own."""
    return clinic.model_copy(update={"notices": (*clinic.notices, *_hours_notices(clinic, today))})


def _hours_notices(clinic: ClinicOnDay, today: date) -> Iterator[Notice]:
    """A notice where all locations agree is told once, without their names."""
    where: dict[DateRange, list[LocationOnDay]] = {}
    for location in clinic.locations.values():
        for date_range in location.timetable.exceptions if location.timetable else ():
            where.setdefault(date_range, []).append(location)
    before = timedelta(days=clinic.announce_days)
    for date_range, places in sorted(where.items(), key=lambda item: item[0].first):
        if before and date_range.first - before <= today <= date_range.last:
            everywhere = len(places) == len(clinic.locations)
            text = _sentence(date_range, () if everywhere else places)
            yield Notice(text=text, begins=date_range.first - before, until=date_range.last, link=f"/{_page(places)}")


def _page(places: Sequence[LocationOnDay]) -> str:
    only = places[0].timetable if len(places) == 1 else None
    return only.page_path if only else CONTACT


def _sentence(date_range: DateRange, places: Iterable[LocationOnDay]) -> str:
    said = spell_in_words(date_range, year=False)
    where = " and ".join(place.name or place.address.locality for place in places)
    if not where:
        return f"{said}."
    return f"{where}, {said}." if date_range.periods else f"{where}: {said[0].lower()}{said[1:]}."


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
