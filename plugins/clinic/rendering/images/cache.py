"""Encoded images and cleaned files, kept between builds: to encode a photo takes most of a second.

A folder per image, named by what it was made from and how; in it a file per size and format, named ``960x640.webp``. A
folder is filled under another name and then renamed, so that builds at the same time see all of it or nothing.
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import PIL
from PIL import features

from clinic.content.front_matter import not_opened
from clinic.rendering.files.metadata import RECIPE as CLEANING
from clinic.rendering.files.metadata import Cleaned, cleaned
from clinic.rendering.images.decode import refuse_large_file
from clinic.rendering.images.encode import RECIPE, Renditions, renditions
from clinic.rendering.images.svg import RECIPE as SVG_RECIPE

_CODECS = ("webp", "avif", "jpg", "zlib", "littlecms2")
ENCODER = ", ".join((f"Pillow {PIL.__version__}", *(f"{name} {features.version(name)}" for name in _CODECS)))
"""Another version of it writes other bytes."""
_STAMPS, _ABOUT, _CLEANED, _SIZES = "stamps.json", "about.json", "file", "sizes"
_SETTLED = 2_000_000_000
"""Nanoseconds since a file was changed before its stamp is trusted: some file systems count in two seconds (FAT)."""


class NotOpenedError(Exception):
    """A file of the owner's cannot be read; the text says why. What the disk refuses to the cache is another error."""


@dataclass(frozen=True)
class CachedFile:
    """One size of an image in one format, in pixels; 0 where an SVG does not say how large it is."""

    path: Path
    width: int
    height: int


@dataclass(frozen=True)
class CachedImage:
    """``key`` is equal only for the same image, encoded in the same way; ``files`` are narrowest first.

    ``colour`` is the mean of an opaque image: ``#a1b2c3``.
    """

    key: str
    files: tuple[CachedFile, ...]
    colour: str = ""


class ImageCache:
    """The cache in ``folder``, which may be removed at any time between builds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamps: dict[str, list[object]] = {}
        with suppress(OSError, ValueError):
            self._stamps = dict(json.loads((folder / _STAMPS).read_bytes()))
        self._before = len(self._stamps), hash(repr(self._stamps))

    def get(self, image: Path) -> CachedImage:
        """The image in the file, ready to publish; encoded now if it never was.

        Raises ImageError, NotOpenedError, and OSError where the disk takes no more.
        """
        refuse_large_file(size_of(image))
        digest, data = self._digest(image)
        suffix = image.suffix.lower()
        kind = f"{suffix} {SVG_RECIPE}" if suffix == ".svg" else ""
        key = hashlib.sha256(f"{RECIPE}\0{ENCODER}\0{kind}\0{digest}".encode()).hexdigest()[:32]
        folder = self._folder / key
        about = _about(folder)
        if about is None:
            about = self._keep(folder, renditions(_read(image) if data is None else data, suffix))
        files = [CachedFile(folder / name, width, height) for name, width, height in about["files"]]
        return CachedImage(key, tuple(files), about["colour"])

    def cleaned(self, file: Path, title: str) -> tuple[Path, Cleaned]:
        """A file that is published as it is: where its bytes to publish are, and what is to be said of it.

        ``title`` is as for ``metadata.cleaned``. Raises NotOpenedError, and OSError where the disk takes no more.
        """
        digest, data = self._digest(file)
        key = hashlib.sha256(f"{CLEANING}\0{title}\0{digest}".encode()).hexdigest()[:32]
        folder = self._folder / key
        about = _about(folder)
        if about is None:
            made = cleaned(_read(file) if data is None else data, title)
            about = {"told": made.told, "refused": made.refused}
            self._fill(folder, {} if made.data is None else {_CLEANED: made.data}, about)
        there = folder / _CLEANED
        return there if there.is_file() else file, Cleaned(None, tuple(about["told"]), about["refused"])

    def _digest(self, image: Path) -> tuple[str, bytes | None]:
        """Of what is in a file, and that, unless the file has the stamp under which it was read before."""
        found = _stat(image)
        stamp, name = [found.st_mtime_ns, found.st_ctime_ns, found.st_size], os.path.abspath(image)  # noqa: PTH100
        known = self._stamps.get(name)
        if known and known[:3] == stamp:
            return str(known[3]), None
        data = _read(image)
        digest = hashlib.sha256(data).hexdigest()
        if time.time_ns() - max(stamp[:2]) > _SETTLED:
            self._stamps[name] = [*stamp, digest]
        return digest, data

    def save(self) -> None:
        """Keep the stamps of all files that were read; without them each is only read again."""
        if self._before == (len(self._stamps), hash(repr(self._stamps))):
            return
        with suppress(OSError):
            self._replace(self._folder / _STAMPS, json.dumps(self._stamps).encode())

    def file(self, name: str, make: Callable[[], bytes]) -> Path:
        """A single file, made by ``make`` where there is none of this name, which is equal for equal ones."""
        file = self._folder / name
        if not file.exists() or not file.stat().st_size:
            self._replace(file, make())
        return file

    def _replace(self, file: Path, data: bytes) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=".", dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as target:
                target.write(data)
            Path(beside).replace(file)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise

    def kept(self, key: str, make: Callable[[], Mapping[str, bytes]]) -> dict[str, Path]:
        """Files by their names, made by ``make`` where none are kept under ``key``, which is equal for equal ones."""
        folder = self._folder / key
        if _about(folder) is None:
            self._fill(folder, make(), {})
        return {file.name: file for file in sorted(folder.iterdir()) if file.name != _ABOUT}

    def _keep(self, folder: Path, made: Renditions) -> dict[str, Any]:
        files = {f"{one.width or 0}x{one.height or 0}{one.suffix}": one for one in made.files}
        listed = [(name, one.width or 0, one.height or 0) for name, one in files.items()]
        about = {"colour": made.colour, "files": listed}
        self._fill(folder, {name: one.data for name, one in files.items()}, about)
        return about

    def _fill(self, folder: Path, files: Mapping[str, bytes], about: Mapping[str, Any]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        filling = Path(tempfile.mkdtemp(prefix=".", dir=self._folder))
        try:
            for name, data in files.items():
                (filling / name).write_bytes(data)
            sizes = {name: len(data) for name, data in files.items()}
            (filling / _ABOUT).write_text(json.dumps({**about, _SIZES: sizes}), "utf-8")
            filling.rename(folder)
        except BaseException as error:
            shutil.rmtree(filling, ignore_errors=True)
            if not (isinstance(error, OSError) and folder.is_dir()):  # else another build was faster, with equal bytes
                raise


def size_of(file: Path) -> int:
    """How many bytes are in a file of the owner's. Raises NotOpenedError."""
    return _stat(file).st_size


def _stat(file: Path) -> os.stat_result:
    with _opening():
        return file.stat()


def _read(file: Path) -> bytes:
    with _opening():
        return file.read_bytes()


@contextmanager
def _opening() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotOpenedError(not_opened(error)) from None


def _about(folder: Path) -> dict[str, Any] | None:
    """What is kept of the files in a folder; None where it is not whole, as after a power cut: then it is removed."""
    with suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
        about: dict[str, Any] = json.loads((folder / _ABOUT).read_bytes())
        if all((folder / name).stat().st_size == size for name, size in about[_SIZES].items()):
            return about
    shutil.rmtree(folder, ignore_errors=True)
    return None
