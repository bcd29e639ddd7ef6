"""The clinic as of a day: the notices shown, the staff, and the timetables of its locations."""

from collections.abc import Mapping
from datetime import date
from typing import Self

from pydantic import Field

from clinic.domain.events import as_of, listed
from clinic.domain.hours.timetable import Timetable
from clinic.domain.pages.urls import CALENDAR, CALENDARS, CONTACT, location_path
from clinic.models.clinic import Clinic
from clinic.models.events import Event
from clinic.models.location import Location
from clinic.models.types import Slug

FEW_LOCATIONS = 6
"""As many as every page shows in its footer, its structured data and on paper. Of more, a page shows its own alone."""


class LocationOnDay(Location):
    """A location with its timetable as of a day."""

    timetable: Timetable | None = Field(
        default=None, exclude=True, description="when it is open, as of the day of the build; derived, not written"
    )


class ClinicOnDay(Clinic):
    """What holds on one day, made by ``on``. All outputs of one build use the same."""

    locations: Mapping[Slug, LocationOnDay] = Field(description="the locations with their timetables")

    @classmethod
    def on(cls, today: date, clinic: Clinic) -> Self:
        """The clinic as of ``today``: only the notices shown, and practitioners by ``Practitioner.as_of``."""
        locations = {
            slug: LocationOnDay.model_construct(**{**dict(location), "timetable": timetable_of(clinic, slug, today)})
            for slug, location in clinic.locations.items()
        }
        derived = {
            "locations": locations,
            "notices": tuple(notice for notice in clinic.notices if notice.is_shown_on(today)),
            "events": {slug: as_of(event, today) for slug, event in clinic.events.items()},
            "team": {slug: practitioner.as_of(today) for slug, practitioner in clinic.team.items()},
        }
        return cls.model_construct(**{**dict(clinic), **derived})

    @property
    def upcoming_events(self) -> tuple[Event, ...]:
        """The events that lists show, the nearest first."""
        return listed(self)

    @property
    def timetables(self) -> tuple[Timetable, ...]:
        """Those of the locations that have hours."""
        return tuple(location.timetable for location in self.locations.values() if location.timetable)

    @property
    def has_many_locations(self) -> bool:
        """Whether there are more than every page can show: then a page leads to the list of all."""
        return len(self.locations) > FEW_LOCATIONS

    def locations_on(self, slug: str | None) -> Mapping[Slug, LocationOnDay]:
        """The locations that a page shows, where ``slug`` is the one it is about: all of a few, else that one."""
        if not self.has_many_locations:
            return self.locations
        own = self.locations.get(slug or "")
        return {slug: own} if slug and own else {}

    @property
    def home_location(self) -> LocationOnDay:
        """The first location: the one shown where there is room for one."""
        return next(iter(self.locations.values()))


def timetable_of(clinic: Clinic, slug: Slug, today: date) -> Timetable | None:
    """The timetable of a location, with its own or the clinic's rule for bank holidays; None where it has no hours."""
    location = clinic.locations[slug]
    if location.opening_hours is None:
        return None
    bank_holidays = location.bank_holidays or clinic.bank_holidays
    return Timetable(
        week=location.opening_hours,
        today=today,
        zone=clinic.zone,
        page_path=location_path(slug) if clinic.has_location_pages else CONTACT,
        calendar_file=f"{CALENDARS}{slug}.ics" if clinic.has_location_pages else CALENDAR,
        seasons=location.seasons,
        closures=location.closures,
        special_hours=location.special_hours,
        bank_holidays=bank_holidays,
        region=bank_holidays.region_in(location.country or clinic.country),
    )
