"""Booking routing: from what a text is about to service, practitioner and location.

A call to action asks in this order, and the first that answers decides the service:

(a) what its directive names, or the page it is on is of;
(b) the service that the article's ``booking`` names;
(c) the first of the article's ``services`` that somebody offers;
(d) the first of its ``conditions`` that a service names, preferring a service offered by someone who names it too; if
    no service names any, the only practitioner who does;
(e) the clinic as a whole.

Then the practitioner: the only one who offers the service, else, of several, the only one who names the condition, else
the article's author; otherwise none. Then the location: the only one where practitioner and service both are.
Conditions are equal when their slugs are: ``Ankle sprain`` and ``ankle-sprain``. Empty ``services`` or ``locations``
mean "not stated", so they exclude nothing. Whoever has left, and whatever is hidden, is never proposed.
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
    """What a text is about, as its front matter says; ``booking`` is the service it asks to be booked."""

    services: tuple[Service, ...] = ()
    conditions: tuple[str, ...] = ()
    booking: Service | None = None
    writer: Practitioner | None = None
    """The author, where there is only one."""

    @property
    def key(self) -> tuple[Hashable, ...]:
        """Equal for equal subjects: records hold mappings, so they cannot be hashed themselves."""
        booking, writer = (record.slug if record else None for record in (self.booking, self.writer))
        return tuple(service.slug for service in self.services), self.conditions, booking, writer


@dataclass(frozen=True)
class BookingTarget:
    """What is booked, with whom and where. None: not known, or more than one."""

    service: Service | None = None
    practitioner: Practitioner | None = None
    location: Location | None = None


ANY_SUBJECT = Subject()
ANY_TARGET = BookingTarget()


def booking_target(
    clinic: Clinic, subject: Subject = ANY_SUBJECT, requested: BookingTarget = ANY_TARGET
) -> BookingTarget:
    """The target that follows from a subject; ``requested`` is what is settled already, (a) above."""
    service = requested.service or _service(clinic, subject, requested)
    practitioner = requested.practitioner or _practitioner(clinic, service, subject, requested.location)
    return BookingTarget(service, practitioner, requested.location or _location(clinic, service, practitioner))


def treats(record: Service | Practitioner, conditions: Collection[str]) -> bool:
    """Whether the record names one of the conditions, in whatever spelling."""
    return not {slug_like(own) for own in record.conditions}.isdisjoint(map(slug_like, conditions))


def offering(clinic: Clinic, service: Service) -> tuple[Practitioner, ...]:
    """The staff whose files say that they offer the service."""
    return tuple(practitioner for practitioner in clinic.staff if service.slug in practitioner.services)


def nobody_offers(clinic: Clinic, service: Service) -> bool:
    """Whether everyone's file states services, and none of them this one: then it cannot be booked."""
    stated = bool(clinic.team) and all(practitioner.services for practitioner in clinic.staff)
    return stated and not offering(clinic, service)


def service_for(clinic: Clinic, condition: str, among: Iterable[Service] | None = None) -> Service | None:
    """The service for a condition: one offered by someone who names it too, else the first that names it."""
    services = clinic.services.values() if among is None else among
    shown = [service for service in services if service.status is not Status.HIDDEN]
    naming = [found for found in shown if treats(found, [condition]) and not nobody_offers(clinic, found)]
    preferred = (found for found in naming if any(treats(one, [condition]) for one in offering(clinic, found)))
    return next(preferred, naming[0] if naming else None)


def unlisted_conditions(clinic: Clinic, conditions: Iterable[str]) -> list[str]:
    """The conditions that no service and nobody on the staff names; empty where none of these names any at all."""
    records: list[Service | Practitioner] = [*clinic.services.values(), *clinic.staff]
    if not any(record.conditions for record in records):
        return []
    return [condition for condition in conditions if not any(treats(record, [condition]) for record in records)]


