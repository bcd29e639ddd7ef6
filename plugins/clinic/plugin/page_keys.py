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
from typing import Any, cast
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
        self._add(value, parts)
        return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=_DIGEST).hexdigest()

    def _add(self, value: object, parts: list[str]) -> None:
        """Add texts that are equal for equal values only: what has others in it begins with its type and number."""
        kind = type(value)
        if isinstance(value, Enum):
            parts.append(f"{type(value).__name__}.{value.name}")
        elif isinstance(value, _PLAIN):
            parts.append(repr(value))
        elif isinstance(value, _SHOWN_BY_MANY):
            parts.append(self._once(value))
        else:
            values = _values_in(value)
            parts.append(f"{kind.__name__} {len(values)}")
            for one in values:
                if type(one) in _PLAINEST:
                    parts.append(repr(one))
                else:
                    self._add(one, parts)

    def _once(self, record: object) -> str:
        known = self._digests.get(id(record))
        if known is None:
            # kept with its record, or another might get the same id
            known = self._digests[id(record)] = record, self._digest((type(record).__name__, _values_in(record)))
        return known[1]


@cache
def _values_of(kind: Any) -> Callable[[Any], tuple[object, ...]] | None:
    """What gives the values of the fields of a model or a dataclass; None for any other type."""
    names = tuple(kind.model_fields) if issubclass(kind, BaseModel) else ()
    if is_dataclass(kind):
        names = tuple(field.name for field in fields(kind))
    if len(names) < 2:  # attrgetter gives one value by itself
        return (lambda value: tuple(getattr(value, name) for name in names)) if names else None
    return attrgetter(*names)


def _values_in(value: object) -> Collection[object]:
    """What is in a record, an article, a mapping, a sequence or a set. Raises TypeError for anything else."""
    if isinstance(value, tuple | list):
        return value
    if adapter.is_content(value):
        return adapter.readable_of(value)
    if isinstance(value, Timetable):
        return value.shown_alike()
    if values := _values_of(cast("Any", type(value))):
        return values(value)
    if isinstance(value, Mapping):
        return [*chain.from_iterable(value.items())]
    if isinstance(value, AbstractSet):
        return sorted(value, key=repr)
    raise TypeError(f"{value!r} cannot be a part of the key of a page; give its template a record of it")


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
