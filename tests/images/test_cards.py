"""The pictures that go with shared links: every title has its room, and a photograph shows what matters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops, ImageColor
from pydantic import ValidationError

from clinic.models.base import WithImage
from clinic.plugin.stylesheets import theme_colours
from clinic.rendering.images.brand import SHARE_SIZE, Look
from clinic.rendering.images.cards import RATIOS, CardPhoto, Cards, crop_file, crop_size, cropped
from clinic.rendering.images.encode import RowsOfPng
from tests.images.photos import BLUE, RED, colour_at, is_near, opened, saved
from tests.site import ROOT

if TYPE_CHECKING:
    from pathlib import Path

THEME = ROOT / "theme"
TITLES = {
    "three letters": "Hip",
    "a question": "Ankles & the coast path: “how far?”",
    "140 characters": "Sore heels in the morning, what helps in the first weeks and what does not, and when it is "
    "time to have somebody look at them, step by step.",
    "one long word": "Rückenmuskulaturaufbautrainingsprogrammverantwortliche" * 2,
    "German": "Rückenschmerzen im Alltag: Was hilft, wenn langes Sitzen die Bandscheiben überfordert – Übungen",
    "Welsh": "Ymarferion i’r pen-glin yn eich tŷ eich hun, gŵyl y banc ai peidio",
    "140 wide letters": "MWMW " * 28,
    "an emoji": "Run well 🏃 in winter",
}


FONT = THEME / "static" / "fonts" / "display.woff2"
LOOK = Look("Dunmore Movement Clinic", "Dunmore", dict(theme_colours(THEME / "static" / "css")), FONT)
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 594"><linearGradient id="a"><stop stop-color="#123"/>'
    '<stop offset="1" stop-color="#fb4"/></linearGradient><circle cx="900" cy="300" r="200" fill="url(#a)"/></svg>'
)


@pytest.fixture(scope="module")
def cards() -> Cards:
    return Cards(LOOK)


@pytest.fixture(scope="module")
def portrait(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Red above, blue below."""
    image = Image.new("RGB", (800, 1200), RED)
    image.paste(BLUE, (0, 600, 800, 1200))
    file = tmp_path_factory.mktemp("cards") / "portrait.jpg"
    file.write_bytes(saved(image, "JPEG"))
    return file


@pytest.mark.parametrize("has_photo", [False, True], ids=["drawn", "photograph"])
@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_a_title_of_any_length_stays_in_its_room(cards: Cards, portrait: Path, title: str, has_photo: bool) -> None:
    assert cards.can_show(title)
    shown = CardPhoto(portrait) if has_photo else None
    card, empty = (opened(cards.card(words, shown)).convert("RGB") for words in (title, " "))
    assert card.size == SHARE_SIZE == (1200, 630)
    changed = ImageChops.difference(card, empty).convert("L").point([0] * 60 + [255] * 196)
    left, top, right, bottom = changed.getbbox() or (0, 0, 0, 0)
    assert left >= 70
    assert top >= 100
    assert right <= (700 - 20 if has_photo else 1200 - 70)
    assert bottom <= 530
    assert right - left > 60


def test_a_card_is_jpeg_with_a_photograph_and_a_small_png_without(cards: Cards, portrait: Path) -> None:
    drawn, with_photo = cards.card("Knees", None), cards.card("Knees", CardPhoto(portrait))
    assert opened(drawn).format == "PNG"
    assert len(drawn) < 40_000
    assert opened(with_photo).format == "JPEG"
    assert is_near(colour_at(opened(with_photo), 0.9, 0.1), RED)
    assert is_near(colour_at(opened(with_photo), 0.9, 0.9), BLUE)


def test_the_same_words_always_make_the_same_card(cards: Cards, portrait: Path) -> None:
    again = Cards(LOOK)
    for shown in (None, CardPhoto(portrait)):
        assert cards.card("Knees", shown) == again.card("Knees", shown)
    assert cards.key("Knees", "") == again.key("Knees", "")
    assert len({cards.key("Knees", ""), cards.key("Knee", ""), cards.key("Knees", "a photo")}) == 3


