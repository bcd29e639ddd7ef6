"""When a static site becomes wrong by itself: the moments at which it has to be built and published again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinic.domain.clinic_on_day import timetable_of
from clinic.domain.hours.timetable import DateRange, Timetable
from clinic.models.clinic import Clinic

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Rebuild:
    """``at`` the site as it was published begins to be wrong; ``why`` in a few words."""

    at: datetime
    why: str


def upcoming(rebuilds: Iterable[Rebuild], now: datetime) -> tuple[Rebuild, ...]:
    """Those that are still to come, the next one first, each told once."""
    return tuple(sorted({rebuild for rebuild in rebuilds if rebuild.at > now}))


def rebuilds_of(clinic: Clinic, today: date) -> Iterator[Rebuild]:
    """What follows from the facts as they are written: notices, closures, special hours, seasons, people who leave."""
    for day, why in _days(clinic, today):
        yield Rebuild(beginning_of(day, clinic.zone), why)


def beginning_of(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a day where the clinic is."""
    return datetime.combine(day, time(), zone)


def _days(clinic: Clinic, today: date) -> Iterator[tuple[date, str]]:
    for notice in clinic.notices:
        yield notice.begins, f"the notice “{notice.text}” appears"
        yield notice.until + _ONE_DAY, f"the notice “{notice.text}” is over"
    for slug, location in clinic.locations.items():
        name = location.known_as(clinic.name)
        if timetable := timetable_of(clinic, slug, today):
            yield from _of_hours(timetable, name, timedelta(days=clinic.announce_days))
    for person in clinic.team.values():
        if person.left:
            yield person.left + _ONE_DAY, f"{person.name} has left"


def _of_hours(timetable: Timetable, name: str, announced: timedelta) -> Iterator[tuple[date, str]]:
    for date_range in timetable.exceptions:
        what = _named(date_range, name)
        yield date_range.first - announced, f"{what} is announced"
        yield date_range.last + _ONE_DAY, f"{what} is over"
    for season in timetable.seasons:
        yield season.begins, f"another week begins at {name}"
        yield season.ends + _ONE_DAY, f"the usual week begins again at {name}"


def _named(date_range: DateRange, name: str) -> str:
    what = "special opening" if date_range.periods else "closure"
    return f"the {what} at {name} from {date_range.first}" + (f" ({date_range.reason})" if date_range.reason else "")
