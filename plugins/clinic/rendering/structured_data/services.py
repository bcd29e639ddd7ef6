"""What the clinic does, and what it costs."""

from clinic.facts.addresses import service_path
from clinic.facts.pages import PageFacts
from clinic.facts.services import Price, Service
from clinic.rendering.structured_data.booking import reserve_action
from clinic.rendering.structured_data.nodes import Node, node, reference
from clinic.rendering.structured_data.site import Site


def services_nodes(site: Site, page: PageFacts) -> list[Node]:
    """The service the page is about and those it lists, each once."""
    services = {service.slug: service for service in (page.service, *page.services) if service}
    own_page = page.service.slug if page.service else None
    return [service_node(site, service, own_page=slug == own_page) for slug, service in services.items()]


def service_node(site: Site, service: Service, own_page: bool) -> Node:
    """schema.org Service with ``offers``.

    A card in a list shows the first price; all prices, the picture and the booking button are on the service's page.
    """
    prices = service.prices if own_page else service.prices[:1]
    return node(
        "Service",
        site.service_id(service.slug),
        name=service.title,
        serviceType=service.title,
        description=service.summary,
        url=site.url(service_path(service.slug)),
        provider=reference(site.clinic_id),
        image=site.picture_url(service.image) if own_page else None,
        offers=[offer_node(price) for price in prices],
        potentialAction=reserve_action(site, service=service) if own_page and service.has_own_booking else None,
    )


def offer_node(price: Price) -> Node:
    """schema.org Offer with ``price`` and ``priceCurrency`` (ISO 4217)."""
    if price.starts_from:
        return node("Offer", name=_offer_name(price), description=str(price), priceSpecification=_starting_price(price))
    return node("Offer", name=_offer_name(price), price=_sum(price), priceCurrency=price.currency)


def _starting_price(price: Price) -> Node:
    """schema.org UnitPriceSpecification with ``minPrice``: the least one pays.

    ``price`` repeats it because validators (Adobe's, after Google's Product page) take a minimum only with a maximum,
    which nobody knows here. The offer's ``description`` says "from".
    """
    return node("UnitPriceSpecification", price=_sum(price), minPrice=_sum(price), priceCurrency=price.currency)


def _offer_name(price: Price) -> str | None:
    minutes = f"{price.minutes} minutes" if price.minutes else None
    return ", ".join(part for part in (price.label, minutes) if part)


def _sum(price: Price) -> str:
    """schema.org ``price``: digits and a point, no currency sign."""
    return f"{price.amount:.2f}"
