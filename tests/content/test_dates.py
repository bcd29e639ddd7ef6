"""Dates at the ends of time are told in one sentence, or work; whatever is added to one can be counted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from clinic.cli.dates import parse_date
from clinic.content.clinic import DEFAULT_CONTEXT
from clinic.content.validation import validate
from clinic.content.yaml_text import read_yaml
from clinic.domain.schedule import next_review
from clinic.models.articles import ArticleFrontMatter, PageFrontMatter
from clinic.models.clinic import ClinicFile
from clinic.models.comments import CommentFrontMatter
from clinic.models.practitioner import PractitionerFrontMatter
from tests.site import CLINICS

if TYPE_CHECKING:
    from pydantic import BaseModel

    from tests.site import BuildSite

LEAST = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8").rstrip()
TOO_FAR = "is too far away; write a year between 1900 and 2199"
ARTICLE = "title: A\nslug: a\n"
LINES: list[tuple[type[BaseModel], str]] = [
    (ArticleFrontMatter, ARTICLE + "date: {}"),
    (ArticleFrontMatter, ARTICLE + "date: 2026-01-01\nexpires: {}"),
    (ArticleFrontMatter, ARTICLE + "date: 2026-01-01\nmodified: {}"),
    (ArticleFrontMatter, ARTICLE + "date: 2026-01-01\nreviewed: {}\nreviewed_by: Bo\nreview_every: 2 years"),
    (PageFrontMatter, "title: A\nslug: a\nmodified: {}"),
    (PractitionerFrontMatter, "title: Bo\nleft: {}"),
    (CommentFrontMatter, "name: Bo\ndate: {}\nconsent: 2026-01-01"),
    (ClinicFile, LEAST + "\n    closures: [{{on: {}}}]"),
    (ClinicFile, LEAST + "\n    closures: [{{from: 2026-01-01, to: {}}}]"),
    (ClinicFile, LEAST + "\n    special_hours: [{{on: {}, hours: 9am-noon}}]"),
    (ClinicFile, LEAST + "\n    seasons: [{{from: 2026-01-01, to: {}, opening_hours: {{monday: closed}}}}]"),
    (ClinicFile, LEAST + "\nbank_holidays: {{days: {{{}: closed}}}}"),
    (ClinicFile, LEAST + "\nnotices: [{{text: A, from: 2026-01-01, until: {}}}]"),
]


@pytest.mark.parametrize("day", ["9999-12-31", "2926-01-01", "2200-01-01", "1899-12-31", "0001-01-01", "0000-00-00"])
@pytest.mark.parametrize(("model", "lines"), LINES, ids=range(len(LINES)))
def test_a_day_too_far_away_gets_one_sentence(model: type[BaseModel], lines: str, day: str) -> None:
    _, found, _ = validate(model, read_yaml(lines.format(day)), "file", DEFAULT_CONTEXT)
    assert len(found) == 1
    assert found[0].message.endswith(f'"{day}" {TOO_FAR}')


@pytest.mark.parametrize("moment", ["9999-12-31T23:59-12:00", "0001-01-01T00:00+12:00"])
def test_a_moment_too_far_away_gets_one_sentence(moment: str) -> None:
    _, found, _ = validate(ArticleFrontMatter, read_yaml(f"{ARTICLE}date: {moment}"), "file", DEFAULT_CONTEXT)
    assert [one.message for one in found] == [f'date: "{moment[:10]}" {TOO_FAR}']


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
@pytest.mark.parametrize(("model", "lines"), LINES, ids=range(len(LINES)))
def test_the_first_and_the_last_day_that_are_taken_are_days(model: type[BaseModel], lines: str, day: str) -> None:
    _, found, _ = validate(model, read_yaml(lines.format(day)), "file", DEFAULT_CONTEXT)
    assert not [one.message for one in found if TOO_FAR in one.message]


def test_the_longest_time_between_reviews_can_be_counted() -> None:
    assert next_review(date(2199, 12, 31), 999 * 12) == date(3198, 12, 31)


def test_a_british_date_far_away_is_not_recommended() -> None:
    _, found, _ = validate(ArticleFrontMatter, read_yaml(f"{ARTICLE}date: 11/12/9999"), "file", DEFAULT_CONTEXT)
    assert [one.message for one in found] == [
        'date: "11/12/9999" is not a date; write year-month-day, for example 2025-11-30'
    ]


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00", "2926-01-01"])
def test_a_comment_from_the_ends_of_time_has_no_date(text: str) -> None:
    assert parse_date(text) is None


def test_a_site_at_the_ends_of_time_is_whole(build_site: BuildSite) -> None:
    """Everything that a build works out from a date: notices, rebuilds, feeds, calendars, reviews."""
    facts = f"""{LEAST}
    opening_hours: {{weekdays: 9am-5pm}}
    closures: [{{from: 1900-01-01, to: 2199-12-31}}]
notices: [{{text: Hello., from: 1900-01-01, until: 2199-12-31}}]
"""
    article = "---\ntitle: {}\nsummary: Words.\n{}\n---\n\nWords are here.\n"
    overlay: dict[str, str | bytes | None] = {
        "clinic.yaml": facts,
        "posts/1900-01-01-a.md": article.format(
            "A", "expires: 2199-12-31\nreviewed: 1900-01-01\nreview_every: 300 years"
        ),
        "posts/2199-12-31-b.md": article.format("B", "tags: back"),
    }
    site = build_site("minimal", overlay)
    assert site.problems == []
    assert site.exit_code == 0
    assert "/post/a/" in site.pages
    assert (site.folder / "next-build.json").exists()


def test_what_bank_holidays_decide_is_not_asked_for_while_they_are_wrong(build_site: BuildSite) -> None:
    hours = f"{LEAST}\n    opening_hours: {{weekdays: 9am-5pm}}\n"
    site = build_site(
        "minimal", {"clinic.yaml": hours + "bank_holidays: {default: closed, days: {9999-01-01: closed}}\n"}
    )
    assert [line.partition(": ")[2] for line in site.problems] == [f'"9999-01-01" {TOO_FAR}']
    assert site.notes == []


def test_bank_holidays_that_nobody_knows_yet_are_told(build_site: BuildSite) -> None:
    hours = f"{LEAST}\n    opening_hours: {{monday: 9am-5pm}}\n"
    site = build_site("minimal", {"clinic.yaml": hours + "bank_holidays: {days: {2199-12-25: closed}}\n"})
    (problem,) = site.problems
    assert problem.endswith("the bank holidays of 2199 are not known; write those of the coming years")
