"""One stylesheet for all pages, and in each page what its first screen needs: nothing waits, flashes or jumps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from clinic.plugin.stylesheets import Sheet, Stylesheets, needed_rules, rules_in
from tests.browser import DESKTOP, PHONE
from tests.pages.test_every_page import elements, one_of_each_kind
from tests.site import ROOT, Build

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page, Route

    from tests.site import BuildSite, Site

STYLES = "**/theme/styles/*.css"
IN_A_FOLDER = {"CLINIC_PUBLIC": True, "CLINIC_ADDRESS": "https://trial.example.com/clinic"}
BOXES = """() => {
    const link = document.querySelector('body link');
    const before = [...document.querySelectorAll('body *')].filter(
        element => link.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING
            && !element.contains(link) && !element.closest('svg'));
    return before.map(element => [element.className, Object.values(element.getBoundingClientRect().toJSON())]);
}"""
"""Where everything before the link stands, in pixels."""
SHOWN_AFTER = """() => {
    const link = document.querySelector('body link');
    return [...document.querySelectorAll('body p, body a')].filter(
        element => link.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING
            && element.checkVisibility({visibilityProperty: true})).length;
}"""


def first_screens(site: Site) -> list[str]:
    """Pages that together have every element which stands before the link on any kind of page."""
    seen: set[tuple[str, str]] = set()
    addresses = []
    for address in one_of_each_kind(site):
        before = elements(site.html(address).partition("<body")[2].partition("<link")[0])
        if not before <= seen:
            addresses.append(address)
            seen |= before
    return addresses


@pytest.fixture
def sheets(tmp_path: Path) -> Stylesheets:
    """A theme of two components, of which one does something on paper."""
    (tmp_path / "components").mkdir()
    (tmp_path / "components" / "card.css").write_text(".card { color: red } @media print { .card { color: #000 } }")
    (tmp_path / "components" / "list.css").write_text(".list { color: blue; fill: var(--brand-ink) }")
    (tmp_path / "tokens.css").write_text(":root { --brand-ink: #000000 }")
    return Stylesheets(tmp_path, "/theme/", ":root{--brand-ink:#123456}")


def test_a_page_carries_what_stands_before_the_link_and_nothing_for_paper(sheets: Stylesheets) -> None:
    css = sheets.for_markup(f'<p class="list">{sheets.link("../")}<p class="card">')
    assert ".list{" in css
    assert "--brand-ink:#123456" in css
    assert ".card" not in css
    assert "print{" not in css


@pytest.mark.parametrize(
    ("rule", "is_needed"),
    [
        (".a{color:red}", True),
        (".a .b,.z{color:red}", True),
        (".a p::before{color:red}", True),
        ("* + .a{color:red}", True),
        (".a:not(.z){color:red}", True),
        (".a:has(.z,.b:is(.y)){color:red}", True),
        ("@media (min-width:40rem){.a{color:red}}", True),
        ("@keyframes z{to{color:red}}", True),
        (".a{color:red;& > .z{color:blue}}", True),
        ("@media print{@supports (a:b){.a{color:red}}}", True),
        (".a:not(:focus){color:red}", True),
        (":root:not(:has(.a:target)) .b{color:red}", True),
        ("html .a>p[id],.z{color:red}", True),
        (".z{color:red}", False),
        (".a pre,td{color:red}", False),
        (".a:hover,.b:popover-open::backdrop{color:red}", False),
        (":root:has(.a:target) .b{color:red}", False),
        (".a .z,.y{color:red}", False),
        (".a.a--z{color:red}", False),
        (".z:not(.a){color:red}", False),
        ("@media (min-width:40rem){.z{color:red}.z .a{color:red}}", False),
    ],
)
def test_of_a_stylesheet_only_the_rules_that_may_be_needed_before_anybody_does_a_thing(
    rule: str, is_needed: bool
) -> None:
    names = frozenset({"a", "b", "<p"})
    assert needed_rules(rule, names) == (rule if is_needed else "")
    assert needed_rules(f".a{{b:c}}{rule}.b{{d:e}}", names) == f".a{{b:c}}{rule if is_needed else ''}.b{{d:e}}"


def test_the_rules_of_every_stylesheet_can_be_told_apart() -> None:
    for path in (ROOT / "theme" / "static" / "css").rglob("*.css"):
        sheet = Sheet.read(path, "components", "/theme/")
        assert "".join(rules_in(sheet.css)) == sheet.css, path


def test_the_shared_stylesheet_has_every_component_in_the_order_of_one_stylesheet(sheets: Stylesheets) -> None:
    assert "@layer components{.card{color:red}.list{color:blue;fill:var(--brand-ink)}}" in sheets.shared
    assert sheets.shared.endswith("@layer print{@media print{.card{color:#000}}}:root{--brand-ink:#123456}")


def test_a_page_carries_the_faces_and_only_the_tokens_that_its_rules_follow_from(tmp_path: Path) -> None:
    face, dark = '@font-face{font-family:"Display"}', "@media screen and (prefers-color-scheme:dark)"
    (tmp_path / "tokens.css").write_text(
        f"{face}:root{{--brand-ink:#000000;--brand-warm:#ffff00;--line:1px;--text:var(--brand-ink);--mark:red}}"
        f"{dark}{{:root{{--text:white;--mark:pink}}}}.dark{{--text:white}}"
    )
    (tmp_path / "elements.css").write_text("p{color:var(--text)}td{color:var(--mark)}")
    sheets = Stylesheets(tmp_path, "/theme/", ":root{--brand-ink:#123456;--brand-warm:#eeee00}")
    css = sheets.for_markup(f"<p>{sheets.link('../')}<td>")
    assert f"{{{face}:root{{--text:var(--brand-ink);}}{dark}{{:root{{--text:white;}}}}}}" in css
    assert css.endswith(":root{--brand-ink:#123456;}")
    assert "td{" not in css
    assert "--mark:pink}}.dark{--text:white}" in sheets.shared
    assert face not in sheets.shared, "a browser would take it for another face"


def test_its_name_follows_from_what_is_in_it(sheets: Stylesheets, tmp_path: Path) -> None:
    assert Stylesheets(tmp_path, "/theme/", ":root{--brand-ink:#123456}").shared_path == sheets.shared_path
    (tmp_path / "components" / "list.css").write_text(".list { color: green }")
    assert Stylesheets(tmp_path, "/theme/", ":root{--brand-ink:#123456}").shared_path != sheets.shared_path


@pytest.mark.parametrize("settings", [{}, IN_A_FOLDER], ids=["at the top", "in a folder"])
def test_every_page_links_to_it_once_and_it_is_there(build_site: BuildSite, settings: dict[str, object]) -> None:
    site = build_site("full", settings=settings)
    (file,) = [file for file in site.files if file.startswith("theme/styles/")]
    folder = "/clinic" if settings else ""
    for address in site.pages:
        (link,) = site.page(address).select("link[rel=stylesheet]")
        assert urljoin(f"{folder}{address}", str(link["href"])) == f"{folder}/{file}", address
        assert link.find_parent("body"), address
        assert str(link["href"]).startswith("/") is (address == "/404.html"), "that page stands in for any other"
    assert f"\n{folder}/theme/styles/*\n  Cache-Control: public" in site.read("_headers")


def test_pages_do_not_carry_what_they_share(full: Site) -> None:
    shared = full.read(next(file for file in full.files if file.startswith("theme/styles/")))
    for address in full.pages:
        (own,) = re.findall("<style>(.*?)</style>", full.html(address), re.DOTALL)
        assert "@media print" not in own, address
        assert len(own) < len(shared) / 2, address


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_first_screen_is_there_before_it_and_moves_no_more(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page], size: dict[str, int]
) -> None:
    page = open_page("about:blank", size, bypass_csp=True)  # for what the test asks the page
    held: list[Route] = []
    page.route("**/theme/*.*", lambda route: route.abort())  # the face, and scripts that take down what is over
    page.route(STYLES, lambda route: held.append(route))  # noqa: PLW0108 (a builtin carries no marks)
    for address in first_screens(full):
        page.goto("about:blank")
        page.goto(serve(full.output) + address, wait_until="commit")
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
        page.wait_for_selector("body link", state="attached")
        expect(page.locator("h1")).to_be_visible()
        before = page.evaluate(BOXES)
        assert page.evaluate(SHOWN_AFTER) == 0, address
        held.pop().continue_()
        page.wait_for_load_state("load")
        after = page.evaluate(BOXES)
        moved = [box for box, was in zip(after, before, strict=True) if box != [was[0], pytest.approx(was[1], abs=0.5)]]
        # half a pixel: a line that a script fills is 1/32 pixel higher than `min-block-size: 1lh`
        assert not moved, (address, moved)
        assert page.evaluate(SHOWN_AFTER) > 0, address


def test_where_it_never_comes_everything_can_be_read_all_the_same(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page("about:blank", PHONE)
    page.route(STYLES, lambda route: route.abort())
    page.goto(serve(full.output) + "/contact/")
    expect(page.locator(".site-footer__legal")).to_be_visible()


def test_a_page_opened_from_a_folder_has_it_too(full: Site, open_page: Callable[..., Page]) -> None:
    page = open_page((full.output / "post" / "first-steps" / "index.html").as_uri(), PHONE)
    assert page.evaluate("getComputedStyle(document.querySelector('.site-footer__columns')).display") == "grid"


@pytest.mark.site
def test_that_of_an_earlier_build_is_gone_and_an_owners_own_rules_for_hosts_stay(tmp_path: Path) -> None:
    build = Build("minimal", {"static/_headers": "/*\n  X-Frame-Options: DENY\n"})
    build.lay_out(tmp_path)
    former = tmp_path / "output" / "theme" / "styles" / "0123456789ab.css"
    former.parent.mkdir(parents=True)
    former.write_text("p{color:red}")
    site = build.run_forked(tmp_path)
    assert len([file for file in site.files if file.startswith("theme/styles/")]) == 1
    assert not former.exists()
    assert site.problems == []
    assert site.read("_headers") == "/*\n  X-Frame-Options: DENY\n"
