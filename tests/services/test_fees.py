"""What costs something beside the services, how it is paid, and which insurers pay, wherever prices are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.content.load import load
from tests.site import CLINICS, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site import BuildSite, Site

LEAST = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
FIRST_LINE = len(LEAST.splitlines()) + 1
WITH_PRICES = ("/services/", "/services/pilates/", "/book/")


def told(folder: Path, lines: str, country: str = "GB") -> list[str]:
    """What is told of these lines at the end of the least clinic.yaml, without the name of the file."""
    write(folder / "clinic.yaml", f"{LEAST}{lines}\n" + (f"country: {country}\n" if country != "GB" else ""))
    diagnostics = load(folder, shown_as="content").diagnostics
    return [str(found).removeprefix("content/clinic.yaml:") for found in diagnostics]


@pytest.mark.parametrize("address", WITH_PRICES)
def test_fees_stand_on_every_page_with_prices(full: Site, address: str) -> None:
    words = full.words(address)
    assert "Cancellation 50% of the price with less than 24 hours’ notice" in words
    assert "Missed appointment the full price" in words
    assert "Six pilates classes £84 Saves £6" in words
    assert "Spiky massage ball £9 each" in words
    assert "Ways to pay: card, cash, bank transfer. We ask for it at the end of each visit." in words
    assert "Example Mutual, 01632 960777 : sports therapy alone Please ask them to authorise your visit" in words
    assert full.page(address).select('.fees__insurers a[href="tel:+441632960777"]')


def test_a_fee_of_one_service_is_not_on_the_page_of_another(full: Site) -> None:
    words = full.words("/services/sports-therapy/")
    assert "Six pilates classes" not in words
    assert "Spiky massage ball" in words


def test_a_directive_shows_them_on_any_page(full: Site) -> None:
    assert "What else costs something Cancellation 50% of the price" in full.words("/your-first-visit/")
    assert full.page("/your-first-visit/").select_one(".fees")


def test_search_engines_read_what_the_page_shows_and_no_charge_for_what_was_missed(full: Site) -> None:
    offers = {
        address: [offer["name"] for node in full.graph(address) for offer in node.get("makesOffer", ())]
        for address in ("/services/", "/services/sports-therapy/", "/about/")
    }
    assert offers == {
        "/services/": ["Six pilates classes", "Spiky massage ball"],
        "/services/sports-therapy/": ["Spiky massage ball"],
        "/about/": [],
    }
    accepted = {node.get("paymentAccepted") for node in full.graph("/book/")}
    assert accepted == {None, "card, cash, bank transfer"}
    assert {node.get("paymentAccepted") for node in full.graph("/about/")} == {None}


def test_without_any_of_it_no_page_speaks_of_payment(minimal: Site) -> None:
    assert "paying-title" not in minimal.everything()


FEES_PAGE = """\
---
title: Fees
---

With less than a day’s notice we charge £25, and {sum} for not coming. Six sessions are £270, so you save £42.
Bupa's desk is on 01632 960777.
"""
FEES = f"""{LEAST}
fees:
  - {{kind: cancellation, amount: £25}}
  - {{kind: missed appointment, amount: 45}}
  - {{kind: package, label: Six sessions, amount: 270, saves: 42}}
