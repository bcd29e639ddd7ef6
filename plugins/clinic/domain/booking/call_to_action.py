"""Calls to action: what the visitor is invited to do, in words, with where it leads."""

from dataclasses import dataclass, replace

from clinic.domain.booking.campaign import Origin, with_campaign
from clinic.domain.booking.routing import ANY_SUBJECT, ANY_TARGET, BookingTarget, Subject, booking_target
from clinic.models.booking import Bookable, BookingMethod, Ids, Kind
from clinic.models.clinic import Clinic
from clinic.models.contact import mail_url, reach
from clinic.models.location import Location
from clinic.models.practitioner import Practitioner


@dataclass(frozen=True)
class Action:
    """One link to press. ``method`` tells the theme which icon goes with it."""

    label: str
    url: str
    method: BookingMethod


@dataclass(frozen=True)
class CallToAction:
    """An invitation to book: ``primary`` is the one button, ``ways`` are the other ways to ask.

    ``path`` is who treats and where, as far as that is known; ``facts`` say it in a few words each, with how long it
    takes and what it costs.
    """

    heading: str
    primary: Action
    ways: tuple[Action, ...]
    path: BookingTarget = ANY_TARGET
    facts: tuple[str, ...] = ()
    is_online: bool = False
    """Whether ``primary`` leads to a booking address, not to our own book page."""

    @property
    def short_label(self) -> str:
        """For a button that has half a phone's width: on a page that says what would be booked."""
        return "Book online" if self.is_online else "Book an appointment"


def call_to_action_for(
    clinic: Clinic,
    book_page: str,
    heading: str | None = None,
    *,
    subject: Subject = ANY_SUBJECT,
    chosen: BookingTarget = ANY_TARGET,
    origin: Origin | None = None,
) -> CallToAction:
    """The call to action for what is known of the visitor's interest; ``booking_target`` says what follows from what.

    ``book_page`` is the link to the clinic's own book page, used when there is no booking address. ``origin`` is where
    the call to action stands, for the booking provider to know.
    """
    chosen = BookingTarget(chosen.service, _still_here(chosen), chosen.location)
    path = booking_target(clinic, subject, chosen)
    what = _in_a_sentence(path.service.title) if path.service else "an appointment"
    whom, where = _whom_and_where(path, chosen)
    label = f"Book {what}" + ("" if path.service else whom or where)
    address = booking_address(clinic, chosen, path)
    action = CallToAction(
        heading=heading or f"{label} at {clinic.name}",
        primary=Action(f"{label} online" if address else label, address or book_page, BookingMethod.ONLINE),
        ways=ways_to_ask(clinic, f"{what}{whom}{where}", chosen.location, chosen.practitioner),
        path=path,
        facts=_facts(path),
        is_online=address is not None,
    )
    return with_origin(clinic, action, origin) if origin else action


def with_origin(clinic: Clinic, action: CallToAction, origin: Origin) -> CallToAction:
    """The same call to action for where it stands: an online booking tells the provider, if the owner wants that."""
    if not action.is_online or not clinic.booking.campaign:
        return action
    url = with_campaign(action.primary.url, clinic.url, origin)
    return replace(action, primary=replace(action.primary, url=url))


def booking_address(
    clinic: Clinic, chosen: BookingTarget = ANY_TARGET, path: BookingTarget | None = None
) -> str | None:
    """Where the visitor books online, or None when the clinic takes bookings in person.

    Of the records on the path the most personal that has an address or an id of its own decides: person, service, place
    as chosen, then person and place as they follow. Its address is taken as it stands; ids of all of them are put
    together on the clinic's address.
    """
    path = path or chosen
    if BookingMethod.ONLINE not in clinic.booking.methods:
        return None
    ranked = (chosen.practitioner, path.service, chosen.location, path.practitioner, path.location)
    first = next((record for record in ranked if record and record.has_own_booking), None)
    if first is None or first.booking_url or clinic.booking.url is None:
        return (first.booking_url if first else None) or clinic.booking.url
    return clinic.booking.service.deep_link(clinic.booking.url, _ids(path))


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


def _ids(path: BookingTarget) -> Ids:
    records: dict[Kind, Bookable | None] = {
        "practitioner": path.practitioner,
        "service": path.service,
        "location": path.location,
    }
    return {kind: record.booking_id for kind, record in records.items() if record and record.booking_id}


def _still_here(chosen: BookingTarget) -> Practitioner | None:
    """Nobody is sent to someone who has left, not even from that person's own page."""
    return chosen.practitioner if chosen.practitioner and chosen.practitioner.left is None else None


def _whom_and_where(path: BookingTarget, chosen: BookingTarget) -> tuple[str, str]:
    """As the end of a sentence: whom the visitor asked for, or where that is all there is to say, who treats it."""
    person = chosen.practitioner or (None if path.service else path.practitioner)
    return (
        f" with {person.name}" if person else "",
        f" in {_place_name(chosen.location)}" if chosen.location else "",
    )


def _facts(path: BookingTarget) -> tuple[str, ...]:
    """``First visit: 60 minutes, £52``, ``with Rosa Quill``, ``Larkmouth Harbour``: what is known of these."""
    known = [*path.service.in_brief] if path.service else []
    if path.practitioner:
        known.append(f"{'with' if known else 'With'} {path.practitioner.name}")
    if path.location:
        known.append(_place_name(path.location))
    return tuple(known)


def _place_name(location: Location) -> str:
    return location.name or location.address.locality
