"""What crawlers read: ``robots.txt``, and ``sitemap.xml`` with every page that search engines may show."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

import yaml

from clinic.domain.pages.urls import SiteAddress
from clinic.models.discovery import AiCrawlers

SITEMAP = "sitemap.xml"
MOST_ADDRESSES = 50_000
"""In one file."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{}>\n'
_INDEX = '<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
_XHTML = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def robots_txt(address: SiteAddress, public: bool = True, ai: AiCrawlers = AiCrawlers()) -> str:  # noqa: B008 (frozen)
    """RFC 9309, with the Sitemap line of the sitemap protocol.

    A build that is not ``public`` (a preview, a trial at another address) keeps crawlers out. Else everything is open:
    pages that must not be found say ``noindex`` themselves, which only a crawler that may enter can read. Crawlers look
    for this file at the root of a host: under ``https://x.example/y`` it has no effect, and the ``noindex`` of every
    page does the work.
    """
    if not public:
        return "User-agent: *\nDisallow: /\n"
    kept_out = [name for use, names in ai_crawlers().items() if not getattr(ai, use) for name in names]
    refused = "".join(f"User-agent: {name}\n" for name in kept_out) + ("Disallow: /\n\n" if kept_out else "")
    return f"User-agent: *\nAllow: /\n\n{refused}Sitemap: {address.absolute(SITEMAP)}\n"


@cache
def ai_crawlers() -> Mapping[str, tuple[str, ...]]:
    """The names of crawlers by what they collect pages for: ``search`` or ``training``.

    A crawler heeds the group that names it, and only then that of all (RFC 9309, 2.2.1).
    """
    listed = yaml.safe_load(Path(__file__).with_name("ai_crawlers.yaml").read_text("utf-8"))
    return {use: tuple(each["name"] for each in listed[use]) for use in ("search", "training")}


class SitemapEntry(NamedTuple):
    """``url`` is absolute; ``lastmod`` is when the page's own words last changed, None where nobody knows.

    ``versions`` are the page in all languages, each with its ``hreflang`` and its absolute address.
    """

    url: str
    lastmod: datetime | None = None
    versions: tuple[tuple[str, str], ...] = ()


def sitemaps(address: SiteAddress, entries: Iterable[SitemapEntry]) -> Iterator[tuple[str, str]]:
    """Path and text of every sitemap: one, or an index of them and each with 50,000 addresses (sitemap protocol)."""
    found = {entry.url: entry for entry in entries}
    urls = sorted(found)
    parts = [urls[begin : begin + MOST_ADDRESSES] for begin in range(0, len(urls), MOST_ADDRESSES)]
    if len(parts) < 2:
        yield SITEMAP, sitemap_xml(found.values())
        return
    paths = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for path, part in zip(paths, parts, strict=True):
        yield path, sitemap_xml(found[url] for url in part)
    locs = (f"<sitemap><loc>{escape(address.absolute(path))}</loc></sitemap>\n" for path in paths)
    yield SITEMAP, _INDEX + "".join(locs) + "</sitemapindex>\n"


def sitemap_xml(entries: Iterable[SitemapEntry]) -> str:
    """Sitemap protocol 0.9, in order of addresses, each once; encode it as UTF-8.

    Google uses ``lastmod`` only from sites where it is true, and ignores ``changefreq`` and ``priority``, so those are
    left out.
    """
    found = {entry.url: entry for entry in entries}
    space = _XHTML if any(entry.versions for entry in found.values()) else ""
    return _HEAD.format(space) + "".join(_url(found[url]) for url in sorted(found)) + "</urlset>\n"


def _url(entry: SitemapEntry) -> str:
    """Google, "Tell Google about localized versions of your page": ``xhtml:link`` for each version, itself too."""
    changed = f"<lastmod>{_w3c(entry.lastmod)}</lastmod>" if entry.lastmod else ""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(url)}"/>' for language, url in entry.versions
    )
    return f"<url><loc>{escape(entry.url)}</loc>{changed}{links}</url>\n"


def _w3c(moment: datetime) -> str:
    """W3C Datetime: a time of day needs a zone; without one only the day is given."""
    return moment.isoformat(timespec="seconds") if moment.tzinfo else moment.date().isoformat()
