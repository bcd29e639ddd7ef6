"""When events take place: the times that follow from how they repeat, and those that are still to come."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count, islice, takewhile

from clinic.models.base import Status
from clinic.models.clinic import Clinic
from clinic.models.events import Event, EventFrontMatter, Occurrence, Repeats, week_of_month
from clinic.models.location import Location
from clinic.models.types import LAST_YEAR
from clinic.models.words import gettext

SHOWN = 8
"""How many times to come are shown of an event, and told to search engines."""
ONLINE = "online"
_STEPS = {Repeats.WEEKLY: timedelta(weeks=1), Repeats.FORTNIGHTLY: timedelta(weeks=2)}
_DAYS_OF_WEEK = 7


def occurrences(event: EventFrontMatter) -> Iterator[Occurrence]:
    """Every time that it takes place, in order; of what repeats for ever as long as days can be counted."""
    if event.repeats is None:
        yield from event.when
        return
    first = event.when[0]
    days = _days(first.first, event.repeats)
    last = event.until or date(LAST_YEAR, 12, 31)
    for day in takewhile(last.__ge__, days):
        if day not in event.not_on:
            yield replace(first, first=day, last=day + (first.last - first.first))


def _days(first: date, repeats: Repeats) -> Iterator[date]:
    if step := _STEPS.get(repeats):
        yield from (first + step * number for number in range((date.max - first) // step))
        return
    week = week_of_month(first)
    for month in count(first.month - 1):
        year, number = first.year + month // 12, month % 12 + 1
        if year > LAST_YEAR:
            return
        begins = date(year, number, 1)
        to_weekday = (first.weekday() - begins.weekday()) % _DAYS_OF_WEEK
        yield begins + timedelta(days=to_weekday + (week - 1) * _DAYS_OF_WEEK)


def upcoming(event: EventFrontMatter, today: date, most: int = SHOWN) -> tuple[Occurrence, ...]:
    """The next times, those of today among them until the day is over, since a page cannot know the hour."""
    return tuple(islice((found for found in occurrences(event) if found.last >= today), most))


def as_of(event: Event, today: date) -> Event:
    """The event with its times to come as of a day."""
    return event.model_copy(update={"upcoming": upcoming(event, today)})


def listed(clinic: Clinic) -> tuple[Event, ...]:
    """What lists show of the events of a clinic as of a day: those with a time to come, the nearest first."""
    found = [event for event in clinic.events.values() if event.upcoming and event.status is not Status.HIDDEN]
    return tuple(sorted(found, key=lambda event: (event.upcoming[0].order, event.title.casefold())))


def location_of(clinic: Clinic, event: EventFrontMatter) -> Location | None:
    """The location of the clinic where it takes place, its only one if none is named; None elsewhere and online."""
    if event.where is None:
        return clinic.home_location
    return clinic.locations.get(event.where)


def place_on_one_line(clinic: Clinic, event: EventFrontMatter) -> str:
    """Where it takes place, with the name of a location and its address, as calendars have it."""
    location = location_of(clinic, event)
    if location is None:
        return gettext("Online") if is_online(clinic, event) else event.where or ""
    if location.address is None:
        return location.short_name
    lines = location.address_lines()
    name = location.name if location.name and location.name not in lines else clinic.name
    return ", ".join((name, *lines))


def is_online(clinic: Clinic, event: EventFrontMatter) -> bool:
    """Whether it takes place online: it says so, or its location is."""
    location = location_of(clinic, event)
    return location.online if location else (event.where or "").casefold() == ONLINE
