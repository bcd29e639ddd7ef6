"""A website says who trades under its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.content.load import load
from clinic.models.legal import Legal, company_number_error, is_company, missing_disclosures
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


@pytest.mark.parametrize("name", ["A Ltd", "A LIMITED", "A Ltd.", "A LLP", "A Cyf", "A Community Interest Company"])
def test_a_company_is_known_by_its_name_and_must_say_more(name: str) -> None:
    assert is_company(name)
    assert list(missing_disclosures(Legal(name=name), "A")) == ["company_number", "registered_office"]
    assert list(missing_disclosures(Legal(), name)) == ["company_number", "registered_office"]
    assert not list(missing_disclosures(Legal(company_number="1", registered_office="B"), name))


@pytest.mark.parametrize("name", ["The Unlimited Body", "Rosa Quill", "Limited Edition Massage"])
def test_a_sole_trader_need_not(name: str) -> None:
    assert not list(missing_disclosures(Legal(name=name), "A"))


@pytest.mark.parametrize(
    ("number", "part"),
    [("01234567", "England and Wales"), ("SC123456", "Scotland"), ("ni 123456", "Northern Ireland"), ("ZZ1", None)],
)
def test_the_number_of_a_company_tells_where_it_is_registered(number: str, part: str | None) -> None:
    assert Legal(company_number=number).registered_in == part


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