def not_offered_error(clinic: Clinic, service: Service | None) -> str | None:
    """The error of a text that asks to book this service; None if it can be booked."""
    if service is None or not nobody_offers(clinic, service):
        return None
    how = f'name another service, or add {service.slug} to "services" of someone in team/'
    return f'nobody offers "{service.title}" any more; {how}'


def departure_error(practitioner: Practitioner | None, then: date | None = None) -> str | None:
    """The error of a text that says a practitioner does something now, or did on a day; None if they had not left."""
    if practitioner is None or practitioner.left is None or (then and then <= practitioner.left):
        return None
    left = f"{practitioner.left.day} {practitioner.left:%B %Y}"
    return f"{practitioner.name} left on {left}; name someone who works here, or take this line out"


def target_conflicts(clinic: Clinic, requested: BookingTarget) -> Iterator[tuple[str, str]]:
    """What a text requests together although the records exclude it: the part to report it at, and the message."""
    service, practitioner, location = requested.service, requested.practitioner, requested.location
    if service and practitioner and not _may_offer(practitioner, service):
        how = f'name someone else, or add {service.slug} to "services" in team/{practitioner.slug}.md'
        yield "service", f'{practitioner.name} does not offer "{service.title}"; {how}'
    if service and location and not _may_offer(location, service):
        how = f'name another, or add {service.slug} to its "services" in clinic.yaml'
        yield "service", f'"{service.title}" is not offered at {location.short_name}; {how}'
    if practitioner and location and not _works_at(clinic, practitioner, location):
        slug = next(slug for slug, known in clinic.locations.items() if known == location)
        how = f'name another location, or add {slug} to "locations" in team/{practitioner.slug}.md'
        yield "location", f"{practitioner.name} does not work at {location.short_name}; {how}"


def _service(clinic: Clinic, subject: Subject, requested: BookingTarget) -> Service | None:
    def fits(service: Service) -> bool:
        """Whether what is requested already does not rule it out."""
        return _may_offer(requested.practitioner, service) and _may_offer(requested.location, service)

    if subject.booking and fits(subject.booking):
        return subject.booking
    named = (service for service in subject.services if fits(service) and not nobody_offers(clinic, service))
    among = [service for service in clinic.services.values() if fits(service)]
    treating = (service_for(clinic, condition, among) for condition in subject.conditions)
    return next(named, None) or next(filter(None, treating), None)


def _practitioner(
    clinic: Clinic, service: Service | None, subject: Subject, location: Location | None
) -> Practitioner | None:
    possible = [one for one in clinic.staff if one.status is not Status.HIDDEN and _works_at(clinic, one, location)]
    treating = [practitioner for practitioner in possible if treats(practitioner, subject.conditions)]
    if service is None:
        return treating[0] if len(treating) == 1 else None
    found = [practitioner for practitioner in possible if service.slug in practitioner.services]
    if len(found) > 1:
        named = [practitioner for practitioner in found if practitioner in treating]
        found = named if len(named) == 1 else [one for one in named or found if one == subject.writer]
    return found[0] if len(found) == 1 else None


def _location(clinic: Clinic, service: Service | None, practitioner: Practitioner | None) -> Location | None:
    """The only location where both are; None for the clinic as a whole, where all are as fitting."""
    if service is None and practitioner is None:
        return None
    found = [
        location
        for location in clinic.locations.values()
        if (practitioner is None or _works_at(clinic, practitioner, location))
        and (service is None or _may_offer(location, service))
    ]
    return found[0] if len(found) == 1 else None


def _may_offer(record: Practitioner | Location | None, service: Service) -> bool:
    """Whether the record does not exclude the service."""
    return record is None or not record.services or service.slug in record.services


def _works_at(clinic: Clinic, practitioner: Practitioner, location: Location | None) -> bool:
    """Whether the practitioner's file does not exclude the location."""
    if location is None or not practitioner.locations:
        return True
    return any(clinic.locations.get(slug) == location for slug in practitioner.locations)
