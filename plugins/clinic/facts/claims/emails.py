"""E-mail addresses in a text, also those spelt out to mislead machines."""

import re
from collections.abc import Iterator

from clinic.facts.claims.claim import Claim, Kind
from clinic.facts.claims.signs import may_be_spelt

_AT = r"(?:\s?@\s?|\s?[(\[{]\s?at[)\]}]\s?|\s(?:AT)\s)"
_DOT = r"(?:\.|\s?[(\[{]\s?dot\s?[)\]}]\s?|\s(?:DOT|dot)\s)"
_EMAIL = re.compile(rf"(?<![\w.@/])([\w.+'-]*\w){_AT}([\w-]+(?:{_DOT}[\w-]+)*{_DOT}[A-Za-z]{{2,}})(?![\w@])")
_SPELT = re.compile(_DOT)


def emails(text: str) -> Iterator[Claim]:
    """Every address, in small letters."""
    if "@" not in text and not may_be_spelt(text):
        return
    for found in _EMAIL.finditer(text):
        domain = _SPELT.sub(".", found.group(2))
        normal = f"{found.group(1)}@{domain}".lower()
        yield Claim(Kind.EMAIL, found.group(), normal, *found.span())
