"""Articles, with their comments, citations and series, and the blog."""

from collections.abc import Mapping
from itertools import islice

from clinic.domain.articles.series import Series
from clinic.domain.pages.page import PageFacts
from clinic.domain.pages.urls import BLOG
from clinic.models.articles import Citation
from clinic.models.comments import Comment
from clinic.rendering.structured_data.nodes import Node, Site, image_node, iso_moment, node, reference, video_nodes
from clinic.rendering.structured_data.practitioners import byline
from clinic.rendering.text import one_line, plain_text, shorten

HEADLINE_LENGTH = 110
"""Google Article: longer headlines are cut on some devices, and validators complain."""
MAX_COMMENTS = 20
"""Of a long discussion the graph has the beginning: only robots read it, and phones load it."""


def comment_nodes(site: Site, page: PageFacts) -> list[Node]:
    """schema.org Comment, a node each. A comment stands before its answers: every ``parentItem`` is there."""
    comments = {comment.key: comment for comment in _first_comments(page)}
    return [_comment_node(site, page, comment, comments) for comment in comments.values()]


def _first_comments(page: PageFacts) -> list[Comment]:
    return list(islice(page.discussion.comments, MAX_COMMENTS)) if page.discussion else []


def _comment_node(site: Site, page: PageFacts, comment: Comment, known: Mapping[str, Comment]) -> Node:
    parent = known.get(comment.in_reply_to or "")
    address = site.page_id(page, comment.anchor)
    return node(
        "Comment",
        address,
        url=address,
        author=byline(site, comment.answer_by) if comment.answer_by else node("Person", name=comment.name),
        datePublished=iso_moment(comment.date, site.clinic.zone),
        text=plain_text(comment.html),
        parentItem=reference(site.page_id(page, parent.anchor)) if parent else None,
    )


def posting_node(site: Site, page: PageFacts) -> Node:
    """schema.org BlogPosting (Google Article). Without a byline the clinic itself is the author."""
    zone = site.clinic.zone
    crops = site.crops(page) if site.crops else ()
    return node(
        "BlogPosting",
        site.page_id(page, "article"),
        headline=shorten(one_line(page.title), HEADLINE_LENGTH),
        description=page.description,
        url=site.url(page.path),
        mainEntityOfPage=reference(site.page_id(page)),
        datePublished=iso_moment(page.published, zone),
        dateModified=iso_moment(page.modified or page.published, zone),
        author=[byline(site, author) for author in page.authors] or reference(site.clinic_id),
        publisher=reference(site.clinic_id),
        image=[image_node(site, image) for image in crops] or image_node(site, site.share_image(page)),
        articleSection=page.section,
        keywords=list(page.tags),
        about=[node("Thing", name=condition) for condition in page.conditions],
        wordCount=page.word_count or None,
        timeRequired=f"PT{page.minutes}M" if page.minutes else None,
        inLanguage=site.clinic.language,
        commentCount=(page.discussion and page.discussion.count) or None,
        comment=[reference(site.page_id(page, comment.anchor)) for comment in _first_comments(page)],
        isPartOf=reference(site.series_id(page.series)) if page.series else None,
        position=page.part,
        citation=[_citation_node(citation) for citation in page.citations],
        video=video_nodes(site, page),
    )


def _citation_node(citation: Citation) -> Node:
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
