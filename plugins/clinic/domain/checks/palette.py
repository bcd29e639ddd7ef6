"""The clinic's colours: a whole palette from the few that the owner gives, each checked for contrast.

The theme's ``tokens.css`` holds a palette of its own, ``--brand-ink`` and its kin. What is derived here replaces some
of them, in the light scheme and in its twin for the dark one (``-night``).
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from clinic.models.brand import Brand

BODY_TEXT = 7.0
"""WCAG 2.2, 1.4.6 (AAA): text a visitor reads."""
LABEL_TEXT = 4.5
"""WCAG 2.2, 1.4.3 (AA): words on a button."""
CONTROL = 3.0
"""WCAG 2.2, 1.4.11 (AA): the edge of a button."""
_WHITE, _BLACK = "#ffffff", "#000000"
_NEARLY_BLACK = "#24100a"
_STEPS = 100
_TINT = 0.08
"""The share of ink in the tinted surface."""
_LINEAR_BELOW = 0.04045
Colour: TypeAlias = str
Tokens: TypeAlias = Mapping[str, Colour]


class PaletteFinding(NamedTuple):
    """``key`` of ``brand`` in clinic.yaml, and what is wrong with its colour."""

    key: str
    message: str


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2, definition)."""
    red, green, blue = (_linear(part / 255) for part in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2, definition)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(colour: Colour, share: float, other: Colour) -> Colour:
    """``share`` (0 to 1) of one colour in another, as CSS ``color-mix(in srgb, …)`` does."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one * share + two * (1 - share)):02x}" for one, two in pairs)


def palette(brand: Brand, theme: Tokens) -> dict[str, Colour]:
    """The tokens that follow from the clinic's colours; empty where it gives none. ``theme`` are the theme's own."""
    inked = _from_ink(brand, theme)
    return {**inked, **_from_accent(brand, {**theme, "ground": theme["ink"], **inked})}


def palette_findings(brand: Brand, theme: Tokens) -> Iterator[PaletteFinding]:
    """Colours of the clinic that cannot be read on what they stand on, each with a near one that can."""
    paper = brand.paper or theme["paper"]
    if brand.ink and (ratio := _ink_contrast(brand.ink, paper)) < BODY_TEXT:
        darker = _until(brand.ink, _BLACK, lambda ink: _ink_contrast(ink, paper) >= BODY_TEXT)
        yield PaletteFinding("ink", _too_weak("text", brand.ink, ratio, BODY_TEXT, darker))
    if brand.accent and (ratio := contrast(brand.accent, _WHITE)) < LABEL_TEXT:
        darker = _until(brand.accent, _BLACK, lambda accent: contrast(accent, _WHITE) >= LABEL_TEXT)
        yield PaletteFinding("accent", _too_weak("white words on the button", brand.accent, ratio, LABEL_TEXT, darker))
    if brand.paper and not brand.ink and (ratio := _ink_contrast(theme["ink"], paper)) < BODY_TEXT:
        lighter = _until(paper, _WHITE, lambda background: _ink_contrast(theme["ink"], background) >= BODY_TEXT)
        yield PaletteFinding("paper", _too_weak("text on this background", brand.paper, ratio, BODY_TEXT, lighter))


def _ink_contrast(ink: Colour, paper: Colour) -> float:
    """Of text on the harder of its two backgrounds, the page and the tinted surface that follows from it."""
    return min(contrast(ink, paper), contrast(ink, mix(ink, _TINT, paper)))


def _too_weak(what: str, colour: Colour, ratio: float, wanted: float, suggested: Colour) -> str:
    return f'"{colour}" is too hard to read ({what}: contrast {ratio:.1f}:1, needed {wanted:g}:1); try "{suggested}"'


def _from_ink(brand: Brand, theme: Tokens) -> dict[str, Colour]:
    if not (brand.ink or brand.paper):
        return {}
    ink, paper = brand.ink or theme["ink"], brand.paper or theme["paper"]
    night = mix(ink, 0.3, "#0a0a0a")
    return {
        "ink": ink,
        "paper": paper,
        "sage": mix(ink, _TINT, paper),
        "leaf": mix(ink, 0.28, paper),
        "ground": ink,
        "paper-night": night,
        "sage-night": mix(_WHITE, 0.08, night),
        "leaf-night": mix(_WHITE, 0.45, ink),
        "ground-night": _until(
            mix(_WHITE, 0.12, ink), _BLACK, lambda ground: contrast(theme["ink-night"], ground) >= LABEL_TEXT
        ),
    }


def _from_accent(brand: Brand, theme: Tokens) -> dict[str, Colour]:
    if not brand.accent:
        return {}
    paper = theme["paper"]
    bands = (theme["ground"], theme["ground-night"], theme["paper-night"])

    def stands_out(accent: Colour) -> bool:
        """The button's words are nearly black, and it must be seen on every dark band."""
        return contrast(accent, _NEARLY_BLACK) >= BODY_TEXT and all(contrast(accent, band) >= CONTROL for band in bands)

    return {
        "accent": brand.accent,
        "warm": mix(brand.accent, 0.5, paper),
        "sand": mix(brand.accent, 0.22, paper),
        "accent-night": _until(brand.accent, _WHITE, stands_out),
        "warm-night": mix(brand.accent, 0.45, _WHITE),
        "sand-night": mix(brand.accent, 0.35, "#b7a37c"),
    }


def _until(colour: Colour, towards: Colour, good_enough: Callable[[Colour], bool]) -> Colour:
    """The nearest colour on the way to black or white that is good enough."""
    tries = (mix(towards, step / _STEPS, colour) for step in range(_STEPS + 1))
    return next((tried for tried in tries if good_enough(tried)), towards)


def _channels(colour: Colour) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _LINEAR_BELOW else ((channel + 0.055) / 1.055) ** 2.4
