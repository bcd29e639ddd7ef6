"""An image of the owner's, made ready to publish: in a few widths, as AVIF and WebP, and once for all other programs.

No file has metadata: a phone writes into every photo where and when it was taken.
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageChops

from clinic.rendering.files.containers import without_metadata
from clinic.rendering.images.decode import ImageError, Moving, Still, read
from clinic.rendering.images.svg import clean_svg

WIDTHS = (480, 800, 1200, 1600)
"""A small place, a phone with two pixels to a point or a column, a phone with three, a whole page; in pixels."""
_PORTRAIT = 1280
"""The widest of those that are higher than wide, which pages show no higher than a screen."""
QUALITY = 80
AVIF_QUALITY = 60
"""At which a photo looks as it does as WebP of 80."""
AVIF_SPEED = 9
"""Of 0 to 10: here a photo takes as long as WebP; at 6, Pillow's own, seven times as long for 9% fewer bytes."""
RECIPE = f"5 avif {AVIF_QUALITY} {AVIF_SPEED} webp {QUALITY} {WIDTHS} {_PORTRAIT}"
"""Changes whenever the same image would be published differently; the number stands for the code below."""
_HIGHEST = 16383
"""Pixels, of WebP."""
_MOST_COLOURS = 256


@dataclass(frozen=True)
class Rendition:
    """One file to publish. ``suffix`` has a dot; width and height are pixels, None where an SVG does not say."""

    width: int | None
    height: int | None
    suffix: str
    data: bytes


@dataclass(frozen=True)
class Renditions:
    """``files`` are narrowest first, of each format; ``colour`` (``#a1b2c3``) is the mean of an opaque image."""

    files: tuple[Rendition, ...]
    colour: str = ""


def renditions(data: bytes, suffix: str) -> Renditions:
    """The files to publish for the image in ``data``. The same bytes always give the same files.

    ``suffix`` is that of its name, in small letters, with the dot. AVIF is left out where WebP is smaller, WebP where
    the file for all programs is: a JPEG, a PNG of a drawing in few colours, WebP of what is transparent. Raises
    ImageError.
    """
    if suffix == ".svg":
        cleaned, width, height = clean_svg(data)
        return Renditions((Rendition(width, height, ".svg", cleaned),))
    found = read(data, (WIDTHS[-1], _PORTRAIT), _HIGHEST)
    if isinstance(found, Moving):
        return Renditions((Rendition(found.width, found.height, found.suffix, _without_metadata(data)),))
    opaque = found.image.mode == "RGB"
    return Renditions(tuple(_encoded(found)), _mean_colour(found.image) if opaque else "")


def _without_metadata(data: bytes) -> bytes:
    try:
        return without_metadata(data)
    except ValueError:
        raise ImageError("is cut off; save it again") from None


def _encoded(still: Still) -> list[Rendition]:
    sizes = _in_sizes(still.image)
    avif: list[Rendition] = []
    if still.is_flat:
        webp, other = _as(".webp", sizes, _flat_webp), _as(".png", sizes[-1:], _png)
    else:
        avif, webp = _avif_and_webp(sizes)
        other = _as(".jpg", sizes[-1:], jpeg) if still.image.mode == "RGB" else webp[-1:]
    if len(webp) == 1 and not avif and len(other[0].data) <= len(webp[0].data):
        webp = []
    return [*avif, *webp, *(one for one in other if one not in webp)]


def _as(suffix: str, sizes: Iterable[Image.Image], encode: Callable[[Image.Image], bytes]) -> list[Rendition]:
    return [Rendition(image.width, image.height, suffix, encode(image)) for image in sizes]


def _avif_and_webp(sizes: Sequence[Image.Image]) -> tuple[list[Rendition], list[Rendition]]:
    """WebP in every second size, the largest too, since few browsers are left that know no AVIF; else in all."""
    avif, webp = _as(".avif", sizes, _avif), _as(".webp", sizes[-1::-2][::-1], _webp)
    made = {one.width: one for one in webp}
    if all(len(one.data) < len(made[one.width].data) for one in avif if one.width in made):
        return avif, webp
    return [], [made.get(image.width) or _as(".webp", [image], _webp)[0] for image in sizes]


def _steps(width: int) -> list[int]:
    """The widths to publish, never larger than the original; a step that would save little is left out."""
    return [*(step for step in WIDTHS if step < 0.8 * width), width]


