"""Where people are seen: a place with its address and maps, an area in which the clinic comes to them, or online."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple, Self, TypeAlias
from urllib.parse import urlencode

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, model_validator

from clinic.models.bank_holidays import BankHolidays
from clinic.models.base import NO_HINT, Aliases, InOneLanguage, PageStatus, Record, RecordError, Status
from clinic.models.booking import Bookable
from clinic.models.contact import Reachable
from clinic.models.language import begins_with_preposition, without_preposition
from clinic.models.opening_hours import Closure, OpeningHours, Season, SpecialHours
from clinic.models.postal import AddressPart, place_parts
from clinic.models.types import Country, Slug, SlugList, Text, TextList, Url, checked
from clinic.models.words import gettext, pgettext

_TOWN_ALONE = frozenset({"locality", "region", "country"})
_OF_A_PLACE = ("geo", "directions", "parking", "map_url")
"""Keys that say where a place is and how to get there."""
_REACH = re.compile(
    r"(?:within (?:\d|an? |[a-z]+ (?:miles?|km|kilomet|minutes?|hours?))"
    r"|up to (?:\d|an? |[a-z]+ )|in and around|covering|(?:all )?around (?!the (?:corner|back))"
    r"|across (?!from|the (?:road|street|river|bridge|square|park|yard|hall))"
    r"|throughout|all over|anywhere|everywhere)",
    re.IGNORECASE,
)
"""How the words of an area begin that say how far the clinic goes, not where it is."""
_VISITS = re.compile(
    r"\b(?:home|house|domiciliary|care home|office|workplace|on-?site) (?:visit|call)s?\b|\bmobile\b", re.IGNORECASE
)
"""The name of a location that is no place."""
_ONLINE = re.compile(r"online|on-line|remote(?:ly)?|video|virtual(?:ly)?|telehealth|zoom|internet", re.IGNORECASE)
_NOWHERE = re.compile(r"phone|telephone|none|nowhere|n/?a|\W+", re.IGNORECASE)
"""What is written for a town by those who have none."""
_POSTCODE = re.compile(r"(?:[A-Z]{1,2}\d[A-Z\d]?|GIR) ?\d[A-Z]{2}", re.IGNORECASE)


def _country(value: Any, info: ValidationInfo) -> Any:
    """The country as written, else that of the clinic (validation context ``country``)."""
    return value or (info.context or {}).get("country", "GB")


class Address(Record):
    """A postal address, as far as known (schema.org PostalAddress)."""

    street: Text | None = Field(default=None, description="house number and street")
    locality: Annotated[
        Text,
        checked(
            lambda town: not _NOWHERE.fullmatch(town),
            'is no town; of a location without a place write "online: yes", or "area" for how far you go, in place of '
            '"address"',
        ),
    ] = Field(description="the town or village")
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


class LocationFrontMatter(InOneLanguage):
    """Front matter of a file in ``content/locations/``, which adds text to the page that a location has anyway."""

    title: Text = Field(description="the headline; without it, the location's name")
    summary: Text | None = Field(default=None, description="one sentence under the headline")
    aliases: Aliases = ()
    status: PageStatus = Status.PUBLISHED


class Location(Reachable, Bookable):
    """One entry of ``locations`` in clinic.yaml.

    With ``address`` it is a place to go to. Without, nobody can be shown the way: ``area`` is where the clinic comes to
    people (Google: a service-area business), or it is ``online``.
    """

    name: Text | None = Field(default=None, description="what it is called, such as Larkmouth Harbour or Home visits")
    area: Text | None = Field(
        default=None,
        description="where it is, in words: on the Quay Estate; without an address, how far you go to people: "
        "within ten miles of Larkmouth",
    )
    address: Address | None = Field(
        default=None, description="the postal address, in lines below, if people come to a place"
    )
    online: bool = Field(default=False, description="yes if people are seen online, so that there is no address")
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

    @model_validator(mode="before")
    @classmethod
    def _without_place(cls, value: Any) -> Any:
        """Drop the address of what is no place: "Online" is no town, and that which visits go out from no address."""
        address = value.get("address") if isinstance(value, dict) else None
        if not isinstance(address, dict) or address.keys() - _TOWN_ALONE or any(key in value for key in _OF_A_PLACE):
            return value
        area, name, town = (
            str(found or "") for found in (value.get("area"), value.get("name"), address.get("locality"))
        )
        given = {key: entry for key, entry in value.items() if key != "address"}
        if _ONLINE.fullmatch(town):
            return given | {"online": "yes"}
        if town and (_REACH.match(area) or (_VISITS.search(name) and not area)):
            return given | {"area": area or town}
        return value

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        """Directions lead to a place, so what says the way there needs one."""
        if self.online and self.address:
            message = "people who are seen online come to no address; keep one of the two, or make two locations of it"
            raise RecordError("online", message)
        for key in _OF_A_PLACE:
            if self.address is None and getattr(self, key):
                raise RecordError(key, f'"{key}" shows the way to a place; add its "address", or remove this line')
        if self.address is None and not self.area and not self.online:
            message = 'it is not said where this is; add "address" for a place, "area" for how far you go to people'
            raise RecordError("", f'{message} (area: within ten miles of Larkmouth), or "online: yes"')
        return self

    @property
    def country(self) -> str | None:
        """The country of the address; None where there is no address, which is to say in that of the clinic."""
        return self.address.country if self.address else None

    @property
    def based_in(self) -> str:
        """For example ``Based in Larkmouth on the Quay Estate``, ``Home visits within ten miles of Larkmouth``."""
        if self.address is None:
            said = self.short_name.casefold().endswith(self.in_words.casefold())
            return self.short_name if said else f"{self.short_name} {self.in_words}"
        if self.area:
            return gettext("Based in {place} {area}", place=self.address.locality, area=self.area)
        return gettext("Based in {place}", place=self.address.locality)

    @property
    def in_words(self) -> str:
        """Where people are seen, as a sentence ends: ``in Larkmouth``, ``within ten miles of it``, ``online``."""
        if self.address:
            return gettext("in {place}", place=self.address.locality)
        area = self.area or ""
        if area and not begins_with_preposition(area):
            area = gettext("in {place}", place=area)
        elif area:
            area = area[0].lower() + area[1:]
        # Translators: the end of a sentence: "Physiotherapy online"
        return ", ".join(part for part in (pgettext("how", "online") if self.online else "", area) if part)

    @property
    def short_address(self) -> str:
        """Street, or else area, and town on one line, as far as known; without an address, where it is in words."""
        if self.address is None:
            area = self.area or ""
            parts = (gettext("Online"), area) if self.online else (area[:1].upper() + area[1:],)
            return ", ".join(filter(None, parts))
        return ", ".join(part for part in (self.address.street or self.area_name, self.address.locality) if part)

    @property
    def area_name(self) -> str | None:
        """The area without the preposition: ``on the Quay Estate`` is ``Quay Estate``."""
        return without_preposition(self.area) if self.area else None

    def address_lines(self) -> tuple[str, ...]:
        """The lines of the address; without one, the line that says where people are seen."""
        return self.address.lines() if self.address else (self.short_address,)

    def directions_url(self, clinic_name: str) -> str | None:
        """The address of the first of ``maps``."""
        return next((way.url for way in self.maps(clinic_name)), None)

    def maps(self, clinic_name: str) -> tuple[MapLink, ...]:
        """Links to maps with directions, the owner's own first; nothing is loaded from them here.

        Google Maps URLs ("directions"), Apple Map Links (``daddr``), OpenStreetMap's ``/directions``. Only the first
        knows businesses by name; the others are asked for the address alone. None where there is no place to go to.
        """
        if self.address is None:
            return ()
        area = None if self.address.street else self.area_name
        address = ", ".join(part for part in (area, *self.address.lines()) if part)
        own = self.name if self.name and self.name not in self.short_address else clinic_name
        named = ", ".join(part for part in (own, self.area_name, *self.address.lines()) if part)
        point = f"{self.geo.latitude},{self.geo.longitude}" if self.geo else None
        google = urlencode({"api": "1", "destination": point or named})
        return (
            *((MapLink(gettext("Our map"), self.map_url),) if self.map_url else ()),
            MapLink("Google Maps", f"https://www.google.com/maps/dir/?{google}"),
            MapLink("Apple Maps", f"https://maps.apple.com/?{urlencode({'daddr': point or address})}"),
            MapLink("OpenStreetMap", f"https://www.openstreetmap.org/directions?{urlencode({'to': point or address})}"),
        )

    @property
    def short_name(self) -> str:
        """The location's own name, or else its town, or else what happens there."""
        unplaced = gettext("Online") if self.online else gettext("Home visits")
        return self.name or (self.address.locality if self.address else unplaced)

    def known_as(self, clinic_name: str) -> str:
        """The location's name with the clinic's name before it, unless it holds that already."""
        name = self.short_name
        return name if clinic_name.casefold() in name.casefold() else f"{clinic_name}, {name}"


