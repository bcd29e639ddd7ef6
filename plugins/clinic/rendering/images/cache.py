"""What pictures have become, kept between runs: to encode a photo takes most of a second.

A folder per picture, named by what it was made from and how; in it a file per size, named ``960x640.webp``. A folder is
filled under another name and then renamed, so that runs at the same time see all of it or nothing.
"""

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import PIL
from PIL import features

from clinic.rendering.images.encode import RECIPE, Rendition, renditions

_ENCODER = f"Pillow {PIL.__version__}, libwebp {features.version('webp')}"
"""Another version of it writes other bytes."""


@dataclass(frozen=True)
class CachedFile:
    """One size of a stored picture; 0 where a drawing does not say how large it is."""

    path: Path
    width: int
    height: int


@dataclass(frozen=True)
class CachedImage:
    """``key`` is the same only for the same picture, made in the same way; ``files`` are narrowest first."""

    key: str
    files: tuple[CachedFile, ...]


class ImageCache:
    """The store in ``folder``, which may be removed at any time between runs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, image: Path) -> CachedImage:
        """The picture in the file, ready to publish; made now if it never was. Raises ImageError."""
        data, suffix = image.read_bytes(), image.suffix.lower()
        kind = suffix if suffix == ".svg" else ""
        key = hashlib.sha256(f"{RECIPE}\0{_ENCODER}\0{kind}\0".encode() + data).hexdigest()[:32]
        place = self._folder / key
        if not place.is_dir():
            self._keep(place, renditions(data, suffix))
        return CachedImage(key, tuple(sorted(map(_stored_file, place.iterdir()), key=lambda file: file.width)))

    def _keep(self, place: Path, made: list[Rendition]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        filling = Path(tempfile.mkdtemp(prefix=".", dir=self._folder))
        for one in made:
            (filling / f"{one.width or 0}x{one.height or 0}{one.suffix}").write_bytes(one.data)
        try:
            filling.rename(place)
        except OSError:
            shutil.rmtree(filling)
            if not place.is_dir():  # else another run was faster, with the same bytes
                raise


def _stored_file(path: Path) -> CachedFile:
    width, _, height = path.stem.partition("x")
    return CachedFile(path, int(width), int(height))
