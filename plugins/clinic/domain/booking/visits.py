"""The two ways to book: a first visit, and a visit of somebody who has been there, each with its length and price.

The records say them in two places: a service its own, the clinic those that are the same whatever somebody comes for.
A service's own hold; where it has none, a first visit is the clinic's, and a return visit costs what the service does.
"""

from dataclasses import dataclass

from clinic.models.booking import Bookable
from clinic.models.clinic import Clinic
from clinic.models.language import in_a_sentence
from clinic.models.service import ClinicVisit, Price, Service, Visit, minutes_in_words
from clinic.models.words import gettext


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
