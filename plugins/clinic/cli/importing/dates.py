"""Days as people and programs write them, also without their year."""

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache

from babel import Locale

from clinic.cli.importing.found import Day
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


_LONGEST_DAY = 300
"""Characters of a line that may be a day with what stands beside it."""


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
    month = months().get(found["month"].casefold()) if found else None
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


@cache
def months() -> dict[str, int]:
    """The number of each month by its names, long and short, in the languages of most posts."""
    names: dict[str, int] = {"sept": 9}
    for language in _LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale(language).months[context][width].items():
                    names.setdefault(name.casefold().rstrip("."), number)
    return names
