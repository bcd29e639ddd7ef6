"""How people book: a link for the whole clinic, or the ways to ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Literal, Self, TypeAlias
from urllib.parse import urljoin, urlsplit

from pydantic import AfterValidator, BeforeValidator, model_validator

from clinic.models.base import Record, RecordError
from clinic.models.suggestions import suggestion
from clinic.models.types import Text, Url, as_list, unique
from clinic.models.urls import host_of, in_path, joined, with_parameters

Kind: TypeAlias = Literal["practitioner", "service", "location"]
Ids: TypeAlias = Mapping[Kind, str]


@dataclass(frozen=True)
class Frame:
    """How a provider's page is asked for when it is to stand inside another; ``{site}`` is the host of that other."""

    query: Mapping[str, str] = field(default_factory=dict)
    path: str = ""


@dataclass(frozen=True)
class Provider:
    """One online booking service.

    ``domains``: its addresses are on one of these, or on a host below it. ``query``, ``path`` and ``fragment`` say
    where in an address the id of each kind of record goes, in this order; a path that begins with a slash takes the
    place of the clinic's own. ``root`` is where a fragment goes on from. ``frame``: None where its pages may not be
    framed.
    """

    name: str
    domains: tuple[str, ...] = ()
    query: Mapping[Kind, str] = field(default_factory=dict)
    path: Mapping[Kind, str] = field(default_factory=dict)
    fragment: Mapping[Kind, str] = field(default_factory=dict)
    root: str = ""
    frame: Frame | None = None

    def domain(self, url: str) -> str | None:
        """Which of its domains the address is on; None where it is on none, and for a plain link, which has none."""
        host = host_of(url)
        return next((domain for domain in self.domains if host == domain or host.endswith(f".{domain}")), None)

    def owns(self, url: str) -> bool:
        """Whether the address can be one of this provider's."""
        return not self.domains or self.domain(url) is not None

    def takes(self, kind: Kind) -> bool:
        """Whether the address of a service, a person or a place can be put together from an id."""
        return any(kind in shape for shape in (self.query, self.path, self.fragment))

    def deep_link(self, url: str, ids: Ids) -> str:
        """The clinic's address, narrowed down to what the ids name."""
        known = {kind: words for kind, words in ids.items() if self.takes(kind)}
        if not known:
            return url
        parts = urlsplit(urljoin(url, self.root))
        for kind, shape in self.path.items():
            if kind in known:
                part = shape.format(in_path(known[kind]))
                parts = parts._replace(path=part if part.startswith("/") else f"{parts.path.rstrip('/')}/{part}")
        route = "".join(shape.format(in_path(known[kind])) for kind, shape in self.fragment.items() if kind in known)
        parts = parts._replace(fragment=parts.fragment + route if self.root or not route else route)
        return with_parameters(joined(parts), {name: known[kind] for kind, name in self.query.items() if kind in known})

    def framed(self, url: str, site: str) -> str:
        """The address for a frame in a page of ``site``, a host."""
        frame = self.frame or Frame()
        parts = urlsplit(url)
        inside = joined(parts._replace(path=f"{parts.path.rstrip('/')}{frame.path}")) if frame.path else url
        return with_parameters(inside, {key: value.format(site=site) for key, value in frame.query.items()})


