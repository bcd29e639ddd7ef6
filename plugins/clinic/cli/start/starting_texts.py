"""The files that new clinics and new pages begin with: templates in ``assets/``, a folder for each language."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from clinic.models.language import write_in
from clinic.models.money import in_words
from clinic.models.suggestions import suggestion
from clinic.models.types import slug_like

ASSETS = Path(__file__).parent / "assets"
_USUAL = "en"
_NO_HUNDREDTHS = re.compile(r"[.,]00(?!\d)")


class Profession(NamedTuple):
    """What is known of a profession: ``offers`` are services that everybody has, ``perhaps`` those that many have."""

    key: str
    name: str
    offers: tuple[str, ...]
    perhaps: tuple[str, ...]


def languages() -> tuple[str, ...]:
    """The languages (ISO 639-1) that there are starting texts in."""
    return tuple(sorted(folder.name for folder in ASSETS.iterdir() if folder.is_dir()))


def folder_of(language: str) -> str:
    """The folder for a language such as ``en-GB``; that of English where there is none."""
    found = language.partition("-")[0]
    return found if found in languages() else _USUAL


@cache
def _known(language: str) -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
        (ASSETS / folder_of(language) / "professions.yaml").read_text("utf-8")
    )
    return found


def profession_names(language: str = _USUAL) -> Mapping[str, str]:
    """The professions by the word that the command takes, each in words."""
    return {key: str(known["name"]) for key, known in _known(folder_of(language)).items()}


def profession(word: str, language: str = _USUAL, country: str = "GB") -> Profession:
    """What is known of a profession, under any of its names, or its place in the list.

    Raises ValueError with the end of a sentence for another word.
    """
    known, wanted = _known(folder_of(language)), " ".join(word.casefold().replace("-", " ").split())
    keys = [*known]
    if wanted.isdecimal() and 0 < int(wanted) <= len(keys):
        wanted = keys[int(wanted) - 1]
    key = next((key for key, one in known.items() if wanted in {key, one["name"], *one["called"]}), None)
    if key is None:
        raise ValueError(f'"{word}" is no profession that this program knows{suggestion(wanted, keys)}')
    words = {**known[key], **known[key].get(country, {})}
    return Profession(key, str(words["name"]), tuple(words["offers"]), tuple(words["perhaps"]))


def country_name(country: str, language: str = _USUAL) -> str:
    """The name of a country in a language: ``Germany``."""
    return str(Locale.parse(folder_of(language)).territories.get(country, country))


def language_name(language: str) -> str:
    """The name of a language in itself: ``English``."""
    return str(Locale.parse(language.partition("-")[0]).get_display_name() or language)


def price(language: str, country: str, currency: str) -> str:
    """A sum as the country writes it, for examples: ``£45``; without decimals, as a comma would end it in braces."""
    write_in(language, country)
    return _NO_HUNDREDTHS.sub("", in_words(Decimal(45), currency))


def file_name(title: str, instead: str, language: str = "") -> str:
    """The name of a file for a title, without its ending; ``instead`` where the title has no letter for one."""
    slug = slug_like(title, language)
    return slug if " " not in slug else instead


def starting_text(path: str, in_language: str, facts: Mapping[str, object]) -> str:
    """One of the files in ``assets/``, filled in."""
    return _environment(folder_of(in_language)).get_template(path).render(facts)


@cache
def _environment(folder: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(ASSETS / folder),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 (what it makes is YAML and Markdown)
    )
    environment.filters["yaml"] = in_yaml
    return environment


def in_yaml(text: str) -> str:
    """A text as a value of one line in YAML, in quotes only where it has to be."""
    plain = yaml.safe_dump(text, allow_unicode=True, width=10**6).removesuffix("\n").removesuffix("\n...")
    return str(plain) if "\n" not in plain else str(yaml.safe_dump(text, default_style='"', width=10**6)).rstrip("\n")
