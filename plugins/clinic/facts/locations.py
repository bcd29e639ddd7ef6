"""Where the clinic is: address, coordinates, how to get there, when it is open."""

import re
from datetime import date
from typing import Annotated, Self
from urllib.parse import urlencode

from pydantic import Field

from clinic.facts.base import Email, Fact, SlugList, Text, TextList, Url
from clinic.facts.contact import PhoneNumber
from clinic.facts.countries import Country
from clinic.facts.hours import Closure, OpeningHours


class Address(Fact):
    """As much of a postal address as is known (schema.org PostalAddress)."""

    street: Text | None = None
    locality: Annotated[Text, Field(description="the town or village")]
    region: Text | None = None
    postcode: Text | None = None
    country: Country = "GB"

    def lines(self) -> tuple[str, ...]:
        """What is known, a line each, country left out: visitors come from near."""
        return tuple(part for part in (self.street, self.locality, self.region, self.postcode) if part)


class Coordinates(Fact):
    """WGS 84 degrees. Google asks for at least five decimals (LocalBusiness ``geo``)."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class Location(Fact):
    """A place where people are seen. ``area`` says where in words ("on the Quay Estate")."""

    name: Text | None = None
    area: Text | None = None
    address: Address
    geo: Coordinates | None = None
    directions: Text | None = None
    parking: Text | None = None
    access: TextList = ()
    phone: PhoneNumber | None = None
    email: Email | None = None
    opening_hours: OpeningHours | None = None
    closures: tuple[Closure, ...] = ()
    services: SlugList = ()
    booking_url: Url | None = None
    map_url: Url | None = None
    image: Text | None = None

    @property
    def based_in(self) -> str:
        """Where in a few words: ``Based in Larkmouth on the Quay Estate``."""
        return " ".join(part for part in ("Based in", self.address.locality, self.area) if part)

    @property
    def short_address(self) -> str:
        """On one line, as far as known."""
        return ", ".join(part for part in (self.address.street or self.area_name, self.address.locality) if part)

    @property
    def area_name(self) -> str | None:
        """The area without the words that lead to it: ``on the Quay Estate`` is ``Quay Estate``."""
        return re.sub(r"^(?:on|in|at|near|by) (?:the )?", "", self.area) if self.area else None

    def directions_url(self, clinic_name: str) -> str:
        """A map's own page with the way there (Google Maps URLs); a link, so nothing is loaded or tracked here."""
        if self.map_url:
            return self.map_url
        place = ", ".join(part for part in (self.name or clinic_name, self.area_name, *self.address.lines()) if part)
        destination = f"{self.geo.latitude},{self.geo.longitude}" if self.geo else place
        return "https://www.google.com/maps/dir/?" + urlencode({"api": "1", "destination": destination})

    def as_of(self, today: date) -> Self:
        """The same location without the closures that are over."""
        return self.model_copy(update={"closures": tuple(found for found in self.closures if not found.over_by(today))})
