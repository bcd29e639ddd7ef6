"""An article is a handout: printed on few sheets, with whose it is, and large for who needs it so; without a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser import DESKTOP

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.site import Site

ARTICLE = "/post/ankles-on-the-coast-path/"
SHEET_OF_EXERCISES = "/post/first-steps/"
SEED = "/post/the-hidden-link-between-ankle-stability-and-lower-back-pain/"
SHEET = re.compile(rb"/Type\s*/Page\b")
POINT = 96 / 72
SHOWN = "all => all.filter(one => one.checkVisibility({visibilityProperty: true})).map(one => one.className)"
SIZES = """() => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim(), parent = walker.currentNode.parentElement;
    const seen = text && parent.checkVisibility() && !parent.closest("svg, [aria-hidden=true]");
    if (seen) found.push([parseFloat(getComputedStyle(parent).fontSize), text]);
  }
  return found;
}"""


@pytest.fixture
def on_paper(serve: Callable[..., str], open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Opens a page as it is printed."""

    def start(site: Site, address: str, **options: object) -> Page:
        page = open_page(serve(site.output) + address, DESKTOP, **options)
        page.emulate_media(media="print")
        return page

    return start


def sheets(page: Page) -> int:
    return len(SHEET.findall(page.pdf(format="A4", prefer_css_page_size=True)))


def sizes(page: Page) -> list[tuple[float, str]]:
    """Every run of words in the main part, with its size in points."""
    return [(pixels / POINT, words) for pixels, words in page.evaluate(SIZES)]


def test_what_paper_needs_is_on_it(full: Site, on_paper: Callable[..., Page]) -> None:
    page = on_paper(full, ARTICLE)
    words = page.locator(".handout").inner_text()
    for fact in ("Larkmouth & Tarn Movement Clinic", "01632 960100", "larkmouth.example.com", "1 Quay Street"):
        assert fact in words
    assert page.locator(".handout svg").is_visible()
    assert "Uneven ground asks an ankle to decide" in page.locator(".prose").inner_text()


def test_the_day_of_the_text_is_on_it_and_on_exercises_that_of_printing(
    full: Site, on_paper: Callable[..., Page]
) -> None:
    assert on_paper(full, ARTICLE).locator(".handout__day").inner_text() == "Updated 20\u00a0February 2026"
    page = on_paper(full, SHEET_OF_EXERCISES)
    day = page.locator(".handout__day")
    assert day.inner_text() == "Published 20\u00a0November 2025"
    page.clock.set_fixed_time("2026-03-02T12:00:00Z")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert day.inner_text() == "Published 20\u00a0November 2025. Printed on 2 March 2026"


def test_every_article_can_be_printed_by_a_button_and_other_pages_bring_no_script_for_it(full: Site) -> None:
    for address, wanted in ((SHEET_OF_EXERCISES, True), ("/post/shoes/", True), ("/about/", False)):
        assert ("print-links__print" in full.html(address)) == wanted, address


def test_what_only_a_screen_can_use_is_not(full: Site, on_paper: Callable[..., Page]) -> None:
    page = on_paper(full, SHEET_OF_EXERCISES)
    for_screens = (
        "nav, button, .site-header, .action-bar, .print-links, .related, .footnote-backref, .button:not([href^=tel])"
    )
    assert page.locator(for_screens).evaluate_all(SHOWN) == []


def test_a_call_to_action_is_one_line(full: Site, on_paper: Callable[..., Page]) -> None:
    invitation = on_paper(full, "/post/shoes/").locator(".call-to-action--inline")
    assert " ".join(invitation.inner_text().split()) == "Ask Rosa about your shoes Call 07700 900456"
    box = invitation.bounding_box()
    assert box
    assert box["height"] < 2 * 12 * POINT * 1.4


def test_it_takes_no_more_sheets_than_it_must(full: Site, solo: Site, on_paper: Callable[..., Page]) -> None:
    assert sheets(on_paper(solo, SEED)) == 2
    assert sheets(on_paper(full, ARTICLE)) <= 3  # a text with every directive, a video and references
    assert sheets(on_paper(full, SHEET_OF_EXERCISES)) == 1


