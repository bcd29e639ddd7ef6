"""The clinic: the keys of ``content/clinic.yaml``, and these together with its services and practitioners."""

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Annotated, TypeAlias
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, field_validator

from clinic.models.announcements import CareCard, Notice, ReviewPages, Testimonial
from clinic.models.articles import ListFeeds, Reviews, ShareWays
from clinic.models.bank_holidays import BankHolidays
from clinic.models.base import Exemptions, Record
from clinic.models.booking import Booking
from clinic.models.brand import Brand
from clinic.models.claims import Claims
from clinic.models.comments import CommentSettings, SiteComments
from clinic.models.contact import ContactForm, Reachable
from clinic.models.discovery import AiCrawlers, Discovery, Verification
from clinic.models.events import Event
from clinic.models.exercises import Exercise
from clinic.models.fees import Fee, Insurers, Payment
from clinic.models.frame import Home, Menu
from clinic.models.host import Editor, HostOrWord
from clinic.models.language import Language
from clinic.models.legal import Legal, ThirdParty, registered_as, taxed_as
from clinic.models.location import Location, Locations
from clinic.models.money import Currency
from clinic.models.own_words import Words
from clinic.models.practitioner import Practitioner
from clinic.models.service import ClinicVisit, Service
from clinic.models.types import NO_URL, Country, Slug, Text, TextList, Url, checked, is_url, slug_like
from clinic.models.words import in_list

BUSINESS_TYPES = (
    "MedicalBusiness",
    "HealthAndBeautyBusiness",
    "MedicalClinic",
    "LocalBusiness",
    "DaySpa",
    "SportsActivityLocation",
)
"""schema.org types a clinic may choose. Physiotherapy is left out: in the UK the title is protected (HCPC)."""
_CHOICE = ", ".join(BUSINESS_TYPES)
_LABEL = re.compile(r"\w(?:[\w-]{0,61}\w)?")
"""One of the names between the dots of a host (RFC 1035, 2.3.1), in the letters of any language."""
_SIGNS = re.compile(r"""[<>"'\\,;@\s]|/\.\.?/""")
"""What no address of a site has in it: typed around or behind one, or leading out of it."""


def is_timezone(name: str) -> bool:
    """Whether it is a name of the IANA time zone database."""
    return name in available_timezones()


def _timezone_error(name: str) -> str:
    city = name.strip().replace(" ", "_").casefold()
    zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    likely = next((zone for zone in zones if city in {zone.casefold(), zone.rpartition("/")[2].casefold()}), None)
    return f"is not a time zone; write {likely or 'one like Europe/London'}"


def site_address(url: str) -> str:
    """The address without a slash at its end. Raises ValueError for what cannot begin the addresses of all pages."""
    if not is_url(url) or not _is_plain(url):
        likely = f"https://{url.strip()}"
        is_bare = not _SIGNS.search(url) and is_url(likely) and _is_plain(likely)
        raise ValueError(f'"{url}" is not a web address; write {likely}' if is_bare else f'"{url}" {NO_URL}')
    if "?" in url or "#" in url:
        address = re.split("[?#]", url)[0]
        raise ValueError(f'"{url}" goes on after a "?" or "#"; write the address alone: {address}')
    return url.rstrip("/")


def _is_plain(url: str) -> bool:
    """Whether its host and port can be, and it has no user and no sign that ends addresses."""
    with suppress(ValueError):
        parts = urlsplit(url)
        host = parts.hostname or ""
        may_be = ":" in host or all(map(_LABEL.fullmatch, host.split(".")))
        return may_be and parts.username is None and parts.port != 0 and not _SIGNS.search(parts.path)
    return False


BusinessType: TypeAlias = Annotated[
    str, checked(BUSINESS_TYPES.__contains__, f"is not a business type that fits a clinic; use one of {_CHOICE}")
]


