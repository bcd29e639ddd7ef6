"""A care card is written and approved once, and stands on every page that needs it."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from clinic.models.announcements import CareCard
from tests.site import NOW

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

TITLE = "Go to A&E or call NHS 111 if"
POST = "---\ntitle: {title}\ndate: 2026-02-03\nconditions: [{conditions}]\n---\n\nRest.\n"
APPROVED = "Approved by Rosa Quill on 9 January 2026"


@pytest.fixture(scope="session")
def site(build_site: BuildSite) -> Site:
    """The full clinic with articles on what its card is about, and on something else."""
    overlay = {
        "posts/sprains.md": POST.format(title="Sprains", conditions="Cramp, ankle SPRAIN"),
        "posts/cramps.md": POST.format(title="Cramps", conditions="Cramp"),
    }
    return build_site("full", overlay)


def cards(site: Site, address: str) -> list[str]:
    return [" ".join(card.get_text(" ").split()) for card in site.page(address).select(".care-card")]


def test_an_article_on_a_listed_condition_carries_it_without_being_asked(site: Site) -> None:
    [card] = cards(site, "/post/sprains/")
    assert card.startswith(f"Immediate action required: {TITLE}")
    assert "do not try it" in card
    assert APPROVED in card


def test_it_comes_after_the_text_and_before_the_invitation_to_book(site: Site) -> None:
    words = site.words("/post/sprains/")
    assert words.index("Rest.") < words.index(TITLE) < words.index("Send an e-mail")


def test_a_service_for_a_listed_condition_says_when_it_is_no_help(site: Site) -> None:
    [card] = cards(site, "/services/sports-therapy/")
    assert card.startswith(f"Immediate action required: {TITLE}")
    assert cards(site, "/services/sports-massage/") == []


def test_an_article_on_anything_else_does_not_carry_it(site: Site) -> None:
    assert cards(site, "/post/cramps/") == []


def test_an_article_that_shows_it_itself_shows_it_once(site: Site) -> None:
    found = [card for card in cards(site, "/post/ankles-on-the-coast-path/") if TITLE in card]
    assert len(found) == 1
    assert APPROVED in found[0]


def test_feed_readers_get_it_too(site: Site) -> None:
    [entry] = [entry for entry in site.read("blog/atom.xml").split("<entry>") if "<title>Sprains</title>" in entry]
    assert "9 January 2026" in " ".join(unescape(unescape(entry)).split())


def test_a_card_may_be_approved_by_somebody_outside_the_clinic(build_site: BuildSite) -> None:
    facts = (
        "name: X\nurl: https://x.example.com\nphone: 01632 960199\nlocations: {here: {address: {locality: Here}}}\n"
        "care_cards:\n  backs: {title: Call 999 if, text: it is <bad>, urgency: emergency, conditions: Back pain,"
        " approved: 2026-01-09, approved_by: A. Physician of Larkmouth}\n"
    )
    article = POST.format(title="Backs", conditions="back pain")
    site = build_site("minimal", {"clinic.yaml": facts, "posts/backs.md": article})
    assert not site.problems
    [card] = cards(site, "/post/backs/")
    assert "it is <bad>" in card
    assert card.startswith("Immediate action required: Call 999 if")
    assert "Approved by A. Physician of Larkmouth" in card


@pytest.mark.parametrize("approved", [{}, {"approved": "2026-03-04"}], ids=["by nobody", "tomorrow"])
def test_no_card_is_taken_before_somebody_has_approved_it(approved: dict[str, str]) -> None:
    card = {"title": "Call 999 if", "text": "You cannot breathe.", "approved_by": "Rosa Quill"}
    taken = CareCard.model_validate(card | {"approved": "2026-03-01"}, context={"now": NOW})
    assert taken.title == card["title"]
    with pytest.raises(ValidationError):
        CareCard.model_validate(card | approved, context={"now": NOW})
