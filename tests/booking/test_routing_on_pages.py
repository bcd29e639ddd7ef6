"""Conditions are shown where they lead, and nobody is sent to someone who is gone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.site import CLINICS

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

HEAD = "---\ntitle: {title}\ndate: 2026-01-01\n{more}\n---\n\nWords.\n"
ROSA = (CLINICS / "full" / "team" / "rosa-quill.md").read_text("utf-8")


@pytest.fixture(scope="session")
def rosa_left(build_site: BuildSite) -> Site:
    """Rosa, who alone offers sports therapy and sports massage, left in the middle of February."""
    overlay = {
        "team/rosa-quill.md": ROSA.replace("order: 1\n", "order: 1\nleft: 2026-02-15\n"),
        "posts/hiccups.md": HEAD.format(title="Hiccups", more="conditions: [Cramp, Hiccups]"),
    }
    return build_site("full", overlay)


def graph(site: Site, address: str) -> list[dict[str, Any]]:
    script = site.page(address).find("script", type="application/ld+json")
    assert script
    nodes: list[dict[str, Any]] = json.loads(str(script.string))["@graph"]
    return nodes


def test_conditions_are_shown_on_service_practitioner_and_article(full: Site) -> None:
    assert "Helps with Muscle tension Cramp" in full.words("/services/sports-massage/")
    assert "Helps with: Muscle tension" in full.words("/team/rosa-quill/")
    links = full.page("/post/first-steps/").select(".article-end__about a")
    assert [(link.get_text(), link["href"]) for link in links] == [
        ("ankle sprain", "/services/sports-therapy/"),
        ("Cramp", "/services/sports-massage/"),
    ]


def test_the_article_is_about_its_conditions_in_the_graph_too(full: Site) -> None:
    [posting] = [node for node in graph(full, "/post/first-steps/") if node["@type"] == "BlogPosting"]
    assert [about["name"] for about in posting["about"]] == ["ankle sprain", "Cramp"]


def test_an_article_that_names_only_a_condition_finds_who_treats_it(full: Site) -> None:
    foot = full.page("/post/first-steps/").select_one(".call-to-action--inline")
    assert foot
    assert "Book sports therapy online" in foot.get_text()
    assert "with Rosa Quill · Larkmouth Harbour" in " ".join(foot.get_text().split())


def test_a_practitioner_who_left_keeps_page_and_byline_and_nothing_else(full: Site) -> None:
    assert "Vera Lane no longer works at Larkmouth & Tarn Movement Clinic." in full.words("/team/vera-lane/")
    assert full.page("/post/first-steps/").select('a[rel="author"]')[0].get_text() == "Vera Lane"
    assert "Vera" not in full.words("/team/")
    assert "Vera" not in full.words("/services/sports-therapy/")
    assert "with Vera" not in full.html("/team/vera-lane/")
    [person] = [node for node in graph(full, "/team/vera-lane/") if node["@type"] == "Person"]
    assert "worksFor" not in person


def test_a_practitioner_who_is_yet_to_leave_still_works_here(build_site: BuildSite) -> None:
    site = build_site("full", {"team/rosa-quill.md": ROSA.replace("order: 1\n", "order: 1\nleft: 2026-03-02\n")})
    assert site.problems == []
    assert "Rosa Quill" in site.words("/team/")


def test_every_text_that_names_a_practitioner_who_left_is_reported_with_its_line(rosa_left: Site) -> None:
    article, shoes = "posts/2026-01-15-ankles-on-the-coast-path.md", "posts/2025-12-01-shoes.md"
    gone = "Rosa Quill left on 15 February 2026; name someone who works here, or take this line out"
    expected = [
        (shoes, "    service: sports-therapy", nobody_any_more("Sports therapy", "sports-therapy")),
        (shoes, "    practitioner: rosa-quill", gone),
        (article, "services: [sports-therapy, sports-massage]", nobody_any_more("Sports massage", "sports-massage")),
        (article, "services: [sports-therapy, sports-massage]", nobody_any_more("Sports therapy", "sports-therapy")),
        (article, "reviewed_by: rosa-quill", gone),
        ("services/sports-massage.md", "title: Sports massage", nobody("Sports massage", "sports-massage")),
        ("services/sports-therapy.md", "title: Sports therapy", nobody("Sports therapy", "sports-therapy")),
    ]
    assert rosa_left.problems == [
        f"content/{file}:{line_of(file, words)}: {message}" for file, words, message in expected
    ]


def nobody(title: str, slug: str) -> str:
    return f'nobody offers "{title}"; add {slug} to "services" of someone in team/, or remove this file'


def nobody_any_more(title: str, slug: str) -> str:
    how = f'name another service, or add {slug} to "services" of someone in team/'
    return f'nobody offers "{title}" any more; {how}'


def line_of(file: str, words: str) -> int:
    lines = (CLINICS / "full" / file).read_text("utf-8").splitlines()
    return lines.index(words) + 1


def test_a_condition_that_nobody_names_is_noted_and_stops_nothing(build_site: BuildSite) -> None:
    site = build_site("full", {"posts/hiccups.md": HEAD.format(title="Hiccups", more="conditions: [Cramp, Hiccups]")})
    message = 'no service and no person names "Hiccups" under "conditions"; this article leads to none of them'
    assert f"content/posts/hiccups.md:4: note: {message}" in site.notes
    assert site.problems == []
    assert site.exit_code == 0
    assert "/post/hiccups/" in site.pages
