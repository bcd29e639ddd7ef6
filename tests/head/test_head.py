"""Promises about the head of a page."""

import json
from dataclasses import replace

import pytest

from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.domain.pages.page import PageFacts
from clinic.rendering.head import Head, HeadBuilder, Link
from clinic.rendering.structured_data.nodes import Site
from tests.structured_data.example_clinic import (
    ADDRESS,
    ARTICLE,
    BLOG_PAGE,
    CONTACT_PAGE,
    HOME,
    LEAST,
    NOT_FOUND,
    ONE,
    PLAIN_PAGE,
    PRACTITIONER_PAGE,
    SERVICE_PAGE,
    SHARE_IMAGE,
    TWO,
)

TITLE = "Sports massage and advice in Seaford – Harbour & Hill Clinic"
PUBLIC = "https://harbour.example.com/clinic"


def head_of(page: PageFacts, clinic: ClinicOnDay = ONE) -> Head:
    return HeadBuilder(Site(clinic, ADDRESS, SHARE_IMAGE)).build(page)


def tags(page: PageFacts, clinic: ClinicOnDay = ONE) -> dict[str, str]:
    """The last content of each key."""
    return {meta.key: meta.content for meta in head_of(page, clinic).meta}


def test_a_title_ends_with_the_clinics_name() -> None:
    assert head_of(PLAIN_PAGE).title == "Privacy – Harbour & Hill Clinic"


def test_a_title_never_says_the_clinics_name_twice() -> None:
    page = replace(PLAIN_PAGE, title="Privacy at Harbour & Hill clinic")
    assert head_of(page).title == "Privacy at Harbour & Hill clinic"


def test_the_home_page_is_titled_by_what_is_done_where_else_by_name_and_strapline() -> None:
    assert head_of(HOME).title == TITLE
    assert head_of(HOME, LEAST).title == "Least"
    assert tags(HOME)["og:title"] == TITLE


def test_the_home_page_of_a_clinic_with_one_service_is_not_titled_as_the_services_page() -> None:
    first = SERVICE_PAGE.service
    assert first
    alone = ONE.model_copy(update={"services": {first.slug: first}})
    assert head_of(HOME, alone).title == "Harbour & Hill Clinic – Sports massage in Seaford"
    assert head_of(SERVICE_PAGE, alone).title == "Sports massage in Seaford – Harbour & Hill Clinic"


def test_a_service_is_titled_by_its_town_where_there_is_one() -> None:
    assert head_of(SERVICE_PAGE).title == "Sports massage in Seaford – Harbour & Hill Clinic"
    assert head_of(SERVICE_PAGE, TWO).title == "Sports massage – Harbour & Hill Clinic"
    in_title = replace(SERVICE_PAGE, title="Massage in Seaford")
    assert head_of(in_title).title == "Massage in Seaford – Harbour & Hill Clinic"


@pytest.mark.parametrize("page", [HOME, SERVICE_PAGE, ARTICLE, PLAIN_PAGE])
def test_the_owners_title_for_search_engines_stands_alone_and_is_no_headline(page: PageFacts) -> None:
    named = replace(page, search_title="Bad back? Harbour & Hill can help")
    assert head_of(named).title == "Bad back? Harbour & Hill can help"
    assert "Bad back?" not in head_of(named).json_ld


def test_a_description_is_one_line_and_whole_when_it_fits() -> None:
    assert head_of(replace(HOME, description="By\n  the sea.")).description == "By the sea."
    assert head_of(replace(HOME, description="x" * 160)).description == "x" * 160


def test_a_long_description_is_cut_at_the_end_of_a_word() -> None:
    description = head_of(replace(HOME, description="ankle " * 60)).description
    assert len(description) <= 160
    assert description.endswith("ankle…")


def test_a_page_without_a_description_has_no_empty_element() -> None:
    assert not {"description", "og:description"} & set(tags(replace(HOME, description="")))


def test_the_canonical_address_is_absolute_and_keeps_the_folder_of_the_site() -> None:
    assert head_of(HOME).canonical == f"{PUBLIC}/"
    assert head_of(ARTICLE).canonical == f"{PUBLIC}/post/ankles-and-backs/"
    assert head_of(ARTICLE).links[0].rel == "canonical"


def test_a_page_that_was_not_found_has_no_address_and_is_not_indexed() -> None:
    head = head_of(replace(NOT_FOUND, indexed=True))
    assert head.canonical is None
    assert head.robots == "noindex"
    assert not [link for link in head.links if link.rel == "canonical"]
    assert "og:url" not in tags(NOT_FOUND)


