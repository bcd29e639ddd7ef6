"""From what a text is about to who treats it and where: condition, service, practitioner, location.

A call to action asks in this order, and the first that answers decides:

(a) what its directive names, or the page it stands on is of;
(b) the service that the article's ``booking`` names;
(c) the first of the article's ``services`` that somebody offers;
(d) the first of its ``conditions`` that a service names, preferring a service offered by someone who names it too; if
    no service names any, the only person who does;
(e) the clinic as a whole.

Then the person: the only one who offers the service, else, of several, the only one who names the condition, else the
article's writer; otherwise nobody is named. Then the place: the only one where person and service both are. Conditions
are the same when their slugs are: ``Ankle sprain`` and ``ankle-sprain``. An empty ``services`` or ``locations`` means
"not said", so it excludes nothing. Whoever has left, and whatever is hidden, is never proposed.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from clinic.models.base import Status
from clinic.models.clinic import Clinic
from clinic.models.location import Location
from clinic.models.practitioner import Practitioner
from clinic.models.service import Service
from clinic.models.types import slug_like


@dataclass(frozen=True)
class Subject:
    """What a text is about, as its header says; ``booking`` is the service it asks to be booked."""

    services: tuple[Service, ...] = ()
    conditions: tuple[str, ...] = ()
    booking: Service | None = None
    writer: Practitioner | None = None
    """Who wrote it, where that is one person."""

    @property
    def key(self) -> tuple[Hashable, ...]:
        """The same for subjects that are the same: records hold mappings, so they cannot be keys themselves."""
        booking, writer = (record.slug if record else None for record in (self.booking, self.writer))
        return tuple(service.slug for service in self.services), self.conditions, booking, writer


@dataclass(frozen=True)
class BookingTarget:
    """Who treats it, and where. None: not known, or more than one."""

    service: Service | None = None
    practitioner: Practitioner | None = None
    location: Location | None = None


ANY_SUBJECT = Subject()
ANY_TARGET = BookingTarget()


def booking_target(clinic: Clinic, subject: Subject = ANY_SUBJECT, chosen: BookingTarget = ANY_TARGET) -> BookingTarget:
    """The way to care for a subject; ``chosen`` is what is settled already, (a) above."""
    service = chosen.service or _service(clinic, subject, chosen)
    practitioner = chosen.practitioner or _practitioner(clinic, service, subject, chosen.location)
    return BookingTarget(service, practitioner, chosen.location or _location(clinic, service, practitioner))


def same_condition(one: str, other: str) -> bool:
    """Whether two ways of writing a condition mean the same."""
    return slug_like(one) == slug_like(other)


def treats(record: Service | Practitioner, conditions: Collection[str]) -> bool:
    """Whether the record names one of the conditions."""
    return any(same_condition(own, named) for own in record.conditions for named in conditions)


def offering(clinic: Clinic, service: Service) -> tuple[Practitioner, ...]:
    """Who works here and says that they offer it."""
    return tuple(person for person in clinic.staff if service.slug in person.services)


def nobody_offers(clinic: Clinic, service: Service) -> bool:
    """Once everyone's file says which services they offer, a service that nobody lists cannot be booked."""
    said = bool(clinic.team) and all(person.services for person in clinic.staff)
    return said and not offering(clinic, service)


def service_for(clinic: Clinic, condition: str, among: Iterable[Service] | None = None) -> Service | None:
    """The service for a condition: one offered by someone who names it too, else the first that names it."""
    services = clinic.services.values() if among is None else among
    naming = [service for service in services if _may_be_proposed(clinic, service) and treats(service, [condition])]
    preferred = (found for found in naming if any(treats(who, [condition]) for who in offering(clinic, found)))
    return next(preferred, naming[0] if naming else None)


def untreated(clinic: Clinic, conditions: Iterable[str]) -> list[str]:
    """The conditions that nothing and nobody here names, once some service or person names any at all."""
    records: list[Service | Practitioner] = [*clinic.services.values(), *clinic.staff]
    if not any(record.conditions for record in records):
        return []
    return [condition for condition in conditions if not any(treats(record, [condition]) for record in records)]


