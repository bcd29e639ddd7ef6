"""What single records cannot know: whether the facts agree with each other."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from clinic.facts.clinic import Clinic


class Inconsistency(NamedTuple):
    """``record`` is ``clinic``, ``services/<slug>`` or ``team/<slug>``; ``place`` the keys that lead to the fault."""

    record: str
    place: tuple[str | int, ...]
    message: str


def inconsistencies(clinic: Clinic, unreadable: Mapping[str, frozenset[str]]) -> Iterator[Inconsistency]:
    """Every place where one fact contradicts another.

    ``unreadable`` holds, under ``services`` and ``team``, the names of files that exist but have problems of their own.
    """
    yield from _reachable(clinic)
    yield from _known_names(clinic, set(clinic.services) | unreadable["services"])
    if not unreadable["team"]:
        yield from _services_without_practitioner(clinic)


def _reachable(clinic: Clinic) -> Iterator[Inconsistency]:
    if not clinic.phone and not clinic.email:
        yield Inconsistency(
            "clinic", (), 'neither "phone" nor "email" is given; add one, so that visitors can reach the clinic'
        )


def _known_names(clinic: Clinic, services: set[str]) -> Iterator[Inconsistency]:
    for slug, location in clinic.locations.items():
        yield from _unknown("clinic", ("locations", slug, "services"), location.services, "service", services)
    for slug, person in clinic.team.items():
        record = f"team/{slug}"
        yield from _unknown(record, ("services",), person.services, "service", services)
        yield from _unknown(record, ("locations",), person.locations, "location", clinic.locations)


def _unknown(
    record: str, place: tuple[str | int, ...], names: Iterable[str], kind: str, known: Iterable[str]
) -> Iterator[Inconsistency]:
    known_names = set(known)
    for number, name in enumerate(names):
        if name not in known_names:
            listed = ", ".join(sorted(known_names)) or "none yet"
            yield Inconsistency(record, (*place, number), f'unknown {kind} "{name}"; known: {listed}')


def _services_without_practitioner(clinic: Clinic) -> Iterator[Inconsistency]:
    """Once anyone's file says which services they offer, a service that nobody lists cannot be booked."""
    offered = {slug for person in clinic.team.values() for slug in person.services}
    if not offered:
        return
    for slug, service in clinic.services.items():
        if slug not in offered and all(person.services for person in clinic.team.values()):
            message = (
                f'nobody offers "{service.title}"; add {slug} to "services" of someone in team/, or remove this file'
            )
            yield Inconsistency(f"services/{slug}", ("title",), message)
