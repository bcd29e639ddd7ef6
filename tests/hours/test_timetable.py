"""One function says when a location is open on a day, and why; closures, seasons and bank holidays are in it."""

from __future__ import annotations

from contextvars import copy_context
from dataclasses import replace
from datetime import date

import pytest

from clinic.domain.hours.timetable import HoursSource
from clinic.models.bank_holidays import Region, bank_holidays
from clinic.models.language import write_in
from tests.hours.timetables import timetable_with

SUMMER = 'seasons: [{name: Summer, from: 2026-07-20, to: 2026-09-05, opening_hours: {monday: "08:00-14:00"}}]'
CLOSED = "bank_holidays: {default: closed}"

# As https://www.gov.uk/bank-holidays lists them; S marks a substitute day.
GOV_UK = {
    (Region.ENGLAND_AND_WALES, 2026): "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28S",
    (Region.ENGLAND_AND_WALES, 2027): "01-01 03-26 03-29 05-03 05-31 08-30 12-27S 12-28S",
    (Region.SCOTLAND, 2025): "01-01 01-02 04-18 05-05 05-26 08-04 12-01S 12-25 12-26",
    (Region.NORTHERN_IRELAND, 2026): "01-01 03-17 04-03 04-06 05-04 05-25 07-13S 08-31 12-25 12-28S",
}


@pytest.mark.parametrize(("region", "year"), GOV_UK)
def test_bank_holidays_are_those_of_the_government(region: Region, year: int) -> None:
    """On a weekend the day itself is listed beside its substitute: a clinic that opens on Saturdays has to decide."""
    weekdays = {day: name for day, name in bank_holidays(region, year).items() if day.weekday() < 5}
    found = [f"{day:%m-%d}{'S' if name.endswith('substitute day') else ''}" for day, name in weekdays.items()]
    assert " ".join(found) == GOV_UK[region, year]


def test_bank_holidays_have_the_names_of_the_government() -> None:
    names = set(bank_holidays(Region.ENGLAND_AND_WALES, 2026).values())
    assert {"New Year’s Day", "Early May bank holiday", "Spring bank holiday", "Summer bank holiday"} <= names
    assert bank_holidays(Region.SCOTLAND, 2026)[date(2026, 1, 2)] == "2nd January"


@pytest.mark.parametrize(
    ("day", "periods", "why"),
    [
        (date(2026, 3, 2), ["09:00–17:30"], HoursSource.WEEK),
        (date(2026, 3, 3), ["09:00–12:30", "13:30–17:30"], HoursSource.WEEK),
        (date(2026, 3, 4), [], HoursSource.WEEK),
        (date(2026, 7, 19), [], HoursSource.WEEK),
        (date(2026, 7, 20), ["08:00–14:00"], HoursSource.SEASON),
        (date(2026, 7, 21), [], HoursSource.SEASON),
        (date(2026, 8, 31), [], HoursSource.BANK_HOLIDAYS),
        (date(2026, 9, 7), ["09:00–17:30"], HoursSource.WEEK),
        (date(2026, 5, 4), ["09:00–12:00"], HoursSource.BANK_HOLIDAY),
        (date(2026, 5, 25), ["10:00–11:00"], HoursSource.SPECIAL),
        (date(2026, 12, 23), [], HoursSource.CLOSURE),
        (date(2026, 12, 28), [], HoursSource.CLOSURE),
        (date(2027, 1, 2), [], HoursSource.WEEK),
    ],
)
def test_the_day_that_the_owner_names_wins_over_a_bank_holiday_and_that_over_a_week(
    day: date, periods: list[str], why: HoursSource
) -> None:
    timetable = timetable_with(
        SUMMER,
        "closures: [{from: 2026-12-23, to: 2027-01-01}]",
        'special_hours: [{on: 2026-05-25, hours: "10:00-11:00"}]',
        'bank_holidays: {default: closed, days: {2026-05-04: "09:00-12:00"}}',
    )
    hours = timetable.on(day)
    assert ([str(period) for period in hours.periods], hours.source) == (periods, why)


def test_a_locations_own_bank_holidays_stand_in_place_of_the_clinics() -> None:
    own = timetable_with("bank_holidays: {region: scotland, default: closed}", clinic="bank_holidays: {days: {}}")
    assert own.on(date(2026, 4, 6)).source is HoursSource.WEEK  # Easter Monday is none in Scotland
    inherited = timetable_with(clinic=CLOSED)
    assert inherited.on(date(2026, 4, 6)).source is HoursSource.BANK_HOLIDAYS


