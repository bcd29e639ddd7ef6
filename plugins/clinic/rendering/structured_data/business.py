"""The clinic and its locations: one LocalBusiness, or an Organization with a LocalBusiness for each location.

Google's LocalBusiness page asks for one business per location, each with an address. Who comes to people has
``areaServed``, and of an address the country alone; who sees them online is an OnlineBusiness, since a LocalBusiness is
a place. Every page's footer shows the locations with address, telephone and e-mail (its own, else the clinic's), the
strapline, the social links and the trader, so every page has those; the page of a location has that one alone, whole,
as any page of a clinic with many (``FEW_LOCATIONS``). Hours, maps and closures go only where the page shows them; what
describes the clinic, on the page about it. A text and lists of texts name the clinic as their publisher: its locations
are no subject of theirs, and Google reads each on its own page.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from clinic.domain.clinic_on_day import LocationOnDay
from clinic.domain.pages.urls import location_path
from clinic.models.clinic import Clinic
from clinic.models.contact import reach
from clinic.models.fees import Fee
from clinic.models.legal import tax_label
from clinic.models.location import Address
from clinic.models.money import digits
from clinic.models.words import gettext
from clinic.rendering.structured_data.hours import hours_properties
from clinic.rendering.structured_data.nodes import Node, Site, image_node, node, reference
from clinic.rendering.structured_data.practitioners import registered_node
from clinic.rendering.structured_data.services import areas_served, reserve_action


class Shown(NamedTuple):
    """What a page shows of the clinic, beside what every page does.

    ``locations`` are the short names of those whose hours it shows; ``presented``: it shows the description, the
    subjects and the price range; ``fees`` are what it says to cost something; ``payment``: it says how people may pay;
    ``published``: the clinic is the publisher of what it shows, and no more.
    """

    locations: frozenset[str] = frozenset()
    presented: bool = False
    fees: tuple[Fee, ...] = ()
    payment: bool = False
    published: bool = False


def business_nodes(site: Site, shown: Shown) -> tuple[Node, ...]:
    """The clinic first, then its locations, with what the page shows of them."""
    locations = site.clinic.locations.items()
    if len(locations) == 1:
        return tuple(_only_location(site, slug, location, shown) for slug, location in locations)
    all_of_few = not (shown.locations or shown.published or site.clinic.has_many_locations)
    named = [slug for slug, _ in locations if slug in shown.locations or all_of_few]
    return (
        _organization(site, shown, named),
        *(_branch(site, slug, site.clinic.locations[slug], shown) for slug in named),
    )


def location_names(site: Site) -> Iterator[Node]:
    """Of many locations, their list gives the names and addresses alone; the page of each has the rest."""
    for slug, location in site.clinic.locations.items():
        name, url = location.known_as(site.clinic.name), site.url(location_path(slug))
        yield node(_types(site.clinic, location), site.location_id(slug), name=name, url=url)


def _only_location(site: Site, slug: str, location: LocationOnDay, page: Shown) -> Node:
    """schema.org LocalBusiness subtypes of the owner's choice: the clinic and its only location in one."""
    shown, presented = slug in page.locations, page.presented
    properties = {
        **_identity(site),
        **_reached(site.clinic, location),
        **(_presentation(site.clinic) if presented else {}),
        "priceRange": site.clinic.price_range if presented and not location.online else None,
        **_location(site, location, shown),
        "areaServed": [*areas_served(site.clinic, [location]), *site.clinic.areas],
        "paymentAccepted": _payment(site.clinic, location, page),
        "makesOffer": _offers(page),
    }
    action = reserve_action(site, location=location if shown else None)
    return node(_types(site.clinic, location), site.clinic_id, **properties, potentialAction=action)


def _organization(site: Site, page: Shown, branches: Iterable[str]) -> Node:
    """schema.org Organization with ``subOrganization``, without hours and ``priceRange``, which are its locations'."""
    return node(
        "Organization",
        site.clinic_id,
        **_identity(site),
        **_reached(site.clinic),
        **(_presentation(site.clinic) if page.presented else {}),
        image=image_node(site, site.default_image),
        areaServed=[*areas_served(site.clinic, site.clinic.locations.values()), *site.clinic.areas],
        potentialAction=reserve_action(site),
        makesOffer=_offers(page),
        subOrganization=[reference(site.location_id(slug)) for slug in branches],
    )


