"""What the owner vouches for: numbers, addresses and sums on the site that are not the clinic's own."""

import re
from collections.abc import Iterable

from clinic.fact_check.statements.claim import Claim, plain
from clinic.fact_check.statements.finding import ClaimFinder

_NOTHING = re.compile(r"[^0-9a-z@.£€$+]")


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
