"""The build tells when the site becomes wrong by itself, and the publishing workflow keeps to it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import yaml

from clinic.cli.publish.workflow_schedule import with_schedule
from clinic.domain.schedule import Rebuild
from tests.site import CLINICS, ROOT

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

CHANGING = """
notices:
  - {text: The lift is out of order., from: 2026-03-10, until: 2026-03-12}
"""
OVERLAY: dict[str, str | bytes | None] = {
    "clinic.yaml": (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8") + CHANGING,
    "posts/2026-03-20-spring.md": "---\ntitle: Spring\nexpires: 2026-03-28\n---\n\nWords.\n",
    "posts/2026-02-01-winter.md": "---\ntitle: Winter\n---\n\nWords.\n",
    "comments/winter/later.md": "---\nname: Ann\ndate: 2026-03-16 10:00\nconsent: 2026-03-01\n---\n\nBrr.\n",
    "comments/winter/never.md": "---\ndate: 2026-03-17 10:00\nstatus: draft\n---\n\nHm.\n",
}
A_MINUTE = timedelta(minutes=1)
WORKFLOW = (ROOT / ".github" / "workflows" / "publish.yml").read_text("utf-8")


@pytest.fixture(scope="session")
def changing(build_site: BuildSite) -> Site:
    """A clinic with a notice and a comment to come, and a post that comes and goes."""
    return build_site("minimal", OVERLAY)


def moments(site: Site) -> list[tuple[datetime, str]]:
    """The moments, and why."""
    entries = json.loads((site.folder / "next-build.json").read_text("utf-8"))["next"]
    return [(datetime.fromisoformat(entry["at"]), entry["why"]) for entry in entries]


def pages(site: Site) -> dict[str, str]:
    return {file: site.read(file) for file in site.files if file.endswith(".html")}


def test_every_moment_is_listed_in_order(changing: Site) -> None:
    assert moments(changing) == [
        (datetime(2026, 3, 10, tzinfo=UTC), "the notice “The lift is out of order.” appears"),
        (datetime(2026, 3, 13, tzinfo=UTC), "the notice “The lift is out of order.” is over"),
        (datetime(2026, 3, 16, 10, tzinfo=UTC), "a comment on “Winter” is due"),
        (datetime(2026, 3, 20, tzinfo=UTC), "“Spring” is due"),
        (datetime(2026, 3, 29, tzinfo=UTC), "“Spring” expires"),
        (datetime(2027, 3, 1, tzinfo=UTC), ".well-known/security.txt is out of date"),
    ]


def test_until_the_first_moment_the_site_stays_as_it_is_and_then_it_does_not(
    build_site: BuildSite, changing: Site
) -> None:
    moment, _ = moments(changing)[0]
    assert pages(build_site("minimal", OVERLAY, now=moment - A_MINUTE)) == pages(changing)
    assert pages(build_site("minimal", OVERLAY, now=moment)) != pages(changing)


def test_hours_closures_reviews_and_practitioners_are_among_them(full: Site) -> None:
    reasons = " ".join(why for _, why in moments(full))
    for words in ("is announced", "is over", "the review of", "another week begins", "the usual week begins again"):
        assert words in reasons, words
    assert [moment for moment, _ in moments(full)] == sorted(moment for moment, _ in moments(full))


def test_it_is_not_published_and_tells_nothing_of_drafts(full: Site) -> None:
    assert "next-build.json" not in full.files
    assert "Half-written" not in (full.folder / "next-build.json").read_text("utf-8")


def test_the_workflow_is_scheduled_in_utc_at_the_first_whole_minute() -> None:
    moments = [datetime.fromisoformat("2026-07-01T09:00:30+01:00"), datetime(2026, 12, 25, tzinfo=UTC)]
    workflow = with_schedule(WORKFLOW, [Rebuild(moment, "why") for moment in moments])
    scheduled = [entry["cron"] for entry in yaml.safe_load(workflow)[True]["schedule"]]
    assert scheduled == ["17 5 * * 1", "1 8 1 7 *", "0 0 25 12 *"]


def test_the_schedule_is_replaced_not_added_to() -> None:
    first = with_schedule(WORKFLOW, [Rebuild(datetime(2026, 5, 1, tzinfo=UTC), "why")])
    assert with_schedule(first, []) == with_schedule(WORKFLOW, [])
    assert first.count("- cron:") == 2


def test_a_workflow_without_the_place_for_it_is_left_alone() -> None:
    assert with_schedule("on: push\n", [Rebuild(datetime(2026, 5, 1, tzinfo=UTC), "why")]) == "on: push\n"
