"""Countries, by the two letters of ISO 3166."""

from typing import Annotated, TypeAlias

import phonenumbers
from pydantic import AfterValidator

_LIKELY = {"UK": "GB", "EN": "GB"}
"""What is written in place of a code."""


def is_country(code: str) -> bool:
    """Whether telephone numbers can be read as they are written there."""
    return code in phonenumbers.SUPPORTED_REGIONS


def _country(code: str) -> str:
    if not is_country(code):
        likely = _LIKELY.get(code.upper(), "the two letters of its code, for example GB")
        raise ValueError(f'"{code}" is not a country code; write {likely}')
    return code


Country: TypeAlias = Annotated[str, AfterValidator(_country)]
"""A country by its code, for example GB."""
