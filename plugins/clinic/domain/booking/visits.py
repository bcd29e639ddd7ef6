"""The two ways to book: a first visit, and a visit of somebody who has been there, each with its length and price.

The records say them in two places: a service its own, the clinic those that are the same whatever somebody comes for.
A service's own hold; where it has none, a first visit is the clinic's, and a return visit costs what the service does.
"""

from dataclasses import dataclass

from clinic.models.booking import Bookable
from clinic.models.clinic import Clinic
from clinic.models.service import ClinicVisit, Price, Service, Visit

FIRST, RETURN = "First visit", "Return visit"
_BUTTONS = {FIRST: "Book a first visit", RETURN: "Book a return visit"}


@dataclass(frozen=True)
class WayIn:
    """One of the two: what it is called, its length and price in ``words``, and what is booked, as far as known."""

    label: str
    button: str
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
    return (_way(clinic, FIRST, first), _way(clinic, RETURN, again)) if first or again else ()


def _of_clinic(clinic: Clinic) -> tuple[ClinicVisit | None, ...]:
    return clinic.first_visit, clinic.returning


def _way(clinic: Clinic, name: str, visit: Visit | ClinicVisit | Price | None) -> WayIn:
    if isinstance(visit, ClinicVisit) and (service := clinic.services.get(visit.service or "")):
        label = visit.label or service.title
        length = f"{service.minutes} minutes" if service.minutes else ""
        words = next(map(str, service.listed_prices(1)), length)
        return WayIn(label, f"Book {in_a_sentence(label)}", words, service)
    if visit is None:
        return WayIn(name, _BUTTONS[name])
    own = visit.label if isinstance(visit, Visit | ClinicVisit) else None
    button = f"Book {in_a_sentence(own)}" if own else _BUTTONS[name]
    return WayIn(own or name, button, str(visit), visit if isinstance(visit, Bookable) else None)


def in_a_sentence(title: str) -> str:
    """``Sports massage`` begins with a small letter inside a sentence, ``TENS`` does not."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
