"""What visitors said of an article."""

from collections.abc import Mapping
from itertools import islice

from clinic.facts.comments import Comment
from clinic.facts.pages import PageFacts
from clinic.rendering.structured_data.nodes import Node, iso_moment, node, reference
from clinic.rendering.structured_data.people import byline
from clinic.rendering.structured_data.site import Site
from clinic.rendering.text import plain_text

MOST = 20
"""Of a long conversation the graph tells the beginning: nobody reads it but robots, and phones load it."""


def comment_nodes(site: Site, page: PageFacts) -> list[Node]:
    """schema.org Comment, a node each. A comment stands before its answers, so every ``parentItem`` is among them."""
    told = {comment.key: comment for comment in _told(page)}
    return [_comment_node(site, page, comment, told) for comment in told.values()]


def comments_of_article(site: Site, page: PageFacts) -> dict[str, object]:
    """schema.org CreativeWork ``commentCount`` and ``comment``; nothing where nobody has said anything."""
    if not page.discussion or not page.discussion.count:
        return {}
    addresses = [reference(_address(site, page, comment)) for comment in _told(page)]
    return {"commentCount": page.discussion.count, "comment": addresses}


def _told(page: PageFacts) -> list[Comment]:
    return list(islice(page.discussion.comments, MOST)) if page.discussion else []


def _comment_node(site: Site, page: PageFacts, comment: Comment, told: Mapping[str, Comment]) -> Node:
    parent = told.get(comment.in_reply_to or "")
    return node(
        "Comment",
        _address(site, page, comment),
        url=_address(site, page, comment),
        author=byline(site, comment.answer_by) if comment.answer_by else node("Person", name=comment.name),
        datePublished=iso_moment(comment.date, site.clinic.zone),
        text=plain_text(comment.html),
        parentItem=reference(_address(site, page, parent)) if parent else None,
    )


def _address(site: Site, page: PageFacts, comment: Comment) -> str:
    return site.page_id(page, comment.anchor)
