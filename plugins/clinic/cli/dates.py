"""Days and moments as people, e-mails and programs write them: in posts that are imported, and in comments."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TypeAlias

from babel import Locale
from unidecode import unidecode

from clinic.models.language import current_locale

_LANGUAGES = ("en", "de", "cy", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "ga")
_NUMBERS = re.compile(r"(?P<a>\d{1,4})[./-](?P<b>\d{1,2})[./-](?P<c>\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]+(\d{1,2}:\d{2})(:\d{2})?(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s+(?:of\s+|de\s+)?(?P<month>[^\W\d_]{3,})\.?,?")
_MONTH_FIRST = re.compile(r"(?P<month>[^\W\d_]{3,})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?")
_YEAR = re.compile(r"[,\s]+(?:de\s+)?(?P<year>(?:19|20)\d{2})")
_TIME = re.compile(r",?\s*(?:at |um |\| ?)?\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?|Uhr)?", re.IGNORECASE)
_WEEKDAY = re.compile(r"[^\W\d_]{2,}\.?,\s+(?=\w)")
_AGO = re.compile(
    r"(?:(?P<n>\d+|an?|ein(?:em|er)?)\s*(?P<unit>min|minutes?|hrs?|hours?|h|d|days?|weeks?|w)\s*(?:ago)?"
    r"|vor (?P<m>\d+|einem|einer) (?P<einheit>Minuten?|Stunden?|Tag(?:en)?|Wochen?))",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_SENT_DAY_FIRST = re.compile(r"\b(\d{1,2})\.?(?: de)? ([a-z]{3,10})\.?,?(?: de)? (\d{4})\b")
_SENT_MONTH_FIRST = re.compile(r"\b([a-z]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")
_CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})(?::\d{2})?\s*(?:([ap])\.?m\b)?")
_HALF = re.compile(r"\b[ap]\.?m\b", re.IGNORECASE)
_UTC_NAME = re.compile(r"\b(?:gmt|utc)\b")
_LONGEST_DATE = 200
"""Characters that are read: what is longer is no moment."""
_YEARS = range(1990, 2100)
"""No comment is older than the Web; a date that says so is none."""
_LONGEST_DAY = 300
"""Characters of a line that may be a day with what stands beside it."""
Day: TypeAlias = date | datetime
"""A day alone, or a moment; a moment without a zone is the clinic's own time."""


def read_moment(text: object) -> Day | None:
    """A day or moment as programs write it: ISO 8601, RFC 3339, RFC 822, or with spaces in it; None for others."""
    if isinstance(text, datetime | date):
        return text
    words = str(text or "").strip().strip("\"'")
    if found := _ISO.match(words):
        day, time, seconds, zone = found.groups()
        with suppress(ValueError):
            if not time:
                return date.fromisoformat(day)
            offset = "+00:00" if zone in {"Z", "UTC", "GMT"} else zone or ""
            moment = datetime.fromisoformat(f"{day}T{time:0>5}{seconds or ''}{offset}")
            return moment.date() if not zone and f"{moment:%H%M%S}" == "000000" else moment
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        return parsedate_to_datetime(words)
    return None


def read_day(text: str, today: date) -> tuple[date, str] | None:
    """A day as people write it, with what was guessed of it (empty where nothing was); None where it is none.

    Without a year it is the last such day that is not after ``today``.
    """
    if len(text) > _LONGEST_DAY:
        return None
    words = _TIME.sub("", " ".join(text.split())).strip(" ,")
    moment = read_moment(words)
    if moment:
        return (moment.date() if isinstance(moment, datetime) else moment), ""
    return _of_words(_WEEKDAY.sub("", words, count=1), today) or _of_numbers(words) or _ago(words, today)


def _of_words(words: str, today: date) -> tuple[date, str] | None:
    found = _DAY_FIRST.match(words) or _MONTH_FIRST.match(words)
    month = months().get(_plain(found["month"])) if found else None
    if found is None or month is None:
        return None
    rest = words[found.end() :]
    year = _YEAR.fullmatch(rest if rest[:1] in {",", " ", ""} else f" {rest}")
    if rest.strip(" ,") and not year:
        return None
    with suppress(ValueError):
        if year:
            return date(int(year["year"]), month, int(found["day"])), ""
        for number in range(today.year, today.year - 5, -1):
            with suppress(ValueError):
                if (day := date(number, month, int(found["day"]))) <= today:
                    return day, f'"{words}" has no year; it was taken for the last such day, {day}'
    return None


