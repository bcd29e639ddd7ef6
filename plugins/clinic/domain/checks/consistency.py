"""Whether the records agree with each other, which no single record can know."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from clinic.domain.booking.routing import nobody_offers
from clinic.domain.checks import Finding
from clinic.domain.checks.professional_titles import title_findings
from clinic.domain.events import ONLINE, occurrences
from clinic.models.base import Status
from clinic.models.booking import BOOKING_PROVIDERS, PLAIN_LINK, Bookable, BookableKind, BookingMethod, host_of
from clinic.models.clinic import Clinic
from clinic.models.comments import CommentChannel
from clinic.models.events import Event
from clinic.models.legal import company_number_error, missing_disclosures
from clinic.models.practitioner import EVERYWHERE
from clinic.models.suggestions import join_or, suggestion
from clinic.models.types import KeyPath, is_slug


def consistency_findings(clinic: Clinic, absent: Collection[str], *, team_is_whole: bool) -> Iterator[Finding]:
    """Every contradiction between the records.

    ``absent`` are services that have a file but are not known, being invalid or drafts: naming them is no error.
    ``team_is_whole``: whether the files of all practitioners could be read.
    """
    if not clinic.phone and not clinic.email:
        message = 'neither "phone" nor "email" is given; add one, so that visitors can reach the clinic'
        yield Finding("clinic", (), message)
    yield from _trader_identity(clinic)
    yield from _comment_channel(clinic)
    yield from _unknown_names(clinic, absent)
    yield from _offers(clinic, absent)
    yield from _events(clinic, team_is_whole=team_is_whole)
    yield from _booking(clinic)
    yield from _booking_of_records(clinic)
    for slug, practitioner in clinic.team.items():
        if practitioner.under_uk_law:
            yield from title_findings(f"team/{slug}", practitioner)
    if team_is_whole:
        yield from _unknown_approvers(clinic)
        yield from _services_without_practitioner(clinic)


def _trader_identity(clinic: Clinic) -> Iterator[Finding]:
    """What the website of a company must show by the law of its country, and the form of its number."""
    for key, law in missing_disclosures(clinic.legal, clinic.name, clinic.country):
        what = f"a limited company must show its {key.replace('_', ' ')} on its website"
        yield Finding("clinic", ("legal", "name"), f'{what}; add "{key}" under "legal" ({law})')
    number = clinic.legal.company_number
    if number and (error := company_number_error(number, clinic.country)):
        yield Finding("clinic", ("legal", "company_number"), error)


def _unknown_approvers(clinic: Clinic) -> Iterator[Finding]:
    """Somebody outside the clinic may approve a care card and is named in full; a file name must be one in team/."""
    for slug, card in clinic.care_cards.items():
        name = card.approved_by
        if is_slug(name) and clinic.practitioner(name) is None:
            how = suggestion(name, clinic.team) or f"; make a file for this person: team/{name}.md"
            yield Finding("clinic", ("care_cards", slug, "approved_by"), f'unknown person "{name}"{how}')


def _comment_channel(clinic: Clinic) -> Iterator[Finding]:
    settings = clinic.comments
    if settings and settings.by is CommentChannel.EMAIL and not clinic.email:
        message = 'comments cannot come by e-mail: the clinic gives none; add "email", or write "comments: off"'
        yield Finding("clinic", ("comments", "by"), message)
    if settings and settings.by is CommentChannel.FORM and not clinic.contact_form:
        message = 'nobody takes a form in; add "contact_form" with its provider, or write "by: email"'
        yield Finding("clinic", ("comments", "by"), message)


def _unknown_names(clinic: Clinic, absent: Collection[str]) -> Iterator[Finding]:
    services, locations = _Known("service", clinic.services, absent), _Known("location", clinic.locations)
    for slug, location in clinic.locations.items():
        yield from _unknown("clinic", ("locations", slug, "services"), location.services, services)
    for slug, practitioner in clinic.team.items():
        record = f"team/{slug}"
        yield from _unknown(record, ("services",), practitioner.services, services)
        yield from _unknown(record, ("locations",), practitioner.locations, locations)
        for name in practitioner.days.keys() - {EVERYWHERE, *clinic.locations}:
            message = f'unknown location "{name}"{suggestion(name, clinic.locations)}'
            yield Finding(record, ("days", name), message)


class _Known(NamedTuple):
    """What may be named: records of a ``kind``, and those that are ``absent`` for a reason that is told elsewhere."""

    kind: str
    names: Collection[str]
    absent: Collection[str] = ()


def _unknown(record: str, key_path: KeyPath, names: Iterable[str], known: _Known) -> Iterator[Finding]:
    for number, name in enumerate(names):
        yield from _unknown_name(record, (*key_path, number), name, known)


def _unknown_name(record: str, key_path: KeyPath, name: str, known: _Known) -> Iterator[Finding]:
    if name not in known.names and name not in known.absent:
        how = suggestion(name, known.names) or f"; make a file for it: {known.kind}s/{name}.md"
        yield Finding(record, key_path, f'unknown {known.kind} "{name}"{how}')


def _offers(clinic: Clinic, absent: Collection[str]) -> Iterator[Finding]:
    """Whether fees, and the two ways to book, agree with the services that they name."""
    services = _Known("service", clinic.services, absent)
    for number, fee in enumerate(clinic.fees):
        yield from _unknown("clinic", ("fees", number, "services"), fee.services, services)
    for key, visit in (("first_visit", clinic.first_visit), ("returning", clinic.returning)):
        if visit and visit.service:
            yield from _unknown_name("clinic", (key, "service"), visit.service, services)
    first, again = clinic.first_visit, clinic.returning
    if first and again and first.service and first.service == again.service:
        message = '"first_visit" and "returning" name the same service; name another, or take one of the two out'
        yield Finding("clinic", ("returning", "service"), message)


def _events(clinic: Clinic, *, team_is_whole: bool) -> Iterator[Finding]:
    """Every event whose place or people are not known; a word without spaces and capitals means a location."""
    for slug, event in clinic.events.items():
        record, where = f"events/{slug}", event.where
        if where is None and len(clinic.locations) > 1:
            known = join_or((*clinic.locations, ONLINE))
            message = f'it is not said where this takes place; add "where" with {known}, or the name of another place'
            yield Finding(record, ("title",), message)
        elif where and is_slug(where) and where != ONLINE and where not in clinic.locations:
            how = suggestion(where, (*clinic.locations, ONLINE))
            message = f'unknown location "{where}"{how}; another place has its name and its address'
            yield Finding(record, ("where",), message)
        yield from _left_out_days(record, event)
        for number, name in enumerate(event.practitioners if team_is_whole else ()):
            if name not in clinic.team:
                how = suggestion(name, clinic.team) or f"; make a file for this person: team/{name}.md"
                yield Finding(record, ("practitioners", number), f'unknown person "{name}"{how}')


def _left_out_days(record: str, event: Event) -> Iterator[Finding]:
    """A day that is left out must be one on which it would take place, or the wrong one is left in."""
    for number, day in enumerate(event.not_on):
        whole = event.model_copy(update={"not_on": (), "until": day})
        if not any(found.first == day for found in occurrences(whole)):
            message = f"{day} is none of the days on which this takes place; correct it, or remove it"
            yield Finding(record, ("not_on", number), message)


def _services_without_practitioner(clinic: Clinic) -> Iterator[Finding]:
    for slug, service in clinic.services.items():
        if service.status is not Status.DRAFT and nobody_offers(clinic, service):
            how = f'add {slug} to "services" of someone in team/, or remove this file'
            yield Finding(f"services/{slug}", ("title",), f'nobody offers "{service.title}"; {how}')


def _booking(clinic: Clinic) -> Iterator[Finding]:
    booking, provider = clinic.booking, clinic.booking.provider_details
    if booking.url:
        yield from _not_of_provider(clinic, "clinic", ("booking", "url"), booking.url)
    elif booking.provider != PLAIN_LINK:
        message = f'the address of your page at {provider.name} is missing; add "url: https://…" below "provider"'
        yield Finding("clinic", ("booking", "provider"), message)
    if booking.embed and not (booking.online_url and provider.frame):
        framed = join_or(key for key, known in BOOKING_PROVIDERS.items() if known.frame)
        how = "and booking online" if BookingMethod.ONLINE not in booking.methods else "and its url"
        message = f'"embed" needs a provider whose pages may stand inside yours ({framed}) {how}; or remove "embed"'
        yield Finding("clinic", ("booking", "embed"), message)


def _booking_of_records(clinic: Clinic) -> Iterator[Finding]:
    for kind, record, key_path, bookable in _bookable(clinic):
        if bookable.booking_url:
            yield from _not_of_provider(clinic, record, (*key_path, "booking_url"), bookable.booking_url)
        url, provider = clinic.booking.url, clinic.booking.provider_details
        if bookable.booking_id and not (url and provider.accepts_id_of(kind, url)):
            how = 'write "booking_url: https://…" with the whole address instead'
            message = f'"booking_id" says nothing here: {_why_no_id(clinic, kind)}; {how}'
            yield Finding(record, (*key_path, "booking_id"), message)


def _bookable(clinic: Clinic) -> Iterator[tuple[BookableKind, str, KeyPath, Bookable]]:
    """Every bookable record with its kind, and with record and key path as in a Finding."""
    for slug, location in clinic.locations.items():
        yield "location", "clinic", ("locations", slug), location
    for slug, service in clinic.services.items():
        yield "service", f"services/{slug}", (), service
        for key, of_service in (("first_visit", service.first_visit), ("returning", service.returning)):
            if of_service:
                yield "service", f"services/{slug}", (key,), of_service
    for key, of_clinic in (("first_visit", clinic.first_visit), ("returning", clinic.returning)):
        if of_clinic:
            yield "service", "clinic", (key,), of_clinic
    for slug, practitioner in clinic.team.items():
        yield "practitioner", f"team/{slug}", (), practitioner


def _why_no_id(clinic: Clinic, kind: BookableKind) -> str:
    if clinic.booking.provider == PLAIN_LINK:
        return '"booking" in clinic.yaml names no provider'
    if clinic.booking.url is None:
        return '"booking" in clinic.yaml has no url'
    provider = clinic.booking.provider_details
    here = f" below {clinic.booking.url}" if provider.shape else ""
    return f"{provider.name} has no address that we know for a single {kind}{here}"


def _not_of_provider(clinic: Clinic, record: str, key_path: KeyPath, url: str) -> Iterator[Finding]:
    provider = clinic.booking.provider_details
    if not provider.is_own_url(url):
        domains = f"whose addresses end with {join_or(provider.domains)}"
        message = f"this booking address is on {host_of(url)}, but the provider is {provider.name}, {domains}"
        yield Finding(record, key_path, f"{message}; correct the address, or set provider: {PLAIN_LINK}")
