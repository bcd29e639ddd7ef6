"""The schema.org graph of a page, with nothing in it that the page does not show, and the nodes of the page itself."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from clinic.domain.pages.page import PageFacts, PageKind
from clinic.models.practitioner import Practitioner
from clinic.rendering.structured_data.articles import blog_node, comment_nodes, posting_node, series_node
from clinic.rendering.structured_data.business import Shown, business_nodes, location_names
from clinic.rendering.structured_data.events import event_nodes
from clinic.rendering.structured_data.nodes import Node, Site, image_node, iso_moment, node, reference, video_nodes
from clinic.rendering.structured_data.practitioners import byline, practitioner_nodes
from clinic.rendering.structured_data.services import services_nodes

_CONTEXT = "https://schema.org"
_PRESENTING = frozenset({PageKind.HOME, PageKind.ABOUT, PageKind.CONTACT})
"""The pages that are about the clinic itself."""
_PROFILES = frozenset({PageKind.PRACTITIONER, PageKind.AUTHOR})
_PUBLISHED = frozenset(
    {
        PageKind.ARTICLE,
        PageKind.COMMENTS,
        PageKind.BLOG,
        PageKind.CATEGORY,
        PageKind.TAG,
        PageKind.SERIES,
        PageKind.YEAR,
    }
)
"""Texts and lists of texts, whose graph has the clinic as their publisher alone."""
_INFORMING = frozenset({PageKind.ARTICLE, PageKind.SERVICE, PageKind.PAGE})
_LISTS = frozenset(
    {
        PageKind.LOCATIONS,
        PageKind.SERVICES,
        PageKind.TEAM,
        PageKind.EVENTS,
        PageKind.BLOG,
        PageKind.CATEGORY,
        PageKind.TAG,
        PageKind.AUTHOR,
        PageKind.SERIES,
        PageKind.YEAR,
    }
)
_TYPES: Mapping[PageKind, str] = {
    **dict.fromkeys(_LISTS, "CollectionPage"),
    PageKind.ABOUT: "AboutPage",
    PageKind.CONTACT: "ContactPage",
    PageKind.SEARCH: "SearchResultsPage",
}


class GraphBuilder:
    """Makes the graphs of all pages of a site. Pages share nodes, which are made once: a graph is read-only."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._shared = cache(self._shared_nodes)
        self._shared_json = cache(lambda shown: _json(self._shared(shown)))

    def build(self, page: PageFacts) -> dict[str, Any]:
        """The graph of a page (JSON-LD 1.1, ``@graph``)."""
        return {"@context": _CONTEXT, "@graph": [*self._shared(self._shown(page)), *self._own(page)]}

    def json(self, page: PageFacts) -> str:
        """The same as JSON without spaces; the nodes that pages share are encoded once."""
        graph = ",".join(filter(None, (self._shared_json(self._shown(page)), _json(self._own(page)))))
        return f'{{"@context":"{_CONTEXT}","@graph":[{graph}]}}'

    def _shown(self, page: PageFacts) -> Shown:
        """What shared nodes follow from."""
        if page.kind in _PUBLISHED:
            return Shown(fees=page.fees, payment=page.shows_payment, published=True)
        locations = self._site.clinic.locations_on(page.location).items()
        shown = frozenset(slug for slug, location in locations if location in page.locations)
        return Shown(shown, page.kind is PageKind.ABOUT, page.fees, page.shows_payment)

    def _shared_nodes(self, shown: Shown) -> tuple[Node, ...]:
        return (*business_nodes(self._site, shown), _website_node(self._site))

    def _own(self, page: PageFacts) -> list[Node]:
        records = (*services_nodes(self._site, page), *practitioner_nodes(self._site, page))
        if page.kind is PageKind.LOCATIONS and self._site.clinic.has_many_locations:
            records = (*records, *location_names(self._site))
        return [*self._page(page), *records, *event_nodes(self._site, page)]

    def _page(self, page: PageFacts) -> list[Node]:
        """None for the "not found" page, which has no address."""
        if page.kind is PageKind.NOT_FOUND:
            return []
        nodes = [_webpage_node(self._site, page)]
        if _has_breadcrumbs(page):
            nodes.append(_breadcrumbs_node(self._site, page))
        if page.kind is PageKind.ARTICLE:
            nodes += [posting_node(self._site, page), *comment_nodes(self._site, page)]
        if page.series:
            nodes.append(series_node(self._site, page.series))
        if page.kind is PageKind.BLOG:
            nodes.append(blog_node(self._site, page))
        return nodes


