"""From an article on: to the parts of its series, to the one before, to the one after."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from clinic.domain.articles.series import Series, SeriesEntry, part_conflicts, parts_by_series

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

    from tests.site import BuildSite, Site

WHOLE = Series("Knees", "knees")
NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": None, "fifth": None}


def post(title: str, day: int, front_matter: str = "") -> str:
    return f"---\ntitle: {title}\ndate: 2026-01-0{day}\n{front_matter}---\n\nWords.\n"


POSTS: dict[str, str | bytes | None] = {
    "posts/third.md": post("Third", 1, "series: Knees, from below\npart: 3\n"),
    "posts/alone.md": post("Alone", 2, "series: Never went on\n"),
    "posts/first.md": post("First", 3, "series: Knees, from below\npart: 1\n"),
    "posts/fourth.md": post("Fourth", 4, "series: knees, from BELOW\n"),
    "posts/second.md": post("Second", 5, "series: Knees, from below\npart: 2\n"),
    "posts/fifth.md": post("Fifth", 6, "series: Knees, from below\n"),
    "posts/draft.md": post("Drafted", 7, "series: Knees, from below\nstatus: draft\n"),
    "posts/hidden.md": post("Hidden", 8, "series: Knees, from below\npart: 7\nstatus: hidden\n"),
}
PATH = "/blog/series/knees-from-below/"


@pytest.fixture(scope="session")
def site(build_site: BuildSite) -> Site:
    return build_site("minimal", POSTS)


def entry(name: str, part: int | None, day: int) -> SeriesEntry[str]:
    return SeriesEntry(name, WHOLE, part, (day, name))


def test_parts_without_a_number_follow_by_date_and_count_on() -> None:
    entries = [entry("later", None, 9), entry("two", 2, 8), entry("earlier", None, 1), entry("one", 1, 9)]
    parts = [(part.number, part.article) for part in parts_by_series(entries)[WHOLE]]
    assert parts == [(1, "one"), (2, "two"), (3, "earlier"), (4, "later")]


def test_of_two_parts_with_one_number_the_later_article_is_reported() -> None:
    assert [clash[:2] for clash in part_conflicts([entry("late", 1, 5), entry("early", 1, 1)])] == [("late", "early")]


def links(page: BeautifulSoup, selector: str) -> list[str]:
    return [str(link["href"]) for link in page.select(f"{selector} a")]


def test_each_part_shows_the_others_in_order_and_says_which_it_is(site: Site) -> None:
    page = site.page("/post/second/")
    items = page.select(".series li")
    assert [(item["value"], item.get_text(strip=True)) for item in items] == [
        ("1", "First"), ("2", "Second"), ("3", "Third"), ("4", "Fourth"), ("5", "Fifth"),
    ]  # fmt: skip
    assert [item.get_text() for item in page.select('.series [aria-current="page"]')] == ["Second"]
    assert links(page, ".series")[0] == PATH


def test_before_and_after_are_the_parts_of_the_series(site: Site) -> None:
    page = site.page("/post/second/")
    assert links(page, ".article-nav") == ["/post/first/", "/post/third/"]
    assert [link["href"] for link in page.select("head link[rel=prev]")] == ["https://least.example.com/post/first/"]
    assert not page.select("head link[rel=next]")  # which Firefox would load unasked
    assert [link["href"] for link in page.select("main a[rel=next]")] == ["/post/third/"]


def test_before_and_after_are_by_date_where_there_is_no_series(site: Site) -> None:
    assert links(site.page("/post/alone/"), ".article-nav") == ["/post/third/", "/post/first/"]
    assert links(site.page("/post/first/"), ".article-nav") == ["/post/second/"]


def test_a_series_of_one_is_none_yet(site: Site) -> None:
    assert not site.page("/post/alone/").select(".series")
    assert "/blog/series/never-went-on/" not in site.pages


def test_the_series_has_a_page_with_its_parts_in_order(site: Site) -> None:
    page = site.page(PATH)
    assert [str(link["href"]) for link in page.select(".article-card__link")] == [f"/post/{name}/" for name in NUMBERS]
    assert f"<loc>https://least.example.com{PATH}</loc>" in site.read("sitemap.xml")
    graph = json.loads(page.select_one('script[type="application/ld+json"]').string or "")["@graph"]  # type: ignore[union-attr]
    assert [node["name"] for node in graph if node["@type"] == "CreativeWorkSeries"] == ["Knees, from below"]


def test_hidden_and_unfinished_parts_are_in_no_list(site: Site) -> None:
    assert "/post/hidden/" in site.pages
    assert not site.page("/post/hidden/").select(".series, .article-nav")
    for address in (PATH, "/post/fifth/"):
        assert "/post/hidden/" not in site.html(address)
        assert "Drafted" not in site.html(address)


def test_the_preview_shows_the_unfinished_part_and_says_so(build_site: BuildSite) -> None:
    items = build_site("minimal", POSTS, preview=True).page("/post/fifth/").select(".series li")
    assert items[-1].get_text(" ", strip=True) == "Drafted Draft"


def test_a_long_series_is_folded_up_and_a_short_one_is_not(site: Site, full: Site) -> None:
    assert site.page("/post/second/").select(".series details")
    assert not full.page("/post/shoes/").select(".series details")
