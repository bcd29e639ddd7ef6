"""How visitors book: the online services known by name, ``booking`` in clinic.yaml, the booking keys of records."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Literal, Self, TypeAlias
from urllib.parse import SplitResult, parse_qs, quote, urlencode, urljoin, urlsplit, urlunsplit

from pydantic import Field, model_validator

from clinic.models.base import Record, RecordError
from clinic.models.suggestions import suggestion
from clinic.models.types import ListOf, Text, Url, checked

BookableKind: TypeAlias = Literal["practitioner", "service", "location"]
BookingIds: TypeAlias = Mapping[BookableKind, str]
"""The provider's own identifier of each kind of record."""


def with_parameters(url: str, parameters: Mapping[str, str]) -> str:
    """The address with these parameters at the end of its query; those it has already keep their value."""
    parts = urlsplit(url)
    given = parse_qs(parts.query, keep_blank_values=True)
    new = urlencode({key: value for key, value in parameters.items() if key not in given}, safe="/", quote_via=quote)
    return _joined(parts._replace(query="&".join(filter(None, (parts.query, new)))))


def host_of(url: str) -> str:
    """The host in small letters, without ``www.``; empty if there is none."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _joined(parts: SplitResult) -> str:
    """The address of these parts; before a query or fragment, an empty path becomes ``/`` as in browsers (RFC 3986)."""
    return urlunsplit(parts._replace(path=parts.path or "/") if parts.query or parts.fragment else parts)


@dataclass(frozen=True)
class Frame:
    """What a provider's address needs to be shown in a frame; ``{site}`` stands for the host of the page around it."""

    query: Mapping[str, str] = field(default_factory=dict)
    path: str = ""


@dataclass(frozen=True)
class BookingProvider:
    """One online booking service.

    ``domains``: its addresses are on one of these or on a subdomain. ``query``, ``path`` and ``fragment`` say where in
    an address the id of each kind of record goes, in this order; a path that begins with a slash replaces the path of
    the clinic's own address. ``tail`` matches the end of the clinic's path that is narrower already, such as the list
    of services, and is left out before a part is appended. ``shape`` matches the addresses of clinics that ids can be
    added to; ``older`` says where ids go in others. ``root`` is what a fragment is appended to. ``frame``: None where
    its pages may not be framed.
    """

    name: str
    domains: tuple[str, ...] = ()
    query: Mapping[BookableKind, str] = field(default_factory=dict)
    path: Mapping[BookableKind, str] = field(default_factory=dict)
    fragment: Mapping[BookableKind, str] = field(default_factory=dict)
    root: str = ""
    tail: str = "$"
    shape: str = ""
    older: "BookingProvider | None" = None
    frame: Frame | None = None

    def domain(self, url: str) -> str | None:
        """Which of its domains the address is on; None if on none of them."""
        host = host_of(url)
        return next((domain for domain in self.domains if host == domain or host.endswith(f".{domain}")), None)

    def is_own_url(self, url: str) -> bool:
        """Whether the address can be one of this provider's; a plain link may be anywhere."""
        return not self.domains or self.domain(url) is not None

    def accepts_id_of(self, kind: BookableKind, url: str) -> bool:
        """Whether the address of such a record can be built from its id and the clinic's address ``url``."""
        if not re.search(self.shape, url):
            return self.older is not None and self.older.accepts_id_of(kind, url)
        return any(kind in shape for shape in (self.query, self.path, self.fragment))

    def deep_link(self, url: str, ids: BookingIds) -> str:
        """The clinic's booking address, narrowed down to the records with these ids."""
        if self.older and not re.search(self.shape, url):
            return self.older.deep_link(url, ids)
        known = {kind: quote(value, safe="") for kind, value in ids.items() if self.accepts_id_of(kind, url)}
        if not known:
            return url
        parts = urlsplit(urljoin(url, self.root))
        for kind, shape in self.path.items():
            if kind in known:
                part, above = shape.format(known[kind]), re.sub(self.tail, "", parts.path.rstrip("/"))
                parts = parts._replace(path=part if part.startswith("/") else f"{above}/{part}")
        route = "".join(shape.format(known[kind]) for kind, shape in self.fragment.items() if kind in known)
        parts = parts._replace(fragment=parts.fragment + route if self.root or not route else route)
        return with_parameters(_joined(parts), {name: ids[kind] for kind, name in self.query.items() if kind in ids})

    def frame_url(self, url: str, site: str) -> str:
        """The address for a frame in a page of the host ``site``."""
        frame = self.frame or Frame()
        parts = urlsplit(url)
        inside = _joined(parts._replace(path=f"{parts.path.rstrip('/')}{frame.path}")) if frame.path else url
        return with_parameters(inside, {key: value.format(site=site) for key, value in frame.query.items()})


