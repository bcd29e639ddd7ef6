"""The article on a page, and the blog it stands in."""

from clinic.facts.addresses import BLOG
from clinic.facts.citations import Citation
from clinic.facts.pages import PageFacts
from clinic.facts.series import Series
from clinic.rendering.structured_data.comments import comments_of_article
from clinic.rendering.structured_data.images import image_node
from clinic.rendering.structured_data.nodes import Node, iso_moment, node, one_line, reference
from clinic.rendering.structured_data.people import byline
from clinic.rendering.structured_data.site import Site
from clinic.rendering.structured_data.videos import video_nodes
from clinic.rendering.text import shorten

HEADLINE_LENGTH = 110
"""Google Article: longer headlines are cut on some devices, and validators complain."""


def posting_node(site: Site, page: PageFacts) -> Node:
    """schema.org BlogPosting (Google Article). Without a byline the clinic itself is the author."""
    zone = site.clinic.zone
    return node(
        "BlogPosting",
        site.page_id(page, "article"),
        headline=shorten(one_line(page.title), HEADLINE_LENGTH),
        description=page.description,
        url=site.url(page.path),
        mainEntityOfPage=reference(site.page_id(page)),
        datePublished=iso_moment(page.published, zone),
        dateModified=iso_moment(page.modified or page.published, zone),
        author=[byline(site, person) for person in page.authors] or reference(site.clinic_id),
        publisher=reference(site.clinic_id),
        image=image_node(site, page.image or site.default_image),
        articleSection=page.section,
        keywords=list(page.tags),
        about=[node("Thing", name=condition) for condition in page.conditions],
        wordCount=page.word_count or None,
        timeRequired=f"PT{page.minutes}M" if page.minutes else None,
        inLanguage=site.clinic.language,
        **comments_of_article(site, page),
        isPartOf=reference(site.series_id(page.series)) if page.series else None,
        position=page.part,
        citation=[citation_node(citation) for citation in page.citations],
        video=video_nodes(site, page),
    )


def citation_node(citation: Citation) -> Node:
    """schema.org CreativeWork (CreativeWork ``citation``). A Date is a whole day: a mere year is left out."""
    return node(
        "CreativeWork",
        name=citation.title,
        url=citation.url,
        datePublished=citation.date if citation.date and len(citation.date) == len("2024-05-31") else None,
        publisher=node("Organization", name=citation.source) if citation.source else None,
    )


def series_node(site: Site, series: Series) -> Node:
    """schema.org CreativeWorkSeries: the same node on its own page and on those of its parts."""
    return node("CreativeWorkSeries", site.series_id(series), name=series.title, url=site.url(series.path))


def blog_node(site: Site, page: PageFacts) -> Node:
    """schema.org Blog: one node for all pages of the list."""
    return node(
        "Blog",
        site.blog_id,
        name=page.title,
        url=site.url(BLOG),
        publisher=reference(site.clinic_id),
        inLanguage=site.clinic.language,
    )