class Search(Record):
    """What the search of the site knows beside the words of its pages."""

    synonyms: Mapping[Text, TextList] = Field(
        default={},
        description="what people type that no page says, each with what to look for instead: slipped disc: [disc]",
    )

    @field_validator("synonyms")
    @classmethod
    def _is_another(cls, synonyms: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        for phrase, others in synonyms.items():
            if not others or phrase.casefold() in {other.casefold() for other in others}:
                raise ValueError(f'"{phrase}" has to have other words than itself, such as slipped disc: [disc]')
        return synonyms


class ClinicFile(Reachable):
    """The keys of ``content/clinic.yaml``."""

    name: Text = Field(description="the clinic's name as visitors know it")
    url: Annotated[str, AfterValidator(site_address)] = Field(description="the site's own address, https://…")
    strapline: Text | None = Field(default=None, description="a few words beneath the name")
    description: Text | None = Field(default=None, description="one or two sentences for search engines")
    country: Country = Field(default="GB", description="the country's code, such as GB")
    language: Language = Field(
        default=None,
        validate_default=True,
        description="the language of the site, en, de or cy, or one like en-GB, if it is not that of the country",
    )
    currency: Currency = Field(
        default=None,
        validate_default=True,
        description="the code of a currency, such as EUR, if it is not the country's",
    )
    timezone: Annotated[str, checked(is_timezone, _timezone_error)] = Field(
        default="Europe/London", description="the time zone of dates and hours, such as Europe/London"
    )
    types: tuple[BusinessType, ...] = Field(
        default=("MedicalBusiness", "HealthAndBeautyBusiness"), description="what search engines take the clinic for"
    )
    knows_about: TextList = Field(default=(), description="what the clinic knows about, for search engines")
    price_range: str | None = Field(default=None, max_length=99, description="what visits cost, such as £45–£60")
    locations: Locations = Field(
        min_length=1,
        description="where people are seen: a short name for each, and under that its address, or area, or online: yes",
    )
    areas: TextList = Field(
        default=(), description="where you also visit people at home: towns or districts, such as Larkmouth, Upper Tarn"
    )
    appointment_only: bool = Field(default=False, description="yes if nobody is seen without an appointment")
    booking: Booking = Field(default=Booking(), description="how people book")
    first_visit: ClinicVisit | None = Field(
        default=None, description="what people book who come for the first time, whatever for"
    )
    returning: ClinicVisit | None = Field(default=None, description="what people book who have been there before")
    fees: tuple[Fee, ...] = Field(default=(), description="what costs something beside the services, each with its sum")
    payment: Payment = Field(default=Payment(), description="how people may pay, such as cash, card, bank transfer")
    insurers: Insurers = Field(default=(), description="the insurers that pay for visits: a name each, or more lines")
    contact_form: ContactForm | None = Field(default=None, description="who takes the contact form in")
    bank_holidays: BankHolidays = Field(default=BankHolidays(), description="what the clinic does on bank holidays")
    # Two weeks lie between two appointments of most courses of treatment: regular visitors read the notice once
    # before. A notice that is there for longer is no longer read.
    announce_days: int = Field(default=14, ge=0, le=90, description="how many days before a closure every page says so")
    notices: tuple[Notice, ...] = Field(default=(), description="lines for the top of every page, each for some days")
    testimonials: tuple[Testimonial, ...] = Field(default=(), description="what visitors said, with their consent")
    reviews_elsewhere: ReviewPages = Field(
        default=(), description="where visitors may say how it was: an address each, or name and url; never stars"
    )
    care_cards: Mapping[Slug, CareCard] = Field(default={}, description="when to seek help, each under a short name")
    reviews: Reviews = Field(default=Reviews(), description="how often articles and pages are reviewed")
    comments: SiteComments = Field(default=CommentSettings(), description="off, or the rules for comments")
    subjects: Mapping[Text, Text] = Field(
        default={}, description="a sentence or two for the head of the list of a category or tag, by its name"
    )
    search: Search = Field(default=Search(), description="what the site's own search is told beside the pages")
    feeds: ListFeeds = Field(default=(), description="which lists have a feed of their own: category, author, tag")
    social: tuple[Url, ...] = Field(default=(), description="the clinic's pages elsewhere, a line each, with https://")
    share: ShareWays = Field(
        default=("email", "whatsapp", "facebook"),
        description="how to share: email, whatsapp, facebook, linkedin, bluesky",
    )
    verification: Verification = Field(
        default=Verification(), description="codes by which search engines know that the site is yours"
    )
    words: Words = Field(
        default={},
        description="your own words in place of the site's, each under its name: Book an appointment: Book a visit",
    )
    home: Home = Field(default=Home(), description="what the home page shows, and in which order")
    menu: Menu | None = Field(
        default=None,
        description="the menu: a line for each page, by its title or path, or words: and an address elsewhere; without "
        "it, the pages that have menu in their front matter",
    )
    footer: Menu | None = Field(default=None, description="the footer's list of pages, as menu; without it, the menu")
    brand: Brand = Field(default=Brand(), description="the clinic's colours, typeface, logo and icons")
    legal: Legal = Field(default=Legal(), description="who trades under the clinic's name")
    host: HostOrWord | None = Field(
        default=None,
        description="where the site is served: netlify, cloudflare, github, s3, rsync or sftp, or its keys",
    )
    third_parties: tuple[ThirdParty, ...] = Field(
        default=(), description="other sites whose frames or pictures your pages load, each with what for"
    )
    ai: AiCrawlers = Field(
        default=AiCrawlers(), description="what robots.txt says to crawlers of AI: search and training, yes or no each"
    )
    discovery: Discovery = Field(
        default=Discovery(), description="what programs are told beside the pages: facts, llms, security, indexnow"
    )
    editor: Editor | None = Field(
        default=None, description="to write in the browser on the published site: the repository that it saves to"
    )
    others: Exemptions = ()
    claims: Claims = ()

    @property
    def zone(self) -> ZoneInfo:
        """The clinic's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def registration_lines(self) -> tuple[str, ...]:
        """Where the company is registered, and for which taxes, a line each, in the words of its country."""
        legal, number = self.legal, self.legal.company_number
        tax = taxed_as(legal.vat_number, self.country) if legal.vat_number else None
        return tuple(filter(None, (registered_as(number, self.country) if number else None, tax)))


class Clinic(ClinicFile):
    """clinic.yaml with the services and practitioners by slug, in the order that their files ask for."""

    events: Mapping[Slug, Event] = Field(default={}, description="what takes place at the clinic: the files in events/")
    exercises: Mapping[Slug, Exercise] = Field(
        default={}, description="exercises that the clinic gives: the files in exercises/"
    )
    services: Mapping[Slug, Service] = Field(default={}, description="what the clinic does: the files in services/")
    team: Mapping[Slug, Practitioner] = Field(default={}, description="who works at the clinic: the files in team/")

    def fees_of(self, service: str) -> tuple[Fee, ...]:
        """The fees that hold for the service of this file name."""
        return tuple(fee for fee in self.fees if fee.belongs_to(service))

    def practitioner(self, name_or_slug: str) -> Practitioner | None:
        """The practitioner with this file name or name, be it without titles and letters."""
        wanted = name_or_slug.casefold()
        team = self.team.values()
        named = (one for one in team if wanted == one.title.casefold() or wanted == one.name.casefold())
        plain = (one for one in team if wanted == one.plain_name.casefold())
        return self.team.get(name_or_slug) or next(named, None) or next(plain, None)

    def service(self, name_or_slug: str) -> Service | None:
        """The service with this file name or title."""
        by_title = {service.title.casefold(): service for service in self.services.values()}
        return self.services.get(name_or_slug) or by_title.get(name_or_slug.casefold())

    def about_subject(self, name: str) -> str | None:
        """The entry of ``subjects`` for a category or tag, whatever its capitals, spaces and hyphens."""
        return {slug_like(subject): text for subject, text in self.subjects.items()}.get(slug_like(name))

    def care_cards_for(self, conditions: TextList) -> dict[Slug, CareCard]:
        """The care cards that a text about these conditions must show, by their short names."""
        return {slug: card for slug, card in self.care_cards.items() if card.concerns(conditions)}

    @property
    def staff(self) -> tuple[Practitioner, ...]:
        """Everyone but those who have left by the day that the record is of (``Practitioner.as_of``)."""
        return tuple(practitioner for practitioner in self.team.values() if practitioner.left is None)

    @property
    def home_location(self) -> Location:
        """The first location: the one shown where there is room for one."""
        return next(iter(self.locations.values()))

    @property
    def places(self) -> tuple[Location, ...]:
        """The locations that people can come to; none of a clinic that only makes visits, or is online."""
        return tuple(location for location in self.locations.values() if location.address)

    @property
    def areas_in_words(self) -> str | None:
        """``Larkmouth, Upper Tarn and Quayside``; None where no home visits are made beside the locations."""
        return in_list(self.areas) if self.areas else None

    @property
    def is_also_online(self) -> bool:
        """Whether people may be seen online who could come to a place as well."""
        return bool(self.places) and any(location.online for location in self.locations.values())

    @property
    def has_location_pages(self) -> bool:
        """Whether each location has a page of its own; the page of an only location is the contact page."""
        return len(self.locations) > 1

    def locations_of(self, practitioner: Practitioner) -> tuple[Location, ...]:
        """The locations that a practitioner's file names."""
        return tuple(self.locations[slug] for slug in practitioner.locations if slug in self.locations)

    def only_location_of(self, practitioner: Practitioner) -> Location | None:
        """The location that a practitioner's file names, if it names one alone."""
        locations = self.locations_of(practitioner)
        return locations[0] if len(locations) == 1 else None
