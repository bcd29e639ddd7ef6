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
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import PIL
from PIL import features

from clinic.rendering.files.metadata import RECIPE as CLEANING
from clinic.rendering.files.metadata import Cleaned, cleaned
from clinic.rendering.images.decode import refuse_large_file
from clinic.rendering.images.encode import RECIPE, Renditions, renditions
from clinic.rendering.images.svg import RECIPE as SVG_RECIPE

_CODECS = ("webp", "avif", "jpg", "zlib", "littlecms2")
ENCODER = ", ".join((f"Pillow {PIL.__version__}", *(f"{name} {features.version(name)}" for name in _CODECS)))
"""Another version of it writes other bytes."""
_STAMPS, _ABOUT, _CLEANED = "stamps.json", "about.json", "file"
_SETTLED = 2_000_000_000
"""Nanoseconds since a file was changed before its stamp is trusted: some file systems count in two seconds (FAT)."""


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
        """The image in the file, ready to publish; encoded now if it never was. Raises ImageError or OSError."""
        refuse_large_file(image.stat().st_size)
        digest, data = self._digest(image)
        suffix = image.suffix.lower()
        kind = f"{suffix} {SVG_RECIPE}" if suffix == ".svg" else ""
        key = hashlib.sha256(f"{RECIPE}\0{ENCODER}\0{kind}\0{digest}".encode()).hexdigest()[:32]
        folder = self._folder / key
        if not folder.is_dir():
            self._keep(folder, renditions(image.read_bytes() if data is None else data, suffix))
        about = json.loads((folder / _ABOUT).read_bytes())
        files = [CachedFile(folder / name, width, height) for name, width, height in about["files"]]
        return CachedImage(key, tuple(files), about["colour"])

    def cleaned(self, file: Path, title: str) -> tuple[Path, Cleaned]:
        """A file that is published as it is: where its bytes to publish are, and what is to be said of it.

        ``title`` is as for ``metadata.cleaned``. Raises OSError.
        """
        digest, data = self._digest(file)
        key = hashlib.sha256(f"{CLEANING}\0{title}\0{digest}".encode()).hexdigest()[:32]
        folder = self._folder / key
        if not folder.is_dir():
            made = cleaned(file.read_bytes() if data is None else data, title)
            about = json.dumps({"told": made.told, "refused": made.refused}).encode()
            self._fill(folder, {_ABOUT: about, **({} if made.data is None else {_CLEANED: made.data})})
        about = json.loads((folder / _ABOUT).read_bytes())
        there = folder / _CLEANED
        return there if there.is_file() else file, Cleaned(None, tuple(about["told"]), about["refused"])

    def _digest(self, image: Path) -> tuple[str, bytes | None]:
        """Of what is in a file, and that, unless the file has the stamp under which it was read before."""
        found = image.stat()
        stamp, name = [found.st_mtime_ns, found.st_ctime_ns, found.st_size], os.path.abspath(image)  # noqa: PTH100
        known = self._stamps.get(name)
        if known and known[:3] == stamp:
            return str(known[3]), None
        data = image.read_bytes()
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
        if not file.exists():
            self._replace(file, make())
        return file

    def _replace(self, file: Path, data: bytes) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=".", dir=file.parent)
        with os.fdopen(handle, "wb") as target:
            target.write(data)
        Path(beside).replace(file)

    def kept(self, key: str, make: Callable[[], Mapping[str, bytes]]) -> dict[str, Path]:
        """Files by their names, made by ``make`` where none are kept under ``key``, which is equal for equal ones."""
        folder = self._folder / key
        if not folder.is_dir():
            self._fill(folder, make())
        return {file.name: file for file in sorted(folder.iterdir())}

    def _keep(self, folder: Path, made: Renditions) -> None:
        files = {f"{one.width or 0}x{one.height or 0}{one.suffix}": one for one in made.files}
        listed = [(name, one.width or 0, one.height or 0) for name, one in files.items()]
        about = json.dumps({"colour": made.colour, "files": listed}).encode()
        self._fill(folder, {_ABOUT: about, **{name: one.data for name, one in files.items()}})

    def _fill(self, folder: Path, files: Mapping[str, bytes]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        filling = Path(tempfile.mkdtemp(prefix=".", dir=self._folder))
        for name, data in files.items():
            (filling / name).write_bytes(data)
        try:
            filling.rename(folder)
        except OSError:
            shutil.rmtree(filling)
            if not folder.is_dir():  # else another build was faster, with the same bytes
                raise
