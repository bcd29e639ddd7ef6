"""The icons of a site and the picture for shared links, made from a clinic's own mark or logo, else from its name.

And ``site.webmanifest``, which names them to those who put the site on their phone's home screen.

Sizes: 180 pixels for iOS ("Configuring Web Applications", touch icons), 192 and 512 for Android, once more with a
margin that may be cut away (W3C Web App Manifest, ``maskable``), 1200 by 630 for shared links (Open Graph, as Facebook
and LinkedIn show them whole). The same input always gives the same bytes.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path

import PIL
from PIL import Image, ImageDraw, features

from clinic.domain.checks.palette import Tokens
from clinic.models.clinic import Clinic
from clinic.rendering.images.lettering import LINE, face, initials, lines_of, without_signs

RECIPE = 2
"""Changes whenever the same input would give other pictures."""
FAVICON, FAVICON_ICO, TOUCH_ICON, SHARE_PICTURE = "favicon.svg", "favicon.ico", "apple-touch-icon.png", "share.png"
SHARE_SIZE = (1200, 630)
ICON_SIZES = (192, 512)
MASKABLE = "icon-maskable-512.png"
_MARGIN, _SAFE_MARGIN = 0.12, 0.22
"""Of the side of an icon, on each side of a mark; the safe zone of a maskable icon is a circle of 80%."""
_SQUARE = (0.6, 1.7)
"""Width over height of a logo that can be an icon too."""
_BAND = 36
_DPI = 96
"""Pixels of an inch (CSS Values 4, 6.2): a drawing that says its size in millimetres has none without."""
_COLOURS = ("ink", "paper", "warm", "leaf", "sand")
MANIFEST = "site.webmanifest"


@dataclass(frozen=True)
class OwnPicture:
    """A picture of the owner's, made ready: its bytes, and whether that is an SVG."""

    data: bytes
    is_svg: bool

    def painted(self, side: int) -> Image.Image | None:
        """It in pixels, as large as fits into a square; None for an SVG where nothing can paint one."""
        image = paint(self.data.decode("utf-8", "replace"), side) if self.is_svg else Image.open(BytesIO(self.data))
        if image is None:
            return None
        image = image.convert("RGBA")
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        return image


@dataclass(frozen=True)
class Look:
    """What the pictures show: ``colours`` are CSS colours by the names of tokens, ``drawing`` an SVG of the theme."""

    name: str
    place: str
    colours: Mapping[str, str]
    font: Path
    mark: OwnPicture | None = None
    logo: OwnPicture | None = None
    drawing: str | None = None

    @property
    def key(self) -> str:
        """Equal only for what gives equal pictures."""
        painter = f"Pillow {PIL.__version__}, FreeType {features.version('freetype2')}, zlib {features.version('zlib')}"
        colours = [self.colours[name] for name in _COLOURS]
        has_svg = self.drawing or any(picture and picture.is_svg for picture in (self.mark, self.logo))
        is_painted = bool(has_svg) and paint('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>', 1)
        parts = (RECIPE, painter, self.name, self.place, colours, self.mark, self.logo, self.drawing, bool(is_painted))
        return hashlib.sha256(repr(parts).encode() + self.font.read_bytes()).hexdigest()[:32]


def paint(svg: str, width: int) -> Image.Image | None:
    """An SVG in pixels, without fonts of this machine; None where it cannot be painted.

    Every machine with a wheel of resvg can; the pictures of others are made as if there were no SVG.
    """
    try:
        import resvg_py  # noqa: PLC0415 (asked for where there is an SVG alone)
    except ImportError:
        return None
    try:
        return Image.open(
            BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True, dpi=_DPI)))
        )
    except ValueError:
        return None


