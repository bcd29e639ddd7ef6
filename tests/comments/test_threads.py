"""Comments become a tree whatever their files say, and what cannot be an answer is reported."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from clinic.domain.comments.threads import (
    MAX_DEPTH,
    PER_PAGE,
    Discussion,
    Thread,
    build_threads,
    in_pages,
    thread_findings,
    visible_comments,
    walk,
)
from clinic.models.comments import Comment, CommentSettings, closes_at, takes_comments

START = datetime(2026, 1, 1, 9, tzinfo=UTC)


def said(key: str, answers: str | None = None, day: int = 0) -> Comment:
    return Comment(key, key.title(), START + timedelta(days=day), "Words.", answers)


def shape(threads: tuple[Thread, ...]) -> dict[str, object]:
    return {found.comment.key: shape(found.replies) for found in threads}


def errors(*comments: Comment, others: tuple[str, ...] = ()) -> dict[str, str]:
    found = thread_findings(comments, {*(comment.key for comment in comments), *others})
    return {finding.record: finding.message for finding in found}


def test_answers_stand_under_what_they_answer_in_order_of_time() -> None:
    comments = [said("c", "a", 3), said("b", "a", 2), said("a"), said("d", None, 4), said("e", "b", 5)]
    assert shape(build_threads(comments)) == {"a": {"b": {"e": {}}, "c": {}}, "d": {}}


def test_the_order_of_files_changes_nothing() -> None:
    comments = [said("a"), said("b", "a", 1), said("c", "b", 2), said("d", "c", 3), said("e", "c", 2)]
    assert build_threads(comments) == build_threads(reversed(comments))


def test_a_fourth_answer_stands_beside_the_third_and_says_whom_it_answers() -> None:
    comments = [said("a"), said("b", "a", 1), said("c", "b", 2), said("d", "c", 3), said("e", "d", 4)]
    threads = build_threads(comments)
    assert shape(threads) == {"a": {"b": {"c": {}, "d": {}, "e": {}}}}
    answers = {found.comment.key: found.in_reply_to and found.in_reply_to.key for found in walk(threads)}
    assert answers == {"a": None, "b": None, "c": None, "d": "c", "e": "d"}


def test_a_thousand_answers_in_a_row_are_a_tree_in_a_moment() -> None:
    comments = [said("0"), *(said(str(number), str(number - 1), number) for number in range(1, 1000))]
    started = time.process_time()
    threads = build_threads(comments)
    assert not list(thread_findings(comments, [comment.key for comment in comments]))
    assert time.process_time() - started < 1.5
    assert len(list(walk(threads))) == 1000

    def depth(found: Thread) -> int:
        return 1 + max(map(depth, found.replies), default=0)

    assert max(map(depth, threads)) == MAX_DEPTH


@pytest.mark.parametrize("circle", [("a",), ("a", "b"), ("a", "b", "c", "d")])
def test_comments_that_answer_each_other_in_a_circle_are_reported_once_and_all_shown(circle: tuple[str, ...]) -> None:
    comments = [said(key, circle[number - 1]) for number, key in enumerate(circle)]
    assert len(errors(*comments)) == 1
    assert sorted(found.comment.key for found in walk(build_threads(comments))) == sorted(circle)


def test_an_answer_to_nothing_is_reported_with_the_nearest_name() -> None:
    message = errors(said("jo"), said("mo", "joe"))["mo"]
    assert message == 'in_reply_to: there is no comment "joe" here; did you mean "jo"?'
    assert shape(build_threads([said("jo"), said("mo", "joe")])) == {"jo": {}, "mo": {}}


def test_an_answer_to_a_file_with_errors_is_no_error_of_its_own() -> None:
    assert errors(said("mo", "jo"), others=("jo",)) == {}


def test_an_answer_comes_on_the_same_day_or_later() -> None:
    assert errors(said("a", None, 1), said("b", "a", 1)) == {}
    assert "before the comment it answers (2026-01-02)" in errors(said("a", None, 1), said("b", "a", 0))["b"]


def test_nobody_sees_an_answer_to_what_nobody_sees() -> None:
    comments = [said("b", "hidden"), said("c", "b"), said("d"), said("e", "nowhere")]
    everything = {"hidden", "b", "c", "d", "e"}
    assert [comment.key for comment in visible_comments(comments, everything)] == ["d", "e"]
    assert len(visible_comments([said("a", "b"), said("b", "a")], {"a", "b"})) == 2


@pytest.mark.parametrize(
    ("choice", "settings", "days", "expected"),
    [
        (None, CommentSettings(), 9999, True),
        (None, CommentSettings(closed_after_days=90), 89, True),
        (None, CommentSettings(closed_after_days=90), 90, False),
        ("open", CommentSettings(closed_after_days=90), 900, True),
        ("open", CommentSettings(open=False), 1, True),
        (None, CommentSettings(open=False), 1, False),
        ("closed", CommentSettings(), 1, False),
        ("none", CommentSettings(), 1, False),
        ("open", None, 1, False),
    ],
)
def test_the_articles_own_word_goes_before_the_sites(
    choice: str | None, settings: CommentSettings | None, days: int, expected: bool
) -> None:
    assert takes_comments(choice, settings, START, START + timedelta(days=days)) is expected


def test_the_day_on_which_comments_close_is_known_beforehand() -> None:
    assert closes_at(START, CommentSettings(closed_after_days=90)) == START + timedelta(days=90)
    assert closes_at(START, CommentSettings()) is None


def test_a_conversation_longer_than_a_page_goes_on_and_leads_back() -> None:
    comments = [said("a000"), *(said(f"a{number:03}", "a000", number) for number in range(1, PER_PAGE * 2 + 2))]
    pages = in_pages(Discussion(build_threads(comments), len(comments)), "post/a/")
    assert [len([*page.comments]) for page in pages] == [PER_PAGE * 2, 2]
    first = pages[1].threads[0]
    assert (first.in_reply_to, first.page) == (comments[0], "post/a/")
    assert pages[1].paths == ("post/a/", "post/a/comments/2/")


def test_a_short_discussion_stays_on_the_page_of_its_article() -> None:
    whole = Discussion(build_threads([said("a"), said("b")]), 2)
    assert in_pages(whole, "post/a/") == (whole,)
