"""When the usual week does not hold: seasons with another week, days that are closed, days with other hours."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from clinic.facts.base import Day, Fact, KeyFault, Text, as_written
from clinic.facts.hours import OpeningHours, Periods


class Closure(Fact):
    """Days on which the clinic is closed although the week says otherwise (holiday, training)."""

    first: Annotated[Day, Field(description='the first day closed; for a single day write "on: 2025-12-25" instead')]
    last: Annotated[Day, Field(description='the last day closed; for a single day write "on: 2025-12-25" instead')]
    reason: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_day(cls, value: Any) -> Any:
        """Accept ``on:`` for a single day, and ``from:`` / ``to:`` for several, as the owner writes them."""
        if not isinstance(value, dict):
            return value
        renamed = as_written(value, {"from": "first", "to": "last"})
        if "on" in renamed and {"first", "last"} & renamed.keys():
            raise KeyFault("on", 'write either "on" for a single day, or "from" and "to"')
        if "on" in renamed:
            renamed["first"] = renamed["last"] = renamed.pop("on")
        return renamed

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise KeyFault(
                "to", f"this closure ends ({self.last}) before it begins ({self.first}); correct one of them"
            )
        return self

    def holds_on(self, day: date) -> bool:
        """Whether the clinic is closed for it on that day."""
        return self.first <= day <= self.last


class SpecialHours(Fact):
    """A day with other hours than the week has for it."""

    on: Annotated[Day, Field(description="the day with other hours")]
    hours: Annotated[Periods, Field(description="when it is open on that day, for example 09:00-12:00")]
    reason: Text | None = None

    @model_validator(mode="after")
    def _open(self) -> Self:
        if not self.hours:
            raise KeyFault("hours", 'a day that is closed belongs under "closures"; move it there')
        return self


class Season(Fact):
    """Days between which another week holds, all of it: a day of the week that is not named is closed."""

    name: Text | None = None
    begins: Annotated[Day, Field(description="the first day of the season, with its year")]
    ends: Annotated[Day, Field(description="the last day of the season, with its year")]
    opening_hours: Annotated[OpeningHours, Field(description="the week that holds in the season")]

    @model_validator(mode="before")
    @classmethod
    def _as_written(cls, value: Any) -> Any:
        return as_written(value, {"from": "begins", "to": "ends"})

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends < self.begins:
            raise KeyFault(
                "to", f"this season ends ({self.ends}) before it begins ({self.begins}); correct one of them"
            )
        return self

    def holds_on(self, day: date) -> bool:
        """Whether its week holds on that day."""
        return self.begins <= day <= self.ends