PLAIN_LINK = "link"
BOOKING_PROVIDERS: Mapping[str, BookingProvider] = {
    PLAIN_LINK: BookingProvider("the booking page"),
    # The embed code that Cliniko hands out is a frame of these parameters; one host for each region (…uk3.cliniko.com).
    "cliniko": BookingProvider(
        "Cliniko",
        ("cliniko.com",),
        query={"location": "business_id", "practitioner": "practitioner_id", "service": "appointment_type_id"},
        frame=Frame({"embedded": "true"}),
    ),
    # As Jane's own pages have it: /locations/<name>/book#/staff_member/<number>. A treatment's address needs the number
    # of its discipline as well, so a service has a booking_url. Jane hands out a button, not its page, for framing.
    "jane": BookingProvider(
        "Jane",
        ("janeapp.com", "janeapp.co.uk", "janeapp.com.au", "jane.app"),
        path={"location": "/locations/{}/book"},
        fragment={"practitioner": "/staff_member/{}"},
    ),
    # No documented address of a single service or person: Fresha's own link builder gives the whole one.
    "fresha": BookingProvider("Fresha", ("fresha.com",)),
    # help.acuityscheduling.com, "Parameters for dynamic links"; developers.acuityscheduling.com/docs/embedding.
    "acuity": BookingProvider(
        "Acuity",
        ("acuityscheduling.com", "as.me", "squarespacescheduling.com"),
        query={"location": "location", "practitioner": "calendarID", "service": "appointmentType"},
        frame=Frame(),
    ),
    # developer.calendly.com: an event type is a path below the page of its owner. The inline embed's two parameters let
    # it be framed.
    "calendly": BookingProvider(
        "Calendly",
        ("calendly.com",),
        path={"service": "{}"},
        tail="(?<=[^/])/[^/]+$",  # calendly.com/<clinic>, or /<clinic>/<event>
        frame=Frame({"embed_type": "Inline", "embed_domain": "{site}"}),
    ),
    # cal.com/help/embedding: rick/get-rick-rolled; only the address with /embed at its end may be framed (#6946).
    # A team is at cal.com/team/<name>.
    "cal.com": BookingProvider(
        "Cal.com",
        ("cal.com", "cal.eu"),
        path={"service": "{}"},
        tail="(?<=[^/])(?<!^/team)/[^/]+$",
        frame=Frame(path="/embed"),
    ),
    # As Square's own pages have it: …/appointments/<id>/location/<id>/services/<id>?team_member_id=<id>, or, older,
    # …/appointments/book/<id>/<id>/services. Its dashboard hands out the address with /services, with /start or without
    # either. The location is part of the clinic's address, so a second one has a booking_url; a shop at square.site has
    # no such pages. Square frames its page by a script of its own only.
    "square": BookingProvider(
        "Square",
        ("squareup.com", "square.site"),
        query={"practitioner": "team_member_id"},
        path={"practitioner": "services", "service": "services/{}"},
        tail="/(?:services(?:/[^/]+)?|start)$",
        shape=r"/appointments/(?:book/)?[\w-]+/(?:location/)?[\w-]+",
    ),
    # As Setmore's own pages have it: <clinic>.setmore.com/services/<id>, the first part of its path, or, older,
    # booking.setmore.com/scheduleappointment/<id>/services/<id>. Its widget is a frame of the same pages.
    "setmore": BookingProvider(
        "Setmore",
        ("setmore.com",),
        path={"service": "services/{}"},
        tail="^/(?!scheduleappointment/).*|/services(?:/.*)?$",
        frame=Frame(),
    ),
    # As SimplyBook.me's own pages have it: /v2/#book/location/1/service/2/count/1/provider/3. Its widget is a frame.
    "simplybook": BookingProvider(
        "SimplyBook.me",
        ("simplybook.me", "simplybook.it", "simplybook.asia"),
        fragment={"location": "/location/{}", "service": "/service/{}", "practitioner": "/provider/{}"},
        root="/v2/#book",
        frame=Frame(),
    ),
    # As Timely's own pages have it: bookings.gettimely.com/<clinic>/bb/book?location=<id>&product=<id>&staff=<id>; the
    # id of a product ends with its kind (2451305:SV). Before, book.gettimely.com/Booking/Location/<id>, and no more.
    "timely": BookingProvider(
        "Timely",
        ("gettimely.com",),
        query={"location": "location", "service": "product", "practitioner": "staff"},
        shape=r"gettimely\.com/[\w-]+/(?:bb/)?book\b",
        older=BookingProvider("Timely", path={"location": "/Booking/Location/{}"}),
    ),
    # No documented address of a single service or person.
    "tm3": BookingProvider("TM3", ("tm3app.com",)),
}
"""By the word that the owner writes in ``booking: {provider: …}``."""


