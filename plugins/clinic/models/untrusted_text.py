"""Sanitizing text from visitors: characters that would disturb the page around them go, the words stay as written.

Unicode has characters that reverse the reading direction of what follows (Trojan Source, UTS 39), that are invisible,
that pile up over the lines above, and that XML 1.0 forbids in a feed.
"""

import re
import unicodedata

MAX_MARKS = 4
"""Combining marks on one letter: Vietnamese needs two, pointed Hebrew four."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufff9-\uffff]")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069\u206a-\u206f]")
_INVISIBLE = re.compile("[\u00ad\u034f\u115f\u1160\u180e\u200b\u2060-\u2065\u2800\u3164\ufeff\uffa0]")
_JOINERS = re.compile("([\u200c\u200d])[\u200c\u200d]+")
_TAGS = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+")
"""Tag characters are kept only after a black flag: the flags of England, Scotland and Wales."""
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85]")
_MANY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def sanitize(text: str) -> str:
    """Text of several lines, in NFC, without harmful characters; runs of empty lines become one."""
    text = _LINE_ENDS.sub("\n", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        text = _TAGS.sub("", _INVISIBLE.sub("", _DIRECTIONS.sub("", text)))
        text = _limit_marks(_JOINERS.sub(r"\1", text))
    return _MANY_LINES.sub("\n\n", _CONTROLS.sub("", text)).strip()


def sanitize_line(text: str) -> str:
    """Text on one line, such as a name."""
    return " ".join(sanitize(text).split())


def has_letters(text: str) -> bool:
    """Whether there is a letter or digit in it."""
    return any(character.isalnum() for character in text)


def _limit_marks(text: str) -> str:
    kept: list[str] = []
    run = 0
    for character in text:
        is_mark = unicodedata.combining(character) or unicodedata.category(character) == "Me"
        run = run + 1 if is_mark else 0
        if run <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)
