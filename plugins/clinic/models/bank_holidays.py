"""Bank holidays: when they are, and the clinic's rule for them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, ClassVar, Literal

from babel import Locale
from pydantic import Field

from clinic.models.base import Record
from clinic.models.language import current_language
from clinic.models.opening_hours import HoursOfDay
from clinic.models.types import Day, Text
from clinic.models.words import N_, gettext

_GOV_UK = {
    "May Day": N_("Early May bank holiday"),
    "Spring Bank Holiday": N_("Spring bank holiday"),
    "Late Summer Bank Holiday": N_("Summer bank holiday"),
    "Summer Bank Holiday": N_("Summer bank holiday"),
    "New Year's Day": N_("New Year’s Day"),
    "New Year Holiday": N_("2nd January"),
    "Saint Patrick's Day": N_("St Patrick’s Day"),
    "Saint Andrew's Day": N_("St Andrew’s Day"),
    "Good Friday": N_("Good Friday"),
    "Easter Monday": N_("Easter Monday"),
    "Christmas Day": N_("Christmas Day"),
    "Boxing Day": N_("Boxing Day"),
    "Battle of the Boyne": N_("Battle of the Boyne"),
}
"""Names as https://www.gov.uk/bank-holidays has them, and those of the ``holidays`` library that are the same."""


_UK, _UNITED_KINGDOM = "GB", {"england-and-wales": "ENG", "scotland": "SCT", "northern-ireland": "NIR"}
"""The parts of the UK with bank holidays of their own (https://www.gov.uk/bank-holidays), and the library's codes."""
ESTIMATED = ", estimated"
"""How the names of days end that follow the Moon as it will be seen."""
_WITH_ARTICLE = frozenset({"AE", "BS", "CF", "DO", "GM", "NL", "PH", "US"})
"""Countries that English names with "the"."""
_CALLED_BANK_HOLIDAYS = frozenset({"GB", "IE", "IM", "JE", "GG", "GI"})


@dataclass(frozen=True)
class Region:
    """Where bank holidays hold: a country (ISO 3166), or a part of it by the code of the library ``holidays``."""

    country: str
    part: str | None = None

    ENGLAND_AND_WALES: ClassVar["Region"]
    SCOTLAND: ClassVar["Region"]
    NORTHERN_IRELAND: ClassVar["Region"]

    @classmethod
    def of(cls, country: str, name: str | None = None) -> "Region | None":
        """The region of this name in a country, or the country; None where the name or the country is not known.

        The UK has none as a whole: without a name it is England and Wales.
        """
        if country not in _countries():
            return None
        parts = region_names(country)
        if name is None:
            return cls.ENGLAND_AND_WALES if country == _UK else cls(country)
        part = parts.get(name.casefold().removeprefix(f"{country.casefold()}-"))
        return cls(country, part) if part else None

    @property
    def label(self) -> str:
        """As after "in": ``England and Wales``, ``Ireland``, ``BY, Germany``, ``the United States``."""
        if self.country == _UK:
            name = next(name for name, part in _UNITED_KINGDOM.items() if part == self.part)
            return name.replace("-", " ").title().replace(" And ", " and ")
        country = Locale("en").territories.get(self.country, self.country)
        country = f"the {country}" if self.country in _WITH_ARTICLE else country
        return f"{self.part}, {country}" if self.part else country

    @property
    def days_are_called(self) -> str:
        """The name of such days in the country's English."""
        return "bank holidays" if self.has_bank_holidays else "public holidays"

    @property
    def has_bank_holidays(self) -> bool:
        """Whether its days are called bank holidays, not public ones."""
        return self.country in _CALLED_BANK_HOLIDAYS


Region.ENGLAND_AND_WALES, Region.SCOTLAND, Region.NORTHERN_IRELAND = (
    Region(_UK, part) for part in _UNITED_KINGDOM.values()
)


@cache
def region_names(country: str) -> Mapping[str, str]:
    """The library's code for each name of a part of the country, in small letters: ``by`` and ``bayern`` are ``BY``."""
    if country == _UK:
        return _UNITED_KINGDOM
    found = _calendar_of(country)
    aliases = getattr(found, "subdivisions_aliases", {})
    return {name.casefold(): code for name, code in (*aliases.items(), *((code, code) for code in found.subdivisions))}


