"""Promises about pages, articles, practitioners and services."""

from dataclasses import replace
from datetime import datetime

import pytest

from clinic.domain.pages.page import Crumb, PageFacts
from tests.structured_data.example_clinic import (
    ABOUT,
    ARTICLE,
    AUTHOR_PAGE,
    BLOG_PAGE,
    BOOK_PAGE,
    CONTACT_PAGE,
    HOME,
    LONDON,
    PLAIN_PAGE,
    PRACTITIONER_PAGE,
    ROSA,
    SERIES,
    SERIES_PAGE,
    SERVICE_PAGE,
    SERVICES_PAGE,
    TEAM_PAGE,
    TOM,
    graph_of,
)

PUBLIC = "https://harbour.example.com/clinic"
POST = f"{PUBLIC}/post/ankles-and-backs/"


@pytest.mark.parametrize(
    ("page", "kind", "main"),
    [
        (HOME, "WebPage", "/#clinic"),
        (ABOUT, "AboutPage", "/#clinic"),
        (CONTACT_PAGE, "ContactPage", "/#clinic"),
        (BOOK_PAGE, "WebPage", None),
        (BLOG_PAGE, "CollectionPage", "/blog/#blog"),
        (SERVICES_PAGE, "CollectionPage", None),
        (SERVICE_PAGE, "WebPage", "/services/sports-massage/#service"),
        (TEAM_PAGE, "CollectionPage", None),
        (PRACTITIONER_PAGE, "ProfilePage", "/team/rosa-quill/#person"),
        (AUTHOR_PAGE, "ProfilePage", "/team/rosa-quill/#person"),
        (replace(AUTHOR_PAGE, authors=()), "CollectionPage", None),
        (SERIES_PAGE, "CollectionPage", "/blog/series/from-the-ground-up/#series"),
        (PLAIN_PAGE, "WebPage", None),
    ],
)
def test_a_page_has_the_type_and_the_main_entity_that_are_true_of_it(
    page: PageFacts, kind: str, main: str | None
) -> None:
    node = graph_of(page)["#webpage"]
    assert node["@type"] == kind
    assert node.get("mainEntity") == ({"@id": PUBLIC + main} if main else None)


def test_review_date_is_on_the_page_never_on_the_article() -> None:
    graph = graph_of(ARTICLE)
    assert graph["#webpage"]["lastReviewed"] == "2026-07-01"
    assert graph["#webpage"]["reviewedBy"]["name"] == "Rosa Quill"
    assert not {"lastReviewed", "reviewedBy"} & set(graph["#article"])


def test_a_review_has_its_day_even_when_its_hour_is_known() -> None:
    page = replace(ARTICLE, reviewed=datetime(2026, 7, 1, 9, 30, tzinfo=LONDON))
    assert graph_of(page)["#webpage"]["lastReviewed"] == "2026-07-01"


def test_only_what_a_registered_practitioner_reviewed_is_called_medical() -> None:
    assert graph_of(ARTICLE)["#webpage"]["@type"] == "MedicalWebPage"
    assert graph_of(replace(ARTICLE, reviewed_by=TOM))["#webpage"]["@type"] == "WebPage"
    assert graph_of(replace(ARTICLE, reviewed=None))["#webpage"]["@type"] == "WebPage"


def test_the_trail_counts_from_one_and_every_step_is_a_page() -> None:
    breadcrumbs = graph_of(ARTICLE)["#breadcrumbs"]["itemListElement"]
    assert [step["position"] for step in breadcrumbs] == [1, 2, 3]
    assert [step["item"] for step in breadcrumbs] == [f"{PUBLIC}/", f"{PUBLIC}/blog/", POST]


def test_there_is_no_trail_to_the_home_page() -> None:
    for crumbs in ((), (Crumb("Home", ""),)):
        graph = graph_of(replace(HOME, crumbs=crumbs))
        assert "#breadcrumbs" not in graph
        assert "breadcrumb" not in graph["#webpage"]


def test_an_article_says_who_when_where_and_how_long() -> None:
    article = graph_of(ARTICLE)["#article"]
    assert article["@id"] == f"{POST}#article"
    assert article["mainEntityOfPage"] == {"@id": f"{POST}#webpage"}
    assert article["headline"] == ARTICLE.title
    assert article["datePublished"] == "2025-11-11T00:00:00+00:00"
    assert article["dateModified"] == "2026-07-01T09:30:00+01:00"
    assert article["author"][0]["url"] == f"{PUBLIC}/team/rosa-quill/"
    assert (article["wordCount"], article["timeRequired"]) == (812, "PT4M")
    assert article["keywords"] == ["Ankle", "Back"]
    assert article["inLanguage"] == "en-GB"


def test_an_article_names_its_series_and_what_it_leans_on() -> None:
    graph = graph_of(ARTICLE)
    article = graph["#article"]
    assert (graph[f"#{article['isPartOf']['@id'].partition('#')[2]}"]["name"], article["position"]) == (SERIES.title, 2)
    assert article["citation"][0]["publisher"]["name"] == "Journal"
    assert [work.get("datePublished") for work in article["citation"]] == ["2024-05-31", None]


