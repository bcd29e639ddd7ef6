"""A picture of the owner's, read as it is to be seen: upright, in sRGB, no larger than it is published.

Whatever a camera or a program writes is taken: HEIC as phones make it, CMYK of a print shop, 16 bits, palettes. A large
one is made smaller while it is read, so that 48 million pixels take less than 300 MB of memory; where that cannot be
done it is refused.
"""

import threading
import warnings
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF", "BMP")
_ANIMATED = {"GIF": ".gif", "PNG": ".png", "WEBP": ".webp", "AVIF": ".avif"}
_PHOTOS = frozenset({"JPEG", "MPO"})
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
_HEIF = (b"ftyphei", b"ftyphev", b"ftypmif1", b"ftypmsf1")
"""ISO/IEC 23008-12, annex B: brands of HEIF, of which phones write HEIC."""
_BYTES = {"1": 6, "L": 1, "P": 9, "RGB": 4, "CMYK": 4, "I;16": 7, "I;16B": 7}
"""Of memory for a pixel while it is made smaller, by the mode of its image; of the others most need two copies."""
_COPIED = {"WEBP": 12, "AVIF": 6}
"""More bytes for a pixel, of the formats that are decoded into a memory of their own."""
_MOST_BYTES, _MUCH = 240_000_000, 40_000_000
"""Of one image, beside what a build needs; and from how many on images wait for each other."""
_MOST_HEIC = 50_000_000
"""Pixels of a HEIC photo, each of which takes 4.5 bytes: phones make 48 million."""
_one_at_a_time = threading.Lock()
_STRIP = 64
"""Rows of a HEIC photo that are made smaller at once."""
# It only warns that an image is large, as those of good phones are; the error above double its limit stays.
warnings.simplefilter("ignore", Image.DecompressionBombWarning)


class ImageError(ValueError):
    """Why an image cannot be published: the end of a sentence that begins with its name."""


LARGEST_FILE = 100_000_000
"""Bytes of a file; a camera's largest JPEG has a third of them."""
_TOO_LARGE = "is too large to be read; save it smaller, 4000 pixels wide is plenty"


def refuse_large_file(size: int) -> None:
    """Raise ImageError for a file of so many bytes that it is not even opened."""
    if size > LARGEST_FILE:
        raise ImageError(f"has more than {LARGEST_FILE // 1_000_000} MB; save it smaller, or as JPEG")


@dataclass(frozen=True)
class Moving:
    """An animation: its size in pixels and the suffix of its format."""

    width: int
    height: int
    suffix: str


@dataclass(frozen=True)
class Still:
    """``image`` is RGB or RGBA in sRGB, upright; ``is_flat``: it is a drawing in few colours, with sharp edges."""

    image: Image.Image
    is_flat: bool


def read(data: bytes, widest: tuple[int, int], highest: int) -> Still | Moving:
    """The picture in the bytes of a file, at most ``highest`` pixels high. Raises ImageError.

    ``widest`` is that of one as wide as high or wider, and that of one that is higher.

    An animation is not read: to encode each frame anew would lose more than it gains.
    """
    try:
        if data[4:12].startswith(_HEIF) and b"avif" not in data[8:40]:
            return _heic(data, widest, highest)
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            # The frames of a photo in two exposures (MPO) or of a document (TIFF) do not move.
            if image.format in _ANIMATED and getattr(image, "is_animated", False):
                return _moving(image)
            return _still(image, widest, highest)
    except ImageError:
        raise
    except (Image.DecompressionBombError, MemoryError):
        raise ImageError(_TOO_LARGE) from None
    except Exception as error:  # decoders raise all kinds of errors for bytes that they cannot read
        raise ImageError("cannot be read; save it again as JPEG or PNG") from error


def _moving(image: Image.Image) -> Moving:
    if image.format == "AVIF" and (image.getexif() or image.info.get("xmp")):  # of the others it is taken out
        raise ImageError("moves, and hides where or with what it was made; save it again as GIF")
    return Moving(image.width, image.height, _ANIMATED[str(image.format)])


