"""Threads of comments, errors in them, and the discussion that is shown under an article."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from babel.numbers import format_decimal

from clinic.domain.checks import Finding
from clinic.domain.pages.urls import comments_page_path
from clinic.models.comments import Comment
from clinic.models.language import current_locale
from clinic.models.suggestions import did_you_mean
from clinic.models.words import gettext, ngettext

PER_PAGE = 100
"""Comments, of about one kilobyte each. A conversation begins on another page after so many, and goes on there after
twice as many."""
MAX_DEPTH = 3
"""How deep answers are indented. On a phone a fourth step leaves no room for words."""


@dataclass(frozen=True)
class Thread:
    """A comment with its answers.

    ``in_reply_to`` is set where what it answers does not stand above it: at the greatest depth, where answers stand in
    one row, and at the top of a page.
    """

    comment: Comment
    replies: tuple["Thread", ...] = ()
    in_reply_to: Comment | None = None
    page: str = ""
    """The path of the page on which the comment ``in_reply_to`` is, where that is another."""


def build_threads(comments: Iterable[Comment]) -> tuple[Thread, ...]:
    """The comments as trees, in order of time. An answer to a comment that is not there is at the top.

    Not recursive, so that a chain of a thousand answers does no harm.
    """
    by_key = {comment.key: comment for comment in sorted(comments, key=lambda one: (one.date.timestamp(), one.key))}
    depths = _depths(by_key)
    replies: dict[str | None, list[str]] = defaultdict(list)
    for key in by_key:
        replies[_shown_under(key, by_key, depths)].append(key)
    made: dict[str, Thread] = {}
    for key in sorted(by_key, key=lambda key: depths[key], reverse=True):
        comment = by_key[key]
        answered = by_key[str(comment.in_reply_to)] if depths[key] >= MAX_DEPTH else None
        made[key] = Thread(comment, tuple(made[reply] for reply in replies[key]), answered)
    return tuple(made[key] for key in replies[None])


def walk(threads: Iterable[Thread]) -> Iterator[Thread]:
    """Every comment, each before its answers."""
    for thread in threads:
        yield thread
        yield from walk(thread.replies)


def visible_comments(comments: Iterable[Comment], all_keys: Collection[str]) -> tuple[Comment, ...]:
    """Those that do not answer, even indirectly, a comment that has a file (``all_keys``) but is not among them."""
    by_key = {comment.key: comment for comment in comments}
    shown: dict[str, bool] = {}
    for key in by_key:
        path, end = _ancestors(key, by_key, shown)
        hidden = end is not None and end in all_keys and not shown.get(end, end in by_key)
        shown |= dict.fromkeys(path, not hidden)
    return tuple(comment for comment in by_key.values() if shown[comment.key])


def thread_findings(comments: Iterable[Comment], all_keys: Collection[str]) -> Iterator[Finding]:
    """Every answer that cannot be one. ``all_keys``: the names of all files, also of invalid ones and drafts."""
    by_key = {comment.key: comment for comment in sorted(comments, key=lambda comment: comment.key)}
    reported: set[str] = set()
    for key, comment in by_key.items():
        asked = comment.in_reply_to
        if asked is None:
            continue
        if asked not in all_keys:
            how = did_you_mean(asked, all_keys) or "; write the name of another file in this folder, without .md"
            yield Finding(key, ("in_reply_to",), f'in_reply_to: there is no comment "{asked}" here{how}')
            continue
        circle, end = _ancestors(key, by_key)
        if end == key:
            if reported.isdisjoint(circle):
                yield Finding(key, ("in_reply_to",), _circle_message(circle))
            reported |= set(circle)
        elif asked in by_key and comment.date.date() < by_key[asked].date.date():
            days = f"({comment.date:%Y-%m-%d}) before the comment it answers ({by_key[asked].date:%Y-%m-%d})"
            how = 'correct "date" of one of them, or "in_reply_to"'
            yield Finding(key, ("in_reply_to",), f"this was written {days}; {how}")


def _circle_message(circle: list[str]) -> str:
    if len(circle) == 1:
        return 'this comment answers itself; remove "in_reply_to"'
    return f'these answer each other in a circle: {", ".join(circle)}; remove "in_reply_to" from the first of them'


def _ancestors(key: str, by_key: Mapping[str, Comment], known: Collection[str] = ()) -> tuple[list[str], str | None]:
    """The comment, what it answers, and so on; and the key where that ends.

    It ends at a key that is ``known``, that has been passed, or that is not there; or with None.
    """
    path: dict[str, None] = {}
    at: str | None = key
    while at is not None and at in by_key and at not in known and at not in path:
        path[at] = None
        at = by_key[at].in_reply_to
    return [*path], at


def _depths(by_key: Mapping[str, Comment]) -> dict[str, int]:
    """How many comments each one answers, one after another. In a circle the first one answers nothing."""
    depths: dict[str, int] = {}
    for key in by_key:
        path, end = _ancestors(key, by_key, depths)
        depth = depths.get(str(end), -1)
        for step in reversed(path):
            depth += 1
            depths[step] = depth
    return depths


def _shown_under(key: str, by_key: Mapping[str, Comment], depths: Mapping[str, int]) -> str | None:
    """The comment that it answers, or one further up where that is as deep as the page goes; None at the top."""
    if depths[key] == 0:
        return None
    above = str(by_key[key].in_reply_to)
    while depths[above] > MAX_DEPTH - 2:
        above = str(by_key[above].in_reply_to)
    return above


@dataclass(frozen=True)
class Discussion:
    """What is shown under an article: ``write_url`` opens an e-mail, ``reply_urls`` one for an answer, by comment."""

    threads: tuple[Thread, ...] = ()
    count: int = 0
    write_url: str | None = None
    reply_urls: Mapping[str, str] = field(default_factory=dict)
    is_closed: bool = False
    """Whether there are comments or could have been; neither open nor closed: nothing is said about it."""
    number: int = 1
    """Of the page of a long discussion: the first is under the article."""
    paths: tuple[str, ...] = ()
    """Of all pages of a long discussion, that of the article first; none of one on a single page."""
    by_form: bool = False
    """Whether a form is shown to write one, in place of an e-mail."""

    @property
    def heading(self) -> str:
        """``3 comments``, or ``Comments`` where there is none yet."""
        return self.count_text if self.count else gettext("Comments")

    @property
    def count_text(self) -> str:
        """``1 comment``."""
        number = format_decimal(self.count, locale=current_locale())
        return ngettext("{count} comment", "{count} comments", self.count, count=number)

    @property
    def comments(self) -> Iterator[Comment]:
        """All of them, each before its answers."""
        return (thread.comment for thread in walk(self.threads))


def in_pages(discussion: Discussion, article: str) -> tuple[Discussion, ...]:
    """A discussion page by page, in its order; ``article`` is the path of the article, on whose page it begins."""
    if discussion.count <= PER_PAGE:
        return (discussion,)
    rows: list[list[Comment]] = [[]]
    for thread in discussion.threads:
        for number, each in enumerate(walk((thread,))):
            if len(rows[-1]) >= PER_PAGE * (2 if number else 1):
                rows.append([])
            rows[-1].append(each.comment)
    paths = (article, *(comments_page_path(article, number) for number in range(2, len(rows) + 1)))
    known = {comment.key: (comment, path) for path, row in zip(paths, rows, strict=True) for comment in row}
    return tuple(
        replace(
            discussion,
            threads=tuple(_led_back(thread, known) for thread in build_threads(row)),
            reply_urls={one.key: discussion.reply_urls[one.key] for one in row if one.key in discussion.reply_urls},
            number=number,
            paths=paths if len(rows) > 1 else (),
        )
        for number, row in enumerate(rows, 1)
    )


def _led_back(thread: Thread, known: Mapping[str, tuple[Comment, str]]) -> Thread:
    """A thread at the top of a page, with where the comment is that it answers, if it does."""
    answered, path = known.get(thread.comment.in_reply_to or "", (None, ""))
    return replace(thread, in_reply_to=answered, page=path) if answered else thread
