"""Call, text, WhatsApp, write: each way the facts have, at the nearest number, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from clinic.models.contact import parse_phone
from tests.site import CLINICS

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

ROSA, HARBOUR, TARN, CLINIC = "+447700900456", "+441632960111", "+447700900123", "+441632960100"


def ways(site: Site, address: str) -> list[str]:
    """The addresses of the buttons at the head of a page."""
    return [str(link["href"]) for link in site.page(address).select(".page-header__actions a")]


def test_whatsapp_opens_with_the_message_begun(full: Site) -> None:
    [link] = [urlsplit(way) for way in ways(full, "/contact/") if "wa.me" in way]
    assert (link.scheme, link.netloc, link.path) == ("https", "wa.me", "/447700900101")
    assert parse_qs(link.query) == {"text": ["Hello, I would like to book an appointment."]}


def test_true_means_the_number_beside_it(full: Site) -> None:
    assert f"https://wa.me/{TARN[1:]}" in full.html("/locations/upper-tarn/")
    assert f"https://wa.me/{ROSA[1:]}" in full.html("/team/rosa-quill/")


@pytest.mark.parametrize(
    ("address", "number"), [("/contact/", CLINIC), ("/locations/larkmouth/", HARBOUR), ("/locations/upper-tarn/", TARN)]
)
def test_the_nearest_number_is_called(full: Site, address: str, number: str) -> None:
    assert [way for way in ways(full, address) if way.startswith("tel:")] == [f"tel:{number}"]


def test_a_practitioner_is_booked_on_their_own_number(full: Site) -> None:
    page = full.page("/team/rosa-quill/")
    assert page.select_one(f'main section a[href="tel:{ROSA}"]')
    assert page.select_one(f'.call-to-action--foot a[href="tel:{ROSA}"]')
    assert f"tel:{HARBOUR}" in {str(link["href"]) for link in full.page("/team/tom-ash/").select("main a")}


def test_a_practitioners_own_number_is_in_the_graph_where_their_page_shows_it(full: Site) -> None:
    assert f'"telephone":"{ROSA}"' in full.html("/team/rosa-quill/")
    assert f'"telephone":"{ROSA}"' not in full.html("/team/")


@pytest.mark.parametrize("word", ["false", "no"])
def test_without_whatsapp_nobody_is_sent_there(build_site: BuildSite, minimal: Site, word: str) -> None:
    assert "wa.me" not in minimal.everything()
    facts = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8") + f"whatsapp: {word}\n"
    if word == "no":
        assert "wa.me" not in build_site("minimal", {"clinic.yaml": facts}).everything()


def test_a_way_that_the_owner_does_not_list_is_no_button(build_site: BuildSite) -> None:
    facts = (CLINICS / "full" / "clinic.yaml").read_text("utf-8").replace(", whatsapp, email]", ", email]")
    site = build_site("full", {"clinic.yaml": facts})
    assert not [way for way in ways(site, "/contact/") if "wa.me" in way]
    assert "WhatsApp" in site.words("/locations/larkmouth/")  # it is still one of the ways to reach them


def test_the_whatsapp_address_has_no_plus_and_no_nought() -> None:
    assert parse_phone("07700 900123").whatsapp_url() == "https://wa.me/447700900123"
    assert parse_phone("+353 1 234 5678").whatsapp_url("a & b") == "https://wa.me/35312345678?text=a%20%26%20b"


def test_the_contact_page_says_a_week_once(full: Site) -> None:
    page = full.page("/contact/")
    assert page.select('table[data-hours="larkmouth"]')
    larkmouth, upper_tarn = page.select(".location-list__item")
    assert larkmouth.select('[data-open="larkmouth"]')
    assert (bool(larkmouth.select(".hours-in-words")), bool(upper_tarn.select(".hours-in-words"))) == (False, True)
    assert page.select(".call-to-action--banner")  # booked online


def test_where_an_only_location_has_the_telephone_every_page_calls_it(build_site: BuildSite) -> None:
    facts = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
    site = build_site(
        "minimal", {"clinic.yaml": facts.replace("phone: 01632 960199\n", "") + "    phone: 01632 960198\n"}
    )
    assert site.problems == []
    for address in site.pages:
        assert site.page(address).select('.action-bar a[href="tel:+441632960198"]'), address
