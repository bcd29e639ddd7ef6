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


def never_published(path: str) -> str | None:
    """Why a file is not published as it is, whoever links to it: the end of a sentence; None if it may be.

    It is the source of a page, a copy that a program keeps for itself, or something that is kept secret. What hosts and
    others ask for by a fixed name, in ``.well-known/`` (RFC 8615), may be of any kind.
    """
    name = path.rpartition("/")[2].casefold()
    if "/.well-known/" in f"/{path}" and not _BACKUP.search(name):
        return None
    return next((why for kind, why in _NEVER if kind.search(name)), None)


_BACKUP = re.compile(
    r"~$|^(?:~\$|\._|\.~lock|#)|\.(?:bak|backup|old|orig|rej|save|sav|swp|swo|swn|tmp|temp|part|crdownload|download|asd|wbk)$"
    r"|^(?:\.ds_store|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r)$|\.lnk$"
)
_NEVER = (
    (_BACKUP, "is a copy or a note that a program keeps for itself, which is never published; link to the file itself"),
    (
        re.compile(r"\.(?:md|markdown|mdown|mdwn|mdx|mkd|mkdn|qmd|rmd)(?:\.txt)?$"),
        "is the source of a page or a comment, which is never published; link to its page, with {filename}",
    ),
    (
        re.compile(r"\.ya?ml(?:\.txt)?$"),
        "is a file of facts or settings, which is never published; write what is to be seen on a page",
    ),
    (
        re.compile(
            r"^(?:.*\.)?env(?:\.(?:local|dev\w*|prod\w*|test|staging|example|txt))?$|^(?:id_(?:rsa|dsa|ecdsa|ed25519)|\.?(?:netrc|npmrc|pypirc|pgpass|htpasswd))$"
            r"|\.(?:pem|key|p12|pfx|ppk|jks|keystore|kdbx?|gpg|ovpn|rdp)$|^wp-config\.php$"
        ),
        "may hold passwords or secret keys, which are never published; take it away from this folder",
    ),
    (
        re.compile(r"\.(?:sql(?:ite3?)?|db|mdb|accdb|pst|ost|mbox|eml|msg|log|bkp|dmp)$"),
        "may hold letters or data of patients, which are never published; save what is to be seen as PDF",
    ),
)
