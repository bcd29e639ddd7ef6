"""What a new clinic begins with: what was asked or given, compared with the models that read ``clinic.yaml``."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
from babel.languages import get_official_languages
from phonenumbers.timezone import time_zones_for_number

from clinic.cli.start.starting_texts import Profession, country_name, file_name, languages, profession
from clinic.content.validation import validate
from clinic.content.yaml_text import YamlText
from clinic.models.bank_holidays import region_codes
from clinic.models.clinic import ClinicFile, is_timezone
from clinic.models.contact import parse_phone
from clinic.models.language import is_language
from clinic.models.suggestions import join_or
from clinic.models.types import KeyPath, is_country, is_url
from clinic.models.words import has_words

_KEYS = ("name", "url", "phone", "email", "country", "language", "timezone")
"""Answers that are keys of ``clinic.yaml``."""
_REQUIRED = {
    "name": "the clinic's name as visitors know it",
    "profession": "chiropractic, osteopathy, physiotherapy, massage, podiatry, acupuncture, counselling or other",
    "place": "the town or village where people come to you",
    "url": "the site's own address, such as https://www.example.com",
}


@dataclass(frozen=True)
class Answers:
    """The answers as they were typed; empty where nothing was."""

    name: str = ""
    profession: str = ""
    place: str = ""
    phone: str = ""
    email: str = ""
    country: str = ""
    url: str = ""
    language: str = ""
    timezone: str = ""

    @property
    def are_given(self) -> bool:
        """Whether there is any."""
        return any(getattr(self, field.name) for field in fields(self))

    def with_defaults(self) -> "Answers":
        """On one line each, with what follows from the others where nothing was said."""
        given = {field.name: " ".join(getattr(self, field.name).split()) for field in fields(self)}
        country = given["country"] or "GB"
        url, secure = given["url"], f"https://{given['url']}"
        return Answers(
            **{
                **given,
                "country": country,
                "url": secure if "://" not in url and is_url(secure) else url,
                "language": given["language"] or _language_of(country),
                "timezone": given["timezone"] or zones_of(country, given["phone"])[0],
            }
        )

    def faults(self) -> Iterator[tuple[str, str]]:
        """Every argument that is missing or wrong, by its name in capitals, with a sentence."""
        for key, what in _REQUIRED.items():
            if not getattr(self, key):
                yield key.upper(), f"is missing; it is {what}"
        if not self.phone and not self.email:
            yield "PHONE", "neither PHONE nor EMAIL is given; write one, so that visitors can reach the clinic"
        if self.profession:
            try:
                profession(self.profession, self.language)
            except ValueError as error:
                yield "PROFESSION", str(error)
        wrong = dict(self._of_the_models())
        if "COUNTRY" in wrong:  # what a number or a language is depends on it
            wrong = {key: fault for key, fault in wrong.items() if key not in {"PHONE", "LANGUAGE"}}
        elif "LANGUAGE" not in wrong and self.language.partition("-")[0] not in languages():
            wrong["LANGUAGE"] = f'"{self.language}" has no texts to begin with; write {join_or(languages())}'
        yield from wrong.items()

    def _of_the_models(self) -> Iterator[tuple[str, str]]:
        given = {key: getattr(self, key) for key in _KEYS if getattr(self, key)}
        stand_ins = {"name": "The clinic", "url": "https://example.com"}
        value: dict[str, Any] = {**stand_ins, **given, "locations": {"here": {"address": {"locality": "Here"}}}}
        keys = dict(enumerate(value, 1))
        lines: dict[KeyPath, int] = {(key,): number for number, key in keys.items()}
        country = self.country if is_country(self.country) else "GB"
        zone = ZoneInfo(self.timezone) if is_timezone(self.timezone) else ZoneInfo("UTC")
        context = {"country": country, "timezone": zone}
        for found in validate(ClinicFile, YamlText(value, lines), "", context)[1]:
            key = keys[found.line]
            yield key.upper(), found.message.removeprefix(f"{key}: ")

    @property
    def work(self) -> Profession:
        """The profession, with the services that fit it."""
        return profession(self.profession, self.language, self.country)

    @property
    def town(self) -> tuple[str, str]:
        """The place without its state, and the state's code, or nothing: ``Flagstaff, AZ`` where that is in the US."""
        town, _, last = self.place.rpartition(" ")
        codes = (code for code in region_codes(self.country) if code.isupper())  # Britain's are names of other kinds
        return (town.rstrip(","), last) if town and last in codes else (self.place, "")

    @property
    def location_slug(self) -> str:
        """The short name of the only location."""
        return file_name(self.town[0], "here", self.language)

    def sentence_about_language(self) -> str:
        """What to know where a site is in English since there are no words in the country's language; else empty."""
        spoken = get_official_languages(self.country, de_facto=True)
        if not spoken or not self.language.startswith("en") or any(map(has_words, spoken)):
            return ""
        return f"The site's own words are English: there are none yet in a language of {country_name(self.country)}."


def _language_of(country: str) -> str:
    """The language that the site will be in: English where it is official, or else nothing official has words here."""
    spoken = get_official_languages(country, de_facto=True) if is_country(country) else ()
    own = (code for code in spoken if code in languages() and is_language(code))
    english = english_of(country)
    return english if "en" in spoken else next(own, english)


def english_of(country: str) -> str:
    """The English of a country, which ``clinic.yaml`` is in where it names no language: ``en-GB``."""
    context = {"country": country if is_country(country) else "GB"}
    least = {"name": "x", "url": "https://example.com", "locations": {"here": {"online": "yes"}}}
    return ClinicFile.model_validate(least, context=context).language


def zones_of(country: str, phone: str = "") -> tuple[str, ...]:
    """The time zones of a country (IANA), the likeliest first: that of the telephone number, else the largest."""
    known = _zones().get(country, ())
    called: tuple[str, ...] = ()
    with suppress(ValueError, KeyError):
        called = time_zones_for_number(phonenumbers.parse(parse_phone(phone, country).e164))
    near = [zone for zone in called if zone in known]
    return tuple(dict.fromkeys((*near, *known))) or ("Europe/London",)


def other_zones(country: str, chosen: str, year: int) -> tuple[str, ...]:
    """The zones of a country whose clocks are not those of the ``chosen`` one, one for each time that they show."""
    found: dict[tuple[object, ...], str] = {}
    for zone in (chosen, *_zones().get(country, ())):
        clocks = (datetime(year, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() for month in (1, 7))
        found.setdefault(tuple(clocks), zone)
    return tuple(zone for zone in found.values() if zone != chosen)


@cache
def _zones() -> Mapping[str, tuple[str, ...]]:
    """The zones of each country, as ``zone.tab`` of the time zone database lists them."""
    found: dict[str, list[str]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            found.setdefault(country, []).append(zone)
    return {country: tuple(zones) for country, zones in found.items()}