@pytest.mark.parametrize(
    ("country", "region", "day", "name"),
    [
        ("IE", "", "2026-05-04", "May Bank Holiday"),
        ("US", "", "2026-09-07", "Labor Day"),
        ("ES", "", "2026-05-01", "Labour Day"),
        ("DE", "", "2026-05-25", "Pentecost Monday"),
        ("AT", "", "2026-10-26", "National Day"),
        ("AU", "NSW", "2026-10-05", "Labour Day"),
    ],
)
def test_the_bank_holidays_are_those_of_the_country_or_of_a_part_of_it(
    country: str, region: str, day: str, name: str
) -> None:
    rule = f"bank_holidays: {{default: closed{f', region: {region}' if region else ''}}}"
    timetable = timetable_with(rule, clinic=f"country: {country}")
    hours = timetable.on(date.fromisoformat(day))
    assert (hours.source, hours.reason, hours.periods) == (HoursSource.BANK_HOLIDAYS, name, ())
    assert not timetable_with(rule).on(date(2026, 9, 7)).source.is_exception


@pytest.mark.parametrize("name", ["BY", "by", "DE-BY", "Bayern"])
def test_a_part_of_a_country_is_known_by_code_and_name(name: str) -> None:
    region = Region.of("DE", name)
    assert region
    assert bank_holidays(region, 2026)[date(2026, 1, 6)] == "Epiphany"
    assert date(2026, 1, 6) not in bank_holidays(Region("DE"), 2026)


def test_a_clinics_rule_holds_at_a_location_abroad_on_the_days_of_that_country() -> None:
    timetable = timetable_with(clinic="bank_holidays: {region: scotland, default: closed}")
    assert timetable.region == Region.SCOTLAND
    assert timetable.bank_holidays.region_in("IE") == Region("IE")


def test_consecutive_days_that_belong_together_are_one_date_range() -> None:
    timetable = timetable_with(
        "closures: [{on: 2028-06-05, reason: Training}, {on: 2028-06-06, reason: Moving}]",
        CLOSED,
        today=date(2028, 6, 1),
    )
    found = [
        (f"{date_range.first:%m-%d}", f"{date_range.last:%m-%d}", date_range.reason)
        for date_range in timetable.exceptions
    ]
    assert found[:4] == [
        ("06-05", "06-05", "Training"),
        ("06-06", "06-06", "Moving"),
        ("08-28", "08-28", "Summer bank holiday"),
        ("12-25", "12-26", "Christmas Day and Boxing Day"),
    ]


def test_a_closure_that_has_begun_still_begins_when_it_began() -> None:
    timetable = timetable_with("closures: [{from: 2026-02-02, to: 2026-03-20}]")
    assert timetable.exceptions[0].first == date(2026, 2, 2)


@pytest.mark.parametrize(
    ("today", "names"),
    [
        (date(2026, 7, 19), [None, "Summer"]),
        (date(2026, 7, 20), ["Summer", None]),
        (date(2026, 9, 5), ["Summer", None]),
        (date(2026, 9, 6), [None]),
    ],
)
def test_the_week_that_holds_comes_first_and_one_that_is_over_is_gone(today: date, names: list[str | None]) -> None:
    weeks = timetable_with(SUMMER, today=today).weeks()
    assert [week.season.name if week.season else None for week in weeks] == names


def test_undecided_are_bank_holidays_on_which_the_week_says_open() -> None:
    def undecided(*lines: str) -> list[str]:
        return [f"{day}" for day, _ in timetable_with(*lines).undecided_bank_holidays(date(2026, 5, 31))]

    assert undecided() == ["2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25"]
    assert undecided("closures: [{from: 2026-04-01, to: 2026-04-07}]") == ["2026-05-04", "2026-05-25"]
    assert undecided('special_hours: [{on: 2026-04-03, hours: "09:00-10:00"}]')[0] == "2026-04-06"
    assert undecided('bank_holidays: {days: {2026-04-03: closed, 2026-05-04: "09:00-17:30"}}') == [
        "2026-04-06",
        "2026-05-25",
    ]
    assert undecided(CLOSED) == []
    assert undecided('seasons: [{from: 2026-04-01, to: 2026-05-30, opening_hours: {tuesday: "09:00-10:00"}}]') == []


def test_holidays_to_decide_are_told_in_english_on_a_site_in_another_language() -> None:
    germany = Region("DE")
    timetable = replace(timetable_with(), region=germany)

    def named() -> tuple[list[str], dict[date, str]]:
        write_in("de")
        found = timetable.undecided_bank_holidays(date(2026, 5, 31))
        return [name for _, name in found], {**bank_holidays(germany, 2026)}

    told, shown = copy_context().run(named)
    assert "Good Friday" in told
    assert shown[date(2026, 4, 3)] == "Karfreitag"
