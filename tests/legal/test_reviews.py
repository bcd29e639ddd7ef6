"""What was checked says when and by whom, when it is due again, and is reported to the owner once that has passed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from clinic.domain.schedule import next_review

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

LATER = datetime(2027, 9, 1, 12, 0, tzinfo=UTC)
ANKLES = "/post/ankles-on-the-coast-path/"


def test_a_page_says_when_it_was_reviewed_and_when_it_will_be(full: Site) -> None:
    assert "Reviewed 20 February 2026 by Rosa Quill , next review by August 2027" in full.words(ANKLES)
    assert "Reviewed 1 February 2026 by Rosa Quill , next review by February 2027" in full.words("/about/")


def test_what_the_graph_says_of_a_review_the_page_shows(full: Site) -> None:
    for address in full.pages:
        for node in full.graph(address):
            assert ("lastReviewed" in node) <= ("Reviewed " in full.words(address)), address


def test_the_clinics_own_rhythm_holds_where_front_matter_says_nothing(build_site: BuildSite) -> None:
    article = "---\ntitle: Rest\ndate: 2026-01-02\nreviewed: 2026-01-31\n---\n\nRest.\n"
    assert "next review by January 2028" in build_site("full", {"posts/rest.md": article}).words("/post/rest/")


def test_overdue_reviews_are_reported_and_stop_nothing(build_site: BuildSite) -> None:
    site = build_site("full", now=LATER)
    assert site.exit_code == 0
    assert not site.problems
    positions = [note.partition(": note: ")[0] for note in site.notes if "this was reviewed" in note]
    assert positions == ["content/pages/about.md:7", "content/posts/2026-01-15-ankles-on-the-coast-path.md:18"]
    sentence = (
        "this was reviewed on 1 February 2026 and was due again by February 2027; check what it says, then change"
    )
    assert f'{positions[0]}: note: {sentence} "reviewed"' in site.notes
    assert "next review" not in site.words(ANKLES)
    assert "Reviewed 20 February 2026 by Rosa Quill" in site.words(ANKLES)


def test_without_a_rhythm_nothing_is_due(build_site: BuildSite) -> None:
    article = "---\ntitle: Rest\ndate: 2020-01-02\nreviewed: 2020-01-31\n---\n\nRest.\n"
    site = build_site("minimal", {"posts/rest.md": article})
    assert not [note for note in site.notes if "reviewed" in note]
    assert "Reviewed 31 January 2020" in site.words("/post/rest/")


@pytest.mark.parametrize(
    ("reviewed", "months", "due"),
    [
        (date(2026, 2, 3), 24, date(2028, 2, 3)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 12, 1), 12, date(2026, 12, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_the_next_review_is_whole_months_later(reviewed: date, months: int, due: date) -> None:
    assert next_review(reviewed, months) == due
