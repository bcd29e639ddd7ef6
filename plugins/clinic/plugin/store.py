"""What an earlier build has worked out, kept by the digest of what it was made from: most texts stay as they are.

Only results of pure functions are kept: ``kept(kind, inputs, make)`` gives what ``make()`` gave for equal inputs, so
**whatever** ``make`` **reads must be among the inputs**. What all results depend on (this package, the libraries, the
language) is the ``key`` of the whole store: with another, it is empty.

One file for each site, written beside and put in place whole: what was kept, then an index, then a digest of the key
and the index. It has what the last build used and no more. A file that is damaged, old or foreign is an empty store,
and one that cannot be written is none: that costs time and nothing else.
"""

import os
import pickle
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache, wraps
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeVar

Result = TypeVar("Result")
_MOST_SITES = 12
"""Files that are kept: the site, its preview, a trial, and one more, each in three languages."""
_SUFFIX, _BESIDE = ".store", ".new"
_DIGEST = 16
"""Bytes of a digest (128 bits): two inputs with one digest will not be met."""
_LENGTH = 8
"""Bytes that say how long the index is."""
_COARSEST = 2_000_000_000
"""Nanoseconds."""
_PACKAGE = Path(__file__).parents[1]


class _Place(NamedTuple):
    """Where a result stands in the file, in bytes, and its digest."""

    start: int
    length: int
    check: bytes


class Store:
    """The store of one site in ``file``, for as long as one build takes."""

    def __init__(self, file: Path, key: str) -> None:
        self._file = file
        self._key = key.encode()
        self._former: IO[bytes] | None = None
        self._new: IO[bytes] | None = None
        self._beside = ""
        self._end = 0
        self._places: dict[bytes, _Place] = {}
        self._new_places: dict[bytes, _Place] = {}
        with suppress(OSError):
            self._former = file.open("rb", buffering=0)  # it is read here and there, so nothing is to be read ahead
            self._places = _read_index(self._former, self._key)
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            descriptor, self._beside = tempfile.mkstemp(dir=file.parent, suffix=_BESIDE)
            self._new = os.fdopen(descriptor, "w+b")

    def kept(self, kind: str, inputs: Iterable[str], make: Callable[[], Result]) -> Result:
        """What ``make()`` gives, or gave in an earlier build; ``kind`` names it, ``inputs`` are all it is made from.

        Results are pickled: each call may give another object, which the caller may change.
        """
        digest = _digest(kind, *inputs)
        data = self._former_data(digest)
        if data is None:
            data = self._new_data(digest)
        if data is not None:
            with suppress(Exception):  # whatever a damaged pickle may do
                result: Result = pickle.loads(data)  # noqa: S301 (a file of our own, held to its digest)
                known = self._places.get(digest)
                self._write(digest, data, known and known.check)
                return result
        result = make()
        self._write(digest, pickle.dumps(result, pickle.HIGHEST_PROTOCOL))
        return result

    def close(self, *, whole: bool = True) -> None:
        """Put the new file in the place of the old one; after a build that was not ``whole`` nothing is left out."""
        if not whole:
            for digest in self._places.keys() - self._new_places.keys():
                if (data := self._former_data(digest)) is not None:
                    self._write(digest, data)
        if self._former:
            self._former.close()
            self._former = None
        if self._new:
            with suppress(OSError), self._new as new:
                index = pickle.dumps(self._new_places, pickle.HIGHEST_PROTOCOL)
                new.write(index + len(index).to_bytes(_LENGTH) + _check(self._key + index))
            with suppress(OSError):
                Path(self._beside).replace(self._file)
            self._new = None
            _remove_old(self._file.parent)

    @property
    def is_empty(self) -> bool:
        """Whether no earlier build has left anything."""
        return not self._places

    def has(self, kind: str, inputs: Iterable[str]) -> bool:
        """Whether an earlier build has left a result."""
        return _digest(kind, *inputs) in self._places

    def flush(self) -> None:
        """Leave nothing for a forked process to write a second time."""
        if self._new:
            with suppress(OSError):
                self._new.flush()

    def go_on_apart(self) -> None:
        """In a forked process: share no file with the first, which would move where the other reads and writes.

        From here on new results are in memory, for the first process to ``take``; it has those before.
        """
        self._new, self._new_places, self._end, self._former = BytesIO(), {}, 0, None
        with suppress(OSError):
            self._former = self._file.open("rb", buffering=0)

    def results(self) -> dict[bytes, bytes]:
        """The new results by digest."""
        found = ((digest, self._new_data(digest)) for digest in self._new_places)
        return {digest: data for digest, data in found if data is not None}

    def take(self, results: Mapping[bytes, bytes]) -> None:
        """Add results that another process has worked out."""
        for digest, data in results.items():
            self._write(digest, data)

    def _former_data(self, digest: bytes) -> bytes | None:
        """What an earlier build has left, if it is whole."""
        place = self._places.get(digest)
        if place is None or self._former is None:
            return None
        with suppress(OSError):
            self._former.seek(place.start)
            data = self._former.read(place.length)
            return data if _check(data) == place.check else None
        return None

    def _new_data(self, digest: bytes) -> bytes | None:
        """What this build has put in, if it is whole."""
        place = self._new_places.get(digest)
        if place is None or self._new is None:
            return None
        with suppress(OSError):
            self._new.seek(place.start)
            data = self._new.read(place.length)
            self._new.seek(self._end)
            return data if _check(data) == place.check else None
        return None

    def _write(self, digest: bytes, data: bytes, check: bytes | None = None) -> None:
        if self._new and digest not in self._new_places:
            try:
                self._new.write(data)
                self._new_places[digest] = _Place(self._end, len(data), check or _check(data))
                self._end += len(data)
            except OSError:  # the disk is full: what is in the file may be cut off
                with suppress(OSError):
                    self._new.close()
                Path(self._beside).unlink(missing_ok=True)
                self._new = None


