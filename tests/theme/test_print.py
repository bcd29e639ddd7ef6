"""Printed: the text and the ways to reach the clinic; none of what only a screen can use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import DESKTOP

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.site import Site

ARTICLE = "/post/the-hidden-link-between-ankle-stability-and-lower-back-pain/"
FOR_SCREENS = (
    ".action-bar, nav, button, .breadcrumbs, .contents-list, .button:not([href^=tel]), .call-to-action--sidebar"
)


@pytest.fixture
def printed(solo: Site, serve: Callable[..., str], open_page: Callable[..., Page]) -> Page:
    """An article as it is printed."""
    page = open_page(serve(solo.output) + ARTICLE, DESKTOP)
    page.emulate_media(media="print")
    return page


def test_the_text_and_the_ways_to_reach_the_clinic_are_there(printed: Page) -> None:
    words = printed.locator("body").inner_text()
    assert "Your body works as one connected system" in words
    for fact in ("07700 900321", "contact@brackwater.example.com", "brackwater.example.com"):
        assert fact in words


def test_what_only_a_screen_can_use_is_not(printed: Page) -> None:
    shown = printed.locator(FOR_SCREENS).evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => one.className)"
    )
    assert not shown


def test_a_link_out_of_the_text_tells_its_address(
    long_words: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(long_words.output) + "/post/short/", DESKTOP)
    page.emulate_media(media="print")
    link = page.locator(".prose a[href^=http]").first
    assert link.evaluate("link => getComputedStyle(link, '::after').content").startswith('" (https://')