PLAIN_LINK = "link"
PROVIDERS: Mapping[str, Provider] = {
    PLAIN_LINK: Provider("the booking page"),
    # The embed code that Cliniko hands out is a frame of these parameters; one host for each region (…uk3.cliniko.com).
    "cliniko": Provider(
        "Cliniko",
        ("cliniko.com",),
        query={"location": "business_id", "practitioner": "practitioner_id", "service": "appointment_type_id"},
        frame=Frame({"embedded": "true"}),
    ),
    # As Jane's own pages have it: /locations/<name>/book#/staff_member/<number>. A treatment's address needs the number
    # of its discipline as well, so a service has a booking_url. Jane hands out a button, not its page, for framing.
    "jane": Provider(
        "Jane",
        ("janeapp.com", "janeapp.co.uk", "janeapp.com.au", "jane.app"),
        path={"location": "/locations/{}/book"},
        fragment={"practitioner": "/staff_member/{}"},
    ),
    # No documented address of a single service or person: Fresha's own link builder gives the whole one.
    "fresha": Provider("Fresha", ("fresha.com",)),
    # help.acuityscheduling.com, "Parameters for dynamic links"; developers.acuityscheduling.com/docs/embedding.
    "acuity": Provider(
        "Acuity",
        ("acuityscheduling.com", "as.me", "squarespacescheduling.com"),
        query={"location": "location", "practitioner": "calendarID", "service": "appointmentType"},
        frame=Frame(),
    ),
    # developer.calendly.com: an event type is a path below the page of its owner. The inline embed's two parameters let
    # it be framed.
    "calendly": Provider(
        "Calendly",
        ("calendly.com",),
        path={"service": "{}"},
        frame=Frame({"embed_type": "Inline", "embed_domain": "{site}"}),
    ),
    # cal.com/help/embedding: rick/get-rick-rolled; only the address with /embed at its end may be framed (#6946).
    "cal.com": Provider("Cal.com", ("cal.com", "cal.eu"), path={"service": "{}"}, frame=Frame(path="/embed")),
    # As Square's own pages have it: …/location/<id>/services/<id>?team_member_id=<id>. The location is part of the
    # clinic's address, so a second one has a booking_url. Square frames its page by a script of its own only.
    "square": Provider(
        "Square", ("squareup.com", "square.site"), path={"service": "{}"}, query={"practitioner": "team_member_id"}
    ),
    # As Setmore's own pages have it: <clinic>.setmore.com/services/<id>. Its widget is a frame of the same pages.
    "setmore": Provider("Setmore", ("setmore.com",), path={"service": "/services/{}"}, frame=Frame()),
    # As SimplyBook.me's own pages have it: /v2/#book/location/1/service/2/count/1/provider/3. Its widget is a frame.
    "simplybook": Provider(
        "SimplyBook.me",
        ("simplybook.me", "simplybook.it", "simplybook.asia"),
        fragment={"location": "/location/{}", "service": "/service/{}", "practitioner": "/provider/{}"},
        root="/v2/#book",
        frame=Frame(),
    ),
    # As Timely's own pages have it: /Booking/Location/<number>. Nothing documented for services and people.
    "timely": Provider("Timely", ("gettimely.com",), path={"location": "/Booking/Location/{}"}),
    # No documented address of a single service or person.
    "tm3": Provider("TM3", ("tm3app.com",)),
}
"""By the word that the owner writes in ``booking: {provider: …}``."""


class BookingMethod(Enum):
    """A way to ask for an appointment, in the order the owner wants them offered."""

    ONLINE = "online"
    PHONE = "phone"
    TEXT = "text"
    WHATSAPP = "whatsapp"
    EMAIL = "email"


def _provider(word: str) -> str:
    if word not in PROVIDERS:
        raise ValueError(f'"{word}" is not a booking service known by name{suggestion(word, PROVIDERS)}')
    return word


class Booking(Record):
    """``url`` is where the visitor books online; without it the book page offers ``methods``."""

    provider: Annotated[str, AfterValidator(_provider)] = PLAIN_LINK
    url: Url | None = None
    embed: bool = False
    """Whether the book page can show the provider's form in itself, once the visitor asks for it."""
    campaign: bool = True
    """Whether the links to the provider say which page, and which place on it, they stand on."""
    methods: Annotated[tuple[BookingMethod, ...], BeforeValidator(as_list), AfterValidator(unique)] = (
        BookingMethod.ONLINE,
        BookingMethod.PHONE,
        BookingMethod.TEXT,
        BookingMethod.WHATSAPP,
        BookingMethod.EMAIL,
    )

    @property
    def online(self) -> str | None:
        """The clinic's booking address, None where it takes no bookings online."""
        return self.url if BookingMethod.ONLINE in self.methods else None

    @property
    def service(self) -> Provider:
        """What is known of the provider."""
        return PROVIDERS[self.provider]


class Bookable(Record):
    """A record that people may book: a service, a person, a place. ``booking_id`` is what the provider calls it."""

    booking_url: Url | None = None
    booking_id: Text | None = None

    @property
    def has_own_booking(self) -> bool:
        """Whether it has an address of its own to be booked at."""
        return bool(self.booking_url or self.booking_id)

    @model_validator(mode="after")
    def _one_address(self) -> Self:
        if self.booking_url and self.booking_id:
            raise RecordError("booking_id", 'both "booking_id" and "booking_url" are given; keep one of them')
        return self
