"""The clinic: everything in ``content/clinic.yaml``, with its services and people."""

import re
from collections.abc import Mapping
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field

from clinic.models.announcements import CareCard, Notice, Testimonial
from clinic.models.articles import ListFeeds, Reviews, ShareWays
from clinic.models.bank_holidays import BankHolidays
from clinic.models.booking import Booking
from clinic.models.brand import Brand
from clinic.models.comments import CommentSettings, Settings
from clinic.models.contact import Reachable
from clinic.models.contact_form import ContactForm
from clinic.models.exemptions import Other
from clinic.models.legal import Legal
from clinic.models.location import Location
from clinic.models.practitioner import Practitioner
from clinic.models.service import Service
from clinic.models.types import Country, Slug, Text, TextList, Url

BUSINESS_TYPES = (
    "MedicalBusiness",
    "HealthAndBeautyBusiness",
    "MedicalClinic",
    "LocalBusiness",
    "DaySpa",
    "SportsActivityLocation",
)
"""schema.org types a clinic may choose. Physiotherapy is left out: in the UK the title is protected (HCPC)."""


def is_timezone(name: str) -> bool:
    """Whether it is a name of the IANA time zone database."""
    return name in available_timezones()


def _timezone(name: str) -> str:
    if not is_timezone(name):
        raise ValueError(f'"{name}" is not a time zone; write one like Europe/London')
    return name


def _business_type(name: str) -> str:
    if name not in BUSINESS_TYPES:
        raise ValueError(f'"{name}" is not a business type we can vouch for; use one of {", ".join(BUSINESS_TYPES)}')
    return name


def _site_address(url: str) -> str:
    """RFC 3986: the addresses of all pages begin with it, so nothing can stand after its path."""
    if "?" in url or "#" in url:
        address = re.split("[?#]", url)[0]
        raise ValueError(f'"{url}" goes on after a "?" or "#"; write the address alone: {address}')
    return url.rstrip("/")


class ClinicFile(Reachable):
    """The keys of ``content/clinic.yaml``."""

    name: Annotated[Text, Field(description="the clinic's name as visitors know it")]
    url: Annotated[Url, AfterValidator(_site_address), Field(description="the site's own address, https://…")]
    strapline: Text | None = None
    description: Text | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$", description="a language code, like en-GB")] = (
        "en-GB"
    )
    country: Country = "GB"
    timezone: Annotated[str, AfterValidator(_timezone)] = "Europe/London"
    types: tuple[Annotated[str, AfterValidator(_business_type)], ...] = ("MedicalBusiness", "HealthAndBeautyBusiness")
    knows_about: TextList = ()
    price_range: Annotated[str, Field(max_length=99)] | None = None
    locations: Annotated[
        Mapping[Slug, Location],
        Field(
            min_length=1,
            description="where people are seen: a short name for each place, and under that its address",
        ),
    ]
    booking: Booking = Booking()
    contact_form: ContactForm | None = None
    bank_holidays: BankHolidays = BankHolidays()
    announce_days: Annotated[int, Field(ge=0, le=90)] = 14
    """How long before a closure or special hours every page says so.

    Two weeks lie between two appointments of most courses of treatment: who comes regularly reads it once before. A
    notice that stands there for longer is furniture, and nobody reads it.
    """
    notices: tuple[Notice, ...] = ()
    testimonials: tuple[Testimonial, ...] = ()
    care_cards: Mapping[Slug, CareCard] = {}
    reviews: Reviews = Reviews()
    comments: Settings = CommentSettings()
    subjects: Mapping[Text, Text] = {}
    """A sentence or two for the head of the list of a category or a tag, by its name."""
    feeds: ListFeeds = ()
    """Which lists of articles have a feed of their own, beside the one of all articles."""
    social: tuple[Url, ...] = ()
    share: ShareWays = ("email", "whatsapp", "facebook")
    """How readers may hand an article on."""
    brand: Brand = Brand()
    legal: Legal = Legal()
    others: tuple[Other, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """The clinic's time zone."""
        return ZoneInfo(self.timezone)


class Clinic(ClinicFile):
    """All facts together. Services and people keep the order their files ask for."""

    services: Mapping[Slug, Service] = {}
    team: Mapping[Slug, Practitioner] = {}

    def practitioner(self, name_or_slug: str) -> Practitioner | None:
        """The person whose file name or full name this is."""
        people = self.team.values()
        by_name = {name.casefold(): person for person in people for name in (person.title, person.name)}
        return self.team.get(name_or_slug) or by_name.get(name_or_slug.casefold())

    def service(self, name_or_slug: str) -> Service | None:
        """The service whose file name or title this is."""
        by_title = {service.title.casefold(): service for service in self.services.values()}
        return self.services.get(name_or_slug) or by_title.get(name_or_slug.casefold())

    def about_subject(self, name: str) -> str | None:
        """What the owner says about a category or a tag; capital letters make no difference."""
        return {subject.casefold(): words for subject, words in self.subjects.items()}.get(name.casefold())

    def care_cards_for(self, conditions: TextList) -> dict[Slug, CareCard]:
        """The care cards that a text about these conditions must carry, by their short names."""
        return {slug: card for slug, card in self.care_cards.items() if card.concerns(conditions)}

    @property
    def staff(self) -> tuple[Practitioner, ...]:
        """Who works here: everyone with a file but those who have left by the day that the facts are of (``as_of``)."""
        return tuple(person for person in self.team.values() if person.left is None)

    @property
    def home_location(self) -> Location:
        """The first location: the one shown where there is room for one."""
        return next(iter(self.locations.values()))

    @property
    def has_location_pages(self) -> bool:
        """Whether each location has a page of its own; the page of an only location is the contact page."""
        return len(self.locations) > 1

    def places_of(self, person: Practitioner) -> tuple[Location, ...]:
        """Where a person works, as far as their file says."""
        return tuple(self.locations[slug] for slug in person.locations if slug in self.locations)

    def only_place_of(self, person: Practitioner) -> Location | None:
        """Where a person works, where that is one place."""
        places = self.places_of(person)
        return places[0] if len(places) == 1 else None
