"""The clinic's own logo and mark on every page, and the icons and the share picture that are made from them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from clinic.content.folder import refusal
from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.domain.pages.media import Image, PublishedImages
from clinic.models.brand import BrandPicture
from clinic.models.types import KeyPath
from clinic.rendering.images.brand import SHARE_PICTURE, SHARE_SIZE, Look, OwnPicture, brand_files
from clinic.rendering.images.cache import ImageCache, NotOpenedError
from clinic.rendering.images.decode import ImageError

_FOLDER = "theme/"
_FONT = Path("static/fonts/display.woff2")
_DRAWING = Path("drawing/kinetic-line.svg")
_DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 594" width="1200" height="594"><style>'
    ".kinetic-line__stroke{{fill:none;stroke:{ink};stroke-width:52}}"
    ".kinetic-line__pivots{{fill:none;stroke:{ink};stroke-width:22;stroke-linecap:round}}"
    ".kinetic-line__ripples{{fill:none;stroke:{ink};stroke-opacity:.18;stroke-width:3}}"
    ".kinetic-line__ankle{{fill:{warm}}}.kinetic-line__hip{{fill:{sand}}}"
    ".kinetic-line__knee,.kinetic-line__spine{{fill:{leaf}}}</style>"
    '<g transform="translate(680 -11.5) scale(.755)">{drawing}</g></svg>'
)
"""The theme's drawing at the right of a share picture; its stroke runs on to the left as the top of the band."""


@dataclass(frozen=True)
class ShownPicture:
    """A logo or a mark as pages show it; ``dark`` is the one for the dark scheme, where the owner has two."""

    light: Image
    dark: Image | None


def brand_images(clinic: ClinicOnDay) -> Iterator[tuple[KeyPath, str]]:
    """Every picture that ``brand`` names, with the key path that names it."""
    for key in ("logo", "mark"):
        if picture := getattr(clinic.brand, key):
            yield ("brand", key, "light"), picture.light
            if picture.dark:
                yield ("brand", key, "dark"), picture.dark


def shown_picture(images: PublishedImages, picture: BrandPicture | None, alt: str) -> ShownPicture | None:
    """As pages show it; None where there is none, or it cannot be published."""
    light = images.image(picture.light, alt) if picture else None
    return ShownPicture(light, images.image(picture.dark, alt)) if picture and light else None


def share_image(clinic: ClinicOnDay) -> Image:
    """The picture that stands in on share cards where a page has none."""
    return Image(f"{_FOLDER}{SHARE_PICTURE}", ", ".join(filter(None, (clinic.name, _place(clinic)))), *SHARE_SIZE)


def look_of(clinic: ClinicOnDay, content: Path, theme: Path, colours: Mapping[str, str], cache: ImageCache) -> Look:
    """What icons and share pictures show of a clinic."""
    drawing = None
    if clinic.brand.drawing == "line":
        inside = (theme / _DRAWING).read_text("utf-8").partition(">")[2].rpartition("</svg>")[0]
        drawing = _DRAWN.format(drawing=inside, **colours)
    return Look(
        name=clinic.name,
        place=_place(clinic),
        colours=colours,
        font=theme / _FONT,
        mark=_own(clinic.brand.mark, content, cache),
        logo=_own(clinic.brand.logo, content, cache),
        drawing=drawing,
    )


def icon_files(look: Look, cache: ImageCache) -> dict[str, Path]:
    """The icons and the share picture, by their paths from the root of the site; made once for what they show."""
    return {f"{_FOLDER}{name}": file for name, file in cache.kept(look.key, lambda: brand_files(look)).items()}


def _own(picture: BrandPicture | None, content: Path, cache: ImageCache) -> OwnPicture | None:
    """What pages show of it in light; one that cannot be read has its diagnostic where images are made ready."""
    if picture is None or refusal(content / picture.light, content):
        return None
    try:
        file = cache.get(content / picture.light).files[-1].path
        return OwnPicture(file.read_bytes(), is_svg=file.suffix == ".svg")
    except (ImageError, NotOpenedError):
        return None


def _place(clinic: ClinicOnDay) -> str:
    """The towns where people come to, if they are few; where nobody does, how far the clinic goes to them."""
    if clinic.has_many_locations:
        return ""
    towns = dict.fromkeys(place.address.locality for place in clinic.places if place.address)
    return ", ".join(towns) or clinic.home_location.short_address
