"""The one thing a visitor can do here: ask for an appointment."""

from clinic.facts.addresses import BOOK
from clinic.facts.calls_to_action import booking_address
from clinic.facts.care_path import CarePath
from clinic.facts.locations import Location
from clinic.facts.services import Service
from clinic.rendering.structured_data.nodes import Node, node
from clinic.rendering.structured_data.site import Site

_PLATFORMS = ["https://schema.org/DesktopWebPlatform", "https://schema.org/MobileWebPlatform"]


def reserve_action(site: Site, service: Service | None = None, location: Location | None = None) -> Node:
    """schema.org ReserveAction (Thing ``potentialAction``): the booking address if there is one, else the book page.

    It carries no campaign: whoever follows it comes from elsewhere.
    """
    chosen = CarePath(service=service, location=location)
    target = booking_address(site.clinic, chosen) or site.url(BOOK)
    return node("ReserveAction", target=node("EntryPoint", urlTemplate=target, actionPlatform=_PLATFORMS))
