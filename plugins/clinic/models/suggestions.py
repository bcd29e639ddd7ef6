"""How a sentence about a wrong word goes on."""

from collections.abc import Iterable
from difflib import get_close_matches

_SHORT_LIST = 40


def suggestion(word: str, known: Iterable[str]) -> str:
    """``; did you mean "booking"?`` for the nearest known word, or all of a short list, or nothing."""
    words = list(dict.fromkeys(known))
    return nearest(word, words) or (f"; write {one_of(words)}" if words and len(words) <= _SHORT_LIST else "")


def nearest(word: str, known: Iterable[str]) -> str:
    """``; did you mean "booking"?`` where one of the known words is near."""
    near = get_close_matches(word, sorted(set(known)), n=3, cutoff=0.6)
    best = next((found for found in near if found[:1] == word[:1]), near[0] if near else None)
    return f'; did you mean "{best}"?' if best else ""


def same_address(path: str, other: str) -> str:
    """What is wrong with a file whose page would be where that of another file is; ``path`` is from the root."""
    return f"this has the same address (/{path}) as {other}; give one of them another slug"


def one_of(words: Iterable[str]) -> str:
    """``note, tip or warning``."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def listed(words: Iterable[str]) -> str:
    """``Monday, Tuesday and Friday``."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
