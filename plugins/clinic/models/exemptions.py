"""What the owner vouches for: numbers, addresses and sums on the site that are not the clinic's own."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from clinic.models.base import Record
from clinic.models.types import Text

_SHUT = re.compile(r"(?:losed|hut|ot\sopen)\s(?:on\s|all\sday\s)?(?:[MTFS][a-z]+days|[wW]e[a-z]*(?:days|ends))")


def may_be_spelt(text: str) -> bool:
    """Whether there may be a claim without a figure: ``me (at) example.com``, ``until noon``, ``closed on Mondays``."""
    named = "noon" in text or "midday" in text or "midnight" in text
    if named or "at)" in text or "at]" in text or "at}" in text or " AT " in text:
        return True
    return ("losed" in text or "hut" in text or "ot open" in text) and _SHUT.search(text) is not None


def _to_vouch_for(text: str) -> str:
    if not (re.search(r"\d|@", text) or may_be_spelt(text)):
        raise ValueError(f'"{text}" has no number, address or sum in it; write what stands on the page, such as £9.90')
    return text


class Other(Record):
    """Something that looks like a fact of the clinic and is somebody else's."""

    text: Annotated[Text, AfterValidator(_to_vouch_for)]
    """As it stands on the page."""
    why: Annotated[Text, Field(description="whose it is, or why it stands there, in a few words")]
