"""The timetable of a location: when it is open, day by day, and what decides it. All outputs of hours use it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cached_property, partial
from itertools import groupby
from pathlib import PurePosixPath
from typing import NamedTuple
from zoneinfo import ZoneInfo

from clinic.models.bank_holidays import ESTIMATED, BankHolidays, Region, bank_holiday
from clinic.models.language import to_the_owner
from clinic.models.opening_hours import Closure, HoursOfDay, OpeningHours, Period, Season, SpecialHours
from clinic.models.suggestions import join_and
from clinic.models.weekdays import Weekday

ONE_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)
AHEAD = timedelta(days=456)
"""How far ahead bank holidays are shown: fifteen months, so that a site published once a year stays right."""
FARTHEST = timedelta(days=1826)
"""Five years: how far ahead days are looked at that the owner names; a closure may end later."""
CLOSED = HoursOfDay()


class HoursSource(Enum):
    """What decides the hours of a day."""

    WEEK = "the usual week"
    SEASON = "the week of a season"
    BANK_HOLIDAY = "a bank holiday that is decided for itself"
    BANK_HOLIDAYS = "closed on bank holidays"
    SPECIAL = "special hours"
    CLOSURE = "a closure"

    @property
    def is_exception(self) -> bool:
        """Whether it is neither the usual week nor a season's."""
        return self not in {HoursSource.WEEK, HoursSource.SEASON}


class DayHours(NamedTuple):
    """The hours of one day. ``reason`` is the owner's, or the name of season or bank holiday."""

    day: date
    hours: HoursOfDay
    source: HoursSource
    reason: str | None = None

    @property
    def periods(self) -> tuple[Period, ...]:
        """The times of being open; the last may end on the next day."""
        return self.hours.periods


class DateRange(NamedTuple):
    """Consecutive days with the same exception."""

    first: date
    last: date
    hours: HoursOfDay
    source: HoursSource
    reason: str | None = None

    @property
    def periods(self) -> tuple[Period, ...]:
        """The times of being open on each of its days."""
        return self.hours.periods

    @property
    def days(self) -> tuple[date, ...]:
        """Each of its days."""
        return tuple(_days(self.first, self.last))


class Week(NamedTuple):
    """A week that holds now or later; ``season`` is None for the usual one."""

    hours: OpeningHours
    season: Season | None = None