def _branch(site: Site, slug: str, location: LocationOnDay, page: Shown) -> Node:
    """schema.org LocalBusiness subtypes, with ``parentOrganization`` (``branchOf`` is superseded by it)."""
    clinic, shown = site.clinic, slug in page.locations
    return node(
        _types(clinic, location),
        site.location_id(slug),
        name=location.known_as(clinic.name),
        parentOrganization=reference(site.clinic_id),
        url=site.url(location_path(slug)),
        mainEntityOfPage=site.url(location_path(slug)),
        **_reached(clinic, location),
        paymentAccepted=_payment(clinic, location, page),
        priceRange=clinic.price_range if page.presented and not location.online else None,
        **_location(site, location, shown),
        potentialAction=reserve_action(site, location=location) if shown and location.has_own_booking else None,
    )


def _identity(site: Site) -> dict[str, object]:
    """schema.org Organization, as Google's Organization page recommends: the clinic, and who trades under its name."""
    clinic, legal = site.clinic, site.clinic.legal
    number = node("PropertyValue", name=gettext("Company number"), value=legal.company_number)
    return {
        "name": clinic.name,
        "slogan": clinic.strapline,
        "url": site.url(""),
        "logo": image_node(site, site.logo),
        "sameAs": list(clinic.social),
        "legalName": legal.name,
        # schema.org has a property for a number of value-added tax, and another for those of other taxes
        "vatID" if tax_label(clinic.country) == "VAT" else "taxID": legal.vat_number,
        "identifier": number if legal.company_number else None,
        "memberOf": [node("Organization", name=name) for name in legal.member_of],
        "hasCredential": registered_node(legal.regulator) if legal.regulator else None,
    }


def _reached(clinic: Clinic, location: LocationOnDay | None = None) -> dict[str, object]:
    """Google LocalBusiness ``telephone``, with the country code (E.164), and schema.org ``email``."""
    phone, _, email = reach(location, clinic)
    return {"telephone": phone.e164 if phone else None, "email": email}


def _payment(clinic: Clinic, location: LocationOnDay, page: Shown) -> str | None:
    """schema.org LocalBusiness ``paymentAccepted``, a text; an OnlineBusiness has no such property."""
    return ", ".join(clinic.payment.ways) if page.payment and not location.online else None


def _offers(page: Shown) -> list[Node]:
    """schema.org Organization ``makesOffer``: what visitors may buy beside the services.

    Charges for appointments that were missed are no offers, and schema.org has nothing else for them.
    """
    return [
        node(
            "Offer",
            name=fee.name,
            description=", ".join(filter(None, (fee.amount_text, fee.note))),
            price=digits(fee.amount, fee.currency),
            priceCurrency=fee.currency,
        )
        for fee in page.fees
        if fee.kind.is_for_sale and fee.amount is not None
    ]


def _presentation(clinic: Clinic) -> dict[str, object]:
    """schema.org Organization: ``description``, ``knowsAbout``."""
    return {"description": clinic.description, "knowsAbout": list(clinic.knows_about)}


def _types(clinic: Clinic, location: LocationOnDay) -> tuple[str, ...]:
    return ("OnlineBusiness",) if location.online else clinic.types


def _location(site: Site, location: LocationOnDay, shown: bool) -> dict[str, object]:
    """schema.org Place (Google LocalBusiness: ``address``, ``geo``, ``image``), with as much as the page shows.

    Hours and maps are properties of places alone, so those of an OnlineBusiness are left out.
    """
    geo = location.geo
    image = site.image(location.image, location.name or site.clinic.name) if shown else None
    return {
        "address": _address(site, location),
        "areaServed": areas_served(site.clinic, [location]),
        "geo": node("GeoCoordinates", latitude=geo.latitude, longitude=geo.longitude) if geo else None,
        "image": image_node(site, image or site.default_image),
        **({"hasMap": location.map_url, **hours_properties(location)} if shown and not location.online else {}),
    }


def _address(site: Site, location: LocationOnDay) -> Node | None:
    if location.address:
        return postal_node(location.address)
    return None if location.online else node("PostalAddress", addressCountry=site.clinic.country)


def postal_node(address: Address) -> Node:
    """schema.org PostalAddress, as far as known."""
    return node(
        "PostalAddress",
        streetAddress=address.street,
        addressLocality=address.locality,
        addressRegion=address.region,
        postalCode=address.postcode,
        addressCountry=address.country,
    )
