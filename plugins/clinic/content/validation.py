"""Text against a model: the record, or one diagnostic at its line for everything that is wrong."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from clinic.content.diagnostics import Diagnostic
from clinic.content.error_messages import WRITTEN_KEYS, error_message, replaced_keys
from clinic.content.yaml_text import YamlText
from clinic.models.base import RecordError
from clinic.models.types import KeyPath
from clinic.models.weekdays import Weekday, deciding_key

Model = TypeVar("Model", bound=BaseModel)
_DEPENDENT: Mapping[str, tuple[str, ...]] = {
    "authors": ("author",),
    "date": ("modified", "expires"),
    "image_alt": ("image",),
    "image_focus": ("image",),
    "phone": ("whatsapp",),
    "reviewed": ("reviewed_by", "review_every"),
    "series": ("part",),
}
"""Keys that mean something only beside another, so that nothing can be said of them where that one is wrong."""
_DAYS = frozenset(day.value for day in Weekday)


def validate(
    model: type[Model], text: YamlText, file: str, context: Mapping[str, Any]
) -> tuple[Model | None, list[Diagnostic], set[str]]:
    """The record, its diagnostics, and the top-level keys that are wrong.

    ``context`` carries what single values need to be understood: ``timezone``, ``country``, ``currency``.
    """
    try:
        return model.model_validate(text.value, context=dict(context)), [], set()
    except ValidationError as error:
        details = error.errors(include_url=False)
    told = _without_replaced(model, details, text)
    diagnostics = list(dict.fromkeys(_diagnostic(model, detail, text, file) for detail in told))
    return None, diagnostics, {str(key_path[0]) for key_path in map(_key_path, details) if key_path}


def _without_replaced(model: type[BaseModel], details: list[ErrorDetails], text: YamlText) -> list[ErrorDetails]:
    """Without errors about keys that are missing because another word was written for them."""
    written = [(detail, as_written(tuple(detail["loc"]), text)) for detail in details]
    replaced = {
        (*key_path[:-1], key)
        for detail, key_path in written
        if detail["type"] == "extra_forbidden"
        for key in replaced_keys(model, detail, key_path)
    }
    return [detail for detail, key_path in written if detail["type"] != "missing" or key_path not in replaced]


def validate_what_holds(
    model: type[Model], text: YamlText, file: str, context: Mapping[str, Any], fallback: Mapping[str, Any]
) -> tuple[Model, tuple[Diagnostic, ...], frozenset[str]]:
    """A record even when some keys are wrong: those are left out, and ``fallback`` stands in for required ones.

    Gives the record, the diagnostics, and the top-level keys that are wrong or missing. The preview shows the rest of
    the page beside them; a publish stops.
    """
    record, found, faulty = validate(model, text, file, context)
    wrong = frozenset(faulty)
    held = dict(text.value)
    while record is None and faulty:  # a rule about the whole record is looked at only once its keys are right
        left_out = faulty.union(*(_DEPENDENT.get(key, ()) for key in faulty))
        held = {key: value for key, value in held.items() if key not in left_out}
        record, further, faulty = validate(model, YamlText({**fallback, **held}, text.lines), file, context)
        faulty &= held.keys()
        wrong |= faulty
        found += further
    whole = record or model.model_validate(dict(fallback), context=dict(context))
    return whole, tuple(dict.fromkeys(found)), wrong


def _diagnostic(model: type[BaseModel], detail: ErrorDetails, text: YamlText, file: str) -> Diagnostic:
    line = text.line(as_written(_key_path(detail), text))
    return Diagnostic(file, line, error_message(model, detail, as_written(tuple(detail["loc"]), text), text))


def _key_path(detail: ErrorDetails) -> KeyPath:
    """Where the error is; a rule about a whole record names the key to begin at."""
    error = detail.get("ctx", {}).get("error")
    return (*detail["loc"], error.key) if isinstance(error, RecordError) else tuple(detail["loc"])


def as_written(key_path: KeyPath, text: YamlText) -> KeyPath:
    """``key_path`` with keys as they are typed: ``first`` is written ``from``, or ``on`` where one day is meant.

    A day of the week may be written among several: ``weekdays``.
    """
    found: KeyPath = ()
    for part in key_path:
        spellings = (part, *WRITTEN_KEYS.get(str(part), ()))
        typed = next((spelling for spelling in spellings if (*found, spelling) in text.lines), None)
        found = (*found, typed or (_key_of_day(part, found, text) if part in _DAYS else None) or spellings[-1])
    return found


def _key_of_day(day: str | int, under: KeyPath, text: YamlText) -> str | None:
    """The key under ``under`` that says what holds on a day of the week."""
    beside = (key_path[-1] for key_path in text.lines if key_path and key_path[:-1] == under)
    return deciding_key(Weekday(day), (key for key in beside if isinstance(key, str)))
