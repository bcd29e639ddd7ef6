"""Text with one kind of space and one kind of hyphen, so that a number is a number however it was typed."""

import re
import unicodedata
from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What can be proved; the value is how a sentence calls one of its kind."""

    PHONE = "number"
    EMAIL = "e-mail address"
    POSTCODE = "postcode"
    PRICE = "price"
    HOURS = "opening time"
    REGISTRATION = "registration number"


@dataclass(frozen=True)
class Statement:
    """``written`` as it stands in the text between ``start`` and ``end``; ``normal`` is equal for equal meanings."""

    kind: Kind
    written: str
    normal: Hashable
    start: int = 0
    end: int = 0


class Public(NamedTuple):
    """``text`` as it is usually written, and whose it is."""

    text: str
    whose: str


PUBLIC = (
    Public("999", "emergency services"),
    Public("112", "emergency services, all of Europe"),
    Public("111", "NHS, urgent and not life-threatening"),
    Public("119", "NHS test and vaccination line"),
    Public("101", "police, not an emergency"),
    Public("105", "power cuts"),
    Public("116 123", "Samaritans"),
    Public("jo@samaritans.org", "Samaritans"),
    Public("116 000", "Missing People"),
    Public("0800 1111", "Childline"),
    Public("0808 2000 247", "National Domestic Abuse Helpline"),
    Public("85258", "Shout, crisis text line"),
    Public("18001", "Relay UK, in front of any number"),
    Public("0303 123 1113", "Information Commissioner's Office, named in privacy notices"),
    Public("SK9 5AF", "Information Commissioner's Office, named in privacy notices"),
)
"""As known in March 2026; a number that is not here is vouched for with ``others``."""
_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " "
)
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\u20e3\ufeff"))
"""Soft hyphens, joiners, marks of direction, and what makes a digit a picture of a key."""
_QUOTES = {ord("’"): "'", ord("‘"): "'"}
_SIGNS = {**_SPACES, **_HYPHENS, **_INVISIBLE, **_QUOTES}
_ELSEWHERE = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"']+"  # an address on the web
    r"|\b(?:doi:\s*)?10\.\d{4,9}/\S+"  # a DOI (https://www.doi.org/the-identifier/resources/handbook)
    r"|\bISBN(?:-1[03])?:?[\s\d-]{9,20}[\dXx]",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """``text`` with plain digits, spaces, hyphens and apostrophes, and nothing invisible."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)


def without_references(text: str) -> str:
    """``text`` with web addresses, DOIs and ISBNs blanked out at the same length: their digits are no facts."""
    if "/" not in text and "www." not in text and "ISBN" not in text.upper():
        return text
    return _ELSEWHERE.sub(lambda found: " " * len(found.group()), text)
