"""When to seek help, in words that someone answers for: written and approved once, shown wherever they belong."""

import re
from datetime import date
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import AfterValidator, Field, model_validator

from clinic.models.base import Record, RecordError, as_written
from clinic.models.types import Day, PastDay, Text, TextList

_LINK = re.compile(r"https?://[^\s/]+\.[^\s]+|/(?:[\w-]+/)*(?:#[\w-]+)?")


def _link(value: str) -> str:
    if not _LINK.fullmatch(value):
        raise ValueError(
            f'"{value}" is not an address; write that of a page of yours, like /contact/, or a whole one with https://'
        )
    return value


class Notice(Record):
    """Words for the top of every page, from one day until the end of another."""

    text: Annotated[Text, Field(description="what visitors are to know, in a sentence")]
    begins: Annotated[Day, Field(description="the first day on which the notice is shown")]
    until: Annotated[Day, Field(description="the last day on which the notice is shown")]
    link: Annotated[str, AfterValidator(_link)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _as_written(cls, value: Any) -> Any:
        """``from``, as the owner writes it, cannot be a name in Python."""
        return as_written(value, {"from": "begins"})

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until < self.begins:
            raise RecordError(
                "until", f"this notice ends ({self.until}) before it begins ({self.begins}); correct one of them"
            )
        return self

    def is_shown_on(self, today: date) -> bool:
        """Whether it is time to say so."""
        return self.begins <= today <= self.until

    @property
    def path(self) -> str | None:
        """The path from the root of the site that it links to; None where it links elsewhere, or nowhere."""
        return self.link[1:] if self.link and self.link.startswith("/") else None


def _without_quotes(words: str) -> str:
    """The theme puts them, so that all are the same."""
    pairs = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"))
    return words[1:-1].strip() if len(words) > 2 and (words[0], words[-1]) in pairs else words


Quoted: TypeAlias = Annotated[Text, AfterValidator(_without_quotes)]
"""What someone said, without quotation marks around it."""


class Testimonial(Record):
    """What one person said."""

    words: Annotated[Quoted, Field(description="what the person said, word for word")]
    source: Annotated[Text, Field(description="who said it, as they agreed to be named, such as J. in Larkmouth")]
    date: Annotated[PastDay, Field(description="the day the person said it")]
    consent: Annotated[
        PastDay, Field(description="the day this person agreed to be quoted here; without it the words cannot be shown")
    ]


Urgency: TypeAlias = Literal["non-urgent", "urgent", "emergency"]
"""How soon to seek help, in the three steps of the NHS care card."""


class CareCard(Record):
    """One card of ``care_cards`` in clinic.yaml. An article on one of ``conditions`` always carries it."""

    title: Annotated[Text, Field(description="the heading of the card, such as Call NHS 111 if")]
    urgency: Urgency = "non-urgent"
    text: Text | None = None
    signs: tuple[Text, ...] = ()
    conditions: TextList = ()
    approved: Annotated[
        PastDay, Field(description="the day somebody approved these words; no card is shown before that has been done")
    ]
    approved_by: Annotated[Text, Field(description="who approved these words: a name, or that of a file in team/")]

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.text and not self.signs:
            raise RecordError("title", 'the card says nothing yet; add "text", or "signs" with a line for each')
        return self

    def concerns(self, conditions: TextList) -> bool:
        """Whether what is about these conditions must carry it."""
        return not {word.casefold() for word in self.conditions}.isdisjoint(word.casefold() for word in conditions)
