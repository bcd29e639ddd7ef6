"""What a sentence states about opening hours, and the hours of a day to compare it with."""

from dataclasses import dataclass
from datetime import time

from clinic.models.opening_hours import Weekday


@dataclass(frozen=True)
class StatedHours:
    """What a sentence states about opening hours.

    ``days`` are the readings of which days it means: it is true if it holds on every day of one of them, or, with
    none, on any day. Each of ``opens`` and ``closes`` has the readings of a clock time (9 is 09:00 or 21:00), empty
    where nothing is stated; ``either`` are those of a time that may be one or the other. ``closed``: it may be about
    a break instead. ``within``: it states a time during the hours, such as that of the last appointment.
    """

    days: tuple[frozenset[Weekday], ...]
    opens: frozenset[time] = frozenset()
    closes: frozenset[time] = frozenset()
    either: frozenset[time] = frozenset()
    closed: bool = False
    within: bool = False

    @property
    def all_day(self) -> bool:
        """Whether it states that whole days are closed."""
        return self.closed and not (self.opens or self.closes or self.either)


@dataclass(frozen=True)
class Opening:
    """The hours of one location, on ``days`` of the week or on dates that are such days."""

    days: frozenset[Weekday]
    opens: frozenset[time]
    closes: frozenset[time]

    def fits(self, stated: StatedHours) -> bool:
        """Whether a statement is true of this day. Nine to half past five is true over a lunch break."""
        if stated.within:
            return all(map(self._includes, filter(None, (stated.opens, stated.closes, stated.either))))
        if stated.either:
            return bool(stated.either & (self.opens | self.closes))
        return _spans(stated, self.opens, self.closes) or (stated.closed and _spans(stated, self.closes, self.opens))

    def _includes(self, readings: frozenset[time]) -> bool:
        return any(min(self.opens) <= reading <= max(self.closes) for reading in readings)

    def periods(self) -> list[str]:
        """Its periods in words."""
        pairs = zip(sorted(self.opens), sorted(self.closes), strict=False)
        return [f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in pairs]


def _spans(stated: StatedHours, starts: frozenset[time], ends: frozenset[time]) -> bool:
    return (not stated.opens or bool(stated.opens & starts)) and (not stated.closes or bool(stated.closes & ends))
