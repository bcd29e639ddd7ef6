"""Every page runs and loads what it carries and nothing else, and the headers of a site get the best mark there is."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

import pytest
from lxml import html

from clinic.rendering.files.headers import SiteHeaders, fields_at, headers_file, read_headers, site_policy
from clinic.rendering.page_policy import carried, read, source_of, with_policy
from tests.browser import Watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.site import BuildSite, Site

HOST = "least.example.com"
CODE = "let a = 1 < 2;"
ELSEWHERE = {
    "a script": ('<script src="https://a.example/x.js"></script>', "script-src"),
    "a picture": ('<img src="//a.example/x.png" alt="">', "img-src"),
    "one of several sizes": ('<img srcset="/x.png 1x, https://a.example/y.png 2x" alt="">', "img-src"),
    "a poster": ('<video poster="https://a.example/x.png"></video>', "img-src"),
    "a film": ('<video><source src="https://a.example/x.mp4"></video>', "media-src"),
    "captions": ('<video><track src="https://a.example/x.vtt"></video>', "media-src"),
    "a frame": ('<iframe src="https://a.example/"></iframe>', "frame-src"),
    "a plugin": ('<object data="https://a.example/"></object>', "object-src"),
    "a stylesheet": ('<link rel="stylesheet" href="https://a.example/x.css">', "style-src"),
    "a font": ('<link rel="preload" as="font" href="https://a.example/x.woff2">', "font-src"),
    "an icon": ('<link rel="shortcut icon" href="https://a.example/x.ico">', "img-src"),
    "a stylesheet in a style": ("<style>@import 'https://a.example/x.css';</style>", "style-src"),
    "a font in a style": ("<style>@font-face{src:url(https://a.example/x.woff2)}</style>", "font-src"),
    "a picture in a style": ('<style>p{background:url("https://a.example/x.png")}</style>', "img-src"),
    "a drawing in a drawing": ('<svg><image href="https://a.example/x.png"/></svg>', "img-src"),
    "a part of a drawing": ('<svg><use xlink:href="https://a.example/x.svg#a"/></svg>', "img-src"),
    "a form": ('<form action="https://a.example/"></form>', "form-action"),
    "another end of a form": ('<form><button formaction="https://a.example/">a</button></form>', "form-action"),
    "a film that waits": ('<figure data-video="https://a.example/"></figure>', "frame-src"),
    "a count of clicks": ('<a href="/" ping="https://a.example/">a</a>', "connect-src"),
    "an early greeting": ('<link rel="preconnect" href="https://a.example/">', None),
    "another page at once": ('<meta http-equiv="refresh" content="0; url=https://a.example/">', None),
}
ONLY_ASKED = {"a form", "another end of a form", "a film that waits"}


def policy_of(body: str, **more: tuple[str, ...]) -> dict[str, frozenset[str]]:
    return read(carried(body, html.document_fromstring(body), HOST, more).policy)


def digest(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


@pytest.mark.parametrize("what", ELSEWHERE)
def test_whatever_is_loaded_from_another_site_is_seen_and_named(what: str) -> None:
    body, directive = ELSEWHERE[what]
    found = carried(body, html.document_fromstring(body), HOST, {})
    assert [(load.host, load.asked) for load in found.loads] == [("a.example", what in ONLY_ASKED)]
    assert directive is None or "https://a.example" in read(found.policy)[directive]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://a.example/">a</a>',
        '<link rel="canonical" href="https://a.example/">',
        f'<img src="https://{HOST}/x.png" alt="">',
        '<img src="data:image/png;base64,AA" alt="">',
        '<a href="tel:+44">a</a>',
        '<svg><use href="#a"/></svg>',
        "<p>https://a.example/ in words</p>",
    ],
)
def test_what_loads_nothing_from_another_site_is_not(body: str) -> None:
    assert carried(body, html.document_fromstring(body), HOST, {}).loads == ()


def test_inline_code_is_allowed_by_its_digest_and_nothing_is_unsafe() -> None:
    body = f"<style>p{{}}</style><script>{CODE}</script><script type=speculationrules>{{}}</script>"
    policy = policy_of(f'{body}<script type="application/ld+json">{{"a": 1}}</script>')
    assert policy["script-src"] == {"'self'", digest(CODE), digest("{}")}
    assert policy["style-src"] == {digest("p{}")}
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == policy["form-action"] == frozenset()
    assert policy_of("<p>", **{"script-src": ("'wasm-unsafe-eval'",)})["script-src"] == {"'wasm-unsafe-eval'"}


def test_attributes_that_no_digest_allows_are_told() -> None:
    body = '<p style="color:red" onclick="go()" data-on="x">a</p>'
    assert len(carried(body, html.document_fromstring(body), HOST, {}).refused) == 2


def test_the_policy_stands_before_all_that_it_judges() -> None:
    page = with_policy('<!doctype html><head><meta charset="utf-8"><title>a</title><style>', "default-src 'none'")
    assert page.index("Content-Security-Policy") < page.index("<title>") < page.index("<style>")


def test_the_source_of_an_address() -> None:
    assert source_of("https://bücher.example:8443/x") == "https://xn--bcher-kva.example:8443"
    assert source_of("http://[") is None
    assert source_of("../x.png") == source_of("/x.png") == "'self'"


def test_the_header_allows_what_any_page_does_but_for_styles() -> None:
    of_pages = ["default-src 'none'; style-src 'sha256-a='; img-src data:", "img-src 'self'"]
    policy = read(site_policy(of_pages, secure=True))
    assert policy["img-src"] == {"'self'", "data:"}
    assert policy["frame-ancestors"] == policy["connect-src"] == frozenset()
    assert not {"style-src", "default-src"} & policy.keys()
    assert "upgrade-insecure-requests" in policy
    assert "upgrade-insecure-requests" not in site_policy([], secure=False)


def test_the_file_of_headers_is_read_as_it_was_written_also_the_owners() -> None:
    rules = SiteHeaders("/clinic", ["img-src 'self'"], secure=True).rules
    assert read_headers(headers_file(rules)) == rules
    own = read_headers("# mine\n/a\n  # X: 1\n  X-A: 1\nnonsense\n/*\n X-B: 2\n")
    assert fields_at("/a", own) == {"X-A": "1", "X-B": "2"}
    assert fields_at("/a/", own) == {"X-B": "2"}


def test_others_may_load_pictures_and_read_feeds_but_no_pages() -> None:
    rules = SiteHeaders("/c", [], secure=True).rules
    opened = {path: fields_at(f"/c/{path}", rules)["Cross-Origin-Resource-Policy"] for path in ("", "images/a.jpg")}
    assert opened == {"": "same-origin", "images/a.jpg": "cross-origin"}
    assert fields_at("/c/blog-feed.xml", rules)["Access-Control-Allow-Origin"] == "*"
    assert "immutable" in fields_at("/c/theme/styles/0123456789ab.css", rules)["Cache-Control"]


def observatory(fields: dict[str, str], meta: str) -> int:
    """The score of a page at https by the rules of Mozilla's HTTP Observatory; 100 and more are an A+.

    github.com/mdn/mdn-http-observatory, ``src/analyzer/tests`` and ``src/grader/charts.js``, as of August 2026, for a
    site without cookies, CORS on its pages and scripts of others, whose http leads to https.
    """
    header, page = read(fields["Content-Security-Policy"]), read(meta)
    # A source counts where both policies have it, a directive of the second alone as 'none' (cspParser.js).
    csp = {name: header.get(name, page.get(name, frozenset())) & page.get(name, frozenset()) for name in header | page}
    broad = {"*", "http:", "https:", "ftp:", "http://*", "https://*", "data:", "'unsafe-inline'"}
    score = 100
    if broad & (csp["script-src"] | csp["object-src"]) or "http:" in str(csp):
        score -= 20
    elif "'unsafe-eval'" in csp["script-src"] | csp["style-src"]:
        score -= 10
    elif not broad & csp["style-src"]:
        score += 10 if csp.get("default-src") == frozenset() else 5
    score += 5 if "frame-ancestors" in header else -20  # x-frame-options-implemented-via-csp
    age = re.search(r"max-age=(\d+)", fields.get("Strict-Transport-Security", ""))
    score += 0 if age and int(age[1]) >= 15_552_000 else -20
    score += 0 if fields.get("X-Content-Type-Options") == "nosniff" else -5
    private = ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin")
    score += 5 if fields.get("Referrer-Policy") in private else 0
    return score + (10 if fields.get("Cross-Origin-Resource-Policy") in ("same-origin", "same-site") else 0)


@pytest.mark.parametrize("case", ["minimal", "full", "german"])
def test_every_page_gets_the_best_mark_of_mozillas_observatory_and_may_do_what_it_does(
    build_site: BuildSite, case: str
) -> None:
    site = build_site(case)
    rules = read_headers(site.read("_headers"))
    header = read(fields_at("/", rules)["Content-Security-Policy"])
    assert max(map(len, site.read("_headers").splitlines())) < 2000
    for address in site.pages:
        page = html.document_fromstring(site.html(address))  # ten times as quick as html5lib
        [meta] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert read(meta)["connect-src"] >= {"'self'"}  # Lighthouse asks for robots.txt from within a page
        assert observatory(fields_at(address, rules), meta) == 130, address
        policy = read(meta)
        allowed = " ".join(source for sources in (*policy.values(), *header.values()) for source in sources)
        assert "unsafe" not in allowed.replace("'wasm-unsafe-eval'", "")
        assert ("'wasm-unsafe-eval'" in policy["script-src"]) == (address == "/search/")
        for code in page.xpath("//style | //script[not(@src) and not(@type='application/ld+json')]"):
            assert digest(code.text) in policy[f"{code.tag}-src"], address
            assert code.tag == "style" or digest(code.text) in header["script-src"], address
        assert not page.xpath("//@style"), address


STRANGERS = {
    "pages/about.md": "---\ntitle: About\n---\n\nWords.\n",
    "static/leaflet.html": '<!doctype html><title>a</title>\n<script src="https://count.example.com/x.js"></script>\n',
    "static/own.css": "p { color: red }\n@import 'https://fonts.example.com/a.css';\n",
}


def test_what_asks_another_site_stops_a_publish_with_its_line_unless_it_is_declared(build_site: BuildSite) -> None:
    site = build_site("minimal", STRANGERS)
    assert site.exit_code == 1
    told = [problem for problem in site.problems if "visitors' browsers" in problem]
    where = {problem.partition(": ")[0] for problem in told}
    assert where == {"content/static/own.css:2", "content/static/leaflet.html:2"}
    assert all("third_parties: [{host: " in problem for problem in told)


def test_nothing_is_forbidden_in_any_state_of_a_page(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    base = serve(full.output)
    page = open_page(f"{base}/")
    page.context.grant_permissions(["clipboard-write"])
    page.context.route(re.compile("^https:"), lambda route: route.fulfill(body="<p>a", content_type="text/html"))
    watch = Watch(page, base)
    page.goto(f"{base}/post/ankles-on-the-coast-path/")
    page.get_by_role("button", name="Menu").click()
    page.keyboard.press("Escape")
    page.locator("[data-copy]").click()
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")
    page.emulate_media(media="print")
    page.emulate_media(media="screen")
    with page.expect_request("https://www.youtube-nocookie.com/**"):
        page.locator("a.video__link").click()
    asked = watch.found()
    assert [url.partition("?")[0] for url in asked] == ["https://www.youtube-nocookie.com/embed/aBcDeFgHiJk"]
    page.goto(f"{base}/search/?q=ankle")
    page.locator(".search-results li").first.wait_for()
    page.goto(f"{base}/contact/")
    form = page.locator(".contact-form")
    form.locator("[type=submit]").click()
    form.locator("[name=name]").fill("A")
    form.locator("[name=email]").fill("a@example.com")
    assert watch.found() == []
    form.locator("[type=submit]").click()
    page.wait_for_url("https://forms.example.com/**")
