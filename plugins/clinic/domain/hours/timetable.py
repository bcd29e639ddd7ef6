"""When a location is open, day by day, and why. Whatever speaks of hours, speaks from here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cached_property
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from clinic.models.bank_holidays import BankHolidays, Region, bank_holiday
from clinic.models.opening_hours import Closure, OpeningHours, Period, Season, SpecialHours, Weekday

ONE_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)
AHEAD = timedelta(days=456)
"""How far the site tells bank holidays ahead: fifteen months, so a site that is published once a year stays right."""


class Why(Enum):
    """What decides the hours of a day."""

    WEEK = "the usual week"
    SEASON = "the week of a season"
    BANK_HOLIDAY = "a bank holiday that is decided for itself"
    BANK_HOLIDAYS = "closed on bank holidays"
    SPECIAL = "special hours"
    CLOSURE = "a closure"

    @property
    def is_exception(self) -> bool:
        """Whether no week says it."""
        return self not in {Why.WEEK, Why.SEASON}


class DayHours(NamedTuple):
    """What holds on one day; no periods is closed."""

    day: date
    periods: tuple[Period, ...]
    why: Why
    reason: str | None = None


class DateRange(NamedTuple):
    """Days in a row on which the same exception holds."""

    first: date
    last: date
    periods: tuple[Period, ...]
    why: Why
    reason: str | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """Each of its days."""
        return tuple(_days(self.first, self.last))


class Week(NamedTuple):
    """A week that holds, now or later; ``season`` is None for the usual one."""

    hours: OpeningHours
    season: Season | None = None


@dataclass(frozen=True)
class Timetable:
    """The hours of one location, as of ``today``; the paths are those of the page and of the calendar that have all."""

    week: OpeningHours
    today: date
    zone: ZoneInfo
    page_path: str
    calendar_path: str
    seasons: tuple[Season, ...]
    closures: tuple[Closure, ...]
    special_hours: tuple[SpecialHours, ...]
    bank_holidays: BankHolidays
    region: Region | None

    def on(self, day: date) -> DayHours:
        """The periods of a day, and why. A day that the owner names goes before a bank holiday, that before a week."""
        for closure in self.closures:
            if closure.holds_on(day):
                return DayHours(day, (), Why.CLOSURE, closure.reason)
        for special in self.special_hours:
            if special.on == day:
                return DayHours(day, special.hours, Why.SPECIAL, special.reason)
        usual = self._by_the_week(day)
        return self._on_bank_holiday(usual) or usual

    def season_on(self, day: date) -> Season | None:
        """The season whose week holds on a day; None where the usual one does."""
        return next((season for season in self.seasons if season.holds_on(day)), None)

    def _by_the_week(self, day: date) -> DayHours:
        if season := self.season_on(day):
            return DayHours(day, season.opening_hours.on(Weekday.of(day)), Why.SEASON, season.name)
        return DayHours(day, self.week.on(Weekday.of(day)), Why.WEEK)

    def _on_bank_holiday(self, usual: DayHours) -> DayHours | None:
        """What is decided for the day, where it is a bank holiday; nothing where it would be closed anyway."""
        day = usual.day
        name = bank_holiday(day, self.region)
        decided = self.bank_holidays.decided(day)
        if name is None or decided is None or not (decided or usual.periods):
            return None
        why = Why.BANK_HOLIDAY if day in self.bank_holidays.days else Why.BANK_HOLIDAYS
        return DayHours(day, decided, why, name)

    def days(self, first: date, last: date) -> Iterator[DayHours]:
        """Every day from the first to the last."""
        return map(self.on, _days(first, last))

    @property
    def horizon(self) -> date:
        """The last day that is told: a good year from today, and every day that the owner has named beyond it."""
        named = (
            *(closure.last for closure in self.closures),
            *(special.on for special in self.special_hours),
            *(season.ends for season in self.seasons),
        )
        return max((self.today + AHEAD, *self.bank_holidays.days, *named))

    @cached_property
    def exceptions(self) -> tuple[DateRange, ...]:
        """What no week says and is not over. Bank holidays side by side are told in one breath."""
        begun = (closure.first for closure in self.closures if closure.holds_on(self.today))
        first = min(self.today - A_WEEK, *begun, self.today)
        found = (hours for hours in self.days(first, self.horizon) if hours.why.is_exception)
        date_ranges = (_spell(tuple(group)) for _, group in groupby(found, key=_Neighbours()))
        return tuple(date_range for date_range in date_ranges if date_range.last >= self.today)

    def weeks(self) -> tuple[Week, ...]:
        """The week that holds today first, then the usual one, then those of coming seasons."""
        ahead = sorted((season for season in self.seasons if season.ends >= self.today), key=lambda one: one.begins)
        weeks = [Week(self.week), *(Week(season.opening_hours, season) for season in ahead)]
        return tuple(sorted(weeks, key=self._is_not_on))

    def _is_not_on(self, week: Week) -> bool:
        return week.season is None or not week.season.holds_on(self.today)

    @property
    def is_closed_on_bank_holidays(self) -> bool:
        """Whether that is the rule."""
        return bool(self.region and self.bank_holidays.default)

    def undecided(self, last: date) -> Iterator[tuple[date, str]]:
        """Bank holidays from today until ``last`` on which the week says open, and nobody has said otherwise."""
        for hours in self.days(self.today, last):
            name = bank_holiday(hours.day, self.region)
            if name and hours.periods and not hours.why.is_exception:
                yield hours.day, name


def _days(first: date, last: date) -> Iterator[date]:
    return (first + ONE_DAY * number for number in range((last - first).days + 1))


class _Neighbours:
    """The key by which ``groupby`` keeps days together: it changes where the next day is another story."""

    def __init__(self) -> None:
        self._before: DayHours | None = None
        self._number = 0

    def __call__(self, hours: DayHours) -> int:
        before, self._before = self._before, hours
        self._number += not (before and before.day + ONE_DAY == hours.day and _story(before) == _story(hours))
        return self._number


def _story(hours: DayHours) -> tuple[object, ...]:
    """Christmas Day and Boxing Day, both closed, are one; two closures with reasons of their own are not."""
    bank_holiday = hours.why in {Why.BANK_HOLIDAY, Why.BANK_HOLIDAYS}
    return hours.why, hours.periods, None if bank_holiday and not hours.periods else hours.reason


def _spell(days: tuple[DayHours, ...]) -> DateRange:
    reasons = dict.fromkeys(hours.reason for hours in days if hours.reason)
    return DateRange(days[0].day, days[-1].day, days[0].periods, days[0].why, " and ".join(reasons) or None)
