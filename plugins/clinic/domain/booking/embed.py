"""The provider's own booking form, which the book page can show in itself once the visitor asks for it."""

from dataclasses import dataclass

from clinic.domain.booking.campaign import Origin, with_campaign
from clinic.models.clinic import Clinic
from clinic.models.urls import host_of


@dataclass(frozen=True)
class BookingForm:
    """``url`` is what the frame loads, from ``domain``, which the visitor is told before."""

    title: str
    url: str
    domain: str


def form_of(clinic: Clinic, origin: Origin) -> BookingForm | None:
    """The form, where the owner asked for it and the provider's pages may be framed."""
    booking = clinic.booking
    domain = booking.service.domain(booking.online) if booking.online else None
    if not (booking.embed and booking.online and domain and booking.service.frame):
        return None
    url = booking.service.framed(booking.online, host_of(clinic.url))
    if booking.campaign:
        url = with_campaign(url, clinic.url, origin)
    return BookingForm(f"Book at {clinic.name}", url, domain)
