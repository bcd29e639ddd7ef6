"""Text against a model: the record, or one diagnostic at its line for everything that is wrong."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from clinic.content.diagnostics import Diagnostic
from clinic.content.error_messages import WRITTEN_KEYS, error_message
from clinic.content.yaml_text import YamlText
from clinic.models.base import RecordError
from clinic.models.types import KeyPath

Model = TypeVar("Model", bound=BaseModel)
_DEPENDENT: Mapping[str, tuple[str, ...]] = {
    "authors": ("author",),
    "date": ("modified", "expires"),
    "image_alt": ("image",),
    "phone": ("whatsapp",),
    "series": ("part",),
}
"""Keys that mean something only beside another, so that nothing can be said of them where that one is wrong."""


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
    diagnostics = list(dict.fromkeys(_diagnostic(model, detail, text, file) for detail in details))
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


def _diagnostic(model: type[BaseModel], detail: ErrorDetails, text: YamlText, file: str) -> Diagnostic:
    line = text.line(_as_written(_key_path(detail), text))
    return Diagnostic(file, line, error_message(model, detail, _as_written(tuple(detail["loc"]), text), text))


def _key_path(detail: ErrorDetails) -> KeyPath:
    """Where the error is; a rule about a whole record names the key to begin at."""
    error = detail.get("ctx", {}).get("error")
    return (*detail["loc"], error.key) if isinstance(error, RecordError) else tuple(detail["loc"])


def _as_written(key_path: KeyPath, text: YamlText) -> KeyPath:
    """``key_path`` with keys as they are typed: ``first`` is written ``from``, or ``on`` where one day is meant."""
    found: KeyPath = ()
    for part in key_path:
        spellings = (part, *WRITTEN_KEYS.get(str(part), ()))
        found = (*found, next((spelling for spelling in spellings if (*found, spelling) in text.lines), spellings[-1]))
    return found
