"""Exemptions: numbers, addresses and prices that the owner shows although they are not the clinic's own."""

import re
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field

from clinic.models.base import NO_HINT, Record
from clinic.models.types import Text

_FIGURE = re.compile(r"[\d@＠]")
_WORDS = ("noon", "midday", "midnight", "closed", "shut", "not open", "at)", "at]", "at}")


def may_state_fact(text: str) -> bool:
    """Whether it has a digit, an @ or a word without which nothing can be read as a fact of a clinic."""
    return bool(_FIGURE.search(text)) or " AT " in text or any(map(text.lower().__contains__, _WORDS))


def _checked_text(text: str) -> str:
    if not may_state_fact(text):
        message = "has no number, address or sum in it; write what stands on the page, such as a price or a number"
        raise ValueError(f'"{text}" {message}')
    return text


class Exemption(Record):
    """An entry of ``others``: a statement that looks like a fact of the clinic and is somebody else's."""

    text: Annotated[Text, AfterValidator(_checked_text)] = Field(
        description="the number, address or sum as it stands on the page", json_schema_extra=NO_HINT
    )
    why: Text = Field(description="whose it is, or why it stands there, in a few words")


Exemptions: TypeAlias = Annotated[
    tuple[Exemption, ...], Field(description="numbers, addresses and sums here that are not the clinic's own")
]
