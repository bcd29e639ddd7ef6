"""Opening hours of a day as people type them: ``9am-12:30, 13:30-17:30``, ``6pm to midnight``, ``by appointment``.

A text becomes clock times; what cannot be read, or may be read in two ways, is a ValueError with one sentence.
"""

import re
from datetime import time
from itertools import pairwise
from typing import NamedTuple

from clinic.models.types import DASHES

MINUTES_IN_DAY = 24 * 60
_HALF_DAY = MINUTES_IN_DAY // 2
_EARLY = 6 * 60
"""Before it an hour of one digit is more likely one of the afternoon: ``1:30-5:30``."""
_TO = re.compile(r"\s*(?:-|\.\.+|\b(?:to|until|till?)\b|'til\b)\s*", re.IGNORECASE)
_AND = re.compile(r"\s*(?:[,;&+/]|\b(?:and|then)\b|\bor\b(?= (?:by|on) ))\s*", re.IGNORECASE)
_LEAD = re.compile(r"(?:open\s+)?(?:from\s+)?", re.IGNORECASE)
_CLOSED = re.compile(r"(?:closed|shut|not open)(?: all day)?", re.IGNORECASE)
_ROUND_THE_CLOCK = re.compile(
    r"(?:open\s+)?(?:24\s?/\s?7|24[\s-]?(?:hours?|hrs?|h)(?: (?:a|per) day| open)?|all day(?: and (?:all )?night)?"
    r"|(?:a)?round the clock|day and night)",
    re.IGNORECASE,
)
_BY_APPOINTMENT = re.compile(
    r"(?:(?:or|also|otherwise|else)\s+)?(?:open\s+|only\s+)?(?:(?:by|on|upon|with)\s+(?:an?\s+|prior\s+)?)?appointments?"
    r"(?P<only>\s+only)?|by\s+(?:prior\s+)?arrangement",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:12\s*)?(?P<word>noon|midday|midnight)"
    r"|(?P<hour>\d{1,2})(?:[:.h]?(?P<minute>\d\d))?\s*(?:(?P<half>[ap])(?:\.\s?m\.?|\s?m\.?)|(?P<sign>h|hrs|hours))?",
    re.IGNORECASE,
)
_HOW = "write when it opens and closes, for example 09:00-17:30, or closed, 24 hours or by appointment"
_HOW_APPOINTMENTS = 'write "by appointment" alone, or after the hours: 09:00-12:00, then by appointment'


class Ends(NamedTuple):
    """When a period opens and closes; ``closes`` is 00:00 for the end of the day, and below ``opens`` the next day."""

    opens: time
    closes: time


class DayAsWritten(NamedTuple):
    """What a text says of one day; no periods and not by appointment is closed."""

    periods: tuple[Ends, ...] = ()
    by_appointment: bool = False


class _Clock(NamedTuple):
    """A clock time as typed: minutes since midnight, 1440 for ``24:00``; ``half`` is a, p, or w for a word."""

    text: str
    minutes: int
    half: str
    is_padded: bool
    """Whether the hour has two digits, as on a clock of 24 hours."""


def read_day(text: str) -> DayAsWritten:
    """What the line of a day says. Raises ValueError for what is no period, or may be read in two ways."""
    plain = " ".join(text.translate(DASHES).replace("’", "'").split()).rstrip(".")
    if _CLOSED.fullmatch(plain):
        return DayAsWritten()
    if _ROUND_THE_CLOCK.fullmatch(plain):
        return DayAsWritten((Ends(time(0), time(0)),))
    *parts, last = [part for part in _AND.split(plain) if part] or [plain]
    appointment = _BY_APPOINTMENT.fullmatch(last)
    if "appointment" in plain.lower() and (
        not appointment or "appointment" in "".join(parts).lower() or (parts and appointment["only"])
    ):
        raise ValueError(f'"{text}" does not say what is by appointment; {_HOW_APPOINTMENTS}')
    periods = tuple(_period(part, text) for part in (parts if appointment else [*parts, last]))
    _refuse_next_morning(periods, text)
    return DayAsWritten(periods, bool(appointment))


