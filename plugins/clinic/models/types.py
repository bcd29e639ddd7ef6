"""The types of single values: from the text that the owner typed to a checked value, or one plain sentence.

Validation context: ``timezone``, ``country`` and ``currency`` are the clinic's, ``now`` is the moment of the build.
Without ``now`` no day lies in the future.
"""

import re
from calendar import month_name, monthrange
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, TypeAlias, TypeVar
from unicodedata import normalize
from zoneinfo import ZoneInfo

import phonenumbers
from babel import Locale
from pydantic import AfterValidator, BeforeValidator, StringConstraints, ValidationInfo
from unidecode import unidecode

_WRITTEN_DATES = (
    re.compile(r"(?P<year>\d{4})[/. -]?(?P<month>\d{1,2})[/. -]?(?P<day>\d{1,2})\b.*"),
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[/. -](?P<month>\d{1,2}|[A-Za-z]{3,9}\.?),?[/. -](?P<year>\d{4})\b.*"),
    re.compile(r"(?P<month>[A-Za-z]{3,9}\.?) (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})\b.*"),
)
"""Dates as people write them, of two numbers the day first, as in Britain."""
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ISO_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)?", re.ASCII
)
_MONTHS = tuple(name[:3].casefold() for name in month_name)
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
"""Every dash that people type or paste for a hyphen (``str.translate``)."""
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years that dates may have: whatever is added to one, a day or a span of time, can be counted."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# with a dot in its name or an IP address; in a local network also a name alone, with its port
_URL = re.compile(r"https?://(?:[^\s/]+\.[^\s]+|localhost(?![\w.-])\S*|[\w-]+:\d+(?!\S*@)\S*|\[[\da-fA-F:.]+\]\S*)")
_CALLED = {
    "uk": "GB", "en": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB", "britain": "GB",
    "great britain": "GB", "usa": "US", "america": "US", "éire": "IE", "eire": "IE", "republic of ireland": "IE",
}  # fmt: skip
"""The codes of countries by other names than CLDR's, in small letters."""
NO_URL = "is not a web address; copy it from the browser, with https:// at its beginning"
_EMAIL = re.compile(r"[^\s@<>\":,;]+@[^\s@<>\":,;]+\.[^\s@<>\":,;.]+")
Item = TypeVar("Item")
KeyPath: TypeAlias = tuple[str | int, ...]
"""The keys and list positions (from 0) that lead to a value, such as ``("locations", "harbour", "phone")``."""


def from_text(parse: Callable[[str], object]) -> BeforeValidator:
    """The reading of what the owner typed; what is no text is left to the type."""
    return BeforeValidator(lambda value: parse(value) if isinstance(value, str) else value)


def checked(is_valid: Callable[[str], object], message: str | Callable[[str], str]) -> AfterValidator:
    """The validation of a text: the error about one that is not valid is this text in quotes, and the message."""

    def check(text: str) -> str:
        if not is_valid(text):
            raise ValueError(f'"{text}" {message(text) if callable(message) else message}')
        return text

    return AfterValidator(check)


def calendar_date(value: str, form: re.Pattern[str] = _ISO_DATE) -> date:
    """The date that a text of this form begins with."""
    if not form.fullmatch(value.strip()):
        raise ValueError(f'"{value}" is not a date; write year-month-day, {_example(value)}')
    text = value.strip()[:10]
    year, month, _ = (int(part) for part in text.split("-"))
    if not is_countable(year):
        raise ValueError(f'"{text}" is too far away; write a year between {FIRST_YEAR} and {LAST_YEAR}')
    try:
        return date.fromisoformat(text)
    except ValueError:
        known = 1 <= month <= len(month_name) - 1
        how = f"{month_name[month]} {year} has {monthrange(year, month)[1]} days" if known else "the month comes second"
        raise ValueError(f'"{text}" is not a day of the calendar; {how}') from None


def is_countable(year: int) -> bool:
    """Whether dates of this year are taken."""
    return FIRST_YEAR <= year <= LAST_YEAR


def _example(value: str) -> str:
    """How to write it: this very date, if it can be read; both readings where the month may be the first number."""
    text = value.strip().translate(DASHES)
    found = next((found for form in _WRITTEN_DATES if (found := form.fullmatch(text))), None)
    likely = _date_of(found["year"], found["month"], found["day"]) if found else None
    if found is None or likely is None:
        return "for example 2025-11-30"
    other = _date_of(found["year"], found["day"], found["month"]) if found.start("year") and likely.day <= 12 else None
    is_twofold = found["month"].isdecimal() and other not in {None, likely}
    return f"here probably {likely}" + (f" (or {other}, if the month is first)" if is_twofold else "")


def _date_of(year: str, month: str, day: str) -> date | None:
    with suppress(ValueError):
        number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].casefold())
        return date(int(year), number, int(day)) if is_countable(int(year)) else None
    return None


