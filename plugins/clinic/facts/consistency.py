"""What single records cannot know: whether the facts agree with each other."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from clinic.facts.base import Status
from clinic.facts.clinic import Clinic
from clinic.facts.wording import suggestion


class Inconsistency(NamedTuple):
    """``record`` is ``clinic``, ``services/<slug>`` or ``team/<slug>``; ``place`` the keys that lead to the fault."""

    record: str
    place: tuple[str | int, ...]
    message: str


def inconsistencies(clinic: Clinic, absent: Collection[str], *, team_is_whole: bool) -> Iterator[Inconsistency]:
    """Every place where one fact contradicts another.

    ``absent`` are services that have a file but are not known, being faulty or a draft: naming them is no fault.
    ``team_is_whole``: whether the files of all people could be read.
    """
    yield from _reachable(clinic)
    yield from _known_names(clinic, absent)
    if team_is_whole:
        yield from _services_without_practitioner(clinic)


def _reachable(clinic: Clinic) -> Iterator[Inconsistency]:
    if not clinic.phone and not clinic.email:
        yield Inconsistency(
            "clinic", (), 'neither "phone" nor "email" is given; add one, so that visitors can reach the clinic'
        )


def _known_names(clinic: Clinic, absent: Collection[str]) -> Iterator[Inconsistency]:
    services = (clinic.services, absent)
    for slug, location in clinic.locations.items():
        yield from _unknown("clinic", ("locations", slug, "services"), location.services, "service", *services)
    for slug, person in clinic.team.items():
        record = f"team/{slug}"
        yield from _unknown(record, ("services",), person.services, "service", *services)
        yield from _unknown(record, ("locations",), person.locations, "location", clinic.locations)


def _unknown(
    record: str,
    place: tuple[str | int, ...],
    names: Iterable[str],
    kind: str,
    known: Collection[str],
    absent: Collection[str] = (),
) -> Iterator[Inconsistency]:
    for number, name in enumerate(names):
        if name not in known and name not in absent:
            how = suggestion(name, known) or f"; make a file for it: {kind}s/{name}.md"
            yield Inconsistency(record, (*place, number), f'unknown {kind} "{name}"{how}')


def _services_without_practitioner(clinic: Clinic) -> Iterator[Inconsistency]:
    """Once everyone's file says which services they offer, a service that nobody lists cannot be booked."""
    offered = {slug for person in clinic.team.values() for slug in person.services}
    if not offered or not all(person.services for person in clinic.team.values()):
        return
    for slug, service in clinic.services.items():
        if slug not in offered and service.status is not Status.DRAFT:
            message = (
                f'nobody offers "{service.title}"; add {slug} to "services" of someone in team/, or remove this file'
            )
            yield Inconsistency(f"services/{slug}", ("title",), message)
