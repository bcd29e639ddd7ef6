"""The first looks of the fact check, which spare most texts the search: they pass over nothing that it would find."""

from collections.abc import Callable, Iterator
from random import Random
from types import ModuleType

import pytest

from clinic.fact_check.statements import identifiers, opening_times, phones, prices, statement
from clinic.fact_check.statements.statement import Statement

_ALWAYS = ("",)
PIECES = (
    *("open", "Opening hours:", "closes", "closed on Mondays", "shut", "our hours", "clinic times", "appointments"),
    *("Last appointment", "we are here", "find us here", "answer the phones", "Mon-Fri", "TUES", "Sat.", "weekends"),
    *(
        "daily",
        "weekdays",
        "every day",
        "24/7",
        "24 hours",
        "noon",
        "9-5",
        "9am",
        "17:30",
        "until 8",
        "from 10",
        "at 7pm",
    ),
    *("01632 960123", "(01632) 960 123", "+353 1 555 0123", "960123", "call", "2026-03-02", "10.30-11.30", "12345"),
    *(
        "GCC",
        "G.C.C.",
        "Companies House",
        "registered in England no. 01234567",
        "member",
        "No. 12345",
        "VAT 123 4567 89",
    ),
    *("licence", "reg. no. AB1234", "PIN: 98B0123E", "charity 1 2 3 4", "1234 (GCC)", "ICO ZA123456", "pin no. 1234"),
    *("£45", "45 pounds", "50p", "costs 41.00 a visit", "cost 12.50.", "USD 30", "12 euros", "Costs just 9,50 each"),
    *("https://example.com/12345", "www.example.com/01632960123", "doi: 10.1234/567890", "ISBN 978-0-12-345678-9"),
    *("and", "to", "of", ",", ".", "\n", "a", "words"),
)


def texts() -> Iterator[str]:
    chance = Random(3)  # noqa: S311 (chance is wanted that repeats itself)
    for _ in range(3000):
        yield " ".join(chance.choices(PIECES, k=chance.randint(1, 7)))


class FindsAll:
    """In place of a pattern whose search is the first look."""

    def search(self, _: str) -> bool:
        return True


@pytest.mark.parametrize(
    ("module", "looks", "find"),
    [
        (opening_times, {"_may_be_of_hours": lambda _: True}, opening_times.opening_times),
        (phones, {"_FIVE_DIGITS": FindsAll()}, lambda text: phones.phones(text, "GB")),
        (identifiers, {"_FIGURES": FindsAll(), "_WORDS": _ALWAYS}, identifiers.Registers().numbers),
        (statement, {"_REFERENCE_PARTS": _ALWAYS}, statement.without_references),
        (opening_times, {"_OPENING_PARTS": _ALWAYS}, lambda text: [opening_times.speaks_of_hours(text)]),
    ],
    ids=["opening times", "telephone numbers", "registrations", "references", "headings"],
)
def test_a_first_look_passes_over_nothing(
    monkeypatch: pytest.MonkeyPatch,
    module: ModuleType,
    looks: dict[str, object],
    find: Callable[[str], Iterator[Statement]],
) -> None:
    looked = {text: [*find(text)] for text in texts()}
    for name, always in looks.items():
        monkeypatch.setattr(module, name, always)
    assert {text: [*find(text)] for text in looked} == looked
    assert sum(map(bool, looked.values())) > 300


@pytest.mark.parametrize("text", ["It costs 41.00 a visit", "COSTS 41.00.", "Cost from 41.00 each"])
def test_a_sum_without_its_currency_is_found_in_capitals_too(text: str) -> None:
    assert [found.normal for found in prices.prices(text)]
