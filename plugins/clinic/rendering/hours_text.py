"""Opening hours in words, for tables, notices and the script that says whether the clinic is open now."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from clinic.domain.clinic_on_day import ClinicOnDay, LocationOnDay
from clinic.domain.hours.timetable import A_WEEK, ONE_DAY, DateRange, DayHours, HoursSource, Timetable
from clinic.domain.pages.urls import CONTACT
from clinic.domain.schedule import start_of_day
from clinic.models.announcements import Notice
from clinic.models.language import in_a_sentence
from clinic.models.opening_hours import HoursOfDay, Season
from clinic.models.weekdays import Weekday
from clinic.models.words import gettext, in_list, pgettext
from clinic.rendering.dates import at_time, clock, day_list, day_range, time_of_day, weekday_and_day
from clinic.rendering.text import together

_MIDNIGHT = time(0)


def period_in_words(begins: time, ends: time) -> str:
    """``9am to 5pm``; ``midnight`` is the NHS style, since 12am is taken for noon as well."""
    # Translators: when it opens, and when it closes, at midnight: "midnight to 6am", "6pm to midnight"
    opens = pgettext("opens", "midnight") if begins == _MIDNIGHT else clock(begins)
    closes = pgettext("closes", "midnight") if ends == _MIDNIGHT else clock(ends)
    # Translators: a time of being open: "9am to 5pm"
    return pgettext("times", "{opens} to {closes}", opens=opens, closes=closes)


def hours_lines(hours: HoursOfDay) -> tuple[str, ...]:
    """The hours of a day, a line for each part: ``9am to 12:30pm``, ``Open 24 hours``, ``By appointment``."""
    if not hours.periods:
        return (gettext("By appointment") if hours.by_appointment else gettext("Closed"),)
    return (*_periods(hours), *((gettext("and by appointment"),) if hours.by_appointment else ()))


def _periods(hours: HoursOfDay) -> Iterator[str]:
    for period in hours.periods:
        yield gettext("Open 24 hours") if period.is_round_the_clock else period_in_words(period.opens, period.closes)


def hours_line(hours: HoursOfDay) -> str:
    """The hours of a day on one line: ``9am to 12:30pm, 1:30pm to 5:30pm and by appointment``."""
    if not (hours.periods and hours.by_appointment):
        return ", ".join(hours_lines(hours))
    return gettext("{hours} and by appointment", hours=", ".join(_periods(hours)))


def exception_in_words(date_range: DateRange, *, year: bool = True) -> str:
    """``Closed 24 December 2026 to 1 January 2027 (Winter holiday)``, ``Monday 4 May 2026: open 9am to 12pm``."""
    days = day_range(date_range.first, date_range.last, year=year)
    hours = date_range.hours
    if hours.is_closed:
        said = gettext("Closed {days}", days=days)
    elif not hours.periods or hours.periods[0].is_round_the_clock:
        said = f"{days}: {in_a_sentence(hours_line(hours))}"
    else:
        said = gettext("{days}: open {hours}", days=days, hours=hours_line(hours))
    return f"{said} ({date_range.reason})" if date_range.reason else said


def season_in_words(season: Season, *, named: bool = True) -> str:
    """``Summer hours, 20 July to 5 September 2026``."""
    days = day_range(season.begins, season.ends)
    return f"{season.name}, {days}" if season.name and named else days


class Line(NamedTuple):
    """What is said of some days, and the last of these."""

    text: str
    until: date


class Exceptions(NamedTuple):
    """A sentence for each exception, and one for the bank holidays on which the clinic is closed as a rule."""

    lines: tuple[Line, ...]
    bank_holidays: str | None
    in_short: str | None
    """The same without its days: ``Closed on bank holidays``."""


def exceptions_in_words(timetable: Timetable) -> Exceptions:
    """Every exception that is not over. The rule about bank holidays names its days in one sentence."""
    lines, ruled = list[Line](), list[date]()
    for date_range in timetable.exceptions:
        if date_range.source is HoursSource.BANK_HOLIDAYS:
            ruled += date_range.days
        else:
            lines.append(Line(exception_in_words(date_range), date_range.last))
    if not timetable.is_closed_on_bank_holidays:
        return Exceptions(tuple(lines), None, None)
    is_public = timetable.region and not timetable.region.has_bank_holidays
    rule = gettext("Closed on public holidays") if is_public else gettext("Closed on bank holidays")
    return Exceptions(tuple(lines), f"{rule}: {day_list(ruled)}" if ruled else rule, rule)


def with_hours_notices(clinic: ClinicOnDay, today: date) -> ClinicOnDay:
    """The clinic with a notice for each exception within ``announce_days`` of ``today``, after the owner's own."""
    return clinic.model_copy(update={"notices": (*clinic.notices, *_hours_notices(clinic, today))})


def _hours_notices(clinic: ClinicOnDay, today: date) -> Iterator[Notice]:
    """One notice for an exception that several locations share; without their names where all of them do."""
    where: dict[DateRange, list[LocationOnDay]] = {}
    for location in clinic.locations.values():
        for date_range in location.timetable.exceptions if location.timetable else ():
            where.setdefault(date_range, []).append(location)
    before = timedelta(days=clinic.announce_days)
    for date_range, locations in sorted(where.items(), key=lambda item: item[0].first):
        begins = date_range.first - before
        if clinic.has_many_locations and len(locations) < len(clinic.locations):
            continue  # every page would have the notices of all; the location's own page says it
        if before and begins <= today <= date_range.last:
            text = _sentence(date_range, () if len(locations) == len(clinic.locations) else locations)
            only = locations[0].timetable if len(locations) == 1 else None
            page = only.page_path if only else CONTACT
            yield Notice(text=text, begins=begins, until=date_range.last, link=f"/{page}")


