"""Opening hours as the owner writes them: the usual week, seasons, closures, days with special hours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby, pairwise
from typing import Annotated, Any, NamedTuple, Self

from pydantic import AfterValidator, Field, model_validator

from clinic.models.base import NO_HINT, Record, RecordError, check_order, rename_keys
from clinic.models.hours_as_written import MINUTES_IN_DAY, Ends, read_clock, read_day, read_period
from clinic.models.suggestions import join_and
from clinic.models.types import Day, Text, from_text
from clinic.models.weekdays import Weekday, days_named, deciding_key
from clinic.models.words import in_list, span

CLOSED_ALL_DAY = time(0, 0)
"""Google's notation for closed: opens and closes both 00:00 (LocalBusiness, openingHoursSpecification)."""
ROUND_THE_CLOCK = time(0, 0), time(23, 59)
"""Google's notation for open 24 hours (as above)."""


class Period(Record):
    """A time of being open, which belongs to the day on which it opens.

    ``closes`` is 00:00 where it closes at the end of the day, and before ``opens`` where it closes on the next day
    (schema.org, OpeningHoursSpecification). Both are 00:00 for the whole day.
    """

    opens: Annotated[time, from_text(read_clock)] = Field(
        description="when it opens, such as 09:00", json_schema_extra=NO_HINT
    )
    closes: Annotated[time, from_text(read_clock)] = Field(
        description="when it closes, such as 17:30; 24:00 is midnight, and a time before opens is on the next day",
        json_schema_extra=NO_HINT,
    )

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if isinstance(value, Ends):
            return value._asdict()
        value = rename_keys(value, {"open": "opens", "close": "closes"})
        if isinstance(value, dict) and all(isinstance(value.get(key), str) for key in Ends._fields):
            return {**value, **read_period(value["opens"], value["closes"])._asdict()}
        return value

    @property
    def is_round_the_clock(self) -> bool:
        """Whether it is the whole day."""
        return self.opens == self.closes

    @property
    def ends_next_day(self) -> bool:
        """Whether it ends after the day on which it began, at midnight at the earliest."""
        return self.closes <= self.opens

    @property
    def minutes(self) -> tuple[int, int]:
        """When it opens and closes in minutes since the midnight that its day begins with."""
        opens, closes = (at.hour * 60 + at.minute for at in (self.opens, self.closes))
        return opens, closes + MINUTES_IN_DAY * self.ends_next_day

    def __str__(self) -> str:
        return "24 hours" if self.is_round_the_clock else f"{self.opens:%H:%M}–{self.closes:%H:%M}"


