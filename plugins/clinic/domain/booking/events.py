"""How people take part in an event: where they book, or whom they ask, and what it costs, in words."""

from dataclasses import dataclass

from clinic.domain.booking.call_to_action import Action, ways_to_ask
from clinic.domain.events import is_online, location_of, place_on_one_line
from clinic.models.booking import BookingMethod
from clinic.models.clinic import Clinic
from clinic.models.events import NO_BOOKING, Event
from clinic.models.location import Location
from clinic.models.service import Price


@dataclass(frozen=True)
class EventFacts:
    """What a page shows of an event beside its words.

    ``location`` is that of the clinic where it takes place, ``place`` the same, or another one, on one line.
    ``booking`` is the button; ``ways`` are those to ask for a place, where there is no address to book at. Both are
    empty once it is over, full or cancelled, or where nobody needs to book.
    """

    location: Location | None
    place: str
    is_online: bool
    prices: tuple[str, ...]
    booking: Action | None
    ways: tuple[Action, ...]
    needs_no_booking: bool


def event_facts(clinic: Clinic, event: Event) -> EventFacts:
    """The facts of an event as of the day that its times to come are of."""
    location = location_of(clinic, event)
    is_open = bool(event.upcoming) and not (event.full or event.cancelled)
    address = event.booking if event.booking != NO_BOOKING else None
    asks = is_open and event.booking is None
    return EventFacts(
        location=location,
        place=place_on_one_line(clinic, event),
        is_online=is_online(clinic, event),
        prices=("Free",) if event.free else tuple(map(_priced, event.price)),
        booking=Action("Book a place", address, BookingMethod.ONLINE) if address and is_open else None,
        ways=ways_to_ask(clinic, f"a place at “{event.title}”", location) if asks else (),
        needs_no_booking=is_open and event.booking == NO_BOOKING,
    )


def _priced(price: Price) -> str:
    return f"{price.label}: {price}" if price.label else str(price)
