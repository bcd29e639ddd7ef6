"""Lists of articles: which stands first."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from clinic.domain.pages.page import Crumb
from clinic.plugin.lists import current_in
from clinic.plugin.writer import archives_once

if TYPE_CHECKING:
    from tests.site import BuildSite

SLUGS = ("ankles", "backs", "calves", "elbows", "feet", "hips", "knees", "necks")


def test_articles_of_one_day_stand_by_name_so_that_two_builds_never_differ(build_site: BuildSite) -> None:
    posts = {f"posts/2026-01-05-{slug}.md": f"---\ntitle: On {slug}\n---\n\nWords.\n" for slug in reversed(SLUGS)}
    posts["posts/2026-01-06-later.md"] = "---\ntitle: Later\n---\n\nWords.\n"
    blog = build_site("minimal", posts).page("/blog/")
    listed = [str(link["href"]) for link in blog.select(".article-card__link")]
    assert listed[: len(SLUGS) + 1] == ["/post/later/", *(f"/post/{slug}/" for slug in SLUGS)]


MENU = (Crumb("Home", ""), Crumb("Services", "services/"), Crumb("Blog", "blog/"))


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("", ("page", "", "")),
        ("services/", ("", "page", "")),
        ("services/massage/", ("", "true", "")),
        ("blog/2026/", ("", "", "true")),
        ("contact/", ("", "", "")),
        ("service", ("", "", "")),
    ],
)
def test_the_menu_says_which_of_its_entries_a_page_is_or_belongs_to(path: str, current: tuple[str, ...]) -> None:
    assert current_in(MENU, path) == current


def test_the_lists_of_archives_are_made_for_one_page_and_shown_on_all() -> None:
    articles = [SimpleNamespace(date=datetime(year, 1, 1, tzinfo=UTC)) for year in (2026, 2026, 2024)]
    first: Any = {"articles": articles[:1], "all_articles": articles, "categories": [], "tags": []}
    later: Any = {"articles": articles, "categories": [], "tags": []}
    archives = archives_once()
    assert [(year.title, year.count) for year in archives(first).years] == [("2026", 2), ("2024", 1)]
    assert archives(later) is archives(first)
    assert archives_once()(later) is not archives(first)
