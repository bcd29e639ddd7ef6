"""Opening times as a text states them, and what each clock time may mean."""

import re
from collections.abc import Iterator
from datetime import time
from functools import cached_property

from clinic.fact_check.statements.days import Days, StatedHours, closed_days, weekdays
from clinic.fact_check.statements.statement import Kind, Statement
from clinic.models.base import may_state_fact
from clinic.models.pieces import pieces
from clinic.models.weekdays import Weekday

_TIME = re.compile(
    r"(?P<always>\b24/7\b|\ba?round the clock\b|"
    r"\b24[ -]hours\b(?!'? (?:before|after|notice|in advance|later|of|ahead|prior|earlier|(?:a|per) week)\b))"
    r"|(?<![\w.:,£€$/+])(?P<hour>\d{1,2})(?:[:.h](?P<minute>[0-5]\d))?"
    r"(?:\s?(?P<half>[ap])(?:\.\s?m\b\.?|\s?m\b)|\s?o'clock\b|\s?(?:hrs|h)\b)?(?![\w%°£]|[.:,]\d|\.m)"
    r"|(?<![\w:.])(?P<bare>(?:[01]\d|2[0-3])[0-5]\d)(?:\s?hrs\b|\s?h\b|(?=\s?-\s?\d{4}\b)|(?<=-\d{4})(?!\d)"
    r"|(?<=0\d{3})(?=\sto\s\d{4}\b)|(?<=0\d{3}\sto\s\d{4})(?!\d))"
    r"|\b(?P<word>noon|midday|midnight)\b",
    re.IGNORECASE,
)
_TO = re.compile(r"\s?(?:-|\bto\b|\btill?\b|'til\b|\buntil\b|\band\b)\s?", re.IGNORECASE)
_SENTENCE = re.compile(r"\n|(?<=[\w)\"'”][.!?])\s+(?=[A-Z“\"])(?<![ap]\.m\.\s)")
_OPENING = re.compile(
    r"\b(?:open(?:s|ing)?(?!\s(?:up|your|a|an|their|his|her|its|wounds?|fractures?|chain|kinetic|minded|mind|letter|mouth)\b)|"
    r"clos(?:es|ed|ing)|close(?=\s(?:at|for|from|on|early|until|till|every|by\s\d)\b)|shuts?|"
    r"(?:business|office|clinic|surgery|reception|consulting|working|our|usual|normal|late|weekend|evening|phone)\s+hours|"
    r"(?:clinic|surgery|reception|consulting)\s+times|(?:we(?:'re|\sare)|find\sus)\shere\b|answer\sthe\sphones?\b|"
    r"last\sappointments?\b|appointments(?=\s(?:from|between)\b)|"
    r"hours(?=\s?(?::|are\b|vary\b))|(?<=^)hours\b)",
    re.IGNORECASE,
)
_OPENING_PARTS = ("open", "clos", "shut", "hours", "times", "here", "phone", "appointment", "day", "daily", "weekend")
_DAY_PARTS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
_IS = re.compile(r"(?:\b(?:is|are|be|stays?|remains?|keeps?)|'re)(?:\snot)?\s(?:\w+\s)?$", re.IGNORECASE)
"""Before an ``open`` that is a state, not a beginning: ``we are open at 7pm``."""
_CLOSED = re.compile(r"\b(?:closed|shut|lunch|break)\b", re.IGNORECASE)
_EVENT = re.compile(
    r"\b(?:class(?:es)?|courses?|workshops?|sessions?|lessons?|talks?|events?|webinars?|groups?|appointments?|slots?|visits?|"
    r"arriv\w+|starts?|begins?|runs?|running|races?|trains?|bus(?:es)?|ferr(?:y|ies)|meets?|meeting|walks?|"
    r"leaves?|departs?|sails?|come|book|call|ring|take|wake|sleep|bed|eat|drink|doses?|tablets?)\b",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"(?:\b(?P<until>until|till?|to|by|before)|'til|\b(?P<since>from|after)|\b(?P<at>at)|(?P<open>\bopen(?:s|ing)?:?|hours:?|[:@(|]))\s?$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s?-?(?:min|mins|minutes?|hours?|hrs|days?|weeks?|months?|years?|people|person|times|reps?|sets?|miles?|km|metres?|of\b|per\b|"
    r"st\b|nd\b|rd\b|th\b|jan|feb|march|apr|may\b|june|july|aug|sept|oct|nov|dec)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\s*(?:$|[.,;:!?)|&]|(?:on|and|but|or|every|most|each|in|at|except|only|today|tomorrow)\b)", re.IGNORECASE
)
"""What follows a bare figure that is a time: ``open until 8 on Thursdays``."""
_COUNTED = re.compile(
    r"\b(?:days?|weeks?|months?|years?|age[ds]?|steps?|stages?|phases?|levels?|grades?|versions?|scores?|pages?|pp?\.)\s$",
    re.IGNORECASE,
)
"""Before a range of figures that are no times."""
_COUNTS = re.compile(
    r"\s?-?(?!(?:on|and|but|or|every|most|each|all|in|at|except|only|today|tomorrow|this|with|by|for|from|to|daily|weekdays?|"
    r"weekends?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|open|closed|then)\b)[a-z]"
)
"""After a rising range of figures: what they count, ``8-10 squats``."""
_MONTH = r"(?:0?[1-9]|1[0-2])(?:\.\d{2,4}|\b\.?(?!\d))"
_DATE = re.compile(
    r"\b\d{4}-\d\d?-\d\d?\b|\b\d\d?([/.-])\d\d?\1\d{2,4}\b|"
    rf"\b\d\d?\.{_MONTH}\s?-\s?\d\d?\.{_MONTH}(?!\s?[ap]\.?m\b)|"
    r"\b\d\d?(?:st|nd|rd|th)?\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b(?:\s\d{4})?"
)
_BESIDE = re.compile(r"[\s:,(|]*(?:from|is|are)?\s*", re.IGNORECASE)
"""Between a day and a bare range: ``Saturdays 10-2``."""
_NEAR = 90
"""Characters between a time and the word or day that makes it an opening time, at most."""
_LONGEST_SENTENCE = 600
"""Characters; a longer one is no sentence, and read in pieces."""
_WORDS_BEFORE = 40
"""Characters of the words right before a time that are looked at, at most."""
_FIGURE = re.compile(r"[1-9]\d*(?:\.\d\d)?")
"""What may be a number of anything: ``8``, ``9.30``."""


