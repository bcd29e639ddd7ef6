"""How visitors book: ``booking`` in clinic.yaml, and the booking keys of services, practitioners and locations."""

from enum import Enum
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from clinic.models.base import Record, RecordError
from clinic.models.booking_providers import BOOKING_PROVIDERS, PLAIN_LINK, BookingProvider
from clinic.models.suggestions import suggestion
from clinic.models.types import Text, Url, as_list, unique


class BookingMethod(Enum):
    """A way to ask for an appointment."""

    ONLINE = "online"
    PHONE = "phone"
    TEXT = "text"
    WHATSAPP = "whatsapp"
    EMAIL = "email"


def _provider(word: str) -> str:
    if word not in BOOKING_PROVIDERS:
        raise ValueError(f'"{word}" is not a booking service known by name{suggestion(word, BOOKING_PROVIDERS)}')
    return word


class Booking(Record):
    """``booking`` in clinic.yaml. Without ``url`` the book page offers the other ``methods``."""

    provider: Annotated[str, AfterValidator(_provider)] = Field(
        default=PLAIN_LINK, description="the online booking service, such as cliniko; link for any other"
    )
    url: Url | None = Field(default=None, description="the clinic's page at the booking service, with https://")
    embed: bool = Field(default=False, description="yes to show the provider's form in the book page, once asked for")
    campaign: bool = Field(default=True, description="no to keep from the provider which page a link is on")
    methods: Annotated[tuple[BookingMethod, ...], BeforeValidator(as_list), AfterValidator(unique)] = Field(
        default=tuple(BookingMethod), description="the ways to book, in order: online, phone, text, whatsapp, email"
    )

    @property
    def online_url(self) -> str | None:
        """The clinic's booking address; None where it takes no bookings online."""
        return self.url if BookingMethod.ONLINE in self.methods else None

    @property
    def provider_details(self) -> BookingProvider:
        """What is known of the provider."""
        return BOOKING_PROVIDERS[self.provider]


class Bookable(Record):
    """A record that visitors may book: a service, a practitioner, a location."""

    booking_url: Url | None = Field(default=None, description="its own address at the booking service, with https://")
    booking_id: Text | None = Field(default=None, description="what the booking service calls it, such as 12345")

    @property
    def has_own_booking(self) -> bool:
        """Whether it can be booked by itself."""
        return bool(self.booking_url or self.booking_id)

    @model_validator(mode="after")
    def _one_address(self) -> Self:
        if self.booking_url and self.booking_id:
            raise RecordError("booking_id", 'both "booking_id" and "booking_url" are given; keep one of them')
        return self
