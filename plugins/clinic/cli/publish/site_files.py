"""What is in the folder of a finished site: held to what was to be written there, and to another site."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from clinic.cli.build import BUILD, count
from clinic.cli.publish.exchange import KEPT
from clinic.content.diagnostics import Diagnostic

MOST_NAMED = 10
_REDIRECT = b'http-equiv="refresh"'
_HEAD = 600
"""So many bytes at the beginning of a page say whether it only leads on."""


class FileState(NamedTuple):
    """The digest of a file, its bytes, when it was written (nanoseconds), and whether it is a page to be read."""

    digest: str
    size: int
    written: int
    is_page: bool


Files = Mapping[str, FileState]
"""By path from the root of the site."""


def digest_of(data: bytes) -> str:
    """As ``plugin/site_folder.py`` has it."""
    return blake2b(data, digest_size=16).hexdigest()


def read_site(folder: Path) -> dict[str, FileState]:
    """Every file of a site. Raises OSError."""
    found: dict[str, FileState] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if name.parts[0] not in KEPT and path.is_file():
            data = path.read_bytes()
            is_page = name.suffix == ".html" and _REDIRECT not in data[:_HEAD]
            found[name.as_posix()] = FileState(digest_of(data), len(data), path.stat().st_mtime_ns, is_page)
    return found


def is_same(one: Files, other: Files) -> bool:
    """Whether two sites have the same files with the same bytes."""
    return {name: file.digest for name, file in one.items()} == {name: file.digest for name, file in other.items()}


def not_as_made(found: Files, made: Mapping[str, str]) -> Iterator[Diagnostic]:
    """One error where files of the folder are not those that were ``made`` (digest by path)."""
    digests = {name: file.digest for name, file in found.items()}
    if wrong := [name for name in sorted(made.keys() | digests.keys()) if made.get(name) != digests.get(name)]:
        first = wrong[0]
        how = "is missing" if first not in found else "has other bytes" if found[first].size else "is empty"
        message = f"{count(wrong, 'file')} of the finished site did not come out as made ({first} {how})"
        yield Diagnostic(BUILD, 0, f"{message}; see that there is room on the disk, then run it again")


@dataclass(frozen=True)
class Changes:
    """The addresses of pages that differ between two sites, by how."""

    changed: tuple[str, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]

    @classmethod
    def between(cls, old: Files, new: Files) -> "Changes":
        """From one site to another."""
        before = {_address(name): file.digest for name, file in old.items() if file.is_page}
        after = {_address(name): file.digest for name, file in new.items() if file.is_page}
        both = before.keys() & after.keys()
        return cls(
            tuple(sorted(address for address in both if before[address] != after[address])),
            tuple(sorted(after.keys() - before.keys())),
            tuple(sorted(before.keys() - after.keys())),
        )

    @property
    def lines(self) -> Iterator[str]:
        """``3 pages changed, 1 new, 0 gone``, then which, new ones first, at most ten."""
        yield f"{count(self.changed, 'page')} changed, {len(self.new)} new, {len(self.gone)} gone"
        named = [("new", address) for address in self.new] + [("gone", address) for address in self.gone]
        named += [("changed", address) for address in self.changed]
        yield from (f"  {what:<8} {address}" for what, address in named[:MOST_NAMED])
        if len(named) > MOST_NAMED:
            yield f"  … and {len(named) - MOST_NAMED} more"


def _address(name: str) -> str:
    return f"/{name.removesuffix('index.html')}"
