"""iCalendar text (RFC 5545): properties, components and time zones."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TypeAlias
from zoneinfo import ZoneInfo

_LINE_OCTETS = 75
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_ESCAPED = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})
Lines: TypeAlias = Iterable[str]


def text(value: str) -> str:
    """RFC 5545, 3.3.11: a TEXT value."""
    return value.replace("\r\n", "\n").translate(_ESCAPED)


def day(value: date) -> str:
    """RFC 5545, 3.3.4: a DATE value."""
    return f"{value:%Y%m%d}"


def local(value: datetime) -> str:
    """RFC 5545, 3.3.5, form 1 and 3: a time on the wall, whose zone stands elsewhere."""
    return f"{value:%Y%m%dT%H%M%S}"


def utc(value: datetime) -> str:
    """RFC 5545, 3.3.5, form 2: a moment."""
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def component(name: str, lines: Lines) -> Iterator[str]:
    """RFC 5545, 3.6: ``BEGIN`` and ``END`` around what belongs to it."""
    yield f"BEGIN:{name}"
    yield from lines
    yield f"END:{name}"


def document(lines: Lines) -> str:
    """RFC 5545, 3.1: lines end with CRLF, and none is longer than 75 octets."""
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _folded(line: str) -> str:
    """Folds never cut a character: some readers unfold text, not octets."""
    parts, room = [""], _LINE_OCTETS
    for character in line:
        octets = len(character.encode())
        if octets > room:
            parts.append("")
            room = _LINE_OCTETS - 1  # the space that a continued line begins with
        parts[-1] += character
        room -= octets
    return "\r\n ".join(parts)


def time_zone(zone: ZoneInfo, first: date, last: date) -> Iterator[str]:
    """RFC 5545, 3.6.5: VTIMEZONE with every change of the clocks between two days, and that before them."""
    return component("VTIMEZONE", [f"TZID:{zone.key}", *_observances(zone, first, last)])


def _observances(zone: ZoneInfo, first: date, last: date) -> Iterator[str]:
    begins = datetime(first.year - 1, 1, 1, tzinfo=UTC)
    changes = list(_changes(zone, begins, datetime(last.year, 12, 31, tzinfo=UTC)))
    yield from _observance(zone, begins, begins)  # what held before the first change
    for change in changes:
        yield from _observance(zone, change - _MINUTE, change)


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The moments from which the clocks show another time, to the minute."""
    for number in range((last - first).days + 1):
        before, after = first + _DAY * number, first + _DAY * (number + 1)
        if _offset(zone, before) == _offset(zone, after):
            continue
        while after - before > _MINUTE:
            middle = before + (after - before) // 2
            before, after = (middle, after) if _offset(zone, middle) == _offset(zone, before) else (before, middle)
        yield after.replace(second=0, microsecond=0)


def _observance(zone: ZoneInfo, before: datetime, change: datetime) -> Iterator[str]:
    """The time from one change on; its DTSTART is what the clocks showed before (RFC 5545, 3.6.5)."""
    moment = change.astimezone(zone)
    former, present = _offset(zone, before), _offset(zone, change)
    lines = [
        f"DTSTART:{local(change.astimezone(timezone(former)))}",
        f"TZOFFSETFROM:{_utc_offset(former)}",
        f"TZOFFSETTO:{_utc_offset(present)}",
        f"TZNAME:{moment.tzname()}",
    ]
    return component("DAYLIGHT" if moment.dst() else "STANDARD", lines)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)


def _utc_offset(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