class BookingMethod(Enum):
    """A way to ask for an appointment."""

    ONLINE = "online"
    PHONE = "phone"
    TEXT = "text"
    WHATSAPP = "whatsapp"
    EMAIL = "email"


def _provider_error(word: str) -> str:
    return f"is not a booking service known by name{suggestion(word, BOOKING_PROVIDERS)}"


class Booking(Record):
    """``booking`` in clinic.yaml. Without ``url`` the book page offers the other ``methods``."""

    provider: Annotated[str, checked(BOOKING_PROVIDERS.__contains__, _provider_error)] = Field(
        default=PLAIN_LINK, description="the online booking service, such as cliniko; link for any other"
    )
    url: Url | None = Field(default=None, description="the clinic's page at the booking service, with https://")
    embed: bool = Field(default=False, description="yes to show the provider's form in the book page, once asked for")
    campaign: bool = Field(default=True, description="no to keep from the provider which page a link is on")
    methods: ListOf[BookingMethod] = Field(
        default=tuple(BookingMethod), description="the ways to book, in order: online, phone, text, whatsapp, email"
    )

    @property
    def online_url(self) -> str | None:
        """The clinic's booking address; None where it takes no bookings online."""
        return self.url if BookingMethod.ONLINE in self.methods else None

    @property
    def provider_details(self) -> BookingProvider:
        """What is known of the provider."""
        return BOOKING_PROVIDERS[self.provider]


class Bookable(Record):
    """A record that visitors may book: a service, a practitioner, a location."""

    booking_url: Url | None = Field(default=None, description="its own address at the booking service, with https://")
    booking_id: Text | None = Field(default=None, description="what the booking service calls it, such as 12345")

    @property
    def has_own_booking(self) -> bool:
        """Whether it can be booked by itself."""
        return bool(self.booking_url or self.booking_id)

    @model_validator(mode="after")
    def _one_address(self) -> Self:
        if self.booking_url and self.booking_id:
            raise RecordError("booking_id", 'both "booking_id" and "booking_url" are given; keep one of them')
        return self
