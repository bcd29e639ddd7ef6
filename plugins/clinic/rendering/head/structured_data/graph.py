"""The schema.org graph of a page, with nothing in it that the page does not show."""

from functools import cache, partial
from typing import Any

from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.domain.pages.media import Image
from clinic.domain.pages.page import PageFacts, PageKind
from clinic.domain.pages.urls import SiteAddress
from clinic.rendering.head.structured_data.articles import blog_node, comment_nodes, posting_node, series_node
from clinic.rendering.head.structured_data.business import business_nodes
from clinic.rendering.head.structured_data.nodes import Node, Site
from clinic.rendering.head.structured_data.pages import breadcrumbs_node, has_breadcrumbs, webpage_node, website_node
from clinic.rendering.head.structured_data.practitioners import practitioner_nodes
from clinic.rendering.head.structured_data.services import services_nodes


class GraphBuilder:
    """Makes the graphs of all pages of a site. Pages share nodes, which are made once: a graph is read-only."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._website = website_node(site)
        self._business = cache(partial(business_nodes, site))

    def build(self, page: PageFacts) -> dict[str, Any]:
        """The graph of a page (JSON-LD 1.1, ``@graph``)."""
        shown = frozenset(slug for slug in self._site.clinic.locations if self._site.is_shown(slug, page))
        graph = [
            *self._business(shown, page.kind is PageKind.ABOUT),
            self._website,
            *self._page(page),
            *services_nodes(self._site, page),
            *practitioner_nodes(self._site, page),
        ]
        return {"@context": "https://schema.org", "@graph": graph}

    def _page(self, page: PageFacts) -> list[Node]:
        """None for the "not found" page, which has no address."""
        if page.kind is PageKind.NOT_FOUND:
            return []
        nodes = [webpage_node(self._site, page)]
        if has_breadcrumbs(page):
            nodes.append(breadcrumbs_node(self._site, page))
        if page.kind is PageKind.ARTICLE:
            nodes += [posting_node(self._site, page), *comment_nodes(self._site, page)]
        if page.series:
            nodes.append(series_node(self._site, page.series))
        if page.kind is PageKind.BLOG:
            nodes.append(blog_node(self._site, page))
        return nodes


def build_graph(
    clinic: ClinicOnDay, page: PageFacts, address: SiteAddress, default_image: Image | None = None
) -> dict[str, Any]:
    """The graph of a single page; for a whole site use one GraphBuilder."""
    return GraphBuilder(Site(clinic, address, default_image)).build(page)
