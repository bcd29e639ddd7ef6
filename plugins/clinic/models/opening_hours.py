"""Opening hours as the owner writes them: the usual week, seasons, closures, days with special hours."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from enum import Enum
from itertools import groupby, pairwise
from typing import Annotated, Any, NamedTuple, Self, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from clinic.models.base import NO_HINT, Record, RecordError, check_order, rename_keys
from clinic.models.types import ClockTime, Day, Text

CLOSED_ALL_DAY = time(0, 0)
"""Google's notation for closed: opens and closes both 00:00 (LocalBusiness, openingHoursSpecification)."""
_DASHES = str.maketrans({"–": "-", "—": "-"})


class Weekday(Enum):
    """A day of the week; the value is the key in clinic.yaml."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def label(self) -> str:
        """The day as shown, which is also its schema.org DayOfWeek member: ``Monday``."""
        return self.value.capitalize()

    @classmethod
    def of(cls, day: date) -> "Weekday":
        """The weekday of a date."""
        return tuple(cls)[day.weekday()]


class Period(Record):
    """A part of a day during which the clinic is open."""

    opens: ClockTime = Field(description="when it opens, such as 09:00", json_schema_extra=NO_HINT)
    closes: ClockTime = Field(description="when it closes, on the same day, such as 17:30", json_schema_extra=NO_HINT)

    @model_validator(mode="after")
    def _opens_first(self) -> Self:
        if self.closes <= self.opens:
            raise ValueError(f"{self} closes before it opens; a period ends on the day it begins")
        return self

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"


def _periods(value: Any) -> Any:
    """Accept ``09:00-12:30, 13:30-17:30``, a list of such, or ``closed``."""
    if isinstance(value, str):
        value = [] if value.strip().lower() == "closed" else [part.strip() for part in value.split(",")]
    return [_period(item) for item in value] if isinstance(value, list) else value


def _period(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    opens, dash, closes = value.translate(_DASHES).partition("-")
    if not dash:
        how = "write when it opens and closes, for example 09:00-17:30, or closed"
        raise ValueError(f'"{value}" is not a period; {how}')
    return {"opens": opens.strip(), "closes": closes.strip()}


def _no_overlap(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    ordered = tuple(sorted(periods, key=lambda period: period.opens))
    for earlier, later in pairwise(ordered):
        if later.opens < earlier.closes:
            raise ValueError(f"{earlier} and {later} overlap; let one end before the next begins")
    return ordered


Periods: TypeAlias = Annotated[tuple[Period, ...], BeforeValidator(_periods), AfterValidator(_no_overlap)]
"""The open periods of one day, in order, never overlapping; empty means closed all day."""


class DaySpan(NamedTuple):
    """Consecutive days of the week with the same periods."""

    days: tuple[Weekday, ...]
    periods: tuple[Period, ...]

    @property
    def label(self) -> str:
        """For example ``Monday``, ``Saturday and Sunday`` or ``Monday to Friday``."""
        first, last = self.days[0].label, self.days[-1].label
        if len(self.days) == 1:
            return first
        return f"{first} {'and' if len(self.days) == 2 else 'to'} {last}"


class OpeningHours(Record):
    """A week. A day that is not named is closed."""

    monday: Periods = Field(default=(), description="for example 09:00-12:30, 13:30-17:30, or closed")
    tuesday: Periods = Field(default=(), description="for example 09:00-17:30, or closed")
    wednesday: Periods = Field(default=(), description="for example 09:00-17:30, or closed")
    thursday: Periods = Field(default=(), description="for example 09:00-17:30, or closed")
    friday: Periods = Field(default=(), description="for example 09:00-17:30, or closed")
    saturday: Periods = Field(default=(), description="for example 09:00-12:00, or closed")
    sunday: Periods = Field(default=(), description="for example 10:00-12:00, or closed")

    def week(self) -> Mapping[Weekday, tuple[Period, ...]]:
        """The periods of each day, Monday to Sunday."""
        return {day: self.on(day) for day in Weekday}

    def on(self, weekday: Weekday) -> tuple[Period, ...]:
        """The periods of one day of the week."""
        periods: tuple[Period, ...] = getattr(self, weekday.value)
        return periods

    def days_by_period(self) -> Mapping[Period, list[Weekday]]:
        """The days that have each period."""
        days: dict[Period, list[Weekday]] = {}
        for day in Weekday:
            for period in self.on(day):
                days.setdefault(period, []).append(day)
        return days

    def spans(self) -> Iterator[DaySpan]:
        """The week with neighbouring equal days joined."""
        for periods, days in groupby(self.week().items(), key=lambda item: item[1]):
            yield DaySpan(tuple(day for day, _ in days), periods)


class Closure(Record):
    """Days on which the clinic is closed although the week says open (holiday, training)."""

    first: Day = Field(description='the first day closed; for a single day write "on: 2025-12-25" instead')
    last: Day = Field(description='the last day closed; for a single day write "on: 2025-12-25" instead')
    reason: Text | None = Field(default=None, description="why, in a few words, such as Christmas")

    @model_validator(mode="before")
    @classmethod
    def _rename_keys(cls, value: Any) -> Any:
        """Accept ``on:`` for a single day, and ``from:`` with ``to:`` for several."""
        if not isinstance(value, dict):
            return value
        renamed = rename_keys(value, {"from": "first", "to": "last"})
        if "on" in renamed and {"first", "last"} & renamed.keys():
            raise RecordError("on", 'write either "on" for a single day, or "from" and "to"')
        if "on" in renamed:
            renamed["first"] = renamed["last"] = renamed.pop("on")
        return renamed

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order("closure", "to", self.first, self.last)
        return self

    def holds_on(self, day: date) -> bool:
        """Whether the clinic is closed for it on that day."""
        return self.first <= day <= self.last


class SpecialHours(Record):
    """A day with other hours than the week has for it."""

    on: Day = Field(description="the day with other hours")
    hours: Periods = Field(description="when it is open on that day, for example 09:00-12:00")
    reason: Text | None = Field(default=None, description="why, in a few words, such as staff training")

    @model_validator(mode="after")
    def _open(self) -> Self:
        if not self.hours:
            raise RecordError("hours", 'a day that is closed belongs under "closures"; move it there')
        return self


class Season(Record):
    """Days between which another week replaces the usual one."""

    name: Text | None = Field(default=None, description="what the season is called, such as Summer")
    begins: Day = Field(description="the first day of the season, with its year")
    ends: Day = Field(description="the last day of the season, with its year")
    opening_hours: OpeningHours = Field(description="the week that holds in the season")

    @model_validator(mode="before")
    @classmethod
    def _rename_keys(cls, value: Any) -> Any:
        return rename_keys(value, {"from": "begins", "to": "ends"})

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order("season", "to", self.begins, self.ends)
        return self

    def holds_on(self, day: date) -> bool:
        """Whether its week holds on that day."""
        return self.begins <= day <= self.ends
