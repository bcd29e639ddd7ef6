"""The telling words of a text, without their endings: what two texts are compared by."""

import re
from collections import Counter
from functools import lru_cache

_TOKEN = re.compile(r"https?://[^\s)]+|[a-z]{3,}|\]\([^)\n]*\)|<[^<>\n]*>")
"""A word, or what is none of the text: an address, a tag."""
_COMMON = frozenset(
    """
    about after again all almost also always and any anything are around ask back because been before being best better
    between both but can cannot come could day did does don done down each else even every few find first for from get
    give goes going good has have having help her here him his how into its just keep know less let like little long
    made make many may maybe might more most much must need never new next not nothing now off often once one only other
    our out over own part people perhaps put rather right said same say see she should since some something sometimes
    soon still such take than that the their them then there these they thing think this those though through time too
    two under until use used using very want was way week well were what when where which while who why will with
    without work would year you your yours
    """.split()  # noqa: SIM905 (to be read)
)
_PLURALS = (("sses", "ss"), ("ies", "y"), ("ss", "ss"), ("us", "us"), ("is", "is"), ("s", ""))
_DOUBLED = frozenset("bdgmnprt")
_VOWEL = re.compile("[aeiouy]")


def stems(text: str) -> Counter[str]:
    """How often each telling word of a Markdown text occurs."""
    found: Counter[str] = Counter()
    for token, count in Counter(_TOKEN.findall(text.lower())).items():
        if root := stem(token):
            found[root] += count
    return found


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without the ending of a plural or a verb: ``ankles`` is ``ankl``, ``running`` is ``run``.

    Empty if the word is common, or none. A few rules after the first step of Porter (1980): that two words meet by
    mistake does little harm here, that two forms of one word meet is what counts.
    """
    if not word.isalpha():
        return ""
    word = _singular(word)
    for ending in ("ing", "ed"):
        shorter = word.removesuffix(ending)
        if shorter != word and len(shorter) > 2 and _VOWEL.search(shorter):
            doubled = shorter[-1] == shorter[-2] and shorter[-1] in _DOUBLED
            word = shorter[:-1] if doubled else shorter
            break
    return "" if word in _COMMON else word.removesuffix("e")


def _singular(word: str) -> str:
    if word in _COMMON:
        return word
    ending, instead = next(((ending, instead) for ending, instead in _PLURALS if word.endswith(ending)), ("", ""))
    return word.removesuffix(ending) + instead
