"""Dates and times are written as the language's country writes them."""

from __future__ import annotations

from contextvars import copy_context
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from clinic.models.language import is_language, locale_of, write_in
from clinic.rendering.dates import clock, day, day_and_time, day_list, day_range, last_moment, month, weekday_and_day

if TYPE_CHECKING:
    from collections.abc import Callable

FRIDAY, OCTOBER = date(2026, 4, 3), date(2026, 10, 1)
CHRISTMAS, BOXING_DAY, NEW_YEAR = date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)
NBSP = "\N{NO-BREAK SPACE}"


def written(language: str, function: Callable[..., str], *arguments: Any, **options: Any) -> str:
    def run() -> str:
        write_in(language)
        return function(*arguments, **options)

    return copy_context().run(run)


@pytest.mark.parametrize(
    ("function", "arguments", "british", "american"),
    [
        (day, (OCTOBER,), "1 October 2026", "October 1, 2026"),
        (weekday_and_day, (FRIDAY,), "Friday 3 April 2026", "Friday, April 3, 2026"),
        (month, (OCTOBER,), "October 2026", "October 2026"),
        (day_range, (CHRISTMAS, BOXING_DAY), "25 and 26 December 2026", "December 25 and 26, 2026"),
        (day_range, (FRIDAY, OCTOBER), "3 April to 1 October 2026", "April 3 to October 1, 2026"),
        (
            day_range,
            (CHRISTMAS, NEW_YEAR),
            "25 December 2026 to 1 January 2027",
            "December 25, 2026 to January 1, 2027",
        ),
        (
            day_list,
            ([FRIDAY, CHRISTMAS, BOXING_DAY, NEW_YEAR],),
            "3 April, 25 and 26 December 2026, 1 January 2027",
            "April 3; December 25 and 26, 2026; January 1, 2027",
        ),
    ],
)
def test_a_date_is_in_the_order_of_the_country(
    function: Callable[..., str], arguments: tuple[Any, ...], british: str, american: str
) -> None:
    for language in ("en-GB", "en-IE", "en-DE", "en-AU", "en-ZA"):
        assert written(language, function, *arguments) == british
    for language in ("en-US", "en-CA", "en-PH"):
        assert written(language, function, *arguments) == american


@pytest.mark.parametrize(
    ("language", "morning", "evening"),
    [
        ("en-GB", "9am", "5:30pm"),
        ("en-IE", "9am", "5:30pm"),
        ("en-US", f"9:00{NBSP}AM", f"5:30{NBSP}PM"),
        ("en-AU", f"9:00{NBSP}am", f"5:30{NBSP}pm"),
        ("en-DE", "09:00", "17:30"),
        ("en-SE", "09:00", "17:30"),
    ],
)
def test_a_clock_has_twelve_hours_or_twenty_four_as_the_country_has(language: str, morning: str, evening: str) -> None:
    assert [written(language, clock, time(9)), written(language, clock, time(17, 30))] == [morning, evening]


@pytest.mark.parametrize("language", ["en", "en-GB", "en-IE", "en-US", "en-AU", "en-DE", "en-JP"])
def test_english_of_any_country_is_taken(language: str) -> None:
    assert is_language(language)
    assert locale_of(language).language == "en"


@pytest.mark.parametrize("language", ["fr", "gd", "de-XX", "de_DE", "en-XX", "en_GB", "EN", "english", ""])
def test_a_language_without_words_is_not_taken(language: str) -> None:
    assert not is_language(language)


def test_english_without_a_country_is_that_of_the_clinics() -> None:
    assert str(locale_of("en", "US")) == "en_US"
    assert str(locale_of("en", "JP")) == "en_001"  # of the world, not American


@pytest.mark.parametrize(
    ("moment", "begins", "ends"),
    [
        (datetime(2026, 12, 1, 0, 0, tzinfo=UTC), "1 December 2026", "the end of 30 November 2026"),
        (datetime(2026, 12, 1, 9, 30, tzinfo=UTC), "1 December 2026 at 9:30am", "1 December 2026 at 9:30am"),
        (datetime(2027, 1, 1, 0, 0, tzinfo=UTC), "1 January 2027", "the end of 31 December 2026"),
        (datetime(2027, 1, 1, 0, 1, tzinfo=UTC), "1 January 2027 at 12:01am", "1 January 2027 at 12:01am"),
    ],
)
def test_a_day_begins_and_ends_without_a_midnight(moment: datetime, begins: str, ends: str) -> None:
    assert (day_and_time(moment), last_moment(moment)) == (begins, ends)
