"""Bank holidays: when they are, and what the clinic does on them."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Literal

from clinic.models.base import Record
from clinic.models.opening_hours import Period, Periods
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
"""Names as https://www.gov.uk/bank-holidays has them, where the library's are others."""
_OBSERVED = " (observed)"


class Region(Enum):
    """Where the same days are bank holidays (https://www.gov.uk/bank-holidays)."""

    ENGLAND_AND_WALES = "england-and-wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"

    @property
    def label(self) -> str:
        """For example ``England and Wales``."""
        return self.value.replace("-", " ").title().replace(" And ", " and ")


_SUBDIVISIONS = {Region.ENGLAND_AND_WALES: "ENG", Region.SCOTLAND: "SCT", Region.NORTHERN_IRELAND: "NIR"}


class BankHolidays(Record):
    """What the clinic does on bank holidays: ``days`` decides single ones, ``default`` all that are not among them."""

    region: Region | None = None
    default: Literal["closed"] | None = None
    days: Mapping[Day, Periods] = {}

    def region_in(self, *countries: str) -> Region | None:
        """The region that was said; unsaid, the one where most of the country lives, or none outside the UK."""
        return self.region or (Region.ENGLAND_AND_WALES if set(countries) == {"GB"} else None)

    def decided(self, day: date) -> tuple[Period, ...] | None:
        """The periods of a bank holiday; empty is closed, None is undecided."""
        return self.days.get(day, () if self.default else None)


def bank_holiday(day: date, region: Region | None) -> str | None:
    """The name of the bank holiday that a day is, if it is one; none are known without a region."""
    return bank_holidays(region, day.year).get(day) if region else None


@cache
def bank_holidays(region: Region, year: int) -> Mapping[date, str]:
    """Every bank holiday of a year by its day: substitutes, and the day itself where that is on a weekend."""
    found = _united_kingdom()(subdiv=_SUBDIVISIONS[region], years=year, language="en_GB")
    return {day: _name(name) for day, name in sorted(found.items())}


@cache
def _united_kingdom() -> Any:
    """The class of ``holidays`` for the UK, from its own file: the package around it reads 250 countries (0.2 s)."""
    package = find_spec("holidays")
    folders = (package.submodule_search_locations if package else None) or ()
    spec = spec_from_file_location("holidays_uk", Path(*folders, "countries", "united_kingdom.py"))
    if spec is None or spec.loader is None:  # as find_spec and its like are typed
        raise ImportError("holidays")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.UnitedKingdom


def _name(name: str) -> str:
    plain = name.removesuffix(_OBSERVED)
    return _GOV_UK.get(plain, plain) + (", substitute day" if plain != name else "")
