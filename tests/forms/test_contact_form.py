"""The contact form asks for little, works without script, and ends in a word of thanks."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from tests.axe import violations
from tests.browser import DESKTOP, PHONE
from tests.site import CLINICS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bs4 import Tag
    from playwright.sync_api import Page

    from tests.site import BuildSite, Site


LEAST = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
AFTER = "https://least.example.com/contact/thank-you/"
PROVIDERS: dict[str, tuple[str, str, dict[str, str], str]] = {
    "netlify": ("", "/contact/thank-you/", {"form-name": "contact"}, "website"),
    "formspree": ("id: xyzabcde", "https://formspree.io/f/xyzabcde", {"_next": AFTER}, "_gotcha"),
    "web3forms": (
        "key: 01234567-89ab-cdef-0123-456789abcdef",
        "https://api.web3forms.com/submit",
        {"access_key": "01234567-89ab-cdef-0123-456789abcdef", "redirect": AFTER},
        "botcheck",
    ),
    "cloudflare": (
        "",
        "/api/contact",
        {"if_not_sent": "This could not be sent. Please call us instead."},
        "website",
    ),
    "own": ("endpoint: https://forms.example.com/x", "https://forms.example.com/x", {"next": AFTER}, "website"),
}
"""For each: its key in clinic.yaml, where the form goes, what it says of its own, and the field for robots."""


class _Endpoint(BaseHTTPRequestHandler):
    """Takes a form in, remembers it, and thanks."""

    taken: list[dict[str, list[str]]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.taken.append(parse_qs(body, keep_blank_values=True))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Taken</title>")

    def log_message(self, *args: Any) -> None:
        """Say nothing between the tests' own lines."""


