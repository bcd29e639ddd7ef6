"""A price is said whole wherever it stands: the sum, how long it buys, "from", and what everybody must pay first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clinic.models.service import Price

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

REQUIRED = "First visit (required): 50 minutes, £60, including a written plan"
HALF_AN_HOUR = {"@type": "QuantitativeValue", "value": 30, "unitCode": "MIN"}
SHOWING_PRICES = ("/", "/services/", "/book/", "/services/sports-massage/")


def price(**keys: str) -> str:
    return str(Price.model_validate({"amount": "52", "currency": "GBP", **keys}))


def service_node(site: Site, address: str, slug: str) -> dict[str, Any]:
    [found] = [node for node in site.graph(address) if node.get("@id", "").endswith(f"/services/{slug}/#service")]
    return dict(found)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({}, "£52"),
        ({"amount": "52.5"}, "£52.50"),
        ({"minutes": "60"}, "60 minutes, £52"),
        ({"minutes": "30", "starts_from": "yes", "amount": "45"}, "from £45 for 30 minutes"),
        ({"starts_from": "yes"}, "from £52"),
        ({"includes": "the room charge"}, "£52, including the room charge"),
        ({"currency": "EUR"}, "€52"),
        ({"currency": "CHF"}, "CHF\N{NO-BREAK SPACE}52"),
        ({"currency": "USD"}, "US$52"),
    ],
)
def test_a_price_is_one_phrase(keys: dict[str, str], said: str) -> None:
    assert price(**keys) == said


@pytest.mark.parametrize("address", SHOWING_PRICES)
def test_what_everybody_must_book_first_stands_beside_the_price(full: Site, address: str) -> None:
    words = full.words(address).replace("(required) ", "(required): ")
    assert REQUIRED in words
    assert words.index(REQUIRED) < words.index("60 minutes, £52.50, including oils and towels")


def test_no_page_shows_a_sum_without_its_length(full: Site) -> None:
    for address in SHOWING_PRICES:
        words = full.words(address)
        assert words.count("£52.50") == words.count("60 minutes, £52.50"), address
        assert words.count("£45") == words.count("from £45 for 30 minutes"), address


def test_the_page_of_a_service_shows_all_its_prices_and_a_card_the_first(full: Site) -> None:
    assert "from £45 for 30 minutes" in full.words("/services/sports-massage/")
    assert "from £45" not in full.words("/services/")


@pytest.mark.parametrize(("address", "offers"), [("/services/sports-massage/", 3), ("/services/", 2), ("/book/", 2)])
def test_the_graph_offers_what_the_page_shows(full: Site, address: str, offers: int) -> None:
    found = service_node(full, address, "sports-massage")["offers"]
    assert len(found) == offers
    assert found[0]["name"] == "First visit (required), 50 minutes"
    assert (found[0]["price"], found[0]["priceCurrency"]) == ("60.00", "GBP")
    words = full.words(address)
    assert [offer["description"] for offer in found if offer["description"] not in words] == []


def test_the_graph_says_how_long_a_sum_buys(full: Site) -> None:
    *_, least = service_node(full, "/services/sports-massage/", "sports-massage")["offers"]
    assert least["priceSpecification"] == {
        "@type": "UnitPriceSpecification",
        "price": "45.00",
        "minPrice": "45.00",
        "priceCurrency": "GBP",
        "referenceQuantity": {**HALF_AN_HOUR, "valueReference": HALF_AN_HOUR},
    }


def test_a_first_visit_is_shown_where_no_other_price_is_known(build_site: BuildSite) -> None:
    service = "---\ntitle: Advice\nfirst_visit: {amount: 20, currency: GBP}\n---\n"
    pages = {"pages/services.md": "---\ntitle: Services\n---\n", "services/advice.md": service}
    site = build_site("minimal", pages)
    assert not site.problems
    for address in ("/services/", "/services/advice/"):
        assert "First visit (required)" in site.words(address)
        assert "£20" in site.words(address)
