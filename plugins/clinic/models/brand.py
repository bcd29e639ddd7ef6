"""The clinic's look: its colours, and the typeface of its headings."""

import re
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field

from clinic.models.base import Record


def _colour(value: str) -> str:
    if not re.fullmatch("#[0-9a-fA-F]{6}", value):
        raise ValueError(f'"{value}" is not a colour; write # and its six figures in quotes, like "#12443f"')
    return value


Colour: TypeAlias = Annotated[str, AfterValidator(_colour)]
"""A CSS hexadecimal colour, ``#12443f``."""


class Brand(Record):
    """``brand`` in clinic.yaml. A colour that is not given is the theme's."""

    ink: Colour | None = Field(default=None, description='the colour of text and dark bands, like "#12443f"')
    accent: Colour | None = Field(default=None, description="the colour of the booking button alone")
    paper: Colour | None = Field(default=None, description="the colour of the background")
    font: Literal["display", "serif", "system"] = Field(
        default="display", description="the typeface of headings: display, serif or system"
    )