def _in_sizes(image: Image.Image) -> list[Image.Image]:
    """The image in all widths, narrowest first, each made of the next larger one, which takes a third less work."""
    *narrower, width = _steps(image.width)
    sizes = [image]
    for step in reversed(narrower):
        size = (step, max(1, round(image.height * step / width)))
        sizes.insert(0, sizes[0].resize(size, Image.Resampling.LANCZOS))
    return sizes


def _mean_colour(image: Image.Image) -> str:
    red, green, blue = image.resize((1, 1), Image.Resampling.BOX).tobytes()
    return f"#{red:02x}{green:02x}{blue:02x}"


def _flat_webp(image: Image.Image) -> bytes:
    """Lossless, so that few colours keep sharp edges; lossy where that is less than half as large (a photo)."""
    exact, near = _webp(image, lossless=True), _webp(image)
    return near if len(near) < len(exact) / 2 else exact


def _webp(image: Image.Image, *, lossless: bool = False) -> bytes:
    return _saved(image, "WEBP", quality=QUALITY, lossless=lossless)


def _avif(image: Image.Image) -> bytes:
    """By one thread: more would give other bytes on another machine."""
    return _saved(image, "AVIF", quality=AVIF_QUALITY, speed=AVIF_SPEED, max_threads=1)


def jpeg(image: Image.Image) -> bytes:
    """An RGB image for programs that know nothing newer: it shows more the longer it loads."""
    return _saved(image, "JPEG", quality=QUALITY, progressive=True, optimize=True)


def _png(image: Image.Image) -> bytes:
    """With a palette where the colours are few, which is exact then."""
    few = image.mode == "RGB" and image.getcolors(_MOST_COLOURS) is not None
    return _saved(image.quantize(_MOST_COLOURS, dither=Image.Dither.NONE) if few else image, "PNG", optimize=True)


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


class RowsOfPng:
    """Writes PNG (ISO/IEC 15948) of pictures that differ from one ground in some rows: only those are packed anew.

    ``ground`` has a palette (mode P) and an even width; with 16 colours two pixels are one byte. Packing whole
    pictures, as Pillow does, takes four times as long. May be used by several threads.
    """

    def __init__(self, ground: Image.Image) -> None:
        self._ground = ground
        palette = bytes(ground.getpalette() or ())
        self._depth = 4 if len(palette) <= 3 * 16 else 8
        header = struct.pack(">IIBBBBB", *ground.size, self._depth, 3, 0, 0, 0)
        colours = _chunk(b"PLTE", palette)
        self._start = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + colours
        self._packed = lru_cache(maxsize=512)(self._packed_rows)

    def png(self, picture: Image.Image) -> bytes:
        """``picture`` has the size and the palette of the ground."""
        box = ImageChops.difference(picture, self._ground).getbbox() or (0, 0, 0, 0)
        first, last, height = box[1], box[3], picture.height
        above, below = self._packed(0, first), self._packed(last, height)
        changed = self._rows(picture, first, last)
        deflated = zlib.compressobj(3, wbits=-zlib.MAX_WBITS)  # at 6 it takes three times as long for 13% fewer bytes
        middle = deflated.compress(changed) + deflated.flush(zlib.Z_FULL_FLUSH)
        check = zlib.adler32(below[0], zlib.adler32(changed, zlib.adler32(above[0])))
        data = b"".join((b"\x78\x5e", above[1], middle, below[1], b"\x03\x00", check.to_bytes(4, "big")))
        return self._start + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")

    def _rows(self, picture: Image.Image, first: int, last: int) -> bytes:
        """From one row to before another, each after the number of its filter, none."""
        width = picture.width * self._depth // 8
        packed = picture.crop((0, first, picture.width, last)).tobytes("raw", "P;4" if self._depth == 4 else "P")
        return b"".join(b"\0" + packed[start : start + width] for start in range(0, len(packed), width))

    def _packed_rows(self, first: int, last: int) -> tuple[bytes, bytes]:
        """Rows of the ground, and the same packed so that others can follow (RFC 1951)."""
        rows, deflated = self._rows(self._ground, first, last), zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
        return rows, deflated.compress(rows) + deflated.flush(zlib.Z_FULL_FLUSH)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
