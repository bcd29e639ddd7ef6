"""Directives become the theme's components, fed from the facts; an article ends with an invitation to book."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from clinic.rendering.markdown.directive_scanner import scan
from clinic.rendering.markdown.directives import KINDS

if TYPE_CHECKING:
    from bs4 import Tag

    from tests.site import BuildSite, Site

ANKLES = "/post/ankles-on-the-coast-path/"
HEAD = "---\ntitle: Rest\ndate: 2026-01-01\n---\n\n"


def one(page: Tag, selector: str) -> Tag:
    """The only element of its kind."""
    found = page.select(selector)
    assert len(found) == 1, f"{len(found)} of {selector}"
    return found[0]


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def test_no_directive_is_left_as_text(full: Site) -> None:
    for address in full.pages:
        page = BeautifulSoup(full.html(address), "html5lib")
        for code in page.select("code"):
            code.clear()
        text = page.get_text()
        assert "///" not in text, address
        assert "clinic-directive" not in full.html(address)


def test_a_chain_is_an_ordered_list(full: Site) -> None:
    items = one(full.page(ANKLES), ".chain").select("ol li")
    assert [words(item) for item in items] == ["The foot meets a stone", "The ankle tilts", "The knee follows"]


def test_steps_are_an_ordered_list_with_their_names(full: Site) -> None:
    items = one(full.page("/services/sports-therapy/"), "ol.steps").select("li")
    assert [words(one(item, ".steps__title")) for item in items] == [
        "We talk.", "You move.", "You leave with a plan.",
    ]  # fmt: skip
    assert words(one(items[1], ".steps__text")) == "We look at how you stand, walk and bend."


def test_dos_and_donts_are_lists_with_their_headings(full: Site) -> None:
    page = full.page(ANKLES)
    assert "Stop when it hurts" in words(one(page, ".do-and-dont__part:not(.do-and-dont__part--dont)"))
    assert "Run through pain" in words(one(page, ".do-and-dont__part--dont"))


def test_a_callout_holds_markdown_with_checked_links(full: Site) -> None:
    callout = one(full.page(ANKLES), ".callout--tip")
    assert one(callout, "a")["href"] == "/your-first-visit/"


def test_a_care_card_says_its_urgency_in_words(full: Site) -> None:
    cards = full.page(ANKLES).select(".care-card--urgent")
    assert any("Urgent advice: When to get help" in words(card) for card in cards)


def test_directives_can_stand_inside_each_other(full: Site) -> None:
    callout = one(full.page("/post/shoes/"), ".callout--warning")
    assert "Look at the heel" in words(one(callout, ".do-and-dont li"))


def test_contact_hours_and_location_come_from_the_facts(full: Site) -> None:
    text = full.words(ANKLES)
    assert "01632 960100" in text
    assert "1 Quay Street" in text
    assert "Sunday 10am to 2pm" in text
    assert "Monday and Tuesday" not in text  # those of the other location


def test_a_booking_directive_names_what_where_and_with_whom(full: Site) -> None:
    page = full.page("/post/shoes/")
    invitation = one(page, ".call-to-action--inline")
    assert "Ask Rosa about your shoes" in words(invitation)
    assert "Bring the old pair." in words(invitation)
    button = one(invitation, ".button--booking")
    assert words(button) == "Book sports therapy online"
    facts = words(one(invitation, ".call-to-action__facts"))
    assert facts.startswith("First assessment: 50 minutes, £60 · Return visit: 60 minutes, £52.50")
    assert facts.endswith("with Rosa Quill · Larkmouth Harbour")
    personal = "https://example-clinic.uk1.cliniko.com/bookings?practitioner_id=2001"
    assert str(button["href"]).startswith(personal)  # the most personal of the booking addresses


def test_an_article_without_one_is_given_a_booking_at_its_foot_for_its_service(full: Site) -> None:
    assert "Book sports therapy" in words(one(full.page(ANKLES), ".call-to-action--inline"))


def test_the_added_booking_names_the_writer_who_offers_the_service(build_site: BuildSite) -> None:
    article = HEAD.replace("title:", "author: Tom Ash\nservices: pilates\ntitle:") + "Words.\n"
    page = build_site("full", {"posts/rest.md": article}).page("/post/rest/")
    assert "Book pilates" in words(one(page, ".call-to-action--inline"))
    facts = words(one(page, ".call-to-action--inline .call-to-action__facts"))
    assert facts.endswith("with Tom Ash · Larkmouth Harbour")


def test_booking_none_turns_it_off(full: Site) -> None:
    assert not full.page("/post/quiet-week/").select(".call-to-action--inline")


def test_without_a_booking_address_it_calls_and_leads_to_the_other_ways_to_ask(build_site: BuildSite) -> None:
    facts = "name: Least\nurl: https://least.example.com\nphone: 07700 900123\nemail: hi@example.com\n"
    facts += "locations: {here: {address: {locality: Here}}}\n"
    service = "---\ntitle: Deep rest\nsummary: Rest.\n---\n"
    overlay = {
        "clinic.yaml": facts,
        "services/deep-rest.md": service,
        "pages/services.md": "---\ntitle: Services\n---\n",
        "posts/rest.md": HEAD.replace("title:", "services: deep-rest\ntitle:") + "Words.\n",
    }
    site = build_site("minimal", overlay)
    invitation = one(site.page("/post/rest/"), ".call-to-action--inline")
    links = [str(link["href"]) for link in invitation.select("a")]
    assert links[0] == "tel:+447700900123"
    assert "/book/" not in links
    assert any(link.startswith("sms:+447700900123?body=") and "deep rest" in unquote(link) for link in links)
    assert any(link.startswith("mailto:hi@example.com?subject=") and "deep rest" in unquote(link) for link in links)


def test_a_link_of_a_directive_is_whole_in_the_feeds(build_site: BuildSite) -> None:
    site = build_site("minimal", {"posts/rest.md": HEAD + "/// button\n[Ask us]({filename}/pages/contact.md)\n///\n"})
    assert 'href="https://least.example.com/contact/"' in site.read("blog-feed.xml").replace("&quot;", '"').replace(
        "&lt;", "<"
    )


@pytest.mark.parametrize("name", KINDS)
def test_an_unclosed_directive_of_any_kind_is_one_problem(name: str) -> None:
    found = scan(f"Words.\n\n/// {name} | Heading\n", "posts/x.md", 5)
    assert [diagnostic.line for diagnostic in found.diagnostics] == [7]


def test_a_directive_shown_as_code_is_code() -> None:
    text = "```\n/// bookng\n```\n\n~~~~\n/// nothing\n~~~\n~~~~\n"
    assert scan(text, "posts/x.md") == scan(text.replace("///", "//"), "posts/x.md").__class__(text)


def test_words_with_slashes_are_words(build_site: BuildSite) -> None:
    body = "Either/or, and https://example.com/// too.\n\n`/// booking` begins one.\n\n// a comment of mine\n"
    site = build_site("minimal", {"posts/rest.md": HEAD + body})
    assert site.problems == []
