"""The first screen on a phone: one line on each button, and no menu where there is nothing to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import DESKTOP, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.site import BuildSite, Site


@pytest.mark.parametrize("width", [360, 390])
@pytest.mark.parametrize("case", ["solo", "full", "minimal"])
def test_the_buttons_of_the_promise_take_one_line_each(
    case: str, width: int, build_site: BuildSite, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(build_site(case).output) + "/", {**PHONE, "width": width})
    heights = page.locator(".hero__actions .button").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert len(heights) == (1 if case == "minimal" else 2)  # of which nothing but a number is known
    assert max(heights) <= 52


def test_there_is_no_menu_button_without_pages_in_the_menu(
    minimal: Site, full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(minimal.output) + "/", PHONE)
    assert page.get_by_role("button", name="Menu").count() == 0
    assert page.get_by_role("navigation", name="Main").count() == 0
    page.goto(serve(full.output) + "/")
    assert page.get_by_role("button", name="Menu").is_visible()


def test_on_a_wide_screen_one_can_book_from_the_head_with_or_without_a_menu(
    minimal: Site, full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(minimal.output) + "/", DESKTOP)
    for site, name in ((minimal, "Call to book 01632 960199"), (full, "Book")):
        page.goto(serve(site.output) + "/")
        assert page.locator(".site-header").get_by_role("link", name=name, exact=True).is_visible()
