"""How people book: a link for the whole clinic, or the ways to ask."""

from enum import Enum
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from clinic.facts.base import Fact, Url, _as_list, _unique


class BookingMethod(Enum):
    """A way to ask for an appointment, in the order the owner wants them offered."""

    ONLINE = "online"
    PHONE = "phone"
    TEXT = "text"
    WHATSAPP = "whatsapp"
    EMAIL = "email"


class Booking(Fact):
    """``url`` is where the visitor books online; without it the book page offers ``methods``."""

    url: Url | None = None
    methods: Annotated[tuple[BookingMethod, ...], BeforeValidator(_as_list), AfterValidator(_unique)] = (
        BookingMethod.ONLINE,
        BookingMethod.PHONE,
        BookingMethod.TEXT,
        BookingMethod.WHATSAPP,
        BookingMethod.EMAIL,
    )
