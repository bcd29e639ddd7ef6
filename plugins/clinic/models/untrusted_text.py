"""Text from strangers: the signs that would disturb the page around them are taken out, the words stay as written.

Unicode has letters that turn the reading direction of what follows (Trojan Source, UTS 39), that take no room, that
pile up over the lines above, and that XML 1.0 forbids in a feed.
"""

import re
import unicodedata

MOST_MARKS = 4
"""On one letter: Vietnamese needs two, pointed Hebrew four."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufff9-\uffff]")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069\u206a-\u206f]")
_NOWHERE = re.compile("[\u00ad\u034f\u115f\u1160\u180e\u200b\u2060-\u2065\u2800\u3164\ufeff\uffa0]")
_JOINERS = re.compile("([\u200c\u200d])[\u200c\u200d]+")
_TAGS = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+")
"""Only after a black flag are they a part of something: the flags of England, Scotland and Wales."""
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85]")
_MANY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def sanitize(text: str) -> str:
    """Words over several lines; empty lines between them are single."""
    text = _LINE_ENDS.sub("\n", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        text = _TAGS.sub("", _NOWHERE.sub("", _DIRECTIONS.sub("", text)))
        text = _without_piles(_JOINERS.sub(r"\1", text))
    return _MANY_LINES.sub("\n\n", _CONTROLS.sub("", text)).strip()


def sanitize_line(text: str) -> str:
    """Words on one line, such as a name."""
    return " ".join(sanitize(text).split())


def has_letters(text: str) -> bool:
    """Whether there is anything in it to read aloud."""
    return any(sign.isalnum() for sign in text)


def _without_piles(text: str) -> str:
    """No letter with more marks above and below it than a language needs."""
    kept: list[str] = []
    run = 0
    for sign in text:
        run = run + 1 if unicodedata.combining(sign) or unicodedata.category(sign) == "Me" else 0
        if run <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)
