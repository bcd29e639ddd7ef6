"""Text against a model: the record, or one plain sentence with its line for everything that is wrong."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from clinic.content.diagnostics import Diagnostic
from clinic.content.error_messages import WRITTEN_KEYS, sentence
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
"""Keys that mean something only beside another, so that nothing can be said of them where that one is at fault."""


def validate(
    model: type[Model], text: YamlText, file: str, context: Mapping[str, Any]
) -> tuple[Model | None, list[Diagnostic], set[str]]:
    """The record, its diagnostics, and the top-level keys that are wrong.

    ``context`` carries what single values need to be understood: ``timezone`` and ``country``.
    """
    try:
        return model.model_validate(text.value, context=dict(context)), [], set()
    except ValidationError as error:
        details = error.errors(include_url=False)
    problems = list(dict.fromkeys(_problem(model, detail, text, file) for detail in details))
    return None, problems, {str(_place(detail)[0]) for detail in details if _place(detail)}


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


def _problem(model: type[BaseModel], detail: ErrorDetails, text: YamlText, file: str) -> Diagnostic:
    place = _written(tuple(detail["loc"]), text)
    return Diagnostic(file, text.line(_written(_place(detail), text)), sentence(model, detail, place, text))


def _place(detail: ErrorDetails) -> KeyPath:
    """Where the fault is; a rule about a whole record names the key to begin at."""
    error = detail.get("ctx", {}).get("error")
    return (*detail["loc"], error.key) if isinstance(error, RecordError) else tuple(detail["loc"])


def _written(place: KeyPath, text: YamlText) -> KeyPath:
    """``place`` in the owner's own words: ``first`` is written ``from``, or ``on`` where one day is meant."""
    found: KeyPath = ()
    for part in place:
        spellings = (part, *WRITTEN_KEYS.get(str(part), ()))
        found = (*found, next((spelling for spelling in spellings if (*found, spelling) in text.lines), spellings[-1]))
    return found
