"""Events: front matter of the files in ``content/events/``, when one takes place, and how that is written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum
from typing import Annotated, Any, Self, TypeAlias

from pydantic import AfterValidator, Field, model_validator

from clinic.models.base import Aliases, Exemptions, InOneLanguage, PageStatus, RecordError, Status
from clinic.models.claims import Claims
from clinic.models.hours_as_written import read_clock, read_period
from clinic.models.service import Price
from clinic.models.types import DASHES, Day, ListOf, Slug, SlugList, Text, calendar_date, checked, from_text, is_url

_DAYS = re.compile(r"\s*(?:\bto\b|\buntil\b|-)\s*(?=\d{4}-)")
"""What stands between two days, each with or without a time."""
_DAY_AND_TIMES = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?:(?:T|,? )\s*(?:(?:at|from) )?(?P<times>\S.*))?")
_TIMES = re.compile(r"\s*(?:-|\bto\b|\buntil\b)\s*")
_HALF = re.compile(r"[ap]\.?m\.?$|noon$|midnight$", re.IGNORECASE)
_HOW = "write a day and when it begins and ends, for example 2026-04-18 18:30-20:00"
_FREE = re.compile(r"free(?: of charge| entry| admission)?|nothing|no charge|none|0(?:\.00)?", re.IGNORECASE)
LAST_IN_MONTH = 4
"""Every month has four of each weekday, and not every month a fifth."""
NO_BOOKING = "none"


@dataclass(frozen=True)
class Occurrence:
    """One time that an event takes place: from a day, and a time if that is known, to a day and a time."""

    first: date
    starts: time | None
    last: date
    ends: time | None

    @property
    def order(self) -> tuple[date, time, date]:
        """What lists are sorted by: when it begins, then the day of its end."""
        return self.first, self.starts or time.min, self.last


def read_when(text: str) -> Occurrence:
    """``2026-04-18 18:30-20:00``, a day alone, two days, or two days each with a time. Raises ValueError."""
    plain = " ".join(text.translate(DASHES).split())
    sides = _DAYS.split(plain)
    if len(sides) > 2:
        raise ValueError(f'"{text}" has more than a beginning and an end; {_HOW}')
    (first, times), (last, end) = _side(sides[0]), _side(sides[-1])
    if len(sides) == 2:
        if any(part and _TIMES.search(part) for part in (times, end)):
            raise ValueError(f'"{text}" has too many times; {_HOW}, or a list with a line for each day')
        found = Occurrence(first, read_clock(times) if times else None, last, read_clock(end) if end else None)
        if found.last < found.first:
            raise ValueError(f'"{text}" ends before it begins; correct one of the two days')
        return found
    begins, *ends = _TIMES.split(times) if times else [""]
    if not ends:
        return Occurrence(first, read_clock(begins) if begins else None, first, None)
    if len(ends) > 1 or not begins or not ends[0]:
        raise ValueError(f'"{text}" is no beginning and no end; {_HOW}')
    return _within_a_day(first, begins, ends[0], text)


def _side(text: str) -> tuple[date, str]:
    found = _DAY_AND_TIMES.fullmatch(text.strip())
    if not found:
        calendar_date(text)  # says why it is no date
        raise ValueError(f'"{text}" is no day and time; {_HOW}')
    return calendar_date(found["day"]), found["times"] or ""


def _within_a_day(day: date, begins: str, ends: str, text: str) -> Occurrence:
    if read_clock(ends) <= read_clock(begins) and not (_HALF.search(begins) or _HALF.search(ends)):
        raise ValueError(f'"{text}" ends before it begins; correct one of the two times')
    period = read_period(begins, ends)
    if period.closes <= period.opens:
        both = f"{day} {period.opens:%H:%M} to {day + timedelta(days=1)} {period.closes:%H:%M}"
        raise ValueError(f'"{text}" ends on the next day; write both days, each with its time: {both}')
    return Occurrence(day, period.opens, day, period.closes)


class Repeats(Enum):
    """How often an event takes place again; monthly is on the same weekday of the month: the third Saturday."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


def _in_order(times: tuple[Occurrence, ...]) -> tuple[Occurrence, ...]:
    if not times:
        raise ValueError(f"there is no day yet; {_HOW}")
    return tuple(sorted(set(times), key=lambda occurrence: occurrence.order))


_REPEATS: Mapping[str, str] = {
    "every week": "weekly", "each week": "weekly", "once a week": "weekly",
    "every two weeks": "fortnightly", "every 2 weeks": "fortnightly", "every other week": "fortnightly",
    "every second week": "fortnightly", "biweekly": "fortnightly", "bi-weekly": "fortnightly",
    "every fortnight": "fortnightly", "every month": "monthly", "each month": "monthly", "once a month": "monthly",
}  # fmt: skip
"""What people write for the words of Repeats."""
_WEEKDAY = re.compile(r"(?:every |each |on )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?", re.IGNORECASE)
_UNTIL = re.compile(r"(?P<repeats>.+?),? until (?P<until>\d{4}-\d{2}-\d{2})", re.IGNORECASE)


