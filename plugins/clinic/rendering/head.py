"""The head of a page: one object, which the template prints without decisions of its own.

``meta`` holds description and robots too, and ``links`` the canonical address; these also have fields of their own.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.domain.pages.page import PageFacts, PageKind
from clinic.domain.pages.urls import FACTS, practitioner_path
from clinic.models.base import Status
from clinic.models.language import in_a_sentence
from clinic.models.location import Location
from clinic.models.words import gettext, in_list, pgettext
from clinic.rendering.structured_data.graph import GraphBuilder
from clinic.rendering.structured_data.nodes import Site, iso_moment
from clinic.rendering.text import one_line, shorten

TITLE_LENGTH = 66
"""Characters, about what search engines show of a title."""
DESCRIPTION_LENGTH = 160
"""Characters, about what search engines show of a description."""
_UNSAFE_IN_SCRIPT = tuple((sign, f"\\u{ord(sign):04x}") for sign in "<>&\u2028\u2029")
_OG_TYPES: Mapping[PageKind, str] = {
    PageKind.ARTICLE: "article",
    PageKind.PRACTITIONER: "profile",
    PageKind.AUTHOR: "profile",
}


class Meta(NamedTuple):
    """A ``meta`` element: HTML names it by ``name``, Open Graph (RDFa) by ``property``."""

    attribute: str
    key: str
    content: str


class Link(NamedTuple):
    """A ``link`` element."""

    rel: str
    href: str
    type: str | None = None
    title: str | None = None
    hreflang: str | None = None


@dataclass(frozen=True)
class Head:
    """Everything in the head that depends on the page. Texts are plain; ``json_ld`` is safe inside ``script``."""

    title: str
    description: str
    canonical: str | None
    robots: str
    meta: tuple[Meta, ...]
    links: tuple[Link, ...]
    json_ld: Markup


class HeadBuilder:
    """Makes the heads of all pages of a site: they share much of their graphs.

    ``public``: whether search engines may show the site; a preview and a trial at another address are not for them.
    """

    def __init__(self, site: Site, public: bool = True) -> None:
        self._site = site
        self._public = public
        self._graphs = GraphBuilder(site)

    def build(self, page: PageFacts) -> Head:
        """The head of one page."""
        clinic = self._site.clinic
        canonical = None if page.kind is PageKind.NOT_FOUND else self._site.url(page.path)
        title = _head_title(clinic, page)
        shared_title = title if page.kind is PageKind.HOME else one_line(page.title)
        description = shorten(one_line(page.description), DESCRIPTION_LENGTH)
        # Google, robots meta tag: a large preview image is only shown where it is allowed.
        indexed = self._public and page.indexed and page.kind is not PageKind.NOT_FOUND
        robots = "max-image-preview:large" if indexed else "noindex"
        authors = ", ".join(author.name for author in page.authors)
        location = page.locations[0] if len(page.locations) == 1 else next(iter(clinic.places), clinic.home_location)
        meta = (
            *_metas("name", description=description, author=authors, robots=robots),
            *_social_tags(self._site, page, shared_title, description, canonical),
            *_article_tags(self._site, page),
            *(_geo_tags(location) if page.locations else ()),
            *_verification(clinic, page),
        )
        links = tuple(_link_tags(self._site, page, canonical, public=self._public))
        return Head(title, description, canonical, robots, meta, links, _in_script(self._graphs.json(page)))


def _head_title(clinic: ClinicOnDay, page: PageFacts) -> str:
    """The page's title, where that is, and the clinic's name, each once (Google, "Influencing title links").

    The home page says what is done there, since that and the town are what people search for.
    """
    if page.search_title:
        return one_line(page.search_title)
    if page.kind is PageKind.HOME:
        return next(_home_titles(clinic), None) or " – ".join(filter(None, (clinic.name, clinic.strapline)))
    title = one_line(page.title)
    with_name = title if clinic.name.casefold() in title.casefold() else f"{title} – {clinic.name}"
    towns = {place.address.locality for place in _places_of(clinic, page) if place.address}
    if len(towns) != 1 or (town := towns.pop()).casefold() in with_name.casefold():
        return with_name
    with_town = f"{title}, {town}" if page.location else pgettext("title", "{what} in {place}", what=title, place=town)
    return with_town + with_name.removeprefix(title)


def _places_of(clinic: ClinicOnDay, page: PageFacts) -> Iterable[Location]:
    """Where what the page is about is to be had; none where it is about nothing of that kind."""
    if page.service:
        shown = [place for place in clinic.locations.values() if page.service.slug in place.services]
        return shown or clinic.locations.values()
    return page.locations if page.location else ()


def _home_titles(clinic: ClinicOnDay) -> Iterator[str]:
    """``Sports massage and osteopathy in Larkmouth – Quay Clinic``, as many services as fit.

    With one alone the name stands first: the service's own page has the same words in the other order.
    """
    where = clinic.home_location.in_words
    services = [service for service in clinic.services.values() if service.status is not Status.HIDDEN]
    titles = [service.title if one == 0 else in_a_sentence(service.title) for one, service in enumerate(services)]
    for count in range(len(titles), 0, -1):
        done = gettext("{what} {where}", what=in_list(titles[:count]), where=where)
        title = f"{done} – {clinic.name}" if count > 1 else f"{clinic.name} – {done}"
        if where and len(title) <= TITLE_LENGTH:
            yield title


def _in_script(json: str) -> Markup:
    """JSON that cannot end the script element it stands in (HTML 4.12.1.3), nor break older JavaScript parsers."""
    for sign, escape in _UNSAFE_IN_SCRIPT:
        json = json.replace(sign, escape)
    return Markup(json)  # noqa: S704 - nothing in it is HTML any more: every < > & is a JSON escape


def _metas(attribute: str, **contents: str | int | None) -> Iterator[Meta]:
    yield from (Meta(attribute, key, str(content)) for key, content in contents.items() if content)


def _social_tags(site: Site, page: PageFacts, title: str, description: str, canonical: str | None) -> Iterator[Meta]:
    """Open Graph basic metadata (ogp.me), and the X card, which takes its text and image from there."""
    image = site.share_image(page)
    properties: dict[str, str | int | None] = {
        "og:type": _OG_TYPES.get(page.kind, "website"),
        "og:title": title,
        "og:description": description,
        "og:url": canonical,
        "og:site_name": site.clinic.name,
        "og:locale": _locale(site.clinic.language, site.clinic.country),
    }
    if image:
        properties |= {"og:image": site.url(image.path), "og:image:alt": one_line(image.alt)}
        properties |= {"og:image:width": image.width, "og:image:height": image.height}
    yield from _metas("property", **properties)
    for version in page.versions if page.alternates else ():
        if version.is_same and not version.is_here:
            yield Meta("property", "og:locale:alternate", _locale(version.language, site.clinic.country))
    yield Meta("name", "twitter:card", "summary_large_image" if image else "summary")


def _locale(code: str, country: str) -> str:
    """As Open Graph writes it, ``language_TERRITORY``; a language alone gets the clinic's country."""
    language, _, territory = code.partition("-")
    return f"{language}_{territory or country}"


