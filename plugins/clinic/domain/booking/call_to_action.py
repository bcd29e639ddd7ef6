"""Calls to action: invitations to book, in words, with where they lead."""

from dataclasses import dataclass, replace

from clinic.domain.booking.booking_words import BookingWords, WayIn, ways_in
from clinic.domain.booking.provider_links import Origin, with_campaign
from clinic.domain.booking.routing import ANY_SUBJECT, ANY_TARGET, BookingTarget, Subject, booking_target
from clinic.models.booking import Bookable, BookableKind, BookingIds, BookingMethod
from clinic.models.clinic import Clinic
from clinic.models.contact import Phone, Reach, mail_url, reach
from clinic.models.location import Location
from clinic.models.practitioner import Practitioner
from clinic.models.service import Service
from clinic.models.words import gettext


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
    """An invitation to book: ``primary`` is the button, ``ways`` are the ways to ask.

    Where nothing is booked online, ``primary`` is the first of these ways: nobody has to open a page to read a number.
    ``visits`` are two links in place of the button, where a first and a return visit are booked at two addresses.
    """

    heading: str
    primary: Action
    ways: tuple[Action, ...]
    short_heading: str = ""
    """Without the clinic's name, for the clinic's own pages."""
    target: BookingTarget = ANY_TARGET
    facts: tuple[str, ...] = ()
    """Short texts about the target, with duration and price."""
    is_online: bool = False
    """Whether ``primary`` leads to a booking address."""
    visits: tuple[VisitAction, ...] = ()
    phone: Phone | None = None
    """The nearest number: the practitioner's, the location's, the clinic's."""

    @property
    def short_label(self) -> str:
        """A label for half the width of a phone, on a page that says what would be booked."""
        if self.calls and self.phone:
            return gettext("Call {phone}", phone=_on_one_line(self.phone))
        return gettext("Book online") if self.is_online else self.primary.label

    @property
    def calls(self) -> bool:
        """Whether the button dials."""
        return self.primary.method is BookingMethod.PHONE

    @property
    def other_ways(self) -> tuple[Action, ...]:
        """The ways to ask beside the button."""
        return tuple(way for way in self.ways if way.url != self.primary.url)

    @property
    def second_way(self) -> Action | None:
        """The button beside the first one: a row has two at most, and two visits are two already."""
        return None if self.visits else next(iter(self.other_ways), None)

    @property
    def further_ways(self) -> tuple[Action, ...]:
        """The ways to ask that are links below the buttons."""
        return self.other_ways[1 if self.second_way else 0 :]

    def quick(self, clinic: Clinic) -> "QuickActions":
        """The same for the header of the page and the bar at its foot."""
        place = self.target.location or (clinic.places[0] if len(clinic.places) == 1 else None)
        return QuickActions(
            primary=self.primary,
            phone=self.phone,
            calls=self.calls,
            is_online=self.is_online or bool(self.visits),
            other=next(iter(self.other_ways), None),
            directions=place.directions_url(clinic.name) if place else None,
            has_choice_of_places=bool(clinic.places) and place is None,
        )