def _iso_moment(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, str):
        return value
    calendar_date(value, _ISO_MOMENT)
    text = value.strip()
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


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def slug_like(text: str, language: str = "") -> str:
    """The text as a slug; where nothing is left of it, a description of one.

    In German, if that is the ``language``, ``ü`` is ``ue``, as people write it who have no such key.
    """
    plain = normalize("NFC", text).translate(_UMLAUTS) if language.partition("-")[0] == "de" else text
    slug = re.sub(r"[^a-z0-9]+", "-", unidecode(plain).lower()).strip("-")
    return slug or "small letters, digits and hyphens, like back-pain"


def is_slug(text: str) -> bool:
    """Whether it is a slug: small letters and digits, with single hyphens between."""
    return bool(_SLUG.fullmatch(text))


def is_url(text: str) -> bool:
    """Whether it is a full web address, http or https; an IP address or a local name with its port will do."""
    return bool(_URL.fullmatch(text))


def is_email(text: str) -> bool:
    """Whether it is an e-mail address and nothing more."""
    return bool(_EMAIL.fullmatch(text))


def is_country(code: str) -> bool:
    """Whether it is a country code (ISO 3166) whose telephone numbers can be read."""
    return code in phonenumbers.SUPPORTED_REGIONS


def _country_error(word: str) -> str:
    codes = {name.casefold(): code for code, name in Locale("en").territories.items() if is_country(code)}
    codes |= {code.casefold(): code for code in codes.values()} | _CALLED
    return f"is not a country code; write {codes.get(word.casefold(), 'the two letters of its code, for example GB')}"


def comma_parts(line: str) -> list[str]:
    """The words between the commas of a line."""
    return [part.strip() for part in line.split(",") if part.strip()]


def unique(items: Iterable[Item]) -> tuple[Item, ...]:
    """Each item once, in the order given."""
    return tuple(dict.fromkeys(items))


def is_future(moment: datetime, info: ValidationInfo) -> bool:
    """Whether it is after the moment of the build (validation context ``now``)."""
    now = (info.context or {}).get("now")
    return now is not None and moment > now


def _not_in_future(moment: datetime, info: ValidationInfo) -> datetime:
    if is_future(moment, info):
        raise ValueError(f"{moment:%Y-%m-%d} lies in the future; correct it, or write this once it has been done")
    return moment


def _day_not_in_future(day: date, info: ValidationInfo) -> date:
    _not_in_future(datetime.combine(day, time(), zone_of(info)), info)
    return day


Text: TypeAlias = Annotated[str, StringConstraints(min_length=1)]
"""Text, never empty."""
LONGEST_SLUG = 200
"""A part of a path has 255 bytes at most, of which endings and sizes of images need some; WordPress has 200 too."""
TOO_LONG = f"is too long for an address; {LONGEST_SLUG} letters are the most"
Slug: TypeAlias = Annotated[
    str,
    checked(_SLUG.fullmatch, lambda text: f"cannot be part of an address; write {slug_like(text)[:LONGEST_SLUG]}"),
    checked(lambda text: len(text) <= LONGEST_SLUG, TOO_LONG),
]
"""The last part of an address: small letters, digits and hyphens, at most LONGEST_SLUG."""
Url: TypeAlias = Annotated[str, checked(is_url, NO_URL)]
"""A full web address, http or https."""
Email: TypeAlias = Annotated[str, checked(is_email, "is not an e-mail address; write one like name@example.com")]
"""An e-mail address; only its shape is checked, since only sending a message can tell more."""
Day: TypeAlias = Annotated[date, from_text(calendar_date)]
"""A calendar day, written ISO 8601 only: 11/12/2024 means two different days on two sides of an ocean."""
Moment: TypeAlias = Annotated[datetime, BeforeValidator(_iso_moment)]
"""A day, or a day and time, ISO 8601; without a zone it is the clinic's own time (validation context ``timezone``)."""
EndMoment: TypeAlias = Annotated[datetime, BeforeValidator(_iso_end)]
"""The moment at which something is over; a day alone is its last day, so it is over at the midnight after it."""
ListOf: TypeAlias = Annotated[tuple[Item, ...], from_text(comma_parts), AfterValidator(unique)]
"""A list, written as such or as one line with commas: ``tags: back, ankle``; repeats are dropped."""
TextList: TypeAlias = ListOf[Text]
SlugList: TypeAlias = ListOf[Slug]
Country: TypeAlias = Annotated[str, checked(is_country, _country_error)]
"""An ISO 3166 country code, for example GB."""
PastDay: TypeAlias = Annotated[Day, AfterValidator(_day_not_in_future)]
"""A day, today at the latest."""
PastMoment: TypeAlias = Annotated[Moment, AfterValidator(_not_in_future)]
"""A day, or a day and time, now at the latest."""
