"""The search page: looks words up where there is script, and lists everything where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from playwright.sync_api import expect

from tests.axe import violations
from tests.browser import DESKTOP, PHONE
from tests.site import CLINICS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.site import BuildSite, Site

WORD = "handrail"
"""Stands in the body of one article, and nowhere in its front matter."""
TITLE = "First steps after a sprain"
FOLDER = {"CLINIC_PUBLIC": True, "CLINIC_ADDRESS": "https://larkmouth.example.com/clinic"}
HOSTILE = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>"\'</p>'


def test_a_word_from_the_middle_of_an_article_finds_it(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    base = serve(full.output)
    page = open_page(f"{base}/search/", PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("searchbox").press_sequentially(WORD)
    expect(page.get_by_role("status")).to_have_text(f"1 result for “{WORD}”")
    found = page.locator(".search-results__item")
    expect(found.get_by_role("link")).to_have_text(TITLE)
    expect(found.locator("time")).to_have_text("20 November 2025")
    expect(found.locator(".search-results__excerpt mark")).to_contain_text(WORD)
    expect(page.locator(".site-index")).to_be_hidden()
    assert page.url == f"{base}/search/?q={WORD}"
    assert any("/pagefind/" in address for address in asked)
    assert [address for address in asked if not address.startswith(base)] == []
    found.get_by_role("link").click()
    expect(page.locator("h1")).to_have_text(TITLE)


def test_nothing_of_the_index_is_loaded_before_there_is_a_word(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(full.output) + "/", PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(serve(full.output) + "/search/")
    page.wait_for_load_state("networkidle")
    assert not [address for address in asked if "pagefind" in address]
    expect(page.locator(".site-index")).to_be_visible()


def test_without_script_the_form_leads_to_a_list_of_everything(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(full.output) + "/404.html", PHONE, java_script_enabled=False)
    page.get_by_role("searchbox").fill("sprain")
    page.get_by_role("searchbox").press("Enter")
    assert page.url.endswith("/search/?q=sprain")
    line = page.locator(".article-lines__item", has_text=TITLE)
    expect(line).to_contain_text("20 November 2025")
    for name in ("Sports massage", "Rosa Quill", "Upper Tarn", "Your first visit"):
        expect(page.locator(".site-index").get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(page.locator(".search-results noscript p")).to_be_visible()


def test_the_list_has_all_that_is_published_and_no_more(full: Site) -> None:
    listed = {str(link["href"]) for link in full.page("/search/").select(".site-index a")}
    articles = {address for address in full.pages if address.startswith("/post/")}
    assert articles - listed == {"/post/for-the-running-club/"}, "only the hidden one is not listed"
    assert not listed & {"/search/", "/404.html", "/contact/thank-you/", "/team/vera-lane/"}


def test_who_finds_nothing_is_told_whom_to_ask(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    """Pagefind itself answers a word that stands nowhere with pages that share its first letter."""
    page = open_page(serve(full.output) + "/search/?q=zzzyx", PHONE)
    expect(page.get_by_role("status")).to_have_text("Nothing found for “zzzyx”")
    expect(page.locator(".search-results").get_by_role("link", name="01632 960100")).to_be_visible()
    expect(page.locator(".search-results__item")).to_have_count(0)
    expect(page.locator(".site-index")).to_be_visible()


def test_untrusted_text_in_the_address_is_only_words(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{serve(full.output)}/search/?{urlencode({'q': HOSTILE})}", DESKTOP)
    expect(page.get_by_role("status")).to_contain_text(HOSTILE)
    assert page.get_by_role("searchbox").input_value() == HOSTILE
    assert page.evaluate("window.hurt") is None
    assert not page.locator(".search-results img, .search-results script").count()


def test_an_article_that_quotes_markup_is_shown_as_words(
    build_site: BuildSite, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    post = "---\ntitle: 'On <bold> signs'\n---\n\nWrite `<img src=x onerror=\"window.hurt=1\">` for a walrus.\n"
    site = build_site("minimal", {"posts/2026-01-05-signs.md": post})
    page = open_page(serve(site.output) + "/search/?q=walrus", DESKTOP)
    expect(page.locator(".search-results__link")).to_have_text("On <bold> signs")
    expect(page.locator(".search-results__excerpt")).to_contain_text('<img src=x onerror="window.hurt=1">')
    assert page.evaluate("window.hurt") is None


def test_with_keys_alone_one_searches_and_opens_a_result(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(full.output) + "/search/", DESKTOP)
    page.get_by_role("searchbox").focus()
    page.keyboard.type(WORD)
    page.keyboard.press("Enter")
    expect(page.locator(".search-results h2")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=TITLE)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(TITLE)


def test_a_site_in_a_folder_is_searched_there(
    build_site: BuildSite, tmp_path: Path, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    site = build_site("full", settings=FOLDER)
    (tmp_path / "clinic").symlink_to(site.output)
    page = open_page(f"{serve(tmp_path)}/clinic/search/?q={WORD}", DESKTOP)
    link = page.locator(".search-results__link")
    expect(link).to_have_attribute("href", "/clinic/post/first-steps/")
    link.click()
    expect(page.locator("h1")).to_have_text(TITLE)


def test_many_results_come_ten_at_a_time(
    build_site: BuildSite, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    posts = {f"posts/2026-01-{n:02}-n{n}.md": f"---\ntitle: Note {n}\n---\n\nA walrus.\n" for n in range(1, 15)}
    page = open_page(serve(build_site("minimal", posts).output) + "/search/?q=walrus", DESKTOP)
    expect(page.get_by_role("status")).to_have_text("14 results for “walrus”")
    expect(page.locator(".search-results__item")).to_have_count(10)
    page.get_by_role("button", name="More results").click()
    expect(page.locator(".search-results__item")).to_have_count(14)
    expect(page.locator(".search-results__link").nth(10)).to_be_focused()
    expect(page.get_by_role("button", name="More results")).to_be_hidden()


def test_axe_finds_nothing_among_results(full: Site, serve: Callable[..., str], open_page: Callable[..., Page]) -> None:
    page = open_page(serve(full.output) + "/search/?q=ankle", PHONE)
    expect(page.locator(".search-results__item").first).to_be_visible()
    assert violations(page) == []


def test_the_search_page_is_not_for_search_engines(full: Site) -> None:
    robots = full.page("/search/").select_one("meta[name=robots]")
    assert robots
    assert robots["content"] == "noindex"
    assert "/search/" not in full.read("sitemap.xml")


def test_the_blog_and_the_page_of_lost_visitors_lead_to_the_search(full: Site) -> None:
    for address in ("/blog/", "/blog/2025/", "/404.html"):
        form = full.page(address).select_one("form[role=search]")
        assert form, address
        assert (form["action"], form.get("method", "get")) == ("/search/", "get")
        assert form.select_one("input[name=q]"), address


def test_an_owner_may_put_the_search_into_the_menu(build_site: BuildSite) -> None:
    words = "---\ntitle: Look it up\nmenu: Search\n---\n\nOr ask us.\n"
    site = build_site("minimal", {"pages/search.md": words})
    assert site.problems == []
    assert site.page("/").select_one('.site-menu a[href="/search/"]')
    assert "Or ask us." in site.words("/search/")
    assert (CLINICS / "minimal" / "pages" / "search.md").exists() is False
