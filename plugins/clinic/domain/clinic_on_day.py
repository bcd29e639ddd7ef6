"""The clinic as of a day: the notices shown, the people who work there, and when its locations are open."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import Field

from clinic.domain.hours.timetable import Timetable
from clinic.domain.pages.urls import CALENDAR, CALENDARS, CONTACT, location_path
from clinic.models.clinic import Clinic
from clinic.models.location import Location
from clinic.models.types import Slug


class LocationOnDay(Location):
    """A location with its timetable as of a day; None where no hours are given."""

    timetable: Annotated[Timetable | None, Field(exclude=True)] = None


class ClinicOnDay(Clinic):
    """What holds on one day, made by ``on``. Pages, feeds and files of one build all see the same."""

    locations: Mapping[Slug, LocationOnDay]

    @classmethod
    def on(cls, today: date, clinic: Clinic) -> Self:
        """The clinic as of ``today``: past and coming notices are gone, and who is yet to leave has not left."""
        return cls.model_construct(
            **{
                **dict(clinic),
                "locations": {
                    slug: LocationOnDay.model_construct(
                        **{**dict(location), "timetable": timetable_of(clinic, slug, today)}
                    )
                    for slug, location in clinic.locations.items()
                },
                "notices": tuple(notice for notice in clinic.notices if notice.is_shown_on(today)),
                "team": {slug: person.as_of(today) for slug, person in clinic.team.items()},
            }
        )

    @property
    def home_location(self) -> LocationOnDay:
        """The first location: the one shown where there is room for one."""
        return next(iter(self.locations.values()))


def timetable_of(clinic: Clinic, slug: Slug, today: date) -> Timetable | None:
    """When a location is open, as of ``today``; the clinic's bank holidays hold where it has none of its own.

    None where no hours are given.
    """
    location = clinic.locations[slug]
    if location.opening_hours is None:
        return None
    bank_holidays = location.bank_holidays or clinic.bank_holidays
    return Timetable(
        week=location.opening_hours,
        today=today,
        zone=clinic.zone,
        page_path=location_path(slug) if clinic.has_location_pages else CONTACT,
        calendar_path=f"{CALENDARS}{slug}.ics" if clinic.has_location_pages else CALENDAR,
        seasons=location.seasons,
        closures=location.closures,
        special_hours=location.special_hours,
        bank_holidays=bank_holidays,
        region=bank_holidays.region_in(clinic.country, location.address.country),
    )
