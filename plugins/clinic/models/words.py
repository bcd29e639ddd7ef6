"""Every word that the theme and the generator show, in the language of a site.

A message is named by its English as it is shown. ``theme/locale/<language>/LC_MESSAGES/messages.po`` has it in another
language (GNU gettext, read with Babel), ``words`` of clinic.yaml as the owner wants it. English needs no catalogue: it
stands in the templates and in the code, and in ``theme/locale/messages.pot``, which ``make words`` writes from them.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, cached_property
from hashlib import blake2b
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from babel import Locale
from markupsafe import escape

_PROJECT = Path(__file__).parents[3]
LOCALE = _PROJECT / "theme" / "locale"
"""The folder of the catalogues."""
TEMPLATE = LOCALE / "messages.pot"
"""Every message, in English."""
_CACHE = _PROJECT / ".cache" / "words"
"""Catalogues as Babel read them, by digest: to read a whole one takes as long as a tenth of a build."""
_ENGLISH = "en"
_BETWEEN = "\x04"
"""Stands between context and message, as in GNU's own files."""
Forms: TypeAlias = tuple[str, ...]
"""The texts of a message: one, or one for each plural form of the language, in the order of ``plural_tags``."""


class Message(NamedTuple):
    """One entry of a catalogue: ``plural`` is the English for several, or empty; ``context`` tells two alike apart."""

    context: str
    text: str
    plural: str
    forms: Forms

    @property
    def key(self) -> str:
        """What it is looked up by."""
        return f"{self.context}{_BETWEEN}{self.text}" if self.context else self.text


def languages() -> tuple[str, ...]:
    """The languages that have words: English, and those with a catalogue (BCP 47)."""
    found = sorted(path.parts[-3] for path in LOCALE.glob("*/LC_MESSAGES/messages.po"))
    return (_ENGLISH, *(language for language in found if not language.startswith(f"{_ENGLISH}-")))


def has_words(language: str) -> bool:
    """Whether there are words in a language, whatever its country."""
    return language.partition("-")[0] in languages()


def catalogue_files(locale: Locale) -> tuple[Path, ...]:
    """The catalogues of a language: that of the language, and that of its country over it, as far as there are."""
    names = (locale.language, f"{locale.language}-{locale.territory}")
    return tuple(path for name in names if (path := LOCALE / name / "LC_MESSAGES" / "messages.po").is_file())


@cache
def read_catalogue(path: Path) -> tuple[Message, ...]:
    """The messages of a ``.po`` or ``.pot`` file. ValueError for one that is none."""
    data = path.read_bytes()
    kept = _CACHE / f"{blake2b(data, digest_size=16).hexdigest()}.json"
    with suppress(OSError, ValueError, TypeError):
        read = json.loads(kept.read_bytes())
        return tuple(Message(context, text, plural, tuple(forms)) for context, text, plural, forms in read)
    found = tuple(_parsed(data))
    with suppress(OSError):  # the next build reads it anew
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside = kept.with_name(f"{kept.name}.{os.getpid()}")
        beside.write_text(json.dumps(found), "utf-8")
        beside.replace(kept)
    return found


def _parsed(data: bytes) -> Iterator[Message]:
    """What is not translated, or marked as doubtful (fuzzy), is left out but from a template."""
    read_po = import_module("babel.messages.pofile").read_po  # 60 ms, which only a new catalogue costs
    for entry in read_po(BytesIO(data)):
        if entry.id and not entry.fuzzy:
            text, plural = entry.id if isinstance(entry.id, tuple | list) else (entry.id, "")
            forms = tuple(entry.string) if isinstance(entry.string, tuple | list) else (entry.string,)
            yield Message(entry.context or "", text, plural, tuple(str(form or "") for form in forms))


def plural_tags(locale: Locale) -> tuple[str, ...]:
    """The plural forms of a language by their names in CLDR, in the order in which catalogues have them."""
    used = {*locale.plural_form.tags, "other"}
    return tuple(tag for tag in ("zero", "one", "two", "few", "many", "other") if tag in used)


