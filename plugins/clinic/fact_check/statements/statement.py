"""A statement found in a text, and the text made plain, so that a number is a number however it was typed."""

import re
import unicodedata
from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What can be checked; the value is the noun of the owner's sentence."""

    PHONE = "number"
    EMAIL = "e-mail address"
    POSTCODE = "postcode"
    PRICE = "price"
    HOURS = "opening time"
    REGISTRATION = "registration number"


@dataclass(frozen=True)
class Statement:
    """``written`` stands in the plain text from ``start`` to ``end``; ``normal`` is equal for equal meanings.

    ``normal`` is E.164 (a local number keeps its digits), an address in small letters, a postcode in capitals with a
    space, (ISO 4217 code, Decimal), StatedHours, or the capitals and digits of a registration.
    """

    kind: Kind
    written: str
    normal: Hashable
    start: int = 0
    end: int = 0


_DASHES, _APOSTROPHES = "\u2010\u2012\u2013\u2014\u2015\u2212", "\u2018\u2019"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\u20e3\ufeff"
_SIGNS = str.maketrans(_DASHES + _APOSTROPHES, "-" * len(_DASHES) + "''", _INVISIBLE)
"""What NFKC leaves; invisible are soft hyphens, joiners, marks of direction, and what makes a digit a keycap."""
_REFERENCE = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"']+"  # an address on the web
    r"|\b(?:doi:\s*)?10\.\d{4,9}/\S+"  # a DOI (https://www.doi.org/the-identifier/resources/handbook)
    r"|\bISBN(?:-1[03])?:?[\s\d-]{9,20}[\dXx]",
    re.IGNORECASE,
)
_REFERENCE_PARTS = ("://", "www.", "10.", "isbn")


def plain(text: str) -> str:
    """``text`` with ASCII digits, spaces, hyphens and apostrophes (NFKC), and nothing invisible."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text).translate(_SIGNS)


def without_references(text: str) -> str:
    """``text`` with web addresses, DOIs and ISBNs blanked out at the same length: their digits state nothing."""
    if not any(map(text.lower().__contains__, _REFERENCE_PARTS)):
        return text
    return _REFERENCE.sub(lambda found: " " * len(found.group()), text)
