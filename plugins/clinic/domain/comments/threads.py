"""What stands under an article: the comments, and whether and how to write one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from clinic.models.comments import Comment
from clinic.models.suggestions import nearest

LEVELS = 3
"""How deep answers are set in. On a phone a fourth step leaves no room for words."""


@dataclass(frozen=True)
class Thread:
    """A comment with what was answered.

    ``answers`` is the comment that this one answers where the page does not show it: answers to answers to answers
    stand in one row.
    """

    comment: Comment
    replies: tuple["Thread", ...] = ()
    answers: Comment | None = None


class ThreadFault(NamedTuple):
    """``key`` names the comment whose ``in_reply_to`` is at fault."""

    key: str
    message: str


def thread(comments: Iterable[Comment]) -> tuple[Thread, ...]:
    """The tree, in order of time. An answer to nothing that is there stands at the top.

    Without recursion: a chain of a thousand answers is no deeper than any other.
    """
    by_key = {comment.key: comment for comment in sorted(comments, key=_in_order)}
    levels = _levels(by_key)
    rows: dict[str | None, list[str]] = defaultdict(list)
    for key in by_key:
        rows[_hangs_on(key, by_key, levels)].append(key)
    made: dict[str, Thread] = {}
    for key in sorted(by_key, key=lambda key: levels[key], reverse=True):
        comment = by_key[key]
        replies = tuple(made[reply] for reply in rows[key])
        answers = by_key[str(comment.in_reply_to)] if levels[key] >= LEVELS else None
        made[key] = Thread(comment, replies, answers)
    return tuple(made[key] for key in rows[None])


def walk(threads: Iterable[Thread]) -> Iterator[Thread]:
    """Every comment, each before its answers."""
    for found in threads:
        yield found
        yield from walk(found.replies)


def published(comments: Iterable[Comment], all_keys: Collection[str]) -> tuple[Comment, ...]:
    """Those of ``comments`` whose whole conversation is there: an answer to what nobody sees is not shown.

    ``all_keys`` are the names of all files, also of those that are not among the comments.
    """
    by_key = {comment.key: comment for comment in comments}
    shown: dict[str, bool] = {}
    for key in by_key:
        path, at = _upwards(key, by_key, shown)
        hidden = at is not None and at in all_keys and not shown.get(at, at in by_key)
        shown |= dict.fromkeys(path, not hidden)
    return tuple(comment for comment in by_key.values() if shown[comment.key])


def thread_faults(comments: Iterable[Comment], all_keys: Collection[str]) -> Iterator[ThreadFault]:
    """Every answer that cannot be one. ``all_keys``: the names of all files, also of faulty ones and drafts."""
    by_key = {comment.key: comment for comment in sorted(comments, key=lambda comment: comment.key)}
    told: set[str] = set()
    for key, comment in by_key.items():
        asked = comment.in_reply_to
        if asked is None:
            continue
        if asked not in all_keys:
            how = nearest(asked, all_keys) or "; write the name of another file in this folder, without .md"
            yield ThreadFault(key, f'in_reply_to: there is no comment "{asked}" here{how}')
        elif circle := _circle(key, by_key):
            if told.isdisjoint(circle):
                yield ThreadFault(key, _round_and_round(circle))
            told |= set(circle)
        elif asked in by_key and comment.date.date() < by_key[asked].date.date():
            days = f"({comment.date:%Y-%m-%d}) before the comment it answers ({by_key[asked].date:%Y-%m-%d})"
            yield ThreadFault(key, f'this was written {days}; correct "date" of one of them, or "in_reply_to"')


def _round_and_round(circle: list[str]) -> str:
    if len(circle) == 1:
        return 'this comment answers itself; remove "in_reply_to"'
    return f'these answer each other in a circle: {", ".join(circle)}; remove "in_reply_to" from the first of them'


def _circle(key: str, by_key: Mapping[str, Comment]) -> list[str]:
    """The comments of the circle that ``key`` is in; empty where it is in none."""
    path, at = _upwards(key, by_key)
    return path if at == key else []


def _upwards(key: str, by_key: Mapping[str, Comment], known: Collection[str] = ()) -> tuple[list[str], str | None]:
    """From a comment to what it answers and so on, and where that ends.

    It ends at one that is ``known`` already, at one that has been passed, at one that is not there, or at nothing.
    """
    path: dict[str, None] = {}
    at: str | None = key
    while at is not None and at in by_key and at not in known and at not in path:
        path[at] = None
        at = by_key[at].in_reply_to
    return [*path], at


def _levels(by_key: Mapping[str, Comment]) -> dict[str, int]:
    """How many comments each one answers, one after another. In a circle the first one answers nothing."""
    levels: dict[str, int] = {}
    for key in by_key:
        path, at = _upwards(key, by_key, levels)
        level = levels.get(str(at), -1)
        for step in reversed(path):
            level += 1
            levels[step] = level
    return levels


def _hangs_on(key: str, by_key: Mapping[str, Comment], levels: Mapping[str, int]) -> str | None:
    """What it is shown under: what it answers, or further up where that is as deep as the page goes."""
    if levels[key] == 0:
        return None
    above = str(by_key[key].in_reply_to)
    while levels[above] > LEVELS - 2:
        above = str(by_key[above].in_reply_to)
    return above


def _in_order(comment: Comment) -> tuple[float, str]:
    return comment.date.timestamp(), comment.key


@dataclass(frozen=True)
class Discussion:
    """``write_url`` opens an e-mail to fill in, ``reply_urls`` the same as an answer to a comment, by its key.

    ``is_closed`` says that there were comments or could have been; neither open nor closed means that nothing is said.
    """

    threads: tuple[Thread, ...] = ()
    count: int = 0
    write_url: str | None = None
    reply_urls: Mapping[str, str] = field(default_factory=dict)
    is_closed: bool = False
    by_form: bool = False
    """Whether a form is shown to write one, in place of an e-mail."""

    @property
    def heading(self) -> str:
        """``3 comments``; an invitation where there is none yet."""
        return self.counted if self.count else "Comments"

    @property
    def counted(self) -> str:
        """``1 comment``."""
        return f"{self.count:,} comment{'' if self.count == 1 else 's'}"

    @property
    def comments(self) -> Iterator[Comment]:
        """All of them, each before its answers."""
        return (found.comment for found in walk(self.threads))
