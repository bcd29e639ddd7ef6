"""Known facts: every number, address, price and time in the records of a clinic; exemptions, which may be said as well.

The records are walked, not named: a telephone number or a price of a new model is known without a word here.
Sentences of the owner's (a description, a notice, a testimonial) are no facts: they are compared with them.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain
from string import ascii_uppercase
from typing import Any, TypeAlias

from pydantic import BaseModel

from clinic.content.prose import is_number_key
from clinic.fact_check.statements.days import Opening, StatedHours
from clinic.fact_check.statements.finder import StatementFinder
from clinic.fact_check.statements.identifiers import normal
from clinic.fact_check.statements.phones import chat_numbers, dialled, is_local
from clinic.fact_check.statements.statement import Kind, Statement, plain
from clinic.models.clinic import Clinic
from clinic.models.contact import Phone
from clinic.models.money import in_words
from clinic.models.opening_hours import HoursOfDay, Period
from clinic.models.suggestions import join_and
from clinic.models.types import is_email
from clinic.models.weekdays import Weekday

KeyPath: TypeAlias = tuple[str | int | date, ...]
_STATING = frozenset({"price_range", "registered_office"})
"""Keys whose sentences are facts all the same."""
_OF_OTHERS = frozenset({"insurers"})
"""Keys with the telephone numbers of others: a text may say them, and no message offers them as the right one."""
_WEEKDAYS = {day.value: day for day in Weekday}
_MOST_SHOWN = 4
PUBLIC = {
    "999": "emergency services", "112": "emergency services, all of Europe", "101": "police, not an emergency",
    "111": "NHS, urgent and not life-threatening", "119": "NHS test and vaccination line", "105": "power cuts",
    "116 123": "Samaritans, and emotional support in all of Europe", "116 111": "Childline, all of Europe",
    "jo@samaritans.org": "Samaritans", "116 000": "Missing People", "0800 1111": "Childline",
    "0808 2000 247": "National Domestic Abuse Helpline", "85258": "Shout, crisis text line",
    "18001": "Relay UK, in front of any number",
    "0303 123 1113": "Information Commissioner's Office, named in privacy notices", "SK9 5AF": "its postcode",
}  # fmt: skip
"""Public numbers of the UK and of all Europe and whose they are, as known in March 2026; a text of any clinic may say
them. Others are exempted by the owner's ``others``."""
_PUBLIC_ABROAD: Mapping[str, tuple[str, ...]] = {
    "AU": ("13 11 14", "1300 22 4636", "1800 022 222"),  # Lifeline, Beyond Blue, Healthdirect
    "DE": ("116 117", "0800 111 0 111", "0800 111 0 222"),  # doctors on call, Telefonseelsorge
    "IE": ("1800 247 247", "1800 700 700", "50808"),  # Pieta, HSE Live, a crisis text line
    "NZ": ("0800 611 116",),  # Healthline
    "US": ("1-800-222-1222", "1-800-273-8255"),  # Poison Control, 988 Lifeline
}
"""Those that a text about health may say in a single country (ISO 3166), as known in March 2026. Emergency numbers need
not be listed: three figures are never taken for a number of the clinic."""


class Exemptions:
    """Answers whether a statement is among ``texts``, by its meaning or word for word."""

    def __init__(self, texts: Iterable[str], finder: StatementFinder) -> None:
        texts = tuple(texts)
        found = (each for text in texts for each in finder.find(text, among_hours=True))
        self._meanings = {(each.kind, each.normal) for each in found}
        self._words = {_bare(text) for text in texts}

    def has(self, statement: Statement) -> bool:
        """Whether the statement may be made."""
        return (statement.kind, statement.normal) in self._meanings or _bare(statement.written) in self._words


def _bare(text: str) -> str:
    return re.sub(r"[^0-9a-z@.$£¥€₠-⃀+]", "", plain(text).lower())


