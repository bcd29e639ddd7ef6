"""The pictures that go with a shared link, one for each page: its title, the clinic, and a photograph or a drawing.

1200 by 630 pixels (Open Graph, as LinkedIn and WhatsApp show them whole), JPEG or PNG, which all of them read,
and a photograph in the three shapes that Google asks for (Article, ``image``). The same input gives the same bytes.

What all cards of a clinic have in common is painted once. A card without a photograph has a palette in which the shades
of its letters come first, and of its PNG only the rows with the title are packed anew (``RowsOfPng``).
"""

import hashlib
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, reduce
from pathlib import Path
from threading import Lock

from PIL import Image, ImageChops, ImageColor, ImageDraw
from unidecode import unidecode

from clinic.rendering.images.brand import SHARE_SIZE, Look, paint
from clinic.rendering.images.encode import RowsOfPng, jpeg
from clinic.rendering.images.lettering import LINE, Face, face, fitted_lines, without_signs

RECIPE = 4
"""Changes whenever the same input would give other pictures."""
RATIOS = {"16x9": (16, 9), "4x3": (4, 3), "1x1": (1, 1)}
_WIDEST_CROP = 1200
_BAND, _MARGIN = 28, 72
_GROUND, _JOINT = 150, 66
"""Without drawing and photograph: the height of the ground that the title stands on, and the radius of the joint that
rises from it, as small beside the heading of a section."""
_EDGE = 3
"""Steps from the colour of the joint to what is around it, so that all colours find room in 16."""
_STROKE = 36
"""The height of the band below the theme's drawing, as on the picture of the whole site."""
_PHOTO_WIDTH = 500
_SHADES = 8
"""Of the letters, from paper to ink: with more no edge looks finer. The other colours of a palette are drawn."""
_UNKNOWN = "\ufffd"
"""Stands for a letter that the display face cannot write."""
_LOGO = (360, 92)
_SIZES = range(144, 35, -4)
_NAME_SIZES = range(44, 23, -2)
_Colour = tuple[int, ...]
"""Red, green, blue."""


@dataclass(frozen=True)
class CardPhoto:
    """A photograph on a card: its JPEG, and the part of it that must be seen (CSS ``object-position`` in percent)."""

    file: Path
    focus: str = ""


