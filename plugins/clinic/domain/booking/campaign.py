"""Campaign parameters: a link to the booking provider says which page, and which part of it, it is on.

``utm_source``, ``utm_medium``, ``utm_campaign`` and ``utm_content`` are what booking providers and analytics read
(Google Analytics help, "URL builders"). They say nothing of the visitor.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

from clinic.models.booking import host_of, with_parameters

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
    return with_parameters(
        url,
        {
            "utm_source": host_of(site),
            "utm_medium": _ON_PAGES,
            "utm_campaign": origin.page.strip("/") or "home",
            "utm_content": origin.position,
        },
    )


def with_feed_campaign(markup: str, site: str) -> str:
    """A page's HTML for use in a feed: the medium of its booking links is ``feed``."""
    ours = rf"(utm_source={re.escape(quote(host_of(site)))}&(?:amp;)?utm_medium=){_ON_PAGES}\b"
    return re.sub(ours, rf"\g<1>{_IN_FEEDS}", markup)
