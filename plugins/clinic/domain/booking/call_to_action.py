"""Calls to action: invitations to book, in words, with where they lead."""

from dataclasses import dataclass, replace

from clinic.domain.booking.provider_links import Origin, with_campaign
from clinic.domain.booking.routing import ANY_SUBJECT, ANY_TARGET, BookingTarget, Subject, booking_target
from clinic.domain.booking.visits import WayIn, in_a_sentence, ways_in
from clinic.models.booking import Bookable, BookableKind, BookingIds, BookingMethod
from clinic.models.clinic import Clinic
from clinic.models.contact import mail_url, reach
from clinic.models.location import Location
from clinic.models.practitioner import Practitioner
from clinic.models.service import Service


@dataclass(frozen=True)
class Action:
    """One link; ``method`` decides its icon."""

    label: str
    url: str
    method: BookingMethod


@dataclass(frozen=True)
class VisitAction:
    """A link that books a first visit, or the visit of somebody who has been there; ``words``: its length and price.

    ``is_online``: whether it leads to a booking address, not to our own book page.
    """

    label: str
    url: str
    words: str
    is_online: bool


@dataclass(frozen=True)
class CallToAction:
    """An invitation to book: ``primary`` is the button, ``ways`` are the other ways to ask.

    ``visits`` are two links in place of the button, where a first and a return visit are booked at two addresses.
    """

    heading: str
    primary: Action
    ways: tuple[Action, ...]
    target: BookingTarget = ANY_TARGET
    facts: tuple[str, ...] = ()
    """Short texts about the target, with duration and price."""
    is_online: bool = False
    """Whether ``primary`` leads to a booking address, not to our own book page."""
    visits: tuple[VisitAction, ...] = ()

    @property
    def short_label(self) -> str:
        """A label for half the width of a phone, on a page that says what would be booked."""
        return "Book online" if self.is_online else "Book an appointment"


def call_to_action_for(
    clinic: Clinic,
    book_page: str,
    heading: str | None = None,
    *,
    subject: Subject = ANY_SUBJECT,
    requested: BookingTarget = ANY_TARGET,
    origin: Origin | None = None,
) -> CallToAction:
    """The call to action for a subject and what is requested already; ``booking_target`` has the rules.

    ``book_page`` is the link to the clinic's own book page, used where there is no booking address. ``origin`` is where
    the call to action is shown.
    """
    if requested.practitioner and requested.practitioner.left:  # nobody is sent there, not even from their own page
        requested = replace(requested, practitioner=None)
    target = booking_target(clinic, subject, requested)
    what = in_a_sentence(target.service.title) if target.service else "an appointment"
    whom, where = _whom_and_where(target, requested)
    label = f"Book {what}" + ("" if target.service else whom or where)
    address = booking_address(clinic, requested, target)
    ways = ways_in(clinic, target.service)
    visits = _visits(clinic, requested, target, ways, book_page)
    action = CallToAction(
        heading=heading or f"{label} at {clinic.name}",
        primary=Action(_online(label) if address else label, address or book_page, BookingMethod.ONLINE),
        ways=ways_to_ask(clinic, f"{what}{whom}{where}", requested.location, requested.practitioner),
        target=target,
        facts=_facts(target, () if visits else ways, has_prices=bool(visits)),
        is_online=address is not None,
        visits=visits,
    )
    return with_origin(clinic, action, origin) if origin else action


def with_origin(clinic: Clinic, action: CallToAction, origin: Origin) -> CallToAction:
    """The same call to action shown elsewhere: its online booking has campaign parameters, if the owner wants that."""
    if not clinic.booking.campaign or not (action.is_online or action.visits):
        return action

    def tagged(url: str, *, is_online: bool) -> str:
        return with_campaign(url, clinic.url, origin) if is_online else url

    return replace(
        action,
        primary=replace(action.primary, url=tagged(action.primary.url, is_online=action.is_online)),
        visits=tuple(replace(each, url=tagged(each.url, is_online=each.is_online)) for each in action.visits),
    )


