"""Encoded images, kept between builds: to encode a photo takes most of a second.

A folder per image, named by what it was made from and how; in it a file per size, named ``960x640.webp``. A folder is
filled under another name and then renamed, so that builds at the same time see all of it or nothing.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import PIL
from PIL import features

from clinic.rendering.images.encode import RECIPE, Rendition, renditions

_ENCODER = f"Pillow {PIL.__version__}, libwebp {features.version('webp')}"
"""Another version of it writes other bytes."""


@dataclass(frozen=True)
class CachedFile:
    """One size of an image, in pixels; 0 where an SVG does not say how large it is."""

    path: Path
    width: int
    height: int


@dataclass(frozen=True)
class CachedImage:
    """``key`` is equal only for the same image, encoded in the same way; ``files`` are narrowest first."""

    key: str
    files: tuple[CachedFile, ...]


class ImageCache:
    """The cache in ``folder``, which may be removed at any time between builds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, image: Path) -> CachedImage:
        """The image in the file, ready to publish; encoded now if it never was. Raises ImageError or OSError."""
        data, suffix = image.read_bytes(), image.suffix.lower()
        kind = suffix if suffix == ".svg" else ""
        key = hashlib.sha256(f"{RECIPE}\0{_ENCODER}\0{kind}\0".encode() + data).hexdigest()[:32]
        folder = self._folder / key
        if not folder.is_dir():
            self._keep(folder, renditions(data, suffix))
        files = [CachedFile(path, *map(int, path.stem.split("x"))) for path in folder.iterdir()]
        return CachedImage(key, tuple(sorted(files, key=lambda file: file.width)))

    def kept(self, key: str, make: Callable[[], Mapping[str, bytes]]) -> dict[str, Path]:
        """Files by their names, made by ``make`` where none are kept under ``key``, which is equal for equal ones."""
        folder = self._folder / key
        if not folder.is_dir():
            self._fill(folder, make())
        return {file.name: file for file in sorted(folder.iterdir())}

    def _keep(self, folder: Path, made: list[Rendition]) -> None:
        self._fill(folder, {f"{one.width or 0}x{one.height or 0}{one.suffix}": one.data for one in made})

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