def crop_size(width: int, height: int, ratio: tuple[int, int]) -> tuple[int, int]:
    """The size in pixels in which a photograph of ``width`` by ``height`` is published in a shape."""
    across, down = ratio
    wide = min(width, height * across // down, _WIDEST_CROP)
    return wide, max(1, wide * down // across)


def cropped(photo: CardPhoto, size: tuple[int, int]) -> Image.Image:
    """The photograph cut to the shape of ``size``, with its focus in it, in RGB."""
    image = _opened(photo.file)
    across, down = [float(share.rstrip("%")) / 100 for share in photo.focus.split()] or [0.5, 0.5]
    share = min(image.width / size[0], image.height / size[1])
    wide, high = size[0] * share, size[1] * share
    left, top = (image.width - wide) * across, (image.height - high) * down
    box = (left, top, left + wide, top + high)
    return image.resize(size, Image.Resampling.LANCZOS, box=box)


@lru_cache(maxsize=4)
def _opened(file: Path) -> Image.Image:
    """A published photograph, of which a card and several crops are made one after the other."""
    with Image.open(file) as image:
        return image.convert("RGB")


def crop_file(photo: CardPhoto, size: tuple[int, int]) -> bytes:
    """The same as a file."""
    return jpeg(cropped(photo, size))


@dataclass(frozen=True)
class _Ground:
    """What all cards have in common, and the room for a title on it: from ``top`` to ``foot``, ``width`` wide.

    A title stands at the foot of its room, as on a ground.
    """

    image: Image.Image
    width: int
    top: int
    foot: int
    rows: RowsOfPng | None = None


class Cards:
    """Makes the cards of one clinic; used by several threads."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._once = Lock()
        self._key = f"{RECIPE} {look.key}"

    def key(self, title: str, photo: str) -> str:
        """Equal only for equal cards; ``photo`` is equal only for the same photograph with the same focus, or empty."""
        return hashlib.sha256(f"{self._key}\0{title}\0{photo}".encode()).hexdigest()[:32]

    def can_show(self, title: str) -> bool:
        """Whether the display face has the letters of a title; of Latin ones, those nearest to them will do."""
        words = _writable(self._look.font, title)
        return bool(words) and _UNKNOWN not in words

    def card(self, title: str, photo: CardPhoto | None) -> bytes:
        """JPEG with a photograph, else PNG, of a title that ``can_show``."""
        words = _writable(self._look.font, title)
        with self._once:  # cached_property has no lock of its own
            photo_ground, ground = self._photo_ground, None if photo else self._ground
        if photo:
            left = SHARE_SIZE[0] - _PHOTO_WIDTH
            card = photo_ground.image.copy()
            card.paste(cropped(photo, (_PHOTO_WIDTH, SHARE_SIZE[1])), (left, 0))
            self._write(card, words, photo_ground, self._look.colours["ink"])
            return jpeg(card)
        if ground and ground.rows:
            card = ground.image.copy()
            self._write(card, words, ground, _SHADES - 1)
            return ground.rows.png(card)
        return b""

    def _write(self, card: Image.Image, words: str, ground: "_Ground", ink: int | str) -> None:
        """A title into the room for it, where the card is paper."""
        font, lines = fitted_lines(self._look.font, words, (ground.width, ground.foot - ground.top), _SIZES)
        top = ground.foot - round(font.size * LINE) * len(lines)
        for number, line in enumerate(lines):
            font.write(card, (_MARGIN, top + number * round(font.size * LINE)), line, ink)

    @cached_property
    def _photo_ground(self) -> "_Ground":
        """Beside a photograph."""
        ground = self._painted(SHARE_SIZE[0] - _PHOTO_WIDTH - _MARGIN - 48, SHARE_SIZE[1] - _BAND - 40)
        return self._named(ground, self._look.colours["ink"])

    @cached_property
    def _ground(self) -> "_Ground":
        """With the theme's drawing at the right, if the clinic shows it, else on a ground; as the numbers of a palette.

        On paper, which is 0, the shades of letters are their own numbers, and on ink those from the other end.
        """
        look = self._look
        drawn = paint(look.drawing, SHARE_SIZE[0]) if look.drawing else None
        painted = self._painted(600, SHARE_SIZE[1] - 132) if drawn else self._on_ground()
        card = painted.image
        if drawn:
            card.paste(drawn, (0, SHARE_SIZE[1] - _STROKE - drawn.height), drawn.convert("RGBA"))
            ground = (0, SHARE_SIZE[1] - _STROKE, *SHARE_SIZE)
            ImageDraw.Draw(card).rectangle(ground, fill=look.colours["ink"])  # the stroke of the drawing runs into it
        paper, ink = (ImageColor.getrgb(look.colours[name])[:3] for name in ("paper", "ink"))
        in_palette = replace(painted, image=_in_palette(card, _shades(paper, ink)))
        named = self._named(in_palette, _SHADES - 1) if drawn else self._named_on_ground(in_palette)
        return replace(named, rows=RowsOfPng(named.image))

    def _on_ground(self) -> "_Ground":
        """Paper, and a ground of ink with the joint that rises from it."""
        height = SHARE_SIZE[1] - _GROUND
        at = (SHARE_SIZE[0] - _MARGIN - _JOINT, height)
        painted = self._painted(at[0] - _JOINT - 24 - _MARGIN, height - 20)
        card = painted.image
        ImageDraw.Draw(card).rectangle((0, height, *SHARE_SIZE), fill=self._look.colours["ink"])
        for radius, colour in ((_JOINT, "warm"), (12, "ink")):
            edge = (at[0] - radius, at[1] - radius)
            card.paste(self._look.colours[colour], edge, _disc(radius))
        return painted

    def _named_on_ground(self, ground: "_Ground") -> "_Ground":
        """With the clinic's name and place in the ground, in the middle of its height."""
        font, lines = self._name(ground.width, _GROUND - 40, _NAME_SIZES)
        step = round(font.size * 1.2)
        top = SHARE_SIZE[1] - (_GROUND + step * len(lines)) // 2
        for number, line in enumerate(lines):
            font.write(ground.image, (_MARGIN, top + number * step), line, 0)
        return ground

    def _painted(self, width: int, foot: int) -> "_Ground":
        """Paper with the band, and the logo or the accent; ``foot`` is where the clinic's name is to end."""
        look, card = self._look, Image.new("RGB", SHARE_SIZE, self._look.colours["paper"])
        draw = ImageDraw.Draw(card)
        draw.rectangle((0, SHARE_SIZE[1] - _BAND, *SHARE_SIZE), fill=look.colours["ink"])
        if self._own:
            card.paste(self._own, (_MARGIN, 56), self._own)
        else:
            draw.rectangle((_MARGIN, 78, _MARGIN + 96, 88), fill=look.colours["warm"])
        return _Ground(card, width, 172 if self._own else 112, foot)

    def _named(self, ground: "_Ground", ink: int | str) -> "_Ground":
        """The same with the clinic's name and place at the foot, and the room for a title above it."""
        font, lines = self._name(ground.width, 76, _NAME_SIZES[3:])
        step = round(font.size * 1.2)
        foot = ground.foot - step * len(lines)
        for number, line in enumerate(lines):
            font.write(ground.image, (_MARGIN, foot + number * step), line, ink)
        return replace(ground, foot=foot - 20)

    def _name(self, width: int, height: int, sizes: range) -> tuple[Face, list[str]]:
        """The clinic's name and its place, which has a line of its own where one is too short for both.

        Without a place that the name says; no lines where the face cannot write them.
        """
        look = self._look
        name, place = _writable(look.font, look.name), _writable(look.font, look.place)
        place = "" if place.casefold() in name.casefold() else place
        both = ", ".join(filter(None, (name, place)))
        font, lines = fitted_lines(look.font, both, (width, height), sizes)
        if len(lines) > 1 and place:
            parts = [fitted_lines(look.font, part, (width, height // 2), sizes) for part in (name, place)]
            font = min((font for font, _ in parts), key=lambda font: font.size)
            lines = [line for _, lines in parts for line in lines]
        return font, [] if _UNKNOWN in both else lines

    @cached_property
    def _own(self) -> Image.Image | None:
        """The logo, else the mark, as it stands at the top."""
        for picture in filter(None, (self._look.logo, self._look.mark)):
            if painted := picture.painted(_LOGO[0]):
                share = min(1.0, _LOGO[1] / painted.height)
                size = (max(1, round(painted.width * share)), max(1, round(painted.height * share)))
                return painted.resize(size, Image.Resampling.LANCZOS)
        return None


def _disc(radius: int) -> Image.Image:
    """A disc as a mask of twice the radius, whose edge has few steps."""
    large = Image.new("L", (8 * radius, 8 * radius))
    ImageDraw.Draw(large).ellipse((0, 0, 8 * radius - 1, 8 * radius - 1), fill=255)
    steps = [round(round(value / 255 * _EDGE) / _EDGE * 255) for value in range(256)]
    return large.resize((2 * radius, 2 * radius), Image.Resampling.BOX).point(steps)


def _shades(paper: _Colour, ink: _Colour) -> list[_Colour]:
    shares = [shade / (_SHADES - 1) for shade in range(_SHADES)]
    mixed = [
        [round(light + (dark - light) * share) for share in shares] for light, dark in zip(paper, ink, strict=True)
    ]
    return [*zip(*mixed, strict=True)]


def _in_palette(image: Image.Image, first: list[_Colour]) -> Image.Image:
    """An RGB image in mode P, whose palette begins with these colours, which are exact.

    So are all others if they find room in 16, which takes half the work; else the nearest of 256 stand for them.
    """
    drawn = image.getcolors(16)
    others = [colour for _, colour in sorted(drawn or []) if isinstance(colour, tuple) and colour not in first]
    if drawn and len(first) + len(others) <= 16:
        numbers, exact = Image.new("P", image.size), [*first, *others]
    else:
        few = image.quantize(256 - len(first), dither=Image.Dither.NONE)
        later = bytes(min(255, number + len(first)) for number in range(256))
        numbers, exact = Image.frombytes("P", few.size, few.tobytes().translate(later)), first
        palette = few.getpalette() or []
        others = [*zip(palette[::3], palette[1::3], palette[2::3], strict=True)]
    for number, colour in enumerate(exact):
        channels = ImageChops.difference(image, Image.new("RGB", image.size, colour)).split()
        numbers.paste(number, (0, 0), reduce(ImageChops.lighter, channels).point([255] + [0] * 255))
    numbers.putpalette([value for colour in (*first, *others) for value in colour])
    return numbers


def _writable(font: Path, text: str) -> str:
    """A text without emoji, in letters that the face has; _UNKNOWN for each of another script that it lacks."""
    return "".join(_letter(font, character) for character in unicodedata.normalize("NFC", without_signs(text)))


@lru_cache(maxsize=2048)
def _letter(font: Path, character: str) -> str:
    """The character, if the face has it; of Latin letters and of signs the nearest that it has."""
    small = face(font, 40)
    is_latin = not character.isalpha() or unicodedata.name(character, "").startswith("LATIN")
    nearest = unidecode(character) if is_latin else _UNKNOWN
    return next((each for each in (character, nearest) if small.can_write(each)), _UNKNOWN)