def booking_address(
    clinic: Clinic, requested: BookingTarget = ANY_TARGET, target: BookingTarget | None = None
) -> str | None:
    """Where the visitor books online; None where the clinic does not take bookings online.

    The first record with an address or an id of its own decides: practitioner, service, location as requested, then
    practitioner and location as derived. Its address is taken as it is; ids of all records are put together on the
    clinic's address.
    """
    target = target or requested
    if BookingMethod.ONLINE not in clinic.booking.methods:
        return None
    ranked = (requested.practitioner, target.service, requested.location, target.practitioner, target.location)
    first = next((record for record in ranked if record and record.has_own_booking), None)
    if first is None or first.booking_url or clinic.booking.url is None:
        return (first.booking_url if first else None) or clinic.booking.url
    return clinic.booking.provider_details.deep_link(clinic.booking.url, _ids(target))


def ways_to_ask(
    clinic: Clinic, what: str, location: Location | None = None, practitioner: Practitioner | None = None
) -> tuple[Action, ...]:
    """The ways to ask in the owner's order, by the nearest contact details: practitioner's, location's, clinic's."""
    where = location or (clinic.only_location_of(practitioner) if practitioner else None)
    phone, whatsapp, email = reach(practitioner, where, clinic)
    message = f"Hello, I would like to book {what}."
    known = {
        BookingMethod.PHONE: (f"Call {phone.shown}", phone.call_url) if phone else None,
        BookingMethod.TEXT: ("Send a text message", phone.text_url(message)) if phone and phone.takes_texts else None,
        BookingMethod.WHATSAPP: ("Send a WhatsApp message", whatsapp.whatsapp_url(message)) if whatsapp else None,
        BookingMethod.EMAIL: ("Send an e-mail", mail_url(email, f"Booking request: {what}")) if email else None,
    }
    return tuple(Action(*way, method) for method in clinic.booking.methods if (way := known.get(method)))


def _ids(target: BookingTarget) -> BookingIds:
    records: dict[BookableKind, Bookable | None] = {
        "practitioner": target.practitioner,
        "service": target.service,
        "location": target.location,
    }
    return {kind: record.booking_id for kind, record in records.items() if record and record.booking_id}


def _whom_and_where(target: BookingTarget, requested: BookingTarget) -> tuple[str, str]:
    """The ends of a sentence: the practitioner requested, or derived where no service is known; the location."""
    practitioner = requested.practitioner or (None if target.service else target.practitioner)
    return (
        f" with {practitioner.name}" if practitioner else "",
        _where(requested.location) if requested.location else "",
    )


def _where(location: Location) -> str:
    """`` in Larkmouth Harbour``, `` online``, `` (home visits)``."""
    if location.address:
        return f" in {location.short_name}"
    return " online" if location.online else f" ({in_a_sentence(location.short_name)})"


def _online(label: str) -> str:
    return label if label.endswith(" online") else f"{label} online"


def _visits(
    clinic: Clinic, requested: BookingTarget, target: BookingTarget, ways: tuple[WayIn, ...], book_page: str
) -> tuple[VisitAction, ...]:
    """A link for each of two ways in; none where both are booked at the same address, or none online."""
    urls = [booking_address(clinic, requested, replace(target, service=_as_service(way, target))) for way in ways]
    if len({*urls}) < len(ways):
        return ()
    return tuple(
        VisitAction(_online(way.button) if url else way.button, url or book_page, way.words, url is not None)
        for way, url in zip(ways, urls, strict=True)
    )


def _as_service(way: WayIn, target: BookingTarget) -> Service | None:
    """What is booked in place of the service of the target: the visit, where it has an address or an id of its own."""
    if way.booking is None or not way.booking.has_own_booking:
        return target.service
    if isinstance(way.booking, Service):
        return way.booking
    keys = {key: getattr(way.booking, key) for key in Bookable.model_fields}
    return Service.model_construct(title=way.label, slug="", **keys)


def _facts(target: BookingTarget, ways: tuple[WayIn, ...], *, has_prices: bool) -> tuple[str, ...]:
    """``First visit: 60 minutes, £52``, ``with Rosa Quill``, ``Larkmouth Harbour``, as far as known.

    ``ways`` are those whose lengths and prices are said; ``has_prices``: they stand on the buttons already.
    """
    known = [str(way) for way in ways if way.words]
    if target.service and not known and not has_prices:
        known = [*target.service.card_facts]
    if target.practitioner:
        known.append(f"{'with' if known else 'With'} {target.practitioner.name}")
    if target.location:
        known.append(target.location.short_name)
    return tuple(known)
