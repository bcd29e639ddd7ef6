"""A language in which every word of the site can be told from those of its content: letters of double width.

``words`` of clinic.yaml puts it in place of every message, so whatever shows other letters was not looked up.
"""

from __future__ import annotations

import json
import re
from string import ascii_letters

from clinic.models.words import TEMPLATE, read_catalogue

_WIDE = {ord(letter): ord(letter) + 0xFEE0 for letter in ascii_letters}
_LITERAL = re.compile(r"\{\w+\}|[^{]+")


def wide(message: str) -> str:
    """The message with wide letters, and marks around what is filled in: ``Ｃａｌｌ ‹{phone}›``."""
    return _LITERAL.sub(lambda found: f"‹{found[0]}›" if found[0][0] == "{" else found[0].translate(_WIDE), message)


def pseudo_words() -> str:
    """The lines of clinic.yaml that replace every message."""
    lines = {}
    for message in read_catalogue(TEMPLATE):
        given = {"one": wide(message.text), "other": wide(message.plural)} if message.plural else wide(message.text)
        lines[message.text] = given
    return "words:\n" + "".join(f"  {_quoted(name)}: {_quoted(given)}\n" for name, given in lines.items())


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
