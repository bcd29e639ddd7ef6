"""Booking at the provider: links that say which page, and which part of it, they are on, and its form in a frame.

``utm_source``, ``utm_medium``, ``utm_campaign`` and ``utm_content`` are what booking providers and analytics read
(Google Analytics help, "URL builders"). They say nothing of the visitor.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

from clinic.models.booking import host_of, with_parameters
from clinic.models.clinic import Clinic
from clinic.models.words import gettext

_ON_PAGES, _IN_FEEDS = "website", "feed"


@dataclass(frozen=True)
class Origin:
    """Where a link is: ``page`` is the page's path from the root, ``position`` the part of it, such as ``foot``."""

    page: str
    position: str


def with_campaign(url: str, site: str, origin: Origin) -> str:
    """The address with campaign parameters, unless it has some of the owner's own; ``site`` is the site's address."""
    if any(key.startswith("utm_") for key in parse_qs(urlsplit(url).query, keep_blank_values=True)):
        return url
    page = origin.page.strip("/") or "home"
    utm = {"utm_source": host_of(site), "utm_medium": _ON_PAGES, "utm_campaign": page, "utm_content": origin.position}
    return with_parameters(url, utm)


def with_feed_campaign(markup: str, site: str) -> str:
    """A page's HTML for use in a feed: the medium of its booking links is ``feed``."""
    ours = rf"(utm_source={re.escape(quote(host_of(site)))}&(?:amp;)?utm_medium=){_ON_PAGES}\b"
    return re.sub(ours, rf"\g<1>{_IN_FEEDS}", markup)


@dataclass(frozen=True)
class BookingForm:
    """``url`` is what the frame loads, ``domain`` the provider's, which visitors read before."""

    title: str
    url: str
    domain: str


def booking_form(clinic: Clinic, origin: Origin) -> BookingForm | None:
    """The form; None unless the owner asked for it and the provider's pages may be framed."""
    booking, provider = clinic.booking, clinic.booking.provider_details
    domain = provider.domain(booking.online_url) if booking.online_url else None
    if not (booking.embed and booking.online_url and domain and provider.frame):
        return None
    url = provider.frame_url(booking.online_url, host_of(clinic.url))
    if booking.campaign:
        url = with_campaign(url, clinic.url, origin)
    return BookingForm(gettext("Book at {clinic}", clinic=clinic.name), url, domain)
