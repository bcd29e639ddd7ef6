"""The folder of the finished site: what is in it already is left as it is, what no longer belongs there is removed.

So an upload that goes by times and sizes sends only what is new, and a post that was deleted does not stay online.
"""

import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from filecmp import cmp
from functools import partial
from hashlib import blake2b
from pathlib import Path
from posixpath import normpath
from shutil import copyfile, rmtree
from stat import S_ISDIR, S_ISREG

_BESIDE = ".new"
"""Ends the name of a file while it is written. Cut off, it is removed by the next build, which has not made it."""


class SiteFolder:
    """Writes the files of one build, each at its path from the root of the site."""

    def __init__(self, folder: Path, prefix: str = "", former: Path | None = None) -> None:
        """Paths are from the root of the site, or with a ``prefix`` from a folder in it: ``cy/``.

        ``former`` is the site of an earlier build in another folder, from which ``reuse`` takes over files.
        """
        self.folder = folder
        self._former = former
        self._prefix = prefix
        self._made: dict[str, bytes | Path] = {}
        self._ready: set[Path] = set()

    def below(self, prefix: str) -> "SiteFolder":
        """The same folder for what is below a folder of the site; they share what has been made."""
        part = SiteFolder(self.folder, prefix, self._former)
        part._made, part._ready = self._made, self._ready
        return part

    def __contains__(self, path: str) -> bool:
        """Whether this build has made a file at that path."""
        return self._prefix + path in self._made

    def digests(self) -> Iterator[tuple[str, bytes]]:
        """The path of every file that this build has made, with the digest of what was to be written there.

        Nothing of it is read from the files themselves, so that they can be held to it. Raises OSError where the source
        of a copy cannot be read.
        """
        for name, made in self._made.items():
            yield name, _digest(made.read_bytes()) if isinstance(made, Path) else made

    def write(self, path: str, text: str) -> bytes:
        """Write a text in UTF-8 with its own line ends, and give its digest, by which ``reuse`` knows it.

        Raises OSError; ValueError for a path outside, or one twice.
        """
        data = text.encode("utf-8")
        return self.put(path, data)

    def reuse(self, path: str, digest: bytes) -> bool:
        """Whether an earlier build has left this file here, or in the former site; then this one has it too."""
        name = self._name(path)
        here = self.folder / name
        self._make_ready(here.parent)  # what is in a linked folder is not here
        for file in (here, *([self._former / name] if self._former else ())):
            data = _read(file)
            if data is not None and _digest(data) == digest:
                if file is here:
                    self._made[name] = digest
                else:
                    self.put(path, data)
                return True
        return False

    def put(self, path: str, data: bytes) -> bytes:
        """Write bytes, and give their digest. Raises as ``write``."""
        digest = _digest(data)
        self._put(path, digest, partial(_has, data), partial(_write, data))
        return digest

    def copy(self, path: str, source: Path) -> None:
        """Write what is in another file. Raises as ``write``."""
        self._put(path, source, partial(_is_copy, source), partial(copyfile, source))

    def _put(
        self, path: str, made: bytes | Path, is_there: Callable[[Path], bool], write: Callable[[Path], object]
    ) -> None:
        name = self._name(path)
        self._made[name] = made
        target = self.folder / name
        self._make_ready(target.parent)
        if is_there(target):
            return
        if target.is_symlink():
            target.unlink()
        elif target.is_dir():
            rmtree(target)
        if target.exists():
            beside = target.with_name(target.name + _BESIDE)
            write(beside)  # not to the file itself, which may be linked with that of another site
            beside.replace(target)
        else:
            write(target)

    def _name(self, path: str) -> str:
        """The path from the root of the site. Raises ValueError for one outside, or one that has been made."""
        name = normpath(self._prefix + path)
        if name in self._made or name.startswith(("..", "/")):
            raise ValueError(f"{path} is written twice in one build, or outside of the site")
        return name

    def _make_ready(self, folder: Path) -> None:
        """Make a folder and those above it; files, and links to other folders, in their places go."""
        if folder in self._ready:
            return
        if folder == self.folder:
            folder.mkdir(parents=True, exist_ok=True)
        else:
            self._make_ready(folder.parent)
            mode = _mode(folder)
            if mode and not S_ISDIR(mode):
                folder.unlink()
            if not S_ISDIR(mode):
                folder.mkdir(exist_ok=True)  # a second process may have made it just now
        self._ready.add(folder)

    def remove_others(self, kept: Iterable[str] = ()) -> None:
        """Remove every file that this build has not made, and empty folders; not what is ``kept`` at the top.

        Where one file has several names (capitals on macOS and Windows), it gets the one that it was made under.
        Raises OSError.
        """
        others: list[str] = []
        self._gather(os.fspath(self.folder), "", frozenset(kept), others)
        made = {_folded(name): self.folder / name for name in self._made} if others else {}
        for name in others:
            found, same = self.folder / name, made.get(_folded(name))
            if same and same.exists() and same.samefile(found):
                found.rename(same)
            elif found.is_symlink() or not found.is_dir():
                found.unlink()
            else:
                with suppress(OSError):  # it is not empty
                    found.rmdir()

    def _gather(self, folder: str, prefix: str, kept: frozenset[str], others: list[str]) -> None:
        """Add what is not made below a folder, each folder after what is in it."""
        with os.scandir(folder) as entries:
            for entry in entries:
                name = prefix + entry.name
                if name in self._made or name in kept:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    before = len(others)
                    self._gather(entry.path, f"{name}/", kept, others)
                    if len(others) > before or not any(os.scandir(entry.path)):
                        others.append(name)
                else:
                    others.append(name)


def _mode(path: Path) -> int:
    """The kind of what is there, a link for itself (``stat.S_ISDIR`` and others); 0 where nothing is."""
    with suppress(OSError):
        return os.lstat(path).st_mode
    return 0


def _read(file: Path) -> bytes | None:
    """What is in a file; None for a link and where it cannot be read."""
    if S_ISREG(_mode(file)):
        with suppress(OSError), file.open("rb", buffering=0) as opened:
            return opened.read()
    return None


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def _write(data: bytes, target: Path) -> None:
    target.write_bytes(data)


def _has(data: bytes, target: Path) -> bool:
    """Whether a file is there, no link, and has these bytes."""
    with suppress(OSError):
        there = os.lstat(target)
        return S_ISREG(there.st_mode) and there.st_size == len(data) and target.read_bytes() == data
    return False


def _is_copy(source: Path, target: Path) -> bool:
    """Whether a file is there, no link, and has the bytes of ``source``."""
    return S_ISREG(_mode(target)) and cmp(source, target, shallow=False)


def _folded(name: str) -> str:
    """Equal for names that some systems hold to be one."""
    return unicodedata.normalize("NFC", name).casefold()
