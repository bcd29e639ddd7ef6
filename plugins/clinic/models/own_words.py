"""``words`` in clinic.yaml: the owner's own words in place of the site's, each under its name.

The name of a word is its English, as it is shown (``clinic.models.words``); where the site is in another language, the
text in that language is a name too.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from string import Formatter
from typing import Annotated, Any, NamedTuple, TypeAlias

from babel import Locale
from pydantic import AfterValidator, BeforeValidator, PlainValidator

from clinic.models.base import RecordError
from clinic.models.language import current_locale
from clinic.models.suggestions import did_you_mean, join_and, join_or
from clinic.models.words import TEMPLATE, Forms, Message, plural_tags, read_catalogue, translated

COUNT = "count"
"""The placeholder of a number; a plural form may do without it: ``one: one comment``."""
_PLAIN_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "‚": "'", "…": "...", "\xa0": " "})


class _Given(NamedTuple):
    """One entry as the owner wrote it; ``twin`` is the name of an earlier one that means the same word."""

    name: str
    value: Any
    twin: str | None


class _Own(NamedTuple):
    messages: tuple[Message, ...]
    forms: Forms


def _plain(name: str) -> str:
    """A name as it is compared: whatever its spaces, and with quotes as a keyboard has them."""
    return " ".join(name.translate(_PLAIN_QUOTES).split())


def messages_named(name: str) -> tuple[Message, ...]:
    """The messages of this name, several where one English word has several meanings; none for an unknown name.

    Capitals count only where two names differ by them alone.
    """
    exact, folded = _index(str(current_locale()))
    return exact.get(_plain(name)) or folded.get(_plain(name).casefold(), ())


_Index: TypeAlias = Mapping[str, tuple[Message, ...]]


@cache
def _index(locale: str) -> tuple[_Index, _Index]:
    """The messages by their names, and by these in small letters: of a site in the language of ``locale``."""
    exact, folded = defaultdict[str, dict[Message, None]](dict), defaultdict[str, dict[Message, None]](dict)
    for name, message in _names(Locale.parse(locale)):
        exact[_plain(name)][message] = folded[_plain(name).casefold()][message] = None
    return _as_tuples(exact), _as_tuples(folded)


def _as_tuples(index: Mapping[str, Mapping[Message, None]]) -> _Index:
    return {name: tuple(found) for name, found in index.items()}


def _names(locale: Locale) -> Iterator[tuple[str, Message]]:
    """Every name with its message: its English, for one and for several, then as the site's language has it."""
    messages = {message.key: message for message in read_catalogue(TEMPLATE)}
    for message in messages.values():
        yield message.text, message
        if message.plural:
            yield message.plural, message
    for known in translated(locale):
        if known.key in messages:
            yield from ((form, messages[known.key]) for form in known.forms)


def _each(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    seen: dict[tuple[Message, ...], str] = {}
    given = {}
    for name, text in value.items():
        found = messages_named(name)
        given[name] = _Given(name, text, seen.get(found) if found else None)
        seen.setdefault(found, name)
    return given


def _own(given: Any) -> Any:
    if not isinstance(given, _Given):
        return given
    found = messages_named(given.name)
    if not found:
        names = [name for name, _ in _names(current_locale())]
        advice = (
            did_you_mean(given.name, names) or "; write it as the site shows it, or see its words in content/README.md"
        )
        raise RecordError("", f'the site has no word "{given.name}"{advice}')
    if given.twin:
        raise RecordError("", f'"{given.name}" is the same word as "{given.twin}" above; keep one of the two')
    forms = _counted_forms(given) if found[0].plural else (_single(given),)
    for form in forms:
        _check_placeholders(given.name, form, found[0])
    return _Own(found, forms)


def _single(given: _Given) -> str:
    if isinstance(given.value, dict | list):
        raise RecordError("", f'"{given.name}" is one text; write it behind the colon, on one line')
    return _not_empty(given.name, given.value)


def _counted_forms(given: _Given) -> Forms:
    """A form for each number that the language tells apart (CLDR plural rules); ``other`` stands for the rest."""
    tags = plural_tags(current_locale())
    if not isinstance(given.value, dict) or "other" not in given.value:
        lines = join_and([f"{tag}: …" for tag in tags])
        raise RecordError("", f'"{given.name}" counts something; write below it, each on its line, {lines}')
    if unknown := next((tag for tag in given.value if tag not in tags), None):
        raise RecordError(unknown, f'there is no form "{unknown}" of "{given.name}"; write {join_or(tags)}')
    return tuple(_not_empty(given.name, given.value.get(tag, given.value["other"])) for tag in tags)


def _not_empty(name: str, text: Any) -> str:
    if not isinstance(text, str) or not text.strip():
        raise RecordError("", f'"{name}" is empty here; write the words to be shown instead, or remove this line')
    return " ".join(text.split())


def _check_placeholders(name: str, text: str, message: Message) -> None:
    """What the site fills in must be in the owner's words too, and a link needs its words."""
    wanted = _placeholders(message.plural or message.text)
    try:
        given = _placeholders(text)
    except ValueError:
        raise RecordError("", f'"{name}": "{text}" has a curly bracket that is not closed; take it out') from None
    may_lack = {COUNT} if message.plural else set()
    if not wanted - may_lack <= given <= wanted:
        what = f"what stands in its place: {join_and([f'{{{one}}}' for one in sorted(wanted)])}" if wanted else ""
        how = f"write in it {what}" if what else "take out what stands in curly brackets"
        raise RecordError("", f'"{name}": "{text}" is not filled in as this word is; {how}')
    if message.text.count("[") != text.count("[") or text.count("[") != text.count("]"):
        how = "put the words of its link in square brackets" if "[" in message.text else "take out its square brackets"
        raise RecordError("", f'"{name}": "{text}" has another link than this word has; {how}')


def _placeholders(text: str) -> set[str]:
    """The names in curly brackets. ValueError for a bracket without its other half."""
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


def _by_key(own: Mapping[str, _Own]) -> dict[str, Forms]:
    return {message.key: found.forms for found in own.values() for message in found.messages}


Words: TypeAlias = Annotated[
    Mapping[str, Annotated[Any, PlainValidator(_own)]], BeforeValidator(_each), AfterValidator(_by_key)
]
"""The owner's words by the key of their message (``Message.key``)."""
