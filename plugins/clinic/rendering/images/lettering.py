"""Words in pictures: the theme's display face, which FreeType reads as WOFF2, and the initials of a name."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

_LEFT_OUT = frozenset(
    "the a an and of for at in on & + dr dr. mr mr. mrs mrs. ms ms. prof prof. y yr der die das und für".split()
)
"""Words that no initial stands for, in small letters."""
_MOST_INITIALS = 2
LINE = 1.06
"""The height of a line of large words, as a share of their size."""
_LONGEST_ABBREVIATION = 3
_MEASURED = 100
"""The size in which words are measured, in pixels."""
_CARRIERS = {"\u0300": "àÀ", "\u0301": "áÁ", "\u0302": "âÂ", "\u0303": "ãÃ", "\u0308": "äÄ", "\u030a": "åÅ"}
"""For each accent (Unicode combining mark), letters of Latin-1 that have it, whose accent can be set on others."""


def initials(name: str) -> str:
    """One or two letters that stand for a name, in capitals: ``QO`` for "The Quay Osteopaths", ``QMT`` if it has that.

    Empty where the name has no letter or digit.
    """
    words = [word for word in unicodedata.normalize("NFC", name).split() if any(map(str.isalnum, word))]
    telling = [word for word in words if word.casefold() not in _LEFT_OUT] or words
    if not telling:
        return ""
    first = "".join(filter(str.isalnum, telling[0]))
    if 1 < len(first) <= _LONGEST_ABBREVIATION and first.isupper():
        return first
    letters = (next(filter(str.isalnum, word)) for word in telling)
    return "".join(letter.upper()[:1] for letter in letters)[:_MOST_INITIALS]


class Face:
    """The display face in one size, in pixels.

    It is laid out by Pillow itself: with Raqm, which is not on every machine, two machines would set two widths.
    """

    def __init__(self, file: Path, size: int) -> None:
        self.size = size
        self._file = file
        self._font = ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)
        self._glyphs: dict[str, tuple[Image.Image | None, tuple[int, int]]] = {}
        self._advances: dict[str, float] = {}

    def _spelt(self, text: str) -> Iterator[tuple[str, str]]:
        """Each letter as the face has it, and the accent to be set on it; the letter is empty where it has none."""
        for character in unicodedata.normalize("NFC", text):
            base, *marks = [*unicodedata.normalize("NFD", character)]
            if _has(self._file, character):
                yield character, ""
            elif len(marks) == 1 and marks[0] in _CARRIERS and _has(self._file, base):
                yield base, marks[0]
            else:
                yield "", ""

    def can_write(self, text: str) -> bool:
        """Whether the face has all letters of a text; those of Latin-1 with one accent can be put together."""
        return all(letter for letter, _ in self._spelt(text))

    def width(self, text: str) -> float:
        """Of a text on one line, in pixels."""
        return float(self._font.getlength("".join(letter for letter, _ in self._spelt(text))))

    def box(self, text: str) -> tuple[float, float, float, float]:
        """What the ink of a text covers: left, top, right, bottom, from the point that ``write`` is given."""
        return self._font.getbbox("".join(letter for letter, _ in self._spelt(text)))

    def write(self, picture: Image.Image, at: tuple[float, float], text: str, colour: str | int) -> None:
        """Write a text into an RGB picture, or a mask (mode L), its ascender at a point."""
        left, spelt = at[0], [*self._spelt(text)]
        for (letter, mark), (following, _) in zip(spelt, (*spelt[1:], ("", "")), strict=True):
            mask, (across, down) = self._glyph(letter)
            if mask:
                picture.paste(colour, (round(left + across), round(at[1] + down)), mask)
            if mark:
                middle = left + self._advance(letter, "") / 2
                self._set_accent(picture, (middle, at[1]), _CARRIERS[mark][letter.isupper()], colour)
            left += self._advance(letter, following)

    def _glyph(self, letter: str) -> tuple[Image.Image | None, tuple[int, int]]:
        """The ink of one letter as a mask, drawn once, and where its corner is; no ink of a space."""
        if letter not in self._glyphs:
            box = tuple(map(round, self._font.getbbox(letter)))
            size = (box[2] - box[0], box[3] - box[1])
            mask = Image.new("L", size) if min(size) > 0 else None
            if mask:
                ImageDraw.Draw(mask).text((-box[0], -box[1]), letter, fill=255, font=self._font)
            self._glyphs[letter] = mask, (box[0], box[1])
        return self._glyphs[letter]

    def _advance(self, letter: str, following: str) -> float:
        """From one letter to the next, in pixels, with what the face takes away or adds between the two."""
        pair = letter + following
        if pair not in self._advances:
            self._advances[pair] = float(self._font.getlength(pair) - self._font.getlength(following))
        return self._advances[pair]

    def _set_accent(self, picture: Image.Image, at: tuple[float, float], carrier: str, colour: str | int) -> None:
        """The accent of another letter, its middle at a point."""
        bare = unicodedata.normalize("NFD", carrier)[0]
        size = (2 * self.size, 2 * self.size)
        with_it, without = Image.new("L", size), Image.new("L", size)
        ImageDraw.Draw(with_it).text((self.size // 2, 0), carrier, fill=255, font=self._font)
        ImageDraw.Draw(without).text((self.size // 2, 0), bare, fill=255, font=self._font)
        accent = ImageChops.subtract(with_it, without)
        left = round(at[0] - self.size // 2 - self.width(bare) / 2)
        picture.paste(colour, (left, round(at[1])), accent)


@lru_cache(maxsize=512)
def _has(file: Path, character: str) -> bool:
    """Whether a face has a letter: for others it has one sign, that of a character that is none."""
    small, missing = _small(file)
    shown = small.getmask(character)
    return character.isspace() or (shown.size, bytes(shown)) != missing


@lru_cache(maxsize=8)
def _small(file: Path) -> tuple[ImageFont.FreeTypeFont, tuple[tuple[int, int], bytes]]:
    """A face as small as will do to compare letters, unpacked once, and its sign for those that it has not."""
    small = ImageFont.truetype(str(file), 12, layout_engine=ImageFont.Layout.BASIC)
    missing = small.getmask("\uffff")
    return small, (missing.size, bytes(missing))


@lru_cache(maxsize=64)
def face(file: Path, size: int) -> Face:
    """The face in a size, read once."""
    return Face(file, size)


def without_signs(text: str) -> str:
    """A text without emoji and other signs that no face for words has (Unicode general categories S and C)."""
    kept = (
        character if unicodedata.category(character) not in {"So", "Sk", "Cf", "Cn", "Co", "Cs"} else " "
        for character in text.replace("\ufe0f", "")
    )
    return " ".join("".join(kept).split())


def lines_of(file: Path, text: str, room: tuple[int, int], sizes: range) -> tuple[Face, list[str]]:
    """The largest of ``sizes`` in which a text fits into ``room`` (width and height, in pixels), and its lines.

    In the smallest, words that are wider are broken anywhere.
    """
    width, height = room
    for size in sizes:
        lines = _wrapped(face(file, size), text.split(), width)
        if len(lines) * size * LINE <= height and all(face(file, size).width(line) <= width for line in lines):
            return face(file, size), lines
    smallest = face(file, sizes[-1])
    pieces = [piece for word in text.split() for piece in _broken(smallest, word, width)]
    return smallest, _wrapped(smallest, pieces, width)


def _wrapped(font: Face, words: list[str], width: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.width(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _broken(font: Face, word: str, width: int) -> Iterator[str]:
    piece = ""
    for character in word:
        if piece and font.width(piece + character) > width:
            yield piece
            piece = ""
        piece += character
    yield piece


def fitted_lines(file: Path, text: str, room: tuple[int, int], sizes: range) -> tuple[Face, list[str]]:
    """As ``lines_of``, measured once, and never higher than the room: what is too much ends in "…".

    Words are measured in one large size: in others they are as wide but for the rounding of FreeType, at most 2%.
    """
    words = text.split()
    widths, space = [_width(file, word) for word in words], _width(file, " ")
    for size in sizes:
        most = room[0] * _MEASURED / size / 1.02
        lines: list[str] = []
        wide = most
        for word, width in zip(words, widths, strict=True):
            if wide + space + width <= most:
                lines[-1] += f" {word}"
                wide += space + width
            else:
                lines.append(word)
                wide = width
        if len(lines) * size * LINE <= room[1] and max(widths, default=0) <= most:
            return face(file, size), lines
    font, lines = lines_of(file, text, room, sizes[-1:])
    most_lines = max(1, int(room[1] // (font.size * LINE)))
    if len(lines) > most_lines:
        last = lines[most_lines - 1]
        while last and font.width(f"{last}…") > room[0]:
            last = last[:-1].rstrip()
        lines = [*lines[: most_lines - 1], f"{last}…"]
    return font, lines


@lru_cache(maxsize=4096)
def _width(file: Path, word: str) -> float:
    return face(file, _MEASURED).width(word)
