"""What is booked, in words: for buttons, headings and messages; and the two ways to book, with their length and price.

A first visit, and a visit of somebody who has been there: a service says its own, the clinic those that are the same
whatever somebody comes for. A service's own hold; where it has none, a first visit is the clinic's, and a return visit
costs what the service does.
"""

from dataclasses import dataclass

from clinic.domain.booking.routing import BookingTarget
from clinic.models.booking import Bookable
from clinic.models.clinic import Clinic
from clinic.models.language import in_a_sentence
from clinic.models.service import ClinicVisit, Price, Service, Visit, minutes_in_words
from clinic.models.words import gettext


@dataclass(frozen=True)
class BookingWords:
    """What is booked, in words: ``service`` as in a sentence, ``person``, and where: ``place``, online, or ``visits``.

    Each button and heading is a sentence of its own, since no two languages put its parts in the same order.
    """

    service: str = ""
    person: str = ""
    place: str = ""
    visits: str = ""
    is_online: bool = False
    """Whether people are seen online there."""

    @classmethod
    def of(cls, target: BookingTarget, requested: BookingTarget) -> "BookingWords":
        """The practitioner requested, or derived where no service is known; the location requested."""
        practitioner = requested.practitioner or (None if target.service else target.practitioner)
        location = requested.location
        return cls(
            service=in_a_sentence(target.service.title) if target.service else "",
            person=practitioner.name if practitioner else "",
            place=location.short_name if location and location.address else "",
            visits=in_a_sentence(location.short_name) if location and not (location.address or location.online) else "",
            is_online=bool(location and location.online and not location.address),
        )

    @property
    def what(self) -> str:
        """For a message: ``an appointment with Rosa Quill in Larkmouth``, ``sports massage online``."""
        # Translators: what somebody would like to book: "Hello, I would like to book an appointment."
        what = self.service or gettext("an appointment")
        if self.person:
            what = gettext("{what} with {person}", what=what, person=self.person)
        if self.place:
            return gettext("{what} in {place}", what=what, place=self.place)
        if self.is_online:
            return gettext("{what} online", what=what)
        return f"{what} ({self.visits})" if self.visits else what

    def label(self, *, is_online: bool) -> str:
        """For a button; ``is_online``: whether it is booked online."""
        if self.service:
            said = gettext("Book {service} online") if is_online else gettext("Book {service}")
        elif self.person:
            said = gettext("Book an appointment with {person}")
            said = gettext("Book an appointment with {person} online") if is_online else said
        elif self.place:
            said = gettext("Book an appointment in {place}")
            said = gettext("Book an appointment in {place} online") if is_online else said
        elif self.visits:
            said = gettext("Book an appointment ({visits})")
            said = gettext("Book an appointment ({visits}) online") if is_online else said
        else:
            said = gettext("Book an appointment")
            said = gettext("Book an appointment online") if is_online or self.is_online else said
        return said.format_map(self._values)

    def heading(self, clinic: str) -> str:
        """For what stands around the button."""
        if self.service:
            said = gettext("Book {service} at {clinic}")
        elif self.person:
            said = gettext("Book an appointment with {person} at {clinic}")
        elif self.place:
            said = gettext("Book an appointment in {place} at {clinic}")
        elif self.visits:
            said = gettext("Book an appointment ({visits}) at {clinic}")
        elif self.is_online:
            said = gettext("Book an appointment online at {clinic}")
        else:
            said = gettext("Book an appointment at {clinic}")
        return said.format_map({**self._values, "clinic": clinic})

    @property
    def _values(self) -> dict[str, str]:
        return {"service": self.service, "person": self.person, "place": self.place, "visits": self.visits}


@dataclass(frozen=True)
class WayIn:
    """One of the two: what it is called, its length and price in ``words``, and what is booked, as far as known.

    ``button`` books it on our own book page, ``online_button`` at a booking address.
    """

    label: str
    button: str
    online_button: str
    words: str = ""
    booking: Bookable | None = None

    def __str__(self) -> str:
        return f"{self.label}: {self.words}" if self.words else self.label


def ways_in(clinic: Clinic, service: Service | None) -> tuple[WayIn, ...]:
    """The first visit and the return visit of who books this service, or the clinic as a whole.

    None where nothing is said of them, or where the service is one of the two itself. A first visit that everybody must
    book, without an address of its own, is no way in by itself: the price says it.
    """
    if service is None:
        first: Visit | ClinicVisit | None = clinic.first_visit
        again: Visit | ClinicVisit | Price | None = clinic.returning
    elif service.returning or (service.first_visit and service.first_visit.has_own_booking):
        first, again = service.first_visit or clinic.first_visit, next(iter(service.listed_prices(1)), None)
    elif service.first_visit or any(visit and visit.service == service.slug for visit in _of_clinic(clinic)):
        return ()
    else:
        first, again = clinic.first_visit, clinic.returning
        if first or again:  # who has been there books this service, not another one
            own = None if clinic.returning and clinic.returning.service else clinic.returning
            again = next(iter(service.listed_prices(1)), own)
    return (_way(clinic, first, is_first=True), _way(clinic, again, is_first=False)) if first or again else ()


def _of_clinic(clinic: Clinic) -> tuple[ClinicVisit | None, ...]:
    return clinic.first_visit, clinic.returning


def _way(clinic: Clinic, visit: Visit | ClinicVisit | Price | None, *, is_first: bool) -> WayIn:
    own = visit.label if isinstance(visit, Visit | ClinicVisit) else None
    if isinstance(visit, ClinicVisit) and (service := clinic.services.get(visit.service or "")):
        length = minutes_in_words(service.minutes) if service.minutes else ""
        words = next(map(str, service.listed_prices(1)), length)
        return WayIn(own or service.title, *_buttons(own or service.title), words, service)
    booking = visit if isinstance(visit, Bookable) else None
    words = str(visit) if visit else ""
    if own:
        return WayIn(own, *_buttons(own), words, booking)
    if is_first:
        buttons = gettext("Book a first visit"), gettext("Book a first visit online")
        return WayIn(gettext("First visit"), *buttons, words, booking)
    buttons = gettext("Book a return visit"), gettext("Book a return visit online")
    return WayIn(gettext("Return visit"), *buttons, words, booking)


def _buttons(label: str) -> tuple[str, str]:
    service = in_a_sentence(label)
    return gettext("Book {service}", service=service), gettext("Book {service} online", service=service)
