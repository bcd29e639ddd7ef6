"""What pydantic found, as a message that says what to write instead."""

import re
import types
from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from clinic.content.other_programs import DRAFT_KEYS, HIDDEN_KEYS, IN_THE_TEXT, meant, plain_key
from clinic.content.yaml_text import YamlText
from clinic.models.base import Record, RecordError
from clinic.models.location import Address, Location
from clinic.models.suggestions import join_or, nearest, suggestion
from clinic.models.types import KeyPath

WRITTEN_KEYS: Mapping[str, tuple[str, ...]] = {
    "first": ("on", "from"),
    "last": ("on", "to"),
    "begins": ("from",),
    "ends": ("to",),
    "authors": ("author", "authors"),
}
"""Keys that a model renames, as they may be written; the last spelling is the one to recommend."""


def error_message(model: type[BaseModel], detail: ErrorDetails, key_path: KeyPath, text: YamlText) -> str:
    """The message for one of pydantic's errors; ``key_path`` is where it is, with keys as they are written."""
    key, context = _key(key_path), detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            return _unknown_key(model, key_path, key, detail["input"])
        case "value_error":
            return _named(detail, _typed(key_path, text), context["error"])
        case "enum" | "literal_error":
            return _not_among(detail, key, str(context["expected"]))
        case "missing":
            outer = _key(_typed(key_path[:-1], text))
            message = f'"{key}" is missing' + (f' under "{outer}"' if outer else "")
        case "model_type" | "dict_type":
            message = _lines_under(model, detail, key)
        case "tuple_type" | "list_type" | "string_type" if (
            isinstance(detail["input"], dict | list)
            and not _models_at(model, detail["loc"])
            and (words := _words_in(detail["input"], key))
        ):
            return f'"{key}" is words alone here; write {key}: {words}'
        case kind if isinstance(detail["input"], list | dict) and "{value}" in _BY_TYPE.get(kind, "{value}"):
            return f'"{key}" takes one value alone; write it without brackets, or hyphens before it'
        case kind:
            reason = detail["msg"][0].lower() + detail["msg"][1:]
            values = {**context, "key": key, "value": detail["input"], "reason": reason}
            message = _BY_TYPE.get(kind, '{key} "{value}" does not fit ({reason})').format_map(values)
    return message if detail["type"] in _WHOLE else f"{message}{_hint(model, detail)}"


def _words_in(value: dict[str, Any] | list[Any], key: str) -> str:
    """The words that stand for a map or a list where words alone are wanted; none for prose in brackets."""
    if isinstance(value, dict):
        named = (value.get(name) for name in ("name", "title", "src", "url", "path", "image"))
        return next((str(found) for found in (*named, *value.values()) if isinstance(found, str)), "")
    return str(value[0]) if key in _SINGLE and value and isinstance(value[0], str) else ""


def replaced_keys(model: type[BaseModel], detail: ErrorDetails, key_path: KeyPath) -> tuple[str, ...]:
    """The keys of ours that an unknown key may stand for, so that these are not missing as well."""
    known, key = _known_keys(model, key_path), _key(key_path)
    if "locations" in known and plain_key(key) in _OF_A_LOCATION:
        return ("locations",)
    near = None if _advice(key, str(detail["input"]), known) else nearest(key, known)
    return (*meant(key), *filter(None, (_same_key(key, known), near)))


def _known_keys(model: type[BaseModel], key_path: KeyPath) -> list[str]:
    """The keys that may stand where ``key_path`` is, as they are written."""
    fields = (field for found in _models_at(model, key_path[:-1]) for field in found.model_fields)
    return [spelling for field in fields for spelling in WRITTEN_KEYS.get(field, (field,))]


def _unknown_key(model: type[BaseModel], key_path: KeyPath, key: str, value: Any) -> str:
    known = _known_keys(model, key_path)
    advice = _advice(key, str(value), known)
    if advice is None and (same := _same_key(key, known)):
        advice = f"write {same}"
    if advice:
        return f'"{key}" is not a key here; {advice}'
    found = _models_at(model, key_path[:-1])
    word = next((record.entry_word for record in found if issubclass(record, Record)), "key")
    if len(known) > _MOST_LISTED and not nearest(key, known):
        return f'unknown {word} "{key}"; remove this line, or write one of the {word}s in content/README.md'
    return f'unknown {word} "{key}"' + (suggestion(key, known) or f"; there are no {word}s here, so remove it")


