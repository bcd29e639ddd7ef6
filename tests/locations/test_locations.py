"""Several locations have a page each, made from the facts; an only one has the contact page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import PHONE
from tests.site import CLINICS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.site import BuildSite, Site


HARBOUR, TARN = "/locations/larkmouth/", "/locations/upper-tarn/"
BASE = "https://larkmouth.example.com"
NODE = f"{BASE}/#location-larkmouth"


def graph(site: Site, address: str) -> dict[str, Any]:
    """The nodes of a page by their addresses."""
    [script] = site.page(address).select('script[type="application/ld+json"]')
    return {node["@id"]: node for node in json.loads(script.string or "")["@graph"]}


def test_each_location_has_a_page_with_its_facts(full: Site) -> None:
    words = full.words(HARBOUR)
    for fact in ("1 Quay Street", "ZZ99 1AA", "Opposite the ferry steps", "Two spaces", "Lift to the first floor"):
        assert fact in words
    assert "8am to 12pm" in words
    assert "Mill Bridge" in full.words(TARN)
    assert "Quay Street" not in full.words(TARN)


def test_it_says_what_is_done_there_and_by_whom(full: Site) -> None:
    links = {str(link["href"]) for link in full.page(TARN).select("main section a")}
    assert {"/services/sports-massage/", "/team/rosa-quill/"} <= links
    assert not {"/services/pilates/", "/team/tom-ash/"} & links


def test_it_books_there(full: Site) -> None:
    button = full.page(HARBOUR).select_one(".page-header .button--booking")
    assert button
    assert "business_id=1001" in str(button["href"])  # what clinic.yaml says of this location, and of no other
    assert "in Larkmouth Harbour" in button.get_text()


def test_the_owners_own_words_join_the_facts(full: Site) -> None:
    words = full.words(HARBOUR)
    assert "Above the harbour, with the ferry in sight." in words
    assert "the lift is beside the blue door" in words
    link = full.page(HARBOUR).select_one(".prose a")
    assert link
    assert link["href"] == TARN  # a page without a file is linked to as if it had one
    assert f"/harbour {HARBOUR} 301" in full.read("_redirects")


@pytest.mark.parametrize("address", [HARBOUR, TARN])
def test_the_way_there_is_a_link_to_every_great_map(full: Site, address: str) -> None:
    links = {link.get_text(strip=True): str(link["href"]) for link in full.page(address).select(".location__actions a")}
    known = "50.71234%2C-1.98765" if address == HARBOUR else "Mill+Bridge"
    assert links["Apple Maps"].startswith(f"https://maps.apple.com/?daddr={known}")
    assert links["OpenStreetMap"].startswith(f"https://www.openstreetmap.org/directions?to={known}")
    google = links.get("Google Maps") or next(iter(links.values()))
    assert google.startswith("https://www.google.com/maps/dir/?api=1&destination=")
    assert known in google


def test_the_owners_own_map_comes_first(full: Site) -> None:
    first = full.page(HARBOUR).select_one(".location__actions a")
    assert first
    assert first["href"] == "https://maps.example.com/larkmouth-harbour"


def test_its_node_has_an_address_of_its_own_and_leads_to_its_page(full: Site) -> None:
    node = graph(full, HARBOUR)[NODE]
    assert node["url"] == node["mainEntityOfPage"] == BASE + HARBOUR
    assert node["parentOrganization"] == {"@id": f"{BASE}/#clinic"}
    assert node["openingHoursSpecification"]
    assert graph(full, HARBOUR)[f"{BASE}{HARBOUR}#webpage"]["mainEntity"] == {"@id": NODE}
    assert graph(full, "/")[NODE]["url"] == BASE + HARBOUR


def test_it_is_in_sitemap_trail_and_head(full: Site) -> None:
    page = full.page(HARBOUR)
    assert [link["href"] for link in page.select(".breadcrumbs a")] == ["/", "/locations/"]
    assert f"<loc>{BASE}{HARBOUR}</loc>" in full.read("sitemap.xml")
    canonical, placename = page.find("link", rel="canonical"), page.find("meta", attrs={"name": "geo.placename"})
    assert canonical
    assert placename
    assert (canonical["href"], placename["content"]) == (BASE + HARBOUR, "Larkmouth")


@pytest.mark.parametrize("address", ["/locations/", "/contact/", "/"])
def test_index_contact_and_home_lead_to_each(full: Site, address: str) -> None:
    links = {str(link["href"]) for link in full.page(address).select("main .location-list__name a")}
    assert links == {HARBOUR, TARN}


def test_an_only_location_has_no_page_but_the_contact_page(minimal: Site) -> None:
    assert not [page for page in minimal.pages if page.startswith("/locations/")]
    assert "/locations/" not in minimal.everything()
    assert minimal.page("/contact/").select(".location")


def test_the_preview_has_them_too(build_site: BuildSite) -> None:
    site = build_site("full", {"locations/larkmouth.md": None}, preview=True)
    assert not site.problems
    assert {"/locations/", HARBOUR, TARN} <= set(site.pages)
    assert "tel:+441632960111" in site.html(HARBOUR)


def test_a_file_gives_the_index_words_and_a_place_in_the_menu(build_site: BuildSite) -> None:
    overlay = {"pages/locations.md": "---\nmenu: Where\nsummary: By the water and by the mill.\n---\n\nCome in.\n"}
    facts = (CLINICS / "full" / "clinic.yaml").read_text("utf-8")
    listed = facts[facts.index("menu:\n") : facts.index("footer:\n")]  # in place of which front matter counts
    site = build_site("full", {**overlay, "clinic.yaml": facts.replace(listed, "")})
    assert not site.problems
    assert "By the water and by the mill. Come in." in site.words("/locations/")
    menu = [link.get_text() for link in site.page("/").select(".site-menu__list a")]
    assert menu[-2:] == ["Where", "Contact"]


def test_on_a_phone_the_nearest_facts_come_first(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(full.output) + HARBOUR, PHONE)
    order = (".location__address", ".opening-hours", ".contact-details", ".location__notes")
    tops = [
        page.locator(f".location {part}").first.evaluate("one => one.getBoundingClientRect().top") for part in order
    ]
    assert tops == sorted(tops)
    assert page.locator(".page-header a[href^='tel:']").evaluate("one => one.getBoundingClientRect().bottom < 600")


def test_a_location_in_a_folder_of_the_address_links_within_it(build_site: BuildSite) -> None:
    settings = {"CLINIC_PUBLIC": True, "CLINIC_ADDRESS": "https://trial.example.com/clinic"}
    site = build_site("full", settings=settings)
    links = {str(link["href"]) for link in site.page("/contact/").select("main a")}
    assert {f"/clinic{HARBOUR}", "/clinic/contact.vcf"} <= links


def test_three_towns_are_named_as_a_person_would(build_site: BuildSite) -> None:
    facts = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
    more = "".join(f"  {town.lower()}:\n    address:\n      locality: {town}\n" for town in ("There", "Yonder"))
    site = build_site("minimal", {"clinic.yaml": facts + more})
    assert "Where to find us in Here, There and Yonder." in site.words("/locations/")
    assert site.exit_code == 0


def test_words_for_an_only_location_belong_on_the_contact_page(build_site: BuildSite) -> None:
    site = build_site("minimal", {"locations/here.md": "---\nsummary: By the sea.\n---\n"})
    said = "the page of your only location is the contact page; put these words into pages/contact.md"
    assert site.problems == [f"content/locations/here.md: {said}"]


def test_a_plain_address_of_such_a_page_gets_the_sentence_that_says_how(build_site: BuildSite) -> None:
    site = build_site("full", {"pages/first-visit.md": f"---\ntitle: First\n---\n\n[There]({TARN})\n"}, preview=True)
    said = f'"{TARN}" leads nowhere from here; write {{filename}}/locations/upper-tarn.md'
    assert site.problems == [f"content/pages/first-visit.md:5: {said}"]


@pytest.mark.parametrize(
    ("clinic", "own", "country"),
    [("", "", "GB"), ("DE", "", "DE"), ("IE", "", "IE"), ("DE", "AT", "AT"), ("DE", "GB", "GB"), ("", "IE", "IE")],
)
def test_an_address_without_a_country_is_in_that_of_the_clinic(
    build_site: BuildSite, clinic: str, own: str, country: str
) -> None:
    """What search engines are told (schema.org ``addressCountry``), not what a form defaults to."""
    facts = "name: Elsewhere\nurl: https://elsewhere.example.com\nemail: hello@elsewhere.example.com\n"
    facts += f"country: {clinic}\n" if clinic else ""
    facts += "locations:\n  here:\n    address:\n      locality: Here\n"
    facts += f"      country: {own}\n" if own else ""
    site = build_site("minimal", {"clinic.yaml": facts})
    assert not site.problems
    assert f'"addressCountry":"{country}"' in site.html("/contact/")
