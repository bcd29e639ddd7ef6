"""The clinic's look: its colours, and the face of its headings."""

import re
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator

from clinic.models.base import Record


def _colour(value: str) -> str:
    if not re.fullmatch("#[0-9a-fA-F]{6}", value):
        raise ValueError(f'"{value}" is not a colour; write # and its six figures in quotes, like "#12443f"')
    return value


Colour: TypeAlias = Annotated[str, AfterValidator(_colour)]


class Brand(Record):
    """The clinic's look: CSS hexadecimal colours, and the face of headings (the theme's own unless said)."""

    ink: Colour | None = None
    """Text, and the dark bands."""
    accent: Colour | None = None
    """The booking button, and nothing else."""
    paper: Colour | None = None
    """The background."""
    font: Literal["display", "serif", "system"] = "display"
