"""What becomes of a single image: it is upright, small, and tells nothing but what it shows."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zlib
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageFilter, PngImagePlugin

from clinic.rendering.images.cache import ImageCache
from clinic.rendering.images.decode import LARGEST_FILE, ImageError
from clinic.rendering.images.encode import Rendition, renditions
from tests.images.photos import (
    BLUE,
    CAMERA,
    PROFILE,
    RED,
    XMP,
    colour_at,
    drawing,
    heic,
    is_near,
    moving,
    opened,
    pattern,
    photo,
    saved,
)
from tests.site import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def webps(data: bytes, suffix: str) -> list[Rendition]:
    """What is made as WebP, of an image of which there is that."""
    return [one for one in renditions(data, suffix).files if one.suffix == ".webp"]


def test_a_photo_loses_its_position_and_all_that_it_tells_of_its_maker() -> None:
    data = photo()
    assert opened(data).getexif().get_ifd(0x8825)  # so the test means something
    assert CAMERA.encode() in data
    [made] = webps(data, ".jpg")
    image = opened(made.data)
    assert not image.getexif()
    assert set(image.info) <= {"icc_profile", "loop", "background", "timestamp", "duration"}
    assert not [mark for mark in (b"EXIF", b"XMP ", b"Exif", CAMERA.encode(), XMP[-30:]) if mark in made.data]


def test_colours_for_other_screens_become_those_of_the_web() -> None:
    """A screen whose red and blue have changed places, so that it is seen."""
    profile = PROFILE.replace(b"rXYZ", b"....").replace(b"bXYZ", b"rXYZ").replace(b"....", b"bXYZ")
    profile = profile.replace("sRGB".encode("utf-16-be"), "mine".encode("utf-16-be"))
    data = saved(Image.new("RGB", (32, 32), RED), "JPEG", icc_profile=profile, quality=95)
    for made in renditions(data, ".jpg").files:
        red, _, blue = colour_at(opened(made.data), 0.5, 0.5)
        assert red < 60
        assert blue > 150
        assert "icc_profile" not in opened(made.data).info


def test_a_broken_profile_is_no_reason_to_refuse_an_image() -> None:
    made = renditions(saved(pattern(), "PNG", icc_profile=b"no profile"), ".png").files[-1]
    assert is_near(colour_at(opened(made.data), 0.2, 0.2), RED)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_taken_sideways_stands_upright(orientation: int) -> None:
    made = webps(photo(800, 600, orientation), ".jpg")[-1]
    image = opened(made.data)
    assert (made.width, made.height) == image.size == (800, 600)
    assert is_near(colour_at(image, 0.2, 0.2), RED)
    assert is_near(colour_at(image, 0.2, 0.8), BLUE)


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        ((2400, 1800), [480, 800, 1200, 1600]),
        ((1800, 2400), [480, 800, 1280]),
        ((1800, 1800), [480, 800, 1200, 1600]),
        ((1000, 500), [480, 1000]),
        ((480, 300), [480]),
        ((64, 36), [64]),
        ((1, 1), [1]),
        ((20, 20000), [16]),
    ],
)
def test_an_image_comes_in_a_few_widths_never_wider_than_it_is(size: tuple[int, int], widths: list[int]) -> None:
    made = renditions(saved(pattern(*size), "PNG"), ".png").files
    assert sorted({one.width or 0 for one in made}) == widths
    for one in made:
        image = opened(one.data)
        assert image.size == (one.width, one.height)
        assert image.height == pytest.approx(size[1] * image.width / size[0], abs=1)


def test_the_same_image_always_becomes_the_same_bytes() -> None:
    assert renditions(photo(1200, 900), ".jpg") == renditions(photo(1200, 900), ".jpg")


def test_a_photo_becomes_much_smaller() -> None:
    noise = Image.merge("RGB", [Image.effect_noise((2400, 1800), 20) for _ in range(3)])
    data = saved(noise, "JPEG", quality=95)
    assert sum(len(one.data) for one in renditions(data, ".jpg").files if one.suffix != ".jpg") < len(data) / 2


def test_a_drawing_in_few_colours_keeps_every_pixel() -> None:
    image = Image.new("P", (90, 60))
    image.putpalette([255, 255, 255, 15, 58, 54, 168, 67, 42])
    for x in range(0, 90, 3):
        image.paste(x % 2 + 1, (x, 0, x + 1, 60))
    [made] = webps(saved(image, "PNG"), ".png")
    assert opened(made.data).convert("RGB").tobytes() == image.convert("RGB").tobytes()


def test_a_photo_in_few_colours_does_not_become_larger_for_its_kind() -> None:
    soft = Image.effect_noise((300, 200), 200).filter(ImageFilter.GaussianBlur(3))
    dithered = Image.merge("RGB", [soft, soft.rotate(180), soft.rotate(180)]).quantize(32)
    [made] = webps(saved(dithered, "PNG"), ".png")
    assert len(made.data) < len(saved(dithered, "WEBP", lossless=True)) / 2


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_stays_so(mode: str) -> None:
    image = Image.new("RGBA", (40, 40), (200, 30, 30, 255))
    image.paste((0, 0, 0, 0), (0, 0, 20, 40))
    data = saved(image.quantize() if mode == "P" else image.convert(mode), "PNG")
    [made] = webps(data, ".png")
    alpha = opened(made.data).convert("RGBA").getchannel("A")
    assert (alpha.getpixel((5, 20)), alpha.getpixel((35, 20))) == (0, 255)


@pytest.mark.parametrize("mode", ["L", "1", "I;16", "CMYK"])
def test_colours_of_other_kinds_look_as_they_did(mode: str) -> None:
    values: dict[str, int | tuple[int, ...]] = {"1": 1, "CMYK": (0, 0, 0, 99), "I;16": 40000}
    data = saved(Image.new(mode, (40, 30), values.get(mode, 156)), "TIFF" if mode == "CMYK" else "PNG")
    [made] = webps(data, ".tif")
    assert is_near(colour_at(opened(made.data), 0.5, 0.5), (255,) * 3 if mode == "1" else (156,) * 3)


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_heic_photo_of_a_phone_stands_upright_and_tells_nothing(orientation: int) -> None:
    data = heic(300, 200, orientation)
    assert CAMERA.encode() in data
    for made in renditions(data, ".heic").files:
        image = opened(made.data)
        assert image.size == (made.width, made.height) == ((300, 200) if orientation == 1 else (200, 300))
        assert is_near(colour_at(image, 0.1 if orientation == 1 else 0.9, 0.1), RED)
        assert CAMERA.encode() not in made.data


def test_a_heic_photo_is_refused_in_one_sentence_where_nothing_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(ImageError, match="HEIC photo, which cannot be read on this computer; save it as JPEG"):
        renditions(heic(), ".heic")


def test_the_best_formats_come_first_and_none_is_larger_than_the_next() -> None:
    grainy = Image.merge("RGB", [Image.effect_noise((1100, 500), 40)] * 3)
    made = renditions(saved(grainy, "JPEG"), ".jpg")
    by_format = {suffix: [one for one in made.files if one.suffix == suffix] for suffix in (".avif", ".webp", ".jpg")}
    assert [one.suffix for one in made.files] == [".avif"] * 3 + [".webp"] * 2 + [".jpg"]
    for avif, webp in zip(by_format[".avif"][::2], by_format[".webp"], strict=True):
        assert (avif.width, avif.height) == (webp.width, webp.height)
        assert len(avif.data) < len(webp.data)
    assert opened(by_format[".jpg"][0].data).format == "JPEG"


def test_a_drawing_in_few_colours_is_never_avif_and_stays_small() -> None:
    image = Image.new("RGB", (400, 300), (255, 255, 255))
    image.paste((15, 58, 54), (40, 40, 200, 200))
    data = saved(image, "PNG", optimize=True)
    made = renditions(data, ".png").files
    assert {one.suffix for one in made} <= {".png", ".webp"}
    assert all(len(one.data) <= len(data) for one in made)
    assert opened(made[-1].data).convert("RGB").tobytes() == image.tobytes()


@pytest.mark.parametrize(
    ("image", "colour"),
    [(Image.new("RGB", (8, 8), RED), "#c81e1e"), (Image.new("RGBA", (8, 8), (*RED, 90)), "")],
    ids=["opaque", "transparent"],
)
def test_an_opaque_image_has_a_colour_that_stands_there_until_it_is_loaded(image: Image.Image, colour: str) -> None:
    assert renditions(saved(image, "PNG"), ".png").colour == colour


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF", "BMP"])
def test_every_kind_of_image_that_cameras_and_programs_write_is_taken(kind: str) -> None:
    [made] = webps(saved(pattern(), kind), ".any")
    assert opened(made.data).size == (64, 48)


def test_two_exposures_in_one_photo_are_one_image() -> None:
    data = saved(pattern(), "MPO", save_all=True, append_images=[pattern()])
    [made] = webps(data, ".jpg")
    assert (made.suffix, opened(made.data).format) == (".webp", "WEBP")


def test_an_image_that_moves_goes_on_moving() -> None:
    data = moving()
    [made] = renditions(data, ".gif").files
    assert (made.data, made.suffix, made.width, made.height) == (data, ".gif", 40, 30)


MAKER = "Zaphodina"


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_an_image_that_moves_says_nothing_of_who_made_it(kind: str) -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", MAKER)
    exif = Image.Exif()
    exif[0x013B] = MAKER
    told: dict[str, dict[str, object]] = {
        "GIF": {"comment": MAKER},
        "PNG": {"pnginfo": texts},
        "WEBP": {"exif": exif, "xmp": MAKER.encode()},
    }
    data = moving(kind, **told[kind])
    [made] = renditions(data, f".{kind.lower()}").files
    assert MAKER.encode() in data
    assert MAKER.encode() not in made.data
    before, after = opened(data), opened(made.data)
    count = getattr(before, "n_frames", 1)
    assert getattr(after, "n_frames", 1) == count > 1
    for frame in range(count):
        before.seek(frame)
        after.seek(frame)
        assert after.convert("RGBA").tobytes() == before.convert("RGBA").tobytes()
        assert after.info.get("duration") == before.info.get("duration")
    assert after.info.get("loop") == before.info.get("loop")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (photo(800, 600)[:-3000], "cannot be read; save it again as JPEG or PNG"),
        (b"", "cannot be read"),
        (b"not a picture", "cannot be read"),
        (drawing(), "cannot be read"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "cannot be read; save it again as JPEG or PNG"),
        (heic()[:-900], "cannot be read; save it again as JPEG or PNG"),
        (saved(Image.new("RGBA", (7000, 6000)), "PNG"), "too large to be read; save it smaller, 4000 pixels wide"),
        (saved(Image.new("1", (20000, 10000)), "PNG"), "too large to be read; save it smaller"),
    ],
)
def test_an_image_that_cannot_be_published_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(ImageError, match=words):
        renditions(data, ".jpg")


@pytest.mark.parametrize("data", [b"", b"<svg", b"<html/>", photo(), b"\xff\xfe<svg/>"])
def test_an_svg_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(ImageError, match="is not an SVG that can be read; save it again"):
        renditions(data, ".svg")


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 120 80"', (120, 80)),
        ('viewBox="-10,-10,119.6,80" width="100%"', (120, 80)),
        ('width="60px" height="40" viewBox="0 0 120 80"', (60, 40)),
        ('width="10cm" height="5cm" viewBox="0 0 120 80"', (120, 80)),
        ("", (None, None)),
    ],
)
def test_a_harmless_svg_is_published_as_it_is_with_its_size(
    attributes: str, size: tuple[int | None, int | None]
) -> None:
    data = drawing(attributes=attributes)
    [made] = renditions(data, ".svg").files
    assert (made.data, (made.width, made.height)) == (data.replace(b" >", b">"), size)


def header(width: int, height: int, *, colour: int) -> bytes:
    """A PNG that says how large it is, and of which nothing else is there."""
    return saved(Image.new("RGB", (1, 1)), "PNG")[:16] + struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)


@pytest.mark.parametrize("colour", [2, 6], ids=["RGB", "RGBA"])
def test_a_picture_that_needs_too_much_memory_is_refused_before_it_is_decoded(colour: int) -> None:
    whole = header(12_000, 12_000, colour=colour)
    crc = struct.pack(">I", zlib.crc32(whole[12:]))
    with pytest.raises(ImageError, match="is too large to be read; save it smaller"):
        renditions(whole + crc + b"\0\0\0\0IDAT", ".png")


def test_a_picture_of_many_bytes_is_not_even_opened(tmp_path: Path) -> None:
    with (tmp_path / "a.jpg").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(ImageError, match="has more than 100 MB; save it smaller, or as JPEG"):
        ImageCache(tmp_path / "cache").get(tmp_path / "a.jpg")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell how much memory a process took")
@pytest.mark.site
def test_a_photo_of_24_million_pixels_in_several_passes_takes_less_than_300_mb(tmp_path: Path) -> None:
    Image.new("RGB", (6000, 4000), "teal").save(tmp_path / "a.jpg", progressive=True)
    code = (
        "import resource, sys, pathlib; from clinic.rendering.images.encode import renditions; "
        "renditions(pathlib.Path(sys.argv[1]).read_bytes(), '.jpg'); "
        # On Linux ru_maxrss also counts what the process had that started this one.
        "status = pathlib.Path('/proc/self/status'); "
        "print(int(status.read_text().split('VmHWM:')[1].split()[0]) // 1024 if status.is_file() "
        "else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1048576)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    command = [sys.executable, "-c", code, str(tmp_path / "a.jpg")]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, env=environment)
    assert int(ended.stdout) < 300
