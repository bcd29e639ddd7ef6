"""One thing that a text says, in a form that can be compared."""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What can be proved; the value is how a sentence calls one of its kind."""

    PHONE = "number"
    EMAIL = "e-mail address"
    POSTCODE = "postcode"
    PRICE = "price"
    HOURS = "opening time"
    REGISTRATION = "registration number"


@dataclass(frozen=True)
class Claim:
    """``written`` as it stands in the text between ``start`` and ``end``; ``normal`` is equal for equal meanings."""

    kind: Kind
    written: str
    normal: Hashable
    start: int = 0
    end: int = 0
