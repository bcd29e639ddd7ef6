"""What the enhancement ``opening-hours.js`` needs to say whether the clinic is open at this moment.

The moments are worked out here, in the clinic's own time zone, daylight saving included: the browser only compares
them with its clock, so it is right wherever the visitor is and whatever zone their machine believes in.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from clinic.domain.clinic_on_day import ClinicOnDay, LocationOnDay
from clinic.domain.hours.timetable import ONE_DAY, Spell, Timetable, Why
from clinic.domain.pages.urls import CONTACT
from clinic.models.announcements import Notice
from clinic.models.opening_hours import Period, Season
from clinic.rendering.dates import clock, day_list, day_range, weekday_and_day


def period_in_words(period: Period) -> str:
    """``9am to 12:30pm``."""
    return f"{clock(period.opens)} to {clock(period.closes)}"


def periods_in_words(periods: Iterable[Period]) -> str:
    """``9am to 12:30pm, 1:30pm to 5:30pm``."""
    return ", ".join(map(period_in_words, periods))


def spell_in_words(spell: Spell, *, year: bool = True) -> str:
    """``Closed 24 December 2026 to 1 January 2027 (Winter holiday)``."""
    days = day_range(spell.first, spell.last, year=year)
    reason = f" ({spell.reason})" if spell.reason else ""
    return f"{days}: open {periods_in_words(spell.periods)}{reason}" if spell.periods else f"Closed {days}{reason}"


def season_in_words(season: Season, *, named: bool = True) -> str:
    """``Summer hours, 20 July to 5 September 2026``."""
    days = day_range(season.begins, season.ends)
    return f"{season.name}, {days}" if season.name and named else days


class Exceptions(NamedTuple):
    """The days on which no week holds: one by one, and those on which the clinic is closed as a rule."""

    lines: tuple[str, ...]
    bank_holidays: str | None


def exceptions_in_words(timetable: Timetable) -> Exceptions:
    """Everything that is not over. The rule about bank holidays names its days in one sentence."""
    spells = timetable.exceptions
    lines = tuple(spell_in_words(spell) for spell in spells if spell.why is not Why.BANK_HOLIDAYS)
    if not timetable.is_closed_on_bank_holidays:
        return Exceptions(lines, None)
    ruled = [day for spell in spells if spell.why is Why.BANK_HOLIDAYS for day in spell.days]
    return Exceptions(lines, f"Closed on bank holidays{': ' if ruled else ''}{day_list(ruled)}")


def with_hours_notices(clinic: ClinicOnDay, today: date) -> ClinicOnDay:
    """The clinic with a notice for every closure and all special hours that are near, behind the owner's own."""
    return clinic.model_copy(update={"notices": (*clinic.notices, *_hours_notices(clinic, today))})


def _hours_notices(clinic: ClinicOnDay, today: date) -> Iterator[Notice]:
    """A notice where all locations agree is told once, without their names."""
    where: dict[Spell, list[LocationOnDay]] = {}
    for location in clinic.locations.values():
        for spell in location.timetable.exceptions if location.timetable else ():
            where.setdefault(spell, []).append(location)
    before = timedelta(days=clinic.announce_days)
    for spell, places in sorted(where.items(), key=lambda item: item[0].first):
        if before and spell.first - before <= today <= spell.last:
            everywhere = len(places) == len(clinic.locations)
            text = _sentence(spell, () if everywhere else places)
            yield Notice(text=text, begins=spell.first - before, until=spell.last, link=f"/{_page(places)}")


def _page(places: Sequence[LocationOnDay]) -> str:
    only = places[0].timetable if len(places) == 1 else None
    return only.page_path if only else CONTACT


def _sentence(spell: Spell, places: Iterable[LocationOnDay]) -> str:
    said = spell_in_words(spell, year=False)
    where = " and ".join(place.name or place.address.locality for place in places)
    if not where:
        return f"{said}."
    return f"{where}, {said}." if spell.periods else f"{where}: {said[0].lower()}{said[1:]}."


KNOWN = timedelta(days=35)
"""Five weeks: a site that is published once a month always knows, and one that nobody tends falls silent."""


class OpenNow(NamedTuple):
    """Data attributes. Moments are whole minutes since 1970; ``hours`` are counted from ``first``."""

    first: int
    last: int
    hours: str


def open_now(timetable: Timetable) -> OpenNow:
    """The periods of the coming weeks: opening, closing, closing in words, opening in words; ``|`` between them."""
    zone, end = timetable.zone, timetable.today + KNOWN
    first = _minutes(datetime.combine(timetable.today, datetime.min.time(), zone))
    last = _minutes(datetime.combine(end, datetime.min.time(), zone))
    periods = (
        _period(timetable, hours.day, period, first)
        for hours in timetable.days(timetable.today, end - ONE_DAY)
        for period in hours.periods
    )
    return OpenNow(first, last, "|".join(periods))


def _period(timetable: Timetable, day: date, period: Period, first: int) -> str:
    opens, closes = (
        _minutes(datetime.combine(day, at, timetable.zone)) - first for at in (period.opens, period.closes)
    )
    return f"{opens} {closes} {clock(period.closes)} {weekday_and_day(day, year=False)} at {clock(period.opens)}"


def _minutes(moment: datetime) -> int:
    return int(moment.timestamp()) // 60
