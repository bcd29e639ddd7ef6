"""An image of the owner's, made ready to publish: upright, in a few widths, as WebP without metadata.

A phone writes into every photo where and when it was taken.
"""

import re
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms

WIDTHS = (480, 960, 1600)
"""A phone, a phone with a fine screen or a column, a whole page; in pixels."""
QUALITY = 80
RECIPE = f"1 webp {QUALITY} {WIDTHS}"
"""Changes whenever the same image would be published differently; the number stands for the code below."""
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF", "BMP")
_ANIMATED = {"GIF": ".gif", "PNG": ".png", "WEBP": ".webp", "AVIF": ".avif"}
_PHOTOS = frozenset({"JPEG", "MPO"})
_WEBP_SIDE = 16383
_FEW_COLOURS = 256
_ORIENTATION = 0x0112
_SIDEWAYS = range(5, 9)
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF 2.32, tag Orientation: what sets an image upright."""
_ACTIVE = frozenset({"script", "handler", "listener", "foreignObject", "iframe", "object", "embed"})
_HTML = "{http://www.w3.org/1999/xhtml}"
_SCHEME = re.compile(r"(?:javascript|vbscript):|data:(?:text/(?:html|xml|javascript)|application/)", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")
_HEIC = (b"ftyphei", b"ftyphev", b"ftypmif1", b"ftypmsf1")
# It only warns that an image is large, as those of good phones are; the error above double its limit stays.
warnings.simplefilter("ignore", Image.DecompressionBombWarning)


class ImageError(ValueError):
    """Why an image cannot be published: the end of a sentence that begins with its name."""


@dataclass(frozen=True)
class Rendition:
    """One file to publish. ``suffix`` has a dot; width and height are pixels, None where an SVG does not say."""

    width: int | None
    height: int | None
    suffix: str
    data: bytes


def renditions(data: bytes, suffix: str) -> list[Rendition]:
    """The files to publish for the image in ``data``, narrowest first. The same bytes always give the same files.

    ``suffix`` is that of its name, in small letters, with the dot. Raises ImageError.
    """
    if suffix == ".svg":
        return [_svg(data)]
    if data[4:12].startswith(_HEIC):
        raise ImageError("is a HEIC photo, which most browsers cannot show; save it as JPEG")
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            # The frames of a photo in two exposures (MPO) or of a document (TIFF) do not move.
            moves = image.format in _ANIMATED and getattr(image, "is_animated", False)
            return [_animation(image, data)] if moves else list(_still(image))
    except ImageError:
        raise
    except Image.DecompressionBombError:
        raise ImageError("is too large to be read; save it smaller, 4000 pixels wide is plenty") from None
    except Exception as error:  # decoders raise all kinds of errors for bytes that they cannot read
        raise ImageError("cannot be read; save it again as JPEG or PNG") from error


def _svg(data: bytes) -> Rendition:
    """SVG files are documents, which could run scripts in the browser of whoever opens them. Raises ImageError."""
    try:
        # expat, since 2.4.1 of 2021, stops at entities that grow without end; nothing is fetched from elsewhere.
        root = ET.fromstring(data)  # noqa: S314 (the owner's own file)
    except (ET.ParseError, ValueError, LookupError):
        root = ET.Element("")
    if root.tag.rpartition("}")[2] != "svg":
        raise ImageError("is not an SVG that can be read; save it again, or as PNG")
    if b"<?xml-stylesheet" in data or any(map(_is_active, root.iter())):
        raise ImageError("holds a script, which could run in a visitor's browser; take it out, or save it as PNG")
    return Rendition(*_svg_size(root), ".svg", data)


def _is_active(element: ET.Element) -> bool:
    """Whether the element is, or has, something that a browser may execute."""
    return (
        element.tag.rpartition("}")[2] in _ACTIVE
        or element.tag.startswith(_HTML)
        or any(name.rpartition("}")[2].lower().startswith("on") for name in element.attrib)
        or any(_SCHEME.search(re.sub(r"[\x00-\x20]", "", value)) for value in element.attrib.values())
    )


def _svg_size(root: ET.Element) -> tuple[int | None, int | None]:
    """SVG 2, 7.2 and 8.2: ``width`` and ``height``, else the size of ``viewBox``; None where it does not say."""
    given = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    numbers = [length[1] for length in given if length] or re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox", ""))[2:4]
    width, height = (round(float(number)) for number in numbers) if len(numbers) == 2 else (0, 0)
    return (width, height) if width and height else (None, None)


def _animation(image: Image.Image, data: bytes) -> Rendition:
    """As it is: to encode each frame anew would lose more than it gains. Raises ImageError if it has metadata."""
    if image.getexif() or image.info.get("xmp"):
        raise ImageError("moves, and hides where or with what it was made; save it again as GIF")
    return Rendition(image.width, image.height, _ANIMATED[str(image.format)], data)


def _still(image: Image.Image) -> Iterator[Rendition]:
    orientation = 1
    with suppress(Exception):  # an EXIF orientation that cannot be read is no reason to refuse the image
        orientation = int(image.getexif().get(_ORIENTATION, 1))
    sizes = list(_sizes(*_turned(image.size, orientation)))
    # A JPEG can be read at a half, a quarter or an eighth of its size, in a fraction of the time and the memory.
    image.draft(None, _turned(sizes[-1], orientation))
    upright = image.transpose(_UPRIGHT[orientation]) if orientation in _UPRIGHT else image
    whole, profile = _in_rgb(upright, image.info.get("icc_profile"))
    flat = image.format not in _PHOTOS and whole.getcolors(_FEW_COLOURS) is not None
    largest = _resized(whole, sizes[-1])
    for size in sizes:
        sized = _resized(largest, size)
        yield Rendition(*size, ".webp", _flat_webp(sized, profile) if flat else _webp(sized, profile))


def _turned(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    width, height = size
    return (height, width) if orientation in _SIDEWAYS else size


def _sizes(width: int, height: int) -> Iterator[tuple[int, int]]:
    """The sizes to publish, never larger than the original; a step that would save little is left out."""
    most = max(1, min(width, WIDTHS[-1], _WEBP_SIDE * width // height))
    for step in (*(step for step in WIDTHS if step < 0.8 * most), most):
        yield step, max(1, round(height * step / width))


def _in_rgb(image: Image.Image, profile: bytes | None) -> tuple[Image.Image, bytes | None]:
    """In RGB or RGBA, with the ICC profile that belongs to it, if there is one."""
    if image.mode == "CMYK" and profile:
        # Made for print: the screen's colours can only be had through the profile.
        with suppress(ImageCms.PyCMSError):
            screen = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, BytesIO(profile), screen, outputMode="RGB")
            return converted or image.convert("RGB"), None
    if image.mode.startswith("I"):
        image = image.point(lambda value: value * (1 / 256)).convert("L")  # 16 bits to 8, which convert() would clip
    mode = "RGBA" if image.has_transparency_data else "RGB"
    # ICC.1:2022, 7.2.8: bytes 16 to 19 name the colours that a profile is for.
    kept = profile if profile and profile[16:20] == b"RGB " else None
    return image if image.mode == mode else image.convert(mode), kept


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)


def _flat_webp(image: Image.Image, profile: bytes | None) -> bytes:
    """Lossless, so that few colours keep sharp edges; lossy where that is less than half as large (a photo)."""
    exact, near = _webp(image, profile, lossless=True), _webp(image, profile)
    return near if len(near) < len(exact) / 2 else exact


def _webp(image: Image.Image, profile: bytes | None, *, lossless: bool = False) -> bytes:
    target = BytesIO()
    image.save(target, "WEBP", quality=QUALITY, lossless=lossless, icc_profile=profile or b"", exif=b"", xmp=b"")
    return target.getvalue()
