"""What the facts hold, and what they do not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from clinic.content.load import load
from clinic.fact_check.known_facts import Exemptions, KnownFacts
from clinic.models.base import Exemption
from clinic.models.service import Price
from tests.site import CLINICS

FULL = KnownFacts.of(load(CLINICS / "full").clinic)
MINIMAL = KnownFacts.of(load(CLINICS / "minimal").clinic)
TRUE = [
    "01632 960100, 01632-960-111, +44 7700 900 123 or Rosa: 07700 900456",
    "Ring 960111",
    "HARBOUR@larkmouth.example.com",
    "zz99 1aa",
    "£45, 52.50 GBP, £45.00 to £70",
    "Monday 9am–12.30pm and 1.30pm–5.30pm",
    "Monday and Tuesday: 9–5:30",
    "Thursdays until 7.30pm we are open",
    "Sunday 10–2",
    "closed for lunch 12:30–13:30 on Mondays",
    "We open at 8",
    "Invented Register of Therapists no. 0123",
    "VAT no. GB 000 0000 00",
    "Call 999, or Samaritans: call 116 123. Text 85258, ring 0800 1111 or 0303 123 1113",
]
FALSE = [
    "01632 960101",
    "Ring 960112",
    "harbour@larkmouth.example.org",
    "ZZ99 1AB",
    "£52",
    "€45",
    "Monday 9am–5pm",
    "Monday to Friday 9am–5.30pm",  # Friday closes at one
    "Sunday 9am–2pm",
    "Saturday 9am–1pm",
    "open until 7pm",
    "We are open 24 hours",
    "GCC 01234",
]


@pytest.mark.parametrize("text", TRUE)
def test_what_the_facts_say_may_be_said_in_any_form(text: str) -> None:
    statements = [*FULL.finder.find(text)]
    assert statements
    assert [statement.written for statement in statements if not FULL.confirms(statement)] == []


@pytest.mark.parametrize("text", FALSE)
def test_what_they_do_not_say_is_false(text: str) -> None:
    assert [statement for statement in FULL.finder.find(text) if not FULL.confirms(statement)]


def test_a_clinic_that_names_no_hours_or_prices_may_not_state_any() -> None:
    statements = [*MINIMAL.finder.find("Open Monday 9am–5pm, from £45.")]
    assert [MINIMAL.correction(statement) for statement in statements] == [
        "(its facts name no prices)",
        "(its facts name no opening times)",
    ]
    assert not any(map(MINIMAL.confirms, statements))


def test_days_on_which_somebody_else_is_closed_can_be_exemptions_for() -> None:
    finder = MINIMAL.finder
    exemptions = Exemptions([Exemption(text="Closed on Mondays", why="the pool").text], finder)
    (statement,) = finder.find("Closed on Mondays.")
    assert exemptions.has(statement)


def clinic_that_asks(currency: str) -> KnownFacts:
    clinic = load(CLINICS / "full").clinic
    prices = tuple(Price(amount=Decimal(amount), currency=currency) for amount in ("45", "52.50"))
    services = {
        slug: service.model_copy(update={"prices": prices, "first_visit": None})
        for slug, service in clinic.services.items()
    }
    without: dict[str, object] = {"price_range": None, "fees": (), "first_visit": None, "returning": None, "events": {}}
    update = {"services": services, "currency": currency, **without}
    return KnownFacts.of(clinic.model_copy(update=update))


@pytest.mark.parametrize(
    ("currency", "true", "false", "shown"),
    [
        ("EUR", "€45, or 52,50 €, or 45 euros", "£45", "€45 and €52.50"),
        ("CHF", "CHF 45, or 52.50 CHF, or 45 francs", "€45", "CHF\N{NO-BREAK SPACE}45 and CHF\N{NO-BREAK SPACE}52.50"),
        ("USD", "$45, or US$52.50, or 45 dollars", "£45", "US$45 and US$52.50"),
        ("GBP", "£45, or 52.50 GBP, or 45 pounds a session", "$45", "£45 and £52.50"),
        ("CAD", "$45, or C$52.50, or 45 dollars", "US$45", "CA$45 and CA$52.50"),
        ("SEK", "45 kr, or SEK 52,50, or 45 kronor", "€45", "SEK\N{NO-BREAK SPACE}45 and SEK\N{NO-BREAK SPACE}52.50"),
        ("INR", "₹45, or INR 52.50, or 45 rupees", "£45", "₹45 and ₹52.50"),
        (
            "KWD",
            "KD 45, or 52.500 KD, or 45.000 dinars",
            "KD 45.500",
            "KWD\N{NO-BREAK SPACE}45 and KWD\N{NO-BREAK SPACE}52.500",
        ),
        ("PKR", "Rs 45, or Rs. 52.50, or PKR 45", "Rs 1,045", "PKR\N{NO-BREAK SPACE}45 and PKR\N{NO-BREAK SPACE}52.50"),
        (
            "TRY",
            "₺45, or 52,50 TRY, or 45 lira: try 3 sessions",
            "€45",
            "TRY\N{NO-BREAK SPACE}45 and TRY\N{NO-BREAK SPACE}52.50",
        ),
    ],
)
def test_prices_are_compared_in_the_currency_that_the_clinic_asks(
    currency: str, true: str, false: str, shown: str
) -> None:
    facts = clinic_that_asks(currency)
    statements = [*facts.finder.find(true)]
    assert len(statements) == 3
    assert all(map(facts.confirms, statements))
    (wrong,) = facts.finder.find(false)
    assert not facts.confirms(wrong)
    assert facts.correction(wrong) == f"(its prices are {shown})"


def test_a_price_without_a_currency_is_in_that_of_the_clinic() -> None:
    (statement,) = clinic_that_asks("EUR").finder.find("A massage costs 41.50.")
    assert statement.normal == ("EUR", Decimal("41.5"))


def test_the_sentence_about_an_empty_exemption_names_no_currency() -> None:
    with pytest.raises(ValidationError) as wrong:
        Exemption(text="the price of a prescription", why="theirs")
    assert "£" not in str(wrong.value)
