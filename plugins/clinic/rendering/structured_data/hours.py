"""Opening hours and closures."""

from collections.abc import Iterable

from clinic.facts.hours import CLOSED_ALL_DAY, Closure, OpeningHours, Period, Weekday
from clinic.facts.locations import Location
from clinic.rendering.structured_data.nodes import Node, node

_CLOSED = f"{CLOSED_ALL_DAY:%H:%M}"


def hours_properties(location: Location) -> dict[str, object]:
    """The week and the closures of a location (schema.org Place).

    Google reads closures in ``openingHoursSpecification`` (LocalBusiness, seasonal hours); others read them in
    ``specialOpeningHoursSpecification``, as schema.org has it. So they stand in both.
    """
    closures = closure_nodes(location.closures)
    return {
        "openingHoursSpecification": [*week_nodes(location.opening_hours), *closures],
        "specialOpeningHoursSpecification": closures,
    }


def week_nodes(hours: OpeningHours | None) -> list[Node]:
    """schema.org OpeningHoursSpecification, one for all days with an equal period (Google LocalBusiness).

    A day that is closed is said to be: Google reads 00:00 to 00:00 as closed, and a day left out as unknown.
    """
    if hours is None:
        return []
    days_by_period: dict[Period, list[Weekday]] = {}
    for day, periods in hours.week().items():
        for period in periods:
            days_by_period.setdefault(period, []).append(day)
    opened = [
        _hours(days, f"{period.opens:%H:%M}", f"{period.closes:%H:%M}") for period, days in days_by_period.items()
    ]
    closed = [day for day, periods in hours.week().items() if not periods]
    return [*opened, _hours(closed, _CLOSED, _CLOSED)] if closed else opened


def closure_nodes(closures: Iterable[Closure]) -> list[Node]:
    """Google LocalBusiness: closed all day, with schema.org ``validFrom`` and ``validThrough``."""
    return [
        node(
            "OpeningHoursSpecification",
            validFrom=closure.first.isoformat(),
            validThrough=closure.last.isoformat(),
            opens=_CLOSED,
            closes=_CLOSED,
            description=closure.reason,
        )
        for closure in closures
    ]


def _hours(days: Iterable[Weekday], opens: str, closes: str) -> Node:
    """``dayOfWeek`` takes members of schema.org DayOfWeek."""
    members = [f"https://schema.org/{day.label}" for day in days]
    return node("OpeningHoursSpecification", dayOfWeek=members, opens=opens, closes=closes)
