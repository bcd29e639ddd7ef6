"""The face of headings: never waited for, never a jump, never asked for where it is not used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import PHONE
from tests.site import CLINICS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    from tests.site import BuildSite, Site

LEAST = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
ARRIVED = """() => document.fonts.check('600 20px Display') &&
    getComputedStyle(document.querySelector('h1')).fontFamily.startsWith('Display,')"""
SHIFT = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value))
        .observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(sum), 300);
})"""
ARTICLE = "/post/the-hidden-link-between-ankle-stability-and-lower-back-pain/"


@pytest.mark.parametrize("address", ["/", ARTICLE])
def test_on_a_slow_first_visit_the_face_comes_after_the_words_and_moves_nothing(
    solo: Site, serve: Callable[..., str], open_page: Callable[..., Page], address: str
) -> None:
    page = open_page("about:blank", PHONE, bypass_csp=True)  # for what the test asks the page
    held: list[Route] = []
    page.route("**/display.woff2?*", lambda route: held.append(route))  # noqa: PLW0108 (a builtin carries no marks)
    with page.expect_request("**/display.woff2?*"):
        page.goto(serve(solo.output) + address, wait_until="domcontentloaded")  # "load" waits for the face
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    held.pop().continue_()
    page.wait_for_function(ARRIVED)
    assert page.evaluate(SHIFT) == 0


def test_on_a_later_page_the_face_is_there_when_the_page_is_first_painted(
    solo: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(solo.output) + "/", PHONE, bypass_csp=True)
    page.wait_for_function(ARRIVED)
    page.add_init_script(
        """new PerformanceObserver(() => window.painted ??= document.querySelector('h1 , .site-header__name span')
            && [...document.fonts].filter(face => face.family === 'Display').map(face => face.status).join())
            .observe({type: 'paint'})"""
    )
    page.goto(serve(solo.output) + ARTICLE)
    page.wait_for_function("window.painted")
    assert page.evaluate("window.painted") == "loaded"


@pytest.mark.parametrize("face", ["serif", "system"])
def test_a_clinic_with_another_face_never_asks_for_it(
    build_site: BuildSite, serve: Callable[..., str], open_page: Callable[..., Page], face: str
) -> None:
    site = build_site("minimal", {"clinic.yaml": f"{LEAST}brand:\n  font: {face}\n"})
    page = open_page(serve(site.output) + "/", PHONE)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("performance.getEntriesByType('resource').filter(one => one.name.includes('woff2'))") == []
    assert "Display" not in page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
