"""Services, their prices, and booking."""

from collections.abc import Iterable
from itertools import groupby

from clinic.domain.booking.call_to_action import booking_address
from clinic.domain.booking.routing import BookingTarget
from clinic.domain.pages.page import PageFacts
from clinic.domain.pages.urls import BOOK, service_path
from clinic.models.clinic import Clinic
from clinic.models.location import Location
from clinic.models.money import digits
from clinic.models.service import Price, Service, minutes_in_words
from clinic.rendering.structured_data.nodes import MANY, Node, Site, node, reference


def services_nodes(site: Site, page: PageFacts) -> list[Node]:
    """The service the page is about and those it lists, each once."""
    services = {service.slug: service for service in (page.service, *page.services) if service}
    own_page = page.service.slug if page.service else None
    if len(services) > MANY:
        urls = {slug: site.url(service_path(slug)) for slug in services}
        return [node("Service", site.service_id(slug), name=services[slug].title, url=urls[slug]) for slug in urls]
    return [service_node(site, service, own_page=slug == own_page) for slug, service in services.items()]


def service_node(site: Site, service: Service, own_page: bool) -> Node:
    """schema.org Service with ``offers``.

    A card in a list shows the first price; all prices, the image and the booking button are on the service's page.
    The first visit that everybody must book is one more offer on both.
    """
    prices = service.listed_prices(None if own_page else 1)
    said = service.price_texts(most=len(prices))
    offering = (each for each in site.clinic.locations.values() if not each.services or service.slug in each.services)
    priced = [service.first_visit, *prices] if service.first_visit else [*prices]
    return node(
        "Service",
        site.service_id(service.slug),
        name=service.title,
        serviceType=service.title,
        description=service.summary,
        url=site.url(service_path(service.slug)),
        provider=reference(site.clinic_id),
        areaServed=areas_served(site.clinic, offering),
        image=site.image_url(service.image) if own_page else None,
        offers=[_offer_node(price, words.label) for price, words in zip(priced, said, strict=True)],
        potentialAction=reserve_action(site, service=service) if own_page and service.has_own_booking else None,
    )


def areas_served(clinic: Clinic, locations: Iterable[Location]) -> list[object]:
    """schema.org ``areaServed``, each once: where people are seen by those of the locations that are no places.

    The owner's words, or the country (ISO 3166) of a clinic that sees people online and names no area.
    """
    found = (each.area or node("Country", name=clinic.country) for each in locations if each.address is None)
    return [area for area, _ in groupby(sorted(found, key=str))]


def _offer_node(price: Price, label: str | None) -> Node:
    """schema.org Offer: ``price`` as digits and a point, ``priceCurrency`` ISO 4217, ``description`` as on the page."""
    minutes = minutes_in_words(price.minutes) if price.minutes else None
    amount = digits(price.amount, price.currency)
    return node(
        "Offer",
        name=", ".join(part for part in (label, minutes) if part),
        description=str(price),
        price=None if price.starts_from else amount,
        priceCurrency=None if price.starts_from else price.currency,
        priceSpecification=_specification(price, amount) if price.starts_from or price.minutes else None,
    )


def _specification(price: Price, amount: str) -> Node:
    """schema.org UnitPriceSpecification: the minutes that the price is for, and ``minPrice`` of a price "from".

    ``price`` repeats the minimum because validators (Adobe's, after Google's Product page) take one only with a
    maximum, which nobody knows here.
    """
    return node(
        "UnitPriceSpecification",
        price=amount,
        minPrice=amount if price.starts_from else None,
        priceCurrency=price.currency,
        referenceQuantity=_whole_session(price.minutes) if price.minutes else None,
    )


def _whole_session(minutes: int) -> Node:
    """What a price is for. Google's unit prices ask for what they are compared by, too: here it is the same."""
    quantity = node("QuantitativeValue", value=minutes, unitCode="MIN")
    return {**quantity, "valueReference": quantity}


def reserve_action(site: Site, service: Service | None = None, location: Location | None = None) -> Node:
    """schema.org ReserveAction (Thing ``potentialAction``): the booking address if there is one, else the book page.

    Without campaign parameters: whoever follows it comes from elsewhere.
    """
    target = booking_address(site.clinic, BookingTarget(service=service, location=location)) or site.url(BOOK)
    return node("ReserveAction", target=node("EntryPoint", urlTemplate=target))