def _repeats(text: str) -> str:
    word = " ".join(text.casefold().split())
    return Repeats.WEEKLY.value if _WEEKDAY.fullmatch(word) else _REPEATS.get(word, word)


Repeating: TypeAlias = Annotated[Repeats, from_text(_repeats)]
Times: TypeAlias = Annotated[
    tuple[Annotated[Occurrence, from_text(read_when)], ...],
    from_text(lambda text: [text]),
    AfterValidator(_in_order),
]
"""A line, or a list of lines: the times in their order."""
_NO_BOOKING_ADDRESS = (
    "is no address to book at; write one with https://, or none if nobody needs to book; without this line people are "
    "asked to call or write"
)
BookingOfEvent: TypeAlias = Annotated[
    str, checked(lambda text: text == NO_BOOKING or is_url(text), _NO_BOOKING_ADDRESS)
]


class EventFrontMatter(InOneLanguage):
    """Front matter of a file in ``content/events/``. What is over is in no list; its page stays, and says so."""

    title: Text = Field(description="what the event is called")
    when: Times = Field(description="the day and its times, such as 2026-04-18 18:30-20:00, or a list of these")
    repeats: Repeating | None = Field(
        default=None, description="weekly, fortnightly or monthly, which is the same weekday of the month"
    )
    until: Day | None = Field(default=None, description="the last day on which it can take place again")
    not_on: ListOf[Day] = Field(default=(), description="days on which it does not take place although it repeats")
    where: Text | None = Field(
        default=None,
        description="the short name of a location in clinic.yaml, the name and address of another place, or online",
    )
    price: tuple[Price, ...] = Field(default=(), description="what it costs: free, a sum, or prices as of a service")
    free: bool = Field(default=False, description="yes if it costs nothing, for which price: free may stand as well")
    places: int | None = Field(default=None, gt=0, description="how many can take part")
    full: bool = Field(default=False, description="yes once all places are taken")
    cancelled: bool = Field(default=False, description="yes if it does not take place after all")
    booking: BookingOfEvent | None = Field(
        default=None, description="where people book, with https://, or none if nobody needs to"
    )
    practitioners: SlugList = Field(default=(), description="who holds it: names of files in team/")
    summary: Text | None = Field(default=None, description="one sentence about it, shown in lists")
    aliases: Aliases = ()
    status: PageStatus = Status.PUBLISHED
    others: Exemptions = ()
    claims: Claims = ()

    @model_validator(mode="before")
    @classmethod
    def _take_apart(cls, value: Any) -> Any:
        """``price: free`` is ``free: yes``, a price alone a list of one; ``repeats`` may say until when."""
        if not isinstance(value, dict):
            return value
        if found := _UNTIL.fullmatch(str(value.get("repeats", ""))):
            value = {"until": found["until"], **value, "repeats": found["repeats"]}
        price = value.get("price")
        if isinstance(price, str) and _FREE.fullmatch(price.strip()):
            return {key: entry for key, entry in value.items() if key != "price"} | {"free": "yes"}
        return {**value, "price": [price]} if isinstance(price, str | dict) else value

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.free and self.price:
            raise RecordError("free", 'both "free" and "price" are given; keep one of them')
        for key in ("until", "not_on"):
            if getattr(self, key) and not self.repeats:
                raise RecordError(key, f'"{key}" is for what repeats; add "repeats: weekly", or remove this line')
        if self.repeats and len(self.when) > 1:
            raise RecordError("repeats", 'what repeats has one day under "when"; keep the first, or remove "repeats"')
        if self.until and self.until < self.when[0].first:
            raise RecordError("until", f"this ends ({self.until}) before it begins; correct one of them")
        if self.repeats is Repeats.MONTHLY and week_of_month(self.when[0].first) > LAST_IN_MONTH:
            how = 'write its days as a list under "when", or let it begin earlier in a month'
            raise RecordError("repeats", f"it is the fifth such weekday of its month, which not all have; {how}")
        return self


def week_of_month(day: date) -> int:
    """1 for the first such weekday of its month, up to 5."""
    return (day.day - 1) // 7 + 1


class Event(EventFrontMatter):
    """An event, with the slug that the file name gives."""

    slug: Slug = Field(description="the last part of the page's address: the name of the file")
    upcoming: tuple[Occurrence, ...] = Field(
        default=(), exclude=True, description="the next times it takes place, as of the day of the build; derived"
    )