def _of_numbers(words: str) -> tuple[date, str] | None:
    found = _NUMBERS.fullmatch(words)
    if not found:
        return None
    first, second, third = (int(found[name]) for name in "abc")
    with suppress(ValueError):
        if first > 31:
            return date(first, second, third), ""
        year = third if third > 99 else 2000 + third
        is_open = first <= 12 and second <= 12
        is_month_first = _has_month_first() if is_open else second > 12
        day = date(year, first, second) if is_month_first else date(year, second, first)
        what = "month" if is_month_first else "day"
        return day, f'"{words}" was read with the {what} first: {day}' if is_open and first != second else ""
    return None


def _has_month_first() -> bool:
    """Whether the clinic's country writes 3/2/2026 for the second of March (CLDR)."""
    return str(current_locale().date_formats["short"].pattern).startswith("M")


def _ago(words: str, today: date) -> tuple[date, str] | None:
    if words.casefold() in {"yesterday", "gestern", "ddoe"}:
        return today - timedelta(days=1), f'"{words}" was counted from today'
    if words.casefold() in {"today", "just now", "heute", "heddiw"}:
        return today, f'"{words}" was counted from today'
    if not (found := _AGO.fullmatch(words)):
        return None
    count, unit = found["n"] or found["m"], (found["unit"] or found["einheit"]).casefold()
    number = int(count) if count.isdecimal() else 1
    days = number * (7 if unit.startswith("w") else 1 if unit.startswith(("d", "tag")) else 0)
    return (today - timedelta(days=days), f'"{words}" was counted from today') if days <= 3650 else None


def parse_date(text: str) -> datetime | None:
    """A date and time, as e-mails (RFC 5322), forms (ISO 8601, seconds since 1970) and people write it, or None.

    It has no zone where none is written. The order of 2/3/2026 cannot be known: that is none.
    """
    cleaned = re.sub(r" UTC$", "+00:00", text.strip()[:_LONGEST_DATE])
    # The library does not know of "AM" and "PM", and goes on without them.
    of_mails = (_from_words, parsedate_to_datetime) if _HALF.search(cleaned) else (parsedate_to_datetime, _from_words)
    for parse in (_from_seconds, datetime.fromisoformat, *of_mails):
        try:
            moment: datetime | None = parse(cleaned)
            if moment and moment.year in _YEARS:
                return moment
        except (TypeError, ValueError, OverflowError, IndexError):
            continue
    return None


def _from_seconds(text: str) -> datetime | None:
    return datetime.fromtimestamp(int(text[:10]), UTC) if _EPOCH.fullmatch(text) else None


def _from_words(text: str) -> datetime | None:
    """``Mon, Feb 2, 2026 at 8:10 PM``, ``2 February 2026 20:10``, ``Montag, 2. Februar 2026 20:10``."""
    plain = " ".join(unidecode(text).lower().split())
    if found := _SENT_DAY_FIRST.search(plain):
        day, month, year = found.groups()
    elif found := _SENT_MONTH_FIRST.search(plain):
        month, day, year = found.groups()
    else:
        return None
    number = months().get(month) or months().get(month[:3])
    clock = _CLOCK.search(plain)
    hour, minute, half = clock.groups() if clock else ("0", "0", None)
    hours = int(hour) % 12 + 12 * (half == "p") if half else int(hour)
    zone = UTC if _UTC_NAME.search(plain) else None
    return datetime(int(year), number, int(day), hours, int(minute), tzinfo=zone) if number else None


@cache
def months() -> dict[str, int]:
    """The number of each month by its names, long and short, without accents, in the languages of most texts."""
    names: dict[str, int] = {"sept": 9}
    for language in _LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale(language).months[context][width].items():
                    names.setdefault(_plain(name), number)
    return names


def _plain(name: str) -> str:
    return unidecode(name).lower().rstrip(".")
