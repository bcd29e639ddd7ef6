"""What a visitor does: read, find, call, book. With a thumb, with a keyboard, without script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.site import Site

ARTICLE = "/post/the-hidden-link-between-ankle-stability-and-lower-back-pain/"


def test_a_visitor_can_call_and_book_without_scrolling_on_a_phone(
    solo: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(solo.output) + "/", PHONE)
    for name in ("Call", "Message", "Directions"):
        link = page.get_by_role("navigation", name="Quick actions").get_by_role("link", name=name)
        box = link.bounding_box()
        assert box
        assert box["y"] + box["height"] <= PHONE["height"]
        assert min(box["height"], box["width"]) >= 44


def test_a_visitor_can_open_the_menu_without_script(
    solo: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(solo.output) + "/", PHONE, java_script_enabled=False)
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Contact").click()
    expect(page).to_have_title(re.compile("^Contact"))


def test_a_visitor_can_skip_to_the_text_with_the_first_key(
    solo: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(solo.output) + ARTICLE, DESKTOP)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_focused_link_is_never_under_the_action_bar(
    solo: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(solo.output) + ARTICLE, PHONE)
    bar = page.locator(".action-bar").bounding_box()
    assert bar
    hidden = """bar => {
        const focused = document.activeElement, box = focused.getBoundingClientRect();
        return !focused.matches('body, .action-bar *') && box.bottom > bar.y && box.top < bar.y + bar.height }"""
    for _ in range(40):
        page.keyboard.press("Tab")
        assert not page.evaluate(hidden, bar), page.evaluate("document.activeElement.outerHTML")


def test_the_articles_own_links_call_write_and_book(solo: Site) -> None:
    links = [str(link["href"]) for link in solo.page(ARTICLE).select(".prose a")]
    assert "tel:+447700900321" in links
    assert any(link.startswith("mailto:contact@brackwater.example.com?subject=") for link in links)
    assert any(link.startswith("sms:+447700900321") for link in links)


def test_the_page_does_not_move_while_it_loads(
    solo: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(solo.output) + ARTICLE, PHONE)
    page.wait_for_load_state("networkidle")
    shift = page.evaluate(
        """() => new Promise(done => { let sum = 0;
        new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
            .observe({type: 'layout-shift', buffered: true});
        setTimeout(() => done(sum), 300) })"""
    )
    assert shift == 0


def test_text_at_twice_its_size_still_fits(
    solo: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(solo.output) + ARTICLE, DESKTOP, bypass_csp=True)
    page.add_style_tag(content="html { font-size: 200% }")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
