"""Lists of articles: which stands first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.site import BuildSite

SLUGS = ("ankles", "backs", "calves", "elbows", "feet", "hips", "knees", "necks")


def test_articles_of_one_day_stand_by_name_so_that_two_builds_never_differ(build_site: BuildSite) -> None:
    posts = {f"posts/2026-01-05-{slug}.md": f"---\ntitle: On {slug}\n---\n\nWords.\n" for slug in reversed(SLUGS)}
    posts["posts/2026-01-06-later.md"] = "---\ntitle: Later\n---\n\nWords.\n"
    blog = build_site("minimal", posts).page("/blog/")
    listed = [str(link["href"]) for link in blog.select(".article-card__link")]
    assert listed[: len(SLUGS) + 1] == ["/post/later/", *(f"/post/{slug}/" for slug in SLUGS)]
