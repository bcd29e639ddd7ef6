"""Bank holidays that are near, and of which nobody has said whether the clinic is open."""

from collections.abc import Iterator
from datetime import date, timedelta

from clinic.facts.bank_holidays import BankHolidays
from clinic.facts.clinic import Clinic
from clinic.facts.consistency import Inconsistency
from clinic.facts.hours import Weekday
from clinic.facts.hours_consistency import Place

NEAR = timedelta(days=60)
"""Two months: long enough to decide and to tell whoever has an appointment, too short to nag all year."""


def undecided_bank_holidays(clinic: Clinic, today: date) -> Iterator[Inconsistency]:
    """Each once, at the place in clinic.yaml where it is to be decided; ``clinic`` is as of ``today``."""
    found: dict[tuple[Place, date, str], list[str]] = {}
    for slug, location in clinic.locations.items():
        if timetable := location.timetable:
            for day, name in timetable.undecided(today + NEAR):
                found.setdefault((_place(clinic, slug), day, name), []).append(slug)
    for (place, day, name), slugs in found.items():
        where = f" at {' and '.join(slugs)}" if len(clinic.locations) > 1 else ""
        yield Inconsistency("clinic", place, _sentence(day, name, where))


def _place(clinic: Clinic, slug: str) -> Place:
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
