"""What programs are told of a site: its facts, its pages, where to report a hole, and what AI may do with it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.robotparser import RobotFileParser

import pytest
import yaml

from clinic.domain.pages.urls import SiteAddress
from clinic.models.discovery import AiCrawlers
from clinic.rendering.files import crawlers
from clinic.rendering.files.crawlers import ai_crawlers, robots_txt
from clinic.rendering.files.facts import indexnow_key
from tests.site import NOW

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

ADDRESS = SiteAddress.parse("https://least.example.com")
OFF = "discovery: {facts: no, llms: no, security: no, indexnow: no}\nai: {search: no, training: yes}\n"
LEAST = """\
name: The Least Clinic
url: https://least.example.com
phone: 01632 960199
locations: {here: {address: {locality: Here}}}
"""


def may(ai: AiCrawlers, name: str) -> bool:
    rules = RobotFileParser()
    rules.parse(robots_txt(ADDRESS, ai=ai).splitlines())
    return rules.can_fetch(name, "https://least.example.com/post/ankle/")


@pytest.mark.parametrize("use", ["search", "training"])
@pytest.mark.parametrize("allowed", [True, False])
def test_crawlers_of_ai_read_what_the_owner_lets_them_and_search_engines_everything(use: str, *, allowed: bool) -> None:
    ai = AiCrawlers.model_validate({"search": not allowed, "training": not allowed, use: allowed})
    assert all(may(ai, name) is allowed for name in ai_crawlers()[use])
    assert may(ai, "Googlebot")
    assert may(ai, "ChatGPT-User")


def test_by_itself_ai_may_answer_from_the_pages_and_not_be_trained_on_them() -> None:
    found = {name: may(AiCrawlers(), name) for name in ("OAI-SearchBot", "Claude-SearchBot", "GPTBot", "CCBot")}
    assert found == {"OAI-SearchBot": True, "Claude-SearchBot": True, "GPTBot": False, "CCBot": False}


def test_the_list_of_crawlers_is_dated_and_every_name_has_its_source() -> None:
    listed = yaml.safe_load((Path(crawlers.__file__).parent / "ai_crawlers.yaml").read_text("utf-8"))
    assert listed["checked"] < listed["check_again"]
    assert isinstance(listed["checked"], date)
    named = [*listed["search"], *listed["training"]]
    assert all(each["source"].startswith("https://") and each["operator"] for each in named)
    assert len({each["name"] for each in named}) == len(named)


def test_the_facts_are_those_of_the_pages_in_a_plain_shape(full: Site) -> None:
    facts = json.loads(full.read("facts.json"))
    assert facts["phone"] == "+441632960100"
    assert facts["url"] == "https://larkmouth.example.com/"
    harbour = facts["locations"][0]
    assert harbour["address"]["postcode"] == "ZZ99 1AA"
    assert {"days": ["Wednesday"], "opens": "09:00", "closes": "17:30"} in harbour["hours"]
    assert {"days": ["Saturday", "Sunday"], "closed": True} in harbour["hours"]
    massage = next(each for each in facts["services"] if each["name"] == "Sports massage")
    assert massage["prices"][0] == {"amount": "52.50", "currency": "GBP", "minutes": 60}
    assert "Vera Lane" not in str(facts["team"])  # who has left
    assert "null" not in full.read("facts.json")
    [link] = full.page("/").select('head link[rel=alternate][type="application/json"]')
    assert link["href"] == "https://larkmouth.example.com/facts.json"
    for address in (harbour["url"], massage["url"]):
        assert address.removeprefix("https://larkmouth.example.com") in full.pages


def test_the_list_of_pages_has_those_that_search_engines_may_show(full: Site) -> None:
    text = full.read("llms.txt")
    assert text.startswith("# Larkmouth & Tarn Movement Clinic\n\n> ")
    listed = [line for line in text.splitlines() if line.startswith("- [")]
    sitemap = full.read("sitemap.xml")
    assert len(listed) > 20
    assert all(line.partition("](")[2].partition(")")[0] in sitemap for line in listed)


@pytest.mark.parametrize(
    ("case", "contact", "language"),
    [
        ("minimal", "https://least.example.com/contact/", "en-GB"),
        ("german", "mailto:praxis@lerchenbogen.example.com", "de-DE"),
    ],
)
def test_security_txt_says_where_to_write_and_ends_within_a_year(
    build_site: BuildSite, case: str, contact: str, language: str
) -> None:
    site = build_site(case)
    fields = dict(line.split(": ", 1) for line in site.read(".well-known/security.txt").splitlines())
    assert (fields["Contact"], fields["Preferred-Languages"]) == (contact, language)
    assert fields["Canonical"].endswith(".example.com/.well-known/security.txt")
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=300) < expires - NOW.astimezone(UTC) <= timedelta(days=366)


def test_each_is_left_out_when_it_is_switched_off(build_site: BuildSite) -> None:
    site = build_site("minimal", {"clinic.yaml": LEAST + OFF})
    assert site.problems == []
    assert not {"facts.json", "llms.txt", ".well-known/security.txt", f"{indexnow_key(ADDRESS)}.txt"} & {*site.files}
    assert "facts.json" not in site.html("/")
    assert "User-agent: OAI-SearchBot" in site.read("robots.txt")
    assert "GPTBot" not in site.read("robots.txt")


def test_an_owners_own_file_stands_in_the_place_of_ours(build_site: BuildSite) -> None:
    own = {"static/llms.txt": "mine\n", "static/.well-known/security.txt": "Contact: tel:+441632960199\n"}
    site = build_site("minimal", own)
    assert site.problems == []
    assert site.read("llms.txt") == "mine\n"
    assert site.read(".well-known/security.txt") == own["static/.well-known/security.txt"]
    assert site.read(f"{indexnow_key(ADDRESS)}.txt") == indexnow_key(ADDRESS)


def test_a_preview_has_none_of_them(build_site: BuildSite) -> None:
    site = build_site("minimal", preview=True)
    assert not {"facts.json", "llms.txt", ".well-known/security.txt"} & {*site.files}
    headers = site.read("_headers")
    assert "Strict-Transport-Security" not in headers
    assert "upgrade-insecure-requests" not in headers
