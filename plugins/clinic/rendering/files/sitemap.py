"""``sitemap.xml``: every page that search engines may show."""

from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import NamedTuple

SITEMAP = "sitemap.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


class SitemapEntry(NamedTuple):
    """``url`` is absolute; ``lastmod`` is when the page's own words last changed, None where nobody knows."""

    url: str
    lastmod: datetime | None = None


def sitemap_xml(entries: Iterable[SitemapEntry]) -> str:
    """Sitemap protocol 0.9, in order of addresses, each once; encode it as UTF-8.

    Google uses ``lastmod`` only from sites where it is true, and ignores ``changefreq`` and ``priority``, so those are
    left out. One file holds 50,000 addresses by the protocol; a clinic has far fewer, so there is no index of sitemaps.
    """
    lastmods = {entry.url: entry.lastmod for entry in entries}
    return _HEAD + "".join(_url(address, lastmods[address]) for address in sorted(lastmods)) + "</urlset>\n"


def _url(address: str, lastmod: datetime | None) -> str:
    changed = f"<lastmod>{_w3c(lastmod)}</lastmod>" if lastmod else ""
    return f"<url><loc>{escape(address)}</loc>{changed}</url>\n"


def _w3c(moment: datetime) -> str:
    """W3C Datetime: a time of day needs a zone; without one only the day is given."""
    return moment.isoformat(timespec="seconds") if moment.tzinfo else moment.date().isoformat()