@pytest.mark.parametrize("drawing", [None, DRAWING], ids=["words alone", "a drawing in many colours"])
def test_the_colours_of_a_card_are_those_of_the_clinic(drawing: str | None) -> None:
    card = opened(Cards(replace(LOOK, drawing=drawing)).card("Knees", None)).convert("RGB")
    for name, place in {"paper": (0.02, 0.02), "warm": (0.08, 0.13), "ink": (0.5, 0.99)}.items():
        assert colour_at(card, *place) == ImageColor.getrgb(LOOK.colours[name]), name


@pytest.mark.parametrize("colours", [3, 16, 17, 256])
@pytest.mark.parametrize("rows", [(0, 0), (0, 20), (5, 6), (3, 17), (19, 20)])
def test_a_png_made_of_packed_rows_is_the_picture(colours: int, rows: tuple[int, int]) -> None:
    ground = Image.frombytes("P", (30, 20), bytes(place * 7 % colours for place in range(600)))
    ground.putpalette([value for number in range(colours) for value in (number, 255 - number, number // 2)])
    picture = ground.copy()
    for row in range(*rows):
        picture.paste(1, (row, row, 30, row + 1))
    for each in (picture, ground, picture):
        read = opened(RowsOfPng(ground).png(each))
        assert ImageChops.difference(read.convert("RGB"), each.convert("RGB")).getbbox() is None


@pytest.mark.parametrize(
    ("title", "can"), [("Ból kręgosłupa", True), ("Болит колено", False), ("膝の痛み", False), ("🏃", False)]
)
def test_latin_letters_are_written_and_a_title_in_others_leaves_the_card_to_the_clinic(
    cards: Cards, title: str, can: bool
) -> None:
    assert cards.can_show(title) == can


@pytest.mark.parametrize(("focus", "colour"), [("50% 0%", RED), ("50% 100%", BLUE)])
def test_what_must_be_seen_is_in_every_shape(portrait: Path, focus: str, colour: tuple[int, ...]) -> None:
    for ratio in RATIOS.values():
        size = crop_size(800, 1200, ratio)
        assert size[0] * ratio[1] == pytest.approx(size[1] * ratio[0], abs=ratio[0])
        image = cropped(CardPhoto(portrait, focus), size)
        assert image.size == size == opened(crop_file(CardPhoto(portrait, focus), size)).size
        assert is_near(colour_at(image, 0.5, 0.1 if colour == RED else 0.9), colour)


@pytest.mark.parametrize(
    ("written", "focus"),
    [
        ("top", "50% 0%"),
        ("Bottom", "50% 100%"),
        ("left", "0% 50%"),
        ("top right", "100% 0%"),
        ("right, top", "100% 0%"),
        ("centre", "50% 50%"),
        ("30% 20%", "30% 20%"),
        ("30%, 100%", "30% 100%"),
    ],
)
def test_the_part_that_matters_is_named_in_words_or_shares(written: str, focus: str) -> None:
    record = WithImage.model_validate({"image": "a.jpg", "image_alt": "A", "image_focus": written})
    assert record.image_focus == focus


@pytest.mark.parametrize("written", ["the face", "top bottom", "left right", "30%", "130% 10%", "30 20"])
def test_a_part_that_is_none_is_told_with_what_to_write(written: str) -> None:
    with pytest.raises(ValidationError, match="is no part of a picture; write top, bottom, left, right"):
        WithImage.model_validate({"image": "a.jpg", "image_alt": "A", "image_focus": written})


def test_a_part_of_no_picture_is_told() -> None:
    with pytest.raises(ValidationError, match="there is no image whose part this could be"):
        WithImage.model_validate({"image_focus": "top"})
