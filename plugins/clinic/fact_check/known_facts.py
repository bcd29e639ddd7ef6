"""Known facts: every number, address, price and time in the records of a clinic, to compare statements with.

The records are walked, not named: a telephone number or a price of a new model is known without a word here.
Sentences of the owner's (a description, a notice, a testimonial) are no facts: they are compared with them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any, TypeAlias

from pydantic import BaseModel

from clinic.fact_check.exemptions import PUBLIC, Exemptions
from clinic.fact_check.statements.finder import StatementFinder
from clinic.fact_check.statements.hours.openings import Opening, StatedHours
from clinic.fact_check.statements.identifiers import normal
from clinic.fact_check.statements.phones import chat_numbers, dialled, is_local
from clinic.fact_check.statements.statement import Kind, Statement
from clinic.models.clinic import Clinic
from clinic.models.contact import Phone
from clinic.models.opening_hours import Weekday
from clinic.models.suggestions import listed
from clinic.models.types import is_email

KeyPath: TypeAlias = tuple[str | int | date, ...]
_EXEMPTED = "others"
_STATING = frozenset({"price_range", "registered_office"})
"""Keys whose sentences are facts all the same."""
_WEEKDAYS = {day.value: day for day in Weekday}
_MOST_SHOWN = 4
_ANY_CURRENCY = "GBP"
"""Of a clinic that names no price."""


@dataclass(frozen=True)
class KnownFacts:
    """``known`` has, for each kind, every true ``Statement.normal`` and how the owner wrote it."""

    known: Mapping[Kind, Mapping[Any, str]]
    finder: StatementFinder
    openings: tuple[Opening, ...] = ()
    closed: frozenset[Weekday] = frozenset(Weekday)
    """Days without hours at one location or in one season at least; where no hours are known it may be any."""
    public: Exemptions = field(default_factory=lambda: Exemptions((), StatementFinder()))

    @classmethod
    def of(cls, clinic: Clinic) -> "KnownFacts":
        """Everything that the records of the clinic state."""
        found = [*_walk(clinic, ())]
        bodies = (str(value) for path, _, value in found if path[-1] == "body")
        currency = next((str(value) for path, _, value in found if path[-1] == "currency"), _ANY_CURRENCY)
        finder = StatementFinder(clinic.country, bodies, currency)
        known: defaultdict[Kind, dict[Any, str]] = defaultdict(dict)
        for path, record, value in found:
            for kind, meaning, shown in _facts_in(str(path[-1]), record, value, finder):
                known[kind].setdefault(meaning, shown)
        exempt = Exemptions((*PUBLIC, *(other.text for other in clinic.others)), finder)
        return cls(dict(known), finder, tuple(_openings(found)), _closed(found), exempt)

    def confirms(self, statement: Statement) -> bool:
        """Whether it is true, or exempted for the whole site."""
        return self._holds(statement) or self.public.has(statement)

    def _holds(self, statement: Statement) -> bool:
        known = self.known.get(statement.kind, {})
        if isinstance(statement.normal, StatedHours):
            return self._is_open(statement.normal)
        if statement.kind is Kind.PHONE and is_local(str(statement.normal)):
            return any(number.endswith(str(statement.normal)) for number in known)
        if statement.kind is Kind.REGISTRATION and any(_digits(number) == statement.normal for number in known):
            return True
        return statement.normal in known

    def _is_open(self, stated: StatedHours) -> bool:
        if not stated.days:
            return any(opening.fits(stated) for opening in self.openings)
        return any(all(self._holds_on(day, stated) for day in days) for days in stated.days)

    def _holds_on(self, day: Weekday, stated: StatedHours) -> bool:
        if stated.all_day:
            return day in self.closed
        return any(opening.fits(stated) for opening in self.openings if day in opening.days)

    def correction(self, statement: Statement) -> str:
        """What is true instead of a false statement, in brackets."""
        if isinstance(statement.normal, StatedHours):
            return f"({self._true_hours(statement.normal)})"
        known = self.known.get(statement.kind, {})
        shown = [*dict.fromkeys(known[value] for value in sorted(known))]
        name = f"{statement.kind.value}{'es' if statement.kind is Kind.EMAIL else 's'}"
        if not shown:
            return f"(its facts name no {name})"
        return f"(its {statement.kind.value} is {shown[0]})" if len(shown) == 1 else f"(its {name} are {_some(shown)})"

    def _true_hours(self, stated: StatedHours) -> str:
        if not self.openings:
            return "its facts name no opening times"
        days = stated.days[0] if stated.days else frozenset()
        day = next((day for day in Weekday if day in days and not self._holds_on(day, stated)), None)
        openings = [opening for opening in self.openings if day is None or day in opening.days]
        periods = [*dict.fromkeys(period for opening in openings for period in opening.periods())]
        when = f"on {day.label} it is" if day else "it is"
        return f"{when} open {_some(periods)}" if periods else f"{when} closed"


def _some(words: list[str]) -> str:
    more = words[_MOST_SHOWN:]
    return listed([*words[:_MOST_SHOWN], *([f"{len(more)} more"] if len(more) > 1 else more)])


def _walk(value: Any, path: KeyPath, record: Any = None) -> Iterator[tuple[KeyPath, Any, Any]]:
    """Every single value with the keys that lead to it and the record it stands in."""
    inner = value if isinstance(value, BaseModel) else record
    entries = _entries(value)
    if entries is None:
        yield path, record, value
    for key, entry in entries or ():
        if entry is not None and key != _EXEMPTED:
            yield from _walk(entry, (*path, key), inner)


def _entries(value: Any) -> Iterable[tuple[str | int, Any]] | None:
    """What a record, a mapping or a list holds, by its keys; None for a single value."""
    if isinstance(value, BaseModel):
        return ((key, getattr(value, key, None)) for key in type(value).model_fields)
    if isinstance(value, Mapping):
        return value.items()
    return enumerate(value) if isinstance(value, tuple | list | set | frozenset) else None


def _facts_in(key: str, record: Any, value: Any, finder: StatementFinder) -> Iterator[tuple[Kind, Any, str]]:
    """What one value states as a text could: kind, ``Statement.normal``, and how it is shown."""
    if isinstance(value, Phone):
        yield Kind.PHONE, value.e164, value.shown
    elif isinstance(value, Decimal):
        yield Kind.PRICE, (record.currency, value), record.sum_shown
    elif not isinstance(value, str):
        return
    elif is_email(value):
        yield Kind.EMAIL, value.lower(), value
    elif value.startswith("https://"):
        yield from ((Kind.PHONE, dialled(number, "GB"), number) for number in chat_numbers(value))
    elif key == "postcode" or key in _STATING:
        yield from ((statement.kind, statement.normal, statement.written) for statement in finder.find(value))
    elif is_number_key(key):
        yield Kind.REGISTRATION, normal(value), value


def is_number_key(key: str) -> bool:
    """Whether the value of a key is a registration number: ``number``, ``company_number``."""
    return key == "number" or key.endswith("_number")


def _openings(found: list[tuple[KeyPath, Any, Any]]) -> Iterator[Opening]:
    """The hours of each day at each location."""
    days: defaultdict[KeyPath, dict[str, set[time]]] = defaultdict(lambda: {"opens": set(), "closes": set()})
    for path, _, value in found:
        if isinstance(value, time) and path[-1] in {"opens", "closes"}:
            day = path[:-2] if isinstance(path[-2], int) else path[:-1]
            days[day][str(path[-1])].add(value)
    dates = {path: value for path, _, value in found if isinstance(value, date)}
    for path, times in days.items():
        yield Opening(_days_of(path, dates), frozenset(times["opens"]), frozenset(times["closes"]))


def _closed(found: list[tuple[KeyPath, Any, Any]]) -> frozenset[Weekday]:
    """The days that some usual week, or that of a season, has no hours for."""
    weeks: defaultdict[KeyPath, set[Weekday]] = defaultdict(set)
    for path, _, value in found:
        named = next((number for number, key in enumerate(path) if key in _WEEKDAYS), None)
        if isinstance(value, time) and named is not None:
            weeks[path[:named]].add(_WEEKDAYS[str(path[named])])
    always = set[Weekday].intersection(*weeks.values()) if weeks else set[Weekday]()
    return frozenset(Weekday) - always


def _days_of(path: KeyPath, dates: Mapping[KeyPath, date]) -> frozenset[Weekday]:
    """The days of the week that periods belong to: a key names one or a date, or the date is a sibling."""
    for key in reversed(path):
        if isinstance(key, date):
            return frozenset({Weekday.of(key)})
        if key in _WEEKDAYS:
            return frozenset({_WEEKDAYS[str(key)]})
    special = dates.get((*path[:-1], "on"))
    return frozenset({Weekday.of(special)} if special else Weekday)


def _digits(number: str) -> str:
    """A registration number without the letters before it, as some leave them out."""
    return number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").lstrip("0")
