"""What a visitor sees first, and how far it is to the end: measured in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser import DESKTOP, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.site import Site

FIRST_LINE = """() => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector('.prose p'));
    return range.getClientRects()[0].bottom;
}"""
BESIDE = """() => [...document.querySelectorAll('.practitioner-card:has(img)')].map(card => {
    const edge = what => card.querySelector(what).getBoundingClientRect();
    return edge('.practitioner-card__name').left - edge('img').right;
})"""


def test_on_a_phone_an_article_begins_on_the_first_screen_and_the_footer_is_about_one_screen(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    base = serve(full.output)
    page = open_page(f"{base}/", PHONE)
    for address in [found for found in full.pages if found.startswith("/post/")]:
        page.goto(base + address)
        bar = page.locator(".action-bar").bounding_box()
        assert bar
        assert page.evaluate(FIRST_LINE) < bar["y"], address
    assert page.locator(".site-footer").evaluate("footer => footer.offsetHeight") < 900


def test_on_a_wide_screen_words_stand_beside_a_portrait_and_a_text_has_something_at_its_side(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    base = serve(full.output)
    page = open_page(f"{base}/team/", DESKTOP)
    gaps = page.evaluate(BESIDE)
    assert gaps
    assert all(0 < gap < 100 for gap in gaps)
    for address in ("/about/", "/services/sports-massage/", "/team/rosa-quill/", "/your-first-visit/"):
        page.goto(base + address)
        text, beside = page.locator(".page-columns > .prose"), page.locator(".page-columns > :is(section, aside)").last
        box, other = text.bounding_box(), beside.bounding_box()
        assert box, address
        assert other, address
        assert other["x"] > box["x"] + box["width"], address
