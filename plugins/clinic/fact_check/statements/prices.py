"""Prices in a text, each with its currency, in the ways people write them: the clinic's own, and GBP, EUR, USD, CHF."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from clinic.fact_check.statements.statement import Kind, Statement
from clinic.models.money import currency_words, precision, words_of

_PENCE_WORDS = frozenset({"p", "pence"})
_CODES = r"GBP|EUR|USD|CHF"
_SIGNS = r"(?:US|AU?|CA?|NZ|HK|S)?\$|[£€]"
_NAMES = rf"(?:{_CODES}|euros?|dollars?|(?:Swiss\s)?francs?|Franken|quid|pounds?|pence|p)\b"
_MONEY = ("£", "€", "$", "gbp", "eur", "usd", "chf", "sfr", "dollar", "fran", "quid", "pound", "pence")
_PENCE = re.compile(r"\d[pP]\b")
_SUM = r"(\d{1,3}(?:[,.']\d{3})+|\d+)(?:[.,](\d{1,2}))?(?![\d.,]*\d)"
"""Whole and hundredths; thousands apart by comma, point or apostrophe: ``1,250.00``, ``1.250,00``, ``1'250``."""
_SPACED_SUM = _SUM.replace("[,.']", "[,.' ]")
"""The same with a space too: ``1 250``; before a sign, where what follows is no further number."""
_SPACED = frozenset({"BGN", "CZK", "HUF", "NOK", "PLN", "RUB", "SEK", "UAH", "ZAR"})
"""Currencies whose countries write thousands with a space (CLDR), also behind a sign."""
_MANY = r"(?!\s?(?:m|mn|bn|k|million|billion|thousand|trillion)\b)"
_TO = re.compile(
    rf"\s?(?:-|\bto\b)\s?{_SUM}{_MANY}(?!\s?(?:min|mins|minutes?|hours?|hrs?|weeks?|months?|days?|years?|%|am|pm|:)\b)(?!\s?[%:])"
    rf"|(?:/|\sor\s|\s\((?=[\d.]+\s(?:for|with|if)\b))(?=\d\d){_SUM}"
    r"(?=\s(?:a|an|per|each|with|if)\b|\sfor\s(?!one\b|two\b|the\sprice)[a-z])"
)
"""A second sum whose sign is not repeated: ``£45-70``, ``£45 or 41 a session``, but not ``£45 - 60 minutes``."""
_FROM = re.compile(rf"(?:\bbetween\s{_SUM}\sand\s|\b{_SUM}\sto\s)$")
"""The first sum of a range whose currency stands behind the second."""
_NEAR = 60
"""Characters before a sum in which the first of its range stands, at most."""
_COSTS = re.compile(
    r"\bcosts?\s(?:(?:just|only|from)\s)?([1-9]\d*)[.,]([0-5]\d)(?=\s(?:a|an|each|per(?!\scent))\b|[.,;!)]?(?:$|\n)|[.;!)]\s)",
    re.IGNORECASE,
)
"""A sum that leaves its currency unsaid."""
_WEIGHT = re.compile(r"\s*(?:of\b|in weight|heavier|lighter|overweight|per square)", re.IGNORECASE)
_PRICED = re.compile(
    r"\b(?:cost|costs|price|prices|priced|charge|charges|charged|fee|fees|pay|pays|paid|payable|session|sessions|appointments?|"
    r"visits?|treatments?|massages?|consultations?|discount|deposit|book|booking|only|just|offers?|per|each)\b",
    re.IGNORECASE,
)
_WEIGHED = re.compile(
    r"\b(?:weigh\w*|lift\w*|carr(?:y|ies|ied|ying)|los(?:e|es|ing|t)|gain\w*|dumbbells?|kettlebells?|load\w*)\b",
    re.IGNORECASE,
)


class _Patterns(NamedTuple):
    """Sums with a sign before them, and with a sign or name behind; ``money`` are words without which there is none."""

    signed: re.Pattern[str]
    named: re.Pattern[str]
    money: tuple[str, ...]


