"""What holds on every page of every clinic."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest

from tests.axe import violations
from tests.browser import AT_THAT_MOMENT, DESKTOP, NARROWEST, PHONE, Watch
from tests.site import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Browser

    from tests.site import BuildSite, Site

CASES = ("solo", "full", "minimal", "bilingual", "german")
SECOND_LANGUAGE = ("/cy/", "/cy/services/", "/cy/services/osteopathy/", "/cy/post/lambing-backs/")
"""Pages of ``bilingual`` whose kinds have been there in its first language: only their words are others."""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
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
    others = [address for address in SECOND_LANGUAGE if address in site.pages]
    return [*dict.fromkeys([*kinds.values(), *services[1:2], *others])]


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


@dataclass(frozen=True)
class Visit:
    """What was seen of a page on one visit."""

    overflow: int
    """So many pixels it is wider than the narrowest phone, and one of each kind than a usual phone or a desktop."""
    left: list[str]
    """What the page asked of other sites, what its policy forbade, what it said on the console and what it keeps."""
    axe: dict[str, list[str]]
    """What axe finds in each size, of one page of each kind; nothing of the others, which it does not see."""


@pytest.fixture(scope="session")
def elements_of_others(full: Site, solo: Site) -> frozenset[tuple[str, str]]:
    """The kinds of elements in the clinic with every key and in one with the theme's own colours."""
    return frozenset().union(
        *(elements(site.html(address)) for site in (full, solo) for address in one_of_each_kind(site))
    )


def elements(html: str) -> frozenset[tuple[str, str]]:
    """What a page is put together from: each tag with its classes, on which its size and its place depend."""
    return frozenset(_ELEMENT.findall(html))


@pytest.fixture(scope="session")
def visits(
    site: Site,
    full: Site,
    solo: Site,
    elements_of_others: frozenset[tuple[str, str]],
    serve: Callable[..., str],
    browser: Browser,
) -> dict[str, Visit]:
    """Every page of a clinic, visited once: loaded on the narrowest phone and made wider, which no script asks for.

    Of the clinics beside ``full`` and ``solo`` a desktop is asked for all rules where a page has elements that neither
    has, and for colours everywhere: only words are different on the others.
    """
    base, kinds, seen = serve(site.output), one_of_each_kind(site), {*elements_of_others}
    found = {}
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        page.add_init_script(AT_THAT_MOMENT)
        watch = Watch(page, base)
        for address in site.pages:
            page.set_viewport_size(NARROWEST)
            page.emulate_media(color_scheme="light")
            page.goto(base + address)
            overflow, axe = page.evaluate(WIDER), {}
            if address in kinds:
                made_of = elements(site.html(address))
                is_known = site not in {full, solo} and made_of <= seen
                seen |= made_of
                page.set_viewport_size(PHONE)
                overflow = max(overflow, page.evaluate(WIDER))
                axe["phone"] = violations(page)
                page.set_viewport_size(DESKTOP)
                overflow = max(overflow, page.evaluate(WIDER))
                axe["desktop"] = violations(page, colours_alone=is_known)
            found[address] = Visit(overflow, watch.found(), axe)
    return found


@pytest.mark.timeout(600)  # the first to ask has all the visits
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_axe_finds_nothing(visits: Mapping[str, Visit], size: str) -> None:
    looked_at = {address: visit.axe[size] for address, visit in visits.items() if visit.axe}
    assert len(looked_at) > 5
    assert {address: found for address, found in looked_at.items() if found} == {}


@pytest.mark.timeout(600)
def test_no_page_asks_another_site_or_keeps_anything(visits: Mapping[str, Visit]) -> None:
    assert {address: visit.left for address, visit in visits.items() if visit.left} == {}


@pytest.mark.timeout(600)
def test_nothing_overflows_on_a_phone_or_a_desktop(visits: Mapping[str, Visit]) -> None:
    assert {address: visit.overflow for address, visit in visits.items() if visit.overflow > 0} == {}


def test_no_script_asks_how_wide_the_window_is() -> None:
    """So a page that was loaded on a phone and made wider is the page that a desktop loads."""
    theme = ROOT / "theme"
    scripts = "\n".join(path.read_text("utf-8") for path in [*theme.rglob("*.js"), *theme.rglob("*.html")])
    assert not re.search(
        r"inner(?:Width|Height)|clientWidth|matchMedia\([^)]*(?:width|height)|\bscreen\.(?:width|height|avail)", scripts
    )


def test_a_practitioners_pages_elsewhere_are_shown_where_the_graph_names_them(full: Site) -> None:
    links = {str(link.get("href")) for link in full.page("/team/rosa-quill/").select("main a")}
    assert links & {"https://social.example.com/rosa"}