def brand_files(look: Look) -> dict[str, bytes]:
    """All pictures by the names of their files."""
    symbol = _symbol(look)
    return {
        FAVICON: _favicon(look, symbol),
        FAVICON_ICO: _ico(look, symbol),
        TOUCH_ICON: _png(_tile(look, symbol, 180, _MARGIN)),
        **{f"icon-{side}.png": _png(_tile(look, symbol, side, _MARGIN)) for side in ICON_SIZES},
        MASKABLE: _png(_tile(look, symbol, 512, _SAFE_MARGIN)),
        SHARE_PICTURE: _png(_share(look)),
    }


def _symbol(look: Look) -> Image.Image | None:
    """The mark, else a logo that is about as wide as high; None where the initials have to do."""
    if look.mark and (painted := look.mark.painted(512)):
        return painted
    painted = look.logo.painted(512) if look.logo else None
    is_square = painted and _SQUARE[0] <= painted.width / painted.height <= _SQUARE[1]
    return painted if is_square else None


def _tile(look: Look, symbol: Image.Image | None, side: int, margin: float) -> Image.Image:
    """A full square, of which systems cut the corners: the symbol on paper, else the initials on ink."""
    if symbol is None:
        return _initials_tile(look, side, margin)
    tile = Image.new("RGB", (side, side), look.colours["paper"])
    _place(tile, symbol, (side / 2, side / 2), round(side * (1 - 2 * margin)))
    return tile


def _place(picture: Image.Image, symbol: Image.Image, middle: tuple[float, float], most: int) -> None:
    share = most / max(symbol.size)
    size = (max(1, round(symbol.width * share)), max(1, round(symbol.height * share)))
    fitted = symbol if symbol.size == size else symbol.resize(size, Image.Resampling.LANCZOS)
    picture.paste(fitted, (round(middle[0] - size[0] / 2), round(middle[1] - size[1] / 2)), fitted)


