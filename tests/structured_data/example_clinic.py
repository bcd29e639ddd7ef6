"""An invented clinic, with one location, with two, and with the least that is allowed; and a page of every kind."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from clinic.domain.articles.series import Series
from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.domain.pages.media import Image, Video
from clinic.domain.pages.page import Crumb, Feed, PageFacts, PageKind
from clinic.domain.pages.urls import BLOG, BOOK, CONTACT, SERVICES, TEAM, SiteAddress
from clinic.models.articles import Citation
from clinic.models.clinic import Clinic
from clinic.models.practitioner import Practitioner
from clinic.models.service import Service
from clinic.models.videos import VideoSource
from clinic.rendering.structured_data.graph import GraphBuilder
from clinic.rendering.structured_data.nodes import Site

ADDRESS = SiteAddress.parse("https://harbour.example.com/clinic/")
TODAY = date(2025, 12, 1)
LONDON = ZoneInfo("Europe/London")
SHARE_IMAGE = Image("theme/icons/share.png", "Harbour & Hill Clinic", 1200, 630)

_HARBOUR: dict[str, Any] = {
    "name": "Harbour",
    "address": {"street": "1 Quay Street", "locality": "Seaford", "region": "Dorset", "postcode": "ZZ1 1ZZ"},
    "geo": {"latitude": "50.71234", "longitude": "-1.98765"},
    "directions": "Opposite the ferry.",
    "phone": "01632 960111",
    "email": "harbour@example.com",
    "map_url": "https://maps.example.com/harbour",
    "image": "images/harbour.jpg",
    "opening_hours": {
        "monday": "09:00-12:30, 13:30-17:30",
        "tuesday": "09:00-12:30, 13:30-17:30",
        "thursday": "13:30-17:30",
    },
    "closures": [
        {"from": "2025-12-24", "to": "2026-01-01", "reason": "Winter holiday"},
        {"on": "2026-04-02", "reason": "Training"},
    ],
    "seasons": [
        {"name": "Summer", "from": "2026-07-01", "to": "2026-08-31", "opening_hours": {"monday": "08:00-13:00"}}
    ],
    "special_hours": [{"on": "2026-05-09", "hours": "09:00-12:00", "reason": "Open day"}],
    "bank_holidays": {"default": "closed", "days": {"2026-04-06": "10:00-12:00, 13:00-15:00"}},
}
_HILL: dict[str, Any] = {"address": {"locality": "Upper Hill"}, "booking_url": "https://book.example.com/hill"}
_CLINIC: dict[str, Any] = {
    "name": "Harbour & Hill Clinic",
    "url": "https://harbour.example.com/clinic",
    "strapline": "Move with ease",
    "description": "Two rooms,\none team.",
    "email": "hello@example.com",
    "phone": "01632 960100",
    "knows_about": ["Back pain", "Running"],
    "price_range": "£45–£70",
    "social": ["https://social.example.com/harbour"],
    "legal": {"member_of": ["Invented Association"], "regulator": {"body": "CQC", "number": "1-000"}},
}

SERVICE = Service.model_validate(
    {
        "slug": "sports-massage",
        "title": "Sports massage",
        "summary": "For legs <that> ran & ran.",
        "image": "images/massage.jpg",
        "image_alt": "Hands on a calf",
        "booking_url": "https://book.example.com/massage",
        "prices": [
            {"amount": "52.50", "currency": "GBP", "minutes": "60", "label": "First visit"},
            {"amount": "45", "currency": "GBP", "starts_from": "yes"},
        ],
    }
)
ADVICE = Service.model_validate(
    {"slug": "advice", "title": "Advice", "first_visit": {"amount": "60", "currency": "GBP", "minutes": "50"}}
)
ROSA = Practitioner.model_validate(
    {
        "slug": "rosa-quill",
        "title": "Rosa Quill",
        "role": "Sports therapist",
        "summary": "Runs, too.",
        "qualifications": ["BSc Sports Therapy"],
        "registration": {"body": "Invented Register", "number": "00123", "url": "https://register.example.com/00123"},
        "member_of": ["Invented Society"],
        "languages": ["English", "Welsh"],
        "locations": ["harbour"],
        "phone": "01632 960122",
        "email": "rosa@example.com",
        "image": "images/rosa.jpg",
        "image_alt": "Rosa, smiling",
        "social": ["https://social.example.com/rosa"],
    }
)
TOM = Practitioner.model_validate({"slug": "tom-ash", "title": "Tom Ash"})


def clinic_of(facts: dict[str, Any]) -> ClinicOnDay:
    """A clinic of these facts."""
    records = {
        "services": {service.slug: service for service in (SERVICE, ADVICE)},
        "team": {practitioner.slug: practitioner for practitioner in (ROSA, TOM)},
    }
    return ClinicOnDay.on(TODAY, Clinic.model_validate(facts | records))


ONE = clinic_of(_CLINIC | {"locations": {"harbour": _HARBOUR}})
TWO = clinic_of(_CLINIC | {"locations": {"harbour": _HARBOUR, "hill": _HILL}, "types": ["MedicalClinic"]})
LEAST = ClinicOnDay.on(
    TODAY,
    Clinic.model_validate(
        {
            "name": "Least",
            "url": "https://example.com",
            "phone": "01632 960199",
            "locations": {"here": {"address": {"locality": "Here"}}},
        }
    ),
)
CLINICS = {"one location": ONE, "two locations": TWO, "the least": LEAST}

_HOME = Crumb("Home", "")
_BLOG = Crumb("Blog", BLOG)
_SUMMARY = "What ankles have to do with backs."

HOME = PageFacts(PageKind.HOME, "", "Home", "Sports therapy by the sea.", locations=tuple(ONE.locations.values()))
CONTACT_PAGE = PageFacts(
    PageKind.CONTACT,
    CONTACT,
    "Contact",
    "How to find us.",
    (_HOME, Crumb("Contact", CONTACT)),
    locations=HOME.locations,
)
ABOUT = PageFacts(PageKind.ABOUT, "about/", "About us", "Who we are.", (_HOME, Crumb("About us", "about/")))
BOOK_PAGE = PageFacts(PageKind.BOOK, BOOK, "Book", "Ask for a time.", (_HOME, Crumb("Book", BOOK)))
BLOG_PAGE = PageFacts(
    PageKind.BLOG,
    BLOG,
    "Blog",
    "What we write.",
    (_HOME, _BLOG),
    feeds=(Feed("blog-feed.xml", "Harbour & Hill Clinic: all articles", "application/rss+xml"),),
)
SERIES = Series("From the ground up", "from-the-ground-up")
VIDEO = VideoSource.model_validate(
    {"url": "https://youtu.be/aBcDeFgHiJk", "poster": "images/ankle.jpg", "duration": "1:04:30", "date": "2025-06-30"}
)
ARTICLE = PageFacts(
    PageKind.ARTICLE,
    "post/ankles-and-backs/",
    'Ankles & backs: "the link" </script>',
    _SUMMARY,
    (_HOME, _BLOG, Crumb("Ankles & backs", "post/ankles-and-backs/")),
    published=datetime(2025, 11, 11, tzinfo=LONDON),
    modified=datetime(2026, 7, 1, 9, 30, tzinfo=LONDON),
    authors=(ROSA,),
    section="Movement",
    tags=("Ankle", "Back"),
    word_count=812,
    minutes=4,
    image=Image("images/ankle.jpg", "An ankle on a step", 1600, 900),
    series=SERIES,
    part=2,
    citations=(
        Citation(title="On ankles", url="https://journal.example.com/1", source="Journal", date="2024-05-31"),
        Citation(title="The Companion", date="2019"),
    ),
    videos=(Video("How we look at an ankle", VIDEO, Image("images/ankle.jpg", "")),),
    previous_path="post/older/",
    reviewed=date(2026, 7, 1),
    reviewed_by=ROSA,
)
SERVICES_PAGE = PageFacts(
    PageKind.SERVICES,
    SERVICES,
    "Services",
    "What we do.",
    (_HOME, Crumb("Services", SERVICES)),
    services=(SERVICE, ADVICE),
)
SERVICE_PAGE = PageFacts(
    PageKind.SERVICE,
    "services/sports-massage/",
    "Sports massage",
    "For legs.",
    (_HOME, Crumb("Services", SERVICES), Crumb("Sports massage", "services/sports-massage/")),
    service=SERVICE,
)
TEAM_PAGE = PageFacts(PageKind.TEAM, TEAM, "Team", "Us.", (_HOME, Crumb("Team", TEAM)), team=(ROSA, TOM))
PRACTITIONER_PAGE = PageFacts(
    PageKind.PRACTITIONER,
    "team/rosa-quill/",
    "Rosa Quill",
    "Runs, too.",
    (_HOME, Crumb("Team", TEAM), Crumb("Rosa Quill", "team/rosa-quill/")),
    practitioner=ROSA,
)
AUTHOR_PAGE = PageFacts(
    PageKind.AUTHOR, "blog/authors/rosa-quill/", "Rosa Quill", "By Rosa.", (_HOME, _BLOG), authors=(ROSA,)
)
CATEGORY_PAGE = PageFacts(PageKind.CATEGORY, "blog/categories/movement/", "Movement", "On movement.", (_HOME, _BLOG))
TAG_PAGE = PageFacts(PageKind.TAG, "blog/tags/ankle/", "Ankle", "On ankles.", (_HOME, _BLOG))
SERIES_PAGE = PageFacts(
    PageKind.SERIES,
    SERIES.path,
    SERIES.title,
    "A series.",
    (_HOME, _BLOG, Crumb(SERIES.title, SERIES.path)),
    series=SERIES,
)
PLAIN_PAGE = PageFacts(PageKind.PAGE, "privacy/", "Privacy", "What we keep.", (_HOME, Crumb("Privacy", "privacy/")))
NOT_FOUND = PageFacts(PageKind.NOT_FOUND, "404.html", "Page not found", "It moved.", indexed=False)

PAGES = (
    HOME, CONTACT_PAGE, ABOUT, BOOK_PAGE, BLOG_PAGE, ARTICLE, SERVICES_PAGE, SERVICE_PAGE, TEAM_PAGE, PRACTITIONER_PAGE,
    AUTHOR_PAGE, CATEGORY_PAGE, TAG_PAGE, SERIES_PAGE, PLAIN_PAGE, NOT_FOUND,
)  # fmt: skip


def pages_of(clinic: ClinicOnDay) -> tuple[PageFacts, ...]:
    """All kinds of pages, those that show locations showing this clinic's."""
    everywhere = tuple(clinic.locations.values())
    return tuple(replace(page, locations=everywhere) if page.locations else page for page in PAGES)


def graph_of(page: PageFacts, clinic: ClinicOnDay = ONE) -> dict[str, dict[str, Any]]:
    """The graph of a page, by what its nodes' addresses end with (``#clinic``)."""
    nodes = GraphBuilder(Site(clinic, ADDRESS, SHARE_IMAGE)).build(page)["@graph"]
    return {"#" + node["@id"].partition("#")[2]: node for node in nodes}