@contextmanager
def endpoint() -> Iterator[tuple[str, list[dict[str, list[str]]]]]:
    """An address that takes forms in, and what it was sent."""
    taken: list[dict[str, list[str]]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Endpoint", (_Endpoint,), {"taken": taken}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/contact", taken
    server.shutdown()


def with_form(provider: str, key: str = "") -> dict[str, str | bytes | None]:
    """Lay a form over the least clinic."""
    return {"clinic.yaml": f"{LEAST}contact_form: {{provider: {provider}{f', {key}' if key else ''}}}\n"}


def form_of(site: Site) -> Tag:
    """The form on the contact page."""
    form = site.page("/contact/").form
    assert form
    return form


@pytest.fixture(scope="module")
def taking(build_site: BuildSite) -> Iterator[tuple[Site, list[dict[str, list[str]]]]]:
    """A site whose form goes to an endpoint of ours, and what that was sent."""
    with endpoint() as (address, taken):
        yield build_site("minimal", with_form("own", f'endpoint: "{address}"')), taken


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_is_spoken_to_in_its_own_words(build_site: BuildSite, provider: str) -> None:
    key, action, hidden, trap = PROVIDERS[provider]
    site = build_site("minimal", with_form(provider, key))
    form = form_of(site)
    assert (form["method"], form["action"]) == ("post", action)
    fields = {str(field["name"]): field for field in form.select("input")}
    assert {name: fields[name]["value"] for name in hidden} == hidden
    assert all(fields[name]["type"] == "hidden" for name in hidden)
    assert (fields[trap]["tabindex"], fields[trap]["autocomplete"]) == ("-1", "off")
    shown = [name for name, field in fields.items() if field.get("type") != "hidden" and name != trap]
    assert shown == ["name", "phone", "email", "preferred_time"]
    if provider == "netlify":
        marks = (form["name"], form["data-netlify"], form["data-netlify-honeypot"])
        assert marks == ("contact", "true", trap)


def test_the_page_of_thanks_is_there_and_nobody_finds_it_by_chance(taking: tuple[Site, object]) -> None:
    site, _ = taking
    assert site.exit_code == 0
    page = site.page("/contact/thank-you/")
    robots = page.find("meta", attrs={"name": "robots"})
    assert robots
    assert robots["content"] == "noindex"
    assert "Your message has been sent." in site.words("/contact/thank-you/")
    assert "thank-you" not in site.read("sitemap.xml")
    assert not [link for link in page.select("a[href]") if "thank-you" in str(link["href"])]


def test_without_an_endpoint_there_is_no_form(minimal: Site, solo: Site) -> None:
    for site in (minimal, solo):
        assert "<form" not in site.html("/contact/")
        assert "/contact/thank-you/" not in site.pages


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_visitor_leaves_name_number_and_time(
    taking: tuple[Site, list[dict[str, list[str]]]],
    serve: Callable[..., str],
    open_page: Callable[..., Page],
    script: bool,
) -> None:
    site, taken = taking
    page = open_page(serve(site.output) + "/contact/", PHONE, java_script_enabled=script)
    page.get_by_role("button", name="Send").click()
    assert page.url.endswith("/contact/")  # the name is asked for
    page.get_by_label("Your name").fill("Ann O’Nymous")
    page.get_by_label("Phone").fill("07700 900123")
    page.get_by_label("When suits you?").fill("mornings & Fridays")
    page.get_by_role("button", name="Send").click()
    expect(page).to_have_title("Taken")
    sent = taken[-1]
    assert (sent["name"], sent["phone"], sent["email"]) == (["Ann O’Nymous"], ["07700 900123"], [""])
    assert (sent["preferred_time"], sent["website"], sent["next"]) == (["mornings & Fridays"], [""], [AFTER])


def test_one_way_to_be_reached_is_asked_for_and_one_is_enough(
    taking: tuple[Site, list[dict[str, list[str]]]], serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    site, taken = taking
    page = open_page(serve(site.output) + "/contact/", PHONE)
    page.get_by_label("Your name").fill("Ann")
    page.get_by_role("button", name="Send").click()
    said = page.get_by_label("Phone").evaluate("field => field.validationMessage")
    assert said == "Write a phone number or an e-mail address."
    page.get_by_label("E-mail").fill("ann@example.com")
    page.get_by_role("button", name="Send").click()
    expect(page).to_have_title("Taken")
    assert taken[-1]["email"] == ["ann@example.com"]


def test_the_robots_field_is_neither_seen_nor_read_out_nor_reached(
    taking: tuple[Site, object], serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(taking[0].output) + "/contact/", DESKTOP)
    names = [field.get_attribute("name") for field in page.get_by_role("textbox").all()]
    assert names == ["name", "phone", "email", "preferred_time"]
    field = page.locator("input[name=website]")
    assert field.evaluate("one => !!one.closest('[aria-hidden=true]')")
    box = page.locator(".contact-form__trap").bounding_box()
    assert box
    assert max(box["width"], box["height"]) <= 1
    page.get_by_label("When suits you?").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"


def test_every_field_has_a_label_and_the_browser_can_fill_it_in(taking: tuple[Site, object]) -> None:
    form = form_of(taking[0])
    fields = form.select("input:not([type=hidden])")
    assert all(form.select(f'label[for="{field["id"]}"]') for field in fields)
    filled = {field["name"]: (field.get("type", "text"), field["autocomplete"]) for field in fields}
    assert filled["name"] == ("text", "name")
    assert filled["phone"] == ("tel", "tel")
    assert filled["email"] == ("email", "email")
    assert [field["name"] for field in fields if field.has_attr("required")] == ["name"]


def test_it_says_not_to_write_of_ones_health_and_what_becomes_of_the_words(taking: tuple[Site, object]) -> None:
    form = form_of(taking[0])
    assert "Please do not send medical details here." in form.get_text()
    assert not form.select("textarea")  # nothing invites them
    link = form.a
    assert link
    assert link["href"] == "/privacy/"


def test_axe_finds_nothing_and_a_thumb_finds_everything(
    taking: tuple[Site, object], serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    base = serve(taking[0].output)
    page = open_page(base + "/contact/", PHONE)
    for target in page.locator(".contact-form :is(input:not([type=hidden], [tabindex]), button)").all():
        box = target.bounding_box()
        assert box
        assert box["height"] >= 44
    for address in ("/contact/", "/contact/thank-you/"):
        page.goto(base + address)
        if address == "/contact/":  # as it stands once it was sent without a name
            page.get_by_role("button", name="Send").click()
        assert not violations(page), address


def test_the_form_is_one_tap_from_the_head_of_its_page(
    taking: tuple[Site, object], serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(taking[0].output) + "/contact/", PHONE)
    link = page.locator(".page-header").get_by_role("link", name="Ask us to get in touch")
    box = link.bounding_box()
    assert box
    assert box["y"] + box["height"] < PHONE["height"]
    link.click()
    expect(page.get_by_label("Your name")).to_be_in_viewport()


def test_with_the_systems_own_colours_fields_and_button_keep_their_edges(
    taking: tuple[Site, object], serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(taking[0].output) + "/contact/", DESKTOP, forced_colors="active")
    edges = """all => all.map(one => getComputedStyle(one)).filter(style => parseFloat(style.borderBottomWidth) < 1 ||
        style.borderBottomColor === style.backgroundColor).length"""
    assert page.locator(".contact-form__input, .button--main").evaluate_all(edges) == 0
