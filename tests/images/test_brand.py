"""The clinic's own logo and mark, and the icons and the share picture that are made of them or of its name."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw

from clinic.plugin.stylesheets import theme_colours
from clinic.rendering.images.brand import MASKABLE, SHARE_PICTURE, TOUCH_ICON, Look, OwnPicture, brand_files, paint
from clinic.rendering.images.cache import ImageCache
from clinic.rendering.images.lettering import face, initials, lines_of
from tests.browser import serving
from tests.site import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.site import BuildSite, Site

FONT = ROOT / "theme" / "static" / "fonts" / "display.woff2"
COLOURS = theme_colours(ROOT / "theme" / "static" / "css")
CIRCLE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="3.6" fill="#c00"/></svg>'
SIZES = {TOUCH_ICON: (180, 180), "icon-192.png": (192, 192), "icon-512.png": (512, 512), MASKABLE: (512, 512)}
paints_svg = pytest.mark.skipif(paint(CIRCLE, 9) is None, reason="resvg is not installed here")


def png(size: tuple[int, int], colour: str = "#cc0000") -> bytes:
    """A picture with a transparent edge."""
    image, target = Image.new("RGBA", size), BytesIO()
    ImageDraw.Draw(image).rectangle((4, 4, size[0] - 5, size[1] - 5), fill=colour)
    image.save(target, "PNG")
    return target.getvalue()


def look(name: str = "Quay Osteopathy", **more: object) -> Look:
    return Look(**{"name": name, "place": "Larkmouth", "colours": COLOURS, "font": FONT, **more})  # type: ignore[arg-type]


def shown(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Quay Osteopathy", "QO"), ("The Back Clinic", "BC"), ("Dr Anna Weiß", "AW"), ("Dr. Ann & Daughters", "AD"),
        ("QMT Movement Therapy", "QMT"), ("QZ", "QZ"), ("physio", "P"), ("The", "T"), ("🦶 Feet first", "FF"),
        ("“Back” on track", "BT"), ("Клиника здоровья", "КЗ"), ("整骨院", "整"), ("Ŵyl Iechyd", "ŴI"), ("ßtraße", "S"),
        ("360 Physio", "3P"), ("🦶", ""), ("—", ""), ("St John’s Clinic", "SJ"), ("a" * 60, "A"),
    ],
)  # fmt: skip
def test_initials_are_those_of_the_words_that_tell(name: str, letters: str) -> None:
    assert initials(name) == letters


NAMES = ["QZ", "The Larkmouth Osteopaths & Sports Therapy Centre of Excellence", "Tŷ Iechyd", "Клиника", "整骨院", "🦶",
         "a" * 60, "Dr Anna Weiß", "عيادة"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_name_gets_all_pictures_in_its_colours_the_same_each_time(name: str) -> None:
    files = brand_files(look(name))
    assert files == brand_files(look(name))
    for file, size in SIZES.items():
        icon = shown(files[file])
        assert icon.size == size
        assert icon.getpixel((0, 0)) == rgb(COLOURS["ink"])
        assert rgb(COLOURS["paper"]) in {colour for _, colour in icon.getcolors(4096) or ()}
    share = shown(files[SHARE_PICTURE])
    assert share.size == (1200, 630)
    assert share.getpixel((0, 0)) == rgb(COLOURS["paper"])
    assert share.getpixel((0, 629)) == rgb(COLOURS["ink"])
    assert Image.open(BytesIO(files["favicon.ico"])).size == (32, 32)
    assert files["favicon.svg"].startswith(b"<svg ")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_share_picture_is_cut_off(name: str) -> None:
    """Above the band, and left and right, there is paper all around."""
    share = shown(brand_files(look(name, place="Larkmouth-on-the-Long-Sandy-Shore"))[SHARE_PICTURE])
    paper = rgb(COLOURS["paper"])
    edges = [(x, y) for x in range(1200) for y in (8, 585)] + [(x, y) for x in (40, 1180) for y in range(590)]
    assert {share.getpixel(point) for point in edges} == {paper}


def test_two_names_have_two_pictures_and_a_changed_colour_another() -> None:
    one, other, blue = look(), look("Another Clinic"), look(colours={**COLOURS, "ink": "#123456"})
    assert len({one.key, other.key, blue.key}) == 3
    assert brand_files(one)[SHARE_PICTURE] != brand_files(other)[SHARE_PICTURE]
    assert shown(brand_files(blue)[TOUCH_ICON]).getpixel((0, 0)) == rgb("#123456")


def test_pictures_are_made_once_for_equal_input(tmp_path: Path) -> None:
    made: list[str] = []

    def make() -> dict[str, bytes]:
        made.append("")
        return {"x.png": b"1"}

    cache = ImageCache(tmp_path / "pictures")
    assert cache.kept("key", make)["x.png"].read_bytes() == b"1"
    assert cache.kept("key", make).keys() == {"x.png"}
    assert len(made) == 1


def test_accents_that_the_face_lacks_are_put_together() -> None:
    words = face(FONT, 40)
    assert words.can_write("Tŷ Iechyd Ŵyl, Ẁ ś ń")
    assert not any(map(words.can_write, ("Ж", "整", "🦶", "ł")))
    plain, accented = Image.new("RGB", (80, 80), "white"), Image.new("RGB", (80, 80), "white")
    words.write(plain, (10, 10), "y", "black")
    words.write(accented, (10, 10), "ŷ", "black")
    assert accented.tobytes() != plain.tobytes()
    assert words.width("ŷ") == words.width("y")


def test_a_word_that_is_wider_than_the_picture_is_broken_and_no_letter_lost() -> None:
    font, lines = lines_of(FONT, "W" * 60, (620, 400), range(112, 39, -8))
    assert "".join(lines) == "W" * 60
    assert max(map(font.width, lines)) <= 620


def test_icons_are_made_of_the_mark_and_stand_on_paper() -> None:
    files = brand_files(look(mark=OwnPicture(png((300, 300)), is_svg=False)))
    for file, size in SIZES.items():
        icon = shown(files[file])
        assert icon.getpixel((0, 0)) == rgb(COLOURS["paper"])
        assert icon.getpixel((size[0] // 2, size[1] // 2)) == (204, 0, 0)
    assert b"data:image/png;base64," in files["favicon.svg"]
    # a circle of 80% is what no system cuts away: the corners of the mark stay within it
    assert shown(files[MASKABLE]).getpixel((100, 100)) == rgb(COLOURS["paper"])


def test_a_square_logo_is_an_icon_and_a_wide_one_is_none() -> None:
    square = brand_files(look(logo=OwnPicture(png((300, 260)), is_svg=False)))
    wide = brand_files(look(logo=OwnPicture(png((600, 100)), is_svg=False)))
    assert shown(square[TOUCH_ICON]).getpixel((90, 90)) == (204, 0, 0)
    assert wide[TOUCH_ICON] == brand_files(look())[TOUCH_ICON]
    assert shown(wide[SHARE_PICTURE]).getpixel((920, 297)) == (204, 0, 0)


@paints_svg
def test_a_mark_that_is_an_svg_is_the_icon_in_all_sizes() -> None:
    files = brand_files(look(mark=OwnPicture(CIRCLE.encode(), is_svg=True)))
    assert files["favicon.svg"] == CIRCLE.encode()
    for file, size in SIZES.items():
        assert shown(files[file]).getpixel((size[0] // 2, size[1] // 2)) == (204, 0, 0)


@paints_svg
def test_an_svg_that_cannot_be_painted_leaves_the_initials() -> None:
    nothing = OwnPicture(b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>', is_svg=True)
    assert brand_files(look(mark=nothing))[TOUCH_ICON] == brand_files(look())[TOUCH_ICON]


LOGO = png((600, 150))
FACTS = """\
name: The Least Clinic
url: https://least.example.com
phone: 01632 960199
locations: {here: {address: {locality: Here}}}
"""


def with_brand(brand: str, **files: bytes) -> dict[str, str | bytes]:
    """Overlay: these lines under ``brand``, and pictures by their names without an ending."""
    return {"clinic.yaml": f"{FACTS}brand:\n{brand}", **{f"images/{name}.png": data for name, data in files.items()}}


@pytest.fixture(scope="module")
def branded(build_site: BuildSite) -> Site:
    """A site with a logo for light and dark, a mark, and a photograph on its home page."""
    brand = "  logo: {light: images/logo.png, dark: images/night.png}\n  mark: images/mark.png\n"
    home = "---\ntitle: Welcome\nimage: images/door.png\nimage_alt: Our door\n---\n"
    pictures = {"logo": LOGO, "night": png((600, 150), "#ffffff"), "mark": png((200, 200)), "door": png((900, 600))}
    return build_site("minimal", {**with_brand(brand, **pictures), "pages/home.md": home})


def test_a_logo_stands_in_place_of_the_name_with_another_one_in_the_dark(branded: Site) -> None:
    assert (branded.exit_code, branded.problems, branded.notes) == (0, [], [])
    name = branded.page("/").select_one(".site-header__name")
    assert name
    assert name.get_text(strip=True) == ""
    (image,) = name.select("img")
    assert image["alt"] == "The Least Clinic"
    (dark,) = name.select('source[media="(prefers-color-scheme: dark)"]')
    assert {str(image["src"]).lstrip("/"), str(dark["srcset"]).lstrip("/")} <= {*branded.files}


def test_a_logo_is_in_the_structured_data_and_the_mark_in_saved_contacts(branded: Site, minimal: Site) -> None:
    (clinic,) = [node for node in branded.graph("/") if node.get("@id", "").endswith("#clinic")]
    assert clinic["logo"]["url"].removeprefix("https://least.example.com/") in branded.files
    assert "\r\nPHOTO;ENCODING=b;TYPE=PNG:" in branded.read("contact.vcf").replace("\n", "\r\n").replace("\r\r", "\r")
    assert "PHOTO" not in minimal.read("contact.vcf")


def test_the_photograph_of_the_home_page_is_in_the_promise_and_stands_in_for_the_drawing(branded: Site) -> None:
    hero = branded.page("/").select_one(".hero")
    assert hero
    (photo,) = hero.select("img")
    assert (photo["alt"], photo.get("loading")) == ("Our door", None)
    assert not hero.select(".kinetic-line")


def test_the_line_is_drawn_only_where_it_is_asked_for(build_site: BuildSite, minimal: Site) -> None:
    lined = build_site("minimal", with_brand("  drawing: line\n"))
    assert all('class="kinetic-line"' in lined.html(address) for address in ("/", "/contact/", "/privacy/"))
    heads = {str(lined.page(address).select_one(".page-header__art")) for address in ("/contact/", "/blog/")}
    assert len(heads) == 2, "a list and a page have the same drawing"
    for address in minimal.pages:
        assert not re.search('class="(?:kinetic-line|chain-marker|divider)"', minimal.html(address)), address
    assert lined.file("/theme/icon-192.png").read_bytes() == minimal.file("/theme/icon-192.png").read_bytes()


def test_two_clinics_share_no_picture(minimal: Site, solo: Site) -> None:
    for name in ("share.png", "icon-192.png", "apple-touch-icon.png", "favicon.svg", "favicon.ico"):
        assert minimal.file(f"/theme/{name}").read_bytes() != solo.file(f"/theme/{name}").read_bytes(), name


def test_the_share_picture_of_the_home_page_says_the_name(minimal: Site) -> None:
    html = minimal.html("/")
    assert re.search(r'og:image" content="https://least\.example\.com/theme/share/home-[0-9a-f]{8}\.png"', html)
    assert 'property="og:image:alt" content="Welcome – The Least Clinic"' in html


def test_a_large_icon_is_linked_and_a_small_one_is_in_the_page(branded: Site, minimal: Site) -> None:
    assert '<link rel="icon" href="/theme/favicon.svg"' in branded.html("/")
    assert '<link rel="icon" href="data:image/svg+xml,' in minimal.html("/")


@pytest.mark.parametrize(
    ("file", "data", "told"),
    [
        ("logo.png", b"no picture", "cannot be read; save it again as JPEG or PNG"),
        ("logo.pdf", b"%PDF-1.4", "cannot be read; save it again as JPEG or PNG"),
        ("logo.svg", b"<html></html>", "is not an SVG that can be read"),
        (None, b"", 'there is no file "images/logo.svg" in the content folder; put it there, or correct its name'),
    ],
)
@pytest.mark.parametrize("key", ["logo", "mark"])
def test_a_logo_that_is_none_is_one_sentence_at_its_line(
    build_site: BuildSite, key: str, file: str | None, data: bytes, told: str
) -> None:
    named = file or "logo.svg"
    overlay: dict[str, str | bytes] = {"clinic.yaml": f"{FACTS}brand:\n  {key}: images/{named}\n"}
    if file:
        overlay[f"images/{file}"] = data
    (problem,) = build_site("minimal", overlay).problems
    assert problem.startswith("content/clinic.yaml:6: ")
    assert told in problem


@pytest.mark.parametrize(
    ("brand", "told"),
    [
        ("  drawing: lines\n", 'unknown drawing "lines"; did you mean "line"?'),
        (
            "  logo: {dark: images/night.png}\n",
            '"light" is missing under "logo"; it is the picture, such as images/logo.svg',
        ),
        ("  icon: images/mark.png\n", 'unknown key "icon"'),
    ],
)
def test_what_is_no_brand_is_one_sentence(build_site: BuildSite, brand: str, told: str) -> None:
    (problem,) = build_site("minimal", with_brand(brand, night=LOGO)).problems
    assert told in problem


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_logo_and_photograph_fit_every_screen(
    branded: Site, open_page: Callable[..., Page], width: int, scheme: str
) -> None:
    with serving(branded.output) as address:
        page = open_page(address, {"width": width, "height": 800}, color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        logo, photo = page.locator(".brand-picture img"), page.locator(".hero__photo")
        assert "night" in str(logo.evaluate("image => image.currentSrc")) or scheme == "light"
        for picture in (logo, photo):
            box = picture.bounding_box()
            assert box
            assert box["width"] > 40
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
