"""Checks of opening hours: days decided twice, what overlaps, bank holidays that are none or undecided."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from itertools import combinations, pairwise
from typing import NamedTuple

from clinic.domain.checks import Finding
from clinic.domain.clinic_on_day import ClinicOnDay, timetable_of
from clinic.domain.hours.timetable import ONE_DAY
from clinic.models.bank_holidays import BankHolidays, Region, bank_holiday, region_codes
from clinic.models.bank_holidays import bank_holidays as bank_holidays_of
from clinic.models.clinic import Clinic
from clinic.models.hours_as_written import MINUTES_IN_DAY
from clinic.models.language import to_the_owner
from clinic.models.location import Location
from clinic.models.opening_hours import HoursOfDay, OpeningHours, Period, Season
from clinic.models.suggestions import suggestion
from clinic.models.types import KeyPath
from clinic.models.weekdays import Weekday

REMIND_WITHIN = timedelta(days=60)
"""Two months: long enough to decide and to tell whoever has an appointment, too short to remind all year."""
_NEAR = [timedelta(days=number) for distance in range(1, 8) for number in (distance, -distance)]


class _NamedDays(NamedTuple):
    """An entry of ``closures`` or ``special_hours`` (``key``) with its position in that list."""

    key: str
    number: int
    first: date
    last: date


def hours_findings(clinic: Clinic, today: date) -> Iterator[Finding]:
    """Days that are decided twice, seasons that overlap, nights that meet the next day, bank holidays that are none."""
    yield from _not_bank_holidays(("bank_holidays",), clinic.bank_holidays, clinic.country)
    for slug, location in clinic.locations.items():
        key_path = ("locations", slug)
        yield from _overlapping_seasons(key_path, location.seasons)
        yield from _decided_twice(key_path, location)
        if own := location.bank_holidays:
            country = location.country or clinic.country
            yield from _not_bank_holidays((*key_path, "bank_holidays"), own, country)
        yield from _bank_holidays_decided_twice(clinic, slug, location)
        yield from _overlapping_nights(clinic, slug, today)


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


def _not_bank_holidays(key_path: KeyPath, bank_holidays: BankHolidays, country: str) -> Iterator[Finding]:
    """Days that are no bank holidays, a region that is none, and a country whose bank holidays are not known."""
    region = bank_holidays.region_in(country)
    if region is None and bank_holidays != BankHolidays():
        message = f'the bank holidays of {country} are not known; use "closures" and "special_hours" of a location'
        yield Finding("clinic", key_path, message)
    elif bank_holidays.region and region != Region.of(country, bank_holidays.region):
        codes = region_codes(country)
        how = suggestion(bank_holidays.region, codes) if codes else "; this country has none, so remove it"
        yield Finding("clinic", (*key_path, "region"), f'unknown region "{bank_holidays.region}"{how}')
    else:
        yield from _other_days(key_path, bank_holidays, region)


def _other_days(key_path: KeyPath, bank_holidays: BankHolidays, region: Region | None) -> Iterator[Finding]:
    for day in bank_holidays.days:
        if region and not bank_holidays_of(region, day.year):
            message = f"the bank holidays of {day.year} are not known; write those of the coming years"
            yield Finding("clinic", (*key_path, "days", day.isoformat()), message)
        elif region and not bank_holiday(day, region):
            message = f"{day} is no {region.days_are_called[:-1]} in {region.label}{_nearest(day, region)}"
            how = 'a day of your own goes under "closures" or "special_hours" of a location'
            yield Finding("clinic", (*key_path, "days", day.isoformat()), f"{message}; {how}")


def _nearest(day: date, region: Region) -> str:
    found = next((day + distance for distance in _NEAR if bank_holiday(day + distance, region)), None)
    return f"; {to_the_owner(partial(bank_holiday, found, region))} is {found}" if found else ""


def _bank_holidays_decided_twice(clinic: Clinic, slug: str, location: Location) -> Iterator[Finding]:
    """Bank holidays that a closure or special hours of the location decide, too.

    What the clinic decides for several locations may be inside a longer closure of one of them: both say closed.
    """
    bank_holidays = location.bank_holidays or clinic.bank_holidays
    inherited = location.bank_holidays is None
    key_path: KeyPath = ("bank_holidays",) if inherited else ("locations", slug, "bank_holidays")
    for day, hours in bank_holidays.days.items():
        for named in _named_days(location):
            agrees = inherited and len(clinic.locations) > 1 and named.key == "closures" and hours.is_closed
            if named.first <= day <= named.last and not agrees:
                message = f'{day} is given twice, also in "{named.key}" of {slug}; keep one'
                yield Finding("clinic", (*key_path, "days", day.isoformat()), message)


def _overlapping_nights(clinic: Clinic, slug: str, today: date) -> Iterator[Finding]:
    """Hours that go on into the next day and overlap that day's: in a week, and at named days and seasons."""
    location, key_path = clinic.locations[slug], ("locations", slug)
    timetable = timetable_of(clinic, slug, today)
    if timetable is None:
        return
    yield from _overlapping_weekdays((*key_path, "opening_hours"), timetable.week)
    for number, season in enumerate(location.seasons):
        yield from _overlapping_weekdays((*key_path, "seasons", number, "opening_hours"), season.opening_hours)
    inherited = location.bank_holidays is None
    bank_holidays: KeyPath = ("bank_holidays",) if inherited else (*key_path, "bank_holidays")
    named: list[tuple[date, KeyPath]] = [
        *((one.on, (*key_path, "special_hours", number)) for number, one in enumerate(location.special_hours)),
        *((day, (*bank_holidays, "days", day.isoformat())) for day in timetable.bank_holidays.days),
    ]
    seams = [(day + after, path) for day, path in named for after in (timedelta(0), ONE_DAY)]
    for number, season in enumerate(location.seasons):
        at: KeyPath = (*key_path, "seasons", number)
        seams += [(season.begins, (*at, "from")), (season.ends + ONE_DAY, (*at, "to"))]
    for day, path in dict(seams).items():
        if overlap := _overlap(timetable.on(day - ONE_DAY).hours, timetable.on(day).hours):
            yield Finding("clinic", path, f"{overlap[0]} of {day - ONE_DAY} goes on into {day} and {overlap[1]}")


