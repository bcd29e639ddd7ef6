"""Days on which something has been done: nobody has agreed, approved or looked at anything tomorrow.

The moment of the run is the validation context ``now``; without it no day lies in the future.
"""

from datetime import date, datetime, time
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, ValidationInfo

from clinic.facts.base import Day, Moment, zone_of


def lies_ahead(moment: datetime, info: ValidationInfo) -> bool:
    """Whether it comes after the moment of the run."""
    now = (info.context or {}).get("now")
    return now is not None and moment > now


def _moment(moment: datetime, info: ValidationInfo) -> datetime:
    if lies_ahead(moment, info):
        raise ValueError(f"{moment:%Y-%m-%d} lies in the future; correct it, or write this once it has been done")
    return moment


def _day(day: date, info: ValidationInfo) -> date:
    _moment(datetime.combine(day, time(), zone_of(info)), info)
    return day


PastDay: TypeAlias = Annotated[Day, AfterValidator(_day)]
"""A day, today at the latest."""
PastMoment: TypeAlias = Annotated[Moment, AfterValidator(_moment)]
"""A day, or a day and time, now at the latest."""
