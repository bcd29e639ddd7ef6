"""When a static site becomes wrong by itself and has to be built again, and when content is due for review."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinic.domain.clinic_on_day import timetable_of
from clinic.domain.events import upcoming as upcoming_times
from clinic.domain.hours.timetable import ONE_DAY, Timetable
from clinic.models.articles import MONTHS_IN_YEAR, FrontMatter
from clinic.models.base import Record
from clinic.models.clinic import Clinic


@dataclass(frozen=True, order=True)
class Rebuild:
    """The moment at which the site as published becomes wrong, and the reason in a few words."""

    at: datetime
    reason: str


def upcoming(rebuilds: Iterable[Rebuild], now: datetime) -> tuple[Rebuild, ...]:
    """Those after ``now``, the next one first, each once."""
    return tuple(sorted({rebuild for rebuild in rebuilds if rebuild.at > now}))


def rebuilds_of(clinic: Clinic, today: date) -> Iterator[Rebuild]:
    """The rebuilds for notices, closures, special hours, seasons, events, and practitioners who leave."""
    for day, reason in _days(clinic, today):
        yield Rebuild(start_of_day(day, clinic.zone), reason)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a day in the clinic's time zone."""
    return datetime.combine(day, time(), zone)


def day_reviewed(front_matter: Record) -> date | None:
    """The day of the review that front matter gives; None where it gives none, or is of a kind that has none."""
    return front_matter.reviewed.date() if isinstance(front_matter, FrontMatter) and front_matter.reviewed else None


def review_due(front_matter: Record, clinic: Clinic) -> date | None:
    """The day by which content is to be reviewed again, as its front matter or else the clinic says how often."""
    reviewed = day_reviewed(front_matter)
    every = (isinstance(front_matter, FrontMatter) and front_matter.review_every) or clinic.reviews.every
    return next_review(reviewed, every) if reviewed and every else None


def next_review(reviewed: date, every: int) -> date:
    """The day, ``every`` months later, by which content is to be reviewed again; at most the last of its month."""
    years, month = divmod(reviewed.month - 1 + every, MONTHS_IN_YEAR)
    year = reviewed.year + years
    return date(year, month + 1, min(reviewed.day, monthrange(year, month + 1)[1]))


def _days(clinic: Clinic, today: date) -> Iterator[tuple[date, str]]:
    for notice in clinic.notices:
        yield notice.begins, f"the notice “{notice.text}” appears"
        yield notice.until + ONE_DAY, f"the notice “{notice.text}” is over"
    for slug, location in clinic.locations.items():
        name = location.known_as(clinic.name)
        if timetable := timetable_of(clinic, slug, today):
            yield from _days_of_hours(timetable, name, timedelta(days=clinic.announce_days))
    for event in clinic.events.values():
        for occurrence in upcoming_times(event, today, 1):
            yield occurrence.last + ONE_DAY, f"the event “{event.title}” of {occurrence.first} is over"
    for practitioner in clinic.team.values():
        if practitioner.left:
            yield practitioner.left + ONE_DAY, f"{practitioner.name} has left"


def _days_of_hours(timetable: Timetable, name: str, announced: timedelta) -> Iterator[tuple[date, str]]:
    for date_range in timetable.exceptions:
        what = f"the {'closure' if date_range.hours.is_closed else 'special opening'} at {name} from {date_range.first}"
        what += f" ({date_range.reason})" if date_range.reason else ""
        yield date_range.first - announced, f"{what} is announced"
        yield date_range.last + ONE_DAY, f"{what} is over"
    for season in timetable.seasons:
        yield season.begins, f"another week begins at {name}"
        yield season.ends + ONE_DAY, f"the usual week begins again at {name}"