def _json(nodes: Iterable[Node]) -> str:
    """The nodes as JSON, with commas between them."""
    return ",".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in nodes)


def _website_node(site: Site) -> Node:
    """schema.org WebSite (Google: site names)."""
    return node(
        "WebSite",
        site.website_id,
        name=site.clinic.name,
        url=site.url(""),
        publisher=reference(site.clinic_id),
        inLanguage=site.clinic.language,
    )


def _webpage_node(site: Site, page: PageFacts) -> Node:
    """schema.org WebPage. ``lastReviewed`` and ``reviewedBy`` are its properties alone, never the article's."""
    main = _main_entity(site, page)
    return node(
        _page_type(page),
        site.page_id(page),
        url=site.url(page.path),
        name=page.title,
        description=page.description,
        inLanguage=site.clinic.language,
        isPartOf=reference(site.website_id),
        breadcrumb=reference(site.page_id(page, "breadcrumbs")) if _has_breadcrumbs(page) else None,
        primaryImageOfPage=image_node(site, page.image),
        datePublished=iso_moment(page.published, site.clinic.zone),
        dateModified=iso_moment(page.modified, site.clinic.zone),
        lastReviewed=f"{page.reviewed:%Y-%m-%d}" if page.reviewed else None,
        reviewedBy=byline(site, page.reviewed_by) if page.reviewed_by else None,
        mainEntity=reference(main) if main else None,
        video=[] if page.kind is PageKind.ARTICLE else video_nodes(site, page),
        about=[reference(address) for address in _listed(site, page)],
    )


def _page_type(page: PageFacts) -> str:
    """The subtype of schema.org WebPage that is true of the page (Google ProfilePage for a page about one person).

    MedicalWebPage promises medical information to rely on: only text that someone in a professional register has
    reviewed is called so.
    """
    reviewer = page.reviewed_by
    if page.kind in _INFORMING and page.reviewed and reviewer and reviewer.registration:
        return "MedicalWebPage"
    if page.kind in _PROFILES and _profiled(page):
        return "ProfilePage"
    return _TYPES.get(page.kind, "WebPage")


def _main_entity(site: Site, page: PageFacts) -> str | None:
    """schema.org CreativeWork ``mainEntity``: the ``@id`` of what the page is mainly about."""
    practitioner = _profiled(page) if page.kind in _PROFILES else None
    nodes: Mapping[PageKind, str | None] = {
        **dict.fromkeys(_PRESENTING, site.clinic_id),
        **dict.fromkeys(_PROFILES, site.person_id(practitioner.slug) if practitioner else None),
        PageKind.ARTICLE: site.page_id(page, "article"),
        PageKind.BLOG: site.blog_id,
        PageKind.SERVICE: site.service_id(page.service.slug) if page.service else None,
        PageKind.LOCATION: site.location_id(page.location) if page.location else None,
        PageKind.SERIES: site.series_id(page.series) if page.series else None,
    }
    return nodes.get(page.kind)


def _profiled(page: PageFacts) -> Practitioner | None:
    """The one practitioner that a practitioner's or an author's page is about."""
    return page.practitioner or (page.authors[0] if len(page.authors) == 1 else None)


def _listed(site: Site, page: PageFacts) -> list[str]:
    """schema.org CreativeWork ``about``: the ``@id`` of each service, practitioner or location of a list."""
    listed = {
        PageKind.LOCATIONS: [site.location_id(slug) for slug in site.clinic.locations],
        PageKind.SERVICES: [site.service_id(service.slug) for service in page.services],
        PageKind.TEAM: [site.person_id(practitioner.slug) for practitioner in page.team],
    }
    return listed.get(page.kind, [])


def _has_breadcrumbs(page: PageFacts) -> bool:
    """Google Breadcrumb: at least two items."""
    return len(page.crumbs) > 1 and page.kind is not PageKind.HOME


def _breadcrumbs_node(site: Site, page: PageFacts) -> Node:
    """schema.org BreadcrumbList (Google Breadcrumb): ``position`` counts from 1, every ``item`` is a real page."""
    items = [
        node("ListItem", position=position, name=crumb.name, item=site.url(crumb.path))
        for position, crumb in enumerate(page.crumbs, start=1)
    ]
    return node("BreadcrumbList", site.page_id(page, "breadcrumbs"), itemListElement=items)
