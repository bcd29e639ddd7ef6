"""A misspelt word, or one that only visitors use, finds what was meant, and it says so."""

from __future__ import annotations

import gzip
import json
import random
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from clinic.rendering.files.search import search_words, words_of
from tests.browser import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.site import BuildSite, Site

PAGE = '<head><meta data-pagefind-meta="title[content]" content="Knee &amp; hip"></head><body><p>{}</p></body>'


def page(words: str) -> str:
    return words_of(PAGE.format(words))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("anckle", "ankle"),
        ("anlke", "ankle"),
        ("masage", "massage"),
        ("first sprane", "first sprain"),
        ("Rolled Foot", "sprain"),
    ],
)
def test_what_was_meant_is_shown_and_named(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page], typed: str, shown: str
) -> None:
    page = open_page(f"{serve(full.output)}/search/?q={typed}", PHONE)
    expect(page.get_by_role("status")).to_have_text(f"Nothing for “{typed}”; showing “{shown}”")
    expect(page.locator(".search-results__item").first).to_be_visible()


def test_they_are_loaded_only_where_nothing_was_found(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{serve(full.output)}/search/", PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("searchbox").fill("ankle")
    expect(page.locator(".search-results__item").first).to_be_visible()
    assert not [address for address in asked if address.endswith("words.json")]


def test_the_words_are_those_of_texts_and_titles_the_most_frequent_first() -> None:
    found = json.loads(search_words([page("Ankle &amp; <b>foot</b> A1"), page("ankle")], {"Slipped  Disc": ("Disc",)}))
    assert found["words"].split() == ["ankle", "hip", "knee", "foot"]
    assert found["synonyms"] == {"slipped disc": ["disc"]}


def test_a_thousand_articles_have_no_more_than_forty_kilobytes_of_them() -> None:
    chance = random.Random(1)  # noqa: S311 (words, no secret)
    parts = [
        f"{start}{vowel}{end}" for start in "bcdfglmnprst" for vowel in ("a", "ei", "o", "u") for end in "cdlmnrst"
    ]
    documents = (page(" ".join("".join(chance.choices(parts, k=2)) for _ in range(60))) for _ in range(1000))
    assert len(gzip.compress(search_words(documents, {}))) <= 40_000


def test_a_synonym_of_itself_is_told(build_site: BuildSite) -> None:
    facts = (
        "name: Least\nurl: https://least.example.com\nphone: '+353 1 555 0123'\ncountry: IE\n"
        "locations:\n  here:\n    address: {locality: Here}\nsearch:\n  synonyms:\n    disc: [Disc]\n"
    )
    [problem] = build_site("minimal", {"clinic.yaml": facts}).problems
    assert problem.startswith("content/clinic.yaml:9: ")
    assert '"disc" has to have other words than itself, such as slipped disc: [disc]' in problem
