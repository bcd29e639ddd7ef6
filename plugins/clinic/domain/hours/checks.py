"""Checks of opening hours: days decided twice, seasons that overlap, bank holidays that are none or undecided."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import NamedTuple

from clinic.domain.checks import Finding
from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.models.bank_holidays import BankHolidays, Region, bank_holiday
from clinic.models.clinic import Clinic
from clinic.models.location import Location
from clinic.models.opening_hours import Season, Weekday
from clinic.models.types import KeyPath

REMIND_WITHIN = timedelta(days=60)
"""Two months: long enough to decide and to tell whoever has an appointment, too short to remind all year."""
_NEAR = [timedelta(days=number) for distance in range(1, 8) for number in (distance, -distance)]


class _NamedDays(NamedTuple):
    """An entry of ``closures`` or ``special_hours`` (``key``) with its position in that list."""

    key: str
    number: int
    first: date
    last: date


def hours_findings(clinic: Clinic) -> Iterator[Finding]:
    """Days that are decided twice, seasons that overlap, bank holidays that are none."""
    region = clinic.bank_holidays.region_in(clinic.country)
    yield from _not_bank_holidays(("bank_holidays",), clinic.bank_holidays, region)
    for slug, location in clinic.locations.items():
        key_path = ("locations", slug)
        yield from _overlapping_seasons(key_path, location.seasons)
        yield from _decided_twice(key_path, location)
        if own := location.bank_holidays:
            region = own.region_in(clinic.country, *location.countries)
            yield from _not_bank_holidays((*key_path, "bank_holidays"), own, region)
        yield from _bank_holidays_decided_twice(clinic, slug, location)


def _overlapping_seasons(key_path: KeyPath, seasons: tuple[Season, ...]) -> Iterator[Finding]:
    in_order = sorted(enumerate(seasons), key=lambda item: item[1].begins)
    for (_, earlier), (number, later) in pairwise(in_order):
        if later.begins <= earlier.ends:
            message = f"this season begins ({later.begins}) before another has ended ({earlier.ends})"
            how = "let one end before the next begins"
            yield Finding("clinic", (*key_path, "seasons", number, "from"), f"{message}; {how}")


def _named_days(location: Location) -> tuple[_NamedDays, ...]:
    closures = [_NamedDays("closures", number, one.first, one.last) for number, one in enumerate(location.closures)]
    special = [_NamedDays("special_hours", number, one.on, one.on) for number, one in enumerate(location.special_hours)]
    return (*closures, *special)


def _decided_twice(key_path: KeyPath, location: Location) -> Iterator[Finding]:
    """Closures and special hours that share a day."""
    for earlier, later in combinations(_named_days(location), 2):
        day = max(earlier.first, later.first)
        if day <= min(earlier.last, later.last):
            other = "another entry of " if earlier.key == later.key else ""
            message = f'{day} is given twice, also in {other}"{earlier.key}"; keep one'
            yield Finding("clinic", (*key_path, later.key, later.number), message)


def _not_bank_holidays(key_path: KeyPath, bank_holidays: BankHolidays, region: Region | None) -> Iterator[Finding]:
    """Days that are no bank holidays, and a country whose bank holidays are not known."""
    if region is None and (bank_holidays.days or bank_holidays.default):
        message = 'bank holidays are known for the UK only; use "closures" and "special_hours" of a location'
        yield Finding("clinic", key_path, message)
    for day in bank_holidays.days:
        if region and not bank_holiday(day, region):
            message = f"{day} is no bank holiday in {region.label}{_nearest(day, region)}"
            how = 'a day of your own goes under "closures" or "special_hours" of a location'
            yield Finding("clinic", (*key_path, "days", day.isoformat()), f"{message}; {how}")


def _nearest(day: date, region: Region) -> str:
    found = next((day + distance for distance in _NEAR if bank_holiday(day + distance, region)), None)
    return f"; {bank_holiday(found, region)} is {found}" if found else ""


def _bank_holidays_decided_twice(clinic: Clinic, slug: str, location: Location) -> Iterator[Finding]:
    """Bank holidays that a closure or special hours of the location decide, too.

    What the clinic decides for several locations may be inside a longer closure of one of them: both say closed.
    """
    bank_holidays = location.bank_holidays or clinic.bank_holidays
    inherited = location.bank_holidays is None
    key_path: KeyPath = ("bank_holidays",) if inherited else ("locations", slug, "bank_holidays")
    for day, periods in bank_holidays.days.items():
        for named in _named_days(location):
            agrees = inherited and len(clinic.locations) > 1 and named.key == "closures" and not periods
            if named.first <= day <= named.last and not agrees:
                message = f'{day} is given twice, also in "{named.key}" of {slug}; keep one'
                yield Finding("clinic", (*key_path, "days", day.isoformat()), message)


def bank_holiday_reminders(clinic: ClinicOnDay, today: date) -> Iterator[Finding]:
    """The bank holidays of the coming two months that nobody has decided, each once, where to decide it."""
    found: dict[tuple[KeyPath, date, str], list[str]] = {}
    for slug, location in clinic.locations.items():
        if timetable := location.timetable:
            for day, name in timetable.undecided_bank_holidays(today + REMIND_WITHIN):
                found.setdefault((_where_to_decide(clinic, slug), day, name), []).append(slug)
    for (key_path, day, name), slugs in found.items():
        where = f" at {' and '.join(slugs)}" if len(clinic.locations) > 1 else ""
        message = (
            f"{name} ({Weekday.of(day).label} {day}) is a bank holiday, and the site says you are open as usual{where};"
            f' write under "bank_holidays", "days" what you do: "{day}: closed", or hours like "{day}: 09:00-12:00"'
        )
        yield Finding("clinic", key_path, message)


def _where_to_decide(clinic: Clinic, slug: str) -> KeyPath:
    """The location's ``bank_holidays``, else the clinic's if it says anything, else the location's hours."""
    if clinic.locations[slug].bank_holidays:
        return ("locations", slug, "bank_holidays")
    stated = clinic.bank_holidays != BankHolidays()
    return ("bank_holidays",) if stated else ("locations", slug, "opening_hours")
