"""``meta`` and ``link`` tags: description, robots, Open Graph, geo, canonical address, feeds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clinic.domain.pages.media import Image
from clinic.domain.pages.page import PageFacts, PageKind
from clinic.domain.pages.urls import practitioner_path
from clinic.models.clinic import Clinic
from clinic.models.location import Location
from clinic.rendering.head.structured_data.nodes import Site, iso_moment
from clinic.rendering.text import one_line

_OG_TYPES: Mapping[PageKind, str] = {
    PageKind.ARTICLE: "article",
    PageKind.PRACTITIONER: "profile",
    PageKind.AUTHOR: "profile",
}


@dataclass(frozen=True)
class Meta:
    """A ``meta`` element: HTML names it by ``name``, Open Graph (RDFa) by ``property``."""

    attribute: str
    key: str
    content: str


@dataclass(frozen=True)
class Link:
    """A ``link`` element."""

    rel: str
    href: str
    type: str | None = None
    title: str | None = None


def named_tags(**contents: str) -> Iterator[Meta]:
    """``meta name=``: HTML standard metadata names; none for an empty content."""
    yield from (Meta("name", key, content) for key, content in contents.items() if content)


def social_tags(site: Site, page: PageFacts, title: str, description: str, canonical: str | None) -> Iterator[Meta]:
    """Open Graph basic metadata (ogp.me), and the X card, which takes its text and image from there."""
    # No messenger shows an SVG.
    image = page.image if page.image and not page.image.path.endswith(".svg") else site.default_image
    properties = {
        "og:type": _OG_TYPES.get(page.kind, "website"),
        "og:title": title,
        "og:description": description,
        "og:url": canonical,
        "og:site_name": site.clinic.name,
        "og:locale": og_locale(site.clinic),
        **(_og_image(site, image) if image else {}),
    }
    yield from (Meta("property", key, content) for key, content in properties.items() if content)
    yield Meta("name", "twitter:card", "summary_large_image" if image else "summary")


def article_tags(site: Site, page: PageFacts) -> Iterator[Meta]:
    """Open Graph ``article``: times as ISO 8601 with zone, authors as the addresses of their pages."""
    if page.kind is not PageKind.ARTICLE:
        return
    zone = site.clinic.zone
    properties = [
        ("article:published_time", iso_moment(page.published, zone)),
        ("article:modified_time", iso_moment(page.modified, zone)),
        *(("article:author", site.url(practitioner_path(author.slug))) for author in page.authors),
        ("article:section", page.section),
        *(("article:tag", tag) for tag in page.tags),
    ]
    yield from (Meta("property", key, content) for key, content in properties if content)


def geo_tags(location: Location) -> Iterator[Meta]:
    """The geo.* names and ICBM of the WHATWG MetaExtensions list; ``geo.region`` is ISO 3166."""
    yield Meta("name", "geo.region", location.address.country)
    yield Meta("name", "geo.placename", location.address.locality)
    if geo := location.geo:
        yield Meta("name", "geo.position", f"{geo.latitude};{geo.longitude}")
        yield Meta("name", "ICBM", f"{geo.latitude}, {geo.longitude}")


def link_tags(site: Site, page: PageFacts, canonical: str | None) -> Iterator[Link]:
    """Canonical (RFC 6596), neighbours in a series, and feeds (RSS and Atom autodiscovery)."""
    addresses = {
        "canonical": canonical,
        "prev": None if page.previous_path is None else site.url(page.previous_path),
        "next": None if page.next_path is None else site.url(page.next_path),
    }
    yield from (Link(rel, address) for rel, address in addresses.items() if address)
    for feed in page.feeds:
        yield Link("alternate", site.url(feed.path), feed.media_type, feed.title)


def og_locale(clinic: Clinic) -> str:
    """Open Graph ``og:locale``: language_TERRITORY; a language alone gets the clinic's country."""
    language, _, territory = clinic.language.partition("-")
    return f"{language}_{territory or clinic.country}"


def _og_image(site: Site, image: Image) -> dict[str, str | None]:
    """Open Graph structured properties of ``og:image``."""
    return {
        "og:image": site.url(image.path),
        "og:image:alt": one_line(image.alt),
        "og:image:width": str(image.width) if image.width else None,
        "og:image:height": str(image.height) if image.height else None,
    }
