"""Comments as feeds: one for each article that has any, and one for all of them."""

from collections.abc import Iterable, Iterator

from clinic.domain.pages.page import PageFacts
from clinic.domain.pages.urls import BLOG, COMMENTS_FEED, comments_feed_path
from clinic.models.words import gettext
from clinic.rendering.feeds.feed import Author, Entry, FeedDocument, tag_address
from clinic.rendering.feeds.xml import atom
from clinic.rendering.structured_data.nodes import Site
from clinic.rendering.text import one_line

NEWEST = 200
"""How many entries a feed holds: a reader that asks once a week misses nothing."""


def comment_feeds(site: Site, pages: Iterable[PageFacts]) -> Iterator[tuple[str, str]]:
    """Path and Atom text of every feed. That of all comments leaves out pages that are in no list.

    Dates are the comments' own, never the build's: an unchanged feed stays the same, byte for byte.
    """
    everywhere: list[Entry] = []
    discussions: dict[str, list[PageFacts]] = {}
    for page in pages:
        if page.discussion:
            discussions.setdefault((page.discussion.paths or (page.path,))[0], []).append(page)
    for article, found in discussions.items():
        page = next(each for each in found if each.path == article)
        if entries := list(_entries(site, page, found)):
            everywhere += entries if page.indexed else ()
            path, title = comments_feed_path(article), gettext("Comments on {title}", title=one_line(page.title))
            yield path, _feed(site, path, article, title, entries)
    if everywhere:
        title = gettext("{clinic}: comments", clinic=site.clinic.name)
        yield COMMENTS_FEED, _feed(site, COMMENTS_FEED, BLOG, title, everywhere)


def _feed(site: Site, path: str, list_path: str, title: str, entries: Iterable[Entry]) -> str:
    newest = sorted(entries, key=lambda entry: (-entry.published.timestamp(), entry.url))[:NEWEST]
    return atom(FeedDocument(site.url(path), site.url(list_path), title, site.clinic.language, tuple(newest)))


def _entries(site: Site, page: PageFacts, pages: Iterable[PageFacts]) -> Iterator[Entry]:
    """An entry for each comment on the article of ``page``; ``pages`` are all on which its discussion is."""
    found = ((comment, part.path) for part in pages if part.discussion for comment in part.discussion.comments)
    comments = {comment.key: (comment, path) for comment, path in found}
    for comment, path in comments.values():
        parent, parent_path = comments.get(comment.in_reply_to or "", (None, page.path))
        # The article's entry in the feed of articles has the same key.
        parent_url = site.url(f"{parent_path}#{parent.anchor}" if parent else page.path)
        parent_date = parent.date if parent else page.published
        yield Entry(
            url=site.url(f"{path}#{comment.anchor}"),
            title=gettext("{name} on {title}", name=comment.name, title=one_line(page.title)),
            summary="",
            html=comment.html,
            published=comment.date,
            authors=(Author(comment.name),),
            answered=(tag_address(parent_url, parent_date) if parent_date else parent_url, parent_url),
        )
