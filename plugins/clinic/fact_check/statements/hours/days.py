"""Days of the week in a text, and whole days on which it says that the clinic is closed."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from clinic.models.opening_hours import Weekday

_WEEK = tuple(Weekday)
_SHORT = {day.value[:3]: day for day in Weekday}
_DAY = (
    r"(?:(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)days?)|(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun|MON|TUES?|WEDS?|THU(?:RS?)?|"
    r"FRI|SAT|SUN)\b\.?)"
)
_MANY = {
    "weekday": _WEEK[:5],
    "weekend": _WEEK[5:],
    "daily": _WEEK,
    "every day": _WEEK,
    "seven days": _WEEK,
    "7 days": _WEEK,
    "days a week": _WEEK,
}
_MANY_NAMES = r"(?i:weekdays?|weekends?|daily|every day|(?:seven|7) days(?: a week)?)"
_GROUP = re.compile(
    rf"\b(?:{_MANY_NAMES}|{_DAY}(?:(?:\s?(?:,|&|/|-)\s?|\s(?:and|or|to|till|until|through)\s)(?:and\s)?{_DAY})*)(?!\w)"
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
        yield Days(frozenset(_days(found.group())), *found.span())


def _days(words: str) -> Iterator[Weekday]:
    many = next((days for name, days in _MANY.items() if words.lower().startswith(name)), None)
    if many:
        yield from many
        return
    last, spanning = None, False
    for found in _PART.finditer(words):
        if found.group(2):
            spanning = True
            continue
        day = _SHORT[found.group(1)[:3].lower()]
        if spanning and last:
            yield from _span(last, day)
        yield day
        last, spanning = day, False


def _span(first: Weekday, last: Weekday) -> Iterator[Weekday]:
    index = _WEEK.index(first)
    while _WEEK[index % 7] is not last:
        yield _WEEK[index % 7]
        index += 1


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
