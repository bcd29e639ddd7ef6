"""A clinic may be in any country: its words, sums, dates, addresses, registers and law are those of that country."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from clinic.models.location import Address

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

PAGES = {f"pages/{name}.md": f"---\ntitle: {name.title()}\n---\n" for name in ("services", "team", "about")}


def clinic_in(build_site: BuildSite, facts: str, price: str, team: str, article: str) -> Site:
    files = {
        "clinic.yaml": facts,
        "services/back-care.md": f"---\ntitle: Back care\nprices:\n  - amount: {price}\n    minutes: 30\n---\n",
        "team/jo-doe.md": f"---\ntitle: Dr Jo Doe\nrole: Physiotherapist\n{team}services: [back-care]\n---\n",
        "posts/2026-02-01-backs.md": f"---\ntitle: Backs\n---\n\n{article}\n",
    }
    return build_site("minimal", {**PAGES, **files})


def _irish(build_site: BuildSite) -> Site:
    """A clinic in Dublin that says no more of its country than its code."""
    facts = """
name: Quay Clinic
url: https://quay.example.com
phone: 01 555 0123
country: IE
timezone: Europe/Dublin
bank_holidays: {default: closed}
locations:
  dublin:
    address: {street: 1 Quay Street, locality: Dublin 2, postcode: D02 XY45}
    opening_hours: {monday: "09:00-17:30", friday: "09:00-17:30"}
legal:
  name: Quay Clinic Ltd
  company_number: 654321
  vat_number: IE1234567T
  registered_office: 1 Quay Street, Dublin 2
"""
    team = 'registration: {body: CORU, number: "PT012345"}\n'
    return clinic_in(
        build_site, facts, "€65", team, "€65 for half an hour, and CORU PT012345. Registered in Ireland no. 654321."
    )


def _american(build_site: BuildSite) -> Site:
    """A clinic in Illinois."""
    facts = """
name: Quay Clinic
url: https://quay.example.com
phone: 212-555-0123
country: US
timezone: America/Chicago
bank_holidays: {default: closed, region: IL}
locations:
  springfield:
    address: {street: 1 Quay Street, locality: Springfield, region: IL, postcode: "62704"}
    opening_hours: {monday: "09:00-17:30", friday: "09:00-17:30"}
legal: {name: Quay Clinic Ltd, company_number: "123", vat_number: 00-0000000}
"""
    team = 'registration: {body: Illinois Department of Invented Regulation, number: "070.012345"}\n'
    return clinic_in(build_site, facts, "95", team, "It is $95, or 95 dollars.")


def _german(build_site: BuildSite) -> Site:
    """A clinic in Berlin with a site in English."""
    facts = """
name: Quay Clinic
url: https://quay.example.com
phone: 030 23125 012
country: DE
language: en-DE
timezone: Europe/Berlin
locations:
  berlin:
    address: {street: Quaystraße 1, locality: Berlin, postcode: "10115"}
    opening_hours: {monday: "09:00-17:30", friday: "09:00-17:30"}
