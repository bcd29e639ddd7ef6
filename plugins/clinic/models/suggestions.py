"""The end of an error message about an unknown word, and lists of words in a sentence."""

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

_SHORT_LIST = 40


def suggestion(word: str, known: Iterable[str]) -> str:
    """``; did you mean "booking"?`` for the nearest known word, or ``; write a, b or c`` for a short list, or empty."""
    words = list(dict.fromkeys(known))
    return did_you_mean(word, words) or (f"; write {join_or(words)}" if words and len(words) <= _SHORT_LIST else "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``; did you mean "booking"?``, or empty where no known word is near; same initial letters are preferred.

    Of a word that looks the same and is none: names of files that a Mac has made may hold the marks of letters apart.
    """
    best = nearest(word, known)
    if best and best != word and composed(best) == composed(word):
        return "; one of that name is there, but with the marks of its letters apart, as a Mac writes them: rename it"
    return f'; did you mean "{best}"?' if best else ""


def composed(text: str) -> str:
    """The text with each letter and its marks as one sign (Unicode normalization form C)."""
    return unicodedata.normalize("NFC", text)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is nearest, of equals one with the same initial letter; None where none is near."""
    near = get_close_matches(word, sorted(set(known)), n=3, cutoff=0.6)
    return next((found for found in near if found[:1] == word[:1]), near[0] if near else None)


def join_or(words: Iterable[str], conjunction: str = "or") -> str:
    """``note, tip or warning``."""
    *others, last = words
    return f"{', '.join(others)} {conjunction} {last}" if others else last


def join_and(words: Iterable[str]) -> str:
    """``Monday, Tuesday and Friday``."""
    return join_or(words, "and")


def some_of(names: Sequence[str], most: int = 1) -> str:
    """The first ``most`` of the names, and how many there are beside these: ``a.md, b.md and 3 more``."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
