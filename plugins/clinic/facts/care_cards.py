"""When to seek help, in words that someone answers for: written and approved once, shown wherever they belong."""

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from clinic.facts.base import Fact, KeyFault, Text, TextList
from clinic.facts.past import PastDay

Urgency: TypeAlias = Literal["non-urgent", "urgent", "emergency"]
"""How soon to seek help, in the three steps of the NHS care card."""


class CareCard(Fact):
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
            raise KeyFault("title", 'the card says nothing yet; add "text", or "signs" with a line for each')
        return self

    def concerns(self, conditions: TextList) -> bool:
        """Whether what is about these conditions must carry it."""
        return not {word.casefold() for word in self.conditions}.isdisjoint(word.casefold() for word in conditions)