def _still(image: Image.Image, widest: tuple[int, int], highest: int) -> Still:
    if image.format not in _PHOTOS:  # before anything asks for its pixels, as the EXIF of a PNG does
        _refuse_large(_needed(image))
    orientation, kept_whole = 1, _coefficients(image)
    with suppress(Exception):  # an EXIF orientation that cannot be read is no reason to refuse the image
        orientation = int(image.getexif().get(_ORIENTATION, 1))
    upright = image.size[::-1] if orientation in _SIDEWAYS else image.size
    fitted = _fitted(upright, widest, highest)
    size = fitted[::-1] if orientation in _SIDEWAYS else fitted
    # A JPEG can be read at a half, a quarter or an eighth of its size, in a fraction of the time and the memory.
    image.draft(None, size)
    profile = image.info.get("icc_profile")
    needed = _needed(image) + kept_whole
    _refuse_large(needed)
    with ExitStack() as alone:
        if needed > _MUCH:
            alone.enter_context(_one_at_a_time)
        whole = _resizable(image)
        is_flat = image.format not in _PHOTOS and whole.getcolors(_FEW_COLOURS) is not None
        small = whole if whole.size == size else whole.resize(size, Image.Resampling.LANCZOS)
        del whole
    if orientation in _UPRIGHT:
        small = small.transpose(_UPRIGHT[orientation])
    return Still(_in_srgb(small, profile), is_flat)


def _needed(image: Image.Image) -> int:
    """Bytes of memory for the image while it is made smaller."""
    return image.width * image.height * (_BYTES.get(image.mode, 12) + _COPIED.get(str(image.format), 0))


def _coefficients(image: Image.Image) -> int:
    """Bytes that a JPEG in several passes keeps until the last of them, however small it is read (libjpeg.txt)."""
    if not image.info.get("progressive"):
        return 0
    samples = [across * down for _, across, down, _ in getattr(image, "layer", ())]
    return int(2 * image.width * image.height * sum(samples) / max(samples, default=1))


def _refuse_large(needed: int) -> None:
    if needed > _MOST_BYTES:
        raise ImageError(_TOO_LARGE)


def _fitted(size: tuple[int, int], widest: tuple[int, int], highest: int) -> tuple[int, int]:
    width, height = size
    most = max(1, min(width, widest[width < height], highest * width // height))
    return most, max(1, round(height * most / width))


def _resizable(image: Image.Image) -> Image.Image:
    """In a mode whose pixels can be mixed."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 256)).convert("L")  # 16 bits to 8, which convert() would clip
    if image.mode in {"L", "RGB", "CMYK"} and not image.has_transparency_data:
        image.load()
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In RGB or RGBA, in the colours of the web (CSS Color 4, "untagged images are sRGB"), without a profile."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        with suppress(ImageCms.PyCMSError, OSError):  # a profile for other colours, or a broken one
            given = ImageCms.ImageCmsProfile(BytesIO(profile))
            if image.mode not in {"RGB", "RGBA"} or "sRGB" not in ImageCms.getProfileDescription(given):
                screen: Any = ImageCms.createProfile("sRGB")
                image = ImageCms.profileToProfile(image, given, screen, outputMode=mode) or image
    clean = image if image.mode == mode else image.convert(mode)
    clean.info = {}
    return clean


def _heic(data: bytes, widest: tuple[int, int], highest: int) -> Still:
    """A photo of a phone, whose rotation its decoder has applied already (HEIF, ``irot``)."""
    try:
        import pillow_heif  # noqa: PLC0415 (asked for where there is such a photo alone)
    except ImportError:
        message = "is a HEIC photo, which cannot be read on this computer; save it as JPEG"
        raise ImageError(message) from None
    file = pillow_heif.open_heif(BytesIO(data))
    found = file[file.primary_index]
    width, height = found.size
    if width * height > _MOST_HEIC:
        raise ImageError(_TOO_LARGE)
    profile: Any = found.info.get("icc_profile")
    return Still(_in_srgb(_in_strips(found, _fitted(found.size, widest, highest)), profile), is_flat=False)


def _in_strips(found: Any, size: tuple[int, int]) -> Image.Image:
    """Made smaller strip by strip, so that the pixels are never in memory twice."""
    with _one_at_a_time:
        rows, stride, (width, height), mode = found.data, found.stride, found.size, found.mode
        factor = max(1, width // (2 * size[0]))
        reduced = Image.new(mode, (-(-width // factor), -(-height // factor)))
        for top in range(0, height, step := _STRIP * factor):
            part = rows[top * stride : (top + step) * stride]
            strip = Image.frombuffer(mode, (width, min(step, height - top)), part, "raw", mode, stride, 1)
            reduced.paste(strip.reduce(factor), (0, top // factor))
    return reduced.resize(size, Image.Resampling.LANCZOS)
