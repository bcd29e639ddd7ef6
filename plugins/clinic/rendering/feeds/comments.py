"""Comments as Atom feeds (RFC 4287), each entry saying what it answers (RFC 4685, Atom Threading Extensions)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from urllib.parse import urlsplit

from clinic.domain.pages.page import PageFacts
from clinic.domain.pages.urls import BLOG, COMMENTS_FEED, comments_feed_path
from clinic.models.comments import Comment
from clinic.rendering.head.structured_data.nodes import Site, one_line

NEWEST = 200
"""What a feed holds: a reader that asks once a week misses nothing."""
_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"'
)


@dataclass(frozen=True)
class _Placed:
    """A comment, the page it stands on, and the comment it answers."""

    page: PageFacts
    comment: Comment
    answered: Comment | None


def comment_feeds(site: Site, pages: Iterable[PageFacts]) -> Iterator[tuple[str, str]]:
    """Path and text of every feed: one for each article with comments, and one for all that are in lists."""
    everywhere: list[_Placed] = []
    for page in pages:
        if page.discussion and page.discussion.count:
            placed = list(_placed(page))
            everywhere += placed if page.indexed else ()
            path = comments_feed_path(page.path)
            yield path, _feed(site, path, page.path, f"Comments on {one_line(page.title)}", placed)
    if everywhere:
        yield COMMENTS_FEED, _feed(site, COMMENTS_FEED, BLOG, f"{site.clinic.name}: comments", everywhere)


def _placed(page: PageFacts) -> Iterator[_Placed]:
    comments: Mapping[str, Comment] = (
        {comment.key: comment for comment in page.discussion.comments} if page.discussion else {}
    )
    for comment in comments.values():
        yield _Placed(page, comment, comments.get(comment.in_reply_to or ""))


def _newest_first(placed: _Placed) -> tuple[float, str, str]:
    return -placed.comment.date.timestamp(), placed.page.path, placed.comment.key


def _feed(site: Site, path: str, about: str, title: str, entries: Iterable[_Placed]) -> str:
    ordered = sorted(entries, key=_newest_first)[:NEWEST]
    own = site.url(path)
    head = (
        f"{_HEAD} xml:lang={_quoted(site.clinic.language)}>\n"
        f"<id>{escape(own)}</id>\n<title>{escape(title)}</title>\n"
        f"<updated>{_moment(ordered[0].comment.date)}</updated>\n"
        f'<link rel="self" type="application/atom+xml" href={_quoted(own)}/>\n'
        f'<link rel="alternate" type="text/html" href={_quoted(site.url(about))}/>\n'
    )
    return head + "".join(_entry(site, placed) for placed in ordered) + "</feed>\n"


def _entry(site: Site, placed: _Placed) -> str:
    """Dates are the comment's own, never the build's: an unchanged feed stays the same, byte for byte."""
    page, comment = placed.page, placed.comment
    url = site.url(f"{page.path}#{comment.anchor}")
    when = _moment(comment.date)
    return (
        f"<entry>\n<id>{escape(_tag(url, comment.date))}</id>\n"
        f"<title>{escape(f'{comment.name} on {one_line(page.title)}')}</title>\n"
        f"<published>{when}</published>\n<updated>{when}</updated>\n"
        f"<author><name>{escape(comment.name)}</name></author>\n"
        f'<link rel="alternate" type="text/html" href={_quoted(url)}/>\n'
        f"{_in_reply_to(site, placed)}"
        f'<content type="html">{escape(comment.html)}</content>\n</entry>\n'
    )


def _in_reply_to(site: Site, placed: _Placed) -> str:
    """RFC 4685, section 3: another comment, or the article's own entry in the feed of articles."""
    page, answered = placed.page, placed.answered
    url = site.url(f"{page.path}#{answered.anchor}" if answered else page.path)
    date = answered.date if answered else page.published
    reference = _tag(url, date) if date else url
    return f'<thr:in-reply-to ref={_quoted(reference)} href={_quoted(url)} type="text/html"/>\n'


def _tag(url: str, date: datetime) -> str:
    """A tag: address (RFC 4151), made as Pelican makes those of articles: the same for the same article."""
    parts = urlsplit(url)
    return f"tag:{parts.hostname},{date:%Y-%m-%d}:{parts.path}{parts.fragment}"


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _quoted(value: str) -> str:
    return f'"{escape(value)}"'
