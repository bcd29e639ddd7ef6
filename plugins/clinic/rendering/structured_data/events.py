"""Events, one node for each time they take place (Google Event: "mark up each one on its own")."""

from datetime import date, datetime, time

from clinic.domain.events import is_online, location_of
from clinic.domain.pages.page import PageFacts
from clinic.domain.pages.urls import event_path
from clinic.models.events import NO_BOOKING, Event, Occurrence
from clinic.models.money import digits
from clinic.rendering.structured_data.business import postal_node
from clinic.rendering.structured_data.nodes import Node, Site, image_node, iso_moment, node, reference
from clinic.rendering.structured_data.practitioners import byline

_ONLINE, _OFFLINE = (f"https://schema.org/{mode}EventAttendanceMode" for mode in ("Online", "Offline"))
_SCHEDULED, _CANCELLED = (f"https://schema.org/Event{status}" for status in ("Scheduled", "Cancelled"))
_IN_STOCK, _SOLD_OUT = (f"https://schema.org/{state}" for state in ("InStock", "SoldOut"))


def event_nodes(site: Site, page: PageFacts) -> list[Node]:
    """The times to come of the event that the page is about; nothing of one that is over."""
    event = page.event
    return [_event_node(site, page, event, occurrence) for occurrence in event.upcoming] if event else []


def _event_node(site: Site, page: PageFacts, event: Event, occurrence: Occurrence) -> Node:
    """schema.org Event with what Google Event requires (name, startDate, location) and recommends, as far as known."""
    holders = (site.clinic.team.get(slug) for slug in event.practitioners)
    return node(
        "Event",
        site.url(f"{event_path(event.slug)}#{occurrence.first:%Y-%m-%d}"),
        name=event.title,
        description=page.description,
        startDate=_moment(site, occurrence.first, occurrence.starts),
        endDate=_moment(site, occurrence.last, occurrence.ends) if occurrence.ends or not occurrence.starts else None,
        eventStatus=_CANCELLED if event.cancelled else _SCHEDULED,
        eventAttendanceMode=_ONLINE if is_online(site.clinic, event) else _OFFLINE,
        location=_place(site, event),
        image=image_node(site, page.image or site.default_image),
        organizer=reference(site.clinic_id),
        performer=[byline(site, holder) for holder in holders if holder],
        maximumAttendeeCapacity=event.places,
        isAccessibleForFree=True if event.free else None,
        offers=_offers(site, event),
        url=site.url(event_path(event.slug)),
    )


def _moment(site: Site, day: date, at: time | None) -> str | None:
    """schema.org Date, or DateTime with the offset of the clinic's zone (Google Event ``startDate``)."""
    return iso_moment(datetime.combine(day, at), site.clinic.zone) if at else day.isoformat()


def _place(site: Site, event: Event) -> Node:
    """Google Event ``location``: a Place with its address, or where it is online, the page that says how to join."""
    location = location_of(site.clinic, event)
    if is_online(site.clinic, event):
        return node("VirtualLocation", url=site.url(event_path(event.slug)))
    if location is None:
        name, _, address = (event.where or "").partition(",")
        return node("Place", name=name, address=address.strip() or name)
    where = postal_node(location.address) if location.address else location.area
    return node("Place", name=location.known_as(site.clinic.name), address=where)


def _offers(site: Site, event: Event) -> list[Node]:
    """Google Event ``offers``: the price, and where to book; 0 for what is free."""
    url = event.booking if event.booking not in {None, NO_BOOKING} else site.url(event_path(event.slug))
    more = {"url": url, "availability": _SOLD_OUT if event.full else _IN_STOCK}
    if event.free:
        return [node("Offer", price="0", priceCurrency=site.clinic.currency, **more)]
    return [
        node(
            "Offer", name=price.label, price=digits(price.amount, price.currency), priceCurrency=price.currency, **more
        )
        for price in event.price
    ]