def opening_times(text: str, *, among_hours: bool = False) -> Iterator[Statement]:
    """Every opening time, and days without one; ``among_hours``: whether the heading above says that hours follow."""
    if not among_hours and not _may_be_of_hours(text):
        return
    for days in closed_days(text):
        stated = StatedHours((days.days,), closed=True)
        yield Statement(Kind.HOURS, text[days.start : days.end], stated, days.start, days.end)
    start = 0
    for end in [*(found.end() for found in _SENTENCE.finditer(text)), len(text)]:
        sentence = text[start:end]
        if may_state_fact(sentence) and (among_hours or _may_be_of_hours(sentence)):
            for offset, words in pieces(sentence, _LONGEST_SENTENCE):
                yield from _Sentence(words, start + offset, among_hours=among_hours).statements()
        start = end


def _may_be_of_hours(text: str) -> bool:
    """A first look: whether it has part of a word of opening or closing (_OPENING), or of the name of a day."""
    lower = text.lower()
    return any(map(lower.__contains__, _OPENING_PARTS)) or any(map(text.__contains__, _DAY_PARTS))


def speaks_of_hours(text: str) -> bool:
    """Whether a heading says that opening hours follow."""
    return any(map(text.lower().__contains__, _OPENING_PARTS)) and bool(_OPENING.search(text))