@dataclass(frozen=True)
class KnownFacts:
    """``known`` has, for each kind, every true ``Statement.normal`` and how the owner wrote it."""

    known: Mapping[Kind, Mapping[Any, str]]
    finder: StatementFinder
    openings: tuple[Opening, ...]
    closed: frozenset[Weekday]
    """Days without hours at one location or in one season at least; where no hours are known it may be any."""
    by_appointment: frozenset[Weekday]
    """Days on which people are seen by appointment, beside the hours or at all."""
    exempt: Exemptions
    events: tuple[Opening, ...] = ()
    """When events take place: a text may say so, and no message offers it as the clinic's hours."""

    @classmethod
    def of(cls, clinic: Clinic) -> "KnownFacts":
        """Everything that the records of the clinic state."""
        found = [*_walk(clinic, ())]
        bodies = (str(value) for path, _, value in found if path[-1] == "body")
        finder = StatementFinder(clinic.country, bodies, clinic.currency)
        known: defaultdict[Kind, dict[Any, str]] = defaultdict(dict)
        others = [value.shown for path, _, value in found if path[0] in _OF_OTHERS and isinstance(value, Phone)]
        for path, record, value in found:
            if path[0] in _OF_OTHERS and isinstance(value, Phone):
                continue
            for kind, meaning, shown in _facts_in(str(path[-1]), record, value, finder):
                known[kind].setdefault(meaning, shown)
        public = (*PUBLIC, *_PUBLIC_ABROAD.get(clinic.country, ()))
        others += [event.where for event in clinic.events.values() if event.where]  # another place has its own address
        if any(event.free for event in clinic.events.values()):
            others.append(in_words(Decimal(0), clinic.currency))
        exempt = Exemptions((*public, *(other.text for other in clinic.others), *others), finder)
        weeks = [*_hours_of_weeks(found)]
        by_appointment = frozenset(day for _, day, hours in weeks if hours.by_appointment)
        events = tuple(_event_times(clinic))
        return cls(known, finder, tuple(_openings(found)), _closed(weeks), by_appointment, exempt, events)

    def confirms(self, statement: Statement) -> bool:
        """Whether it is true, or exempted for the whole site."""
        return self._holds(statement) or self.exempt.has(statement)

    def _holds(self, statement: Statement) -> bool:
        known: Collection[Any] = self.known.get(statement.kind, ())
        if isinstance(stated := statement.normal, StatedHours):
            if not stated.days:
                return any(opening.fits(stated) for opening in self._spans_of(stated))
            return any(all(self._holds_on(day, stated) for day in days) for days in stated.days)
        if statement.kind is Kind.PHONE and is_local(str(statement.normal)):
            return any(number.endswith(str(statement.normal)) for number in known)
        if statement.kind is Kind.REGISTRATION:  # some leave out the letters before it
            known = {*known, *(number.lstrip(ascii_uppercase).lstrip("0") for number in known)}
        return statement.normal in known

    def _holds_on(self, day: Weekday, stated: StatedHours) -> bool:
        if stated.all_day:
            return day in self.closed
        return any(opening.fits(stated) for opening in self._spans_of(stated) if day in opening.days)

    def _spans_of(self, stated: StatedHours) -> tuple[Opening, ...]:
        """What it may be true of: a beginning with its end of an event too, anything else of the hours alone."""
        is_span = bool(stated.opens and stated.closes) and not (stated.within or stated.either or stated.always)
        return (*self.openings, *self.events) if is_span else self.openings

    def correction(self, statement: Statement) -> str:
        """What is true instead of a false statement, in brackets."""
        if isinstance(statement.normal, StatedHours):
            return f"({self._true_hours(statement.normal)})"
        known = self.known.get(statement.kind, {})
        shown = [*dict.fromkeys(known[value] for value in sorted(known))]
        name = statement.kind.value
        if len(shown) == 1:
            return f"(its {name} is {shown[0]})"
        names = f"{name}es" if statement.kind is Kind.EMAIL else f"{name}s"
        return f"(its {names} are {_some(shown)})" if shown else f"(its facts name no {names})"

    def _true_hours(self, stated: StatedHours) -> str:
        if not (self.openings or self.by_appointment):
            return "its facts name no opening times"
        days = stated.days[0] if stated.days else frozenset()
        day = next((day for day in Weekday if day in days and not self._holds_on(day, stated)), None)
        openings = [opening for opening in self.openings if day is None or day in opening.days]
        periods = [*dict.fromkeys(period for opening in openings for period in opening.periods())]
        if self.by_appointment if day is None else day in self.by_appointment:
            periods.append("by appointment")
        when = f"on {day.label} it is" if day else "it is"
        return f"{when} open {_some(periods)}" if periods else f"{when} closed"


