"""A contact to save holds what its page says, in the form that phones read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import vobject

from clinic.content.load import load
from clinic.domain.pages.urls import SiteAddress
from clinic.rendering.files.vcards import clinic_card
from tests.site import CLINICS, Build

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site import BuildSite, Site

CARDS = {
    "contact.vcf": "/contact/",
    "locations/larkmouth.vcf": "/locations/larkmouth/",
    "locations/upper-tarn.vcf": "/locations/upper-tarn/",
    "team/rosa-quill.vcf": "/team/rosa-quill/",
    "team/tom-ash.vcf": "/team/tom-ash/",
}
AWKWARD = 'name: "Ürsula’s; Café, Hüfte & Füße: a clinic with a name of a good many letters, \\\\ and more"'


def card_of(site: Site, file: str) -> Any:
    """The contact as a phone reads it."""
    return vobject.readOne((site.output / file).read_bytes().decode())


@pytest.mark.parametrize(("file", "address"), CARDS.items())
def test_a_card_says_what_its_page_says_and_is_linked_there(full: Site, file: str, address: str) -> None:
    card, page = card_of(full, file), full.page(address)
    links = {str(link["href"]): link for link in page.select("main a[href]")}
    assert links[f"/{file}"]["type"] == "text/vcard"
    assert "Save" in links[f"/{file}"].get_text()
    for number in card.contents["tel"]:
        assert {f"tel:{number.value}", f"https://wa.me/{number.value[1:]}"} & {link.split("?")[0] for link in links}
    assert any(link.startswith(f"mailto:{card.email.value}") for link in links)
    for postal in card.contents.get("adr", []):
        words = full.words(address)
        assert not [part for part in (postal.value.street, postal.value.city, postal.value.code) if part not in words]


def test_a_clinic_is_a_company_with_all_its_addresses(full: Site) -> None:
    card = card_of(full, "contact.vcf")
    assert card.version.value == "3.0"
    assert card.fn.value == card.org.value[0] == "Larkmouth & Tarn Movement Clinic"
    assert [number.value for number in card.contents["tel"]] == ["+441632960100", "+447700900101"]
    assert [postal.value.city for postal in card.contents["adr"]] == ["Larkmouth", "Upper Tarn"]
    assert card.contents["x-abshowas"][0].value == "COMPANY"


def test_a_location_has_its_own_number_and_position(full: Site) -> None:
    card = card_of(full, "locations/larkmouth.vcf")
    assert card.fn.value == "Larkmouth & Tarn Movement Clinic, Larkmouth Harbour"
    assert card.tel.value == "+441632960111"
    assert (card.adr.value.street, card.adr.value.code) == ("1 Quay Street", "ZZ99 1AA")
    assert card.geo.value == "50.712340;-1.987650"
    assert card.url.value == "https://larkmouth.example.com/locations/larkmouth/"


def test_a_practitioner_is_reached_on_their_own_number_or_where_they_work(full: Site) -> None:
    rosa, tom = card_of(full, "team/rosa-quill.vcf"), card_of(full, "team/tom-ash.vcf")
    assert (rosa.n.value.family, rosa.n.value.given, rosa.title.value) == ("Quill", "Rosa", "Sports therapist")
    assert (rosa.tel.value, rosa.email.value) == ("+447700900456", "rosa@larkmouth.example.com")
    assert (tom.tel.value, tom.email.value) == ("+441632960111", "harbour@larkmouth.example.com")


def test_the_card_of_an_only_location_is_the_clinics(minimal: Site) -> None:
    assert [file for file in minimal.files if file.endswith(".vcf")] == ["contact.vcf"]
    card = card_of(minimal, "contact.vcf")
    assert (card.fn.value, card.tel.value) == ("The Least Clinic", "+441632960199")
    assert card.adr.value.city == "Here"


def test_a_location_abroad_names_its_country(build_site: BuildSite) -> None:
    facts = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
    facts += "  there: {address: {locality: There, country: IE}}\n"
    site = build_site("minimal", {"clinic.yaml": facts})
    assert "ADR;TYPE=WORK:;;;There;;;Ireland" in site.read("locations/there.vcf")
    assert "ADR;TYPE=WORK:;;;Here;;;\r\n" in (site.output / "contact.vcf").read_bytes().decode()


def test_lines_are_folded_and_signs_escaped(tmp_path: Path) -> None:
    facts = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8").replace("name: The Least Clinic", AWKWARD)
    Build("minimal", {"clinic.yaml": facts}).lay_out(tmp_path)
    clinic = load(tmp_path / "content").clinic
    text = clinic_card(clinic, SiteAddress(clinic.url))
    assert vobject.readOne(text).fn.value == clinic.name
    assert vobject.readOne(text).org.value == [clinic.name]
    assert max(len(line.encode()) for line in text.split("\r\n")) == 75
    assert not re.search(r"(?<!\r)\n", text)


def test_a_draft_practitioner_has_no_card(full: Site) -> None:
    assert "team/una-new.vcf" not in full.files
