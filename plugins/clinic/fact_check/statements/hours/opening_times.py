"""Opening times as a text states them, and what each clock time may mean."""

import re
from collections.abc import Iterator
from datetime import time
from functools import cached_property

from clinic.fact_check.statements.hours.days import Days, closed_days, weekdays
from clinic.fact_check.statements.hours.openings import StatedHours
from clinic.fact_check.statements.hours.words import (
    BESIDE,
    CLOSED,
    COUNTED,
    COUNTS,
    DATE,
    EVENT,
    GOES_ON,
    IS,
    LEADS,
    NEAR,
    OPENING,
    SENTENCE,
    TIME,
    TO,
    UNIT,
)
from clinic.fact_check.statements.statement import Kind, Statement
from clinic.models.exemptions import may_state_fact
from clinic.models.opening_hours import Weekday


def opening_times(text: str, *, among_hours: bool = False) -> Iterator[Statement]:
    """Every opening time, and days without one; ``among_hours``: whether the heading above says that hours follow."""
    for days in closed_days(text):
        stated = StatedHours((days.days,), closed=True)
        yield Statement(Kind.HOURS, text[days.start : days.end], stated, days.start, days.end)
    start = 0
    for end in [*(found.end() for found in SENTENCE.finditer(text)), len(text)]:
        if may_state_fact(text[start:end]):
            yield from _Sentence(text[start:end], start, among_hours=among_hours).statements()
        start = end


def speaks_of_hours(text: str) -> bool:
    """Whether a heading says that opening hours follow."""
    return bool(OPENING.search(text))


class _Sentence:
    """One sentence, or one row of a table; ``offset`` is where it begins in the text."""

    def __init__(self, text: str, offset: int, *, among_hours: bool) -> None:
        self._text = DATE.sub(lambda found: "·" * len(found.group()), text)
        self._whole = text
        self._offset = offset
        self._among_hours = among_hours

    @cached_property
    def _words(self) -> list[tuple[int, int]]:
        """Where words of opening and closing stand."""
        return [found.span() for found in OPENING.finditer(self._whole)]

    @cached_property
    def _days(self) -> list[Days]:
        return [*weekdays(self._whole)]

    def statements(self) -> Iterator[Statement]:
        times = [*TIME.finditer(self._text)]
        if not times or not (self._words or self._days or self._among_hours):
            return
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
        if _is_clear(first) or _is_clear(last) or self._words or self._among_hours:
            return True
        return self._after_day(first) and _is_likely(int(first.group("hour")), int(last.group("hour")))

    def _counts(self, first: re.Match[str], last: re.Match[str]) -> bool:
        """``10-15 press-ups``, ``day 7 to 10``: rising figures without a sign of the clock may count anything."""
        if not (_may_be_figure(first) and _may_be_figure(last)):
            return False
        if COUNTED.search(self._text, 0, first.start()):
            return True
        return float(first.group()) < float(last.group()) and bool(COUNTS.match(self._text, last.end()))

    def _after_day(self, found: re.Match[str]) -> bool:
        """``Saturdays 10-2``: nothing stands between the day and the time."""
        ends = (days.end for days in self._days if days.end <= found.start())
        return any(BESIDE.fullmatch(self._text, end, found.start()) for end in ends)

    def _range(self, first: re.Match[str], last: re.Match[str]) -> Iterator[Statement]:
        if self._is_of_hours(first.start(), last.end()):
            opens, closes = _readings_of(first), _readings_of(last)
            if opens and closes:
                yield self._statement(first.start(), last.end(), opens=opens, closes=closes)

    def _always(self, found: re.Match[str]) -> Iterator[Statement]:
        if self._words and self._is_of_hours(*found.span()):
            yield self._statement(*found.span(), opens=frozenset({time(0, 0)}), closes=frozenset({time(23, 59)}))

    def _single(self, found: re.Match[str]) -> Iterator[Statement]:
        lead = LEADS.search(self._text, 0, found.start())
        tells = self._words or (self._among_hours and lead and not lead.group("at"))
        if not tells or not self._is_of_hours(*found.span()):
            return
        if UNIT.match(self._text, found.end()) or not (lead or (_is_clear(found) and found.group("half"))):
            return
        if not _is_clear(found) and (not lead or lead.group("open") or not GOES_ON.match(self._text, found.end())):
            return
        readings = _readings_of(found)
        if not readings:
            return
        if lead and lead.group("until"):
            yield self._statement(*found.span(), closes=readings)
        elif lead and lead.group("since"):
            yield self._statement(*found.span(), opens=readings)
        else:
            yield self._statement(*found.span(), **{self._end_meant(found.start(), lead): readings})

    def _end_meant(self, start: int, lead: re.Match[str] | None) -> str:
        """Which end of the hours a time alone is, as far as the verb before it tells."""
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

    def _is_of_hours(self, start: int, end: int) -> bool:
        """Whether a time here is one of opening hours, not of an event that begins during them."""
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

    def _statement(self, start: int, end: int, /, **readings: frozenset[time]) -> Statement:
        within = "appointment" in self._text[slice(*self._word_before(start))].lower()
        closed = bool(CLOSED.search(self._whole))
        stated = StatedHours(self._days_meant(start, end), closed=closed, within=within, **readings)
        return Statement(Kind.HOURS, self._text[start:end].strip(), stated, self._offset + start, self._offset + end)

    def _days_meant(self, start: int, end: int) -> tuple[frozenset[Weekday], ...]:
        """The days named next before the time, or next after it."""
        before: list[Days] = [days for days in self._days if days.end <= start][-1:]
        after: list[Days] = [days for days in self._days if days.start >= end][:1]
        return tuple(days.days for days in before + after)


_FIGURE = re.compile(r"[1-9]\d*(?:\.\d\d)?")


def _may_be_figure(found: re.Match[str]) -> bool:
    """Whether it may be a number of anything: ``8``, ``9.30``."""
    return bool(_FIGURE.fullmatch(found.group()))


def _is_clear(found: re.Match[str]) -> bool:
    """Whether it is a clock time on the face of it, not just a figure."""
    return bool(
        found.group("minute")
        or found.group("half")
        or found.group("word")
        or found.group("bare")
        or not found.group().strip().isdigit()
    )


def _is_likely(first: int, last: int) -> bool:
    """Whether a bare range beside a day is of hours: it passes noon, 9-5, or is too long for a range of exercises."""
    return last <= first >= 6 or (first, last) == (9, 12) or (7 <= first <= 9 and last >= first + 8)


def _readings_of(found: re.Match[str]) -> frozenset[time]:
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