def _some(words: list[str]) -> str:
    more = words[_MOST_SHOWN:]
    return join_and([*words[:_MOST_SHOWN], *([f"{len(more)} more"] if len(more) > 1 else more)])


def _walk(value: Any, path: KeyPath, record: Any = None) -> Iterator[tuple[KeyPath, Any, Any]]:
    """Every single value with the keys that lead to it and the record that it stands in."""
    if isinstance(value, BaseModel):
        record, value = value, {key: getattr(value, key, None) for key in type(value).model_fields}
    elif isinstance(value, tuple | list | set | frozenset):
        value = dict(enumerate(value))
    if not isinstance(value, Mapping):
        yield path, record, value
        return
    for key, entry in value.items():
        if entry is not None and key not in {"others", "claims"}:
            yield from _walk(entry, (*path, key), record)


def _facts_in(key: str, record: Any, value: Any, finder: StatementFinder) -> Iterator[tuple[Kind, Any, str]]:
    """What one value states as a text could: kind, ``Statement.normal``, and how it is shown."""
    if isinstance(value, Phone):
        yield Kind.PHONE, value.e164, value.shown
    elif isinstance(value, Decimal):
        yield Kind.PRICE, (record.currency, value), in_words(value, record.currency)
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


def _openings(found: list[tuple[KeyPath, Any, Any]]) -> Iterator[Opening]:
    """The hours of each day at each location, and those after midnight of the night before."""
    dates = {path: value for path, _, value in found if isinstance(value, date)}
    for path, record, _ in found:
        if isinstance(record, HoursOfDay) and record.periods:
            opening = Opening(_days_of(path[:-1], dates), record.periods)
            yield opening
            if night := opening.after_midnight():
                yield night


def _event_times(clinic: Clinic) -> Iterator[Opening]:
    """What repeats does so on the same weekday."""
    for occurrence in chain.from_iterable(event.when for event in clinic.events.values()):
        if occurrence.starts and occurrence.ends and occurrence.first == occurrence.last:
            period = Period(opens=occurrence.starts, closes=occurrence.ends)
            yield Opening(frozenset({Weekday.of(occurrence.first)}), (period,))


def _hours_of_weeks(found: list[tuple[KeyPath, Any, Any]]) -> Iterator[tuple[KeyPath, Weekday, HoursOfDay]]:
    """The path of each week, the usual or a season's, with the hours of each of its days."""
    for path, record, _ in found:
        if isinstance(record, HoursOfDay) and path[-2] in _WEEKDAYS:
            yield path[:-2], _WEEKDAYS[str(path[-2])], record


def _closed(weeks: Iterable[tuple[KeyPath, Weekday, HoursOfDay]]) -> frozenset[Weekday]:
    """The days on which some usual week, or that of a season, is closed."""
    seen: defaultdict[KeyPath, set[Weekday]] = defaultdict(set)
    for path, day, hours in weeks:
        if not hours.is_closed:
            seen[path].add(day)
    always = set[Weekday].intersection(*seen.values()) if seen else set[Weekday]()
    return frozenset(Weekday) - always


def _days_of(path: KeyPath, dates: Mapping[KeyPath, date]) -> frozenset[Weekday]:
    """The days of the week that periods belong to: a key names one or a date, or the date is a sibling."""
    named = [key for key in path if isinstance(key, date) or key in _WEEKDAYS]
    key = named[-1] if named else dates.get((*path[:-1], "on"))
    if isinstance(key, date):
        return frozenset({Weekday.of(key)})
    return frozenset({_WEEKDAYS[str(key)]} if key else Weekday)
