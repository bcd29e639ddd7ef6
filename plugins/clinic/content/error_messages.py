"""What pydantic found, in a sentence that says what to write instead."""

import types
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from clinic.content.yaml_text import YamlText
from clinic.models.base import Record, RecordError
from clinic.models.suggestions import join_or, suggestion
from clinic.models.types import KeyPath

WRITTEN_KEYS: Mapping[str, tuple[str, ...]] = {
    "first": ("on", "from"),
    "last": ("on", "to"),
    "begins": ("from",),
    "ends": ("to",),
    "authors": ("author", "authors"),
}
"""Keys that a model renames, as the owner may have written them; the last spelling is the one we recommend."""


def sentence(model: type[BaseModel], detail: ErrorDetails, place: KeyPath, text: YamlText) -> str:
    """The sentence for one fault; ``place`` is where it is, in the owner's words."""
    key, context = _key(place), detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            return _unknown_key(model, place, key)
        case "value_error":
            return _named(detail, _typed(place, text), context["error"])
        case "enum" | "literal_error":
            return _not_among(detail, key, str(context["expected"]))
        case "missing":
            said = f'"{key}" is missing{_under(place)}'
        case "model_type" | "dict_type":
            said = _lines_under(model, detail, key)
        case kind:
            said = _HOW.get(kind, _otherwise)(key, detail["input"], context | {"message": detail["msg"]})
    return said if detail["type"] in _WHOLE else f"{said}{_hint(model, detail)}"


def _unknown_key(model: type[BaseModel], place: KeyPath, key: str) -> str:
    found = list(_models_at(model, place[:-1]))
    known = [
        spelling for record in found for field in record.model_fields for spelling in WRITTEN_KEYS.get(field, (field,))
    ]
    word = next((record.entry_word for record in found if issubclass(record, Record)), "key")
    return f'unknown {word} "{key}"' + (suggestion(key, known) or f"; there are no {word}s here, so remove it")


def _named(detail: ErrorDetails, place: KeyPath, error: Any) -> str:
    """Name the key, unless the sentence is about the key itself or the whole record."""
    key = _key(place)
    return (
        str(error) if not key or detail["loc"][-1] == "[key]" or isinstance(error, RecordError) else f"{key}: {error}"
    )


def _typed(place: KeyPath, text: YamlText) -> KeyPath:
    """As much of ``place`` as the owner typed: ``opens`` and ``closes`` may stand in one line, under ``monday``."""
    found = place
    while found and found not in text.lines:
        found = found[:-1]
    return found or place


def _not_among(detail: ErrorDetails, key: str, expected: str) -> str:
    value = detail["input"]
    known = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
    if not isinstance(value, str):
        return f'"{key}" needs one word; write {join_or(known)}'
    what = f'unknown word "{value}" in "{key}"' if isinstance(detail["loc"][-1], int) else f'unknown {key} "{value}"'
    return what + suggestion(value, known)


def _lines_under(model: type[BaseModel], detail: ErrorDetails, key: str) -> str:
    first = next((name for found in _models_at(model, detail["loc"]) for name in found.model_fields), "key")
    return f'"{key}" needs lines of the form "key: value" under it, such as "{first}: …"'


def _otherwise(key: str, value: Any, context: Mapping[str, Any]) -> str:
    message = str(context["message"])
    return f'{key} "{value}" does not fit ({message[0].lower()}{message[1:]})'


def _a_list(key: str, *_: Any) -> str:
    return f'"{key}" needs a list: under it lines that begin with "- "'


def _words(key: str, *_: Any) -> str:
    return f'"{key}" needs plain words; put quotes around a value that begins with [ or {{'


def _a_day(key: str, *_: Any) -> str:
    return f'"{key}" needs one day alone; write year-month-day without brackets, for example 2025-11-30'


def _a_time(key: str, *_: Any) -> str:
    return f'"{key}" needs one time alone; write hours and minutes without brackets, for example 09:00'


def _a_number(key: str, value: Any, _: Any) -> str:
    return f'{key} is "{value}"; write a number alone, for example 45'


_HOW: Mapping[str, Callable[[str, Any, Mapping[str, Any]], str]] = {
    "tuple_type": _a_list,
    "list_type": _a_list,
    "string_type": _words,
    "date_type": _a_day,
    "datetime_type": _a_day,
    "time_type": _a_time,
    "int_parsing": _a_number,
    "int_type": _a_number,
    "int_from_float": _a_number,
    "float_parsing": _a_number,
    "float_type": _a_number,
    "decimal_parsing": _a_number,
    "decimal_type": _a_number,
    "bool_parsing": lambda key, value, _: f'{key} is "{value}"; write yes or no',
    "bool_type": lambda key, value, _: f'{key} is "{value}"; write yes or no',
    "greater_than": lambda key, value, limit: f'{key} is "{value}"; it must be more than {limit["gt"]}',
    "greater_than_equal": lambda key, value, limit: f'{key} is "{value}"; it must be at least {limit["ge"]:g}',
    "less_than_equal": lambda key, value, limit: f'{key} is "{value}"; it can be {limit["le"]:g} at most',
    "decimal_max_places": lambda key, value, _: f'{key} is "{value}"; write it with two decimals at most',
    "string_too_long": lambda key, _, limit: f"{key} is too long; {limit['max_length']} letters are the most",
    "string_pattern_mismatch": lambda key, value, _: f'{key} "{value}" does not fit',
}
_WHOLE = frozenset({"string_type", "date_type", "datetime_type", "time_type"})
"""Faults whose sentence says everything there is to say."""


def _key(place: KeyPath) -> str:
    """The last key the owner wrote: numbers of list items say nothing."""
    words = [part for part in place if isinstance(part, str) and part not in {"[key]", ""}]
    return words[-1] if words else ""


def _under(place: KeyPath) -> str:
    outer = _key(place[:-1])
    return f' under "{outer}"' if outer else ""


def _hint(model: type[BaseModel], detail: ErrorDetails) -> str:
    """What the key is, for required keys and for values whose form alone is wrong; models may give another hint."""
    place = detail["loc"]
    for found in _models_at(model, place[:-1]):
        field = found.model_fields.get(str(place[-1])) if place else None
        if field and (field.is_required() or detail["type"] == "string_pattern_mismatch"):
            extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
            if hint := extra.get("hint", field.description):
                return f"; it is {hint}"
    return ""


def _models_at(model: type[BaseModel], place: KeyPath) -> list[type[BaseModel]]:
    """The models that may stand at ``place`` inside ``model``."""
    found: list[type[BaseModel]] = [model]
    for part in place:
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