def test_a_video_is_in_the_graph_once_all_is_known_that_is_asked_for() -> None:
    [video_source] = graph_of(ARTICLE)["#article"]["video"]
    assert video_source["description"] == ARTICLE.description
    assert video_source["thumbnailUrl"] == f"{PUBLIC}/images/ankle.jpg"
    assert (video_source["uploadDate"], video_source["duration"]) == ("2025-06-30T00:00:00+01:00", "PT1H4M30S")
    assert video_source["embedUrl"].startswith("https://www.youtube-nocookie.com/embed/aBcDeFgHiJk")
    [video] = ARTICLE.videos
    assert "video" not in graph_of(replace(ARTICLE, videos=(replace(video, image=None),)))["#article"]
    undated = replace(video, video_source=video.video_source.model_copy(update={"date": None}))
    assert "video" not in graph_of(replace(ARTICLE, videos=(undated,)))["#article"]


def test_a_video_on_a_page_that_is_no_article_belongs_to_the_page() -> None:
    assert (
        graph_of(replace(SERVICE_PAGE, videos=ARTICLE.videos))["#webpage"]["video"][0]["name"]
        == ARTICLE.videos[0].title
    )


def test_a_moment_without_a_zone_is_the_clinics_own_time() -> None:
    naive = replace(ARTICLE, published=datetime(2025, 7, 1, 9, 0), modified=None)  # noqa: DTZ001 - the case at hand
    aware = replace(ARTICLE, published=datetime(2025, 7, 1, 9, 0, tzinfo=LONDON), modified=None)
    assert graph_of(naive)["#article"]["datePublished"] == "2025-07-01T09:00:00+01:00"
    assert graph_of(naive) == graph_of(aware)


def test_an_article_without_a_change_was_last_changed_when_it_was_published() -> None:
    article = graph_of(replace(ARTICLE, modified=None))["#article"]
    assert article["dateModified"] == article["datePublished"]


def test_a_headline_is_never_longer_than_google_shows() -> None:
    headline = graph_of(replace(ARTICLE, title="ankle " * 40))["#article"]["headline"]
    assert len(headline) <= 110
    assert headline.endswith("ankle…")


def test_an_article_without_a_byline_is_the_clinics() -> None:
    assert graph_of(replace(ARTICLE, authors=()))["#article"]["author"] == {"@id": f"{PUBLIC}/#clinic"}


def test_an_article_without_an_image_has_the_sites_image_but_the_page_does_not() -> None:
    graph = graph_of(replace(ARTICLE, image=None))
    assert graph["#article"]["image"]["url"] == f"{PUBLIC}/theme/icons/share.png"
    assert "primaryImageOfPage" not in graph["#webpage"]
    assert graph_of(ARTICLE)["#webpage"]["primaryImageOfPage"]["url"] == f"{PUBLIC}/images/ankle.jpg"


def test_a_registration_is_a_credential_and_a_number() -> None:
    person = graph_of(PRACTITIONER_PAGE)["#person"]
    assert person["identifier"][0]["value"] == "00123"
    assert person["hasCredential"][0]["recognizedBy"]["name"] == "Invented Register"
    assert person["hasCredential"][1]["name"] == "BSc Sports Therapy"


def test_the_graph_says_no_more_of_a_practitioner_than_the_page_shows() -> None:
    name = {"@type", "@id", "name", "url", "worksFor"}
    card = name | {"jobTitle", "description", "image", "identifier"}
    assert set(graph_of(PRACTITIONER_PAGE)["#person"]) == card | {
        "hasCredential",
        "knowsLanguage",
        "memberOf",
        "sameAs",
        "workLocation",
        "telephone",
        "email",
    }
    assert set(graph_of(ARTICLE)["#person"]) == card
    assert set(graph_of(replace(TEAM_PAGE, team=(ROSA,)))["#person"]) == card
    assert set(graph_of(AUTHOR_PAGE)["#person"]) == card
    assert set(graph_of(replace(ARTICLE, authors=()))["#person"]) == name


def test_an_author_who_also_reviewed_is_one_node() -> None:
    assert ARTICLE.authors == (ROSA,)
    assert ARTICLE.reviewed_by == ROSA
    assert [address for address in graph_of(ARTICLE) if address == "#person"] == ["#person"]


def test_practitioners_and_prices_are_only_where_the_page_shows_them() -> None:
    for page in (HOME, ABOUT, CONTACT_PAGE, BLOG_PAGE, PLAIN_PAGE):
        assert not {"#person", "#service"} & set(graph_of(page))


def test_a_price_is_digits_with_its_currency() -> None:
    offer = graph_of(SERVICE_PAGE)["#service"]["offers"][0]
    assert offer["name"] == "First visit, 60 minutes"
    assert (offer["price"], offer["priceCurrency"]) == ("52.50", "GBP")


def test_a_price_that_starts_from_a_sum_is_a_minimum_and_says_so() -> None:
    offer = graph_of(SERVICE_PAGE)["#service"]["offers"][1]
    assert "price" not in offer
    assert offer["description"] == "from £45"
    assert offer["priceSpecification"]["minPrice"] == "45.00"


def test_a_list_of_services_tells_the_one_price_that_a_card_shows() -> None:
    listed = replace(SERVICES_PAGE, services=SERVICES_PAGE.services[:1])
    assert [offer["price"] for offer in graph_of(listed)["#service"]["offers"]] == ["52.50"]


def test_a_services_own_booking_address_is_on_its_own_page() -> None:
    action = graph_of(SERVICE_PAGE)["#service"]["potentialAction"]
    assert action["target"]["urlTemplate"] == "https://book.example.com/massage"
    assert "potentialAction" not in graph_of(replace(SERVICES_PAGE, services=SERVICES_PAGE.services[:1]))["#service"]
