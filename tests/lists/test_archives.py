"""Ways to an article: by year, by subject, by page; and those that the owner puts first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import feedparser
import pytest

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

    from tests.site import BuildSite, Site

HOME = "https://least.example.com"


YEARS_OF_TWO = {"PAGINATED_TEMPLATES": {"period_archives": 2}}


def post(title: str, **front_matter: str) -> str:
    more = "".join(f"{key}: {value}\n" for key, value in front_matter.items())
    return f"---\ntitle: {title}\n{more}---\n\nWords about {title}.\n"


def titles(page: BeautifulSoup, selector: str = ".article-card__link") -> list[str]:
    return [" ".join(link.get_text().split()) for link in page.select(selector)]


@pytest.fixture(scope="session")
def archive(build_site: BuildSite) -> Site:
    """Fifteen articles of three years, and some that are in no list."""
    posts = {f"posts/2026-01-{day:02}-day-{day}.md": post(f"Day {day}", tags="[Days]") for day in range(1, 13)}
    posts |= {
        "posts/2025-11-05-autumn.md": post("Autumn", tags="[zinc, Apples]", category="Seasons"),
        "posts/2025-03-05-spring.md": post("Spring", category="Seasons", pinned="yes"),
        "posts/2024-06-01-old.md": post("Old", pinned="yes", featured="yes"),
        "posts/2023-06-01-hidden.md": post("Hidden", status="hidden"),
        "posts/2022-06-01-draft.md": post("Draft", status="draft"),
        "posts/new-york.md": post("New York", date="2025-12-31 23:30-05:00"),
    }
    facts = "subjects:\n  seasons: What a year does to a body.\n  Nobody: Unseen.\n"
    least = "name: The Least Clinic\nurl: https://least.example.com\nphone: 01632 960199\nlocations:\n  main:\n"
    return build_site("minimal", {"clinic.yaml": f"{least}    address: {{locality: Larkmouth}}\n{facts}", **posts})


def test_a_year_has_a_page_with_its_months(archive: Site) -> None:
    page = archive.page("/blog/2025/")
    assert titles(page, ".article-lines__title") == ["November 2025", "March 2025"]
    assert titles(page, ".article-lines__link") == ["Autumn", "Spring"]
    assert titles(page, ".breadcrumbs li") == ["Home", "Blog", "2025"]
    canonical = page.select_one("link[rel=canonical]")
    assert canonical
    assert canonical["href"] == f"{HOME}/blog/2025/"
    assert f"{HOME}/blog/2025/" not in archive.read("sitemap.xml")  # of two articles: not for search engines


def test_of_a_year_with_many_articles_there_are_several_pages(build_site: BuildSite) -> None:
    posts = {f"posts/2026-01-{day:02}-day-{day}.md": post(f"Day {day}") for day in range(1, 6)}
    site = build_site("minimal", posts, settings=YEARS_OF_TWO)
    shown = [titles(site.page(f"/blog/2026/{page}"), ".article-lines__link") for page in ("", "page/2/", "page/3/")]
    assert shown == [["Day 5", "Day 4"], ["Day 3", "Day 2"], ["Day 1"]]
    second = site.page("/blog/2026/page/2/")
    assert titles(second, "h1") == ["Articles from 2026, page 2 of 3"]
    ways = [link["href"] for link in second.select(".pagination [rel]")]
    assert ways == ["/blog/2026/", "/blog/2026/page/3/"]


def test_a_year_of_which_nothing_is_published_has_no_page(archive: Site) -> None:
    years = {address for address in archive.pages if address.startswith("/blog/20")}
    assert years == {"/blog/2024/", "/blog/2025/", "/blog/2026/"}


def test_the_year_is_that_of_the_clinics_own_clock(archive: Site) -> None:
    assert "New York" in archive.words("/blog/2026/")
    assert "1 January 2026" in archive.words("/post/new-york/")


def test_the_blog_leads_to_every_year_category_and_tag_with_the_number_of_articles(archive: Site) -> None:
    archives = archive.page("/blog/").select(".archive-list a")
    listed = [(str(link["href"]), " ".join(link.get_text().split())) for link in archives]
    assert listed == [
        ("/blog/categories/seasons/", "Seasons (2 articles)"),
        ("/blog/2026/", "2026 (13 articles)"),
        ("/blog/2025/", "2025 (2 articles)"),
        ("/blog/2024/", "2024 (1 article)"),
        ("/blog/tags/apples/", "Apples (1 article)"),
        ("/blog/tags/days/", "Days (12 articles)"),
        ("/blog/tags/zinc/", "zinc (1 article)"),
    ]


@pytest.mark.parametrize("address", ["/blog/2025/", "/blog/2025/page/2/"])
def test_an_alias_cannot_take_the_address_of_a_year(build_site: BuildSite, address: str) -> None:
    posts = {f"posts/2025-01-{day:02}-x{day}.md": post(f"X {day}") for day in range(1, 3)}
    posts["posts/2025-01-03-y.md"] = post("Y", aliases=f"[{address}]")
    site = build_site("minimal", posts, settings=YEARS_OF_TWO)
    assert len(site.problems) == 1
    assert "is the address of a page of this site already" in site.problems[0]


def test_pinned_articles_stand_first_on_the_first_page_and_once_on_any(archive: Site) -> None:
    first, second = archive.page("/blog/"), archive.page("/blog/page/2/")
    assert titles(first)[:3] == ["Spring", "Old", "Day 12"]
    assert len(titles(first)) == len(set(titles(first))) == 12 + 2
    marked = [card.select_one("h2") for card in first.select(".article-card:has(.article-card__pin)")]
    assert [title.get_text() for title in marked if title] == ["Spring", "Old"]
    assert titles(second) == ["Day 1", "Autumn", "Spring", "Old"]
    assert not second.select(".article-card__pin")


def test_to_pin_an_article_moves_no_other_to_another_page(build_site: BuildSite) -> None:
    posts = {f"posts/2026-01-{day:02}-day-{day}.md": post(f"Day {day}") for day in range(1, 15)}
    plain = build_site("minimal", posts)
    pinned = build_site("minimal", {**posts, "posts/2026-01-14-day-14.md": post("Day 14", pinned="yes")})
    for address in ("/blog/", "/blog/page/2/"):
        assert titles(plain.page(address)) == titles(pinned.page(address))


def test_the_feed_stays_in_the_order_of_time(archive: Site) -> None:
    entries = feedparser.parse(archive.read("blog-feed.xml")).entries
    moments = [entry.published_parsed for entry in entries]
    assert moments == sorted(moments, reverse=True)


def test_the_home_page_leads_with_the_featured_article_then_the_newest(archive: Site) -> None:
    home = archive.page("/")
    assert titles(home, ".article-card--lead .article-card__link") == ["Old"]
    assert titles(home) == ["Old", "Day 12", "Day 11", "Day 10"]


def test_the_list_of_a_category_begins_with_the_owners_words(archive: Site) -> None:
    page = archive.page("/blog/categories/seasons/")
    assert "What a year does to a body." in archive.words("/blog/categories/seasons/")
    description = page.select_one("meta[name=description]")
    assert description
    assert description["content"] == "What a year does to a body."


def test_words_for_a_subject_that_no_article_has_are_noted(archive: Site) -> None:
    note = 'content/clinic.yaml:9: note: subjects: no published article has the category or tag "Nobody"'
    assert note in archive.stderr
    assert archive.exit_code == 0


def test_further_pages_keep_their_addresses_and_say_which_they_are(archive: Site) -> None:
    assert "/blog/page/1/" not in archive.pages
    second = archive.page("/blog/page/2/")
    assert second.title
    assert second.title.get_text().startswith("Blog, page 2 of 2")
    canonical, before = second.select_one("link[rel=canonical]"), second.select_one("link[rel=prev]")
    assert canonical
    assert canonical["href"] == f"{HOME}/blog/page/2/"
    assert before
    assert before["href"] == f"{HOME}/blog/"
