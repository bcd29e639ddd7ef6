"""The language of a site: its words, and how its country writes dates, times and sums.

It is set before anything of that language is read or written (``write_in``), as other programs that translate do
(gettext's ``install``, Django's ``activate``): every function that shows a word, a date or a price follows it. A site
in several languages is read and written in one after the other.
"""

import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar, copy_context
from functools import cache
from typing import Annotated, Any, TypeAlias, TypeVar

from babel import Locale
from babel.languages import get_official_languages
from babel.localedata import exists
from babel.units import format_unit
from pydantic import BeforeValidator, ValidationInfo

from clinic.models.types import checked, is_country
from clinic.models.words import Catalogue, Forms, has_words, languages, use_words

Said = TypeVar("Said")
DEFAULT_LANGUAGE = "en-GB"
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-([A-Z]{2}))?")
_OF_THE_WORLD = "en_001"
_BRITISH = frozenset({"GB", "IE"})


def is_language(code: str) -> bool:
    """Whether the site has words in this language (BCP 47): ``en``, ``de``, ``cy``, of any country."""
    found = _LANGUAGE.fullmatch(code)
    return found is not None and has_words(found[1]) and (found[2] is None or is_country(found[2]))


def language_error(code: str) -> str:
    """What is wrong with what ``is_language`` refuses: the end of a sentence that begins with it."""
    language, *further = re.split("[-_]", code.strip())
    known = next((one for one in languages() if language.lower() in _names_of(one)), None)
    if known is None:
        named = [f"{Locale(one).get_display_name('en')} ({one})" for one in languages()]
        return f"is a language that the site has no words in; write one of those it has: {', '.join(named)}"
    country = {"UK": "GB", "EN": "GB"}.get(further[-1].upper(), further[-1].upper()) if further else ""
    likely = country if is_country(country) else "GB" if known == "en" else ""
    return f"is not a language code; write {known}{likely and '-'}{likely}"


def bare(code: str) -> str:
    """A language without its country: ``en`` for ``en-GB``."""
    return code.partition("-")[0]


def name_in_english(code: str) -> str:
    """What a language is called in messages to the owner: ``Welsh``."""
    return str(Locale(bare(code)).get_display_name("en"))


def own_name(code: str) -> str:
    """What a language calls itself, as a menu of languages has it: ``Cymraeg``, ``Deutsch``."""
    name = str(Locale(bare(code)).get_display_name(bare(code)))
    return name[:1].upper() + name[1:]


def _names_of(language: str) -> set[str]:
    """What is written for a language, in small letters: its code, and its name in English and in itself."""
    locale = Locale(language)
    return {
        language,
        _THREE_LETTERS.get(language, ""),
        *map(str.casefold, (locale.english_name or "", str(locale.display_name))),
    }


_THREE_LETTERS = {"en": "eng", "de": "deu", "cy": "cym"}
"""ISO 639-2."""


def language_of(country: str) -> str:
    """The language that a clinic in a country (ISO 3166) has most probably written in, as far as there are words in it.

    English wherever it is an official language; another where it is the only one, so not in Switzerland or Belgium.
    """
    official = get_official_languages(country, de_facto=True)
    if "en" in official:
        return f"en-{country}" if exists(f"en_{country}") else DEFAULT_LANGUAGE
    only = official[0] if len(official) == 1 else ""
    return f"{only}-{country}" if has_words(only) and exists(f"{only}_{country}") else DEFAULT_LANGUAGE


def _or_of_country(value: Any, info: ValidationInfo) -> Any:
    """What is written, else the language of the clinic's country (validation context ``country``)."""
    return value or language_of((info.context or {}).get("country", "GB"))


LanguageCode: TypeAlias = Annotated[str, checked(is_language, language_error)]
"""A language code (BCP 47) that the site has words in: ``cy``, ``en-GB``."""
Language: TypeAlias = Annotated[LanguageCode, BeforeValidator(_or_of_country)]
"""A language code (BCP 47), ``en`` or ``en-GB``; where none is written, that of the clinic's country."""


@cache
def locale_of(language: str, country: str = "GB") -> Locale:
    """How a language is written (CLDR); one without a country is written as in ``country`` (ISO 3166).

    English of a country that CLDR does not describe is that of the world, not that of America.
    """
    name = language.replace("-", "_") if "-" in language else f"{language}_{country}"
    spoken = name.partition("_")[0]
    return Locale.parse(name if exists(name) else _OF_THE_WORLD if spoken == "en" else spoken)


