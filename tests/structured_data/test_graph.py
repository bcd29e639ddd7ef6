"""Promises about the whole graph, on every kind of page of every kind of clinic."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.domain.pages.page import PageFacts, PageKind
from clinic.models.clinic import BUSINESS_TYPES
from clinic.rendering.structured_data.graph import GraphBuilder
from clinic.rendering.structured_data.nodes import Site
from tests.structured_data.example_clinic import ADDRESS, CLINICS, ONE, PAGES, SHARE_IMAGE, TWO, clinic_of, pages_of

TYPES: dict[str, Any] = json.loads(Path(__file__).with_name("schema_org_domains.json").read_text("utf-8"))["types"]
DATED = {"datePublished", "dateModified", "lastReviewed", "validFrom", "validThrough"}
ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?")
EVERY_PAGE = [
    pytest.param(clinic, page, id=f"{page.kind.value} of {name}")
    for name, clinic in CLINICS.items()
    for page in pages_of(clinic)
]
every_page = pytest.mark.parametrize(("clinic", "page"), EVERY_PAGE)


def walk(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside a graph."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from walk(inner)
    elif isinstance(value, list):
        for item in value:
            yield from walk(item)


def objects(clinic: ClinicOnDay, page: PageFacts) -> Iterator[dict[str, Any]]:
    """Every object inside the graph of a page."""
    return walk(GraphBuilder(Site(clinic, ADDRESS, SHARE_IMAGE)).build(page)["@graph"])


def types_of(found: dict[str, Any]) -> list[str]:
    kinds = found.get("@type", [])
    return [kinds] if isinstance(kinds, str) else kinds


@cache
def allowed(kind: str) -> frozenset[str]:
    entry = TYPES[kind]
    return frozenset(entry["properties"]).union(*(allowed(parent) for parent in entry["parents"]))


def out_of_domain(clinic: ClinicOnDay, page: PageFacts) -> list[str]:
    """The properties in the graph of a page that one of their object's types may not carry."""
    return [
        f"{kind}: {name}"
        for found in objects(clinic, page)
        for kind in types_of(found)
        for name in found
        if not name.startswith("@") and name not in allowed(kind)
    ]


@pytest.mark.parametrize("clinic", CLINICS.values(), ids=CLINICS)
def test_the_text_of_a_graph_is_the_graph_whatever_pages_came_before(clinic: ClinicOnDay) -> None:
    graphs = GraphBuilder(Site(clinic, ADDRESS, SHARE_IMAGE))
    for page in (*pages_of(clinic), *reversed(pages_of(clinic))):
        whole = json.dumps(graphs.build(page), ensure_ascii=False, separators=(",", ":"))
        assert graphs.json(page) == whole


@every_page
def test_every_property_is_in_the_domain_of_each_of_its_types(clinic: ClinicOnDay, page: PageFacts) -> None:
    assert out_of_domain(clinic, page) == []


@pytest.mark.parametrize("kind", BUSINESS_TYPES)
@pytest.mark.parametrize("whole", [ONE, TWO])
def test_every_business_type_on_offer_may_carry_what_we_say_of_a_clinic(kind: str, whole: ClinicOnDay) -> None:
    clinic = whole.model_copy(update={"types": (kind,)})
    assert [error for page in pages_of(clinic) for error in out_of_domain(clinic, page)] == []


@every_page
def test_nothing_is_empty(clinic: ClinicOnDay, page: PageFacts) -> None:
    for found in objects(clinic, page):
        assert found
        for name, value in found.items():
            assert value not in (None, "", [], {}), name


@every_page
def test_everything_that_is_no_reference_has_a_type(clinic: ClinicOnDay, page: PageFacts) -> None:
    assert all("@type" in found or set(found) == {"@id"} for found in objects(clinic, page))


@every_page
def test_every_reference_leads_to_a_node_of_the_same_graph(clinic: ClinicOnDay, page: PageFacts) -> None:
    graph = GraphBuilder(Site(clinic, ADDRESS, SHARE_IMAGE)).build(page)["@graph"]
    defined = [node["@id"] for node in graph]
    assert len(defined) == len(set(defined))
    assert {found["@id"] for found in walk(graph) if "@id" in found} <= set(defined)


@every_page
def test_dates_are_iso_8601_and_times_have_a_zone(clinic: ClinicOnDay, page: PageFacts) -> None:
    for found in objects(clinic, page):
        for name in DATED & set(found):
            assert ISO.fullmatch(found[name]), found[name]


@every_page
def test_the_clinic_never_rates_itself(clinic: ClinicOnDay, page: PageFacts) -> None:
    text = json.dumps(GraphBuilder(Site(clinic, ADDRESS, SHARE_IMAGE)).build(page))
    assert 'Review"' not in text
    assert "aggregateRating" not in text
    assert "acceptsReservations" not in text


def test_the_same_page_has_the_same_graph_letter_for_letter() -> None:
    builder = GraphBuilder(Site(TWO, ADDRESS, SHARE_IMAGE))
    for page in PAGES:
        equal = clinic_of(TWO.model_dump(exclude={"services", "team"}))
        alone = GraphBuilder(Site(equal, ADDRESS, SHARE_IMAGE)).build(page)
        assert json.dumps(builder.build(page)) == json.dumps(alone)


def test_a_page_that_was_not_found_has_no_node_of_its_own() -> None:
    [page] = [page for page in PAGES if page.kind is PageKind.NOT_FOUND]
    graph = GraphBuilder(Site(ONE, ADDRESS)).build(page)["@graph"]
    assert [node["@type"] for node in graph] == [["MedicalBusiness", "HealthAndBeautyBusiness"], "WebSite"]