def _article_tags(site: Site, page: PageFacts) -> Iterator[Meta]:
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


def _geo_tags(location: Location) -> Iterator[Meta]:
    """The geo.* names and ICBM of the WHATWG MetaExtensions list, of a place; ``geo.region`` is ISO 3166."""
    if location.address is None:
        return
    yield Meta("name", "geo.region", location.address.country)
    yield Meta("name", "geo.placename", location.address.locality)
    if geo := location.geo:
        yield Meta("name", "geo.position", f"{geo.latitude};{geo.longitude}")
        yield Meta("name", "ICBM", f"{geo.latitude}, {geo.longitude}")


def _verification(clinic: ClinicOnDay, page: PageFacts) -> Iterator[Meta]:
    """Codes of search engines, which look for them on the home page (Google: "HTML tag")."""
    if page.kind is PageKind.HOME:
        yield from (Meta("name", name, code) for name, code in clinic.verification.metas())


def _link_tags(site: Site, page: PageFacts, canonical: str | None, *, public: bool) -> Iterator[Link]:
    """Canonical (RFC 6596), the page before in a series, and feeds (RSS and Atom autodiscovery).

    No ``next``: Firefox loads what that names although nobody has asked for it.
    """
    addresses = {
        "canonical": canonical,
        "prev": None if page.previous_path is None else site.url(page.previous_path),
    }
    yield from (Link(rel, address) for rel, address in addresses.items() if address)
    for language, path in page.alternates:
        yield Link("alternate", site.address.of_all(path), hreflang=language)
    for feed in page.feeds:
        yield Link("alternate", site.url(feed.path), feed.media_type, feed.title)
    if public and page.kind is PageKind.HOME and site.clinic.discovery.facts:
        yield Link("alternate", site.address.of_all(FACTS), "application/json", site.clinic.name)
