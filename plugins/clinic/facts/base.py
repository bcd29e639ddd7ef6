"""The base of every record that the owner writes, and the small types they share.

Every scalar arrives as the text the owner typed (``clinic.files.yaml_text`` sees to that), so the types here turn text
into values and refuse, in one plain sentence, what they cannot.
"""

import re
from calendar import month_name, monthrange
from collections.abc import Mapping
from contextlib import suppress
from datetime import MINYEAR, date, datetime, time, timedelta
from enum import Enum
from typing import Annotated, Any, ClassVar, Self, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from unidecode import unidecode

_DAY_FIRST = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})\b.*")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)?")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_URL = re.compile(r"https?://[^\s/]+\.[^\s]+|https?://localhost\S*")
_EMAIL = re.compile(r"[^\s@<>\":,;]+@[^\s@<>\":,;]+\.[^\s@<>\":,;.]+")

Item = TypeVar("Item")


class Fact(BaseModel):
    """A record of facts: immutable, and refusing keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
    entry_word: ClassVar[str] = "key"
    """What the owner calls one of its lines."""


class KeyFault(ValueError):
    """What is wrong with a whole record, and the key at which to begin mending it."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def as_written(value: Any, names: Mapping[str, str]) -> Any:
    """The record with our names for the keys that the owner writes: ``from`` and ``to`` cannot be names in Python."""
    return {names.get(key, key): entry for key, entry in value.items()} if isinstance(value, dict) else value


class Status(Enum):
    """Who sees an article or a page. Hidden: at its own address only, in no list. Draft: the preview only."""

    PUBLISHED = "published"
    HIDDEN = "hidden"
    DRAFT = "draft"


def _iso_date(value: Any) -> Any:
    if isinstance(value, str):
        if not _ISO_DATE.fullmatch(value.strip()):
            raise ValueError(f'"{value}" is not a date; write year-month-day, {_example(value)}')
        return _calendar_date(value.strip())
    return value


def _calendar_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        year, month, _ = (int(part) for part in text.split("-"))
        known = year >= MINYEAR and 1 <= month <= len(month_name) - 1
        how = f"{month_name[month]} {year} has {monthrange(year, month)[1]} days" if known else "the month comes second"
        raise ValueError(f'"{text}" is not a day of the calendar; {how}') from None


def _example(value: str) -> str:
    """The date as it should be written: this one, where it can be read in the British way."""
    if found := _DAY_FIRST.fullmatch(value.strip()):
        day, month, year = (int(part) for part in found.groups())
        with suppress(ValueError):
            return f"here probably {date(year, month, day)}"
    return "for example 2025-11-30"


def _iso_moment(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, str):
        return value
    text = value.strip()
    if not _ISO_MOMENT.fullmatch(text):
        raise ValueError(f'"{value}" is not a date; write year-month-day, {_example(value)}')
    _calendar_date(text[:10])
    try:
        moment = datetime.fromisoformat(re.sub(r" (?=[Z+-])", "", text))
    except ValueError:
        raise ValueError(f'"{text}" ends with a time that no clock shows; write one from 00:00 to 23:59') from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone_of(info))


def zone_of(info: ValidationInfo) -> ZoneInfo:
    """The clinic's time zone (validation context ``timezone``)."""
    zone: ZoneInfo = (info.context or {}).get("timezone", ZoneInfo("Europe/London"))
    return zone


def _iso_end(value: Any, info: ValidationInfo) -> Any:
    moment = _iso_moment(value, info)
    is_day = isinstance(value, str) and bool(_ISO_DATE.fullmatch(value.strip()))
    return moment + timedelta(days=1) if is_day else moment


def _clock_time(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    match = _CLOCK.fullmatch(value.strip())
    hour, minute = (int(part) for part in match.groups()) if match else (99, 0)
    if hour > 23 or minute > 59:
        raise ValueError(f'"{value}" is not a time; write hours and minutes, for example 09:00 or 17:30')
    return time(hour, minute)


def _slug(value: str) -> str:
    if not _SLUG.fullmatch(value):
        raise ValueError(f'"{value}" cannot be part of an address; write {slug_like(value)}')
    return value


def slug_like(words: str) -> str:
    """The slug that comes nearest to some words."""
    return (
        re.sub(r"[^a-z0-9]+", "-", unidecode(words).lower()).strip("-")
        or "small letters, digits and hyphens, like back-pain"
    )


def is_slug(words: str) -> bool:
    """Whether they can be the last part of an address as they are."""
    return bool(_SLUG.fullmatch(words))


def _url(value: str) -> str:
    if not _URL.fullmatch(value):
        raise ValueError(f'"{value}" is not a web address; copy it from the browser, with https:// at its beginning')
    return value


def is_email(words: str) -> bool:
    """Whether they are an e-mail address and nothing more."""
    return bool(_EMAIL.fullmatch(words))


def _email(value: str) -> str:
    if not is_email(value):
        raise ValueError(f'"{value}" is not an e-mail address; write one like name@example.com')
    return value


def _as_list(value: Any) -> Any:
    """Accept ``tags: back, ankle`` and ``tags: [back, ankle]`` alike."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _unique(what: list[Item]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(what))


Text: TypeAlias = Annotated[str, StringConstraints(min_length=1)]
"""Words the owner wrote; never empty."""
Slug: TypeAlias = Annotated[str, AfterValidator(_slug)]
"""The last part of an address: small letters, digits and hyphens."""
Url: TypeAlias = Annotated[str, AfterValidator(_url)]
"""A full web address, http or https."""
Email: TypeAlias = Annotated[str, AfterValidator(_email)]
"""An e-mail address; only its shape is checked, since only sending a message can tell more."""
Day: TypeAlias = Annotated[date, BeforeValidator(_iso_date)]
"""A calendar day, written ISO 8601 only: 11/12/2024 means two different days on two sides of an ocean."""
Moment: TypeAlias = Annotated[datetime, BeforeValidator(_iso_moment)]
"""A day, or a day and time, ISO 8601; without a zone it is the clinic's own time (validation context ``timezone``)."""
EndMoment: TypeAlias = Annotated[datetime, BeforeValidator(_iso_end)]
"""The moment at which something is over; a day alone is its last day, so it is over at the midnight after it."""
ClockTime: TypeAlias = Annotated[time, BeforeValidator(_clock_time)]
"""Hours and minutes of one day, 00:00 to 23:59."""
TextList: TypeAlias = Annotated[tuple[Text, ...], BeforeValidator(_as_list), AfterValidator(_unique)]
"""A list of words; one line with commas is accepted too; repeats are dropped."""
SlugList: TypeAlias = Annotated[tuple[Slug, ...], BeforeValidator(_as_list), AfterValidator(_unique)]
"""A list of slugs; one line with commas is accepted too."""


class Pictured(Fact):
    """A record that may carry a picture: a file under ``content/`` and what it shows, in words."""

    image: Text | None = None
    image_alt: Text | None = None

    @model_validator(mode="after")
    def _described(self) -> Self:
        """WCAG 2.2, 1.1.1: a picture that carries meaning has a text alternative."""
        if self.image and not self.image_alt:
            raise KeyFault("image", 'the image has no words; add "image_alt: …" and say in a few words what it shows')
        return self