@dataclass(frozen=True)
class Timetable:
    """The hours of one location as of ``today``; the paths are those of its page and of its calendar file."""

    week: OpeningHours
    today: date
    zone: ZoneInfo
    page_path: str
    calendar_file: str
    seasons: tuple[Season, ...]
    closures: tuple[Closure, ...]
    special_hours: tuple[SpecialHours, ...]
    bank_holidays: BankHolidays
    region: Region | None

    def on(self, day: date) -> DayHours:
        """The hours of a day: a day that the owner names overrides a bank holiday, which overrides the week."""
        if closure := self._closure_on(day):
            return DayHours(day, CLOSED, HoursSource.CLOSURE, closure.reason)
        for special in self.special_hours:
            if special.on == day:
                return DayHours(day, special.hours, HoursSource.SPECIAL, special.reason)
        season = self.season_on(day)
        week, source = (season.opening_hours, HoursSource.SEASON) if season else (self.week, HoursSource.WEEK)
        usual = DayHours(day, week.on(Weekday.of(day)), source, season.name if season else None)
        return self._on_bank_holiday(usual) or usual

    def season_on(self, day: date) -> Season | None:
        """The season whose week holds on a day; None for the usual week."""
        return next((season for season in self.seasons if season.holds_on(day)), None)

    def _closure_on(self, day: date) -> Closure | None:
        return next((closure for closure in self.closures if closure.holds_on(day)), None)

    def _on_bank_holiday(self, usual: DayHours) -> DayHours | None:
        """The hours decided for a bank holiday; None if it is none, undecided, or closed anyway."""
        day = usual.day
        name = bank_holiday(day, self.region)
        decided = self.bank_holidays.decided(day)
        if name is None or decided is None or (decided.is_closed and usual.hours.is_closed):
            return None
        source = HoursSource.BANK_HOLIDAY if day in self.bank_holidays.days else HoursSource.BANK_HOLIDAYS
        return DayHours(day, decided, source, name)

    def days(self, first: date, last: date) -> Iterator[DayHours]:
        """Every day from the first to the last."""
        return map(self.on, _days(first, last))

    @property
    def horizon(self) -> date:
        """The last day that is shown: AHEAD of today, or the last day that the owner names if that is later.

        At most FARTHEST of today, so that a closure until 2199 does not make megabytes.
        """
        closures, special = (one.last for one in self.closures), (one.on for one in self.special_hours)
        seasons = (season.ends for season in self.seasons)
        named = max((self.today + AHEAD, *self.bank_holidays.days, *closures, *special, *seasons))
        return min(named, self.today + FARTHEST)

    @cached_property
    def exceptions(self) -> tuple[DateRange, ...]:
        """The exceptions from the weeks that are not over yet. Neighbouring bank holidays are one date range."""
        groups = (list(days) for _, days in groupby(self.days(self.today - A_WEEK, self.horizon), _group_key))
        ranges = (self._whole(_date_range(days)) for days in groups if days[0].source.is_exception)
        return tuple(date_range for date_range in ranges if date_range.last >= self.today)

    def _whole(self, date_range: DateRange) -> DateRange:
        """With the days of a closure that lie before or after those that are looked at."""
        before, after = self._closure_on(date_range.first), self._closure_on(date_range.last)
        if not (before and after):
            return date_range
        return date_range._replace(first=min(before.first, date_range.first), last=max(after.last, date_range.last))

    def weeks(self) -> tuple[Week, ...]:
        """The week that holds today first, then the usual one, then those of coming seasons."""
        ahead = sorted((season for season in self.seasons if season.ends >= self.today), key=lambda one: one.begins)
        weeks = [Week(self.week), *(Week(season.opening_hours, season) for season in ahead)]
        return tuple(sorted(weeks, key=lambda week: not (week.season and week.season.holds_on(self.today))))

    def shown_alike(self) -> tuple[object, ...]:
        """All that pages show of it and that stays the same from one day to the next, until something in it changes.

        The hours of the days from today on (``days``) are not in it: they are other ones every day.
        """
        lasting = (self.week, self.zone, self.page_path, self.calendar_file, self.seasons, self.closures)
        return *lasting, self.special_hours, self.bank_holidays, self.region, self.exceptions, self.weeks()

    @property
    def is_closed_on_bank_holidays(self) -> bool:
        """Whether that is the rule."""
        return bool(self.region and self.bank_holidays.default)

    def undecided_bank_holidays(self, last: date) -> Iterator[tuple[date, str]]:
        """Days and names of the bank holidays until ``last`` on which the week says open and nothing else is given.

        The names are for the owner, and so English.
        """
        for hours in self.days(self.today, last):
            if hours.periods and not hours.source.is_exception and bank_holiday(hours.day, self.region):
                yield hours.day, to_the_owner(partial(bank_holiday, hours.day, self.region)) or ""

    @property
    def location(self) -> str:
        """What the location is called where several are told apart: its short name; ``hours`` of an only one."""
        return PurePosixPath(self.calendar_file).stem

    @property
    def calendar_path(self) -> str | None:
        """The path of its calendar; None where nothing says a time, as with ``by appointment`` for all days."""
        weeks = (self.week, *(season.opening_hours for season in self.seasons))
        single = (*(one.hours for one in self.special_hours), *self.bank_holidays.days.values())
        days = (*single, *(day for week in weeks for day in week.week().values()))
        return self.calendar_file if any(hours.periods for hours in days) else None


def _days(first: date, last: date) -> Iterator[date]:
    return (first + ONE_DAY * number for number in range((last - first).days + 1))


def _group_key(hours: DayHours) -> tuple[object, ...]:
    """Christmas Day and Boxing Day, both closed, are one range; two closures with reasons of their own are not."""
    bank_holiday = hours.source in {HoursSource.BANK_HOLIDAY, HoursSource.BANK_HOLIDAYS}
    return hours.source, hours.hours, None if bank_holiday and hours.hours.is_closed else hours.reason


def _date_range(days: list[DayHours]) -> DateRange:
    reasons = dict.fromkeys(hours.reason for hours in days if hours.reason)
    return DateRange(days[0].day, days[-1].day, days[0].hours, days[0].source, _several(reasons))


def _several(reasons: Collection[str]) -> str | None:
    """The reasons in words; of bank holidays whose days are estimates (those of the Moon) that is said once."""
    plain = list(dict.fromkeys(reason.removesuffix(ESTIMATED) for reason in reasons))
    is_estimated = any(reason.endswith(ESTIMATED) for reason in reasons)
    return join_and(plain) + (ESTIMATED if is_estimated else "") if plain else None
