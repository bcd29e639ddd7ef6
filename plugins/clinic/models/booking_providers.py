"""The online booking services that are known by name. To add one, add an entry to BOOKING_PROVIDERS."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias
from urllib.parse import urljoin, urlsplit

from clinic.models.urls import host_of, in_path, joined, with_parameters

BookableKind: TypeAlias = Literal["practitioner", "service", "location"]
BookingIds: TypeAlias = Mapping[BookableKind, str]
"""The provider's own identifier of each kind of record."""


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
    the clinic's own address. ``root`` is what a fragment is appended to. ``frame``: None where its pages may not be
    framed.
    """

    name: str
    domains: tuple[str, ...] = ()
    query: Mapping[BookableKind, str] = field(default_factory=dict)
    path: Mapping[BookableKind, str] = field(default_factory=dict)
    fragment: Mapping[BookableKind, str] = field(default_factory=dict)
    root: str = ""
    frame: Frame | None = None

    def domain(self, url: str) -> str | None:
        """Which of its domains the address is on; None if on none of them."""
        host = host_of(url)
        return next((domain for domain in self.domains if host == domain or host.endswith(f".{domain}")), None)

    def is_own_url(self, url: str) -> bool:
        """Whether the address can be one of this provider's; a plain link may be anywhere."""
        return not self.domains or self.domain(url) is not None

    def accepts_id_of(self, kind: BookableKind) -> bool:
        """Whether the address of such a record can be built from its id."""
        return any(kind in shape for shape in (self.query, self.path, self.fragment))

    def deep_link(self, url: str, ids: BookingIds) -> str:
        """The clinic's booking address, narrowed down to the records with these ids."""
        known = {kind: value for kind, value in ids.items() if self.accepts_id_of(kind)}
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

    def frame_url(self, url: str, site: str) -> str:
        """The address for a frame in a page of the host ``site``."""
        frame = self.frame or Frame()
        parts = urlsplit(url)
        inside = joined(parts._replace(path=f"{parts.path.rstrip('/')}{frame.path}")) if frame.path else url
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
        frame=Frame({"embed_type": "Inline", "embed_domain": "{site}"}),
    ),
    # cal.com/help/embedding: rick/get-rick-rolled; only the address with /embed at its end may be framed (#6946).
    "cal.com": BookingProvider("Cal.com", ("cal.com", "cal.eu"), path={"service": "{}"}, frame=Frame(path="/embed")),
    # As Square's own pages have it: …/location/<id>/services/<id>?team_member_id=<id>. The location is part of the
    # clinic's address, so a second one has a booking_url. Square frames its page by a script of its own only.
    "square": BookingProvider(
        "Square", ("squareup.com", "square.site"), path={"service": "{}"}, query={"practitioner": "team_member_id"}
    ),
    # As Setmore's own pages have it: <clinic>.setmore.com/services/<id>. Its widget is a frame of the same pages.
    "setmore": BookingProvider("Setmore", ("setmore.com",), path={"service": "/services/{}"}, frame=Frame()),
    # As SimplyBook.me's own pages have it: /v2/#book/location/1/service/2/count/1/provider/3. Its widget is a frame.
    "simplybook": BookingProvider(
        "SimplyBook.me",
        ("simplybook.me", "simplybook.it", "simplybook.asia"),
        fragment={"location": "/location/{}", "service": "/service/{}", "practitioner": "/provider/{}"},
        root="/v2/#book",
        frame=Frame(),
    ),
    # As Timely's own pages have it: /Booking/Location/<number>. Nothing documented for services and people.
    "timely": BookingProvider("Timely", ("gettimely.com",), path={"location": "/Booking/Location/{}"}),
    # No documented address of a single service or person.
    "tm3": BookingProvider("TM3", ("tm3app.com",)),
}
"""By the word that the owner writes in ``booking: {provider: …}``."""
