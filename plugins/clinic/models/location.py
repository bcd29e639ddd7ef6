"""Where the clinic is: address, coordinates, how to get there, when it is open."""

import re
from typing import Annotated, NamedTuple, Self
from urllib.parse import urlencode

from pydantic import Field, ValidationInfo, model_validator

from clinic.models.bank_holidays import BankHolidays
from clinic.models.base import Record, RecordError, Status, WithImage
from clinic.models.booking import Bookable
from clinic.models.contact import Reachable
from clinic.models.opening_hours import Closure, OpeningHours, Season, SpecialHours
from clinic.models.types import Country, SlugList, Text, TextList, Url

_POSTCODE = re.compile(r"(?:[A-Z]{1,2}\d[A-Z\d]?|GIR) ?\d[A-Z]{2}", re.IGNORECASE)


class Address(Record):
    """As much of a postal address as is known (schema.org PostalAddress)."""

    street: Text | None = None
    locality: Annotated[Text, Field(description="the town or village")]
    region: Text | None = None
    postcode: Text | None = None
    country: Country = "GB"

    @model_validator(mode="after")
    def _delivered_there(self, info: ValidationInfo) -> Self:
        """Only a British postcode is looked at, so a clinic elsewhere need not name its country at every address."""
        british = self.country == (info.context or {}).get("country", "GB") == "GB"
        stated = "country" in self.model_fields_set and self.country == "GB"
        if self.postcode and (british or stated) and not _POSTCODE.fullmatch(self.postcode):
            raise RecordError("postcode", f'postcode: "{self.postcode}" is not a postcode; write one like SW1A 1AA')
        return self

    def lines(self) -> tuple[str, ...]:
        """What is known, a line each, country left out: visitors come from near."""
        return tuple(part for part in (self.street, self.locality, self.region, self.postcode) if part)


class Coordinates(Record):
    """WGS 84 degrees. Google asks for at least five decimals (LocalBusiness ``geo``)."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class MapLink(NamedTuple):
    """A map that knows the way, by its name."""

    label: str
    url: str


class LocationFrontMatter(WithImage):
    """The header of a file in ``content/locations/``, which adds words to the page that a location has anyway."""

    title: Annotated[Text, Field(description="the headline; without it, the location's name")]
    summary: Annotated[Text, Field(description="one sentence under the headline")] | None = None
    aliases: TextList = ()
    status: Status = Status.PUBLISHED


class Location(Reachable, Bookable):
    """A place where people are seen. ``area`` says where in words ("on the Quay Estate")."""

    name: Text | None = None
    area: Text | None = None
    address: Address
    geo: Coordinates | None = None
    directions: Text | None = None
    parking: Text | None = None
    access: TextList = ()
    opening_hours: OpeningHours | None = None
    seasons: tuple[Season, ...] = ()
    closures: tuple[Closure, ...] = ()
    special_hours: tuple[SpecialHours, ...] = ()
    bank_holidays: BankHolidays | None = None
    services: SlugList = ()
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
        """The first of ``maps``, where there is room for one."""
        return self.maps(clinic_name)[0].url

    def maps(self, clinic_name: str) -> tuple[MapLink, ...]:
        """Pages of maps with the way there, the owner's own choice first. Links: nothing of theirs is loaded here.

        Google Maps URLs ("directions"), Apple Map Links (``daddr``), OpenStreetMap's ``/directions``. Only the first
        knows businesses by name; the others are asked for the address alone.
        """
        area = None if self.address.street else self.area_name
        address = ", ".join(part for part in (area, *self.address.lines()) if part)
        named = ", ".join(part for part in (self.name or clinic_name, self.area_name, *self.address.lines()) if part)
        point = f"{self.geo.latitude},{self.geo.longitude}" if self.geo else None
        google = urlencode({"api": "1", "destination": point or named})
        return (
            *((MapLink("Our map", self.map_url),) if self.map_url else ()),
            MapLink("Google Maps", f"https://www.google.com/maps/dir/?{google}"),
            MapLink("Apple Maps", f"https://maps.apple.com/?{urlencode({'daddr': point or address})}"),
            MapLink("OpenStreetMap", f"https://www.openstreetmap.org/directions?{urlencode({'to': point or address})}"),
        )

    def known_as(self, clinic_name: str) -> str:
        """What visitors call it, the clinic's name included once."""
        name = self.name or self.address.locality
        return name if clinic_name.casefold() in name.casefold() else f"{clinic_name}, {name}"