def store_of(cache: Path, site: Iterable[object], depends_on: Iterable[object]) -> Store:
    """The store of a ``site``, whatever tells it from others, below the folder ``cache``.

    ``depends_on`` is what all its results depend on, beside the code of this package and the libraries.
    """
    name = _digest(*map(str, site)).hex()
    return Store(cache / "bodies" / f"{name}{_SUFFIX}", repr((*_code(), *depends_on)))


def _code() -> tuple[str, ...]:
    """The code that makes results: Python, the libraries by the names of their metadata, and this package."""
    folders = {Path(folder) for folder in sys.path if folder.endswith(("site-packages", "dist-packages"))}
    installed = sorted(path.name for folder in folders for path in folder.glob("*.dist-info"))
    return sys.version, *installed, digest_of_code()


@cache
def digest_of_code() -> str:
    """The digest of this package, read once: what runs is what was there when it was imported."""
    return digest_of_files(_PACKAGE, "*.py")


def digest_of_files(folder: Path, pattern: str = "*") -> str:
    """The digest of the files below a folder whose names fit a pattern, with their paths."""
    digest = blake2b(digest_size=_DIGEST)
    for path in sorted(path for path in folder.rglob(pattern) if path.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode() + _digest_of_file(path))
    return digest.hexdigest()


def while_unchanged(make: Callable[[Path], Result]) -> Callable[[Path], Result]:
    """Have a function of what is in a file asked once for each state of the file: the preview builds in one process.

    A file that was changed within the last two seconds, which some file systems count in (FAT), is read again.
    """
    kept: dict[Path, tuple[tuple[int, ...], Result]] = {}

    @wraps(make)
    def asked(path: Path) -> Result:
        found = path.stat()
        stamp = (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
        known = kept.get(path)
        if known and known[0] == stamp:
            return known[1]
        made = make(path)
        if time.time_ns() - max(stamp[2:]) > _COARSEST:
            kept[path] = stamp, made
        return made

    return asked


@while_unchanged
def _digest_of_file(path: Path) -> bytes:
    return blake2b(path.read_bytes(), digest_size=_DIGEST).digest()


def _read_index(file: IO[bytes], key: bytes) -> dict[bytes, _Place]:
    """The index of a store with this key; empty where the file is none. Raises OSError."""
    size = file.seek(0, os.SEEK_END)
    if size < _LENGTH + _DIGEST:
        return {}
    file.seek(-(_LENGTH + _DIGEST), os.SEEK_END)
    length, check = int.from_bytes(file.read(_LENGTH)), file.read(_DIGEST)
    if length > size - _LENGTH - _DIGEST:
        return {}
    file.seek(-(length + _LENGTH + _DIGEST), os.SEEK_END)
    index = file.read(length)
    if _check(key + index) != check:
        return {}
    found: dict[bytes, _Place] = pickle.loads(index)  # noqa: S301 (as above)
    return found


def _remove_old(folder: Path) -> None:
    """Keep the newest files, and of those that a build was cut off from writing, none."""
    with suppress(OSError):
        newest_first: list[tuple[float, Path]] = sorted(
            ((path.stat().st_mtime, path) for path in folder.glob(f"*{_SUFFIX}")), reverse=True
        )
        latest = newest_first[0][0] if newest_first else 0.0
        cut_off = [path for path in folder.glob(f"*{_BESIDE}") if path.stat().st_mtime < latest - _HOUR]
        for path in (*(path for _, path in newest_first[_MOST_SITES:]), *cut_off):
            path.unlink(missing_ok=True)


_HOUR = 3600
"""Seconds after which nobody is writing a file any more."""


def _digest(*parts: Any) -> bytes:
    """Of texts in their order; each is told from the next by its length."""
    digest = blake2b(digest_size=_DIGEST)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(_LENGTH) + data)
    return digest.digest()


def _check(data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGEST).digest()
