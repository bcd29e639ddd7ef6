"""vCards: what a phone saves as a contact.

Version 3.0 (RFC 2426), not 4.0 (RFC 6350): Android's own Contacts refuses a card that says ``VERSION:4.0``, and Apple's
writes 3.0 itself. ``X-ABShowAs`` is Apple's word for "this is a company"; others pass over it.
"""

from collections.abc import Iterable, Iterator

from clinic.domain.pages.urls import (
    CLINIC_CARD,
    SiteAddress,
    location_card_path,
    location_path,
    practitioner_card_path,
    practitioner_path,
)
from clinic.models.clinic import Clinic
from clinic.models.contact import Reach, reach
from clinic.models.location import Location
from clinic.models.practitioner import Practitioner

_LONGEST = 75
"""Octets in a line, its end not counted (RFC 2425, 5.8.1)."""


def vcards(clinic: Clinic, address: SiteAddress) -> Iterator[tuple[str, str]]:
    """Every card of the site, each with its path from the root."""
    yield CLINIC_CARD, clinic_card(clinic, address)
    if clinic.has_location_pages:
        for slug, location in clinic.locations.items():
            yield location_card_path(slug), location_card(clinic, slug, location, address)
    for person in clinic.staff:
        yield practitioner_card_path(person.slug), practitioner_card(clinic, person, address)


def clinic_card(clinic: Clinic, address: SiteAddress) -> str:
    """The clinic as a whole, at all of its addresses."""
    places = tuple(clinic.locations.values())
    only = clinic.home_location if not clinic.has_location_pages else None
    ways = (*_company(clinic.name, clinic.name), *_reached(reach(only, clinic)), *map(_address, places))
    return _card((*ways, *_position(only), f"URL:{address.absolute('')}", f"UID:{address.absolute('#clinic')}"))


def location_card(clinic: Clinic, slug: str, location: Location, address: SiteAddress) -> str:
    """One of several locations, with its own number and address."""
    page = address.absolute(location_path(slug))
    ways = (*_company(location.known_as(clinic.name), clinic.name), *_reached(reach(location, clinic)))
    return _card(
        (*ways, _address(location), *_position(location), f"URL:{page}", f"UID:{address.absolute(f'#location-{slug}')}")
    )


def practitioner_card(clinic: Clinic, person: Practitioner, address: SiteAddress) -> str:
    """A person, reached as their page says: on a number of their own, else on the clinic's."""
    page = address.absolute(practitioner_path(person.slug))
    place = clinic.only_location_of(person)
    lines = [_name(person.plain_name), f"FN:{_text(person.name)}", f"ORG:{_text(clinic.name)}"]
    lines += [f"TITLE:{_text(person.role)}"] if person.role else []
    lines += [*_reached(reach(person, place, clinic)), *([_address(place)] if place else [])]
    return _card((*lines, f"URL:{page}", f"UID:{page}#person"))


def _company(name: str, organisation: str) -> Iterator[str]:
    """RFC 2426 asks for N and FN, of companies too."""
    yield f"N:{_text(name)};;;;"
    yield f"FN:{_text(name)}"
    yield f"ORG:{_text(organisation)}"
    yield "X-ABShowAs:COMPANY"


def _name(name: str) -> str:
    """RFC 2426, 3.1.2: family name, given names. The last word is taken for the family name."""
    given, _, family = name.rpartition(" ")
    return f"N:{_text(family)};{_text(given)};;;"


def _reached(ways: Reach) -> Iterator[str]:
    """RFC 2426, 3.3. WhatsApp finds people by their numbers, so a number of its own is one more to save."""
    if ways.phone:
        yield f"TEL;TYPE=WORK,{'CELL' if ways.phone.takes_texts else 'VOICE'}:{ways.phone.e164}"
    if ways.whatsapp and (not ways.phone or ways.whatsapp.e164 != ways.phone.e164):
        yield f"TEL;TYPE=WORK,CELL:{ways.whatsapp.e164}"
    if ways.email:
        yield f"EMAIL;TYPE=INTERNET,WORK:{_text(ways.email)}"


def _address(location: Location) -> str:
    """RFC 2426, 3.2.1: box, extension, street, town, region, postcode, country; the last left out, as on the pages."""
    known = location.address
    area = None if known.street else location.area_name
    parts = (None, area, known.street, known.locality, known.region, known.postcode, None)
    return "ADR;TYPE=WORK:" + ";".join(_text(part or "") for part in parts)


def _position(location: Location | None) -> tuple[str, ...]:
    """RFC 2426, 3.4.2: latitude, longitude."""
    geo = location.geo if location else None
    return (f"GEO:{geo.latitude:.6f};{geo.longitude:.6f}",) if geo else ()


def _text(value: str) -> str:
    """RFC 2426, 4: what would end a value, or a part of it, is escaped; words over several lines stand on one."""
    plain = " ".join(value.split())
    return plain.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")


def _card(lines: Iterable[str]) -> str:
    whole = ("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD")
    return "".join(f"{_folded(line)}\r\n" for line in whole)


def _folded(line: str) -> str:
    """RFC 2425, 5.8.1: a long line goes on in the next, after a space; never inside a character's octets."""
    folded, length = "", 0
    for sign in line:
        octets = len(sign.encode())
        if length + octets > _LONGEST:
            folded, length = f"{folded}\r\n ", 1
        folded, length = folded + sign, length + octets
    return folded
