"""The provider's booking form, shown in a frame on the book page once the visitor asks for it."""

from dataclasses import dataclass

from clinic.domain.booking.campaign import Origin, with_campaign
from clinic.models.booking import host_of
from clinic.models.clinic import Clinic


@dataclass(frozen=True)
class BookingForm:
    """``url`` is what the frame loads, ``domain`` the provider's, which visitors are told before."""

    title: str
    url: str
    domain: str


def booking_form(clinic: Clinic, origin: Origin) -> BookingForm | None:
    """The form; None unless the owner asked for it and the provider's pages may be framed."""
    booking, provider = clinic.booking, clinic.booking.provider_details
    domain = provider.domain(booking.online_url) if booking.online_url else None
    if not (booking.embed and booking.online_url and domain and provider.frame):
        return None
    url = provider.frame_url(booking.online_url, host_of(clinic.url))
    if booking.campaign:
        url = with_campaign(url, clinic.url, origin)
    return BookingForm(f"Book at {clinic.name}", url, domain)
