"""The clinic's colours: a whole palette derived from the few that the owner gives, and their contrast.

The theme's ``tokens.css`` has a palette of its own (``--brand-ink`` and others). What is derived here replaces some of
these tokens, for the light scheme and for the dark one (``-night``).
"""

from collections.abc import Callable, Iterator, Mapping
from colorsys import hls_to_rgb, rgb_to_hls
from functools import partial
from math import dist
from typing import TypeAlias

from clinic.domain.checks import Finding
from clinic.models.brand import Brand, Colour

BODY_TEXT = 7.0
"""WCAG 2.2, 1.4.6 (AAA): contrast of text, labels of buttons among it."""
CONTROL = 3.0
"""WCAG 2.2, 1.4.11 (AA): contrast of the edge of a button."""
_WHITE, _BLACK = "#ffffff", "#000000"
_NEARLY_BLACK = "#24100a"
_ON_GROUND = "#f7f1e4"
"""``--color-on-ground`` of ``tokens.css``: words on dark bands."""
_ON_WARM = "#1d2a1f"
"""``--color-on-warm``: words on notices and marks."""
_SOFT, _SOFT_AT_NIGHT, _SOFT_ON_GROUND = 0.9, 0.76, 0.86
"""The shares of the full colour in soft text, as ``tokens.css`` mixes them."""
_STEPS = 100
_TINT = 0.08
"""The share of ink in the tinted surface."""
Tokens: TypeAlias = Mapping[str, Colour]
"""Colours by the names of their CSS tokens, without ``--brand-``."""


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2, definition)."""
    red, green, blue = (_linear(part / 255) for part in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2, definition)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(colour: Colour, share: float, other: Colour) -> Colour:
    """``share`` (0 to 1) of one colour mixed into another, as CSS ``color-mix(in srgb, …)`` does."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one * share + two * (1 - share)):02x}" for one, two in pairs)


def palette(brand: Brand, theme: Tokens) -> dict[str, Colour]:
    """The tokens derived from the clinic's colours, empty where it gives none. ``theme`` has the theme's own tokens."""
    inked = _from_ink(brand, theme)
    return {**inked, **_from_accent(brand, {**theme, "ground": theme["ink"], **inked})}


def palette_findings(brand: Brand, theme: Tokens) -> Iterator[Finding]:
    """Colours of the clinic with too little contrast, each with the nearest one that has enough.

    An accent never is: the button takes the nearest shade of it that has.
    """
    paper = brand.paper or theme["paper"]
    if brand.ink and (ratio := _ink_contrast(brand.ink, paper)) < BODY_TEXT:
        darker = _until(brand.ink, _BLACK, lambda ink: _ink_contrast(ink, paper) >= BODY_TEXT)
        yield _too_weak("ink", "text", brand.ink, ratio, darker)
    if brand.paper and not brand.ink and (ratio := _ink_contrast(theme["ink"], paper)) < BODY_TEXT:
        lighter = _until(paper, _WHITE, lambda background: _ink_contrast(theme["ink"], background) >= BODY_TEXT)
        yield _too_weak("paper", "text on this background", brand.paper, ratio, lighter)


def _ink_contrast(ink: Colour, paper: Colour) -> float:
    """The lower contrast of text on its two backgrounds: the page, and the tinted surface derived from it."""
    return min(contrast(ink, paper), contrast(ink, mix(ink, _TINT, paper)))


def _too_weak(key: str, what: str, colour: Colour, ratio: float, better: Colour) -> Finding:
    contrasts = f"{what}: contrast {ratio:.1f}:1, needed {BODY_TEXT:g}:1"
    return Finding("clinic", ("brand", key), f'{key}: "{colour}" is too hard to read ({contrasts}); try "{better}"')


