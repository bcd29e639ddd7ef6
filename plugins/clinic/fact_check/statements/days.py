"""Days of the week in a text, what a text states about opening hours, and the hours of a day to compare it with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import NamedTuple

from clinic.models.opening_hours import Weekday

_WEEK = tuple(Weekday)
_SHORT = {day.value[:3]: day for day in Weekday}
_DAY = (
    r"(?:(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)days?)|(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun|MON|TUES?|WEDS?|THU(?:RS?)?|"
    r"FRI|SAT|SUN)\b\.?)"
)
_MANY = r"(?i:weekdays?|weekends?|daily|every day|(?:seven|7) days(?: a week)?)"
_GROUP = re.compile(
    rf"\b(?:(?P<many>{_MANY})|{_DAY}(?:(?:\s?(?:,|&|/|-)\s?|\s(?:and|or|to|till|until|through)\s)(?:and\s)?{_DAY})*)(?!\w)"
)
_PART = re.compile(rf"({_DAY})|(-|\bto\b|\btill\b|\buntil\b|\bthrough\b)")


class Days(NamedTuple):
    """Days named together, ``Monday to Thursday`` or ``Tuesday and Friday``, and where."""

    days: frozenset[Weekday]
    start: int
    end: int


def weekdays(text: str) -> Iterator[Days]:
    """Every group of days, in order."""
    for found in _GROUP.finditer(text):
        many = (found.group("many") or "").lower().rstrip("s")
        days = {"weekday": _WEEK[:5], "weekend": _WEEK[5:]}.get(many, _WEEK) if many else _named(found.group())
        yield Days(frozenset(days), *found.span())


def _named(words: str) -> Iterator[Weekday]:
    """The days that are named, with those between two that ``to`` joins: ``Friday to Monday`` are four."""
    last = spanning = None
    for name, joining in _PART.findall(words):
        if name:
            day = _WEEK.index(_SHORT[name[:3].lower()])
            first = last if spanning and last is not None else day
            yield from (_WEEK[number % 7] for number in range(first, first + (day - first) % 7 + 1))
            last = day
        spanning = joining


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
    a break instead. ``within``: it states a time during the hours, such as that of the last appointment.
    """

    days: tuple[frozenset[Weekday], ...]
    opens: frozenset[time] = frozenset()
    closes: frozenset[time] = frozenset()
    either: frozenset[time] = frozenset()
    closed: bool = False
    within: bool = False

    @property
    def all_day(self) -> bool:
        """Whether it states that whole days are closed."""
        return self.closed and not (self.opens or self.closes or self.either)


@dataclass(frozen=True)
class Opening:
    """The hours of one location, on ``days`` of the week or on dates that are such days."""

    days: frozenset[Weekday]
    opens: frozenset[time]
    closes: frozenset[time]

    def fits(self, stated: StatedHours) -> bool:
        """Whether a statement is true of this day. Nine to half past five is true over a lunch break."""
        if stated.within:
            first, last = min(self.opens), max(self.closes)
            asked = filter(None, (stated.opens, stated.closes, stated.either))
            return all(any(first <= reading <= last for reading in readings) for readings in asked)
        if stated.either:
            return bool(stated.either & (self.opens | self.closes))
        return _spans(stated, self.opens, self.closes) or (stated.closed and _spans(stated, self.closes, self.opens))

    def periods(self) -> list[str]:
        """Its periods in words."""
        ends = sorted(self.closes)
        return [f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in zip(sorted(self.opens), ends, strict=False)]


def _spans(stated: StatedHours, starts: frozenset[time], ends: frozenset[time]) -> bool:
    return (not stated.opens or bool(stated.opens & starts)) and (not stated.closes or bool(stated.closes & ends))
