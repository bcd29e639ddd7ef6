"""`addresses.txt`: every address that the site has had, so that none dies unnoticed."""

from collections.abc import Iterable
from pathlib import Path

ADDRESSES = "addresses.txt"
"""Its name, in the folder of the content; it is committed with it."""
_HEAD = """\
# Every address that this site has had, one a line; `make publish` and `make import` add to it. Each must go on leading
# somewhere: a publish stops where one would not. Take a line out only for an address that nobody may need any more.
"""


def read_addresses(content: Path) -> dict[str, int]:
    """Each address from the site's root (``/post/knees/``) with its line; empty where there is no file.

    Raises OSError, and UnicodeDecodeError where it is no text.
    """
    file = content / ADDRESSES
    lines = file.read_text("utf-8-sig").splitlines() if file.is_file() else []
    return {
        text: number for number, line in enumerate(lines, 1) if (text := line.partition(" #")[0].strip())[:1] == "/"
    }


def with_addresses(text: str, addresses: Iterable[str]) -> str:
    """The text of the file with these addresses in it too, in the order of the alphabet, each once; comments stay."""
    lines = text.removeprefix("\ufeff").splitlines() or _HEAD.splitlines()
    known = {line.partition(" #")[0].strip() for line in lines}
    kept = [line for line in lines if line.strip() and not line.startswith("/")]
    listed = [line for line in lines if line.startswith("/")]
    listed += [address for address in dict.fromkeys(addresses) if address not in known]
    return "".join(f"{line}\n" for line in (*kept, *sorted(listed)))