legal: {name: Quay Clinic Ltd, company_number: HRB 12345}
"""
    return clinic_in(build_site, facts, "80,50", "", "80,50 € or EUR 80.50.")


@pytest.fixture(scope="session")
def sites(build_site: BuildSite) -> dict[str, Site]:
    """A clinic in each of three countries."""
    return {"irish": _irish(build_site), "american": _american(build_site), "german": _german(build_site)}


def foot(site: Site) -> str:
    found = site.page("/").select_one(".site-footer")
    assert found
    return " ".join(found.get_text(" ").split())


@pytest.mark.parametrize("name", ["irish", "american", "german"])
def test_british_law_judges_no_clinic_elsewhere(name: str, sites: dict[str, Site]) -> None:
    site = sites[name]
    assert site.problems == []
    assert "England" not in site.everything()
    assert "£" not in site.everything()


@pytest.mark.parametrize(
    ("name", "language", "price", "digits", "currency"),
    [
        ("irish", "en-IE", "30 minutes, €65", "65.00", "EUR"),
        ("american", "en-US", "30 minutes, $95.00", "95.00", "USD"),
        ("german", "en-DE", "30 minutes, 80,50 €", "80.50", "EUR"),
    ],
)
def test_language_and_money_are_said_alike_to_people_and_machines(
    name: str, language: str, price: str, digits: str, currency: str, sites: dict[str, Site]
) -> None:
    site = sites[name]
    address = "/services/back-care/"
    assert price in site.words(address)
    [offer] = next(node["offers"] for node in site.graph(address) if "offers" in node)
    assert (offer["priceSpecification"]["price"], offer["priceCurrency"]) == (digits, currency)
    html = site.page(address).html
    assert html
    assert html["lang"] == language
    assert {node["inLanguage"] for node in site.graph(address) if "inLanguage" in node} == {language}
    assert json.loads(site.read("site.webmanifest"))["lang"] == language
    assert f'xml:lang="{language}"' in site.read("blog/atom.xml")
    assert f"<language>{language}</language>" in site.read("blog-feed.xml")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("irish", "1 Quay Street, Dublin 2, D02 XY45"),
        ("american", "1 Quay Street, Springfield, IL 62704"),
        ("german", "Quaystraße 1, 10115 Berlin"),
    ],
)
def test_an_address_is_in_the_order_of_its_country(name: str, said: str, sites: dict[str, Site]) -> None:
    site = sites[name]
    assert said in foot(site).replace(" ,", ",")
    assert said.replace(", ", "\\, ") in site.read("hours.ics").replace("\r\n ", "")
    [place] = [node["address"] for node in site.graph("/contact/") if "address" in node]
    assert place["streetAddress"] == said.partition(",")[0]
    assert said.endswith((place["postalCode"], f"{place['postalCode']} {place['addressLocality']}"))


@pytest.mark.parametrize(
    ("name", "day", "hours", "holidays"),
    [
        ("irish", "1 February 2026", "9am to 5:30pm", "Closed on bank holidays"),
        ("american", "February 1, 2026", "9:00 AM to 5:30 PM", "Closed on public holidays"),
        ("german", "1 February 2026", "09:00 to 17:30", ""),
    ],
)
def test_dates_times_and_holidays_are_written_as_there(
    name: str, day: str, hours: str, holidays: str, sites: dict[str, Site]
) -> None:
    site = sites[name]
    assert day in site.words("/post/backs/")
    assert hours in site.words("/contact/")
    assert hours in foot(site)
    assert holidays in foot(site)


def test_a_company_says_what_the_law_of_its_country_asks(sites: dict[str, Site]) -> None:
    irish, american, german = sites.values()
    assert "Registered in Ireland, CRO number 654321 VAT IE1234567T" in foot(irish)
    assert "Company number 123 Tax ID 00-0000000" in foot(american)
    assert "Company number HRB 12345" in foot(german)
    assert irish.graph("/")[0]["vatID"] == "IE1234567T"
    assert american.graph("/")[0]["taxID"] == "00-0000000"


def test_holidays_that_nobody_has_decided_are_those_of_the_country(sites: dict[str, Site]) -> None:
    irish, _, german = sites.values()
    assert any("Good Friday (Friday 2026-04-03) is a public holiday" in note for note in german.notes)
    assert not any("holiday" in note for note in irish.notes)


def test_a_register_of_another_country_is_shown_as_it_is_written(sites: dict[str, Site]) -> None:
    irish, american, _ = sites.values()
    assert "Illinois Department of Invented Regulation Registration 070.012345" in american.words("/team/jo-doe/")
    assert "(CORU) Registration PT012345" in irish.words("/team/jo-doe/")


def test_a_wrong_price_is_told_in_any_currency(build_site: BuildSite) -> None:
    facts = """
name: Quay Clinic
url: https://quay.example.com
phone: "+41 44 668 18 00"
country: CH
locations: {zurich: {address: {locality: Zürich}}}
"""
    wrong = "CHF 110.– a session.\n\nOr 110 Franken.\n\nNot £90.\n\nCHF 120.– and 120 francs are right."
    site = clinic_in(build_site, facts, "CHF 120.–", "", wrong)
    told = "is not a price of the clinic (its price is CHF\N{NO-BREAK SPACE}120)"
    assert [problem.partition(": ")[2].partition(";")[0] for problem in site.problems] == [
        f'"CHF 110" {told}',
        f'"110 Franken" {told}',
        f'"£90" {told}',
    ]


@pytest.mark.parametrize(
    ("country", "lines"),
    [
        ("GB", ("1 Quay Street", "Town", "Shire", "ZZ9 9ZZ")),
        ("DE", ("1 Quay Street", "ZZ9 9ZZ Town, Shire")),
        ("AT", ("1 Quay Street", "ZZ9 9ZZ Town, Shire")),
        ("FR", ("1 Quay Street", "ZZ9 9ZZ Town, Shire")),
        ("NL", ("1 Quay Street", "ZZ9 9ZZ Town, Shire")),
        ("CH", ("1 Quay Street", "ZZ9 9ZZ Town, Shire")),
        ("IE", ("1 Quay Street", "Town, Shire, ZZ9 9ZZ")),
        ("US", ("1 Quay Street", "Town, Shire ZZ9 9ZZ")),
        ("AU", ("1 Quay Street", "Town Shire ZZ9 9ZZ")),
        ("NZ", ("1 Quay Street", "Town ZZ9 9ZZ, Shire")),
    ],
)
def test_each_country_has_its_order(country: str, lines: tuple[str, ...]) -> None:
    parts = {"street": "1 Quay Street", "locality": "Town", "region": "Shire", "postcode": "ZZ9 9ZZ"}
    address = Address.model_validate({**parts, "country": country})
    assert address.lines() == lines
    assert Address(locality="Town", country=country).lines() == ("Town",)
