"""How people book: a link for the whole clinic, or the ways to ask."""

from enum import Enum
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, model_validator

from clinic.facts.base import Fact, KeyFault, Text, Url, _as_list, _unique
from clinic.facts.booking_providers import PLAIN_LINK, PROVIDERS, Provider
from clinic.facts.wording import suggestion


class BookingMethod(Enum):
    """A way to ask for an appointment, in the order the owner wants them offered."""

    ONLINE = "online"
    PHONE = "phone"
    TEXT = "text"
    WHATSAPP = "whatsapp"
    EMAIL = "email"


def _provider(word: str) -> str:
    if word not in PROVIDERS:
        raise ValueError(f'"{word}" is not a booking service known by name{suggestion(word, PROVIDERS)}')
    return word


class Booking(Fact):
    """``url`` is where the visitor books online; without it the book page offers ``methods``."""

    provider: Annotated[str, AfterValidator(_provider)] = PLAIN_LINK
    url: Url | None = None
    embed: bool = False
    """Whether the book page can show the provider's form in itself, once the visitor asks for it."""
    campaign: bool = True
    """Whether the links to the provider say which page, and which place on it, they stand on."""
    methods: Annotated[tuple[BookingMethod, ...], BeforeValidator(_as_list), AfterValidator(_unique)] = (
        BookingMethod.ONLINE,
        BookingMethod.PHONE,
        BookingMethod.TEXT,
        BookingMethod.WHATSAPP,
        BookingMethod.EMAIL,
    )

    @property
    def online(self) -> str | None:
        """The clinic's booking address, None where it takes no bookings online."""
        return self.url if BookingMethod.ONLINE in self.methods else None

    @property
    def service(self) -> Provider:
        """What is known of the provider."""
        return PROVIDERS[self.provider]


class Bookable(Fact):
    """A record that people may book: a service, a person, a place. ``booking_id`` is what the provider calls it."""

    booking_url: Url | None = None
    booking_id: Text | None = None

    @property
    def has_own_booking(self) -> bool:
        """Whether it has an address of its own to be booked at."""
        return bool(self.booking_url or self.booking_id)

    @model_validator(mode="after")
    def _one_address(self) -> Self:
        if self.booking_url and self.booking_id:
            raise KeyFault("booking_id", 'both "booking_id" and "booking_url" are given; keep one of them')
        return self
