"""Calls to action: what the visitor is invited to do, in words, with where it leads."""

from dataclasses import dataclass

from clinic.facts.booking import BookingMethod
from clinic.facts.clinic import Clinic
from clinic.facts.contact import mail_url, reach
from clinic.facts.locations import Location
from clinic.facts.services import Service
from clinic.facts.team import Practitioner


@dataclass(frozen=True)
class Action:
    """One link to press. ``method`` tells the theme which icon goes with it."""

    label: str
    url: str
    method: BookingMethod


@dataclass(frozen=True)
class CallToAction:
    """An invitation to book: ``primary`` is the one button, ``ways`` are the other ways to ask."""

    heading: str
    primary: Action
    ways: tuple[Action, ...]
    service: Service | None = None
    practitioner: Practitioner | None = None
    location: Location | None = None
    is_online: bool = False
    """Whether ``primary`` leads to a booking address, not to our own book page."""

    @property
    def short_label(self) -> str:
        """For a button that has half a phone's width: on a page that says what would be booked."""
        return "Book online" if self.is_online else "Book an appointment"


def invite(
    clinic: Clinic,
    book_page: str,
    heading: str | None = None,
    service: Service | None = None,
    practitioner: Practitioner | None = None,
    location: Location | None = None,
) -> CallToAction:
    """The call to action for what is known of the visitor's interest.

    ``book_page`` is the link to the clinic's own book page, used when there is no booking address. Of several booking
    addresses the most personal wins: practitioner, service, location, clinic.
    """
    what = _in_a_sentence(service.title) if service else "an appointment"
    whom = f" with {practitioner.name}" if practitioner else ""
    where = f" in {location.name or location.address.locality}" if location else ""
    address = booking_address(clinic, service, practitioner, location)
    label = f"Book {what}{whom}{where}"
    return CallToAction(
        heading=heading or f"{label} at {clinic.name}",
        primary=Action(f"{label} online" if address else label, address or book_page, BookingMethod.ONLINE),
        ways=ways_to_ask(clinic, f"{what}{whom}{where}", location, practitioner),
        service=service,
        practitioner=practitioner,
        location=location,
        is_online=address is not None,
    )


def booking_address(
    clinic: Clinic,
    service: Service | None = None,
    practitioner: Practitioner | None = None,
    location: Location | None = None,
) -> str | None:
    """Where the visitor books online, or None when the clinic takes bookings in person."""
    if BookingMethod.ONLINE not in clinic.booking.methods:
        return None
    personal = [record.booking_url for record in (practitioner, service, location) if record and record.booking_url]
    return personal[0] if personal else clinic.booking.url


def ways_to_ask(
    clinic: Clinic, what: str, location: Location | None = None, practitioner: Practitioner | None = None
) -> tuple[Action, ...]:
    """Telephone, text message, WhatsApp and e-mail, in the owner's order, as far as the facts have them.

    The nearest wins: the practitioner's own number, the location's, the clinic's.
    """
    place = location or (clinic.only_place_of(practitioner) if practitioner else None)
    phone, whatsapp, email = reach(practitioner, place, clinic)
    message = f"Hello, I would like to book {what}."
    found: dict[BookingMethod, Action] = {}
    if phone:
        found[BookingMethod.PHONE] = Action(f"Call {phone.shown}", phone.call_url, BookingMethod.PHONE)
    if phone and phone.takes_texts:
        found[BookingMethod.TEXT] = Action("Send a text message", phone.text_url(message), BookingMethod.TEXT)
    if whatsapp:
        label = "Send a WhatsApp message"
        found[BookingMethod.WHATSAPP] = Action(label, whatsapp.whatsapp_url(message), BookingMethod.WHATSAPP)
    if email:
        subject = f"Booking request: {what}"
        found[BookingMethod.EMAIL] = Action("Send an e-mail", mail_url(email, subject), BookingMethod.EMAIL)
    return tuple(found[method] for method in clinic.booking.methods if method in found)


def _in_a_sentence(title: str) -> str:
    """``Sports massage`` inside a sentence begins small, while ``TENS`` stays as it is."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
