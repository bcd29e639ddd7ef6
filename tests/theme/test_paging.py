"""Two hundred articles: one page after the other, and never more links than a phone has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.site import Site

LAST = 17


def number(address: str) -> int:
    """Which page of the blog an address is."""
    return 1 if address == "/blog/" else int(address.strip("/").rpartition("/")[2])


def test_every_page_of_the_blog_leads_to_the_next_and_marks_itself(many_articles: Site) -> None:
    address, seen = "/blog/", 0
    for expected in range(1, LAST + 1):
        pager = many_articles.page(address).select_one(".pagination")
        assert pager
        assert [link.get_text() for link in pager.select("[aria-current=page]")] == [f"Page {expected}"]
        shown = {number(str(link["href"])) for link in pager.select("a:not([rel])")}
        assert shown == {1, LAST, expected - 1, expected, expected + 1} & set(range(1, LAST + 1))
        seen += len(many_articles.page(address).select(".article-card"))
        following = pager.select_one("a[rel=next]")
        assert (following is None) == (expected == LAST)
        address = str(following["href"]) if following else address
    assert seen == 200


def test_the_pager_takes_two_lines_on_a_phone(
    many_articles: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(many_articles.output) + "/blog/page/9/", PHONE)
    tops = page.locator(".pagination__link").evaluate_all(
        "links => links.map(link => link.getBoundingClientRect().top)"
    )
    assert len(set(tops)) <= 2


def test_a_single_page_has_no_pager(full: Site) -> None:
    assert not full.page("/blog/").select(".pagination")
