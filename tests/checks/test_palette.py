"""Contrast, in both schemes, for the theme's own colours and for every colour an owner may choose."""

from __future__ import annotations

import colorsys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clinic.domain.checks.palette import contrast, mix, palette, palette_findings
from clinic.models.brand import Brand
from clinic.plugin.stylesheets import theme_colours
from tests.site import CLINICS

if TYPE_CHECKING:
    from tests.site import BuildSite

THEME = theme_colours(Path(__file__).parents[2] / "theme" / "static" / "css")
ON_GROUND = "#f7f1e4"
SOFT, SOFT_NIGHT, SOFT_ON_GROUND = 0.90, 0.76, 0.86
"""The share of the full colour in soft text, as tokens.css mixes it."""


def hue(degrees: int, lightness: float, saturation: float = 0.6) -> str:
    channels = colorsys.hls_to_rgb(degrees / 360, lightness, saturation)
    return "#" + "".join(f"{round(part * 255):02x}" for part in channels)


ACCENTS = ("#ffd400", "#e8590c", "#111111", "#f8c8dc", "#777777", "#ffffff", "#000000", "#2f9e44", "#1971c2")
"""A loud yellow, an orange between white and dark words, nearly black, a pastel …"""
BRANDS = [
    Brand(),
    *(Brand(ink=hue(degrees, 0.16), accent=hue(degrees + 150, 0.26)) for degrees in range(0, 360, 30)),
    *(Brand(accent=accent) for accent in ACCENTS),
    Brand(ink="#4a4a4a", paper="#f5f5f5", accent="#ffd400"),  # hardly dark enough, on grey
    Brand(ink="#000000", paper="#b0b0b0", accent="#1a1a1a"),
]


@pytest.mark.parametrize("brand", BRANDS, ids=lambda brand: f"{brand.ink}-{brand.accent}")
def test_all_text_reaches_seven_to_one_and_buttons_stand_out_in_both_schemes(brand: Brand) -> None:
    assert list(palette_findings(brand, THEME)) == []
    colours = {**THEME, "ground": THEME["ink"], **palette(brand, THEME)}
    soft = colours.get("soft") or mix(colours["ink"], SOFT, colours["paper"])
    soft_night = mix(colours["ink-night"], SOFT_NIGHT, colours["paper-night"])
    for page in ("paper", "sage"):
        for text, ground in (("ink", page), ("ink-night", f"{page}-night")):
            assert contrast(colours[text], colours[ground]) >= 7
        assert contrast(soft, colours[page]) >= 7
        assert contrast(soft_night, colours[f"{page}-night"]) >= 7
    for warm in ("warm", "warm-night"):
        assert contrast("#1d2a1f", colours[warm]) >= 7, "words on a notice and on a mark"
    assert contrast(colours["on-accent"], colours["accent"]) >= 7
    assert contrast("#24100a", colours["accent-night"]) >= 7
    for ground in ("ground", "ground-night"):
        assert contrast(mix(ON_GROUND, SOFT_ON_GROUND, colours[ground]), colours[ground]) >= 7
        assert contrast(colours["accent-night"], colours[ground]) >= 3
    assert contrast(colours.get("edge", colours["accent"]), colours["paper"]) >= 3
    assert contrast(colours["accent-night"], colours["paper-night"]) >= 3


@pytest.mark.parametrize(
    ("accent", "button", "words"),
    [("#ffd400", "#ffd400", "#24100a"), ("#7a1f4b", "#7a1f4b", "#ffffff"), ("#b3266b", "#a32361", "#ffffff")],
)
def test_a_button_keeps_its_colour_where_white_or_dark_words_can_be_read_on_it(
    accent: str, button: str, words: str
) -> None:
    colours = palette(Brand(accent=accent), THEME)
    assert (colours["accent"], colours["on-accent"]) == (button, words)


@pytest.mark.parametrize("accent", ["#141414", "#777777"])
def test_no_button_is_grey_in_the_dark_as_though_it_were_switched_off(accent: str) -> None:
    assert palette(Brand(accent=accent), THEME)["accent-night"] == THEME["ink-night"]


@pytest.mark.parametrize("ink", ["#12233f", None])
def test_the_accent_colours_the_button_and_nothing_else(ink: str | None) -> None:
    pink, lime = (palette(Brand(ink=ink, accent=accent), THEME) for accent in ("#b3266b", "#3f6212"))
    assert {name for name in pink if pink[name] != lime.get(name)} == {"accent", "accent-night"}


def test_text_needs_seven_to_one_on_the_page_and_on_its_tint() -> None:
    for level in range(0x30, 0x80):
        ink = f"#{level:02x}{level:02x}{level:02x}"
        readable = min(contrast(ink, "#ffffff"), contrast(ink, mix(ink, 0.08, "#ffffff"))) >= 7
        assert (list(palette_findings(Brand(ink=ink, paper="#ffffff"), THEME)) == []) is readable, ink


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48)])
def test_contrast_is_what_wcag_makes_of_two_colours(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == ratio


@pytest.mark.parametrize(("key", "colour", "ratio"), [("ink", "#7a8fa6", "7:1"), ("paper", "#5a5a5a", "7:1")])
def test_a_colour_that_cannot_be_read_gets_its_ratio_and_one_that_can(
    build_site: BuildSite, key: str, colour: str, ratio: str
) -> None:
    facts = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8") + f'\nbrand:\n  {key}: "{colour}"\n'
    site = build_site("minimal", {"clinic.yaml": facts})
    [problem] = site.problems
    assert f'{key}: "{colour}" is too hard to read' in problem
    assert f"needed {ratio}" in problem
    suggested = problem.rsplit('"', 2)[1]
    repaired = build_site("minimal", {"clinic.yaml": facts.replace(colour, suggested)})
    assert repaired.problems == []
    assert suggested in repaired.html("/")
