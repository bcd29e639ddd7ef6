"""Whatever an owner writes: nothing is wider than the screen, nothing is cut off, in any size of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import DESKTOP, NARROWEST, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.site import Site

KINDS = ("/", "/post/ankles-on-the-coast-path/", "/services/sports-massage/", "/contact/", "/blog/", "/book/", "/team/")
TWICE = "html { font-size: 200% }"
# Every line of text lies inside the screen and inside every box around it; tables and code may scroll by themselves.
OUTSIDE = """() => {
    const found = new Set(), boxes = new Map(), width = document.documentElement.clientWidth;
    const edgeOf = box => {  // null for what stands in a line
        const isInLine = () => getComputedStyle(box).display === 'inline';
        if (!boxes.has(box)) boxes.set(box, isInLine() ? null : box.getBoundingClientRect());
        return boxes.get(box);
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode, parent = text.parentElement;
        if (!text.data.trim() || !parent.checkVisibility()) continue;
        if (parent.closest('.visually-hidden, .skip-link, .table-scroll, pre')) continue;
        // A quotation mark that hangs is meant to, and so is the sign beside a heading.
        const beside = parent.matches('.heading-link__link');
        const hanging = Math.max(1, -parseFloat(getComputedStyle(parent).textIndent) + 1);
        const range = document.createRange();
        range.selectNodeContents(text);
        for (const line of range.getClientRects()) {
            if (line.left < -1 || line.right > width + 1) found.add(`screen: ${text.data.trim()}`);
            for (let box = parent; box !== document.body && !beside; box = box.parentElement) {
                const edge = edgeOf(box);
                if (!edge) continue;
                if (line.right > edge.right + 1 || line.left < edge.left - hanging)
                    found.add(`${box.className || box.tagName}: ${text.data.trim()}`);
            }
        }
    }
    const over = document.documentElement.scrollWidth - width;
    return over > 0 ? [...found, `${over} px to scroll`] : [...found];
}"""


def outside(page: Page, address: str, style: str = "") -> list[str]:
    """What lies outside the screen or its box."""
    page.goto(address)
    if style:
        page.add_style_tag(content=style)
    found: list[str] = page.evaluate(OUTSIDE)
    return found


def test_words_of_sixty_letters_and_titles_of_three_and_of_140(
    long_words: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    """Each page is made wider, which no script asks for (``pages/test_every_page.py``)."""
    base = serve(long_words.output)
    page = open_page(f"{base}/", NARROWEST)
    for address in long_words.pages:
        page.set_viewport_size(NARROWEST)
        assert not outside(page, base + address), address
        page.set_viewport_size(DESKTOP)
        assert not page.evaluate(OUTSIDE), address


@pytest.mark.site
@pytest.mark.parametrize("name", ["many_articles", "no_phone", "minimal"])
def test_clinics_with_many_articles_and_with_hardly_any_facts(
    name: str, request: pytest.FixtureRequest, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    site: Site = request.getfixturevalue(name)
    base = serve(site.output)
    page = open_page(f"{base}/", NARROWEST)
    for address in {"/", "/blog/", "/blog/page/9/", "/book/", "/contact/", "/404.html"} & set(site.pages):
        assert not outside(page, base + address), address


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_text_at_twice_its_size(
    full: Site, solo: Site, serve: Callable[..., str], open_page: Callable[..., Page], size: dict[str, int]
) -> None:
    base = serve(full.output)
    page = open_page(f"{base}/", size, bypass_csp=True)  # for the style that makes the text larger
    for address in KINDS:
        assert not outside(page, base + address, TWICE), address
    assert not outside(page, f"{serve(solo.output)}/", TWICE)  # whose name no logo stands for
    name = page.locator(".site-header__name span")
    lines = name.evaluate("e => Math.round(e.offsetHeight / parseFloat(getComputedStyle(e).lineHeight))")
    assert lines <= len(name.inner_text().split())  # no word of the name is broken


def test_what_a_clinic_leaves_out_leaves_nothing_empty(no_phone: Site, minimal: Site) -> None:
    for site in (no_phone, minimal):
        for address in site.pages:
            page = site.page(address)
            headings = [
                heading
                for heading in page.find_all(["h1", "h2", "h3"])
                if not heading.get_text(strip=True) and not heading.find_parent("template")
            ]
            assert not headings, address
            lists = [
                str(found)[:99]
                for found in page.select("main ul, main ol, main dl, footer ul")
                if not found.find() and not found.has_attr("hidden")
            ]
            assert not lists, (address, lists)
    assert "tel:" not in no_phone.everything()
    assert "mailto:" not in minimal.everything()
