"""What the owner vouches for: numbers, addresses and sums on the site that are not the clinic's own."""

import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, Field

from clinic.facts.base import Fact, Text
from clinic.facts.claims.claim import Claim
from clinic.facts.claims.finding import ClaimFinder
from clinic.facts.claims.plain import plain
from clinic.facts.claims.signs import may_be_spelt

_NOTHING = re.compile(r"[^0-9a-z@.£€$+]")


def _to_vouch_for(text: str) -> str:
    if not (re.search(r"\d|@", text) or may_be_spelt(text)):
        raise ValueError(f'"{text}" has no number, address or sum in it; write what stands on the page, such as £9.90')
    return text


class Other(Fact):
    """Something that looks like a fact of the clinic and is somebody else's."""

    text: Annotated[Text, AfterValidator(_to_vouch_for)]
    """As it stands on the page."""
    why: Annotated[Text, Field(description="whose it is, or why it stands there, in a few words")]


class Vouched:
    """Answers whether a claim is among what the owner vouches for."""

    def __init__(self, texts: Iterable[str], finder: ClaimFinder) -> None:
        texts = tuple(texts)
        found = (claim for text in texts for claim in finder.find(text, among_hours=True))
        self._meanings = {(claim.kind, claim.normal) for claim in found}
        self._words = {_bare(text) for text in texts}

    def has(self, claim: Claim) -> bool:
        """By what it means, or else word for word."""
        return (claim.kind, claim.normal) in self._meanings or _bare(claim.written) in self._words


def _bare(text: str) -> str:
    return _NOTHING.sub("", plain(text).lower())
