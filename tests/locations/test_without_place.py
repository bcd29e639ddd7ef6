"""A clinic that makes visits, or sees people online, has no place to go to: nothing shows the way there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clinic.content.load import load
from clinic.models.location import Location
from tests.site import Build

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site import BuildSite, Site

LEAST = "name: The Least Clinic\nurl: https://least.example.com\nphone: 01632 960199\nemail: a@least.example.com\n"
IRISH = LEAST.replace("01632 960199", "+353 1 555 0123") + "country: IE\ntimezone: Europe/Dublin\n"
HOURS = 'opening_hours: {tuesday: "09:00-17:00"}'
VISITS = f"  visits: {{name: Home visits, area: within ten miles of Poole, {HOURS}}}\n"
OLD_VISITS = VISITS.replace("of Poole,", "of Poole, address: {locality: Poole},")
ONLINE = f"  online: {{online: yes, {HOURS}}}\n"
OLD_ONLINE = f"  online: {{address: {{locality: Online}}, {HOURS}}}\n"
PLACE = "  harbour: {name: Harbour, address: {street: 1 Quay Street, locality: Larkmouth}}\n"
POST = "---\ntitle: X\ndate: 2026-01-01\n---\n\n/// location\n///\n"
WITHOUT = {
    "visits": LEAST + "locations:\n" + VISITS,
    "visits, as they had to be written": LEAST + "locations:\n" + OLD_VISITS,
    "online": IRISH + "locations:\n" + ONLINE,
    "online, as it had to be written": IRISH + "locations:\n" + OLD_ONLINE,
    "visits and online": LEAST + "locations:\n" + VISITS + ONLINE,
}
MAPS = (
    "Directions",
    "google.com/maps",
    "maps.apple",
    "openstreetmap",
    "streetAddress",
    "addressLocality",
    'class="adr"',
    "geo.placename",
)


def business(site: Site, address: str, kind: str) -> dict[str, Any]:
    """The first node of this type among the structured data of a page."""
    return next(node for node in site.graph(address) if kind in (node["@type"], *node["@type"]))


@pytest.fixture(scope="module")
def mixed(build_site: BuildSite) -> Site:
    """One place, visits and online."""
    service = "---\ntitle: Massage\nsummary: Slow and firm.\n---\n"
    book = "\n/// booking\n    location: visits\n///\n\n/// booking\n    location: online\n///\n"
    overlay = {"services/massage.md": service, "pages/services.md": service, "posts/x.md": POST + book}
    return build_site("minimal", {"clinic.yaml": LEAST + "locations:\n" + PLACE + VISITS + ONLINE, **overlay})


@pytest.mark.parametrize("case", WITHOUT)
def test_nothing_shows_the_way_where_there_is_no_place(build_site: BuildSite, case: str) -> None:
    site = build_site("minimal", {"clinic.yaml": WITHOUT[case], "posts/x.md": POST})
    assert not site.problems
    for address in site.pages:
        assert [sign for sign in MAPS if sign in site.html(address)] == [], address
    cards = [site.read(file) for file in site.files if file.endswith(".vcf")]
    assert cards
    assert not [card for card in cards if "ADR" in card or "GEO" in card]


def test_visits_are_named_with_how_far_they_go(build_site: BuildSite) -> None:
    site = build_site("minimal", {"clinic.yaml": WITHOUT["visits"], "posts/x.md": POST})
    for address in ("/", "/contact/", "/post/x/"):
        words = " ".join(site.page(address).get_text(" ").split())
        assert "within ten miles of Poole" in words.replace("Within", "within")
        assert "Poole ," not in words
        assert "Based in" not in words
    node = business(site, "/contact/", "MedicalBusiness")
    assert node["areaServed"] == ["within ten miles of Poole"]
    assert node["openingHoursSpecification"]
    assert "LOCATION:Within ten miles of Poole" in site.read("hours.ics")


def test_of_several_each_is_told_apart(build_site: BuildSite) -> None:
    addresses = {"a": "1 Quay Street, locality: Larkmouth", "b": "2 Quay Street, locality: Larkmouth"}
    locations = "".join(f"  {slug}: {{address: {{street: {text}}}, {HOURS}}}\n" for slug, text in addresses.items())
    locations += f"  c: {{address: {{locality: Upper Tarn}}, {HOURS}}}\n" + ONLINE
    site = build_site("minimal", {"clinic.yaml": LEAST + "locations:\n" + locations, "posts/x.md": POST})
    assert not site.problems
    names = ("1 Quay Street, Larkmouth", "2 Quay Street, Larkmouth", "Upper Tarn", "Online")
    for slug, name in zip(("a", "b", "c", "online"), names, strict=True):
        assert site.words(f"/locations/{slug}/").count(name) > 1, slug
    for address in ("/contact/", "/post/x/"):
        for name in names[:3]:
            assert f"Directions to {name}" in site.words(address), (address, name)


def test_who_is_online_is_no_place_for_search_engines(build_site: BuildSite) -> None:
    site = build_site("minimal", {"clinic.yaml": WITHOUT["online"], "posts/x.md": POST})
    node = business(site, "/contact/", "OnlineBusiness")
    assert node["areaServed"] == [{"@type": "Country", "name": "IE"}]
    assert not {"address", "openingHoursSpecification", "hasMap", "priceRange"} & node.keys()
    assert "The Least Clinic online" in site.words("/")
    assert "9am to 5pm" in site.words("/contact/")


def test_a_place_visits_and_online_stand_side_by_side(mixed: Site) -> None:
    assert not mixed.problems
    assert "Where we see you: in Larkmouth, within ten miles of Poole and online." in mixed.words("/locations/")
    assert "Where we see you" in mixed.words("/contact/")
    assert {"/locations/harbour/", "/locations/visits/", "/locations/online/"} <= set(mixed.pages)
    assert mixed.read("contact.vcf").count("ADR;") == 1
    assert "ADR" not in mixed.read("locations/visits.vcf")
    for address in ("/", "/locations/"):
        directions = mixed.page(address).select("main a[href*='google.com/maps']")
        assert {"Quay" in str(link["href"]) for link in directions} == {True}
    assert "Directions" not in mixed.words("/locations/visits/")


def test_the_bar_of_a_phone_leads_to_the_only_place_there_is(mixed: Site, build_site: BuildSite) -> None:
    link = mixed.page("/").select(".action-bar__link")[-1]
    assert "1+Quay+Street" in str(link["href"])
    elsewhere = build_site("minimal", {"clinic.yaml": WITHOUT["online"], "posts/x.md": POST}).page("/")
    assert elsewhere.select(".action-bar__link")[-1]["href"] == "/contact/"


def test_booking_says_how_people_are_seen(mixed: Site) -> None:
    words = mixed.words("/post/x/")
    assert "Book an appointment (home visits)" in words
    assert "Book an appointment online" in words
    assert "in Home visits" not in words


def test_a_service_says_where_it_is_offered_without_a_place(mixed: Site) -> None:
    service = business(mixed, "/services/massage/", "Service")
    assert service["areaServed"] == ["within ten miles of Poole", {"@type": "Country", "name": "GB"}]


@pytest.mark.parametrize(
    ("given", "words", "line"),
    [
        ({"area": "within ten miles of Poole"}, "within ten miles of Poole", "Within ten miles of Poole"),
        ({"area": "Within ten miles"}, "within ten miles", "Within ten miles"),
        ({"area": "Poole and Bournemouth"}, "in Poole and Bournemouth", "Poole and Bournemouth"),
        ({"area": "all of Dorset"}, "in all of Dorset", "All of Dorset"),
        ({"online": "yes"}, "online", "Online"),
        ({"online": "yes", "area": "across Ireland"}, "online, across Ireland", "Online, across Ireland"),
        ({"address": {"locality": "Poole"}, "name": "Home visits"}, "in Poole", "Poole"),
        ({"address": {"locality": "Poole"}, "area": "around Poole"}, "around Poole", "Around Poole"),
        ({"address": {"locality": "Zoom"}}, "online", "Online"),
    ],
)
def test_where_people_are_seen_in_words(given: dict[str, Any], words: str, line: str) -> None:
    location = Location.model_validate(given)
    assert location.address is None
    assert (location.in_words, location.short_address, location.address_lines()) == (words, line, (line,))
    assert location.maps("X") == ()


@pytest.mark.parametrize(
    "given",
    [
        {"address": {"locality": "Poole"}},
        {"address": {"locality": "Poole"}, "area": "near the quay"},
        {"address": {"locality": "Poole", "street": "1 Quay"}, "area": "within the old yard"},
        {"address": {"locality": "Poole"}, "area": "around the corner from the quay"},
        {"address": {"locality": "Poole"}, "area": "across the road from the park"},
        {"address": {"locality": "Poole"}, "area": "within the old hospital"},
        {"address": {"locality": "Poole"}, "area": "around Poole", "geo": {"latitude": 50.7, "longitude": -1.9}},
        {"address": {"locality": "Poole", "street": "1 Quay"}, "name": "Mobile massage"},
    ],
)
def test_a_place_stays_a_place(given: dict[str, Any]) -> None:
    assert len(Location.model_validate(given).maps("X")) == 3


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("{name: Somewhere}", 'it is not said where this is; add "address" for a place'),
        ("{online: yes, address: {street: 1 Quay, locality: Poole}}", "people who are seen online come to no address;"),
        ("{area: across Dorset, parking: In the yard}", '"parking" shows the way to a place; add its "address"'),
        (
            "{address: {locality: none}}",
            'locality: "none" is no town; of a location without a place write "online: yes"',
        ),
    ],
)
def test_what_says_two_things_or_none_is_told_in_one_sentence(tmp_path: Path, location: str, message: str) -> None:
    Build("minimal", {"clinic.yaml": f"{LEAST}locations:\n  here: {location}\n"}).lay_out(tmp_path)
    [problem] = load(tmp_path / "content").diagnostics
    assert problem.message.startswith(message)
    assert problem.line == 6
