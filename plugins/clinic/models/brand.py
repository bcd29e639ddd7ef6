"""``brand`` in clinic.yaml: the clinic's colours, letters, logo and mark."""

import re
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from clinic.models.base import Record
from clinic.models.types import Text, checked, from_text

_COLOUR = re.compile("#[0-9a-fA-F]{6}")
Colour: TypeAlias = Annotated[
    str, checked(_COLOUR.fullmatch, 'is not a colour; write # and its six figures in quotes, like "#12443f"')
]
"""A CSS hexadecimal colour, ``#12443f``."""


class BrandPicture(Record):
    """A logo or a mark: files under ``content/``. One file alone is written as that: ``logo: images/logo.svg``."""

    light: Text = Field(description="the picture, such as images/logo.svg")
    dark: Text | None = Field(default=None, description="another for dark screens, such as images/logo-dark.svg")


OwnPicture: TypeAlias = Annotated[BrandPicture, from_text(lambda path: {"light": path})]


class Brand(Record):
    """``brand`` in clinic.yaml. A colour that is not given is the theme's."""

    ink: Colour | None = Field(default=None, description='the colour of text and dark bands, like "#12443f"')
    accent: Colour | None = Field(default=None, description="the colour of the booking button alone")
    paper: Colour | None = Field(default=None, description="the colour of the background")
    font: Literal["display", "serif", "system"] = Field(
        default="display", description="the typeface of headings: display, serif or system"
    )
    logo: OwnPicture | None = Field(
        default=None,
        description="your logo, in place of the name at the top of each page: an SVG or a PNG, such as images/logo.svg",
    )
    mark: OwnPicture | None = Field(
        default=None, description="a square sign for icons and beside the name, such as images/mark.svg"
    )
    drawing: Literal["none", "line"] = Field(
        default="none", description="line for a line that rises through four joints, at the top of each page"
    )
