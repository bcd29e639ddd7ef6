"""One object of facts about a page that is being written: head tags, JSON-LD and templates all look at it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from clinic.domain.articles.series import Series
from clinic.domain.clinic_on_day import LocationOnDay
from clinic.domain.comments.threads import Discussion
from clinic.domain.pages.media import Image, Video
from clinic.models.articles import Citation
from clinic.models.practitioner import Practitioner
from clinic.models.service import Service


class PageKind(Enum):
    """What a page is for; the value is the name of its template."""

    HOME = "home"
    ABOUT = "about"
    CONTACT = "contact"
    THANK_YOU = "thank-you"
    LOCATIONS = "locations"
    LOCATION = "location"
    BOOK = "book"
    SERVICES = "services"
    SERVICE = "service"
    TEAM = "team"
    PRACTITIONER = "practitioner"
    BLOG = "blog"
    ARTICLE = "article"
    CATEGORY = "category"
    TAG = "tag"
    AUTHOR = "author"
    SERIES = "series"
    YEAR = "period_archives"
    PAGE = "page"
    SEARCH = "search"
    NOT_FOUND = "not-found"


_LEADING_ON = frozenset(
    {
        PageKind.HOME,
        PageKind.BLOG,
        PageKind.CATEGORY,
        PageKind.TAG,
        PageKind.AUTHOR,
        PageKind.YEAR,
        PageKind.SERIES,
        PageKind.SEARCH,
        PageKind.THANK_YOU,
        PageKind.NOT_FOUND,
    }
)
"""Pages that only repeat what others say, so a search would find everything twice."""


@dataclass(frozen=True)
class Crumb:
    """One step of the breadcrumb trail. ``path`` is relative to the site's root; every crumb is a real page."""

    name: str
    path: str


@dataclass(frozen=True)
class Feed:
    """A feed that the head of a page points to."""

    path: str
    title: str
    media_type: str


@dataclass(frozen=True)
class PageFacts:
    """What is true of one page. Paths are relative to the site's root, without a leading slash; texts are plain.

    ``reviewed`` and ``reviewed_by`` belong to the page (schema.org WebPage), never to the article on it.
    """

    kind: PageKind
    path: str
    title: str
    description: str
    crumbs: tuple[Crumb, ...] = ()
    indexed: bool = True
    published: datetime | None = None
    modified: datetime | None = None
    authors: tuple[Practitioner, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    """What an article says it is about, in the owner's words."""
    word_count: int = 0
    minutes: int = 0
    image: Image | None = None
    service: Service | None = None
    practitioner: Practitioner | None = None
    location: str | None = None
    """The short name of the location whose own page this is."""
    locations: tuple[LocationOnDay, ...] = ()
    """The locations whose hours and directions this page shows."""
    services: tuple[Service, ...] = ()
    """The services this page lists with their prices."""
    team: tuple[Practitioner, ...] = ()
    """The people this page lists."""
    reviewed: date | None = None
    reviewed_by: Practitioner | None = None
    next_review: date | None = None
    """The day by which it is to be reviewed again; None once that is past, which a page need not tell."""
    discussion: Discussion | None = None
    """What visitors said of the article; None where nothing stands under it."""
    series: Series | None = None
    """The series that the page lists, or that its article is of."""
    part: int | None = None
    citations: tuple[Citation, ...] = ()
    videos: tuple[Video, ...] = ()
    previous_path: str | None = None
    next_path: str | None = None
    feeds: tuple[Feed, ...] = field(default=())
    shows_hours: bool = False
    """Whether a table of opening hours stands on it."""
    shows_player: bool = False
    """Whether a video of another site can be played on it."""

    @property
    def is_searched(self) -> bool:
        """Whether the site's own search looks through it: only what everybody may find, and each thing once."""
        return self.indexed and self.kind not in _LEADING_ON
