"""Exemptions from the fact check: numbers, addresses and sums on the site that are not the clinic's own."""

import re
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field

from clinic.models.base import NO_HINT, Record
from clinic.models.types import Text

_CLOSED = re.compile(r"(?:losed|hut|ot\sopen)\s(?:on\s|all\sday\s)?(?:[MTFS][a-z]+days|[wW]e[a-z]*(?:days|ends))")


def may_state_in_words(text: str) -> bool:
    """Whether it may state a fact without a digit: ``me (at) example.com``, ``until noon``, ``closed on Mondays``."""
    named = "noon" in text or "midday" in text or "midnight" in text
    if named or "at)" in text or "at]" in text or "at}" in text or " AT " in text:
        return True
    return ("losed" in text or "hut" in text or "ot open" in text) and _CLOSED.search(text) is not None


def _states_something(text: str) -> str:
    if not (re.search(r"\d|@", text) or may_state_in_words(text)):
        raise ValueError(f'"{text}" has no number, address or sum in it; write what stands on the page, such as £9.90')
    return text


class Exemption(Record):
    """An entry of ``others``: a statement that looks like a fact of the clinic and is somebody else's."""

    text: Annotated[Text, AfterValidator(_states_something)] = Field(
        description="the number, address or sum as it stands on the page, such as £9.90", json_schema_extra=NO_HINT
    )
    why: Text = Field(description="whose it is, or why it stands there, in a few words")


Exemptions: TypeAlias = Annotated[
    tuple[Exemption, ...], Field(description="numbers, addresses and sums here that are not the clinic's own")
]
