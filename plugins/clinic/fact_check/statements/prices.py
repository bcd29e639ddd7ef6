"""Prices in a text, each with its currency: GBP, EUR, USD and CHF in the ways people write them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from clinic.fact_check.statements.statement import Kind, Statement

_CURRENCIES = {
    "£": "GBP", "quid": "GBP", "pound": "GBP", "p": "GBP", "pence": "GBP",
    "€": "EUR", "euro": "EUR", "$": "USD", "us$": "USD", "dollar": "USD",
    "franc": "CHF", "swiss franc": "CHF", "franken": "CHF", "sfr": "CHF", "sfr.": "CHF",
}  # fmt: skip
_HUNDREDTHS = frozenset({"p", "pence"})
_CODES = r"GBP|EUR|USD|CHF"
_NAMES = rf"(?:{_CODES}|euros?|dollars?|(?:Swiss\s)?francs?|Franken|quid|pounds?|pence|p)\b"
_MONEY = ("£", "€", "$", "gbp", "eur", "usd", "chf", "sfr", "dollar", "fran", "quid", "pound", "pence")
_PENCE = re.compile(r"\d[pP]\b")
_SUM = r"(\d{1,3}(?:[,.']\d{3})+|\d+)(?:[.,](\d{1,2}))?(?![\d.,]*\d)"
"""Whole and hundredths; thousands apart by comma, point or apostrophe: ``1,250.00``, ``1.250,00``, ``1'250``."""
_MANY = r"(?!\s?(?:m|mn|bn|k|million|billion|thousand|trillion)\b)"
_SIGNED = re.compile(rf"(US\$|[£€$]|\b(?:{_CODES}|SFr\.?))\s?{_SUM}{_MANY}", re.IGNORECASE)
_NAMED = re.compile(rf"(?<![\d.,£€$])\b{_SUM}\s?-?(£|€|{_NAMES})", re.IGNORECASE)
_TO = re.compile(
    rf"\s?(?:-|\bto\b)\s?{_SUM}{_MANY}(?!\s?(?:min|mins|minutes?|hours?|hrs?|weeks?|months?|days?|years?|%|am|pm|:)\b)(?!\s?[%:])"
    rf"|(?:/|\sor\s|\s\((?=[\d.]+\s(?:for|with|if)\b))(?=\d\d){_SUM}"
    r"(?=\s(?:a|an|per|each|with|if)\b|\sfor\s(?!one\b|two\b|the\sprice)[a-z])"
)
"""A second sum whose sign is not repeated: ``£45-70``, ``£45 or 41 a session``, but not ``£45 - 60 minutes``."""
_FROM = re.compile(rf"(?:\bbetween\s{_SUM}\sand\s|\b{_SUM}\sto\s)$")
"""The first sum of a range whose currency stands behind the second."""
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


def prices(text: str, currency: str = "GBP") -> Iterator[Statement]:
    """Every sum that may be a price; ``currency`` is that of ``costs 41.00``. Millions and the like are none."""
    for found in _COSTS.finditer(text):
        yield _price(found, currency, (found.start(1), found.end()))
    if any(map(text.lower().__contains__, _MONEY)) or _PENCE.search(text):
        yield from _signed(text)
        yield from _named(text)


def _signed(text: str) -> Iterator[Statement]:
    for found in _SIGNED.finditer(text):
        currency = _currency(found.group(1))
        yield _price(found, currency, found.span())
        if second := _TO.match(text, found.end()):
            yield _price(second, currency, (found.start(), second.end()))


def _named(text: str) -> Iterator[Statement]:
    for found in filter(_is_money, _NAMED.finditer(text)):
        name = found.group(3).lower()
        if name not in _HUNDREDTHS and (first := _FROM.search(text, 0, found.start())):
            yield _price(first, _currency(name), (first.start(), found.end()))
        yield _price(found, _currency(name), found.span(), 100 if name in _HUNDREDTHS else 1)


def _price(found: re.Match[str], currency: str, quoted: tuple[int, int], parts: int = 1) -> Statement:
    """The sum in ``found``, in ``parts`` of the currency; ``quoted`` is what the owner's sentence quotes."""
    whole, *hundredths = (group for group in found.groups() if group and group[0].isdigit())
    amount = Decimal(".".join((re.sub(r"\D", "", whole), *hundredths))) / parts
    return Statement(Kind.PRICE, found.string[slice(*quoted)].strip(), (currency, amount), *found.span())


def _currency(name: str) -> str:
    word = name.lower()
    return _CURRENCIES.get(word) or _CURRENCIES.get(word.removesuffix("s")) or name.upper()


def _is_money(found: re.Match[str]) -> bool:
    """Pounds are a weight too, and p is a page."""
    text, name = found.string, found.group(3).lower()
    if name in _HUNDREDTHS:
        return not found.group(2) and (name == "pence" or len(found.group(1)) < 3)
    if not name.startswith("pound"):
        return True
    around = text[max(0, found.start() - 80) : found.end() + 40]
    return not _WEIGHT.match(text, found.end()) and bool(_PRICED.search(around)) and not _WEIGHED.search(around)