def test_clear_print_is_12_points(full: Site, on_paper: Callable[..., Page]) -> None:
    page = on_paper(full, ARTICLE)
    paragraphs = page.locator(".prose > p:not([class])").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert paragraphs
    assert min(paragraphs) >= 12 * POINT


def test_no_part_is_torn_in_two(full: Site, on_paper: Callable[..., Page]) -> None:
    page = on_paper(full, ARTICLE)
    whole = ".care-card, .table-scroll, .figure, .callout, .do-and-dont, .chain, .opening-hours"
    assert set(page.locator(whole).evaluate_all("all => all.map(one => getComputedStyle(one).breakInside)")) == {
        "avoid"
    }
    headings = page.locator(".prose :is(h2, h3)").evaluate_all(
        "all => all.map(one => getComputedStyle(one).breakAfter)"
    )
    assert set(headings) == {"avoid"}


def test_a_care_card_is_plain_without_colours(full: Site, on_paper: Callable[..., Page]) -> None:
    """Its frame is black, and what its colour says is said in words."""
    card = on_paper(full, ARTICLE).locator(".care-card").first
    sides = card.evaluate(
        "one => ['Top', 'Right', 'Bottom', 'Left'].map(side => "
        "[getComputedStyle(one)[`border${side}Style`], getComputedStyle(one)[`border${side}Color`]])"
    )
    assert sides == [["solid", "rgb(0, 0, 0)"]] * 4
    prefix = card.locator(".visually-hidden").bounding_box()
    assert prefix
    assert prefix["width"] > 50
    assert card.inner_text().startswith("Urgent advice:")


def test_large_print_is_18_points_on_paper_and_on_a_screen(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    """UKAAF G003: also of labels, notes and figures above the line; nothing slanted. A link does it, not a script."""
    page = open_page(serve(full.output) + ARTICLE, DESKTOP)
    assert min(size for size, _ in sizes(page)) < 16
    page.locator(".print-links__large").first.click()
    for medium in ("screen", "print"):
        page.emulate_media(media=medium)
        small = [(size, words) for size, words in sizes(page) if size < 17.9]
        assert small == [], medium
        slanted = page.locator("main *").evaluate_all(
            "all => all.filter(one => one.checkVisibility() && getComputedStyle(one).fontStyle == 'italic').length"
        )
        assert slanted == 0
    assert 3 < sheets(page) <= 6
    page.emulate_media(media="screen")
    page.locator(".print-links__usual").first.click()
    assert min(size for size, _ in sizes(page)) < 16


def test_it_is_offered_at_the_head_of_a_text_and_for_a_handout_as_buttons(full: Site) -> None:
    for address, rows in ((ARTICLE, 0), (SHEET_OF_EXERCISES, 1)):
        page = full.page(address)
        assert len(page.select(".article-header .print-links")) == rows
        assert [len(page.select(f".article-header {what}")) for what in ("[href='#large-print']", "button")] == [1, 1]
        target = page.find(id="large-print")
        assert target
        assert target.name == "article"


def test_sharing_is_one_tap_from_the_head_of_an_article(full: Site) -> None:
    page = full.page(ARTICLE)
    link = page.select_one(".article-header a[href='#share-title']")
    assert link
    assert page.select_one(".article-end #share-title")


def test_without_a_script_there_is_no_button_that_does_nothing(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    base = serve(full.output)
    without = open_page(base + SHEET_OF_EXERCISES, java_script_enabled=False)
    assert not without.locator(".print-links__print").first.is_visible()
    assert without.locator(".print-links__large").first.is_visible()
    page = open_page(base + SHEET_OF_EXERCISES)
    page.evaluate("window.print = () => { window.printed = true }")
    page.locator(".print-links__print").first.click()
    assert page.evaluate("window.printed")


def test_what_can_be_pressed_is_large_enough(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(full.output) + SHEET_OF_EXERCISES)
    for control in page.locator(".print-links :is(a, button)").all():
        if control.is_visible():
            box = control.bounding_box()
            assert box
            assert box["height"] >= 44