@dataclass(frozen=True)
class Catalogue:
    """The words of one site. ``texts`` are by the key of their message; what is not there is shown in English."""

    texts: Mapping[str, Forms] = field(default_factory=dict)
    plural: Callable[[float], str] = lambda number: "one" if number == 1 else "other"
    tags: tuple[str, ...] = ("one", "other")
    digest: str = ""
    """Of all texts: another where any of them is another."""

    @classmethod
    def of(cls, locale: Locale, own: Mapping[str, Forms]) -> "Catalogue":
        """The words of a language, and the owner's ``own`` in place of some."""
        texts = {message.key: message.forms for message in translated(locale)} | dict(own)
        digest = blake2b(repr(sorted(texts.items())).encode(), digest_size=16).hexdigest()
        return cls(texts, locale.plural_form, plural_tags(locale), digest)

    @cached_property
    def quotation_marks(self) -> tuple[str, ...]:
        """The opening and closing marks, then those of a quotation inside another: ``“ ” ‘ ’``, ``„ “ ‚ ‘``."""
        # Translators: a quotation, and one inside another
        pairs = N_("“{words}”"), N_("‘{words}’")
        return tuple(mark for pair in pairs for mark in self.text(pair, pair).split("{words}", 1))

    def text(self, key: str, english: str) -> str:
        """The text of a message."""
        return self.texts.get(key, (english,))[0]

    def counted(self, one: str, several: str, number: float) -> str:
        """The form of a message for a number."""
        forms = self.texts.get(one)
        if forms is None:
            return one if number == 1 else several
        return forms[min(self.tags.index(self.plural(number)), len(forms) - 1)]


def translated(locale: Locale) -> Iterator[Message]:
    """The messages that the catalogues of a language have, the nearest last."""
    for path in catalogue_files(locale):
        yield from (message for message in read_catalogue(path) if all(message.forms))


_current: ContextVar[Catalogue] = ContextVar("catalogue")
_BRITISH = Catalogue()


def use_words(catalogue: Catalogue) -> None:
    """From now on, these are the words."""
    _current.set(catalogue)


def current_words() -> Catalogue:
    """The words in use; English, unless ``use_words`` says otherwise."""
    return _current.get(_BRITISH)


def gettext(message: str, /, **values: object) -> str:
    """A message, its English or the name of a placeholder replaced: ``gettext("Call {phone}", phone=…)``.

    Where a value is markup (``__html__``) so is the result, with all else in it escaped.
    """
    return _filled(current_words().text(message, message), values)


def ngettext(one: str, several: str, number: float, /, **values: object) -> str:
    """As ``gettext``, in the form for a number: ``ngettext("{count} part", "{count} parts", 3, count=3)``."""
    return _filled(current_words().counted(one, several, number), values)


def pgettext(context: str, message: str, /, **values: object) -> str:
    """As ``gettext``, of a message whose English has another meaning elsewhere; ``context`` says which is meant."""
    return _filled(current_words().text(f"{context}{_BETWEEN}{message}", message), values)


def counts_in_words(one: str, several: str) -> str:
    """All forms of a message by their names in CLDR, as JSON: for scripts, which count (``Intl.PluralRules``)."""
    words = current_words()
    forms = words.texts.get(one, (one, several))
    tags = words.tags if len(forms) == len(words.tags) else ("one", "other")
    return json.dumps(dict(zip(tags, forms, strict=True)), ensure_ascii=False)


def _filled(text: str, values: Mapping[str, Any]) -> str:
    if not values:
        return text
    is_markup = any(hasattr(value, "__html__") for value in values.values())
    return (escape(text) if is_markup else text).format(**values)


def N_(message: str) -> str:  # noqa: N802 (gettext's own name)
    """Mark a message that is looked up elsewhere, so that ``make words`` finds it."""
    return message


def in_list(words: Sequence[str]) -> str:
    """``Monday, Tuesday and Friday``: the words in a sentence; empty for none."""
    *others, last = words or ("",)
    if not others:
        return last
    before = gettext(", ").join(others)
    if last[:1].casefold() in _VOWELS:
        # Translators: as the next one, where the last word begins with a vowel (Welsh "ac")
        return pgettext("before a vowel", "{others} and {last}", others=before, last=last)
    # Translators: the end of a list: "Monday, Tuesday and Friday"
    return pgettext("list", "{others} and {last}", others=before, last=last)


def in_choice(words: Sequence[str]) -> str:
    """``by phone, by text message or by e-mail``; empty for none."""
    *others, last = words or ("",)
    if not others:
        return last
    # Translators: the end of a list to choose from: "by phone, by text message or by e-mail"
    return pgettext("list", "{others} or {last}", others=gettext(", ").join(others), last=last)


def span(first: str, last: str) -> str:
    """``Monday to Friday``: a span of days, written out."""
    # Translators: a span of days: "Monday to Friday", "24 December to 1 January"
    return pgettext("days", "{first} to {last}", first=first, last=last)


_VOWELS = frozenset("aeiouwyâêîôûŵŷáéíóúàèìòùäëïöü")
