"""vCards: contacts for a phone to save, for the clinic, each location and each practitioner.

Version 3.0 (RFC 2426), not 4.0 (RFC 6350): Android's own Contacts refuses a card that says ``VERSION:4.0``, and Apple's
writes 3.0 itself. ``X-ABShowAs`` is Apple's word for "this is a company"; others pass over it.
"""

import re
from base64 import b64encode
from collections.abc import Iterator

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
from clinic.models.language import current_locale
from clinic.models.location import Location
from clinic.models.person_name import PersonName
from clinic.models.practitioner import Practitioner, uses_doctor_title
from clinic.rendering.text import one_line

_MOST_OCTETS = 75
"""Octets in a line, its end not counted (RFC 2425, 5.8.1)."""


def vcards(clinic: Clinic, address: SiteAddress, icon: bytes = b"") -> Iterator[tuple[str, str]]:
    """Path and text of every card of the site, lines ending in CRLF.

    ``icon`` is a PNG for the cards of the clinic and its locations.
    """
    yield CLINIC_CARD, clinic_card(clinic, address, icon)
    if clinic.has_location_pages:
        for slug, location in clinic.locations.items():
            yield location_card_path(slug), location_card(clinic, slug, location, address, icon)
    for practitioner in clinic.staff:
        yield practitioner_card_path(practitioner.slug), practitioner_card(clinic, practitioner, address)


def clinic_card(clinic: Clinic, address: SiteAddress, icon: bytes = b"") -> str:
    """The clinic as a whole, with all of its addresses."""
    only = clinic.home_location if not clinic.has_location_pages else None
    return _company_card(
        clinic,
        clinic.name,
        *_reached(reach(only, clinic)),
        *(line for location in clinic.locations.values() for line in _address(clinic, location)),
        *_position(only),
        f"URL:{address.absolute('')}",
        f"UID:{address.absolute('#clinic')}",
        *_photo(icon),
    )


def location_card(clinic: Clinic, slug: str, location: Location, address: SiteAddress, icon: bytes = b"") -> str:
    """One of several locations, with its own number and address."""
    return _company_card(
        clinic,
        location.known_as(clinic.name),
        *_reached(reach(location, clinic)),
        *_address(clinic, location),
        *_position(location),
        f"URL:{address.absolute(location_path(slug))}",
        f"UID:{address.absolute(f'#location-{slug}')}",
        *_photo(icon),
    )


def practitioner_card(clinic: Clinic, practitioner: Practitioner, address: SiteAddress) -> str:
    """A practitioner, with a number of their own, else that of their only location, else the clinic's."""
    page = address.absolute(practitioner_path(practitioner.slug))
    location = clinic.only_location_of(practitioner)
    # RFC 2426, 3.1.2: family name, given names, further ones, titles, letters. "Dr" would stand alone on a phone, where
    # it does not say of what (ASA), so in the UK FN has it with the qualification and N has not.
    name = PersonName.parse(practitioner.title)
    title = "" if practitioner.under_uk_law and uses_doctor_title(name.prefix) else name.prefix
    parts = ";".join(map(_text, (name.family, name.given, "", title, name.suffix)))
    return _card(
        (parts, practitioner.name, clinic.name),
        *([f"TITLE:{_text(practitioner.role)}"] if practitioner.role else []),
        *_reached(reach(practitioner, location, clinic)),
        *_address(clinic, location),
        f"URL:{page}",
        f"UID:{page}#person",
    )


def _company_card(clinic: Clinic, name: str, *lines: str) -> str:
    return _card((f"{_text(name)};;;;", name, clinic.name), "X-ABShowAs:COMPANY", *lines)


def _reached(ways: Reach) -> Iterator[str]:
    """RFC 2426, 3.3: TEL and EMAIL. WhatsApp knows contacts by their numbers, so a number of its own is saved too."""
    if ways.phone:
        yield f"TEL;TYPE=WORK,{'CELL' if ways.phone.takes_texts else 'VOICE'}:{ways.phone.e164}"
    if ways.whatsapp and (not ways.phone or ways.whatsapp.e164 != ways.phone.e164):
        yield f"TEL;TYPE=WORK,CELL:{ways.whatsapp.e164}"
    if ways.email:
        yield f"EMAIL;TYPE=INTERNET,WORK:{_text(ways.email)}"


def _address(clinic: Clinic, location: Location | None) -> tuple[str, ...]:
    """RFC 2426, 3.2.1: box, extension, street, town, region, postcode, country; the last in another than the clinic's.

    None where there is no place to go to.
    """
    known = location.address if location else None
    if location is None or known is None:
        return ()
    area = None if known.street else location.area_name
    country = current_locale().territories.get(known.country) if known.country != clinic.country else None
    parts = (None, area, known.street, known.locality, known.region, known.postcode, country)
    return ("ADR;TYPE=WORK:" + ";".join(_text(part or "") for part in parts),)


def _position(location: Location | None) -> tuple[str, ...]:
    """RFC 2426, 3.4.2: latitude, longitude."""
    geo = location.geo if location else None
    return (f"GEO:{geo.latitude:.6f};{geo.longitude:.6f}",) if geo else ()


def _photo(icon: bytes) -> tuple[str, ...]:
    """RFC 2426, 3.1.4, which phones show beside a contact; they pass over LOGO (3.5.3), and load no address."""
    return (f"PHOTO;ENCODING=b;TYPE=PNG:{b64encode(icon).decode()}",) if icon else ()


def _text(value: str) -> str:
    """RFC 2426, 4: a value on one line, with what would end it, or a part of it, escaped."""
    return re.sub(r"([\\,;])", r"\\\1", one_line(value))


def _card(names: tuple[str, str, str], *lines: str) -> str:
    """``names``: N with its parts escaped, FN and ORG as they are; RFC 2426 asks for N and FN, of companies too."""
    parts, name, organisation = names
    named = (f"N:{parts}", f"FN:{_text(name)}", f"ORG:{_text(organisation)}")
    whole = ("BEGIN:VCARD", "VERSION:3.0", *named, *lines, "END:VCARD")
    return "".join(f"{_folded(line)}\r\n" for line in whole)


def _folded(line: str) -> str:
    """RFC 2425, 5.8.1: a long line is continued after CRLF and a space; no character is cut."""
    folded, length = "", 0
    for character in line:
        octets = len(character.encode())
        if length + octets > _MOST_OCTETS:
            folded, length = f"{folded}\r\n ", 1
        folded, length = folded + character, length + octets
    return folded