def _overlapping_weekdays(key_path: KeyPath, week: OpeningHours) -> Iterator[Finding]:
    for day in Weekday:
        if overlap := _overlap(week.on(day), week.on(day.following)):
            message = f"{overlap[0]} of {day.label} goes on into {day.following.label} and {overlap[1]}"
            yield Finding("clinic", (*key_path, day.following.value), message)


def _overlap(before: HoursOfDay, after: HoursOfDay) -> tuple[Period, str] | None:
    """The last period of a day and the end of a sentence, if the next day's first period begins before it has ended."""
    if not (before.periods and after.periods):
        return None
    night, first = before.periods[-1], after.periods[0]
    overlaps = night.minutes[1] - MINUTES_IN_DAY > first.minutes[0]
    return (night, f"overlaps {first} there; let one end before the next begins") if overlaps else None


def bank_holiday_reminders(clinic: ClinicOnDay, today: date) -> Iterator[Finding]:
    """The bank holidays of the coming two months that nobody has decided, each once, where to decide it."""
    found: dict[tuple[KeyPath, date, str, str], list[str]] = {}
    for slug, location in clinic.locations.items():
        if (timetable := location.timetable) and timetable.region:
            kind, where_to_decide = timetable.region.days_are_called[:-1], _where_to_decide(clinic, slug)
            for day, name in timetable.undecided_bank_holidays(today + REMIND_WITHIN):
                found.setdefault((where_to_decide, day, name, kind), []).append(slug)
    for (key_path, day, name, kind), slugs in found.items():
        where = f" at {' and '.join(slugs)}" if len(clinic.locations) > 1 else ""
        message = (
            f"{name} ({Weekday.of(day).label} {day}) is a {kind}, and the site says you are open as usual{where};"
            f' write under "bank_holidays", "days" what you do: "{day}: closed", or hours like "{day}: 09:00-12:00"'
        )
        yield Finding("clinic", key_path, message)


def _where_to_decide(clinic: Clinic, slug: str) -> KeyPath:
    """The location's ``bank_holidays``, else the clinic's if it says anything, else the location's hours."""
    if clinic.locations[slug].bank_holidays:
        return ("locations", slug, "bank_holidays")
    stated = clinic.bank_holidays != BankHolidays()
    return ("bank_holidays",) if stated else ("locations", slug, "opening_hours")
