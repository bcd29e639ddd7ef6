"""Clock times as a text has them: what each may mean, and whether it is one at all."""

import re
from datetime import time

_FIGURE = re.compile(r"[1-9]\d*(?:\.\d\d)?")


def may_be_figure(found: re.Match[str]) -> bool:
    """Whether it has no sign of the clock and may be a number of anything: ``8``, ``9.30``."""
    return bool(_FIGURE.fullmatch(found.group()))


def is_clear(found: re.Match[str]) -> bool:
    """Whether it is a clock time on the face of it, not just a figure."""
    return bool(
        found.group("minute")
        or found.group("half")
        or found.group("word")
        or found.group("bare")
        or not found.group().strip().isdigit()
    )


def is_likely(first: int, last: int) -> bool:
    """Whether a bare range beside a day is of hours: it passes noon, 9-5, or is too long for a range of exercises."""
    return last <= first >= 6 or (first, last) == (9, 12) or (7 <= first <= 9 and last >= first + 8)


def readings_of(found: re.Match[str]) -> frozenset[time]:
    """The times that it may be: 9 without more is in the morning or in the evening."""
    if word := found.group("word"):
        return frozenset({time(0, 0)} if word.lower() == "midnight" else {time(12, 0)})
    bare = found.group("bare")
    hour, minute = (
        (int(bare[:2]), int(bare[2:])) if bare else (int(found.group("hour")), int(found.group("minute") or 0))
    )
    half = (found.group("half") or "").lower()
    if half and 1 <= hour <= 12:
        hours = {hour % 12 + (12 if half == "p" else 0)}
    elif bare or hour > 12 or found.group().startswith("0"):
        hours = {hour}
    else:
        hours = {hour, (hour + 12) % 24}
    return frozenset(time(each, minute) for each in hours if each < 24)
