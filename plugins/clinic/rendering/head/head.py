"""The head of a page: one object, which the template prints without decisions of its own.

    <title>{{ head.title }}</title>
    {% for meta in head.meta %}<meta {{ meta.attribute }}="{{ meta.key }}" content="{{ meta.content }}">{% endfor %}
    {% for link in head.links %}<link rel="{{ link.rel }}" href="{{ link.href }}">{% endfor %}
    <script type="application/ld+json">{{ head.json_ld }}</script>

``meta`` holds description and robots too, and ``links`` the canonical address; these also have fields of their own.
"""

import json
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.domain.pages.media import Image
from clinic.domain.pages.page import PageFacts, PageKind
from clinic.domain.pages.urls import SiteAddress
from clinic.models.location import Location
from clinic.rendering.head.structured_data.graph import GraphBuilder
from clinic.rendering.head.structured_data.nodes import Site
from clinic.rendering.head.tags import Link, Meta, article_tags, geo_tags, link_tags, named_tags, social_tags
from clinic.rendering.text import one_line, shorten

DESCRIPTION_LENGTH = 160
"""Characters, about what search engines show of a description."""
_UNSAFE_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True)
class Head:
    """Everything in the head that depends on the page. Texts are plain; ``json_ld`` is safe inside ``script``.

    ``page`` are the facts it was made from, for templates that show them too.
    """

    page: PageFacts
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
        title = head_title(clinic, page)
        shared_title = title if page.kind is PageKind.HOME else one_line(page.title)
        description = meta_description(page)
        robots = robots_rule(page, self._public)
        authors = ", ".join(author.name for author in page.authors)
        meta = (
            *named_tags(description=description, author=authors, robots=robots),
            *social_tags(self._site, page, shared_title, description, canonical),
            *article_tags(self._site, page),
            *geo_tags(_location(clinic, page)),
        )
        links = tuple(link_tags(self._site, page, canonical))
        return Head(page, title, description, canonical, robots, meta, links, script_json(self._graphs.build(page)))


def build_head(clinic: ClinicOnDay, page: PageFacts, address: SiteAddress, default_image: Image | None = None) -> Head:
    """The head of a single page; for a whole site use one HeadBuilder."""
    return HeadBuilder(Site(clinic, address, default_image)).build(page)


def meta_description(page: PageFacts) -> str:
    """The ``content`` of ``meta name=description``: plain, on one line."""
    return shorten(one_line(page.description), DESCRIPTION_LENGTH)


def head_title(clinic: ClinicOnDay, page: PageFacts) -> str:
    """The page's title and the clinic's name, the name once (Google: title links)."""
    if page.kind is PageKind.HOME:
        return " – ".join(part for part in (clinic.name, clinic.strapline) if part)
    title = one_line(page.title)
    return title if clinic.name.casefold() in title.casefold() else f"{title} – {clinic.name}"


def robots_rule(page: PageFacts, public: bool = True) -> str:
    """Google, robots meta tag: a large preview image is only shown where it is allowed."""
    indexed = public and page.indexed and page.kind is not PageKind.NOT_FOUND
    return "max-image-preview:large" if indexed else "noindex"


def script_json(graph: dict[str, Any]) -> Markup:
    """JSON that cannot end the script element it stands in (HTML 4.12.1.3), nor break older JavaScript parsers."""
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    for character, escaped in _UNSAFE_IN_SCRIPT.items():
        text = text.replace(character, escaped)
    return Markup(text)  # noqa: S704 - nothing in it is HTML any more: every < > & is a JSON escape


def _location(clinic: ClinicOnDay, page: PageFacts) -> Location:
    """The page's one location, else the clinic's first."""
    return page.locations[0] if len(page.locations) == 1 else clinic.home_location