def region_codes(country: str) -> tuple[str, ...]:
    """What may be written for the parts of a country."""
    return tuple(_UNITED_KINGDOM if country == _UK else sorted(set(region_names(country).values())))


@cache
def _countries() -> Mapping[str, tuple[str, str]]:
    """The library's module and class for each country that it knows, by ISO 3166 code."""
    registry = import_module("holidays.registry")
    return {codes[0]: (module, name) for module, (name, *codes) in registry.COUNTRIES.items()}


@cache
def _calendar_of(country: str) -> Any:
    """The class for a country, loaded from its own file: asking ``holidays`` for it loads 250 countries (0.2 s)."""
    module, name = _countries()[country]
    package = find_spec("holidays")
    folders = (package.submodule_search_locations if package else None) or ()
    spec = spec_from_file_location(f"holidays_{module}", Path(*folders, "countries", f"{module}.py"))
    if spec is None or spec.loader is None:  # as find_spec and its like are typed
        raise ImportError(module)
    loaded = module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return getattr(loaded, name)


class BankHolidays(Record):
    """``bank_holidays`` in clinic.yaml: ``days`` decides single ones, ``default`` all others."""

    region: Text | None = Field(
        default=None,
        description="whose: england-and-wales, scotland or northern-ireland; elsewhere the code of a state, such as BY",
    )
    default: Literal["closed"] | None = Field(
        default=None, description="closed, if the clinic is closed on all bank holidays"
    )
    days: Mapping[Day, HoursOfDay] = Field(
        default={}, description="single bank holidays, a line each: 2026-05-04 and closed, or hours like 09:00-12:00"
    )

    def region_in(self, country: str) -> Region | None:
        """Whose bank holidays hold in a country (ISO 3166); None where they are not known.

        A region of another country says nothing there: a clinic's rule holds at its locations abroad, too.
        """
        return Region.of(country, self.region) or Region.of(country)

    def decided(self, day: date) -> HoursOfDay | None:
        """The hours of a bank holiday; None is undecided."""
        return self.days.get(day, HoursOfDay() if self.default else None)


def bank_holiday(day: date, region: Region | None) -> str | None:
    """The name of the bank holiday on this day; None if it is none, or without a region."""
    name = _bank_holidays(region, day.year, current_language()).get(day) if region else None
    return _name(name, region) if name and region else None


def bank_holidays(region: Region, year: int) -> Mapping[date, str]:
    """The names of a year's bank holidays by day: substitute days, and the day itself where that is on a weekend.

    In the language of the site, as far as the library or, for the UK, the catalogue has it; else in English.
    """
    found = _bank_holidays(region, year, current_language())
    return {day: _name(name, region) for day, name in found.items()}


@cache
def _bank_holidays(region: Region, year: int, language: str) -> Mapping[date, str]:
    days = _calendar_of(region.country)
    found = days(subdiv=region.part, years=year, language=_spoken(days, region.country, language))
    return {day: _curled(name) if region.country != _UK else name for day, name in sorted(found.items())}


def _spoken(days: Any, country: str, language: str) -> str | None:
    """The library's own code of a language for a country, else that of English; None for its default language.

    The country's own English comes before the American.
    """
    for wanted in (language, "en"):
        spoken = [code for code in days.supported_languages if code.partition("_")[0] == wanted]
        if spoken:
            return str(min(spoken, key=lambda code: (code[-2:] != country, code)))
    return None


def _name(name: str, region: Region) -> str:
    if region.country != _UK:  # the library's English is American, but for "Labour" in some countries
        return name if region.country == "US" else name.replace("Labor ", "Labour ")
    plain = name.removesuffix(" (observed)")
    shown = gettext(_GOV_UK.get(plain, plain))
    return gettext("{holiday}, substitute day", holiday=shown) if plain != name else shown


def _curled(name: str) -> str:
    """With a true apostrophe, and a comma before what the library has in brackets: words around it may have some."""
    return re.sub(r" \(([^()]+)\)", r", \1", name).replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
