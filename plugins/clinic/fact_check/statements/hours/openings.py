"""A day's opening at one place, to hold what a text says against."""

from dataclasses import dataclass
from datetime import time

from clinic.fact_check.statements.hours.opening_times import Said
from clinic.models.opening_hours import Weekday


@dataclass(frozen=True)
class Opening:
    """When the doors open and close at one place, on ``days`` of the week or on dates that are such days."""

    days: frozenset[Weekday]
    opens: frozenset[time]
    closes: frozenset[time]

    def fits(self, said: Said) -> bool:
        """Whether a sentence is true of this day."""
        if said.within:
            return all(map(self._includes, filter(None, (said.opens, said.closes, said.either))))
        if said.either:
            return bool(said.either & (self.opens | self.closes))
        return self._spans(said, self.opens, self.closes) or (
            said.closed and self._spans(said, self.closes, self.opens)
        )

    def _includes(self, readings: frozenset[time]) -> bool:
        return any(min(self.opens) <= reading <= max(self.closes) for reading in readings)

    def spans(self) -> list[str]:
        """Its periods in words."""
        pairs = zip(sorted(self.opens), sorted(self.closes), strict=False)
        return [f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in pairs]

    @staticmethod
    def _spans(said: Said, starts: frozenset[time], ends: frozenset[time]) -> bool:
        return (not said.opens or bool(said.opens & starts)) and (not said.closes or bool(said.closes & ends))
