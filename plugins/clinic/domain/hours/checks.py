"""Bank holidays that are near, and of which nobody has said whether the clinic is open."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from clinic.domain.checks.consistency import Finding
from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.models.bank_holidays import BankHolidays, Region, bank_holiday
from clinic.models.clinic import Clinic
from clinic.models.location import Location
from clinic.models.opening_hours import Season, Weekday

KeyPath: TypeAlias = tuple[str | int, ...]
NEAR = [timedelta(days=number) for distance in range(1, 8) for number in (distance, -distance)]


class NamedDays(NamedTuple):
    """An entry that decides on days by itself; ``kind`` is the key of its list."""

    kind: str
    number: int
    first: date
    last: date


def hours_findings(clinic: Clinic) -> Iterator[Finding]:
    """Every day that is decided twice, every season in another, every bank holiday that is none."""
    yield from _none_such(("bank_holidays",), clinic.bank_holidays, clinic.bank_holidays.region_in(clinic.country))
    for slug, location in clinic.locations.items():
        place = ("locations", slug)
        yield from _seasons(place, location.seasons)
        yield from _twice(place, location)
        if own := location.bank_holidays:
            region = own.region_in(clinic.country, location.address.country)
            yield from _none_such((*place, "bank_holidays"), own, region)
        yield from _twice_on_bank_holidays(clinic, slug, location)


def _seasons(place: KeyPath, seasons: tuple[Season, ...]) -> Iterator[Finding]:
    in_order = sorted(enumerate(seasons), key=lambda item: item[1].begins)
    for (_, earlier), (number, later) in pairwise(in_order):
        if later.begins <= earlier.ends:
            message = (
                f"this season begins ({later.begins}) before another has ended ({earlier.ends}); let one end before "
                "the next begins"
            )
            yield Finding("clinic", (*place, "seasons", number, "from"), message)


def _named_days(location: Location) -> tuple[NamedDays, ...]:
    closures = [NamedDays("closures", number, one.first, one.last) for number, one in enumerate(location.closures)]
    special = [NamedDays("special_hours", number, one.on, one.on) for number, one in enumerate(location.special_hours)]
    return (*closures, *special)


def _twice(place: KeyPath, location: Location) -> Iterator[Finding]:
    """Closures and special hours that share a day."""
    named = _named_days(location)
    for position, later in enumerate(named):
        for earlier in named[:position]:
            day = max(earlier.first, later.first)
            if day <= min(earlier.last, later.last):
                other = "another entry of " if earlier.kind == later.kind else ""
                message = f'{day} is given twice, also in {other}"{earlier.kind}"; keep one'
                yield Finding("clinic", (*place, later.kind, later.number), message)


def _none_such(place: KeyPath, bank_holidays: BankHolidays, region: Region | None) -> Iterator[Finding]:
    """Days that are no bank holidays, and a country of whose bank holidays nothing is known."""
    if region is None:
        if bank_holidays.days or bank_holidays.default:
            message = 'bank holidays are known for the UK only; use "closures" and "special_hours" of a location'
            yield Finding("clinic", place, message)
        return
    for day in bank_holidays.days:
        if not bank_holiday(day, region):
            message = (
                f"{day} is no bank holiday in {region.label}{_nearest(day, region)}; "
                'a day of your own goes under "closures" or "special_hours" of a location'
            )
            yield Finding("clinic", (*place, "days", day.isoformat()), message)


def _nearest(day: date, region: Region) -> str:
    found = next((day + distance for distance in NEAR if bank_holiday(day + distance, region)), None)
    return f"; {bank_holiday(found, region)} is {found}" if found else ""


def _twice_on_bank_holidays(clinic: Clinic, slug: str, location: Location) -> Iterator[Finding]:
    """Bank holidays that a closure or special hours of the location decide, too.

    What the clinic decides for several locations may stand beside a longer closure of one of them: both say closed.
    """
    bank_holidays = location.bank_holidays or clinic.bank_holidays
    inherited = location.bank_holidays is None
    place: KeyPath = ("bank_holidays",) if inherited else ("locations", slug, "bank_holidays")
    for day, periods in bank_holidays.days.items():
        for named in _named_days(location):
            agrees = inherited and len(clinic.locations) > 1 and named.kind == "closures" and not periods
            if named.first <= day <= named.last and not agrees:
                message = f'{day} is given twice, also in "{named.kind}" of {slug}; keep one'
                yield Finding("clinic", (*place, "days", day.isoformat()), message)


DECIDE_WITHIN = timedelta(days=60)
"""Two months: long enough to decide and to tell whoever has an appointment, too short to nag all year."""


def undecided_bank_holidays(clinic: ClinicOnDay, today: date) -> Iterator[Finding]:
    """Each once, at the place in clinic.yaml where it is to be decided; ``clinic`` is as of ``today``."""
    found: dict[tuple[KeyPath, date, str], list[str]] = {}
    for slug, location in clinic.locations.items():
        if timetable := location.timetable:
            for day, name in timetable.undecided(today + DECIDE_WITHIN):
                found.setdefault((_place(clinic, slug), day, name), []).append(slug)
    for (place, day, name), slugs in found.items():
        where = f" at {' and '.join(slugs)}" if len(clinic.locations) > 1 else ""
        yield Finding("clinic", place, _sentence(day, name, where))


def _place(clinic: Clinic, slug: str) -> KeyPath:
    """The nearest ``bank_holidays`` that says something, else the hours that need it."""
    if clinic.locations[slug].bank_holidays:
        return ("locations", slug, "bank_holidays")
    said = clinic.bank_holidays != BankHolidays()
    return ("bank_holidays",) if said else ("locations", slug, "opening_hours")


def _sentence(day: date, name: str, where: str) -> str:
    return (
        f"{name} ({Weekday.of(day).label} {day}) is a bank holiday, and the site says you are open as usual{where}; "
        f'write under "bank_holidays", "days" what you do: "{day}: closed", or hours like "{day}: 09:00-12:00"'
    )
