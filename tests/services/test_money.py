"""Sums are read as people write them and shown as the language's country writes them, in any currency."""

from __future__ import annotations

from contextvars import copy_context
from decimal import Decimal

import pytest
from pydantic import ValidationError

from clinic.models.clinic import ClinicFile
from clinic.models.language import write_in
from clinic.models.money import currencies, digits, in_words, read_money
from clinic.models.service import Price, ServiceFrontMatter

NBSP = "\N{NO-BREAK SPACE}"
CLINIC = {"name": "A", "url": "https://a.example.com", "locations": {"here": {"address": {"locality": "Here"}}}}


def shown(language: str, amount: str, currency: str) -> str:
    def written() -> str:
        write_in(language)
        return in_words(Decimal(amount), currency)

    return copy_context().run(written)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("65", "65", None),
        ("65.50", "65.5", None),
        ("65,50", "65.5", None),
        ("€65", "65", "EUR"),
        ("65 €", "65", "EUR"),
        (f"65{NBSP}€", "65", "EUR"),
        ("65 EUR", "65", "EUR"),
        ("eur 65", "65", "EUR"),
        ("65 euros", "65", "EUR"),
        ("65,– €", "65", "EUR"),
        ("£1,250.00", "1250", "GBP"),
        ("1.250,00 €", "1250", "EUR"),
        ("CHF 1'250.–", "1250", "CHF"),
        ("1,250", "1250", None),
        ("US$ 95", "95", "USD"),
        ("6500 JPY", "6500", "JPY"),
        ("12.500 KWD", "12.5", "KWD"),
    ],
)
def test_a_sum_is_read_however_it_is_written(text: str, amount: str, currency: str | None) -> None:
    assert read_money(text, "GBP") == (Decimal(amount), currency)


@pytest.mark.parametrize(
    "text", ["", "from 65", "65 for 30 minutes", "65-70", "-5", "€65 EUR", "65 bananas", "1.250", "1.2.3"]
)
def test_what_is_no_sum_or_has_two_readings_is_not_read(text: str) -> None:
    assert read_money(text, "GBP") is None


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1 250 kr", "1250", "SEK"),
        ("Rs. 1,500", "1500", "INR"),
        ("KD 25.500", "25.500", "KWD"),
        ("25.5 KD", "25.5", "KWD"),
        ("12,000円", "12000", "JPY"),
        ("Dhs 300", "300", "AED"),
        ("350 NIS", "350", "ILS"),
    ],
)
def test_the_words_of_a_country_are_its_currency_there(text: str, amount: str, currency: str) -> None:
    assert read_money(text, currency) == (Decimal(amount), currency)


@pytest.mark.parametrize(("own", "meant"), [("CAD", "CAD"), ("AUD", "AUD"), ("USD", "USD"), ("EUR", "USD")])
def test_a_dollar_is_that_of_the_clinic(own: str, meant: str) -> None:
    assert read_money("$95", own) == (Decimal(95), meant)


@pytest.mark.parametrize(
    ("language", "amount", "currency", "said"),
    [
        ("en-GB", "45", "GBP", "£45"),
        ("en-GB", "52.50", "GBP", "£52.50"),
        ("en-GB", "1250", "GBP", "£1,250"),
        ("en-GB", "65", "EUR", "€65"),
        ("en-IE", "65", "EUR", "€65"),
        ("en-GB", "120", "CHF", f"CHF{NBSP}120"),
        ("en-US", "95", "USD", "$95.00"),
        ("en-US", "1250", "USD", "$1,250.00"),
        ("en-AU", "95", "AUD", "$95.00"),
        ("en-CA", "95", "USD", "US$95.00"),
        ("en-DE", "80.5", "EUR", f"80,50{NBSP}€"),
        ("en-CH", "120", "CHF", f"CHF{NBSP}120.00"),
        ("en-JP", "6500", "JPY", "JP¥6,500"),
        ("en-US", "12.5", "KWD", f"KWD{NBSP}12.500"),
    ],
)
def test_a_sum_is_shown_as_the_languages_country_writes_it(
    language: str, amount: str, currency: str, said: str
) -> None:
    assert shown(language, amount, currency) == said


@pytest.mark.parametrize(
    ("country", "currency", "said"),
    [("JP", "JPY", "¥12,000"), ("GB", "JPY", "JP¥12,000"), ("US", "USD", "$12,000"), ("JP", "USD", "US$12,000")],
)
def test_the_currency_of_the_clinics_country_need_not_say_whose_it_is(country: str, currency: str, said: str) -> None:
    def written() -> str:
        write_in("en-GB", country)
        return in_words(Decimal(12000), currency)

    assert copy_context().run(written) == said


@pytest.mark.parametrize(("currency", "text"), [("GBP", "65.00"), ("JPY", "65"), ("ISK", "65"), ("KWD", "65.000")])
def test_machines_get_the_decimals_of_the_currency(currency: str, text: str) -> None:
    assert digits(Decimal(65), currency) == text


def test_every_currency_in_use_can_be_read_and_shown() -> None:
    assert {"GBP", "EUR", "USD", "CHF", "ISK", "KWD", "XOF"} <= currencies()
    assert "DEM" not in currencies()
    for currency in currencies():
        assert read_money(f"65 {currency}", "GBP") == (Decimal(65), currency)
        assert "65" in shown("en-US", "65", currency)


@pytest.mark.parametrize(
    ("keys", "currency"),
    [
        ({}, "GBP"),
        ({"country": "IE"}, "EUR"),
        ({"country": "US"}, "USD"),
        ({"country": "IE", "currency": "GBP"}, "GBP"),
    ],
)
def test_the_currency_of_a_clinic_is_that_of_its_country_unless_it_says_so(keys: dict[str, str], currency: str) -> None:
    clinic = ClinicFile.model_validate({**CLINIC, **keys}, context=keys)
    assert clinic.currency == currency
    assert Price.model_validate({"amount": "65"}, context={"country": "GB", **keys}).currency == currency


@pytest.mark.parametrize(
    "written", ["€65", {"amount": "€65"}, {"amount": "65", "currency": "EUR"}, {"amount": "65 EUR"}]
)
def test_a_price_may_be_a_sum_alone(written: object) -> None:
    service = ServiceFrontMatter.model_validate({"title": "A", "prices": [written], "first_visit": written})
    assert service.prices[0] == Price(amount=Decimal(65), currency="EUR")
    assert service.first_visit
    assert str(service.first_visit) == str(service.prices[0])


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"amount": "about 65"}, "is not a sum of money"),
        ({"amount": "1.250"}, "write 1250 or 1.25"),
        ({"amount": "€65", "currency": "GBP"}, "let both be the same"),
        ({"amount": "65", "currency": "euros"}, "write EUR"),
        ({"amount": "65", "currency": "DEM"}, "is not a currency code"),
        ({"amount": "65.50 ISK"}, "without decimals"),
        ({"amount": "0"}, "greater than 0"),
    ],
)
def test_what_is_wrong_with_a_price_is_told_once(written: dict[str, str], told: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        Price.model_validate(written)
    [error] = wrong.value.errors()
    assert told in error["msg"]
