"""What a visitor asks first: what it costs, who treats me, and ways out of the menu and on to others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from clinic.models.service import ServiceFrontMatter
from tests.browser import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.site import Site


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({"prices": [{"amount": 60}, {"amount": 45}]}, ("from £45",)),
        ({"prices": [{"amount": 45}]}, ("£45",)),
        ({"minutes": 40, "prices": [{"amount": 60, "label": "Long"}, {"amount": 45}]}, ("40 minutes", "from £45")),
        ({"prices": [{"amount": 45}], "first_visit": {"amount": 60}}, ("First visit (required): £60", "£45")),
    ],
)
def test_a_card_says_what_one_pays_at_least_and_never_less(facts: dict[str, object], shown: tuple[str, ...]) -> None:
    assert ServiceFrontMatter.model_validate({"title": "Massage", **facts}).card_facts == shown


def test_who_treats_me_stands_on_the_service_page_with_the_register(full: Site) -> None:
    team = full.page("/services/sports-therapy/").select_one(".team-list")
    assert team
    assert "Rosa Quill" in team.get_text()
    assert "00123" in team.get_text()
    assert team.select_one(".team-list__register a")


def test_the_menu_closes_when_the_focus_leaves_it(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(full.output) + "/", PHONE)
    page.get_by_role("button", name="Menu").click()
    menu = page.locator("#site-menu")
    menu.get_by_role("link").first.focus()
    expect(menu).to_be_visible()
    page.locator("main a").first.focus()
    expect(menu).to_be_hidden()


def test_the_address_of_an_article_is_copied(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(
        serve(full.output) + "/post/first-steps/", PHONE, permissions=["clipboard-write", "clipboard-read"]
    )
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".share-links [role=status]")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == "https://larkmouth.example.com/post/first-steps/"
