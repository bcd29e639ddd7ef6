"""Days of the week on which a text says that the doors stay shut, without a time."""

import re
from collections.abc import Iterator

from clinic.facts.claims.weekdays import Days, weekdays
from clinic.facts.hours import Weekday

_DAYS = r"(?:[wW]eekends|(?:[wW]eek|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days)"
_CLOSED = re.compile(
    r"(?:^|(?<=\n)|(?<=[.!?]\s))(?:[wW]e(?:'re|\sare)\s(?:(?:also|always|usually|normally)\s)?)?"
    rf"(?P<said>(?:[cC]losed|[sS]hut|[nN]ot\sopen)\s(?:all\sday\s)?(?:on\s)?{_DAYS}(?:(?:,|,?\s(?:and|or|to|&))\s{_DAYS})*)"
    r"(?=\s*(?:$|[.!;\n]))"
)
"""Of every such day and of nothing more: ``closed on Monday`` may mean the next one, and a season may follow."""


def closed_days(text: str) -> Iterator[Days]:
    """The days of every sentence that says so of the clinic, and where it does."""
    for found in _CLOSED.finditer(text):
        days = frozenset[Weekday]().union(*(group.days for group in weekdays(found.group("said"))))
        yield Days(days, *found.span("said"))
