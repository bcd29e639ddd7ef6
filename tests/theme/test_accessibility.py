"""With a thumb, with a keyboard, without colours of ours, without motion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.axe import violations
from tests.browser import DESKTOP, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.site import BuildSite, Site

KINDS = (
    "/",
    "/post/ankles-on-the-coast-path/",
    "/contact/",
    "/blog/",
    "/services/",
    "/services/sports-massage/",
    "/team/",
    "/team/rosa-quill/",
    "/book/",
    "/about/",
    "/search/",
    "/blog/2025/",
    "/404.html",
)
CALLS = (
    ".button, .action-bar a, .action-link, .call-to-action a, .site-header button, .pagination a, .language-switch a"
)
# WCAG 2.5.8: 24 px each way, or a circle of 24 px around its middle that meets no other target; links in a sentence
# are free.
TOO_SMALL = """calls => {
    const all = [...document.querySelectorAll('a[href], button, summary, input')].filter(one => one.checkVisibility());
    const targets = all.filter(one => !one.closest('.skip-link')).map(one => ({one, box: one.getBoundingClientRect()}));
    const inSentence = one => getComputedStyle(one).display === 'inline' && one.closest('p, li, dd') &&
        one.closest('p, li, dd').textContent.trim().length > one.textContent.trim().length + 12;
    const alone = ({one, box}) => targets.every(other => {
        if (other.one === one || other.one.contains(one) || one.contains(other.one)) return true;
        if (!one.closest('.action-bar') !== !other.one.closest('.action-bar')) return true;  // it is fixed
        const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2, b = other.box;
        const away = Math.hypot(Math.max(b.left - x, 0, x - b.right), Math.max(b.top - y, 0, y - b.bottom));
        return away >= 12;
    });
    return targets.filter(target => {
        const {one, box} = target, needed = one.matches(calls) ? 44 : 24;
        if (Math.min(box.height, needed === 44 ? 44 : box.width) >= needed - .5) return false;
        return needed === 44 || !(inSentence(one) || alone(target));
    }).map(({one, box}) => `${one.className} ${one.textContent.trim()}: ${box.width} by ${box.height}`);
}"""
RING = """() => {
    const one = document.activeElement, ring = element => element && getComputedStyle(element).outlineStyle !== 'none';
    if (one === document.body) return 'end';
    return ring(one) || ring(one.closest('.article-card, .service-card')) ? '' : one.outerHTML;
}"""
MOVING = """() => [...document.querySelectorAll('*')].flatMap(one => ['', '::before', '::after'].map(part => {
    const style = getComputedStyle(one, part || null);
    const runs = style.animationName !== 'none' && parseFloat(style.animationDuration) > .016;  // longer than a frame
    return /[1-9]/.test(style.transitionDuration) || runs ? one.className + part : '';
})).filter(Boolean)"""


def test_axe_finds_nothing_in_what_a_visitor_opens(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    """The menu, a question, large print. Results and what a form asks for have their own tests."""
    base = serve(full.output)
    page = open_page(f"{base}/", PHONE)
    page.get_by_role("button", name="Menu").click()
    expect(page.locator(".site-menu")).to_be_visible()
    assert violations(page) == []
    page.goto(f"{base}/services/sports-massage/")
    page.locator("main summary").first.click()
    expect(page.locator(".faq__answer").first).to_be_visible()
    assert violations(page) == []
    page.goto(f"{base}{KINDS[1]}#large-print")
    assert page.locator("#large-print").evaluate("one => one.matches(':target')")
    assert violations(page) == []


FAULTS = """<!doctype html><html lang="en"><title>A</title><style>
    body { background: #fff; color: #000 }
    @media (width < 600px) {
        .large { font-size: 30px }
        .covered::before { content: ""; position: absolute; inset: 0; background: #000 }
    }
    .large, .covered { color: #666 } .covered { position: relative }
    @media (width > 600px) {
        .wide { color: #999 } .row { display: grid } .row > * { grid-area: 1 / 1 } .behind { background: #555 }
    }
</style><main><h1>A</h1><p class="large">Large on a phone</p><p class="wide">Grey on a desktop</p>
<div class="row"><div class="behind">&nbsp;</div><div class="over">Over another on a desktop</div></div>
<p class="covered">Covered on a phone</p></main>"""


def test_colours_that_are_wrong_on_one_screen_alone_are_found_on_that(
    tmp_path: Path, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    """Of equal elements axe is asked about the first (``tests/axe.py``): these are not equal on both screens."""
    (tmp_path / "index.html").write_text(FAULTS, "utf-8")
    page = open_page(serve(tmp_path) + "/", PHONE)
    assert violations(page) == []
    for name in ("large", "wide", "over", "covered"):
        page.set_viewport_size(DESKTOP)
        page.evaluate(
            "name => document.querySelectorAll('main [class]').forEach(one => "
            "{ one.hidden = !one.matches(`.${name}, .row:has(> .${name}), .behind`) })",
            name,
        )
        found = violations(page)
        assert any(f'class="{name}"' in one for one in found), name


def test_every_target_can_be_met_with_a_thumb(
    full: Site, many_articles: Site, build_site: BuildSite, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    base = serve(full.output)
    page = open_page(f"{base}/", PHONE)
    others = [serve(many_articles.output) + "/blog/page/9/", serve(build_site("bilingual").output) + "/cy/about/"]
    for address in [*(base + kind for kind in KINDS), *others]:
        page.goto(address)
        assert not page.evaluate(TOO_SMALL, CALLS), address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_is_always_seen(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page], scheme: str
) -> None:
    base = serve(full.output)
    page = open_page(f"{base}/", DESKTOP, color_scheme=scheme)
    for address in KINDS[:3]:
        page.goto(base + address)
        for steps in range(120):
            page.keyboard.press("Tab")
            missing = page.evaluate(RING)
            if missing == "end":
                assert steps > 20
                break
            assert not missing, address


def test_escape_closes_the_menu_and_the_focus_returns(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(full.output) + "/", PHONE)
    button = page.get_by_role("button", name="Menu")
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator(".site-menu").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.locator(".site-menu").is_visible()
    assert button.evaluate("button => button === document.activeElement")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_with_the_systems_own_colours_every_control_keeps_its_edge(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page], size: dict[str, int]
) -> None:
    base = serve(full.output)
    page = open_page(f"{base}/", size, forced_colors="active")
    edges = """all => all.filter(one => one.checkVisibility()).filter(one => {
        const style = getComputedStyle(one);
        return parseFloat(style.borderBottomWidth) < 1 || style.borderBottomColor === style.backgroundColor ||
            style.borderBottomColor === 'rgb(255, 255, 255)';
    }).map(one => one.outerHTML)"""
    marked = ".button, .action-bar__link--booking, .care-card, .pagination [aria-current]"
    if size == DESKTOP:
        marked += ", .site-menu__link[aria-current]"
    for address in ("/", "/post/ankles-on-the-coast-path/", "/services/"):
        page.goto(base + address)
        assert not page.locator(marked).evaluate_all(edges), address


def test_nothing_moves_for_those_who_asked_for_stillness(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    base = serve(full.output)
    page = open_page(f"{base}/", DESKTOP)
    for address in KINDS:
        page.goto(base + address)
        assert not page.evaluate(MOVING), address
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_the_action_bar_covers_no_focus_at_four_times_the_size(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    base = serve(full.output)
    page = open_page(f"{base}/", {"width": 320, "height": 256})
    covered = """() => {
        const bar = document.querySelector('.action-bar'), one = document.activeElement;
        if (!bar.checkVisibility() || one.closest('.action-bar, body > a') || one === document.body) return '';
        return one.getBoundingClientRect().bottom > bar.getBoundingClientRect().top ? one.outerHTML : '';
    }"""
    for address in ("/", "/contact/", "/services/sports-massage/"):
        page.goto(base + address)
        for _ in range(30):
            page.keyboard.press("Tab")
            assert not page.evaluate(covered), address