@cache
def _patterns(currency: str) -> _Patterns:
    """The patterns for texts of a clinic whose currency this is.

    Its own signs and code are taken as they are written, since small letters may be words: TRY, R, kr.
    """
    own = sorted(words_of(currency), key=len, reverse=True)
    short = [word for word in own if not word.islower() or len(word) < 4]
    names = "|".join(re.escape(word) for word in own if word not in short) or "(?!)"
    signs = "|".join(rf"(?<!\w){re.escape(word)}" for word in short)
    behind = "|".join(rf"{re.escape(word)}(?!\w)" for word in short)
    sum_behind = _SPACED_SUM if currency in _SPACED else _SUM
    signed = rf"({_SIGNS}|\b(?:{_CODES}|SFr\.?)|(?-i:{signs}))\s?{sum_behind}{_MANY}"
    named = rf"(?<![\d.,£€$])\b{_SPACED_SUM}(?:[.,]-{{1,2}})?\s?-?({_SIGNS}|(?-i:{behind})|(?:{names})\b|{_NAMES})"
    money = (*_MONEY, *(word.lower() for word in own))
    return _Patterns(re.compile(signed, re.IGNORECASE), re.compile(named, re.IGNORECASE), money)


def prices(text: str, currency: str = "GBP") -> Iterator[Statement]:
    """Every sum that may be a price; ``currency`` is the clinic's, also that of ``costs 41.00``. Millions are none."""
    lower = text.lower()
    for found in _COSTS.finditer(text) if "cost" in lower else ():
        yield _price(found, currency, (found.start(1), found.end()))
    patterns = _patterns(currency)
    if any(map(lower.__contains__, patterns.money)) or _PENCE.search(text):
        yield from _signed(text, patterns.signed, currency)
        yield from _named(text, patterns.named, currency)


def _signed(text: str, pattern: re.Pattern[str], own: str) -> Iterator[Statement]:
    for found in pattern.finditer(text):
        currency = _currency(found.group(1), own)
        yield _price(found, currency, found.span())
        if second := _TO.match(text, found.end()):
            yield _price(second, currency, (found.start(), second.end()))


def _named(text: str, pattern: re.Pattern[str], own: str) -> Iterator[Statement]:
    for found in filter(_is_money, pattern.finditer(text)):
        name = found.group(3).lower()
        if name not in _PENCE_WORDS and (first := _FROM.search(text, max(0, found.start() - _NEAR), found.start())):
            yield _price(first, _currency(name, own), (first.start(), found.end()))
        yield _price(found, _currency(name, own), found.span(), 100 if name in _PENCE_WORDS else 1)


def _price(found: re.Match[str], currency: str, quoted: tuple[int, int], parts: int = 1) -> Statement:
    """The sum in ``found``, in ``parts`` of the currency; ``quoted`` is what the owner's sentence quotes."""
    whole, *decimals = (group for group in found.groups() if group and group[0].isdigit())
    if precision(currency) == 3 and not decimals and whole.count(".") == 1:
        whole, decimals = whole.split(".")[0], [whole.split(".")[1]]
    amount = Decimal(".".join((re.sub(r"\D", "", whole), *decimals))) / parts
    return Statement(Kind.PRICE, found.string[slice(*quoted)].strip(), (currency, amount), *found.span())


def _currency(name: str, own: str) -> str:
    return "GBP" if name.lower() in _PENCE_WORDS else currency_words(own).get(name.lower(), own)


def _is_money(found: re.Match[str]) -> bool:
    """Pounds are a weight too, and p is a page."""
    text, name = found.string, found.group(3).lower()
    if name in _PENCE_WORDS:
        return not found.group(2) and (name == "pence" or len(found.group(1)) < 3)
    if not name.startswith("pound"):
        return True
    around = text[max(0, found.start() - 80) : found.end() + 40]
    return not _WEIGHT.match(text, found.end()) and bool(_PRICED.search(around)) and not _WEIGHED.search(around)