@pytest.mark.parametrize(("indexed", "rule"), [(True, "max-image-preview:large"), (False, "noindex")])
def test_a_hidden_page_is_not_indexed(indexed: bool, rule: str) -> None:
    assert tags(replace(ARTICLE, indexed=indexed))["robots"] == rule


def test_open_graph_knows_articles_practitioners_and_everything_else() -> None:
    assert tags(ARTICLE)["og:type"] == "article"
    assert tags(PRACTITIONER_PAGE)["og:type"] == "profile"
    assert tags(HOME)["og:type"] == "website"


def test_open_graph_speaks_of_the_page_and_the_site_apart() -> None:
    found = tags(PLAIN_PAGE)
    assert (found["og:title"], found["og:site_name"]) == ("Privacy", "Harbour & Hill Clinic")
    assert found["og:url"] == f"{PUBLIC}/privacy/"
    assert found["og:locale"] == "en_GB"


def test_a_language_without_a_territory_gets_the_clinics_country() -> None:
    assert tags(HOME, ONE.model_copy(update={"language": "en"}))["og:locale"] == "en_GB"


def test_the_image_is_the_pages_own_else_the_sites_with_size_and_words() -> None:
    found = tags(ARTICLE)
    assert found["og:image"] == f"{PUBLIC}/images/ankle.jpg"
    assert (found["og:image:alt"], found["og:image:width"]) == ("An ankle on a step", "1600")
    assert tags(HOME)["og:image"] == f"{PUBLIC}/theme/icons/share.png"
    assert tags(HOME)["og:image:height"] == "630"


def test_the_card_is_large_only_with_an_image() -> None:
    assert tags(HOME)["twitter:card"] == "summary_large_image"
    without = HeadBuilder(Site(ONE, ADDRESS)).build(HOME)
    assert {meta.content for meta in without.meta if meta.key == "twitter:card"} == {"summary"}


def test_an_article_tells_its_times_with_zone_its_author_section_and_tags() -> None:
    found = tags(ARTICLE)
    assert found["article:published_time"] == "2025-11-11T00:00:00+00:00"
    assert found["article:modified_time"] == "2026-07-01T09:30:00+01:00"
    assert found["article:author"] == f"{PUBLIC}/team/rosa-quill/"
    assert found["article:section"] == "Movement"
    assert [meta.content for meta in head_of(ARTICLE).meta if meta.key == "article:tag"] == ["Ankle", "Back"]
    assert not [key for key in tags(PLAIN_PAGE) if key.startswith("article:")]


def test_open_graph_is_named_by_property_and_everything_else_by_name() -> None:
    for meta in head_of(ARTICLE).meta:
        expected = "property" if meta.key.startswith(("og:", "article:")) else "name"
        assert meta.attribute == expected


def test_a_location_is_given_as_far_as_it_is_known() -> None:
    found = tags(HOME)
    assert (found["geo.position"], found["ICBM"]) == ("50.71234;-1.98765", "50.71234, -1.98765")
    assert (found["geo.placename"], found["geo.region"]) == ("Seaford", "GB")
    assert not {"geo.position", "ICBM"} & set(tags(PLAIN_PAGE, LEAST))


def test_a_page_about_one_location_is_placed_there() -> None:
    assert tags(replace(CONTACT_PAGE, locations=(TWO.locations["hill"],)), TWO)["geo.placename"] == "Upper Hill"


def test_neighbours_and_feeds_are_linked() -> None:
    assert Link("prev", f"{PUBLIC}/post/older/") in head_of(ARTICLE).links
    feed = head_of(BLOG_PAGE).links[-1]
    assert (feed.rel, feed.href, feed.type) == ("alternate", f"{PUBLIC}/blog-feed.xml", "application/rss+xml")
    assert [link.rel for link in head_of(ARTICLE).links] == ["canonical", "prev"]


def test_the_first_page_is_a_neighbour_too() -> None:
    assert head_of(replace(BLOG_PAGE, previous_path="")).links[1].href == f"{PUBLIC}/"


def test_nothing_in_the_json_can_end_the_script_or_break_a_line() -> None:
    title = "a </script> <!-- & \u2028\u2029"
    text = head_of(replace(ARTICLE, title=title, crumbs=())).json_ld
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["@graph"][2]["name"] == " ".join(title.split())


def test_json_is_compact_and_keeps_letters_as_they_are() -> None:
    text = head_of(replace(ARTICLE, title="Fußgelenk – £45")).json_ld
    assert "Fußgelenk – £45" in text
    assert text.startswith('{"@context":"https://schema.org","@graph":[{"@type":')
