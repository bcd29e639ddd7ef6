"""A page does not grow with the clinic: of many it leads to the rest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.bench.articles import samples
from tests.bench.large import Numbers, overlay
from tests.site import CLINICS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.site import BuildSite, Site

NUMBERS = Numbers(
    locations=20, services=31, team=14, articles=20, tags=62, comments=205, reviews=14, questions=0, menu=2, events=1
)
ARTICLE = f"/{samples(1)[0].path}"


@pytest.fixture(scope="module")
def large(build_site: BuildSite) -> Site:
    facts = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8").partition("locations:")[0]
    site = build_site("minimal", overlay(NUMBERS, facts))
    assert not site.problems
    return site


@pytest.mark.parametrize("address", ["/", "/plain-0/", "/contact/", "/blog/", "/services/service-1/", ARTICLE])
def test_a_page_that_is_about_no_location_has_the_details_of_none_of_many(large: Site, address: str) -> None:
    html = large.html(address)
    assert "2 Long Street" not in html
    assert "OpeningHoursSpecification" not in html
    assert 'href="/locations/"' in html


def test_the_page_of_a_location_has_its_own_details_and_no_other_s(large: Site) -> None:
    html = large.html("/locations/place-4/")
    assert html.count('"addressLocality"') == 1
    assert "5 Long Street" in html
    assert "7 Long Street" not in html
    script = large.read("locations/place-4/site.js")
    assert '"place-4"' in script
    assert '"place-5"' not in script


def test_the_list_of_many_locations_has_all_of_them(large: Site) -> None:
    links = {a["href"] for a in large.page("/locations/").main.select("h2 a")}  # type: ignore[union-attr]
    assert links == {f"/locations/place-{number}/" for number in range(NUMBERS.locations)}


def test_the_home_page_shows_a_dozen_services_and_leads_to_all(large: Site) -> None:
    main = large.page("/").main
    assert main
    assert len(main.select(".service-card")) == 12
    assert "/services/" in {a["href"] for a in main.select(".section-head a")}
    assert len(large.page("/services/").select(".service-card")) == NUMBERS.services


def test_no_review_is_lost_where_many_are_folded_up(large: Site) -> None:
    assert len(large.page("/").select(".testimonial")) == NUMBERS.reviews


def test_of_many_subjects_the_blog_names_some_and_the_search_page_all(large: Site) -> None:
    found = {a["href"] for a in large.page("/search/").select(".site-index a")}
    tags = {f"/{file.removesuffix('index.html')}" for file in large.files if "blog/tags/" in file and "html" in file}
    assert len(tags) > 30
    assert {tag for tag in tags if "page" not in tag} <= found
    assert 'href="/search/#tags"' in large.html("/blog/")
    assert len(large.page("/blog/").select("a[href^='/blog/tags/']")) == 30


def places(site: Site) -> dict[str, list[str]]:
    return dict(json.loads(site.read(f"{ARTICLE[1:]}comments.json")))


def test_every_comment_of_a_long_discussion_is_on_one_page_of_it(large: Site) -> None:
    shown = []
    for number in places(large):
        address = ARTICLE if number == "1" else f"{ARTICLE}comments/{number}/"
        here = [str(said["id"]) for said in large.page(address).select("li.comment")]
        assert here == places(large)[number]
        assert len(large.html(address)) < 300_000
        shown += here
    assert len(shown) == len(set(shown)) == NUMBERS.comments


def test_links_to_comments_in_feeds_lead_to_the_page_that_has_them(large: Site) -> None:
    feed = large.read(f"{ARTICLE[1:]}comments.atom.xml")
    last = [*places(large)][-1]
    assert f"{ARTICLE}comments/{last}/#{places(large)[last][-1]}" in feed


def test_a_link_to_the_article_finds_a_comment_on_another_page(
    large: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    anchor = places(large)["2"][3]
    page = open_page(f"{serve(large.output)}{ARTICLE}#{anchor}")
    page.wait_for_url(f"**{ARTICLE}comments/2/#{anchor}")
    assert page.locator("li.comment:target").get_attribute("id") == anchor
