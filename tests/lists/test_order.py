"""Lists of articles: which stands first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.plugin.lists import MenuLink, current_in

if TYPE_CHECKING:
    from tests.site import BuildSite

SLUGS = ("ankles", "backs", "calves", "elbows", "feet", "hips", "knees", "necks")


def test_articles_of_one_day_stand_by_name_so_that_two_builds_never_differ(build_site: BuildSite) -> None:
    posts = {f"posts/2026-01-05-{slug}.md": f"---\ntitle: On {slug}\n---\n\nWords.\n" for slug in reversed(SLUGS)}
    posts["posts/2026-01-06-later.md"] = "---\ntitle: Later\n---\n\nWords.\n"
    blog = build_site("minimal", posts).page("/blog/")
    listed = [str(link["href"]) for link in blog.select(".article-card__link")]
    assert listed[: len(SLUGS) + 1] == ["/post/later/", *(f"/post/{slug}/" for slug in SLUGS)]


LOGIN = "https://login.example.com/"
MENU = (
    MenuLink("Home"), MenuLink("Services", "services/"), MenuLink("Blog", "blog/"), MenuLink("Login", url=LOGIN)
)  # fmt: skip


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
    assert current_in(MENU, path) == (*current, "")