def no_longer_offered(clinic: Clinic, service: Service | None) -> str | None:
    """What is wrong with a text that asks to book this service."""
    if service is None or not nobody_offers(clinic, service):
        return None
    return (
        f'nobody offers "{service.title}" any more; name another service, or add {service.slug} to "services" of '
        f"someone in team/"
    )


def gone(person: Practitioner | None, then: date | None = None) -> str | None:
    """What is wrong with a text that says a person does something: now, or on a day after they left."""
    if person is None or person.left is None or (then and then <= person.left):
        return None
    left = f"{person.left.day} {person.left:%B %Y}"
    return f"{person.name} left on {left}; name someone who works here, or take this line out"


def contradictions(clinic: Clinic, chosen: BookingTarget) -> Iterator[tuple[str, str]]:
    """What a text asks for together although the facts say otherwise: the part to begin at, and what is wrong."""
    service, person, place = chosen.service, chosen.practitioner, chosen.location
    if service and person and not _may_offer(person, service):
        how = f'name someone else, or add {service.slug} to "services" in team/{person.slug}.md'
        yield "service", f'{person.name} does not offer "{service.title}"; {how}'
    if service and place and not _may_offer(place, service):
        how = f'name another, or add {service.slug} to its "services" in clinic.yaml'
        yield "service", f'"{service.title}" is not offered at {place.name or place.address.locality}; {how}'
    if person and place and not _is_at(clinic, person, place):
        slug = next(slug for slug, known in clinic.locations.items() if known == place)
        how = f'name another location, or add {slug} to "locations" in team/{person.slug}.md'
        yield "location", f"{person.name} does not work at {place.name or place.address.locality}; {how}"


def _service(clinic: Clinic, subject: Subject, chosen: BookingTarget) -> Service | None:
    def fits(service: Service) -> bool:
        """What is chosen already may rule a service out."""
        return _may_offer(chosen.practitioner, service) and _may_offer(chosen.location, service)

    if subject.booking and fits(subject.booking):
        return subject.booking
    named = (service for service in subject.services if fits(service) and not nobody_offers(clinic, service))
    among = [service for service in clinic.services.values() if fits(service)]
    treating = (service_for(clinic, condition, among) for condition in subject.conditions)
    return next(named, None) or next(filter(None, treating), None)


def _practitioner(
    clinic: Clinic, service: Service | None, subject: Subject, place: Location | None
) -> Practitioner | None:
    listed = [person for person in clinic.staff if person.status is not Status.HIDDEN and _is_at(clinic, person, place)]
    treating = [person for person in listed if treats(person, subject.conditions)]
    if service is None:
        return treating[0] if len(treating) == 1 else None
    found = [person for person in listed if service.slug in person.services]
    if len(found) > 1:
        named = [person for person in found if person in treating]
        found = named if len(named) == 1 else [person for person in named or found if person == subject.writer]
    return found[0] if len(found) == 1 else None


def _location(clinic: Clinic, service: Service | None, practitioner: Practitioner | None) -> Location | None:
    """Where both are; for the clinic as a whole no place is more fitting than another."""
    if service is None and practitioner is None:
        return None
    found = [
        place
        for place in clinic.locations.values()
        if (practitioner is None or _is_at(clinic, practitioner, place))
        and (service is None or _may_offer(place, service))
    ]
    return found[0] if len(found) == 1 else None


def _may_offer(record: Practitioner | Location | None, service: Service) -> bool:
    """Whether a service is not ruled out there, or with them."""
    return record is None or not record.services or service.slug in record.services


def _is_at(clinic: Clinic, person: Practitioner, place: Location | None) -> bool:
    if place is None or not person.locations:
        return True
    return any(clinic.locations.get(slug) == place for slug in person.locations)


def _may_be_proposed(clinic: Clinic, service: Service) -> bool:
    return service.status is not Status.HIDDEN and not nobody_offers(clinic, service)
