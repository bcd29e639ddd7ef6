"""Where the clinic is: address, coordinates, maps, and the keys under which each location keeps its hours."""

import re
from typing import Annotated, Any, NamedTuple, Self
from urllib.parse import urlencode

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator

from clinic.models.bank_holidays import BankHolidays
from clinic.models.base import NO_HINT, Aliases, PageStatus, Record, RecordError, Status, WithImage
from clinic.models.booking import Bookable
from clinic.models.contact import Reachable
from clinic.models.opening_hours import Closure, OpeningHours, Season, SpecialHours
from clinic.models.postal import AddressPart, place_parts
from clinic.models.types import Country, SlugList, Text, TextList, Url

_POSTCODE = re.compile(r"(?:[A-Z]{1,2}\d[A-Z\d]?|GIR) ?\d[A-Z]{2}", re.IGNORECASE)


def _country(value: Any, info: ValidationInfo) -> Any:
    """The country as written, else that of the clinic (validation context ``country``)."""
    return value or (info.context or {}).get("country", "GB")


class Address(Record):
    """A postal address, as far as known (schema.org PostalAddress)."""

    street: Text | None = Field(default=None, description="house number and street")
    locality: Text = Field(description="the town or village")
    region: Text | None = Field(default=None, description="the county, or a state such as IL")
    postcode: Text | None = Field(default=None, description="the postcode, like SW1A 1AA")
    country: Annotated[Country, BeforeValidator(_country)] = Field(
        default=None, validate_default=True, description="the country's code, such as GB, if it is not the clinic's"
    )

    @model_validator(mode="after")
    def _valid_postcode(self) -> Self:
        """Check British postcodes only."""
        if self.postcode and self.country == "GB" and not _POSTCODE.fullmatch(self.postcode):
            raise RecordError("postcode", f'postcode: "{self.postcode}" is not a postcode; write one like SW1A 1AA')
        return self

    def lines(self) -> tuple[str, ...]:
        """The known parts without the country: visitors come from near. The street, then the town in its order.

        Town, county and postcode have a line each in the United Kingdom (Royal Mail), and share one elsewhere.
        """
        if self.country == "GB":
            place = [part.text for part in self.place]
        else:
            place = ["".join(f"{part.before}{part.text}" for part in self.place)]
        return tuple(part for part in (self.street, *place) if part)

    @property
    def place(self) -> tuple[AddressPart, ...]:
        """Town, region and postcode, as far as known, in the order of the country."""
        return place_parts({key: getattr(self, key) for key in ("locality", "region", "postcode")}, self.country)


class Coordinates(Record):
    """WGS 84 degrees. Google asks for at least five decimals (LocalBusiness ``geo``)."""

    latitude: float = Field(ge=-90, le=90, description="degrees north, such as 50.71432", json_schema_extra=NO_HINT)
    longitude: float = Field(
        ge=-180, le=180, description="degrees east, negative in the west, such as -1.98765", json_schema_extra=NO_HINT
    )


class MapLink(NamedTuple):
    """A link to a map with directions; ``label`` is the name of the map."""

    label: str
    url: str


class LocationFrontMatter(WithImage):
    """Front matter of a file in ``content/locations/``, which adds text to the page that a location has anyway."""

    title: Text = Field(description="the headline; without it, the location's name")
    summary: Text | None = Field(default=None, description="one sentence under the headline")
    aliases: Aliases = ()
    status: PageStatus = Status.PUBLISHED


class Location(Reachable, Bookable):
    """One entry of ``locations`` in clinic.yaml."""

    name: Text | None = Field(default=None, description="what the place is called, such as Larkmouth Harbour")
    area: Text | None = Field(default=None, description="where it is, in words: on the Quay Estate")
    address: Address = Field(description="the postal address, in lines below", json_schema_extra=NO_HINT)
    geo: Coordinates | None = Field(default=None, description="latitude and longitude, in lines below")
    directions: Text | None = Field(default=None, description="how to find it, in a sentence or two")
    parking: Text | None = Field(default=None, description="where to park")
    access: TextList = Field(default=(), description="what helps disabled visitors, such as step-free entrance")
    opening_hours: OpeningHours | None = Field(default=None, description="the usual week, a line for each day")
    seasons: tuple[Season, ...] = Field(default=(), description="parts of the year with another week")
    closures: tuple[Closure, ...] = Field(default=(), description="days closed although the week says open")
    special_hours: tuple[SpecialHours, ...] = Field(default=(), description="single days with other hours")
    bank_holidays: BankHolidays | None = Field(default=None, description="its own rule, if not the clinic's")
    services: SlugList = Field(default=(), description="the services offered here: names of files in services/")
    map_url: Url | None = Field(default=None, description="your own map of the way, with https://")
    image: Text | None = Field(default=None, description="an image of the place, such as images/harbour.jpg")

    @property
    def based_in(self) -> str:
        """For example ``Based in Larkmouth on the Quay Estate``."""
        return " ".join(part for part in ("Based in", self.address.locality, self.area) if part)

    @property
    def short_address(self) -> str:
        """Street, or else area, and town on one line, as far as known."""
        return ", ".join(part for part in (self.address.street or self.area_name, self.address.locality) if part)

    @property
    def area_name(self) -> str | None:
        """The area without the preposition: ``on the Quay Estate`` is ``Quay Estate``."""
        return re.sub(r"^(?:on|in|at|near|by) (?:the )?", "", self.area) if self.area else None

    def directions_url(self, clinic_name: str) -> str:
        """The address of the first of ``maps``."""
        return self.maps(clinic_name)[0].url

    def maps(self, clinic_name: str) -> tuple[MapLink, ...]:
        """Links to maps with directions, the owner's own first; nothing is loaded from them here.

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

    @property
    def short_name(self) -> str:
        """The location's own name, or else its town."""
        return self.name or self.address.locality

    def known_as(self, clinic_name: str) -> str:
        """The location's name with the clinic's name before it, unless it holds that already."""
        name = self.short_name
        return name if clinic_name.casefold() in name.casefold() else f"{clinic_name}, {name}"