def _refuse_next_morning(periods: tuple[Ends, ...], text: str) -> None:
    """Raise ValueError for an early time behind a night: it may be of the same day or of the next."""
    for night, morning in pairwise(periods):
        ends_next_day = night.closes <= night.opens
        if night.closes == morning.opens == time(0):
            one_night = f"{night.opens:%H:%M}-{morning.closes:%H:%M}"
            raise ValueError(
                f'"{text}" may be one night or not; write {one_night} if it is, else {morning.opens:%H:%M} first'
            )
        if ends_next_day and morning.opens < night.opens:
            how = f"write {morning.opens:%H:%M}-{morning.closes:%H:%M} first, or on the line of the next day"
            raise ValueError(f'"{text}" has a morning behind a night, of this day or of the next; {how}')


def _period(part: str, text: str) -> Ends:
    if _ROUND_THE_CLOCK.fullmatch(part):
        return Ends(time(0), time(0))
    ends = _TO.split(_LEAD.sub("", part, count=1))
    if len(ends) != 2 or not all(ends):
        raise ValueError(f'"{part if _TO.search(part) else text}" is not a period; {_HOW}')
    return read_period(*ends)


def read_clock(text: str) -> time:
    """A clock time. Raises ValueError."""
    minutes = _clock(text).minutes % MINUTES_IN_DAY
    return time(*divmod(minutes, 60))


def read_period(opens: str, closes: str) -> Ends:
    """The ends of a period from the texts of both. Raises ValueError.

    23:59 is taken for midnight: people write it where 24:00 is not allowed, and Google wants it (LocalBusiness).
    """
    first, last = _clock(opens), _clock(closes)
    begins, ends = first.minutes % MINUTES_IN_DAY, last.minutes
    if first.minutes == MINUTES_IN_DAY and first.half != "w":
        raise ValueError(f'"{opens}" is the end of a day; write 00:00 for the beginning of one')
    if ends in {0, MINUTES_IN_DAY - 1} and begins:
        ends = MINUTES_IN_DAY
    if ends >= MINUTES_IN_DAY - 1 and not begins:
        return Ends(time(0), time(0))
    if ends == begins:
        raise ValueError(
            f"{opens}-{closes} begins and ends at the same time; write 24 hours, closed, or when it closes"
        )
    _refuse_doubtful(first, last, begins, ends)
    return Ends(*(time(*divmod(minutes % MINUTES_IN_DAY, 60)) for minutes in (begins, ends)))


def _refuse_doubtful(first: _Clock, last: _Clock, begins: int, ends: int) -> None:
    """Raise ValueError where an hour without am or pm may be one of the morning and of the afternoon."""
    written = f"{first.text}-{last.text}"
    in_the_morning = f"{_half(begins)}-{_half(ends)}"
    if ends < begins and not last.half and ends + _HALF_DAY > begins:
        later = ends + _HALF_DAY
        how = f"write {_digits(begins)}-{_digits(later)}" if later < MINUTES_IN_DAY else "correct one of them"
        raise ValueError(
            f"{written} closes before it opens; {how}, or, if it is open through the night, {in_the_morning}"
        )
    unclear = not first.half and not first.is_padded and 0 < begins < _HALF_DAY
    is_early = not last.half and begins < _EARLY and begins < ends <= _HALF_DAY
    if unclear and (is_early or (last.half == "p" and begins + _HALF_DAY < ends)):
        afternoon = f"{_half(begins + _HALF_DAY)}-{_half(ends + (0 if last.half else _HALF_DAY))}"
        raise ValueError(f"{written} may be in the morning or in the afternoon; write {afternoon}, or {in_the_morning}")


def _clock(text: str) -> _Clock:
    found = _CLOCK.fullmatch(text.strip())
    if found and (word := found["word"]):
        return _Clock(text, MINUTES_IN_DAY if word.lower() == "midnight" else _HALF_DAY, "w", is_padded=True)
    hour, minute = (int(found["hour"]), int(found["minute"] or 0)) if found else (99, 0)
    half = (found["half"] or "").lower() if found else ""
    is_bare = found is None or not (found["minute"] or half or found["sign"])
    if is_bare or minute > 59 or hour > (12 if half else 24) or (hour == 24 and minute) or (half == "p" and not hour):
        raise ValueError(f'"{text}" is not a time; write hours and minutes, for example 09:00 or 17:30')
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return _Clock(text, hour * 60 + minute, half, is_padded=found is not None and len(found["hour"]) == 2)


def _half(minutes: int) -> str:
    hour, minute = divmod(minutes % MINUTES_IN_DAY, 60)
    return f"{hour % 12 or 12}{f':{minute:02d}' if minute else ''}{'am' if hour < 12 else 'pm'}"


def _digits(minutes: int) -> str:
    return "{:02d}:{:02d}".format(*divmod(minutes, 60))
