"""A quick look that spares a careful one: whether a text can hold any claim at all.

Nothing that the readers of claims understand may be missed here; the tests hold every example of theirs against it.
The pattern begins with one set of signs, which makes the search many times faster than a choice of words would be.
"""

import re

NO_UNIT = (
    r"(?!(?:\s?(?:[-‐-―−]|to|or|and)\s?\d+)?\s?-?"
    r"(?:min|hours|days|weeks|months|years|people|times|reps|sets|miles|km|per\b|st\b|nd\b|rd\b|th\b))"
)
"""After a figure that may be a time: it counts nothing."""
AFTER_A_LEAD = "|".join(
    rf"(?<={word}\s.)" for word in (r"\bat", r"\bto", r"\bby", "from", "till", r"\btil", "until", "before", "after")
)
"""After the first sign of a figure, with such a word before it: ``until 7``."""
_FIGURE = re.compile(r"[0-9@\uff10-\uff19\uff20]")
"""Also in full width, as some keyboards type them."""
_SHUT = re.compile(r"(?:losed|hut|ot\sopen)\s(?:on\s|all\sday\s)?(?:[MTFS][a-z]+days|[wW]e[a-z]*(?:days|ends))")
DATE = re.compile(
    r"[0-9](?:(?<=[12])\d{3}-\d\d-\d\d(?:T[\d:.+-]*Z?)?"
    r"|\d? (?:January|February|March|April|May|June|July|August|September|October|November|December) (?:19|20)\d\d\b)"
)
SHAPE = re.compile(
    r"[0-9@£€$\uff10-\uff19\uff20\uffe1\uff04](?:(?<=[@£€$\uff20\uffe1\uff04])"
    r"|(?:[\W_]{0,3}\d){4}"  # a telephone number, or that of a register
    r"|(?=\d{3})(?:(?<!\d\d)(?!(?:(?<=1)9|(?<=2)0)\d\d(?!\d))\d{3}(?!\d)"  # a short one, if it is no year
    r"|(?i:(?<=no\s.)|(?<=no\.\s.)|(?<=no:\s.)|(?<=number\s.)|(?<=number:\s.)|(?<=number is .)))"
    r"|[a-zA-Z]{2}(?![a-zA-Z])"  # the second half of a postcode
    r"|[:.hH\uff1a][0-5\uff10-\uff15]\d"  # a time
    r"|(?=[\s'aceghopqtuACEGHOPQTU‐-―−-])(?i:"
    r"\s?(?:[ap]\.?\s?m|h\b|hrs|o['’]clock)"
    rf"|\s?(?:[-‐-―−]|(?:to|till?|'til|until|and)\b)\s?\d{{1,2}}\b{NO_UNIT}"
    r"|\s?-?(?:p\b|pence|pound|quid|gbp|eur|usd))"
    r"|4(?:/7|[ -][hH][oO][uU][rR][sS])"
    rf"|(?<=\s.)(?=\d?\b)(?i:(?:{AFTER_A_LEAD})\d?\b{NO_UNIT})"
    r"|(?<=[DPRdpr]\s.)(?i:(?<=(?:gbp|eur|usd)\s.))|(?<=[DPRdpr].)(?i:(?<=(?:gbp|eur|usd).)))"
)
"""Cheap conditions stand before dear ones, and capitals are told apart where they can be: both halve the time."""


def may_claim(text: str) -> bool:
    """Whether any claim may be in it."""
    if _FIGURE.search(text) and SHAPE.search(text) and SHAPE.search(DATE.sub("", text)):
        return True
    return may_be_spelt(text)


def may_be_spelt(text: str) -> bool:
    """Whether there may be a claim without a figure: ``me (at) example.com``, ``until noon``, ``closed on Mondays``."""
    named = "noon" in text or "midday" in text or "midnight" in text
    if named or "at)" in text or "at]" in text or "at}" in text or " AT " in text:
        return True
    return ("losed" in text or "hut" in text or "ot open" in text) and _SHUT.search(text) is not None