def _no_overlap(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    ordered = tuple(sorted(periods, key=lambda period: period.minutes))
    for earlier, later in pairwise(ordered):
        if later.minutes[0] < earlier.minutes[1]:
            raise ValueError(f"{earlier} and {later} overlap; let one end before the next begins")
    return ordered


@dataclass(frozen=True)
class _Contradiction:
    """What two keys that name several days say of one."""

    message: str


class HoursOfDay(Record):
    """What one line says of a day: ``09:00-12:30, 13:30-17:30``, ``24 hours``, ``by appointment`` or ``closed``.

    A list of periods and a mapping with ``opens`` and ``closes`` are taken too.
    """

    periods: Annotated[tuple[Period, ...], AfterValidator(_no_overlap)] = Field(
        default=(), description="the times of being open, in place of the one line"
    )
    by_appointment: bool = Field(
        default=False, description="yes, if people are seen by appointment, beside these times or at all"
    )

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if isinstance(value, _Contradiction):
            raise ValueError(value.message)  # noqa: TRY004 (pydantic takes it for a message)
        if isinstance(value, str):
            return read_day(value)._asdict()
        if isinstance(value, list):
            if not all(isinstance(entry, str | dict | Period) for entry in value):
                raise ValueError("a list of hours has one time of being open in each line, for example 09:00-12:30")
            lines = [read_day(entry) if isinstance(entry, str) else None for entry in value]
            periods = [line.periods if line else (entry,) for line, entry in zip(lines, value, strict=True)]
            return {
                "periods": [period for some in periods for period in some],
                "by_appointment": any(line.by_appointment for line in lines if line),
            }
        is_period = isinstance(value, dict) and value and not value.keys() & cls.model_fields.keys()
        return {"periods": [value]} if is_period else value

    @property
    def is_closed(self) -> bool:
        """Whether nobody is seen on that day."""
        return not self.periods and not self.by_appointment


class DaySpan(NamedTuple):
    """Consecutive days of the week with the same hours."""

    days: tuple[Weekday, ...]
    hours: HoursOfDay

    @property
    def numbers(self) -> str:
        """The numbers of its days, 1 for Monday (ISO 8601): ``12345``."""
        return "".join(str(number) for number, day in enumerate(Weekday, 1) if day in self.days)

    @property
    def label(self) -> str:
        """For example ``Monday``, ``Saturday and Sunday`` or ``Monday to Friday``.

        Empty for a whole week by appointment, which names no days: nobody promises to be there on each.
        """
        if len(self.days) == len(Weekday) and self.hours == HoursOfDay(by_appointment=True):
            return ""
        first, last = self.days[0].in_words, self.days[-1].in_words
        if len(self.days) == 1:
            return first
        return in_list([first, last]) if len(self.days) == 2 else span(first, last)


class OpeningHours(Record):
    """A week. A day that is not named is closed.

    A key may name several days (``weekdays``, ``monday-friday``); one that names fewer of them stands against it. In
    place of the lines, ``by appointment`` or ``24 hours`` holds for all days.
    """

    monday: HoursOfDay = Field(default=HoursOfDay(), description="for example 09:00-12:30, 13:30-17:30, or closed")
    tuesday: HoursOfDay = Field(default=HoursOfDay(), description="for example 09:00-17:30, or by appointment")
    wednesday: HoursOfDay = Field(default=HoursOfDay(), description="for example 09:00-12:00, then by appointment")
    thursday: HoursOfDay = Field(default=HoursOfDay(), description="for example 1pm to 8:30pm")
    friday: HoursOfDay = Field(default=HoursOfDay(), description="for example 22:00-02:00, which ends on Saturday")
    saturday: HoursOfDay = Field(default=HoursOfDay(), description="for example 09:00-12:00, or 24 hours")
    sunday: HoursOfDay = Field(default=HoursOfDay(), description="for example 10:00-12:00, or closed")

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if isinstance(value, str):
            if not _holds_for_any_day(value):
                how = 'write lines under it, such as "weekdays: 09:00-17:30", or by appointment, or 24 hours'
                raise ValueError(f'"{value}" does not say on which days; {how}')
            return {day.value: value for day in Weekday}
        return _by_day(value) if isinstance(value, dict) else value

    def week(self) -> Mapping[Weekday, HoursOfDay]:
        """The hours of each day, Monday to Sunday."""
        return {day: self.on(day) for day in Weekday}

    def on(self, weekday: Weekday) -> HoursOfDay:
        """The hours of one day of the week."""
        hours: HoursOfDay = getattr(self, weekday.value)
        return hours

    def days_by_period(self) -> Mapping[Period, list[Weekday]]:
        """The days that have each period."""
        days: dict[Period, list[Weekday]] = {}
        for day in Weekday:
            for period in self.on(day).periods:
                days.setdefault(period, []).append(day)
        return days

    def spans(self) -> Iterator[DaySpan]:
        """The week with neighbouring equal days joined."""
        for hours, days in groupby(self.week().items(), key=lambda item: item[1]):
            yield DaySpan(tuple(day for day, _ in days), hours)


def _holds_for_any_day(text: str) -> bool:
    """Whether it may stand in place of a week's lines: it says nothing that differs from day to day."""
    try:
        day = read_day(text)
    except ValueError:
        return False
    always = (Ends(CLOSED_ALL_DAY, CLOSED_ALL_DAY),)
    return day.periods == always or (day.by_appointment and not day.periods)


def _by_day(written: Mapping[Any, Any]) -> dict[Any, Any]:
    """The lines of a week with one key for each day; keys that name no days stay for the model to refuse."""
    named = {key: days for key in written if isinstance(key, str) and (days := days_named(key))}
    lines: dict[Any, Any] = {key: value for key, value in written.items() if key not in named}
    for day in Weekday:
        if key := deciding_key(day, named):
            rivals = [other for other in named if day in named[other] and written[other] != written[key]]
            doubtful = next((other for other in rivals if not {*named[key]} < {*named[other]}), None)
            lines[day.value] = _contradiction(key, doubtful, named) if doubtful else written[key]
    return lines


def _contradiction(key: str, other: str, named: Mapping[str, tuple[Weekday, ...]]) -> _Contradiction:
    """Of two keys that name the same days, or each some that the other does not."""
    days = join_and(day.label for day in named[key] if day in named[other])
    how = "keep one" if named[key] == named[other] else "name them in one of these, or on a line of their own"
    return _Contradiction(f'"{key}" and "{other}" both say when it is open on {days}; {how}')


class Closure(Record):
    """Days on which the clinic is closed although the week says open (holiday, training)."""

    first: Day = Field(description='the first day closed; for a single day write "on: 2025-12-25" instead')
    last: Day = Field(description='the last day closed; for a single day write "on: 2025-12-25" instead')
    reason: Text | None = Field(default=None, description="why, in a few words, such as Christmas")

    @model_validator(mode="before")
    @classmethod
    def _rename_keys(cls, value: Any) -> Any:
        """Accept ``on:`` for a single day, ``from:`` with ``to:`` for several, and a line of a day or two."""
        if isinstance(value, str):
            first, _, last = value.partition(" to ")
            return {"first": first.strip(), "last": (last or first).strip()}
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
    hours: HoursOfDay = Field(description="when it is open on that day, for example 09:00-12:00")
    reason: Text | None = Field(default=None, description="why, in a few words, such as staff training")

    @model_validator(mode="after")
    def _open(self) -> Self:
        if self.hours.is_closed:
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
