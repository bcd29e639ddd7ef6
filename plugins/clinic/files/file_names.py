"""What the name of a file says: the day at its beginning, and the last part of an address."""

import re
import unicodedata

from unidecode import unidecode

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)")


def day_in_name(stem: str) -> str | None:
    """``2025-11-11`` in ``2025-11-11-ankles``, as it is written."""
    found = _DATED.fullmatch(stem)
    return found.group(1) if found else None


def slug_in_name(stem: str) -> str:
    """``ankles`` in ``2025-11-11-ankles``: the last part of the address, unless the header says another.

    Empty where no letters are left for one.
    """
    found = _DATED.fullmatch(stem)
    return slug_of(found.group(2) if found else stem).strip("-")


def slug_instead(stem: str) -> str:
    """What stands in where a name has no letters for a slug: another one for each name."""
    return stem.encode().hex()


def slug_of(words: str) -> str:
    """``Café & Knie`` as ``cafe-knie``: as Pelican does it, with hyphens for underscores too. May be empty."""
    latin = unidecode(unicodedata.normalize("NFKC", words.strip()))
    return re.sub(r"[-\s_]+", "-", re.sub(r"[^\w\s-]", "", latin)).lower()
