"""``claims``: words that advertising rules ask evidence for, and the evidence that the clinic holds."""

from datetime import date
from typing import Annotated, Self, TypeAlias

from pydantic import Field, model_validator

from clinic.models.base import NO_HINT, Record, check_order
from clinic.models.types import Day, PastDay, Text


class ClaimWaiver(Record):
    """An entry of ``claims``: somebody has looked at these words, and takes them on (CAP Code 3.7: hold evidence)."""

    words: Text = Field(description="the words as they stand on the page, part of a sentence or all of it")
    rule: Text | None = Field(default=None, description="the name of the one rule that this is for, such as absolutes")
    by: Text = Field(description="who looked at it and takes it on", json_schema_extra=NO_HINT)
    on: PastDay = Field(description="the day on which that was done")
    evidence: Text = Field(description="what shows that the words are true: such as a trial, and where it is kept")
    until: Day | None = Field(default=None, description="the last day on which this holds; then it is told again")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until:
            check_order("waiver", "until", self.on, self.until)
        return self

    def holds_on(self, today: date) -> bool:
        """Whether the day is not past its last one."""
        return self.until is None or today <= self.until


Claims: TypeAlias = Annotated[
    tuple[ClaimWaiver, ...], Field(description="words that advertising rules ask evidence for, with what you have")
]
