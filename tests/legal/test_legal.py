"""A website says who trades under its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.content.load import load
from clinic.models.legal import Legal, company_number_error, missing_disclosures, registered_as, tax_label
from tests.site import CLINICS, Build

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site import Site


def test_the_foot_of_every_page_says_who_trades(full: Site) -> None:
    for address in full.pages:
        foot = full.page(address).select_one(".site-footer__legal")
        assert foot
        words = " ".join(foot.get_text(" ").split())
        assert "Larkmouth Movement Ltd Registered in England and Wales, company number 00000000" in words, address
        assert "VAT GB 000 0000 00 Registered office: 1 Quay Street, Larkmouth, ZZ99 1AA" in words
        assert "Member of Invented Association of Clinics Regulated by Invented Commission , number 0-001" in words


def test_what_is_not_known_is_not_said(minimal: Site, solo: Site) -> None:
    for site in (minimal, solo):
        foot = site.page("/").select_one(".site-footer__legal")
        assert foot
        assert not any(word in foot.get_text() for word in ("None", "ompany number", "VAT", "Member", "Regulated"))


@pytest.mark.parametrize(
    ("name", "country"),
    [
        *((name, "GB") for name in ("A Ltd", "A LIMITED", "A Ltd.", "A LLP", "A Cyf", "A Community Interest Company")),
        *((name, "IE") for name in ("A Ltd", "A Teoranta", "A DAC", "A Company Limited by Guarantee")),
    ],
)
def test_a_company_is_known_by_its_name_and_must_say_more(name: str, country: str) -> None:
    whole = Legal(company_number="1", registered_office="B")
    for legal, clinic in ((Legal(name=name), "A"), (Legal(), name)):
        found = list(missing_disclosures(legal, clinic, country))
        assert [key for key, _ in found] == ["company_number", "registered_office"]
        assert all(("Companies Act 2014" in law) is (country == "IE") for _, law in found)
    assert not list(missing_disclosures(whole, name, country))
    assert not list(missing_disclosures(Legal(), name, "DE"))  # whose law is not known here


@pytest.mark.parametrize("name", ["The Unlimited Body", "Rosa Quill", "Limited Edition Massage"])
def test_a_sole_trader_need_not(name: str) -> None:
    assert not list(missing_disclosures(Legal(name=name), "A"))


@pytest.mark.parametrize(
    ("number", "country", "said"),
    [
        ("01234567", "GB", "Registered in England and Wales, company number 01234567"),
        ("SC123456", "GB", "Registered in Scotland, company number SC123456"),
        ("ni 123456", "GB", "Registered in Northern Ireland, company number ni 123456"),
        ("ZZ1", "GB", "Company number ZZ1"),
        ("654321", "IE", "Registered in Ireland, CRO number 654321"),
        ("01234567", "IE", "Registered in Ireland, CRO number 01234567"),
        ("HRB 12345", "DE", "Company number HRB 12345"),
        ("01234567", "US", "Company number 01234567"),
    ],
)
def test_where_a_company_is_registered_is_said_as_its_country_does(number: str, country: str, said: str) -> None:
    assert registered_as(number, country) == said


@pytest.mark.parametrize(
    ("country", "label"), [("GB", "VAT"), ("IE", "VAT"), ("DE", "VAT"), ("AU", "ABN"), ("NZ", "GST"), ("US", "Tax ID")]
)
def test_a_tax_number_is_called_what_its_country_calls_it(country: str, label: str) -> None:
    assert tax_label(country) == label


@pytest.mark.parametrize(("number", "is_right"), [("654321", True), ("12 345", True), ("IE654321", False), ("", False)])
def test_the_number_of_an_irish_company_is_its_figures(number: str, is_right: bool) -> None:
    assert (company_number_error(number, "IE") is None) is is_right
    assert company_number_error(number, "DE") is None


@pytest.mark.parametrize("number", ["01234567", "SC123456", "ni 123456", "R0000123", "IP12345R"])
def test_the_number_of_a_uk_company_has_eight_characters(number: str) -> None:
    assert company_number_error(number) is None
    assert company_number_error(number[1:])
    assert company_number_error(f"{number}0")


def test_numbers_and_postcodes_of_other_countries_are_their_own(tmp_path: Path) -> None:
    facts = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
    facts = facts.replace("locality: Here", "locality: Here\n      postcode: D02 X285")
    facts += "country: IE\nlegal:\n  company_number: 654321\n"
    Build("minimal", {"clinic.yaml": facts.replace("01632 960199", "+44 1632 960199")}).lay_out(tmp_path)
    assert not load(tmp_path / "content").diagnostics
