"""robots.txt: what crawlers may read."""

from clinic.domain.pages.urls import SiteAddress
from clinic.rendering.files.sitemap import SITEMAP


def robots_txt(address: SiteAddress, public: bool = True) -> str:
    """RFC 9309, with the Sitemap line of the sitemap protocol.

    A build that is not ``public`` (a preview, a trial at another address) keeps crawlers out. Else everything is open:
    pages that must not be found say ``noindex`` themselves, which only a crawler that may enter can read. Crawlers look
    for this file at the root of a host: under ``https://x.example/y`` it has no effect, and the ``noindex`` of every
    page does the work.
    """
    if not public:
        return "User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nAllow: /\n\nSitemap: {address.absolute(SITEMAP)}\n"
