"""What is understood as a fact in a text, and what only looks like one."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from clinic.content.load import load
from clinic.fact_check.known_facts import KnownFacts
from clinic.fact_check.statements.days import StatedHours
from clinic.fact_check.statements.finder import StatementFinder
from clinic.fact_check.statements.statement import Kind
from clinic.models.base import may_state_fact
from clinic.models.opening_hours import OpeningHours
from clinic.models.weekdays import Weekday
from tests.site import CLINICS

if TYPE_CHECKING:
    from clinic.fact_check.statements.statement import Statement

FINDER = StatementFinder(bodies=["Invented Register of Therapists"])
FULL = KnownFacts.of(load(CLINICS / "full").clinic)
MOBILE, HARBOUR = "+447700900999", "+441632960111"
PHONES = {
    "07700 900 999": MOBILE,
    "07700\u00a0900\u202f999": MOBILE,
    "07700‑900–999": MOBILE,
    "077 0090 0999": MOBILE,
    "07 70 09 00 99 9": MOBILE,
    "0 7 7 0 0 9 0 0 9 9 9": MOBILE,
    "0 7 7 0 0 – 9 0 0 – 9 9 9": MOBILE,
    "0️⃣7️⃣700 900999": MOBILE,
    "+44 (0)7700 900999": MOBILE,
    "(+44) 7700 900 999": MOBILE,
    "0044 7700 900999": MOBILE,
    "447700900999": MOBILE,
    "Tel.01632 960111": HARBOUR,
    "(01632) 960 111": HARBOUR,
    "01632/960111": HARBOUR,
    "01632.960.111": HARBOUR,
    "016329601\u00ad11": HARBOUR,
    "call us on 7700 900999": MOBILE,
    "01632 9601111": "+4416329601111",
    "01632 96011": "+44163296011",
    "Ring 960111 or call in": "960111",
    "Our number is 07700900 999.": MOBILE,
    "\uff10\uff11\uff16\uff13\uff12 \uff19\uff16\uff10\uff11\uff11\uff11": HARBOUR,
    "Our number: 961203": "961203",
    "https://wa.me/447700900999": MOBILE,
    "Chat: https://api.whatsapp.com/send?phone=447700900999&text=Hi": MOBILE,
}
EMAILS = {
    "Write to Hello@Larkmouth.example.org.": "hello@larkmouth.example.org",
    "<hello@larkmouth.example.org>": "hello@larkmouth.example.org",
    "hello (at) larkmouth.example.org": "hello@larkmouth.example.org",
    "hello [at] larkmouth [dot] example [dot] org": "hello@larkmouth.example.org",
    "hello AT larkmouth DOT example.org": "hello@larkmouth.example.org",
    "hello\uff20larkmouth.example.org": "hello@larkmouth.example.org",
    "hello @ larkmouth.example.org": "hello@larkmouth.example.org",
}
POSTCODES = {
    "at ZZ99 3CC.": "ZZ99 3CC",
    "ZZ993CC": "ZZ99 3CC",
    "zz99 3bb": "ZZ99 3BB",
    "Zz99 3bb": "ZZ99 3BB",
    "ZZ99\u00a03BB": "ZZ99 3BB",
    "W1A 1AA": "W1A 1AA",
    "bh15 2AD": "BH15 2AD",
    "BH15 2ad": "BH15 2AD",
}
PRICES = {
    "£45": ("GBP", "45"),
    "£ 45.00": ("GBP", "45"),
    "45 pounds for a session": ("GBP", "45"),
    "45 quid": ("GBP", "45"),
    "60 GBP": ("GBP", "60"),
    "GBP 60.50": ("GBP", "60.5"),
    "£1,250.00": ("GBP", "1250"),
    "€45": ("EUR", "45"),
    "costs 50p": ("GBP", "0.5"),
    "£60/hour": ("GBP", "60"),
    "\uffe145": ("GBP", "45"),
    "It costs 41.00 per session.": ("GBP", "41"),
    "A massage costs 41.50.": ("GBP", "41.5"),
    "GBP41": ("GBP", "41"),
    "1200 pence": ("GBP", "12"),
    "£45/60 minutes": ("GBP", "45"),
    "£45 (60 minutes)": ("GBP", "45"),
    "£45 or 6 sessions": ("GBP", "45"),
    "£45 (12 a year)": ("GBP", "45"),
    "£45 or 6 a month": ("GBP", "45"),
    "£45 (10 for the price of 9)": ("GBP", "45"),
    "45 €": ("EUR", "45"),
    "45,50 €": ("EUR", "45.5"),
    "€1.250,00": ("EUR", "1250"),
    "55 euros a session": ("EUR", "55"),
    "EUR 55": ("EUR", "55"),
    "$45": ("USD", "45"),
    "US$ 45.50": ("USD", "45.5"),
    "45 dollars": ("USD", "45"),
    "CHF 120": ("CHF", "120"),
    "CHF 1'250.-": ("CHF", "1250"),
    "120 CHF": ("CHF", "120"),
    "SFr. 95.50": ("CHF", "95.5"),
    "95 Swiss francs": ("CHF", "95"),
    "95 Franken": ("CHF", "95"),
}
REGISTRATIONS = {
    "GCC 01234": "1234",
    "(GCC registration number 12345)": "12345",
    "HCPC PH12345": "PH12345",
    "HCPC reg. no. PH 12345": "PH12345",
    "registered with the General Chiropractic Council, number 01234": "1234",
    "Registration no: 12345": "12345",
    "Membership number is 998877": "998877",
    "VAT no GB 123 4567 89": "GB123456789",
    "company number 01234567": "1234567",
    "Invented Register of Therapists registration 00123": "123",
    "She is 01234 (GCC)": "1234",
    "Registered in England and Wales No. 12345680.": "12345680",
    "Registered in England and Wales: 12345673": "12345673",
    "Registered in England no. 12345672": "12345672",
    "registered in England & Wales under number 12345674": "12345674",
    "registered in Scotland with number SC123456": "SC123456",
    "gcc 04336": "4336",
    "GOSC 4338": "4338",
    "G.C.C. 04335": "4335",
    "Rosa's registration is 00124.": "124",
    "Member 43407 of the FHT": "43407",
    "Registered Osteopath 4331": "4331",
}
_MO_FR = frozenset([*Weekday][:5])
_MONDAY = frozenset({Weekday.MONDAY})
_NINE, _FIVE, _SEVEN = frozenset({time(9)}), frozenset({time(17)}), frozenset({time(19)})
HOURS = {
    "We are open until 7pm.": StatedHours((), closes=_SEVEN),
    "Monday to Friday: 9am–5pm": StatedHours((_MO_FR,), opens=_NINE, closes=_FIVE),
    "Mon–Fri 9-5": StatedHours((_MO_FR,), opens=frozenset({time(9), time(21)}), closes=frozenset({time(5), time(17)})),
    "Weekdays, 9am to 5 p.m.": StatedHours((_MO_FR,), opens=_NINE, closes=_FIVE),
    "We open at 9.30 am on Sundays": StatedHours((frozenset({Weekday.SUNDAY}),), opens=frozenset({time(9, 30)})),
    "We close at 19:30 on Thursdays": StatedHours((frozenset({Weekday.THURSDAY}),), closes=frozenset({time(19, 30)})),
    "Opening hours: 09:00–17:00": StatedHours((), opens=_NINE, closes=_FIVE),
    "Our hours are 0900-1700": StatedHours((), opens=_NINE, closes=_FIVE),
    "Until 7pm on Thursday and Friday we are open": StatedHours(
        (frozenset({Weekday.THURSDAY, Weekday.FRIDAY}),), closes=_SEVEN
    ),
    "Closed for lunch 12:00–13:30": StatedHours(
        (), opens=frozenset({time(12), time(0)}), closes=frozenset({time(13, 30)}), closed=True
    ),
    "open until noon": StatedHours((), closes=frozenset({time(12)})),
    "We close at 7 pm.": StatedHours((), closes=_SEVEN),
    "We are open at 7pm": StatedHours((), either=_SEVEN),
    "We are here until 7pm": StatedHours((), closes=_SEVEN),
    "You’ll find us here from 9am to 5pm.": StatedHours((), opens=_NINE, closes=_FIVE),
    "Surgery times 9am to 5pm": StatedHours((), opens=_NINE, closes=_FIVE),
    "We answer the phone 9am-5pm": StatedHours((), opens=_NINE, closes=_FIVE),
    "Last appointment at 7pm.": StatedHours((), either=_SEVEN, within=True),
    "Appointments from 9am to 5pm, Monday to Friday.": StatedHours((_MO_FR,), opens=_NINE, closes=_FIVE, within=True),
    "We are closed on Mondays.": StatedHours((_MONDAY,), closed=True),
    "Closed Mondays": StatedHours((_MONDAY,), closed=True),
    "Do come. We’re not open on Saturdays and Sundays!": StatedHours((frozenset([*Weekday][5:]),), closed=True),
    "Mon to Fri 0830 to 2000": StatedHours((_MO_FR,), opens=frozenset({time(8, 30)}), closes=frozenset({time(20)})),
    "Open until \uff11\uff19\uff1a\uff10\uff10": StatedHours((), closes=_SEVEN),
    "Open 9.00-18.00": StatedHours((), opens=frozenset({time(9), time(21)}), closes=frozenset({time(18)})),
    "Mondays 08.00–20.00": StatedHours((_MONDAY,), opens=frozenset({time(8)}), closes=frozenset({time(20)})),
    "Fridays 9-5.30": StatedHours(
        (frozenset({Weekday.FRIDAY}),),
        opens=frozenset({time(9), time(21)}),
        closes=frozenset({time(5, 30), time(17, 30)}),
    ),
    "Saturday 9-12": StatedHours(
        (frozenset({Weekday.SATURDAY}),), opens=frozenset({time(9), time(21)}), closes=frozenset({time(12), time(0)})
    ),
    "We’re open 24/7": StatedHours((frozenset(Weekday),), always=True),
    "Open 24 hours a day on Mondays": StatedHours((_MONDAY,), always=True),
    "We are open around the clock.": StatedHours((frozenset(Weekday),), always=True),
    "Open until midnight on Mondays": StatedHours((_MONDAY,), closes=frozenset({time(0)})),
    "Mondays 10pm-2am": StatedHours((_MONDAY,), opens=frozenset({time(22)}), closes=frozenset({time(2)})),
    "Mondays 6pm to 11.59pm": StatedHours(
        (_MONDAY,), opens=frozenset({time(18)}), closes=frozenset({time(0), time(23, 59)})
    ),
}
NOTHING = [
    "1 December 2025",
    "2019-2021",
    "01-02-2026 10:30",
    "2026-03-01T00:00:00+00:00",
    "ISBN 978-0-19-852663-6",
    "ISBN 0-19-852663-6",
    "doi:10.1136/bjsports-2017-098765",
    "https://doi.org/10.1016/j.jbmt.2019.01632960111",
    "take 60 g of protein",
    "20-30 minutes",
    "0.5 and 0.25 0.35 0.45 0.55",
    "1,234,567 people",
    "50.71234, -1.98765",
    "3 x 10 reps, 5 days a week",
    "p. 45-50",
    "£ in code, £x",
    "the NHS spends £12.3 billion, or £4bn",
    "lose 10 pounds",
    "carry 20 pounds of sand for a session",
    "720p",
    "arrive at 10:15 for your 10:30 appointment",
    "We are open to all: arrive at 10:15",
    "Pilates class, Tuesday 18:00–19:00",
    "the walk on Saturday starts at 10:15",
    "open your chest for 10 seconds until 9",
    "open 7 days a week",
    "Closed 24 December 2026 to 1 January 2027",
    "closed until 5 May",
    "wait 48 hours before 9am",
    "on Monday do 3 to 5 sets",
    "I run 5 to 10 miles on Sunday",
    "Twice daily, 10 to 20 heel raises.",
    "Monday 8-10 squats",
    "Tuesday 3-4",
    "Tuesday 8-12",
    "Daily 1-2 litres",
    "Daily 1500-2000 kcal",
    "Every day 8-10 cups of water.",
    "Monday to Friday, 2 to 3 stretches an hour.",
    "On day 7 to 10, open the hand.",
    "Opening the chest for 10 to 12 breaths helps.",
    "Rosa ran 10 miles on Monday, 5 to 6 on Wednesday.",
    "On Saturday we won 3-1",
    "On Monday run 9.5-10.5 km, or 9.50-10.50 km",
    "Open the book on Monday, pages 9-12",
    "Closed 24.12-2.1, and 24.12.-02.01.",
    "Closed 20.12 - 5.1.2027",
    "We are here for 10 to 12 weeks",
    "Come to appointments from 10 weeks on",
    "Your last appointment 3-4 weeks ago",
    "Closed on Monday.",
    "We are closed on Mondays in August",
    "In winter we are closed on Mondays.",
    "The museum is closed on Mondays.",
    "Keep your eyes closed. Fridays are for resting.",
    "We were open from 2010 to 2015",
    "Open to all: 1500 to 2000 kcal on Monday",
    "b12 5MG, B12 5Mg, L4 5th",
    "Our number of visits: 961203",
    "https://example.com/447700900999",
    "a mile costs 95.50 kcal, or 12.50 per cent of a bar",
    "which costs 2.5 hours, or 0.45 points",
    "Ring us 08.00-20.00",
    "Open to ideas, version 2.10-2.15 daily",
    "GCC 2019 survey",
    "registered in England 2019, and in Scotland with 5 people",
    "There are 5400 registered osteopaths",
    "Registered osteopaths: 5400 in 2019",
    "a member 2015 to 2019",
    "membership is 1200 a year",
    "registered in 2015, member since 2009",
    "Mental Capacity Act, MCA 2005",
    "Call 999",
    "ring NHS 111",
    "L4 5th lumbar, C5 6th",
    "B12 5mg, b12 5lb",
    "@larkmouth on social media, @media 2026",
    "Room 101",
]


def found(text: str, kind: Kind) -> list[Statement]:
    return [statement for statement in FINDER.find(text) if statement.kind is kind]


@pytest.mark.parametrize(
    ("kind", "text", "normal"),
    [
        *((Kind.PHONE, text, number) for text, number in PHONES.items()),
        *((Kind.EMAIL, text, address) for text, address in EMAILS.items()),
        *((Kind.POSTCODE, text, postcode) for text, postcode in POSTCODES.items()),
        *((Kind.PRICE, text, (currency, Decimal(amount))) for text, (currency, amount) in PRICES.items()),
        *((Kind.REGISTRATION, text, number) for text, number in REGISTRATIONS.items()),
        *((Kind.HOURS, text, said) for text, said in HOURS.items()),
    ],
)
def test_a_fact_is_understood_however_it_is_written(kind: Kind, text: str, normal: object) -> None:
    assert [(statement.kind, statement.normal) for statement in FINDER.find(text)] == [(kind, normal)]


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_looks_like_a_fact_is_none(text: str) -> None:
    assert [*FINDER.find(text)] == []


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("1 250 kr a visit", "SEK", "1250"),
        ("kr 1 250", "NOK", "1250"),
        ("R1 250", "ZAR", "1250"),
        ("12\u00a0000 Ft", "HUF", "12000"),
        ("1 250 € a night", "EUR", "1250"),
        ("in 2024 120 euros", "EUR", "120"),
        ("£45 120 minutes", "GBP", "45"),
        ("KD 25.500", "KWD", "25.5"),
        ("12,000円", "JPY", "12000"),
        ("Rs. 1,500", "INR", "1500"),
    ],
)
def test_a_price_is_read_as_its_country_writes_it(text: str, currency: str, amount: str) -> None:
    found = StatementFinder("GB", (), currency).find(text)
    assert [statement.normal for statement in found if statement.kind is Kind.PRICE] == [(currency, Decimal(amount))]


@pytest.mark.parametrize("text", [*PHONES, *EMAILS, *POSTCODES, *PRICES, *REGISTRATIONS, *HOURS])
def test_no_statement_is_too_plain_to_be_looked_for(text: str) -> None:
    assert may_state_fact(text)


def test_two_numbers_side_by_side_are_two() -> None:
    numbers = found("01632 960100 / 07700 900123 07700 900124", Kind.PHONE)
    assert [statement.normal for statement in numbers] == ["+441632960100", "+447700900123", "+447700900124"]


def test_both_ends_of_a_range_of_prices_are_prices() -> None:
    ranges = ("£45–£70", "£45-70", "£45 to £70", "£45/70 a session", "£45 or 70 a session", "£45 (70 for students)")
    for text in (*ranges, "between 45 and 70 pounds a session", "45 to 70 pounds a session"):
        assert [statement.normal for statement in found(text, Kind.PRICE)] == [
            ("GBP", Decimal(45)),
            ("GBP", Decimal(70)),
        ]
    assert [statement.written for statement in found("£45 - 60 minutes", Kind.PRICE)] == ["£45"]


def test_each_time_belongs_to_the_days_beside_it() -> None:
    said = found("Monday to Friday 9am–5pm, Sunday 10am–2pm", Kind.HOURS)
    assert [statement.written for statement in said] == ["9am-5pm", "10am-2pm"]
    assert [statement.normal.days[0] for statement in said if isinstance(statement.normal, StatedHours)] == [
        _MO_FR,
        frozenset({Weekday.SUNDAY}),
    ]


def test_a_time_at_the_end_of_a_sentence_is_quoted_without_its_full_stop() -> None:
    for text, written in {"We are open until 7pm.": "7pm", "We are open until 7 p.m.": "7 p.m."}.items():
        assert [statement.written for statement in found(text, Kind.HOURS)] == [written]


def test_a_statement_is_found_where_it_stands() -> None:
    (statement,) = found("Ring 01632 960111 today.", Kind.PHONE)
    assert "Ring 01632 960111 today."[statement.start : statement.end] == "01632 960111"


@pytest.mark.parametrize(
    ("text", "true"),
    {
        "We close at 1pm on Fridays.": True,
        "On Friday we open at 1pm.": False,
        "We close at 9.": False,
        "Last appointment at 7pm on Thursdays": True,
        "Last appointment at 8pm": False,
        "Appointments from 9.30am to 5pm on Wednesdays": True,
        "Appointments from 7am to 5pm on Wednesdays": False,
    }.items(),
)
def test_what_is_stated_of_hours_is_compared_with_the_week(text: str, true: bool) -> None:
    (statement,) = FULL.finder.find(text)
    assert FULL.confirms(statement) is true


def facts_with(week: object) -> KnownFacts:
    """The facts of a clinic with these opening hours."""
    clinic = load(CLINICS / "minimal").clinic
    location = clinic.locations["here"].model_copy(update={"opening_hours": OpeningHours.model_validate(week)})
    return KnownFacts.of(clinic.model_copy(update={"locations": {"here": location}}))


@pytest.mark.parametrize(
    ("text", "true"), {"We are closed on Mondays.": False, "Closed Saturdays and Sundays.": True}.items()
)
def test_closed_on_a_day_with_hours_is_false(text: str, true: bool) -> None:
    facts = facts_with({"weekdays": "09:00-17:00"})
    (statement,) = facts.finder.find(text)
    assert facts.confirms(statement) is true


@pytest.mark.parametrize(
    ("text", "true"),
    {
        "Open 24 hours on Mondays": True,
        "Open 24 hours on Tuesdays": False,
        "Open 24 hours on Wednesdays": False,  # two periods that meet both midnights are not the whole day
        "We are open 24/7.": False,
        "We are open 24 hours a day.": False,
        "Open until midnight on Tuesdays": True,
        "We close at midnight on Tuesdays": True,
        "Tuesdays: 6pm to midnight": True,
        "Tuesdays: 18:00-23:59": True,
        "Open until midnight on Fridays": False,
        "Fridays 10pm-2am": True,
        "Fridays 10pm-1am": False,
        "On Fridays we are open until 2am": True,
        "Saturdays: midnight to 2am": True,
        "Saturdays: midnight to 3am": False,
        "Last appointment at 1am on Fridays": True,
        "Last appointment at 3am on Fridays": False,
        "Closed on Saturdays.": True,
        "Closed on Fridays.": False,
        "Closed on Sundays.": False,  # by appointment
        "Opening hours: please give 24 hours' notice": None,
    }.items(),
)
def test_nights_whole_days_and_appointments_are_compared_with_the_facts(text: str, true: bool | None) -> None:
    week = {
        "monday": "24 hours",
        "tuesday": "18:00-24:00",
        "wednesday": "00:00-02:00, 20:00-24:00",
        "friday": "22:00-02:00",
        "sunday": "by appointment",
    }
    facts = facts_with(week)
    found = [facts.confirms(statement) for statement in facts.finder.find(text)]
    assert found == ([] if true is None else [true])


def test_a_clinic_open_round_the_clock_may_say_so() -> None:
    facts = facts_with("24 hours")
    statements = [
        one for text in ("We are open 24/7.", "Open 24 hours", "Mondays 24 hours") for one in facts.finder.find(text)
    ]
    assert [facts.confirms(statement) for statement in statements if statement.kind is Kind.HOURS] == [True, True]
    (row,) = facts.finder.find("Monday: 24 hours", among_hours=True)
    assert facts.confirms(row)


@pytest.mark.parametrize(
    ("week", "text", "correction"),
    [
        ({"sunday": "by appointment"}, "Sundays 9am-5pm", "(on Sunday it is open by appointment)"),
        ({"sunday": "by appointment"}, "Closed on Sundays.", "(on Sunday it is open by appointment)"),
        ("by appointment", "We open at 9am", "(it is open by appointment)"),
        ({"friday": "22:00-02:00"}, "Fridays 10pm-1am", "(on Friday it is open 22:00–02:00)"),
        ({"friday": "24 hours"}, "Fridays 10pm-1am", "(on Friday it is open 24 hours)"),
        (
            {"friday": "9am-noon, then by appointment"},
            "Fridays 9am-5pm",
            "(on Friday it is open 09:00–12:00 and by appointment)",
        ),
    ],
)
def test_a_correction_says_how_it_is(week: object, text: str, correction: str) -> None:
    facts = facts_with(week)
    (statement,) = facts.finder.find(text)
    assert not facts.confirms(statement)
    assert facts.correction(statement) == correction