def _each_with_short_name(value: Any) -> Any:
    """Refuse a location whose keys stand where the short names belong."""
    if not isinstance(value, dict):
        return value
    for key, entry in value.items():
        is_location = isinstance(entry, dict) and entry.keys() & Location.model_fields.keys()
        if key in Location.model_fields and not is_location:
            how = "write one in the line above, such as larkmouth:, and set this line and the others further in"
            raise ValueError(f'"{key}" belongs to a location, and each location needs a short name of its own; {how}')
    return value


def _told_apart(locations: Mapping[Slug, Location]) -> Mapping[Slug, Location]:
    """Of several, each with a name: its own, its town, or its street where others are in that town."""
    if len(locations) == 1:
        return locations
    names = Counter(location.short_name for location in locations.values())
    lines = Counter(location.short_address for location in locations.values())

    def named(slug: Slug, location: Location) -> Location:
        if location.name:
            return location
        name, line = location.short_name, location.short_address
        name = name if names[name] == 1 else line if lines[line] == 1 else slug.replace("-", " ").capitalize()
        return location.model_copy(update={"name": name})

    return {slug: named(slug, location) for slug, location in locations.items()}


Locations: TypeAlias = Annotated[
    Mapping[Slug, Location], BeforeValidator(_each_with_short_name), AfterValidator(_told_apart)
]
"""``locations`` in clinic.yaml: each under a short name, which is also the last part of the address of its page."""
