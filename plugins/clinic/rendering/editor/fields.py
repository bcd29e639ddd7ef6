"""The editor's fields from the models: label, hint, choices, what is required; and the shape of each value in the file.

A field is what Sveltia CMS calls one (its ``schema/sveltia-cms.json``). A shape tells the editor's reader
(``assets/format.js``) what an owner's value is to be turned into before the editor sees it, as people may write one
thing in several ways; a value that fits no field is shown as the YAML that it is. Every value is text there, as it is
in ``clinic.content.yaml_text``.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from clinic.content.error_messages import WRITTEN_KEYS
from clinic.models.opening_hours import OpeningHours

Json: TypeAlias = dict[str, Any]
_PICTURES = frozenset({"image", "poster", "light", "dark"})
_LONG = re.compile(r"\bsentences?\b|\bwords below\b")
_LONG_KEYS = frozenset({"answer", "directions", "parking", "text"})
_AS_YAML = (OpeningHours,)
"""Models whose keys people write in many ways (``monday-friday: …``): they are shown as they are written."""
_PROBES = (
    "65", "https://example.com/clinic", "https://youtu.be/aBcDeFgHiJk", "Words", "2026-03-02", "off", "none", "closed",
    "open", "07:00-09:00",
)  # fmt: skip
_REFUSED = object()
NAME = "short_name"
"""The field that has the name under which a record stands in a mapping."""
_SHORT_NAME = "Small letters, digits and hyphens; other files call it by this name"
_DEEPEST = 3
"""Objects in objects; what is deeper is shown as YAML."""
_DATE = {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
_YES_NO = {"yes": ("true", "on", "y", "t", "1"), "no": ("false", "off", "n", "f", "0")}


@dataclass(frozen=True)
class Shaped:
    """A field of the editor, and the shape of its value: ``{"is": "text"}``, ``{"is": "object", …}``."""

    field: Json
    shape: Json


def fields_of(model: type[BaseModel], *, optional: Collection[str] = (), depth: int = 0) -> dict[str, Shaped]:
    """A field for each key of a model by the word that the owner writes, those that a file has to have first.

    ``optional`` are keys that a model requires and a file need not have.
    """
    found = {}
    for key, info in model.model_fields.items():
        written = WRITTEN_KEYS.get(key, (key,))[-1]
        found[written] = _field(written, info, depth, optional=key in optional)
    return dict(sorted(found.items(), key=lambda item: not item[1].field["required"]))


def _field(key: str, info: FieldInfo, depth: int, *, optional: bool) -> Shaped:
    annotation = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
    made = _of(key, annotation, depth, _said(info))
    hint = _said(info)
    common = {
        "name": key,
        "label": key.replace("_", " ").capitalize(),
        "required": info.is_required() and not optional,
        **({"hint": hint[:1].upper() + hint[1:]} if hint else {}),
    }
    if made.shape["is"] == "yaml":
        common["hint"] = f"{common.get('hint', '')} (as lines of YAML, as in the manual)".strip()
    return Shaped(common | made.field, made.shape)


def _said(info: FieldInfo) -> str:
    return info.description or next(_descriptions(info.annotation), "")


def _descriptions(annotation: Any) -> Iterator[str]:
    for part in get_args(annotation) if get_origin(annotation) in {Union, UnionType, Annotated} else ():
        if isinstance(part, FieldInfo) and part.description:
            yield part.description
        yield from _descriptions(part)


def _of(key: str, annotation: Any, depth: int, said: str) -> Shaped:
    """The field for values of this type, without its name and hint."""
    bare = _bare(annotation)
    if choices := _choices(bare):
        return Shaped({"widget": "select", "options": list(choices)}, _choice(bare))
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return _object(annotation, bare, depth)
    if get_origin(bare) is tuple:
        return _list(bare, depth)
    if get_origin(bare) is Mapping:
        return _map(bare, depth)
    return _value(key, bare, said)


def _value(key: str, bare: Any, said: str) -> Shaped:
    """The field for one value that has no keys."""
    if isinstance(bare, type) and issubclass(bare, date):
        is_moment = issubclass(bare, datetime) and key == "date"  # of all days, the hour of this one alone matters
        time = {"widget": "datetime", "format": "YYYY-MM-DD HH:mm"}
        return Shaped(dict(time if is_moment else _DATE), {"is": "text"})
    if key in _PICTURES:
        return Shaped(
            {"widget": "image", "choose_url": False, "accept": ".jpg,.jpeg,.png,.webp,.gif,.svg"}, {"is": "picture"}
        )
    if get_origin(bare) is not None or bare is Any:
        return _yaml()
    is_long = key in _LONG_KEYS or _LONG.search(said)
    return Shaped({"widget": "text" if is_long else "string"}, {"is": "text"})


def _bare(annotation: Any) -> Any:
    """The type without what checks it, and without None."""
    while get_origin(annotation) in {Annotated, Union, UnionType}:
        parts = [part for part in get_args(annotation) if part is not NoneType]
        if get_origin(annotation) is not Annotated and len(parts) > 1:
            return Any
        annotation = parts[0]
    return annotation


def _choices(bare: Any) -> tuple[str, ...]:
    if bare is bool:
        return ("yes", "no")
    if isinstance(bare, type) and issubclass(bare, Enum):
        return tuple(str(member.value) for member in bare)
    return tuple(map(str, get_args(bare))) if get_origin(bare) is Literal else ()


def _choice(bare: Any) -> Json:
    """Other spellings of ``yes`` and ``no``, which the models take too (pydantic, "Booleans")."""
    same = {word: meant for meant, words in _YES_NO.items() for word in words}
    return {"is": "text", **({"same": same} if bare is bool else {})}


def _yaml() -> Shaped:
    return Shaped({"widget": "text"}, {"is": "yaml"})


def _object(annotation: Any, model: type[BaseModel], depth: int) -> Shaped:
    key = _key_of_text(annotation, model)
    is_varied = any(len(WRITTEN_KEYS.get(name, ())) > 1 for name in model.model_fields)
    if model in _AS_YAML or is_varied or depth >= _DEEPEST or key is None:
        return _yaml()
    fields = fields_of(model, depth=depth + 1)
    shape = {"is": "object", "keys": {name: made.shape for name, made in fields.items()}, "text": key}
    return Shaped({"widget": "object", "collapsed": "auto", "fields": [made.field for made in fields.values()]}, shape)


def _list(bare: Any, depth: int) -> Shaped:
    item = get_args(bare)[0]
    inner = _bare(item)
    if choices := _choices(inner):
        return Shaped({"widget": "select", "multiple": True, "options": list(choices)}, {"is": "list"})
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        made = _object(item, inner, depth)
        if made.shape["is"] == "yaml":
            return made
        return Shaped({"widget": "list", "fields": made.field["fields"]}, {"is": "list", "of": made.shape})
    is_of_texts = isinstance(inner, type) and inner is not Any
    return Shaped({"widget": "list"}, {"is": "list"}) if is_of_texts else _yaml()


def _map(bare: Any, depth: int) -> Shaped:
    """Records under names of their own: a list of them, each with its name."""
    _, entry = get_args(bare)
    model = _bare(entry)
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return _yaml()
    made = _object(entry, model, depth)
    if made.shape["is"] == "yaml":
        return made
    name = {"name": NAME, "label": "Short name", "required": True, "widget": "string", "hint": _SHORT_NAME}
    field = {"widget": "list", "fields": [name, *made.field["fields"]], "summary": f"{{{{fields.{NAME}}}}}"}
    return Shaped(field, {"is": "map", "name": NAME, "of": made.shape})


def _key_of_text(annotation: Any, model: type[BaseModel]) -> str | None:
    """The key that a text stands for in place of the whole record, as "€65" is an amount; empty where no text may.

    None where a text means something else.
    """
    read = TypeAdapter(annotation, config=None).validate_python
    taken = ""
    for probe in _PROBES:
        whole = _read(read, probe)
        if whole is _REFUSED:
            continue
        keys = [key for key in model.model_fields if _read(read, {key: probe}) == whole]
        if not keys:
            return None
        taken = keys[0]
    return taken


def _read(read: Any, value: Any) -> Any:
    with suppress(ValidationError, ValueError, TypeError):
        return read(value, context={})
    return _REFUSED