def _from_ink(brand: Brand, theme: Tokens) -> dict[str, Colour]:
    if not (brand.ink or brand.paper):
        return {}
    ink, paper = brand.ink or theme["ink"], brand.paper or theme["paper"]
    night, sage = mix(ink, 0.3, "#0a0a0a"), mix(ink, _TINT, paper)
    soft_night = mix(theme["ink-night"], _SOFT_AT_NIGHT, night)
    tints = {
        "warm": _until(mix(ink, 0.17, paper), _WHITE, partial(_carries, _ON_WARM)),
        "sand": mix(ink, 0.11, paper),
        "warm-night": _until(mix(_WHITE, 0.78, ink), _WHITE, partial(_carries, _ON_WARM)),
        "sand-night": mix(_WHITE, 0.3, ink),
    }
    return {
        **(tints if brand.ink else {}),  # beside the theme's own ink its own colours stay
        "ink": ink,
        "paper": paper,
        "soft": _until(mix(ink, _SOFT, paper), ink, partial(_carries, sage)),
        "sage": sage,
        "leaf": mix(ink, 0.28, paper),
        "ground": _until(ink, _BLACK, _carries_soft_words),
        "paper-night": night,
        "sage-night": _until(mix(_WHITE, _TINT, night), night, partial(_carries, soft_night)),
        "leaf-night": mix(_WHITE, 0.45, ink),
        "ground-night": _until(mix(_WHITE, 0.12, ink), _BLACK, _carries_soft_words),
    }


def _carries_soft_words(ground: Colour) -> bool:
    return contrast(mix(_ON_GROUND, _SOFT_ON_GROUND, ground), ground) >= BODY_TEXT


def _from_accent(brand: Brand, theme: Tokens) -> dict[str, Colour]:
    """The button's colours and no other: what else had the accent's hue would look as though it booked.

    It is the accent, or the nearest shade that carries white words or dark ones; where it hardly differs from the
    page, as yellow does from paper, it has an edge of ink.
    """
    if not brand.accent:
        return {}
    bands = (theme["ground"], theme["ground-night"], theme["paper-night"])

    def stands_out(accent: Colour) -> bool:
        """Whether the label, which is nearly black, and the button on every dark band have enough contrast."""
        return contrast(accent, _NEARLY_BLACK) >= BODY_TEXT and all(contrast(accent, band) >= CONTROL for band in bands)

    own = brand.accent
    shades = [
        (_shade(own, lightness, partial(_carries, label)), label)
        for lightness, label in ((0.0, _WHITE), (1.0, _NEARLY_BLACK))
    ]
    accent, label = min(shades, key=lambda shade: dist(_channels(shade[0]), _channels(own)))
    seen = min(contrast(accent, theme[page]) for page in ("paper", "sage")) >= CONTROL
    return {
        "accent": accent,
        "on-accent": label,
        **({} if seen else {"edge": theme["ink"]}),
        # A lighter grey would look as though the button were switched off.
        "accent-night": theme["ink-night"] if _is_grey(own) else _shade(own, 1.0, stands_out),
    }


def _carries(label: Colour, colour: Colour) -> bool:
    """Whether one of the two can be read on the other."""
    return contrast(label, colour) >= BODY_TEXT


def _is_grey(colour: Colour) -> bool:
    return max(_channels(colour)) - min(_channels(colour)) < 24


def _shade(colour: Colour, lightness: float, good_enough: Callable[[Colour], bool]) -> Colour:
    """The first shade on the way to ``lightness`` (0 or 1) that will do, as vivid as the colour and of its hue."""
    hue, own, saturation = rgb_to_hls(*(channel / 255 for channel in _channels(colour)))
    steps = (own + (lightness - own) * step / _STEPS for step in range(_STEPS + 1))
    shades = ("#" + "".join(f"{round(255 * part):02x}" for part in hls_to_rgb(hue, step, saturation)) for step in steps)
    return next(filter(good_enough, shades), _WHITE if lightness else _BLACK)


def _until(colour: Colour, towards: Colour, good_enough: Callable[[Colour], bool]) -> Colour:
    """The first colour on the way to ``towards``, in steps of one hundredth, that is good enough."""
    tries = (mix(towards, step / _STEPS, colour) for step in range(_STEPS + 1))
    return next((tried for tried in tries if good_enough(tried)), towards)


def _channels(colour: Colour) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
