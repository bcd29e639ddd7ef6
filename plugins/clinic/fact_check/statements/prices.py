"""Sums of money in a text."""

import re
from collections.abc import Iterator
from decimal import Decimal

from clinic.fact_check.statements.statement import Kind, Statement

_MONEY = re.compile(r"[£€$]|GBP|EUR|USD|euros?\b|quid|pounds?\b|pence|\dp\b", re.IGNORECASE)
_SUM = r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?(?![\d.,]*\d)"
_MANY = r"(?!\s?(?:m|mn|bn|k|million|billion|thousand|trillion)\b)"
_SIGNED = re.compile(rf"(US\$|[£€$]|\b(?:GBP|EUR|USD))\s?{_SUM}{_MANY}", re.IGNORECASE)
_NAMED = re.compile(
    rf"(?<![\d.,£€$])\b{_SUM}\s?-?(£|€|GBP\b|EUR\b|USD\b|euros?\b|quid\b|pounds?\b|pence\b|p\b)", re.IGNORECASE
)
_TO = re.compile(
    rf"\s?(?:-|\bto\b)\s?{_SUM}{_MANY}(?!\s?(?:min|mins|minutes?|hours?|hrs?|weeks?|months?|days?|years?|%|am|pm|:)\b)(?!\s?[%:])"
    rf"|(?:/|\sor\s|\s\((?=[\d.]+\s(?:for|with|if)\b))(?=\d\d){_SUM}"
    r"(?=\s(?:a|an|per|each|with|if)\b|\sfor\s(?!one\b|two\b|the\sprice)[a-z])"
)
"""A second sum whose sign is not repeated: ``£45-70``, ``£45 or 41 a session``, but not ``£45 - 60 minutes``."""
_FROM = re.compile(rf"(?:\bbetween\s{_SUM}\sand\s|\b{_SUM}\sto\s)$")
"""The first sum of a range whose currency stands behind the second."""
_COSTS = re.compile(
    r"\bcosts?\s(?:(?:just|only|from)\s)?([1-9]\d*)\.([0-5]\d)(?=\s(?:a|an|each|per(?!\scent))\b|[.,;!)]?(?:$|\n)|[.;!)]\s)",
    re.IGNORECASE,
)
"""A sum that leaves its currency unsaid; its pence are such as ``signs`` looks for."""
_CURRENCIES = {"£": "GBP", "€": "EUR", "$": "USD", "us$": "USD", "quid": "GBP", "pound": "GBP", "euro": "EUR"}
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


def prices(text: str, country: str = "GB") -> Iterator[Statement]:
    """Every sum that may be a price; of thousands, millions and more it is none."""
    if country == "GB":
        yield from _unsigned(text)
    if _MONEY.search(text):
        yield from _signed(text)
        yield from _named(text)


def _signed(text: str) -> Iterator[Statement]:
    for found in _SIGNED.finditer(text):
        currency = _currency(found.group(1))
        yield _claim(found, currency, found.group(2), found.group(3))
        if second := _TO.match(text, found.end()):
            amount = _amount(*_sum_in(second))
            yield Statement(
                Kind.PRICE, text[found.start() : second.end()], (currency, amount), second.start(), second.end()
            )


def _named(text: str) -> Iterator[Statement]:
    for found in _NAMED.finditer(text):
        if _is_money(text, found):
            whole, pence, name = found.groups()
            if name.lower() in {"p", "pence"}:
                pounds, rest = divmod(int(whole.replace(",", "")), 100)
                whole, pence = str(pounds), f"{rest:02d}"
            elif first := _FROM.search(text, 0, found.start()):
                amount = _amount(*_sum_in(first))
                yield Statement(
                    Kind.PRICE, text[first.start() : found.end()], (_currency(name), amount), first.start(), first.end()
                )
            yield _claim(found, _currency(name), whole, pence)


def _unsigned(text: str) -> Iterator[Statement]:
    for found in _COSTS.finditer(text):
        amount = _amount(found.group(1), found.group(2))
        yield Statement(Kind.PRICE, text[found.start(1) : found.end()], ("GBP", amount), found.start(1), found.end())


def _claim(found: re.Match[str], currency: str, whole: str, pence: str | None) -> Statement:
    return Statement(Kind.PRICE, found.group().strip(), (currency, _amount(whole, pence)), *found.span())


def _sum_in(found: re.Match[str]) -> tuple[str, str | None]:
    """The pounds and the pence of whichever form was found."""
    whole, pence, other, others_pence = found.groups()
    return (whole, pence) if whole else (other, others_pence)


def _amount(whole: str, pence: str | None) -> Decimal:
    return Decimal(f"{whole.replace(',', '')}.{pence or '0'}")


def _currency(name: str) -> str:
    word = name.lower().removesuffix("s")
    return "GBP" if word in {"p", "pence"} else _CURRENCIES.get(word, name.upper())


def _is_money(text: str, found: re.Match[str]) -> bool:
    """Pounds are a weight too, and p is a page."""
    name = found.group(3).lower()
    if name in {"p", "pence"}:
        return not found.group(2) and (name == "pence" or int(found.group(1).replace(",", "")) < 100)
    if not name.startswith("pound"):
        return True
    around = text[max(0, found.start() - 80) : found.end() + 40]
    return not _WEIGHT.match(text, found.end()) and bool(_PRICED.search(around)) and not _WEIGHED.search(around)