@dataclass(frozen=True)
class QuickActions:
    """What the header and the bar at the foot of a phone's screen offer, the same on many pages.

    ``calls``: whether ``primary`` dials; ``is_online``: whether something is booked online; ``other``: the way to ask
    after the primary one; ``directions``: to the only place that it may be about.
    """

    primary: Action
    phone: Phone | None
    calls: bool
    is_online: bool
    other: Action | None
    directions: str | None
    has_choice_of_places: bool


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
    words = BookingWords.of(target, requested)
    address = booking_address(clinic, requested, target)
    ways = ways_in(clinic, target.service)
    visits = _visits(clinic, requested, target, ways, book_page)
    # What is done at one location only is asked for there.
    where = requested.location or (target.location if target.service else None)
    asked = ways_to_ask(clinic, words.what, where, requested.practitioner)
    phone = _reach(clinic, where, requested.practitioner).phone
    unsaid = _unsaid(target, clinic, requested, words, heading)
    action = CallToAction(
        heading=heading or words.heading(clinic.name),
        short_heading=heading or words.label(is_online=False),
        primary=Action(words.label(is_online=bool(address)), address or book_page, BookingMethod.ONLINE)
        if address or visits or not asked
        else replace(asked[0], label=_label_to_book(asked[0], phone)),
        ways=asked,
        target=target,
        facts=_facts(unsaid, () if visits else ways, has_prices=bool(visits)),
        is_online=address is not None,
        visits=visits,
        phone=phone,
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
    phone, whatsapp, email = _reach(clinic, location, practitioner)
    message = gettext("Hello, I would like to book {what}.", what=what)
    known: dict[BookingMethod, tuple[str, str]] = {}
    if phone:
        known[BookingMethod.PHONE] = gettext("Call {phone}", phone=phone.shown), phone.call_url
    if phone and phone.takes_texts:
        known[BookingMethod.TEXT] = gettext("Send a text message"), phone.text_url(message)
    if whatsapp:
        known[BookingMethod.WHATSAPP] = gettext("Send a WhatsApp message"), whatsapp.whatsapp_url(message)
    if email:
        subject = gettext("Booking request: {what}", what=what)
        known[BookingMethod.EMAIL] = gettext("Send an e-mail"), mail_url(email, subject)
    return tuple(Action(*way, method) for method in clinic.booking.methods if (way := known.get(method)))


def _reach(clinic: Clinic, location: Location | None, practitioner: Practitioner | None) -> Reach:
    where = location or (clinic.only_location_of(practitioner) if practitioner else None)
    return reach(practitioner, where, clinic)


def _on_one_line(phone: Phone) -> str:
    return phone.shown.replace(" ", "\N{NO-BREAK SPACE}")


def _label_to_book(way: Action, phone: Phone | None) -> str:
    """For the button that is a way to ask."""
    if way.method is BookingMethod.PHONE and phone:
        return gettext("Call to book {phone}", phone=_on_one_line(phone))
    if way.method is BookingMethod.TEXT:
        return gettext("Text to book")
    return gettext("WhatsApp to book") if way.method is BookingMethod.WHATSAPP else gettext("Email to book")


def _ids(target: BookingTarget) -> BookingIds:
    records: dict[BookableKind, Bookable | None] = {
        "practitioner": target.practitioner,
        "service": target.service,
        "location": target.location,
    }
    return {kind: record.booking_id for kind, record in records.items() if record and record.booking_id}


def _visits(
    clinic: Clinic, requested: BookingTarget, target: BookingTarget, ways: tuple[WayIn, ...], book_page: str
) -> tuple[VisitAction, ...]:
    """A link for each of two ways in; none where both are booked at the same address, or none online."""
    urls = [booking_address(clinic, requested, replace(target, service=_as_service(way, target))) for way in ways]
    if len({*urls}) < len(ways):
        return ()
    return tuple(
        VisitAction(way.online_button if url else way.button, url or book_page, way.words, url is not None)
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


def _unsaid(
    target: BookingTarget, clinic: Clinic, requested: BookingTarget, words: BookingWords, heading: str | None
) -> BookingTarget:
    """The target without the person and the location that our own heading names, and without the only location."""
    says_who = requested.practitioner and not heading
    says_where = requested.location and not (heading or words.service or words.person)
    location = None if says_where or len(clinic.locations) == 1 else target.location
    return replace(target, practitioner=None if says_who else target.practitioner, location=location)


def _facts(target: BookingTarget, ways: tuple[WayIn, ...], *, has_prices: bool) -> tuple[str, ...]:
    """``First visit: 60 minutes, £52``, ``with Rosa Quill``, ``Larkmouth Harbour``, as far as known.

    ``ways`` are those whose lengths and prices are said; ``has_prices``: they stand on the buttons already.
    """
    known = [str(way) for way in ways if way.words]
    if target.service and not known and not has_prices:
        known = [*target.service.card_facts]
    if target.practitioner:
        name = target.practitioner.name
        # Translators: the practitioner; the first after other facts ("60 minutes, £52 · with Rosa"), the second alone
        known.append(gettext("with {person}", person=name) if known else gettext("With {person}", person=name))
    if target.location:
        known.append(target.location.short_name)
    return tuple(known)