insurers: [{{name: Invented Health, phone: 01632 960777}}]
"""


@pytest.mark.parametrize(("said", "wrong"), [("£45", False), ("£46", True)])
def test_an_ordinary_page_about_fees_is_true_and_a_wrong_sum_is_told(
    build_site: BuildSite, said: str, wrong: bool
) -> None:
    site = build_site("minimal", {"clinic.yaml": FEES, "pages/fees.md": FEES_PAGE.format(sum=said)})
    told = [problem for problem in site.problems if problem.startswith('content/pages/fees.md:5: "£46" is not a price')]
    assert site.problems == told
    assert bool(told) is wrong


def test_an_insurers_number_is_never_offered_as_the_clinics(build_site: BuildSite) -> None:
    site = build_site(
        "minimal", {"clinic.yaml": FEES, "pages/call.md": "---\ntitle: Call\n---\n\nCall 01632 960778.\n"}
    )
    (problem,) = site.problems
    assert "its number is 01632 960199" in problem


@pytest.mark.parametrize(
    ("country", "lines", "shown"),
    [
        ("US", ["fees: [{kind: missed appointment, amount: 40}]", "payment: cash, HSA card"], ["$40.00", "HSA card."]),
        ("US", ["insurers: [{name: Invented Blue, phone: 212-555-0177}]"], ["Invented Blue, 212-555-0177"]),
        ("DE", ["fees: [{label: Tape, amount: '4,50 EUR'}]", "language: en-DE"], ["Tape 4,50 €"]),
        ("IE", ["fees: [{kind: voucher, amount: 50, unit: or any sum}]"], ["Voucher €50 or any sum"]),
        (
            "IE",
            ["fees: [{kind: deposit, amount: 20}, {kind: deposit, label: Course, amount: 25%}]"],
            ["Deposit €20", "25%"],
        ),
    ],
)
def test_sums_and_numbers_are_those_of_the_country(
    build_site: BuildSite, country: str, lines: list[str], shown: list[str]
) -> None:
    phone = {"US": "212-555-0123", "DE": "030 23125 012", "IE": "01 555 0123"}[country]
    facts = LEAST.replace("01632 960199", phone) + "\n".join([f"country: {country}", *lines, ""])
    site = build_site("minimal", {"clinic.yaml": facts})
    assert site.problems == []
    assert [words for words in shown if words not in site.words("/book/")] == []


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("fees: [{amount: 25}]", "it is not said what this is charged for; add"),
        ("fees: [{kind: deposit}]", "it is not said how much this is; add"),
        ("fees: [{kind: no-show, amount: 25}]", 'unknown kind "no-show"; write cancellation, missed appointment'),
        ("fees: [{kind: deposit, amount: twenty}]", '"twenty" is not a sum of money; write a number alone'),
        ("fees: [{kind: deposit, amount: 1.250}]", 'amount: "1.250" can be read in two ways; write 1250 or 1.25'),
        ("fees: [{kind: deposit, amount: 150%}]", 'amount: "150%" is no part of a price; write one from 1% to 100%'),
        ("fees: [{kind: deposit, amount: 5, percent: 5}]", 'both "amount" and "percent" are given; keep one of them'),
        ("fees: [{kind: deposit, amount: 0}]", 'amount is "0"; it must be more than 0'),
        ("fees: [{kind: deposit, percent: 101}]", 'percent is "101"; it can be 100 at most'),
        ("fees: [{kind: deposit, note: x, saves: 5}]", "what is saved is beside no sum; add"),
        ("fees: [{kind: package, amount: 5, saves: €1}]", "let both be the same"),
        ("fees: [{kind: deposit, amount: 5, service: x}]", 'unknown key "service"; did you mean "services"?'),
        ("fees: [{kind: deposit, amount: 5, services: massage}]", 'unknown service "massage"; make a file for it'),
        ("fees: 25", '"fees" needs a list: under it lines that begin with "- "'),
        ("fees: {cancellation: 25}", '"fees" needs a list: under it lines that begin with "- "'),
        ("insurers: {Invented Health: yes}", '"insurers" needs a list: under it lines that begin with "- "'),
        ("payment: {way: cash}", 'unknown key "way"; did you mean "ways"?'),
        ("payment: {ways: {a: b}}", '"ways" is words alone here; write ways: b'),
        ("insurers: [{phone: 01632 960777}]", '"name" is missing under "insurers"'),
        ("insurers: [{name: A, phone: 1234567}]", 'phone: "1234567" has too few digits for a phone number; compare'),
        ("insurers: [{name: A, phone: 01632 96O777}]", 'phone: "01632 96O777" is not a phone number; write it'),
        ("insurers: [{name: A, pre_authorisation: maybe}]", 'pre_authorisation is "maybe"; write yes or no'),
        ("insurers: [{name: A, pre_authorization: yes}]", 'unknown key "pre_authorization"; did you mean'),
        ("insurers: [{name: A, website: x}]", "; "),
        ("insurers: [A, {name: a}]", '"A" is written twice; keep one of the two'),
    ],
)
def test_what_is_wrong_is_told_once_at_its_line(tmp_path: Path, lines: str, sentence: str) -> None:
    (message,) = told(tmp_path, lines)
    assert message.startswith(f"{FIRST_LINE}: ")
    assert sentence in message
    assert ";" in message or "needs" in message


def test_each_of_several_mistakes_is_told_at_its_own_line(tmp_path: Path) -> None:
    lines = "fees:\n  - {kind: deposit}\n  - {kind: deposit, amount: x}\ninsurers:\n  - name: A\n    phone: 1234567"
    assert [message.partition(":")[0] for message in told(tmp_path, lines)] == [
        str(FIRST_LINE + offset) for offset in (1, 2, 5)
    ]


def test_an_american_number_of_seven_digits_is_told_too(tmp_path: Path) -> None:
    facts = "insurers:\n  - {name: A, phone: 555-0123}"
    (message,) = [each for each in told(tmp_path, facts, "US") if "555-0123" in each]
    assert "too few digits for a phone number; compare it with the real one" in message
