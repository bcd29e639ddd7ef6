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

    ``normal`` is E.164 for a number (a local one keeps its digits), small letters for an e-mail address, capitals with
    a space for a postcode, (currency, Decimal) for a price, StatedHours for an opening time, capitals and digits for a
    registration number.
    """

    kind: Kind
    written: str
    normal: Hashable
    start: int = 0
    end: int = 0


_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " "
)
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\u20e3\ufeff"))
"""Soft hyphens, joiners, marks of direction, and what makes a digit an image of a key."""
_SIGNS = {**_SPACES, **_HYPHENS, **_INVISIBLE, ord("’"): "'", ord("‘"): "'"}
_REFERENCE = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"']+"  # an address on the web
    r"|\b(?:doi:\s*)?10\.\d{4,9}/\S+"  # a DOI (https://www.doi.org/the-identifier/resources/handbook)
    r"|\bISBN(?:-1[03])?:?[\s\d-]{9,20}[\dXx]",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """``text`` with ASCII digits, spaces, hyphens and apostrophes (NFKC), and nothing invisible."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)


def without_references(text: str) -> str:
    """``text`` with web addresses, DOIs and ISBNs blanked out at the same length: their digits state nothing."""
    return _REFERENCE.sub(lambda found: " " * len(found.group()), text)