def _initials_tile(look: Look, side: int, margin: float) -> Image.Image:
    """The initials; a ring where the name has none, or the face no letters for them."""
    tile, letters = Image.new("RGB", (side, side), look.colours["ink"]), initials(look.name)
    widest = side * (1 - 2 * margin - 0.06)
    if not letters or not face(look.font, side // 2).can_write(letters):
        return _ring(tile, look.colours["paper"], side * (0.5 - margin - 0.06))
    size = min(side * 0.56, side // 2 * widest / face(look.font, side // 2).width(letters))
    font = face(look.font, max(8, round(size)))
    left, top, right, bottom = font.box(letters)
    font.write(tile, ((side - left - right) / 2, (side - top - bottom) / 2), letters, look.colours["paper"])
    return tile


def _ring(tile: Image.Image, colour: str, radius: float) -> Image.Image:
    """Painted larger and made smaller: Pillow's circles have rough edges."""
    large = Image.new("L", (tile.width * 2, tile.height * 2))
    middle, outer = tile.width, radius * 2
    box = (middle - outer, middle - outer, middle + outer, middle + outer)
    ImageDraw.Draw(large).ellipse(box, outline=255, width=round(outer * 0.36))
    tile.paste(colour, (0, 0), large.resize(tile.size, Image.Resampling.LANCZOS))
    return tile


def _favicon(look: Look, symbol: Image.Image | None) -> bytes:
    """As SVG: the owner's own mark, or a small picture in one, or the initials in a face of the visitor's system."""
    if look.mark and look.mark.is_svg:
        return look.mark.data
    ink, paper = look.colours["ink"], look.colours["paper"]
    if symbol:
        small = Image.new("RGBA", (64, 64))
        _place(small, symbol, (32, 32), 64)
        data = base64.b64encode(_png(small)).decode()
        inner = f'<image width="64" height="64" href="data:image/png;base64,{data}"/>'
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">{inner}</svg>\n'.encode()
    letters = initials(look.name)
    size = {1: 20, 2: 16}.get(len(letters), 11)
    sign = (
        f'<text x="16" y="16" dy=".36em" text-anchor="middle" font-family="system-ui,sans-serif" font-weight="700" '
        f'font-size="{size}" fill="{paper}">{escape(letters)}</text>'
        if letters
        else f'<circle cx="16" cy="16" r="8" fill="none" stroke="{paper}" stroke-width="4"/>'
    )
    ground = f'<rect width="32" height="32" rx="7" fill="{ink}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">{ground}{sign}</svg>\n'.encode()


def _ico(look: Look, symbol: Image.Image | None) -> bytes:
    """32 pixels; a symbol without a ground, as on the tab beside others."""
    icon = _tile(look, None, 32, 0).convert("RGBA") if symbol is None else Image.new("RGBA", (32, 32))
    if symbol:
        _place(icon, symbol, (16, 16), 32)
    target = BytesIO()
    icon.save(target, "ICO", sizes=[(32, 32)])
    return target.getvalue()


def _share(look: Look) -> Image.Image:
    """The name and the place on paper, beside a logo, a mark or the theme's drawing, above a band of ink."""
    width, height = SHARE_SIZE
    picture = Image.new("RGB", SHARE_SIZE, look.colours["paper"])
    ImageDraw.Draw(picture).rectangle((0, height - _BAND, width, height), fill=look.colours["ink"])
    own = (look.logo and look.logo.painted(400)) or (look.mark and look.mark.painted(400)) or None
    drawn = paint(look.drawing, width) if look.drawing and not own else None
    if drawn:
        picture.paste(drawn, (0, 0), drawn.convert("RGBA"))
    has_words = bool(without_signs(look.name)) and face(look.font, 40).can_write(without_signs(look.name))
    if own:
        _place(picture, own, (920 if has_words else width / 2, (height - _BAND) / 2), 400)
    if has_words:
        _words(picture, look, (620 if own or drawn else width - 160, height - _BAND - (60 if drawn else 0)))
    elif not own and not drawn:
        sign = _initials_tile(look, 360, _MARGIN)
        picture.paste(sign, ((width - 360) // 2, (height - _BAND - 360) // 2))
    return picture


def _words(picture: Image.Image, look: Look, room: tuple[int, int]) -> None:
    """The name and the place at the left, in the middle of ``room`` (width and height from the top, in pixels)."""
    left, ink, (width, bottom) = 80, look.colours["ink"], room
    font, lines = lines_of(look.font, without_signs(look.name), (width, bottom - 190), range(144, 39, -8))
    small, places = lines_of(look.font, look.place, (width, 100), range(44, 27, -4))
    if not small.can_write(look.place):
        places = []
    step, small_step = round(font.size * LINE), round(small.size * 1.2)
    tall = step * len(lines) + (28 + small_step * len(places) if places else 0)
    top = max(24, (bottom - tall - 40) // 2)
    ImageDraw.Draw(picture).rectangle((left, top, left + 96, top + 11), fill=look.colours["warm"])
    top += 34
    for line in lines:
        font.write(picture, (left, top), line, ink)
        top += step
    for line in places:
        small.write(picture, (left, top + 28), line, ink)
        top += small_step


def _png(image: Image.Image) -> bytes:
    """With all its colours: with fewer it would be half as large, and the paper another paper."""
    target = BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def web_manifest(clinic: Clinic, folder: str, colours: Tokens) -> str:
    """W3C Web Application Manifest, as JSON. ``folder`` is the path of the public address, ``colours`` the palette.

    ``display`` is ``browser``: a site keeps its address bar and its back button.
    """
    manifest = {
        "name": clinic.name,
        "lang": clinic.language,
        "id": f"{folder}/",
        "start_url": f"{folder}/",
        "scope": f"{folder}/",
        "display": "browser",
        "background_color": colours["paper"],
        "theme_color": colours["paper"],
        "icons": [
            {"src": f"{folder}/theme/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
            for size in ICON_SIZES
        ]
        + [{"src": f"{folder}/theme/{MASKABLE}", "sizes": "512x512", "type": "image/png", "purpose": "maskable"}],
    }
    described = {"description": clinic.description} if clinic.description else {}
    return json.dumps(manifest | described, ensure_ascii=False, indent=2) + "\n"
