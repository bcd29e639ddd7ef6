"""Clock times as a text has them: what each may mean, and whether it is one at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from clinic.fact_check.statements.hours.days import Days, closed_days, weekdays
from clinic.fact_check.statements.hours.words import (
    BESIDE,
    CLOSED,
    COUNTED,
    COUNTS,
    DATE,
    DAY_NAMED,
    EVENT,
    GOES_ON,
    IS,
    LEADS,
    NEAR,
    OPENING,
    SENTENCE,
    TIME,
    TIMED,
    TO,
    UNIT,
)
from clinic.fact_check.statements.statement import Kind, Statement
from clinic.models.opening_hours import Weekday


@dataclass(frozen=True)
class Said:
    """What a sentence says of the doors.

    ``days`` are the readings of which days it means: it is true if it holds on every day of one of them, or, with
    none, on any day. Each of ``opens`` and ``closes`` has the readings of a clock time (9 is 09:00 or 21:00), empty
    where nothing is said; ``either`` are those of a time that may be one or the other. ``closed``: it may tell of
    a pause instead. ``within``: it tells of a time while they are open, such as that of the last appointment.
    """

    days: tuple[frozenset[Weekday], ...]
    opens: frozenset[time] = frozenset()
    closes: frozenset[time] = frozenset()
    either: frozenset[time] = frozenset()
    closed: bool = False
    within: bool = False

    @property
    def all_day(self) -> bool:
        """Whether it says of whole days that the doors stay shut."""
        return self.closed and not (self.opens or self.closes or self.either)


def opening_times(text: str, *, among_hours: bool = False) -> Iterator[Statement]:
    """Every opening time, and days without one; ``among_hours``: whether the heading above says that hours follow."""
    for days in closed_days(text):
        yield Statement(Kind.HOURS, text[days.start : days.end], Said((days.days,), closed=True), days.start, days.end)
    if not may_tell_time(text) or not (among_hours or DAY_NAMED.search(text) or OPENING.search(text)):
        return
    start = 0
    for end in [*(found.end() for found in SENTENCE.finditer(text)), len(text)]:
        yield from _Sentence(text[start:end], start, among_hours=among_hours).statements()
        start = end


def may_tell_time(text: str) -> bool:
    """A quick look whether there is a clock time, or a figure that may be one."""
    return TIMED.search(text) is not None or "noon" in text or "midday" in text or "midnight" in text


def speaks_of_hours(text: str) -> bool:
    """Whether a heading says that opening hours follow."""
    return bool(OPENING.search(text))


class _Sentence:
    """One sentence, or one row of a table; ``offset`` is where it begins in the text."""

    def __init__(self, text: str, offset: int, *, among_hours: bool) -> None:
        self._text = DATE.sub(lambda found: "·" * len(found.group()), text)
        self._offset = offset
        self._words = [found.span() for found in OPENING.finditer(text)]
        self._days = [*weekdays(text)]
        self._among_hours = among_hours
        self._closed = bool(CLOSED.search(text))

    def statements(self) -> Iterator[Statement]:
        if not (self._words or self._days or self._among_hours):
            return
        times = [*TIME.finditer(self._text)]
        while times:
            first, *times = times
            joined = times and TO.fullmatch(self._text, first.end(), times[0].start())
            if joined and self._counts(first, times[0]):
                times.pop(0)
            elif joined and self._is_range(first, times[0]):
                yield from self._range(first, times.pop(0))
            elif first.group("always"):
                yield from self._always(first)
            else:
                yield from self._single(first)

    def _is_range(self, first: re.Match[str], last: re.Match[str]) -> bool:
        if first.group("always") or last.group("always") or UNIT.match(self._text, last.end()):
            return False
        joined = self._text[first.end() : last.start()].strip().lower()
        before = self._text[: first.start()].rstrip().lower()
        if joined == "and" and not before.endswith("between"):
            return False
        if is_clear(first) or is_clear(last) or self._words or self._among_hours:
            return True
        return self._after_day(first) and is_likely(int(first.group("hour")), int(last.group("hour")))

    def _counts(self, first: re.Match[str], last: re.Match[str]) -> bool:
        """``10-15 press-ups``, ``day 7 to 10``: figures that rise and have no sign of the clock may be of anything."""
        if not (may_be_figure(first) and may_be_figure(last)):
            return False
        if COUNTED.search(self._text, 0, first.start()):
            return True
        return float(first.group()) < float(last.group()) and bool(COUNTS.match(self._text, last.end()))

    def _after_day(self, found: re.Match[str]) -> bool:
        """``Saturdays 10-2``: nothing stands between the day and the time."""
        ends = (days.end for days in self._days if days.end <= found.start())
        return any(BESIDE.fullmatch(self._text, end, found.start()) for end in ends)

    def _range(self, first: re.Match[str], last: re.Match[str]) -> Iterator[Statement]:
        if self._concerns_doors(first.start(), last.end()):
            opens, closes = readings_of(first), readings_of(last)
            if opens and closes:
                yield self._claim(first.start(), last.end(), opens=opens, closes=closes)

    def _always(self, found: re.Match[str]) -> Iterator[Statement]:
        if self._words and self._concerns_doors(*found.span()):
            yield self._claim(*found.span(), opens=frozenset({time(0, 0)}), closes=frozenset({time(23, 59)}))

    def _single(self, found: re.Match[str]) -> Iterator[Statement]:
        lead = LEADS.search(self._text, 0, found.start())
        tells = self._words or (self._among_hours and lead and not lead.group("at"))
        if not tells or not self._concerns_doors(*found.span()):
            return
        if UNIT.match(self._text, found.end()) or not (lead or (is_clear(found) and found.group("half"))):
            return
        if not is_clear(found) and (not lead or lead.group("open") or not GOES_ON.match(self._text, found.end())):
            return
        readings = readings_of(found)
        if not readings:
            return
        if lead and lead.group("until"):
            yield self._claim(*found.span(), closes=readings)
        elif lead and lead.group("since"):
            yield self._claim(*found.span(), opens=readings)
        else:
            yield self._claim(*found.span(), **{self._end_meant(found.start(), lead): readings})

    def _end_meant(self, start: int, lead: re.Match[str] | None) -> str:
        """Whether a time alone is when the doors open or when they close, as far as the verb before it tells."""
        first, last = self._word_before(start)
        word = self._text[first:last].lower()
        if not lead or not lead.group("at"):
            return "either"
        if word.startswith(("clos", "shut")):
            return "closes"
        return "opens" if word in {"open", "opens"} and not IS.search(self._text, 0, first) else "either"

    def _word_before(self, start: int) -> tuple[int, int]:
        """Where the last word of opening stands that comes before a time."""
        return max((word for word in self._words if word[1] <= start), default=(0, 0))

    def _concerns_doors(self, start: int, end: int) -> bool:
        """Whether it is the doors that a time here is about, not something that begins while they are open."""
        marks = [*self._words, *((days.start, days.end) for days in self._days)]
        near = [mark for mark in marks if mark[0] < end + NEAR and start - NEAR < mark[1]]
        if not near and not self._among_hours:
            return False
        before = max((mark[1] for mark in near if mark[1] <= start), default=None)
        if before is None:
            after = min((mark[0] for mark in near if mark[0] >= end), default=len(self._text))
            return not EVENT.search(self._text, 0, after)
        events = self._text[before:start] if any(word[1] <= start for word in self._words) else self._text
        return not EVENT.search(events)

    def _claim(self, start: int, end: int, /, **readings: frozenset[time]) -> Statement:
        within = "appointment" in self._text[slice(*self._word_before(start))].lower()
        said = Said(self._days_meant(start, end), closed=self._closed, within=within, **readings)
        return Statement(Kind.HOURS, self._text[start:end].strip(), said, self._offset + start, self._offset + end)

    def _days_meant(self, start: int, end: int) -> tuple[frozenset[Weekday], ...]:
        """The days named next before the time, or next after it."""
        before: list[Days] = [days for days in self._days if days.end <= start][-1:]
        after: list[Days] = [days for days in self._days if days.start >= end][:1]
        return tuple(days.days for days in before + after)


_FIGURE = re.compile(r"[1-9]\d*(?:\.\d\d)?")


def may_be_figure(found: re.Match[str]) -> bool:
    """Whether it has no sign of the clock and may be a number of anything: ``8``, ``9.30``."""
    return bool(_FIGURE.fullmatch(found.group()))


def is_clear(found: re.Match[str]) -> bool:
    """Whether it is a clock time on the face of it, not just a figure."""
    return bool(
        found.group("minute")
        or found.group("half")
        or found.group("word")
        or found.group("bare")
        or not found.group().strip().isdigit()
    )


def is_likely(first: int, last: int) -> bool:
    """Whether a bare range beside a day is of hours: it passes noon, 9-5, or is too long for a range of exercises."""
    return last <= first >= 6 or (first, last) == (9, 12) or (7 <= first <= 9 and last >= first + 8)


def readings_of(found: re.Match[str]) -> frozenset[time]:
    """The times that it may be: 9 without more is in the morning or in the evening."""
    if word := found.group("word"):
        return frozenset({time(0, 0)} if word.lower() == "midnight" else {time(12, 0)})
    bare = found.group("bare")
    hour, minute = (
        (int(bare[:2]), int(bare[2:])) if bare else (int(found.group("hour")), int(found.group("minute") or 0))
    )
    half = (found.group("half") or "").lower()
    if half and 1 <= hour <= 12:
        hours = {hour % 12 + (12 if half == "p" else 0)}
    elif bare or hour > 12 or found.group().startswith("0"):
        hours = {hour}
    else:
        hours = {hour, (hour + 12) % 24}
    return frozenset(time(each, minute) for each in hours if each < 24)
