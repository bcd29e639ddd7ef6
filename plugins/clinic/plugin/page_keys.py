"""The key of a page: a digest of all that its template is given. Where an earlier build had it, nothing is rendered.

It is made of values alone: records, texts, numbers. A value of any other kind raises TypeError, so that nothing can get
to a template and be left out of its key. What all pages are given alike (the clinic on its day, the menu, the theme,
the settings) is digested once, in ``PageKeys``.
"""

from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from hashlib import blake2b
from itertools import chain
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from pydantic_core import Url

from clinic.domain.hours.timetable import Timetable
from clinic.plugin import adapter
from clinic.plugin.brand import brand_images
from clinic.plugin.context import Context
from clinic.plugin.index import Index
from clinic.plugin.lists import Archives, ListedArticle
from clinic.plugin.store import digest_of_files

_DIGEST = 16
"""Bytes of a digest."""
_PLAIN = (str, bytes, int, float, Decimal, type(None), date, time, timedelta, ZoneInfo, Url, type)
"""Types whose values are told apart by their ``repr``; ``date`` and ``int`` have datetime and bool among them."""
_PLAINEST = frozenset({str, int, bool, type(None)})
"""Those of them that most values are of."""
_SHOWN_BY_MANY = (BaseModel, ListedArticle, Archives)
"""Records that many pages show: each is looked at once."""


class PageKeys:
    """Makes the keys of the pages of one build; ``shared`` is what all of them are given."""

    def __init__(self, shared: object) -> None:
        self._digests: dict[int, tuple[object, str]] = {}
        self.shared = self._digest(shared)
        """The digest of what all pages are given."""

    def key(self, template: str, given: Mapping[str, object]) -> str:
        """The key of a page by the name of its template and the variables that it is given, by name.

        Raises TypeError for a value that cannot be told from others.
        """
        return self._digest((self.shared, template, given))

    def _digest(self, value: object) -> str:
        parts: list[str] = []
        self._add((value,), parts)
        return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=_DIGEST).hexdigest()

    def _add(self, value: Any, parts: list[str]) -> None:
        """Add texts that are equal for equal values only: what has others in it begins with its type and number."""
        kind: Any = type(value)
        values = _values_of(kind)(value)
        parts.append(f"{kind.__name__} {len(values)}")
        for one in values:
            of: Any = type(one)
            if of in _PLAINEST:
                parts.append(repr(one))
            elif of is tuple and not one:
                parts.append("tuple 0")
            elif as_text := _text_of(of):
                parts.append(as_text(one))
            elif issubclass(of, _SHOWN_BY_MANY):
                parts.append(self._once(one))
            else:
                self._add(one, parts)

    def _once(self, record: Any) -> str:
        known = self._digests.get(id(record))
        if known is None:
            kind: Any = type(record)
            # kept with its record, or another might get the same id
            known = self._digests[id(record)] = record, self._digest((kind.__name__, _values_of(kind)(record)))
        return known[1]


@cache
def _text_of(kind: type) -> Callable[[Any], str] | None:
    """What tells values of a type apart that have no others in them; None for any other type."""
    if issubclass(kind, Enum):
        return lambda value: f"{kind.__name__}.{value.name}"
    return repr if issubclass(kind, _PLAIN) else None


@cache
def _values_of(kind: type) -> Callable[[Any], Collection[object]]:
    """What gives the values in a record, an article, a mapping, a sequence or a set, for each type of them."""
    if adapter.is_content(kind):
        return adapter.readable_of
    if kind is Timetable:
        return Timetable.shown_alike
    if names := _fields_of(kind):
        # of one name attrgetter would give the value by itself
        return attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
    return next((way for known, way in _CONTAINERS.items() if issubclass(kind, known)), _refused)


def _fields_of(kind: Any) -> tuple[str, ...]:
    """The names of the fields of a model or a dataclass; none of any other type."""
    if is_dataclass(kind):
        return tuple(field.name for field in fields(kind))
    return tuple(kind.model_fields) if issubclass(kind, BaseModel) else ()


def _refused(value: object) -> Collection[object]:
    raise TypeError(f"{value!r} cannot be a part of the key of a page; give its template a record of it")


_CONTAINERS: Mapping[type, Callable[[Any], Collection[object]]] = {
    tuple: lambda value: value,
    list: lambda value: value,
    Mapping: lambda value: [*chain.from_iterable(value.items())],
    AbstractSet: lambda value: sorted(value, key=repr),
}
"""What gives the values in those that are no records."""


def shared_by_all(context: Context, index: Index, settings: Mapping[str, Any]) -> tuple[object, ...]:
    """Whatever templates are given on every page: each of their globals follows from this, the code and the language.

    These two are in the key of the store. Of the settings templates see none, but for what is made of them here.
    """
    clinic = context.clinic
    records = (*clinic.services.values(), *clinic.team.values())
    return (
        clinic,
        (context.address, context.served_at, context.link_base, context.public, context.preview, context.foreign),
        context.now.year,
        context.colours,
        (index.menus.menu, index.menus.footer),
        index.imprints,
        tuple(index.images.image_of(record) for record in records),
        tuple(index.images.image(path, "") for _, path in brand_images(clinic)),
        tuple(map(str, context.icons.values())),  # each is named by what is in it
        repr(settings["JINJA_ENVIRONMENT"]),
        digest_of_files(context.theme),
    )
