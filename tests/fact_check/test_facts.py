"""What the facts hold, and what they do not."""

from __future__ import annotations

import pytest

from clinic.content.load import load
from clinic.fact_check.exemptions import Exemptions
from clinic.fact_check.known_facts import KnownFacts
from clinic.models.exemptions import Exemption
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
    assert [statement.written for statement in statements if not FULL.vouches(statement)] == []


@pytest.mark.parametrize("text", FALSE)
def test_what_they_do_not_say_is_a_stranger(text: str) -> None:
    assert [statement for statement in FULL.finder.find(text) if not FULL.vouches(statement)]


def test_a_clinic_that_names_no_hours_or_prices_may_not_state_any() -> None:
    statements = [*MINIMAL.finder.find("Open Monday 9am–5pm, from £45.")]
    assert [MINIMAL.instead(statement) for statement in statements] == [
        "(its facts name no prices)",
        "(its facts name no opening times)",
    ]
    assert not any(map(MINIMAL.vouches, statements))


def test_days_on_which_somebody_else_is_closed_can_be_vouched_for() -> None:
    finder = MINIMAL.finder
    vouched = Exemptions([Exemption(text="Closed on Mondays", why="the pool").text], finder)
    (statement,) = finder.find("Closed on Mondays.")
    assert vouched.has(statement)
