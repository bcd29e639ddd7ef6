"""What holds on every page of every clinic."""

from __future__ import annotations

import json
import re
from collections import Counter
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import AXE, AXE_OF_COLOURS, DESKTOP, NARROWEST, PHONE, Watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.site import BuildSite, Site

CASES = ("solo", "full", "minimal", "bilingual", "german")
_ELEMENT = re.compile(r'<(\w+)\b[^>]*?\bclass="([^"]*)"')


@pytest.fixture(scope="session", params=CASES)
def site(request: pytest.FixtureRequest, build_site: BuildSite) -> Site:
    """Each of the clinics in turn."""
    return build_site(request.param)


def one_of_each_kind(site: Site) -> list[str]:
    """A page for every template: of posts, services, tags and practitioners the first will do."""
    kinds: dict[str, str] = {}
    for address in site.pages:
        kinds.setdefault(
            "/".join(address.split("/")[:3]) if address.startswith("/blog/") else address.split("/")[1], address
        )
    services = [address for address in site.pages if address.startswith("/services/")]
    return [*kinds.values(), *services[1:2]]


def test_every_page_is_well_formed_html(site: Site) -> None:
    parser = html5lib.HTMLParser(strict=True)
    for address in site.pages:
        parser.parse(site.html(address))
        assert site.html(address).lstrip().startswith("<!doctype html>"), address


def test_every_page_has_one_h1_and_skips_no_heading_level(site: Site) -> None:
    for address in site.pages:
        levels = [int(heading.name[1]) for heading in site.page(address).find_all(re.compile(r"^h[1-6]$"))]
        assert levels.count(1) == 1, address
        main = site.page(address).main
        assert main
        inside = [int(heading.name[1]) for heading in main.find_all(re.compile(r"^h[1-6]$"))]
        assert all(later - earlier <= 1 for earlier, later in pairwise(inside)), (address, inside)


def test_no_id_stands_twice_on_a_page(site: Site) -> None:
    for address in site.pages:
        ids = [element["id"] for element in site.page(address).find_all(id=True)]
        assert len(ids) == len(set(ids)), (address, ids)


def test_every_link_inside_the_site_leads_somewhere(site: Site) -> None:
    for address in site.pages:
        page = site.page(address)
        for element in page.find_all(["a", "link", "img", "script"]):
            target = str(element.get("href") or element.get("src") or "")
            parts = urlsplit(target)
            if parts.scheme or parts.netloc or not target:
                continue
            path = unquote(urljoin(address, parts.path)) if parts.path else ""
            file = (path.lstrip("/") + ("index.html" if path.endswith("/") else "")) if path else None
            assert file is None or file in site.files, f"{address} links to {target}"
            if parts.fragment:
                goal = site.page(path) if path else page
                assert goal.find(id=parts.fragment), f"{address} links to {target}"


def test_nothing_is_loaded_from_elsewhere_and_no_script_but_the_themes_own_runs(site: Site) -> None:
    inline: set[tuple[object, str | None]] = set()
    for address in site.pages:
        page = site.page(address)
        scripts = [script for script in page.find_all("script") if script.get("type") != "application/ld+json"]
        inline |= {(script.get("type"), script.string) for script in scripts if not script.has_attr("src")}
        files = [script for script in scripts if script.has_attr("src")]
        assert all(str(script["src"]).startswith("/theme/") and script.has_attr("defer") for script in files)
        loaded = [element.get("src") for element in page.find_all(["img", "iframe", "source"])]
        loaded += [
            link["href"] for link in page.find_all("link", rel=["stylesheet", "icon", "preload", "apple-touch-icon"])
        ]
        found = [str(source) for source in loaded if not str(source).startswith("data:image/svg+xml,")]
        assert not [source for source in found if urlsplit(source).netloc or urlsplit(source).scheme], (address, found)
    kinds = Counter(kind for kind, _ in inline)
    few = "the menu, what is over, and pages to prepare: the same bytes everywhere, so that three hashes allow them"
    assert kinds <= Counter({None: 2, "speculationrules": 1}), few


def test_browsers_may_prepare_every_page_and_no_file(site: Site) -> None:
    (rules,) = {str(script.string) for script in site.page("/").find_all("script", type="speculationrules")}
    (rule,) = json.loads(rules)["prerender"]
    assert rule["eagerness"] == "moderate"
    patterns = rule["where"]["and"][0]["href_matches"]
    for address in site.pages:
        for link in site.page(address).find_all("a", href=re.compile(r"^/[^/]|^/$")):
            path = urlsplit(str(link["href"])).path
            is_page = f"{path}index.html".lstrip("/") in site.files
            assert any(fnmatchcase(path, pattern) for pattern in patterns) == is_page, (address, path)


def test_no_internal_marker_is_left_in_the_output(site: Site) -> None:
    everything = site.everything()
    for marker in ("{filename}", "{static}", "clinic-directive", "Undefined", "None "):
        assert marker not in everything, marker


@pytest.fixture(scope="session")
def elements_of_others(full: Site, solo: Site) -> frozenset[tuple[str, str]]:
    """The kinds of elements that axe sees in the clinic with every key and in one with the theme's own colours."""
    return frozenset().union(*(elements(site, address) for site in (full, solo) for address in one_of_each_kind(site)))


def elements(site: Site, address: str) -> frozenset[tuple[str, str]]:
    """What a page is put together from: each tag with its classes, on which its colours and its size depend."""
    return frozenset(_ELEMENT.findall(site.html(address)))


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_and_no_page_asks_another_site_or_keeps_anything(
    site: Site,
    full: Site,
    solo: Site,
    elements_of_others: frozenset[tuple[str, str]],
    serve: Callable[..., str],
    open_page: Callable[..., Page],
    size: dict[str, int],
) -> None:
    """In the light, and by the rules for colours in the dark, where nothing but colours is different.

    Of the other clinics a phone sees what is different, the words; and every setting those elements that neither
    ``full`` nor ``solo`` has, on the first page that has them.
    """
    seen: set[tuple[str, str]] = set() if site in {full, solo} else {*elements_of_others}
    base = serve(site.output)
    page = open_page(f"{base}/", size)
    watch = Watch(page, base)
    for address in one_of_each_kind(site):
        is_new = not elements(site, address) <= seen
        if not is_new and size is DESKTOP:
            continue
        page.emulate_media(color_scheme="light")
        page.goto(base + address)
        assert not watch.found(), address
        results = [Axe().run(page, options=AXE).response]
        if is_new:
            page.emulate_media(color_scheme="dark")
            results.append(page.evaluate("options => axe.run(options)", AXE_OF_COLOURS))
        violations = [(rule["id"], rule["nodes"][0]["html"][:120]) for found in results for rule in found["violations"]]
        assert not violations, f"{address}: {violations}"
        if site not in {full, solo}:
            seen |= elements(site, address)


def test_nothing_overflows_on_the_narrowest_phone(
    site: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    base = serve(site.output)
    page = open_page(f"{base}/", NARROWEST)
    for address in site.pages:
        page.goto(base + address)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{address} is {overflow} px too wide"


def test_a_practitioners_pages_elsewhere_are_shown_where_the_graph_names_them(full: Site) -> None:
    links = {str(link.get("href")) for link in full.page("/team/rosa-quill/").select("main a")}
    assert links & {"https://social.example.com/rosa"}
