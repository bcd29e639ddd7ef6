"""How often what an article says is checked, and when it is due again."""

import re
from calendar import monthrange
from datetime import date
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, Field

from clinic.facts.base import Fact

_SPAN = re.compile(r"(\d{1,3}) *(month|year)s?")
_YEAR = 12


def _months(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = _SPAN.fullmatch(value.strip().lower())
    if not found:
        raise ValueError(f'"{value}" is not a span of time; write one like 18 months or 2 years')
    return int(found.group(1)) * (_YEAR if found.group(2) == "year" else 1)


Months: TypeAlias = Annotated[int, BeforeValidator(_months), Field(gt=0)]
"""A span of time in whole months, written ``18 months`` or ``2 years``."""


class Reviews(Fact):
    """``reviews`` in clinic.yaml: how often articles and pages that were reviewed are reviewed again."""

    every: Months | None = None


def next_review(reviewed: date, every: int) -> date:
    """The day, that many months later, by which the content is to be reviewed again."""
    years, month = divmod(reviewed.month - 1 + every, _YEAR)
    year = reviewed.year + years
    return date(year, month + 1, min(reviewed.day, monthrange(year, month + 1)[1]))