_BRITISH_ENGLISH = locale_of(DEFAULT_LANGUAGE)
_current: ContextVar[Locale] = ContextVar("locale")
_country: ContextVar[str] = ContextVar("country")


def write_in(language: str, country: str = "GB", own: Mapping[str, Forms] | None = None) -> None:
    """From now on, write in these words, with the owner's ``own``, and dates, times and sums as ``locale_of`` says."""
    locale = locale_of(language, country)
    _current.set(locale)
    _country.set(country)
    use_words(Catalogue.of(locale, own or {}))


def write_to_owner(language: str, country: str) -> None:
    """From now on, write English, as all commands do: the clinic's own where its language is one, dates as there."""
    write_in(language if bare(language) == DEFAULT_LANGUAGE else DEFAULT_LANGUAGE, country)


def to_the_owner(say: Callable[[], Said]) -> Said:
    """What ``say()`` gives in English, as all messages to the owner are, of a site in whatever language."""

    def in_english() -> Said:
        write_in(DEFAULT_LANGUAGE)
        return say()

    return copy_context().run(in_english)


def current_locale() -> Locale:
    """How dates, times and sums are written: in British English, unless ``write_in`` says otherwise."""
    return _current.get(_BRITISH_ENGLISH)


def size_in_words(size: int | None) -> str:
    """The size of a file of so many bytes, in SI units as CLDR writes them: ``240 kB``, ``1.2 MB``; empty for None."""
    if size is None:
        return ""
    kilo = max(1, round(size / 1000))
    number, unit = (kilo, "kilobyte") if kilo < 1000 else (round(size / 1_000_000, 1), "megabyte")
    return format_unit(number, f"digital-{unit}", "short", locale=current_locale())


def current_language() -> str:
    """The language alone (BCP 47), such as ``en``."""
    return current_locale().language


def in_a_sentence(title: str) -> str:
    """A title inside a sentence: ``Sports massage`` begins with a small letter there, ``TENS`` does not.

    In German nouns keep their capitals.
    """
    keeps = current_locale().language in _KEEP_CAPITALS or not title[1:2].islower()
    return title if keeps else title[:1].lower() + title[1:]


_KEEP_CAPITALS = frozenset({"de", "lb"})
_PREPOSITIONS: Mapping[str, str] = {
    "en": "on|in|at|near|by|within|around|round|across|throughout|over|all over|all around|between|from|up|inside"
    "|outside|along|anywhere|everywhere|wherever|to|for|covering|beside|behind|above|below|opposite|next",
    "de": "in|im|an|am|auf|bei|beim|um|rund um|innerhalb|außerhalb|nahe|zwischen|von|vom|bis|über|überall|unter|vor|ab"
    "|entlang|gegenüber|neben|hinter|(?:nördlich|südlich|östlich|westlich) von",
    "cy": "yn|ym|yng|o|ar|ger|wrth|rhwng|ledled|hyd at|i|dros|drwy|gyferbyn|tu ôl|y tu",
}
"""How the words of an area begin that say by themselves where it is, by language."""
_BEFORE_NAMES: Mapping[str, str] = {
    "en": "(?:on|in|at|near|by) (?:the )?",
    "de": "(?:in|im|an|am|auf|bei|beim|nahe) (?:(?:der|dem|den) )?",
    "cy": "(?:yn|ym|yng|ar|ger|wrth) (?:(?:y|yr) )?",
}
"""What stands before the name of an area and is no part of it, by language."""


def begins_with_preposition(area: str) -> bool:
    """Whether an area says where it is by itself: ``within ten miles of Larkmouth``; in the language of the site."""
    known = _PREPOSITIONS.get(current_language(), _PREPOSITIONS["en"])
    return bool(re.match(rf"(?:{known})\b", area, re.IGNORECASE))


def without_preposition(area: str) -> str:
    """The name of an area: ``on the Quay Estate`` is ``Quay Estate``."""
    return re.sub(f"^{_BEFORE_NAMES.get(current_language(), _BEFORE_NAMES['en'])}", "", area)


def current_country() -> str:
    """The country (ISO 3166) of the clinic that is written about: Great Britain, unless ``write_in`` says otherwise."""
    return _country.get("GB")


def is_british() -> bool:
    """Whether it is English or Welsh as Britain and Ireland write it, whose health services have a style of their own.

    NHS digital service manual, "Numbers, measurements, dates and time"; HSE content guide, "Dates, times and numbers".
    """
    return current_locale().territory in _BRITISH
