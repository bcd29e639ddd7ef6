"""Text against a model: the record, or one diagnostic at its line for everything that is wrong."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from clinic.content.diagnostics import Diagnostic
from clinic.content.error_messages import WRITTEN_KEYS, error_message
from clinic.content.other_programs import meant
from clinic.content.yaml_text import YamlText
from clinic.models.base import RecordError
from clinic.models.types import KeyPath
from clinic.models.weekdays import Weekday, deciding_key

Model = TypeVar("Model", bound=BaseModel)
_DEPENDENT: Mapping[str, tuple[str, ...]] = {
    "authors": ("author",),
    "date": ("modified", "expires"),
    "image_alt": ("image",),
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
    unknown = [tuple(detail["loc"]) for detail in details if detail["type"] == "extra_forbidden"]
    told = (detail for detail in details if not (detail["type"] == "missing" and _is_misspelt(detail, unknown)))
    diagnostics = list(dict.fromkeys(_diagnostic(model, detail, text, file) for detail in told))
    return None, diagnostics, {str(key_path[0]) for key_path in map(_key_path, details) if key_path}


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


def _is_misspelt(missing: ErrorDetails, unknown: Sequence[KeyPath]) -> bool:
    """Whether a key that is missing is there in another program's spelling, about which there is a diagnostic."""
    *parent, key = missing["loc"]
    return any([*key_path[:-1]] == parent and key in meant(str(key_path[-1])) for key_path in unknown)


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
