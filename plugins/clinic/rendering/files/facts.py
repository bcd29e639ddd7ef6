"""What programs read beside the pages: ``facts.json``, ``llms.txt``, ``security.txt``, and the key file of IndexNow.

Only what pages show. ``facts.json`` has a plain shape of its own; search engines have schema.org's in every page.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256

from clinic.domain.clinic_on_day import ClinicOnDay, LocationOnDay
from clinic.domain.pages.page import PageFacts, PageKind
from clinic.domain.pages.urls import (
    BOOK,
    CONTACT,
    SECURITY,
    SiteAddress,
    location_path,
    practitioner_path,
    service_path,
)
from clinic.models.contact import reach
from clinic.models.money import digits
from clinic.models.service import Service
from clinic.models.words import gettext
from clinic.rendering.structured_data.hours import hours_properties
from clinic.rendering.text import one_line

_Json = dict[str, object]
_MOST_ARTICLES = 50
_LISTS = frozenset({
    PageKind.BLOG, PageKind.CATEGORY, PageKind.TAG, PageKind.AUTHOR, PageKind.YEAR, PageKind.SERIES,
})  # fmt: skip


def facts_json(clinic: ClinicOnDay, address: SiteAddress) -> str:
    """The clinic's public facts as JSON; what is not known is left out.

    Telephone numbers are in E.164, times in the clinic's ``timezone`` as 24 hours (``closes`` before ``opens`` is on
    the next day), sums as text with a decimal point, dates in ISO 8601. ``content/README.md`` has the whole shape.
    """
    phone, _, email = reach(None, clinic)
    facts: _Json = {
        "name": clinic.name,
        "strapline": clinic.strapline,
        "description": clinic.description,
        "url": address.absolute(""),
        "language": clinic.language,
        "country": clinic.country,
        "timezone": clinic.timezone,
        "phone": phone.e164 if phone else None,
        "email": email,
        "appointment_only": clinic.appointment_only or None,
        "booking": clinic.booking.online_url or address.absolute(BOOK),
        "locations": [_location(clinic, address, slug, each) for slug, each in clinic.locations.items()],
        "services": [_service(address, each) for each in clinic.services.values()],
        "team": [
            {
                "name": person.title,
                "role": person.role,
                "registered": [{"body": each.name, "number": each.number} for each in person.registration],
                "url": address.absolute(practitioner_path(person.slug)),
            }
            for person in clinic.staff
        ],
    }
    return json.dumps(_known(facts), ensure_ascii=False, indent=2) + "\n"


def _location(clinic: ClinicOnDay, address: SiteAddress, slug: str, location: LocationOnDay) -> _Json:
    phone, _, email = reach(location, clinic)
    place, geo = location.address, location.geo
    return {
        "name": location.known_as(clinic.name),
        "url": address.absolute(location_path(slug) if clinic.has_location_pages else CONTACT),
        "address": {
            "street": place.street,
            "locality": place.locality,
            "region": place.region,
            "postcode": place.postcode,
            "country": place.country,
        }
        if place
        else None,
        "online": location.online or None,
        "area": location.area,
        "latitude": float(geo.latitude) if geo else None,
        "longitude": float(geo.longitude) if geo else None,
        "phone": phone.e164 if phone else None,
        "email": email,
        "hours": [*_hours(location)],
    }


def _hours(location: LocationOnDay) -> Iterator[_Json]:
    """Each with ``days`` or the dates ``from`` and ``until``; ``opens`` and ``closes``, or ``closed``."""
    found = hours_properties(location).get("openingHoursSpecification", [])
    for each in found if isinstance(found, list) else []:
        opens, closes = each["opens"], each["closes"]
        yield {
            "days": [day.rpartition("/")[2] for day in each.get("dayOfWeek", ())],
            "from": each.get("validFrom"),
            "until": each.get("validThrough"),
            **({"closed": True} if opens == closes else {"opens": opens, "closes": closes}),
            "note": each.get("description"),
        }


def _service(address: SiteAddress, service: Service) -> _Json:
    return {
        "name": service.title,
        "summary": service.summary,
        "url": address.absolute(service_path(service.slug)),
        "prices": [
            {
                "amount": digits(price.amount, price.currency),
                "from": price.starts_from or None,
                "currency": price.currency,
                "minutes": price.minutes,
            }
            for price in service.listed_prices(None)
        ],
    }


def _known(value: object) -> object:
    """The same without what nobody knows."""
    if isinstance(value, dict):
        found = {key: _known(each) for key, each in value.items()}
        return {key: each for key, each in found.items() if each not in (None, "", [], {})}
    return [_known(each) for each in value] if isinstance(value, list) else value


def llms_txt(clinic: ClinicOnDay, address: SiteAddress, pages: Iterable[PageFacts]) -> str:
    """The pages that search engines may show, with a line about each, as llmstxt.org proposes it."""
    shown = [page for page in pages if page.indexed and page.kind not in _LISTS]
    articles = [page for page in shown if page.kind is PageKind.ARTICLE]
    newest = sorted(articles, key=lambda page: page.published.timestamp() if page.published else 0, reverse=True)
    sections = {
        gettext("Pages"): [page for page in shown if page.kind not in (PageKind.ARTICLE, PageKind.SERVICE)],
        gettext("Services"): [page for page in shown if page.kind is PageKind.SERVICE],
        gettext("Articles"): newest[:_MOST_ARTICLES],
    }
    about = one_line(clinic.description or clinic.strapline or "")
    head = f"# {clinic.name}\n" + (f"\n> {about}\n" if about else "")
    return head + "".join(_section(heading, found, address) for heading, found in sections.items() if found)


def _section(heading: str, pages: Iterable[PageFacts], address: SiteAddress) -> str:
    lines = (
        f"- [{_plain(page.title)}]({address.absolute(page.path)}): {one_line(page.description)}".removesuffix(": ")
        for page in pages
    )
    return f"\n## {heading}\n\n" + "".join(f"{line}\n" for line in lines)


def _plain(title: str) -> str:
    """A title that ends no link."""
    return one_line(title).replace("[", "(").replace("]", ")")


def security_txt(clinic: ClinicOnDay, address: SiteAddress, now: datetime, languages: Iterable[str]) -> str:
    """RFC 9116; it holds until ``security_expires``."""
    contact = f"mailto:{clinic.email}" if clinic.email else address.absolute(CONTACT)
    expires = security_expires(now).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f"Contact: {contact}\nExpires: {expires}\nPreferred-Languages: {', '.join(dict.fromkeys(languages))}\n"
        f"Canonical: {address.of_all(SECURITY)}\n"
    )


def security_expires(now: datetime) -> datetime:
    """When the file of a build is out of date: in less than a year, as RFC 9116, 2.5.5 asks for, by months."""
    return datetime(now.year + 1, now.month, 1, tzinfo=UTC)


def indexnow_key(address: SiteAddress) -> str:
    """The key by which search engines know that whoever tells them of changes may: it is public, as its file is.

    indexnow.org, "Documentation": 8 to 128 of ``a-z A-Z 0-9 -``. It follows from the address, so nobody has to keep it.
    """
    return sha256(f"indexnow {address.public}".encode()).hexdigest()[:32]


def key_files(address: SiteAddress) -> Mapping[str, str]:
    """The file that holds the key, named by it."""
    key = indexnow_key(address)
    return {f"{key}.txt": key}
