"""Names of files that one system takes and another does not: a folder that works here may not be copied there."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from clinic.models.suggestions import composed

_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(?:\..*)?", re.IGNORECASE)
_SIGNS = re.compile(r'[<>:"|?*\\\x00-\x1f]')
LONGEST = 180
"""Signs of a path in the folder of a site; with that of the folder before it, Windows takes 260."""


def refused_by_windows(path: str) -> str | None:
    """Why Windows cannot hold a file at this path with forward slashes; None if it can.

    The rules are Microsoft's ("Naming Files, Paths, and Namespaces"): names of devices, with any ending; nine signs;
    a dot or a space at the end; 260 signs for the whole path.
    """
    for name in path.split("/"):
        if _DEVICE.fullmatch(name):
            return f'Windows keeps the name "{name}" for itself'
        if sign := _SIGNS.search(name):
            return f'Windows takes no "{sign[0]}" in a name'
        if name.endswith((".", " ")):
            return f'Windows takes no name with a dot or a space at its end, as "{name}" has'
    if len(path) > LONGEST:
        return f"this path is {len(path)} signs long, and Windows may refuse more than {LONGEST}"
    return None


def same_but_for_capitals(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each path with an earlier one, in order, from which only capitals tell it: Windows and macOS hold one of both.

    So does macOS where only the way differs in which letters and their marks are put together.
    """
    groups = defaultdict[str, list[str]](list)
    for path in sorted(paths):
        groups[composed(path).casefold()].append(path)
    for first, *others in groups.values():
        yield from ((other, first) for other in others)
