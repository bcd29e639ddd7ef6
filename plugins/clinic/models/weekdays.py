"""Days of the week, and several at once as people name them: ``Mon to Fri``, ``weekends``, ``tuesday and friday``."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from itertools import pairwise
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BeforeValidator

from clinic.models.language import current_locale
from clinic.models.types import DASHES, unique


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
        """The day in English, which is also its schema.org DayOfWeek member: ``Monday``."""
        return self.value.capitalize()

    @property
    def in_words(self) -> str:
        """The day in the language of the site: ``Montag``."""
        return str(current_locale().days["stand-alone"]["wide"][_WEEK.index(self)])

    @property
    def following(self) -> "Weekday":
        """The day after it; Monday after Sunday."""
        return _WEEK[(_WEEK.index(self) + 1) % len(_WEEK)]

    @classmethod
    def of(cls, day: date) -> "Weekday":
        """The weekday of a date."""
        return _WEEK[day.weekday()]


_WEEK = tuple(Weekday)
_DAY = re.compile(r"(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)\.?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?")
_GROUPS: Mapping[str, tuple[Weekday, ...]] = {
    **dict.fromkeys(("weekday", "week day", "workday", "working day"), _WEEK[:5]),
    **dict.fromkeys(("weekend", "week end"), _WEEK[5:]),
    **dict.fromkeys(("daily", "every day", "everyday", "each day", "all day", "all week", "7 day", "seven day"), _WEEK),
}
"""Words for several days, without the ``s`` at their end."""
_SPELLINGS = DASHES | {ord("_"): " "}
_AND = re.compile(r"\s*(?:[,;&/+]|\b(?:and|or)\b)\s*")
_TO = re.compile(r"\s*(?:-|\.\.+|\b(?:to|till?|until|through|thru)\b)\s*")


def days_named(text: str) -> tuple[Weekday, ...]:
    """The days that a text names and nothing else, in the order of the week; empty where it says anything more.

    ``Friday to Monday`` are four days.
    """
    parts = [part for part in _AND.split(" ".join(text.lower().translate(_SPELLINGS).split())) if part]
    days = [_days_of_part(part) for part in parts]
    return tuple(day for day in _WEEK if any(day in found for found in days)) if all(days) else ()


def _days_of_part(part: str) -> tuple[Weekday, ...]:
    words = part.removeprefix("on ").removesuffix(" a week")
    if group := _GROUPS.get(words.removesuffix("s")):
        return group
    names = _TO.split(words)
    if not all(map(_DAY.fullmatch, names)):
        return ()
    numbers = [next(number for number, day in enumerate(_WEEK) if day.value[:3] == name[:3]) for name in names]
    between = [range(first, first + (last - first) % 7) for first, last in pairwise(numbers)]
    return tuple(_WEEK[number % 7] for span in (*between, numbers[-1:]) for number in span)


def deciding_key(day: Weekday, keys: Iterable[str]) -> str | None:
    """Of the keys that name a day, the one that says what holds: that which names the fewest days, the first of equals.

    So ``friday`` stands against ``weekdays``, and ``weekends`` against ``every day``.
    """
    naming = {key: days for key in keys if day in (days := days_named(key))}
    return min(naming, key=lambda key: len(naming[key]), default=None)


def _each(value: Any) -> Any:
    """A line of days, or a list of such, with a value for each day; what names none is left to the type."""
    if isinstance(value, str):
        value = [value] if days_named(value) else [part.strip() for part in value.split(",") if part.strip()]
    if not isinstance(value, list):
        return value
    named = [(entry, days_named(entry) if isinstance(entry, str) else ()) for entry in value]
    return [name for entry, days in named for name in ([day.value for day in days] or [entry])]


WeekdayList: TypeAlias = Annotated[tuple[Weekday, ...], BeforeValidator(_each), AfterValidator(unique)]
"""Days of the week, written as a list or as one line: ``monday, wednesday-friday``; repeats are dropped."""
