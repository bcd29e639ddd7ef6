"""Days of the week in a text, what a text states about opening hours, and the hours of a day to compare it with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import NamedTuple

from clinic.models.hours_as_written import MINUTES_IN_DAY
from clinic.models.opening_hours import Period
from clinic.models.weekdays import Weekday, days_named

_DAY = (
    r"(?:(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)days?)|(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun|MON|TUES?|WEDS?|THU(?:RS?)?|"
    r"FRI|SAT|SUN)\b\.?)"
)
_MANY = r"(?i:weekdays?|weekends?|daily|every day|(?:seven|7) days(?: a week)?)"
_GROUP = re.compile(
    rf"\b(?:{_MANY}|{_DAY}(?:(?:\s?(?:,|&|/|-)\s?|\s(?:and|or|to|till|until|through)\s)(?:and\s)?{_DAY})*)(?!\w)"
)


class Days(NamedTuple):
    """Days named together, ``Monday to Thursday`` or ``Tuesday and Friday``, and where."""

    days: frozenset[Weekday]
    start: int
    end: int


def weekdays(text: str) -> Iterator[Days]:
    """Every group of days, in order."""
    for found in _GROUP.finditer(text):
        yield Days(frozenset(days_named(found.group())), *found.span())


_DAYS = r"(?:[wW]eekends|(?:[wW]eek|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days)"
_CLOSED = re.compile(
    r"(?:^|(?<=\n)|(?<=[.!?]\s))(?:[wW]e(?:'re|\sare)\s(?:(?:also|always|usually|normally)\s)?)?"
    rf"(?P<said>(?:[cC]losed|[sS]hut|[nN]ot\sopen)\s(?:all\sday\s)?(?:on\s)?{_DAYS}(?:(?:,|,?\s(?:and|or|to|&))\s{_DAYS})*)"
    r"(?=\s*(?:$|[.!;\n]))"
)
"""Of every such day and of nothing more: ``closed on Monday`` may mean the next one, and a season may follow."""


def closed_days(text: str) -> Iterator[Days]:
    """The days of every sentence that says of the clinic that it is closed, and where."""
    for found in _CLOSED.finditer(text):
        days = frozenset[Weekday]().union(*(group.days for group in weekdays(found.group("said"))))
        yield Days(days, *found.span("said"))


@dataclass(frozen=True)
class StatedHours:
    """What a sentence states about opening hours.

    ``days`` are the readings of which days it means: it is true if it holds on every day of one of them, or, with
    none, on any day. Each of ``opens`` and ``closes`` has the readings of a clock time (9 is 09:00 or 21:00), empty
    where nothing is stated; ``either`` are those of a time that may be one or the other. ``closed``: it may be about
    a break instead. ``within``: it states a time during the hours, such as that of the last appointment. ``always``: it
    states that nothing closes on these days.
    """

    days: tuple[frozenset[Weekday], ...]
    opens: frozenset[time] = frozenset()
    closes: frozenset[time] = frozenset()
    either: frozenset[time] = frozenset()
    closed: bool = False
    within: bool = False
    always: bool = False

    @property
    def all_day(self) -> bool:
        """Whether it states that whole days are closed."""
        return self.closed and not (self.opens or self.closes or self.either)


@dataclass(frozen=True)
class Opening:
    """The hours of one location, on ``days`` of the week or on dates that are such days."""

    days: frozenset[Weekday]
    hours: tuple[Period, ...]

    def fits(self, stated: StatedHours) -> bool:
        """Whether a statement is true of this day. Nine to half past five is true over a lunch break."""
        opens, closes = {period.opens for period in self.hours}, {period.closes for period in self.hours}
        if stated.always:
            return any(period.is_round_the_clock for period in self.hours)
        if stated.within:
            asked = filter(None, (stated.opens, stated.closes, stated.either))
            return all(any(self._lasts_to(reading) for reading in readings) for readings in asked)
        if stated.either:
            return bool(stated.either & (opens | closes))
        return _spans(stated, opens, closes) or (stated.closed and _spans(stated, closes, opens))

    def _lasts_to(self, at: time) -> bool:
        """Whether a time lies between the first opening and the last closing, be that on the next day."""
        first, last = self.hours[0].minutes[0], self.hours[-1].minutes[1]
        minutes = at.hour * 60 + at.minute
        return first <= minutes <= last or first <= minutes + MINUTES_IN_DAY <= last

    def after_midnight(self) -> "Opening | None":
        """The night that goes on into the next day, as hours of that day: both may be said."""
        last = self.hours[-1]
        if last.closes == time(0) or not last.ends_next_day:
            return None
        return Opening(frozenset(day.following for day in self.days), (Period(opens=time(0), closes=last.closes),))

    def periods(self) -> list[str]:
        """Its periods in words."""
        return [str(period) for period in self.hours]


def _spans(stated: StatedHours, starts: set[time], ends: set[time]) -> bool:
    return (not stated.opens or bool(stated.opens & starts)) and (not stated.closes or bool(stated.closes & ends))
