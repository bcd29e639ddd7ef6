"""What is true: every number, address, sum and time in a clinic's facts, to hold a text against.

The facts are walked, not named: what a new record brings, a telephone number or a price, is true without a word here.
Words that the owner wrote in sentences (a description, a notice, what a patient said) are no facts: they must agree.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any, TypeAlias

from pydantic import BaseModel

from clinic.fact_check.exemptions import Exemptions
from clinic.fact_check.statements.finding import StatementFinder
from clinic.fact_check.statements.hours.opening_times import Said
from clinic.fact_check.statements.hours.openings import Opening
from clinic.fact_check.statements.identifiers import normal
from clinic.fact_check.statements.phones import chat_numbers, dialled, is_local
from clinic.fact_check.statements.statement import PUBLIC, Kind, Statement
from clinic.models.clinic import Clinic
from clinic.models.contact import Phone
from clinic.models.opening_hours import Weekday
from clinic.models.suggestions import join_and
from clinic.models.types import is_email

KeyPath: TypeAlias = tuple[str | int | date, ...]
_VOUCHED = "others"
_TELLING = frozenset({"price_range", "registered_office"})
"""Keys whose words are facts all the same."""
_WEEKDAYS = {day.value: day for day in Weekday}
_MOST_SHOWN = 4


@dataclass(frozen=True)
class KnownFacts:
    """``known`` has, for each kind, every true value and how the owner wrote it."""

    known: Mapping[Kind, Mapping[Any, str]]
    finder: StatementFinder
    country: str = "GB"
    openings: tuple[Opening, ...] = ()
    closed: frozenset[Weekday] = frozenset(Weekday)
    """Days without hours at one place or in one season at least; where no hours are known it may be any."""
    public: Exemptions = field(default_factory=lambda: Exemptions((), StatementFinder()))

    @classmethod
    def of(cls, clinic: Clinic) -> "KnownFacts":
        """Everything that the facts of the clinic say."""
        found = [*_walk(clinic, ())]
        finder = StatementFinder(clinic.country, (str(value) for place, _, value in found if place[-1] == "body"))
        known: defaultdict[Kind, dict[Any, str]] = defaultdict(dict)
        for place, record, value in found:
            for kind, meaning, shown in _facts_in(place, record, value, finder):
                known[kind].setdefault(meaning, shown)
        vouched = (*(public.text for public in PUBLIC), *(other.text for other in clinic.others))
        openings = tuple(_openings(found))
        return cls(dict(known), finder, clinic.country, openings, _closed(found), Exemptions(vouched, finder))

    def vouches(self, statement: Statement) -> bool:
        """Whether the facts say so, or the owner has said why it stands there."""
        return self._holds(statement) or self.public.has(statement)

    def _holds(self, statement: Statement) -> bool:
        known = self.known.get(statement.kind, {})
        if isinstance(statement.normal, Said):
            return self._is_open(statement.normal)
        if statement.kind is Kind.PHONE and is_local(str(statement.normal)):
            return any(number.endswith(str(statement.normal)) for number in known)
        if statement.kind is Kind.REGISTRATION:
            return statement.normal in known or any(_figures(number) == statement.normal for number in known)
        return statement.normal in known

    def _is_open(self, said: Said) -> bool:
        if not said.days:
            return any(opening.fits(said) for opening in self.openings)
        return any(all(self._holds_on(day, said) for day in days) for days in said.days)

    def _holds_on(self, day: Weekday, said: Said) -> bool:
        if said.all_day:
            return day in self.closed
        return any(opening.fits(said) for opening in self.openings if day in opening.days)

    def instead(self, statement: Statement) -> str:
        """What is true, in brackets, for a sentence about a claim that is not."""
        if isinstance(statement.normal, Said):
            return f"({self._open_instead(statement.normal)})"
        known = self.known.get(statement.kind, {})
        shown = [*dict.fromkeys(known[value] for value in sorted(known))]
        name = f"{statement.kind.value}{'es' if statement.kind is Kind.EMAIL else 's'}"
        if not shown:
            return f"(its facts name no {name})"
        return f"(its {statement.kind.value} is {shown[0]})" if len(shown) == 1 else f"(its {name} are {_some(shown)})"

    def _open_instead(self, said: Said) -> str:
        if not self.openings:
            return "its facts name no opening times"
        day = next(
            (day for day in Weekday if said.days and day in said.days[0] and not self._holds_on(day, said)), None
        )
        spans = [span for opening in self.openings if day is None or day in opening.days for span in opening.spans()]
        when = f"on {day.label} it is" if day else "it is"
        return f"{when} open {_some([*dict.fromkeys(spans)])}" if spans else f"{when} closed"


def _some(words: list[str]) -> str:
    more = words[_MOST_SHOWN:]
    return join_and([*words[:_MOST_SHOWN], *([f"{len(more)} more"] if len(more) > 1 else more)])


def _walk(value: Any, place: KeyPath, record: Any = None) -> Iterator[tuple[KeyPath, Any, Any]]:
    """Every single value with the keys that lead to it and the record it stands in."""
    inner = value if isinstance(value, BaseModel) else record
    entries = _entries(value)
    if entries is None:
        yield place, record, value
    for key, entry in entries or ():
        if entry is not None and key != _VOUCHED:
            yield from _walk(entry, (*place, key), inner)


def _entries(value: Any) -> Iterable[tuple[str | int, Any]] | None:
    """What a record, a mapping or a list holds, by its keys; None for a single value."""
    if isinstance(value, BaseModel):
        return ((key, getattr(value, key, None)) for key in type(value).model_fields)
    if isinstance(value, Mapping):
        return value.items()
    return enumerate(value) if isinstance(value, tuple | list | set | frozenset) else None


def _facts_in(place: KeyPath, record: Any, value: Any, finder: StatementFinder) -> Iterator[tuple[Kind, Any, str]]:
    """What one value says that a text could say too: its kind, its meaning, and how it is shown."""
    key = str(place[-1])
    if isinstance(value, Phone):
        yield Kind.PHONE, value.e164, value.shown
    elif isinstance(value, Decimal):
        yield Kind.PRICE, (getattr(record, "currency", "GBP"), value), getattr(record, "amount_text", str(value))
    elif not isinstance(value, str):
        return
    elif is_email(value):
        yield Kind.EMAIL, value.lower(), value
    elif value.startswith("https://"):
        yield from ((Kind.PHONE, dialled(number, "GB"), number) for number in chat_numbers(value))
    elif key == "postcode" or key in _TELLING:
        yield from ((statement.kind, statement.normal, statement.written) for statement in finder.find(value))
    elif key == "number" or key.endswith("_number"):
        yield Kind.REGISTRATION, normal(value), value


def _openings(found: list[tuple[KeyPath, Any, Any]]) -> Iterator[Opening]:
    """The periods of a day at a place belong together: nine to half past five is true over a lunch break."""
    days: defaultdict[KeyPath, dict[str, set[time]]] = defaultdict(lambda: {"opens": set(), "closes": set()})
    for place, _, value in found:
        if isinstance(value, time) and place[-1] in {"opens", "closes"}:
            day = place[:-2] if isinstance(place[-2], int) else place[:-1]
            days[day][str(place[-1])].add(value)
    dates = {place: value for place, _, value in found if isinstance(value, date)}
    for place, times in days.items():
        yield Opening(_days_of(place, dates), frozenset(times["opens"]), frozenset(times["closes"]))


def _closed(found: list[tuple[KeyPath, Any, Any]]) -> frozenset[Weekday]:
    """The days that some usual week, or that of a season, has no hours for."""
    weeks: defaultdict[KeyPath, set[Weekday]] = defaultdict(set)
    for place, _, value in found:
        named = next((number for number, key in enumerate(place) if key in _WEEKDAYS), None)
        if isinstance(value, time) and named is not None:
            weeks[place[:named]].add(_WEEKDAYS[str(place[named])])
    always = set[Weekday].intersection(*weeks.values()) if weeks else set[Weekday]()
    return frozenset(Weekday) - always


def _days_of(place: KeyPath, dates: Mapping[KeyPath, date]) -> frozenset[Weekday]:
    """The days of the week that periods belong to: a key names one or a date, or the date stands beside them."""
    for key in reversed(place):
        if isinstance(key, date):
            return frozenset({Weekday.of(key)})
        if key in _WEEKDAYS:
            return frozenset({_WEEKDAYS[str(key)]})
    special = dates.get((*place[:-1], "on"))
    return frozenset({Weekday.of(special)} if special else Weekday)


def _figures(number: str) -> str:
    """A registration number without the letters before it, as some leave them out."""
    return number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").lstrip("0")
