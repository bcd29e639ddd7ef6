"""Images for the tests, drawn here so that everything in them is known."""

from __future__ import annotations

from io import BytesIO

import pillow_heif
from PIL import Image, ImageCms, ImageDraw

CAMERA = "Invented Phone 7"
LATITUDE = (50.0, 42.0, 44.4)
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><!-- taken at the secret cove --></x:xmpmeta>'
RED, BLUE = (200, 30, 30), (30, 30, 200)
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
# What brings an image from how it should look to how a camera stored it (EXIF 2.32, tag Orientation).
STORED_AS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def pattern(width: int = 64, height: int = 48) -> Image.Image:
    """Red above blue on the left, grey tones on the right: no two of its turned copies look the same."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2, height // 2), fill=RED)
    draw.rectangle((0, height // 2, width // 2, height), fill=BLUE)
    return image


def photo(width: int = 64, height: int = 48, orientation: int = 1) -> bytes:
    """A JPEG as a phone writes it: with the position, the camera and a remark; ``orientation`` says how it was held."""
    image = pattern(width, height)
    if orientation in STORED_AS:
        image = image.transpose(STORED_AS[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x0110] = CAMERA
    exif.get_ifd(0x8825).update({1: "N", 2: LATITUDE, 3: "W", 4: (1.0, 59.0, 15.5)})
    return saved(image, "JPEG", exif=exif, xmp=XMP, comment=CAMERA, icc_profile=PROFILE, quality=92)


def heic(width: int = 64, height: int = 48, orientation: int = 1) -> bytes:
    """A photo as the newer phones write it; ``orientation`` turns it, as its decoder is to do."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x0110] = CAMERA
    found = pillow_heif.from_pillow(pattern(width, height))
    target = BytesIO()
    found.save(target, exif=exif.tobytes(), quality=90)
    return target.getvalue()


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """The bytes of a file."""
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def moving(kind: str = "GIF", **options: object) -> bytes:
    """An image of two frames."""
    frames = [Image.new("RGB", (40, 30), RED), Image.new("RGB", (40, 30), BLUE)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=300, **options)


def drawing(inside: str = '<path d="M0 0h10v10z"/>', attributes: str = 'viewBox="0 0 120 80"') -> bytes:
    """An SVG."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


def opened(data: bytes) -> Image.Image:
    """The image in the bytes, read to its end."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def colour_at(image: Image.Image, x: float, y: float) -> tuple[int, ...]:
    """The colour at a position given in parts of width and height."""
    found = image.convert("RGB").getpixel((int(image.width * x), int(image.height * y)))
    assert isinstance(found, tuple)
    return found


def is_near(colour: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether two colours look the same."""
    return all(abs(one - two) < 40 for one, two in zip(colour, other, strict=True))
