"""What single records cannot know: whether the facts agree with each other."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from clinic.domain.booking.routing import nobody_offers
from clinic.domain.checks.professional_titles import PROTECTED, protected_titles
from clinic.models.base import Status
from clinic.models.booking import PLAIN_LINK, PROVIDERS, Bookable, BookingMethod, Kind
from clinic.models.clinic import Clinic
from clinic.models.comments import CommentsBy
from clinic.models.legal import company_number_fault, missing_disclosures
from clinic.models.practitioner import EVERYWHERE, Practitioner, calls_a_doctor, doctorate
from clinic.models.suggestions import one_of, suggestion
from clinic.models.types import is_slug
from clinic.models.urls import host_of


class Finding(NamedTuple):
    """``record`` is ``clinic``, ``services/<slug>`` or ``team/<slug>``; ``place`` the keys that lead to the fault."""

    record: str
    place: tuple[str | int, ...]
    message: str


def consistency_findings(clinic: Clinic, absent: Collection[str], *, team_is_whole: bool) -> Iterator[Finding]:
    """Every place where one fact contradicts another.

    ``absent`` are services that have a file but are not known, being faulty or a draft: naming them is no fault.
    ``team_is_whole``: whether the files of all people could be read.
    """
    yield from _reachable(clinic)
    yield from _trading_openly(clinic)
    yield from _comments_arrive(clinic)
    yield from _known_names(clinic, absent)
    yield from _booking(clinic)
    yield from _booking_of_records(clinic)
    for slug, person in clinic.team.items():
        yield from _untrue_titles(f"team/{slug}", person)
    if team_is_whole:
        yield from _unknown_approvers(clinic)
        yield from _services_without_practitioner(clinic)


def _reachable(clinic: Clinic) -> Iterator[Finding]:
    if not clinic.phone and not clinic.email:
        yield Finding(
            "clinic", (), 'neither "phone" nor "email" is given; add one, so that visitors can reach the clinic'
        )


def _trading_openly(clinic: Clinic) -> Iterator[Finding]:
    """Names and Trading Disclosures Regulations 2015, reg. 25: what the website of a company must show."""
    for key in missing_disclosures(clinic.legal, clinic.name):
        message = (
            f'a limited company must show its {key.replace("_", " ")} on its website; add "{key}" under "legal" '
            "(Trading Disclosures Regulations 2015)"
        )
        yield Finding("clinic", ("legal", "name"), message)
    number = clinic.legal.company_number
    if number and clinic.country == "GB" and (fault := company_number_fault(number)):
        yield Finding("clinic", ("legal", "company_number"), fault)


def _untrue_titles(record: str, person: Practitioner) -> Iterator[Finding]:
    """Titles that only registered people may use, and "Dr" with nothing that says of what (CAP Code 3.1, ASA)."""
    for key, words in (("title", person.title), ("role", person.role or "")):
        for title in protected_titles(words):
            register = PROTECTED[title.casefold()]
            if not person.is_registered_with(register.short):
                message = (
                    f'"{title}" is a protected title: only people in the register of the {register.said} may use it; '
                    f'add "registration" with body: {register.short} and the number, or use other words'
                )
                yield Finding(record, (key,), message)
    if person.is_medical_doctor:
        return
    if calls_a_doctor(person.title) and not doctorate(person.qualifications):
        message = (
            f'"{person.title}" does not say what kind of doctor this is; add it to "qualifications" in full, such as '
            'Doctor of Chiropractic, and it is shown beside the name; or leave "Dr" out'
        )
        yield Finding(record, ("title",), message)
    if calls_a_doctor(person.role or ""):
        message = 'this role does not say what kind of doctor is meant; write for example "Doctor of Chiropractic"'
        yield Finding(record, ("role",), message)


def _unknown_approvers(clinic: Clinic) -> Iterator[Finding]:
    """Somebody outside the clinic may approve a care card and is named in full; a file name must be one of ours."""
    for slug, card in clinic.care_cards.items():
        name = card.approved_by
        if is_slug(name) and clinic.practitioner(name) is None:
            how = suggestion(name, clinic.team) or f"; make a file for this person: team/{name}.md"
            yield Finding("clinic", ("care_cards", slug, "approved_by"), f'unknown person "{name}"{how}')


def _comments_arrive(clinic: Clinic) -> Iterator[Finding]:
    settings = clinic.comments
    if settings and settings.by is CommentsBy.EMAIL and not clinic.email:
        message = 'comments cannot come by e-mail: the clinic gives none; add "email", or write "comments: off"'
        yield Finding("clinic", ("comments", "by"), message)
    if settings and settings.by is CommentsBy.FORM and not clinic.contact_form:
        message = 'nobody takes a form in; add "contact_form" with its provider, or write "by: email"'
        yield Finding("clinic", ("comments", "by"), message)


def _known_names(clinic: Clinic, absent: Collection[str]) -> Iterator[Finding]:
    services = (clinic.services, absent)
    for slug, location in clinic.locations.items():
        yield from _unknown("clinic", ("locations", slug, "services"), location.services, "service", *services)
    for slug, person in clinic.team.items():
        record = f"team/{slug}"
        yield from _unknown(record, ("services",), person.services, "service", *services)
        yield from _unknown(record, ("locations",), person.locations, "location", clinic.locations)
        for place in person.days.keys() - {EVERYWHERE, *clinic.locations}:
            message = f'unknown location "{place}"{suggestion(place, clinic.locations)}'
            yield Finding(record, ("days", place), message)


def _unknown(
    record: str,
    place: tuple[str | int, ...],
    names: Iterable[str],
    kind: str,
    known: Collection[str],
    absent: Collection[str] = (),
) -> Iterator[Finding]:
    for number, name in enumerate(names):
        if name not in known and name not in absent:
            how = suggestion(name, known) or f"; make a file for it: {kind}s/{name}.md"
            yield Finding(record, (*place, number), f'unknown {kind} "{name}"{how}')


def _services_without_practitioner(clinic: Clinic) -> Iterator[Finding]:
    for slug, service in clinic.services.items():
        if service.status is not Status.DRAFT and nobody_offers(clinic, service):
            message = (
                f'nobody offers "{service.title}"; add {slug} to "services" of someone in team/, or remove this file'
            )
            yield Finding(f"services/{slug}", ("title",), message)


def _booking(clinic: Clinic) -> Iterator[Finding]:
    booking = clinic.booking
    if booking.url:
        yield from _elsewhere(clinic, "clinic", ("booking", "url"), booking.url)
    elif booking.provider != PLAIN_LINK:
        message = (
            f'the address of your page at {booking.service.name} is missing; add "url: https://…" below "provider"'
        )
        yield Finding("clinic", ("booking", "provider"), message)
    if booking.embed and not (booking.online and booking.service.frame):
        framed = one_of(key for key, provider in PROVIDERS.items() if provider.frame)
        how = "and booking online" if BookingMethod.ONLINE not in booking.methods else "and its url"
        message = f'"embed" needs a provider whose pages may stand inside yours ({framed}) {how}; or remove "embed"'
        yield Finding("clinic", ("booking", "embed"), message)


def _booking_of_records(clinic: Clinic) -> Iterator[Finding]:
    for kind, record, place, bookable in _bookable(clinic):
        if bookable.booking_url:
            yield from _elsewhere(clinic, record, (*place, "booking_url"), bookable.booking_url)
        if bookable.booking_id and not (clinic.booking.url and clinic.booking.service.takes(kind)):
            message = (
                f'"booking_id" says nothing here: {_why_no_id(clinic, kind)}; write "booking_url: https://…" with the '
                f"whole address instead"
            )
            yield Finding(record, (*place, "booking_id"), message)


def _bookable(clinic: Clinic) -> Iterator[tuple[Kind, str, tuple[str, ...], Bookable]]:
    """What may be booked by itself, with the file it stands in and where in it."""
    for slug, location in clinic.locations.items():
        yield "location", "clinic", ("locations", slug), location
    for slug, service in clinic.services.items():
        yield "service", f"services/{slug}", (), service
    for slug, person in clinic.team.items():
        yield "practitioner", f"team/{slug}", (), person


def _why_no_id(clinic: Clinic, kind: Kind) -> str:
    if clinic.booking.provider == PLAIN_LINK:
        return '"booking" in clinic.yaml names no provider'
    if clinic.booking.url is None:
        return '"booking" in clinic.yaml has no url'
    return f"{clinic.booking.service.name} has no address that we know for a single {kind}"


def _elsewhere(clinic: Clinic, record: str, place: tuple[str, ...], url: str) -> Iterator[Finding]:
    provider = clinic.booking.service
    if not provider.owns(url):
        message = (
            f"this booking address is on {host_of(url)}, but the provider is {provider.name}, whose addresses end with "
            f"{one_of(provider.domains)}; correct the address, or set provider: {PLAIN_LINK}"
        )
        yield Finding(record, place, message)