def _sentence(date_range: DateRange, locations: Iterable[LocationOnDay]) -> str:
    said = exception_in_words(date_range, year=False)
    where = in_list([location.short_name for location in locations])
    if not where:
        return f"{said}."
    return f"{where}: {in_a_sentence(said)}." if date_range.hours.is_closed else f"{where}, {said}."


OPEN_NOW_SPAN = timedelta(days=35)
"""Five weeks: a site that is published once a month always has them, one that nobody tends says nothing any more."""


class _Open(NamedTuple):
    """A time of being open, over midnight where the next begins then."""

    begins: datetime
    ends: datetime


def open_now(timetable: Timetable) -> dict[str, object]:
    """What ``open-now.js`` is told of a location: the coming weeks, and the night that went on as the first day began.

    The moments are worked out here, in the clinic's time zone: the browser only compares them with its clock, so it is
    right wherever the visitor is and whatever zone their machine believes in. They are whole minutes, ``first`` and
    ``last`` since 1970 (UTC), all others from ``first`` on:

    - ``spans``: times of being open, each of begin, end, what is said in it, the day on which it begins, and what is
      said before it: on that day, in the six days before, and earlier, where it can be that far away; then days by
      appointment, of begin, end and what is said, which hold where no time of being open does.
    - ``days``: of begin, the number of the weekday (1 is Monday) and the first day of the season whose week holds;
      with an empty number where no week does.
    """
    zone, end = timetable.zone, timetable.today + OPEN_NOW_SPAN
    begins, ends = start_of_day(timetable.today, zone), start_of_day(end, zone)
    days = list(timetable.days(timetable.today - ONE_DAY, end))
    known = [one for one in _joined(days, zone) if one.ends > begins and one.begins < ends]
    before = [timetable.today, *(one.ends.date() for one in known)]
    spans = [
        (one.begins, one.ends, _while_open(one, ends), start_of_day(one.begins.date(), zone), *_opening(one, earlier))
        for one, earlier in zip(known, before, strict=False)
    ]
    whole = ((start_of_day(one.day, zone), one) for one in days[1:-1])
    by_appointment = [
        (start, start_of_day(one.day + ONE_DAY, zone), gettext("By appointment"))
        for start, one in whole
        if one.hours.by_appointment
    ]
    first = _minutes(begins)
    weekdays = [(start_of_day(one.day, zone), *_week_of(timetable, one)) for one in days[1:-1]]
    return {
        "first": first,
        "last": _minutes(ends),
        "spans": [_counted(one, first) for one in (*spans, *by_appointment)],
        "days": [_counted(one, first) for one in weekdays],
    }


def _counted(values: Iterable[object], first: int) -> list[object]:
    return [_minutes(value) - first if isinstance(value, datetime) else together(str(value)) for value in values]


def _week_of(timetable: Timetable, one: DayHours) -> tuple[str, str]:
    """The number of the weekday, and the first day of its season: those of the row that holds on a day."""
    if one.source.is_exception:
        return "", ""
    season = timetable.season_on(one.day)
    return str(one.day.isoweekday()), season.begins.isoformat() if season else ""


def _opening(one: _Open, earlier: date) -> tuple[str, ...]:
    """What is said before it opens: on that day, in the days before, and, where nothing opens for a week, earlier."""
    day, opens = one.begins.date(), one.begins.time()
    time_in_words = time_of_day(opens)
    today = gettext("Closed, opens at {time}", time=time_in_words)
    # Translators: when it opens next, on a day of this week: "Closed, opens Thursday 8am"
    week = gettext("Closed, opens {weekday} {time}", weekday=Weekday.of(day).in_words, time=time_in_words)
    if day - earlier < A_WEEK:
        return today, week
    return today, week, gettext("Closed, opens {day}", day=at_time(weekday_and_day(day, year=False), opens))


def _while_open(one: _Open, known_until: datetime) -> str:
    closing = _closing(one, known_until)
    return gettext("Open now until {time}", time=closing) if closing else gettext("Open now")


def _joined(days: Iterable[DayHours], zone: ZoneInfo) -> Iterator[_Open]:
    """The times of being open, in order; one that begins as another ends goes on with it: 24 hours, day after day."""
    going_on: _Open | None = None
    for hours in days:
        for period in hours.periods:
            last = hours.day + ONE_DAY if period.ends_next_day else hours.day
            begins, ends = datetime.combine(hours.day, period.opens, zone), datetime.combine(last, period.closes, zone)
            if going_on and going_on.ends == begins:
                begins = going_on.begins
            elif going_on:
                yield going_on
            going_on = _Open(begins, ends)
    if going_on:
        yield going_on


def _closing(open_time: _Open, known_until: datetime) -> str:
    """When it closes, in words: with its day where that is more than a day later; empty where it is not known yet."""
    ends = open_time.ends
    if ends - open_time.begins <= ONE_DAY:
        return time_of_day(ends.time())
    if ends > known_until:
        return ""
    if ends.time() == _MIDNIGHT:  # that of the day before, as people say it
        return gettext("midnight on {day}", day=weekday_and_day(ends.date() - ONE_DAY, year=False))
    return at_time(weekday_and_day(ends.date(), year=False), ends.time())


def _minutes(moment: datetime) -> int:
    return int(moment.timestamp()) // 60
