"""Sums of money: the currencies there are, what people write for them, and how a sum is written.

Currencies are those of ISO 4217 that are legal tender somewhere today. Their signs, names and decimals are CLDR's.
"""

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, ClassVar, NamedTuple, Self, TypeAlias

from babel.core import UnknownLocaleError, get_global
from babel.languages import get_official_languages
from babel.numbers import (
    format_currency,
    get_currency_name,
    get_currency_precision,
    get_currency_symbol,
    get_territory_currencies,
)
from pydantic import BeforeValidator, Field, ValidationInfo, model_validator

from clinic.models.base import Record, RecordError
from clinic.models.language import current_country, current_locale, is_british
from clinic.models.types import DASHES, checked

DEFAULT_CURRENCY = "GBP"
_COMMON_WORDS: Mapping[str, str] = {
    "£": "GBP", "quid": "GBP", "pound": "GBP", "pounds": "GBP",
    "€": "EUR", "euro": "EUR", "euros": "EUR",
    "$": "USD", "us$": "USD", "dollar": "USD", "dollars": "USD",
    "a$": "AUD", "au$": "AUD", "ca$": "CAD", "c$": "CAD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD",
    "franc": "CHF", "francs": "CHF", "swiss franc": "CHF", "swiss francs": "CHF", "franken": "CHF", "sfr": "CHF",
    "sfr.": "CHF", "gbp": "GBP", "eur": "EUR", "usd": "USD", "chf": "CHF",
}  # fmt: skip
"""What these words mean wherever nothing nearer is known, in small letters."""
_LOCAL_WORDS: Mapping[str, str] = {
    "AED": "Dh Dhs Dh. Dhs.", "BHD": "BD BD.", "CAD": "C$", "CHF": "Fr. Franken SFr. SFr", "CNY": "RMB yuan 元",
    "CZK": "Kc", "DKK": "kr", "EGP": "LE L.E. E£", "GBP": "quid", "HKD": "HKD$", "IDR": "Rp Rp.", "ILS": "NIS",
    "INR": "Rs Rs.", "ISK": "kr", "JMD": "J$", "JOD": "JD JD.", "JPY": "円 yen", "KES": "KSh Ksh KSh.", "KRW": "원",
    "KWD": "KD K.D.", "LKR": "Rs Rs.", "MUR": "Rs Rs.", "MYR": "RM", "NOK": "kr.", "NPR": "Rs Rs.", "OMR": "RO R.O.",
    "PKR": "Rs Rs.", "QAR": "QR QR.", "RUB": "руб руб.", "SAR": "SR SR.", "SEK": "kr.", "SGD": "S$", "THB": "baht ฿",
    "TRY": "TL", "TTD": "TT$", "UAH": "грн", "VND": "đ",
}  # fmt: skip
"""What people write for a currency where it is used, beside what CLDR has."""
_NEXT_TO_LETTERS = re.compile(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_SUM = re.compile(
    r"(?P<before>[^\d\s.,-][^\d\s]*)?\s*(?P<sum>\d[\d.,' ]*?)(?:[.,]?-{1,2})?\s*(?P<after>[^\d.,\s-][^\d]*)?"
)
_AMBIGUOUS = re.compile(r"(?<![\d.,'])([1-9]\d{0,2})\.(\d{3})(?![\d.,'])")
_GROUPED = re.compile(r"(\d{1,3}(?:([.,' ])\d{3})(?:\2\d{3})*|\d+)(?:([.,])(\d+))?")


@cache
def currencies() -> frozenset[str]:
    """The codes of all currencies that are legal tender somewhere (ISO 4217)."""
    used = get_global("territory_currencies").values()
    return frozenset(code for entries in used for code, _, until, is_tender in entries if is_tender and until is None)


def is_currency(code: str) -> bool:
    """Whether it is the code of a currency that is legal tender somewhere."""
    return code in currencies()


def currency_of(country: str) -> str:
    """The currency of a country (ISO 3166)."""
    return next(iter(get_territory_currencies(country)), DEFAULT_CURRENCY)


def _currency_error(word: str) -> str:
    likely = word.upper() if is_currency(word.upper()) else _COMMON_WORDS.get(word.casefold())
    return f"is not a currency code; write {likely or 'its three letters, for example EUR'}"


def clinic_currency(info: ValidationInfo) -> str:
    """The currency of the clinic (validation context ``currency``), else that of its country (``country``)."""
    context = info.context or {}
    return str(context.get("currency") or currency_of(context.get("country", "GB")))


def _or_of_clinic(value: Any, info: ValidationInfo) -> Any:
    return value or clinic_currency(info)


Currency: TypeAlias = Annotated[str, checked(is_currency, _currency_error), BeforeValidator(_or_of_clinic)]
"""An ISO 4217 code; where none is written, the clinic's currency, which is by default that of its country."""


@cache
def words_of(currency: str) -> frozenset[str]:
    """What people write for a currency: its code, its signs where it is used and in English, its name in English.

    The first two letters of a code are those of the country whose currency it is (ISO 4217), but for a few unions.
    """
    country = currency[:2]
    found = {currency, get_currency_symbol(currency, "en")}
    for language in get_official_languages(country, de_facto=True):
        with suppress(UnknownLocaleError, ValueError):
            found.add(get_currency_symbol(currency, f"{language}_{country}").strip("\u200f\u200e"))
    for count in (1, 2):
        name = get_currency_name(currency, count=count, locale="en")
        found |= {name, name.rpartition(" ")[2]}
    return frozenset(found.union(_LOCAL_WORDS.get(currency, "").split()))


@cache
def currency_words(own: str) -> Mapping[str, str]:
    """The currency that each word means to a clinic whose own is ``own``, in small letters."""
    return {**_COMMON_WORDS, **{word.casefold(): own for word in words_of(own)}}


def currency_meant(word: str, own: str) -> str | None:
    """The currency of a word such as ``€`` or ``Euro``, or of a code; None if it is none."""
    code = word.upper()
    return currency_words(own).get(word.casefold()) or (code if is_currency(code) else None)


class Money(NamedTuple):
    """A sum as it was written: the amount, and the currency if it is said."""

    amount: Decimal
    currency: str | None


def read_money(text: str, own: str) -> Money | None:
    """A sum as people write it: ``65``, ``€65``, ``65,50 EUR``, ``1'250.–``; None for anything else.

    ``own`` (ISO 4217) is what a sign that several currencies share stands for. A comma before three figures divides
    thousands; a point there may be either, unless the currency has three decimals, so it is not read.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_PLAIN).strip()
    found = _SUM.fullmatch(plain)
    if not found or (found["before"] and found["after"]):
        return None
    word = (found["before"] or found["after"] or "").strip()
    currency = currency_meant(word, own) if word else None
    amount = _amount(found["sum"].strip(), currency or own)
    return None if amount is None or (word and currency is None) else Money(amount, currency)


_PLAIN = DASHES | {ord("\u2019"): "'"}


def _amount(text: str, currency: str) -> Decimal | None:
    if _AMBIGUOUS.fullmatch(text):
        return Decimal(text) if precision(currency) == 3 else None
    found = _GROUPED.fullmatch(text)
    if not found or (found[2] and found[2] == found[3]):
        return None
    return Decimal(".".join(filter(None, (re.sub(r"\D", "", found[1]), found[4]))))


def ambiguous_sum(text: str) -> str | None:
    """The two readings of a sum such as ``1.250``: ``1250 or 1.25``; None where there are not two."""
    found = _AMBIGUOUS.search(text)
    return f"{found[1]}{found[2]} or {found[1]}.{found[2][:2]}" if found else None


def precision(currency: str) -> int:
    """How many decimals a currency has: 2 for most, 0 for yen, 3 for Kuwaiti dinars."""
    return get_currency_precision(currency)


def digits(amount: Decimal, currency: str) -> str:
    """The amount in digits with all its decimals and a point, as schema.org's ``price`` has it: ``52.50``."""
    return f"{amount:.{precision(currency)}f}"


def in_words(amount: Decimal, currency: str) -> str:
    """The sum as the language's country writes it: ``£52.50``, ``$95.00``, ``80,50 €``, ``CHF 120.00``.

    In British and Irish English a whole sum is without decimals, and thousands are divided by commas: ``£45``,
    ``£1,250`` (GOV.UK style guide, "Money", "Numbers"); the currency of the clinic's country has its own sign alone.
    The no-break space between letters and figures is CLDR's ``currencySpacing``, which Babel has not.
    """
    locale = current_locale()
    if is_british():
        decimals = "" if amount == int(amount) else f".{'0' * precision(currency)}"
        text = format_currency(amount, currency, f"¤#,##0{decimals}", locale, currency_digits=False)
        if currency == currency_of(current_country()):
            text = text.replace(get_currency_symbol(currency, locale), get_currency_symbol(currency, "en"))
    else:
        text = format_currency(amount, currency, locale=locale)
    return _NEXT_TO_LETTERS.sub("\N{NO-BREAK SPACE}", text)


_FIGURES = re.compile(r"-?\d+(?:\.\d+)?")


def _sum(value: Any) -> Any:
    """A sum that ``WithCurrency`` could not read is refused in our words; what it has read are figures and a point."""
    if isinstance(value, str) and not _FIGURES.fullmatch(value):
        raise ValueError(f'"{value}" is not a sum of money; write a number alone, such as 45 or 52.50')
    return value


Sum: TypeAlias = Annotated[Decimal, BeforeValidator(_sum)]
"""An amount, without its currency."""


class WithCurrency(Record):
    """A record with sums of money in one currency, each in a key of ``sums``.

    They may be written as people write sums, with their currency or without, and a record that is nothing but its first
    sum may be written as that: ``€65``.
    """

    sums: ClassVar[tuple[str, ...]] = ("amount",)

    currency: Currency = Field(
        default=None, validate_default=True, description="its currency, such as EUR, if it is not the clinic's"
    )

    @model_validator(mode="before")
    @classmethod
    def _read_sums(cls, value: Any, info: ValidationInfo) -> Any:
        """Take ``amount: 65,50 EUR`` apart. What cannot be read stays, so that its own error says so."""
        written = {cls.sums[0]: value} if isinstance(value, str) else value
        if isinstance(written, dict):
            said = '"currency" says' if "currency" in written else f'"{cls.sums[0]}" is in'
            for key in cls.sums:
                written = _with_sum_read(written, key, said, info)
        return written

    @model_validator(mode="after")
    def _have_decimals_of_currency(self) -> Self:
        """ISO 4217: there are no hundredths of a yen."""
        most = precision(self.currency)
        for key in self.sums:
            amount: Decimal | None = getattr(self, key)
            if amount is not None and -int(amount.normalize().as_tuple().exponent) > most:
                how = f"write it with {most} decimals at most" if most else "write it without decimals"
                raise RecordError(key, f'{key} is "{amount}", and the currency is {self.currency}; {how}')
        return self


def _with_sum_read(written: dict[str, Any], key: str, said: str, info: ValidationInfo) -> dict[str, Any]:
    """The record with the amount of one sum in figures, and its currency where none is known yet.

    ``said`` is how a message begins what the currency follows from.
    """
    text, stated = written.get(key), written.get("currency")
    if not isinstance(text, str):
        return written
    own = stated if isinstance(stated, str) and is_currency(stated) else clinic_currency(info)
    found = read_money(text, own)
    if found is None and (readings := ambiguous_sum(text)):
        raise RecordError(key, f'{key}: "{text}" can be read in two ways; write {readings}')
    if found is None:
        return written
    if stated == own and found.currency not in {own, None}:
        message = f'{key}: "{text}" is in {found.currency}, but {said} {own}; let both be the same'
        raise RecordError(key, message)
    currency = {} if stated else {"currency": found.currency or own}
    return {**written, key: str(found.amount), **currency}