def _same_key(key: str, known: Collection[str]) -> str | None:
    """The key of ours for a word that says the same, such as ``city`` for ``locality``."""
    plain = plain_key(key)
    return next((ours for ours, theirs in _OTHER_WORDS.items() if ours in known and plain in theirs.split()), None)


def _advice(key: str, value: str, known: Collection[str]) -> str | None:
    """What to write for a key of another program, or for days with more words; None where that is not known."""
    plain = plain_key(key)
    if "status" in known and (advice := _advice_on_status(plain, value.casefold())):
        return advice
    if "status" not in known:  # no front matter
        return _advice_on_hours(plain, known)
    found = meant(key)
    ours = next((ours for ours in found if ours.split(" ")[0] in known or ours == IN_THE_TEXT), None)
    if ours:
        return f"write {ours}"
    return "another program has it; remove this line" if "" in found else None


def _advice_on_status(plain: str, value: str) -> str | None:
    """What to write for a key that says who sees a page: who takes the line out of a draft publishes it.

    So the nearest of our keys would be harmful advice.
    """
    if plain in HIDDEN_KEYS:
        return "write status: hidden" if value in _YES else "remove this line"
    if plain not in DRAFT_KEYS:
        return None
    if re.match(r"\d{4}-", value):  # "published: 2024-05-01"
        return "write date"
    is_draft = (value in _YES) == DRAFT_KEYS[plain]
    return "write status: draft" if is_draft else "remove this line"


def _advice_on_hours(plain: str, known: Collection[str]) -> str | None:
    """What to write for hours that stand outside a location, and for days with other words beside them."""
    if "locations" in known and plain in _OF_A_LOCATION:
        return 'write it under a location, below "locations"'
    if "monday" in known and "holiday" in plain:
        return 'write "bank_holidays" beside "opening_hours", and under it "default: closed" or "days"'
    if "monday" in known and _SEVERAL_DAYS.search(plain):
        return "write days alone, such as monday-friday, weekdays or saturday"
    return None


def _named(detail: ErrorDetails, key_path: KeyPath, error: Any) -> str:
    """Name the key, unless the message is about the key itself or the whole record."""
    key = _key(key_path)
    needs_none = not key or detail["loc"][-1] == "[key]" or isinstance(error, RecordError)
    return str(error) if needs_none else f"{key}: {error}"


def _typed(key_path: KeyPath, text: YamlText) -> KeyPath:
    """As much of ``key_path`` as was typed: ``opens`` and ``closes`` may stand in one line, under ``monday``."""
    found = key_path
    while found and found not in text.lines:
        found = found[:-1]
    return found or key_path


def _not_among(detail: ErrorDetails, key: str, expected: str) -> str:
    value = detail["input"]
    known = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
    if not isinstance(value, str):
        return f'"{key}" needs one word; write {join_or(known)}'
    what = f'unknown word "{value}" in "{key}"' if isinstance(detail["loc"][-1], int) else f'unknown {key} "{value}"'
    return what + suggestion(value, known)


def _lines_under(model: type[BaseModel], detail: ErrorDetails, key: str) -> str:
    hyphens = ', without "- " before them' if isinstance(detail["input"], list) else ""
    needed = f'"{key}" needs lines of the form "key: value" under it{hyphens}'
    if detail["type"] == "dict_type":  # its keys are names of the owner's
        return needed
    fields = [item for found in _models_at(model, detail["loc"]) for item in found.model_fields.items()]
    own = [name for found in _models_at(model, detail["loc"]) for name in found.__annotations__]
    first = next((name for name, field in fields if field.is_required()), next(iter(own), "key"))
    return f'{needed}, such as "{WRITTEN_KEYS.get(first, (first,))[0]}: …"'


