"""Exemptions: numbers, addresses and prices that the owner shows although they are not the clinic's own."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from clinic.models.base import Record
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


class Other(Record):
    """Something that looks like a fact of the clinic and is somebody else's."""

    text: Annotated[Text, AfterValidator(_checked_text)]
    """As it stands on the page."""
    why: Annotated[Text, Field(description="whose it is, or why it stands there, in a few words")]