class _Sentence:
    """One sentence, or one row of a table; ``offset`` is where it begins in the text."""

    def __init__(self, text: str, offset: int, *, among_hours: bool) -> None:
        self._text = _DATE.sub(lambda found: "·" * len(found.group()), text)
        self._whole = text
        self._offset = offset
        self._among_hours = among_hours

    @cached_property
    def _words(self) -> list[tuple[int, int]]:
        """Where words of opening and closing stand."""
        return [found.span() for found in _OPENING.finditer(self._whole)]

    @cached_property
    def _days(self) -> list[Days]:
        return [*weekdays(self._whole)]

    def statements(self) -> Iterator[Statement]:
        times = [*_TIME.finditer(self._text)]
        if not times or not (self._words or self._days or self._among_hours):
            return
        while times:
            first, *times = times
            joined = times and _TO.fullmatch(self._text, first.end(), times[0].start())
            if joined and self._counts(first, times[0]):
                times.pop(0)
            elif joined and self._is_range(first, times[0]):
                last = times.pop(0)
                yield from self._range(first.start(), last.end(), _readings_of(first), _readings_of(last))
            elif first.group("always") and (self._words or (self._among_hours and self._is_bare(*first.span()))):
                yield from self._always(*first.span())
            elif not first.group("always"):
                yield from self._single(first)

    def _is_range(self, first: re.Match[str], last: re.Match[str]) -> bool:
        if first.group("always") or last.group("always") or _UNIT.match(self._text, last.end()):
            return False
        joined = self._text[first.end() : last.start()].strip().lower()
        before = self._text[: first.start()].rstrip().lower()
        if joined == "and" and not before.endswith("between"):
            return False
        if _is_clear(first) or _is_clear(last) or self._words or self._among_hours:
            return True
        ends = (days.end for days in self._days if days.end <= first.start())
        is_after_day = any(_BESIDE.fullmatch(self._text, end, first.start()) for end in ends)
        return is_after_day and _is_likely(int(first.group("hour")), int(last.group("hour")))

    def _counts(self, first: re.Match[str], last: re.Match[str]) -> bool:
        """``10-15 press-ups``, ``day 7 to 10``: rising figures without a sign of the clock may count anything."""
        if not (_FIGURE.fullmatch(first.group()) and _FIGURE.fullmatch(last.group())):
            return False
        if self._right_before(_COUNTED, first.start()):
            return True
        return float(first.group()) < float(last.group()) and bool(_COUNTS.match(self._text, last.end()))

    def _range(self, start: int, end: int, opens: frozenset[time], closes: frozenset[time]) -> Iterator[Statement]:
        if opens and closes and self._is_of_hours(start, end):
            yield self._statement(start, end, opens=opens, closes=closes)

    def _is_bare(self, start: int, end: int) -> bool:
        """Whether a row has nothing but days beside it: ``Monday: 24 hours``."""
        spans = [(start, end), *((days.start, days.end) for days in self._days)]
        kept = (letter for at, letter in enumerate(self._text) if not any(first <= at < last for first, last in spans))
        return not any(map(str.isalnum, kept))

    def _always(self, start: int, end: int) -> Iterator[Statement]:
        """``24/7``, and ``24 hours`` without a day, are of every day."""
        if self._is_of_hours(start, end):
            days = () if "/" in self._text[start:end] else self._days_meant(start, end)
            stated = StatedHours(days or (frozenset(Weekday),), always=True)
            yield Statement(Kind.HOURS, self._text[start:end], stated, self._offset + start, self._offset + end)

    def _single(self, found: re.Match[str]) -> Iterator[Statement]:
        lead = self._right_before(_LEADS, found.start())
        tells = self._words or (self._among_hours and lead and not lead.group("at"))
        if not tells or not self._is_of_hours(*found.span()):
            return
        if _UNIT.match(self._text, found.end()) or not (lead or (_is_clear(found) and found.group("half"))):
            return
        if not _is_clear(found) and (not lead or lead.group("open") or not _GOES_ON.match(self._text, found.end())):
            return
        if readings := _readings_of(found):
            yield self._statement(*found.span(), **{self._end_meant(found.start(), lead): readings})

    def _end_meant(self, start: int, lead: re.Match[str] | None) -> str:
        """Which end of the hours a time alone is, as far as the words before it tell."""
        first, last = self._word_before(start)
        word = self._text[first:last].lower()
        if lead and (lead.group("until") or (lead.group("at") and word.startswith(("clos", "shut")))):
            return "closes"
        if not lead or not lead.group("at"):
            return "opens" if lead and lead.group("since") else "either"
        return "opens" if word in {"open", "opens"} and not self._right_before(_IS, first) else "either"

    def _right_before(self, pattern: re.Pattern[str], at: int) -> re.Match[str] | None:
        return pattern.search(self._text, max(0, at - _WORDS_BEFORE), at)

    def _word_before(self, start: int) -> tuple[int, int]:
        """Where the last word of opening stands that comes before a time."""
        return max((word for word in self._words if word[1] <= start), default=(0, 0))

    def _is_of_hours(self, start: int, end: int) -> bool:
        """Whether a time here is one of opening hours, not of an event that begins during them."""
        marks = [*self._words, *((days.start, days.end) for days in self._days)]
        near = [mark for mark in marks if mark[0] < end + _NEAR and start - _NEAR < mark[1]]
        if not near and not self._among_hours:
            return False
        before = max((mark[1] for mark in near if mark[1] <= start), default=None)
        if before is None:
            after = min((mark[0] for mark in near if mark[0] >= end), default=len(self._text))
            return not _EVENT.search(self._text, 0, after)
        events = self._text[before:start] if any(word[1] <= start for word in self._words) else self._text
        return not _EVENT.search(events)

    def _statement(self, start: int, end: int, /, **readings: frozenset[time]) -> Statement:
        if time(23, 59) in readings.get("closes", ()):  # people write it for midnight
            readings["closes"] |= {time(0)}
        within = "appointment" in self._text[slice(*self._word_before(start))].lower()
        closed = bool(_CLOSED.search(self._whole))
        stated = StatedHours(
            self._days_meant(start, end),
            opens=readings.get("opens", frozenset()),
            closes=readings.get("closes", frozenset()),
            either=readings.get("either", frozenset()),
            closed=closed,
            within=within,
        )
        return Statement(Kind.HOURS, self._text[start:end].strip(), stated, self._offset + start, self._offset + end)

    def _days_meant(self, start: int, end: int) -> tuple[frozenset[Weekday], ...]:
        """The days named next before the time, or next after it."""
        before: list[Days] = [days for days in self._days if days.end <= start][-1:]
        after: list[Days] = [days for days in self._days if days.start >= end][:1]
        return tuple(days.days for days in before + after)


def _is_clear(found: re.Match[str]) -> bool:
    """Whether it is a clock time on the face of it, not just a figure."""
    return bool(found.group("bare")) or not found.group().strip().isdigit()


def _is_likely(first: int, last: int) -> bool:
    """Whether a bare range beside a day is of hours: it passes noon, 9-5, or is too long for a range of exercises."""
    return last <= first >= 6 or (first, last) == (9, 12) or (7 <= first <= 9 and last >= first + 8)


def _readings_of(found: re.Match[str]) -> frozenset[time]:
    """The times that it may be: 9 without more is in the morning or in the evening."""
    if word := found.group("word"):
        return frozenset({time(0, 0)} if word.lower() == "midnight" else {time(12, 0)})
    bare = found.group("bare") or ""
    hour, minute = int(found.group("hour") or bare[:2]), int(found.group("minute") or bare[2:] or 0)
    half = (found.group("half") or "").lower()
    hours = {hour, (hour + 12) % 24}
    if half and 1 <= hour <= 12:
        hours = {hour % 12 + (12 if half == "p" else 0)}
    elif bare or hour > 12 or found.group().startswith("0"):
        hours = {hour}
    return frozenset(time(each, minute) for each in hours if each < 24)