_YES = frozenset({"true", "yes", "on", "1", "public", "publish", "published", "open"})
_SINGLE = frozenset({"category", "image", "series", "menu", "booking"})
"""Keys of which other programs have several; the words of others may begin with a bracket."""
_OF_A_LOCATION = frozenset({"hours", "opening"}).union(
    *(map(plain_key, model.model_fields) for model in (Location, Address))
)
"""What people write beside ``locations`` that belongs into one."""
_MOST_LISTED = 15
"""More keys than these are no help in a message."""
_OTHER_WORDS: Mapping[str, str] = {
    "locality": "city town village place suburb",
    "region": "state county province canton",
    "postcode": "zip zipcode postalcode eircode plz",
    "street": "address line1 address1 addressline1 streetaddress",
    "latitude": "lat",
    "longitude": "lng lon long",
    "phone": "tel telephone mobile cell cellphone phonenumber",
    "email": "mail emailaddress",
    "url": "website site siteurl homepage baseurl",
    "opens": "from start starts begin begins",
    "closes": "to end ends until",
    "from": "start starts begin begins first",
    "to": "end ends until last",
    "until": "to end ends last",
    "on": "date day",
    "when": "date dates day days start starts begin begins time times datetime startdate from on",
    "where": "place location venue address",
    "practitioners": "practitioner with host hosts speaker speakers author by",
    "feel": "feeling",
    "times": "reps repetitions repeats",
    "how_often": "frequency often",
    "video": "film movie youtube",
}
"""What people and other programs call a key of the facts, in small letters, by our own word."""
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)"
_SEVERAL_DAYS = re.compile(rf"weekday|weekend|every|daily|{_DAY}.*{_DAY}")
_BY_TYPE: Mapping[str, str] = {
    **dict.fromkeys(("tuple_type", "list_type"), '"{key}" needs a list: under it lines that begin with "- "'),
    **dict.fromkeys(
        ("date_type", "datetime_type"),
        '"{key}" needs one day alone; write year-month-day without brackets, for example 2025-11-30',
    ),
    **dict.fromkeys(
        ("int_parsing", "int_type", "int_from_float", "float_parsing", "float_type", "decimal_parsing", "decimal_type"),
        '{key} is "{value}"; write a number alone, for example 45',
    ),
    **dict.fromkeys(("bool_parsing", "bool_type"), '{key} is "{value}"; write yes or no'),
    "time_type": '"{key}" needs one time alone; write hours and minutes without brackets, for example 09:00',
    "string_type": '"{key}" needs plain words; write them without [ ] and {{ }}, or with quotes around the whole value',
    "greater_than": '{key} is "{value}"; it must be more than {gt}',
    "greater_than_equal": '{key} is "{value}"; it must be at least {ge:g}',
    "less_than_equal": '{key} is "{value}"; it can be {le:g} at most',
    "decimal_max_places": '{key} is "{value}"; write it with two decimals at most',
    "string_too_short": '"{key}" is empty here; write something, or remove it',
    "string_too_long": "{key} is too long; {max_length} letters are the most",
    "string_pattern_mismatch": '{key} "{value}" does not fit',
}
"""What is said of pydantic's error types (https://docs.pydantic.dev, "Validation Errors"), with their contexts."""
_WHOLE = frozenset({"string_type", "date_type", "datetime_type", "time_type"})
"""Error types whose message needs no hint."""


def _key(key_path: KeyPath) -> str:
    """The last key as written: numbers of list items say nothing."""
    words = [part for part in key_path if isinstance(part, str) and part not in {"[key]", ""}]
    return words[-1] if words else ""


def _hint(model: type[BaseModel], detail: ErrorDetails) -> str:
    """What the key is, for required keys and for values whose form alone is wrong; models may give another hint."""
    key_path = detail["loc"]
    for found in _models_at(model, key_path[:-1]):
        field = found.model_fields.get(str(key_path[-1])) if key_path else None
        if field and (field.is_required() or detail["type"] == "string_pattern_mismatch"):
            extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
            if hint := extra.get("hint", field.description):
                return f"; it is {hint}"
    return ""


def _models_at(model: type[BaseModel], key_path: KeyPath) -> list[type[BaseModel]]:
    """The models that may stand at ``key_path`` inside ``model``."""
    found: list[type[BaseModel]] = [model]
    for part in key_path:
        if isinstance(part, str) and any(part in candidate.model_fields for candidate in found):
            found = [
                inner
                for candidate in found
                if part in candidate.model_fields
                for inner in _models_in(candidate.model_fields[part].annotation)
            ]
    return found


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in {Union, types.UnionType, Annotated, dict, list, tuple, Mapping}:
        for inner in get_args(annotation):
            yield from _models_in(inner)
