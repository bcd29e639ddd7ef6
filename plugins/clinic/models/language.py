"""The language of a site, and how its country writes dates, times and sums.

A site has one language. It is set once, when a build begins (``write_in``), as other programs that translate do
(gettext's ``install``, Django's ``activate``): every function that puts a date or a price into words follows it.
"""

import re
from contextvars import ContextVar
from typing import Annotated, Any, TypeAlias

from babel import Locale
from babel.languages import get_official_languages
from babel.localedata import exists
from pydantic import BeforeValidator, ValidationInfo

from clinic.models.types import checked, is_country

DEFAULT_LANGUAGE = "en-GB"
_LANGUAGE = re.compile(r"en(?:-([A-Z]{2}))?")
_OF_THE_WORLD = "en_001"
_BRITISH = frozenset({"GB", "IE"})


def is_language(code: str) -> bool:
    """Whether the site has words in this language (BCP 47): English, of any country."""
    found = _LANGUAGE.fullmatch(code)
    return bool(found) and (found is None or found.group(1) is None or is_country(found.group(1)))


def _language_error(code: str) -> str:
    language, *further = re.split("[-_]", code.strip())
    country = {"UK": "GB", "EN": "GB"}.get(further[-1].upper(), further[-1].upper()) if further else ""
    if language.lower() in {"en", "eng", "english"}:
        return f"is not a language code; write en-{country if is_country(country) else 'GB'}"
    return "is a language that the site has no words in: its buttons and notes are English; write en, or one like en-GB"


def _or_of_country(value: Any, info: ValidationInfo) -> Any:
    """What is written, else English as the clinic's country (validation context ``country``) writes it, or Britain."""
    country = (info.context or {}).get("country", "GB")
    speaks_english = exists(f"en_{country}") and "en" in get_official_languages(country, de_facto=True)
    return value or (f"en-{country}" if speaks_english else DEFAULT_LANGUAGE)


Language: TypeAlias = Annotated[str, checked(is_language, _language_error), BeforeValidator(_or_of_country)]
"""A language code (BCP 47), ``en`` or ``en-GB``; where none is written, the English of the clinic's country."""


def locale_of(language: str, country: str = "GB") -> Locale:
    """How a language is written (CLDR); one without a country is written as in ``country`` (ISO 3166).

    English of a country that CLDR does not describe is that of the world, not that of America.
    """
    name = language.replace("-", "_") if "-" in language else f"{language}_{country}"
    return Locale.parse(name if exists(name) else _OF_THE_WORLD)


_BRITISH_ENGLISH = locale_of(DEFAULT_LANGUAGE)
_current: ContextVar[Locale] = ContextVar("locale")
_country: ContextVar[str] = ContextVar("country")


def write_in(language: str, country: str = "GB") -> None:
    """From now on, write dates, times and sums as ``locale_of`` says."""
    _current.set(locale_of(language, country))
    _country.set(country)


def current_locale() -> Locale:
    """How dates, times and sums are written: in British English, unless ``write_in`` says otherwise."""
    return _current.get(_BRITISH_ENGLISH)


def current_country() -> str:
    """The country (ISO 3166) of the clinic that is written about: Great Britain, unless ``write_in`` says otherwise."""
    return _country.get("GB")


def is_british() -> bool:
    """Whether it is English as Britain and Ireland write it, whose health services have a style of their own.

    NHS digital service manual, "Numbers, measurements, dates and time"; HSE content guide, "Dates, times and numbers".
    """
    return current_locale().territory in _BRITISH
