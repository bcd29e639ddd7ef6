"""Bank holidays: when they are, and the clinic's rule for them."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from clinic.models.base import Record
from clinic.models.opening_hours import HoursOfDay
from clinic.models.types import Day

_GOV_UK = {
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
    "Summer Bank Holiday": "Summer bank holiday",
    "New Year's Day": "New Year’s Day",
    "New Year Holiday": "2nd January",
    "Saint Patrick's Day": "St Patrick’s Day",
    "Saint Andrew's Day": "St Andrew’s Day",
}
"""Names as https://www.gov.uk/bank-holidays has them, where those of the ``holidays`` library differ."""


class Region(Enum):
    """A part of the UK with bank holidays of its own (https://www.gov.uk/bank-holidays)."""

    ENGLAND_AND_WALES = "england-and-wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"

    @property
    def label(self) -> str:
        """For example ``England and Wales``."""
        return self.value.replace("-", " ").title().replace(" And ", " and ")


_SUBDIVISIONS = {Region.ENGLAND_AND_WALES: "ENG", Region.SCOTLAND: "SCT", Region.NORTHERN_IRELAND: "NIR"}


class BankHolidays(Record):
    """``bank_holidays`` in clinic.yaml: ``days`` decides single ones, ``default`` all others."""

    region: Region | None = Field(default=None, description="whose: england-and-wales, scotland or northern-ireland")
    default: Literal["closed"] | None = Field(
        default=None, description="closed, if the clinic is closed on all bank holidays"
    )
    days: Mapping[Day, HoursOfDay] = Field(
        default={}, description="single bank holidays, a line each: 2026-05-04 and closed, or hours like 09:00-12:00"
    )

    def region_in(self, *countries: str) -> Region | None:
        """The region given; else England and Wales for a clinic in the UK, None elsewhere. Countries are ISO codes."""
        return self.region or (Region.ENGLAND_AND_WALES if set(countries) == {"GB"} else None)

    def decided(self, day: date) -> HoursOfDay | None:
        """The hours of a bank holiday; None is undecided."""
        return self.days.get(day, HoursOfDay() if self.default else None)


def bank_holiday(day: date, region: Region | None) -> str | None:
    """The name of the bank holiday on this day; None if it is none, or without a region."""
    return bank_holidays(region, day.year).get(day) if region else None


@cache
def bank_holidays(region: Region, year: int) -> Mapping[date, str]:
    """The names of a year's bank holidays by day: substitute days, and the day itself where that is on a weekend."""
    found = _united_kingdom()(subdiv=_SUBDIVISIONS[region], years=year, language="en_GB")
    return {day: _name(name) for day, name in sorted(found.items())}


@cache
def _united_kingdom() -> Any:
    """The class for the UK, loaded from its own file: importing ``holidays`` loads 250 countries (0.2 s)."""
    package = find_spec("holidays")
    folders = (package.submodule_search_locations if package else None) or ()
    spec = spec_from_file_location("holidays_uk", Path(*folders, "countries", "united_kingdom.py"))
    if spec is None or spec.loader is None:  # as find_spec and its like are typed
        raise ImportError("holidays")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.UnitedKingdom


def _name(name: str) -> str:
    plain = name.removesuffix(" (observed)")
    return _GOV_UK.get(plain, plain) + (", substitute day" if plain != name else "")
