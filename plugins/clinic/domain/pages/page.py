"""Page facts, which head tags, JSON-LD and templates share, and the pages that exist without a file of the owner's."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple

from clinic.domain.articles.series import Series
from clinic.domain.clinic_on_day import FEW_LOCATIONS, LocationOnDay
from clinic.domain.comments.threads import Discussion
from clinic.domain.events import upcoming
from clinic.domain.pages.media import Image, Video
from clinic.models.articles import Citation
from clinic.models.clinic import Clinic
from clinic.models.events import Event
from clinic.models.exercises import Exercise
from clinic.models.fees import Fee
from clinic.models.language import own_name
from clinic.models.practitioner import Practitioner
from clinic.models.service import Service
from clinic.models.words import gettext, in_list


class PageKind(Enum):
    """What a page is for; the value is the name of its template."""

    HOME = "home"
    ABOUT = "about"
    CONTACT = "contact"
    THANK_YOU = "thank-you"
    LOCATIONS = "locations"
    LOCATION = "location"
    BOOK = "book"
    EVENTS = "events"
    EVENT = "event"
    EXERCISE = "exercise"
    SERVICES = "services"
    SERVICE = "service"
    TEAM = "team"
    PRACTITIONER = "practitioner"
    BLOG = "blog"
    ARTICLE = "article"
    COMMENTS = "comments"
    CATEGORY = "category"
    TAG = "tag"
    AUTHOR = "author"
    SERIES = "series"
    YEAR = "period_archives"
    PAGE = "page"
    SEARCH = "search"
    NOT_FOUND = "not-found"


_LISTS = (PageKind.BLOG, PageKind.CATEGORY, PageKind.TAG, PageKind.AUTHOR, PageKind.YEAR, PageKind.SERIES)
_NOT_SEARCHED = {*_LISTS, PageKind.HOME, PageKind.SEARCH, PageKind.THANK_YOU, PageKind.NOT_FOUND}
"""Pages that only repeat what others say, so that a search would find everything twice."""


EVENTS_PAGE = "pages/events.md"


@dataclass(frozen=True)
class Crumb:
    """One step of the breadcrumbs, always a real page. ``path`` is relative to the site's root."""

    name: str
    path: str


@dataclass(frozen=True)
class Feed:
    """A feed that a page's head links to."""

    path: str
    title: str
    media_type: str


class Version(NamedTuple):
    """A page in one of the languages of the site.

    ``path`` is from the root of the whole site (``cy/about/``), ``language`` as in ``lang`` (BCP 47), ``name`` what the
    language calls itself. ``is_same``: whether it is this very page, and not the home page of the language instead.
    """

    language: str
    name: str
    path: str
    is_here: bool
    is_same: bool


@dataclass(frozen=True)
class Versions:
    """Which pages there are in which languages.

    ``languages`` has the folder of the pages in each, the clinic's own first; ``paths`` the path from the root of the
    site by ``page_key``, then by language.
    """

    languages: Mapping[str, str] = field(default_factory=dict)
    paths: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of_page(self, page_key: str | None, here: str) -> tuple[Version, ...]:
        """A page in each language, by its ``page_key``; None for one that no file makes, such as a list of articles.

        ``here`` is the language of the page itself.
        """
        known = self.paths.get(page_key or "", {})
        return tuple(
            Version(language, own_name(language), known.get(language, folder), language == here, language in known)
            for language, folder in self.languages.items()
        )


@dataclass(frozen=True)
class PageFacts:
    """The facts of one page. Paths are relative to the site's root, without a leading slash; texts are plain."""

    kind: PageKind
    path: str
    title: str
    description: str
    crumbs: tuple[Crumb, ...] = ()
    indexed: bool = True
    search_title: str | None = None
    """What the owner wants search engines to show in place of ``title``."""
    published: datetime | None = None
    modified: datetime | None = None
    authors: tuple[Practitioner, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    """The conditions in an article's front matter."""
    word_count: int = 0
    minutes: int = 0
    image: Image | None = None
    service: Service | None = None
    practitioner: Practitioner | None = None
    event: Event | None = None
    exercise: Exercise | None = None
    location: str | None = None
    """The short name of the location whose own page this is."""
    locations: tuple[LocationOnDay, ...] = ()
    """The locations whose hours and directions this page shows."""
    hours_in_text: tuple[str, ...] = ()
    """The short names of the locations whose opening hours the text shows, by directives."""
    services: tuple[Service, ...] = ()
    """The services this page lists with their prices."""
    events: tuple[Event, ...] = ()
    """The events this page lists."""
    fees: tuple[Fee, ...] = ()
    """The fees this page shows."""
    shows_payment: bool = False
    """Whether it says how people may pay, and which insurers do."""
    team: tuple[Practitioner, ...] = ()
    """The practitioners this page lists."""
    reviewed: date | None = None
    reviewed_by: Practitioner | None = None
    """As ``reviewed``, of the page (schema.org WebPage), never of the article on it."""
    next_review: date | None = None
    """The day by which it is to be reviewed again; None once that is past."""
    discussion: Discussion | None = None
    """The comments and how to write one; None where nothing is shown under the article."""
    series: Series | None = None
    """The series that the page lists, or that its article belongs to."""
    part: int | None = None
    citations: tuple[Citation, ...] = ()
    videos: tuple[Video, ...] = ()
    previous_path: str | None = None
    feeds: tuple[Feed, ...] = ()
    versions: tuple[Version, ...] = ()
    """The languages of the site, the clinic's own first, each with this page in it; none of a site in one language."""

    @property
    def alternates(self) -> tuple[tuple[str, str], ...]:
        """The ``hreflang`` and the path of this page in each language; none of a page that is in one alone.

        Each page names itself too, and ``x-default`` is the clinic's own language (Google, "Tell Google about localized
        versions of your page"). What search engines may not list names none.
        """
        same = [(version.language, version.path) for version in self.versions if version.is_same]
        if not self.indexed or len(same) < 2:
            return ()
        own = self.versions[0]
        return (*same, ("x-default", own.path)) if own.is_same else tuple(same)

    @property
    def is_searched(self) -> bool:
        """Whether it is in the index of the site's own search."""
        return self.indexed and self.kind not in _NOT_SEARCHED


def _where(clinic: Clinic) -> str:
    """``Where to find us in Here and There.``; as where we see people, if some locations are no places.

    Of many, no sentence has room for all.
    """
    if len(clinic.locations) > FEW_LOCATIONS:
        return gettext("Find the one nearest to you.")
    if len(clinic.places) == len(clinic.locations):
        towns = dict.fromkeys(location.address.locality for location in clinic.places if location.address)
        return gettext("Where to find us in {places}.", places=in_list([*towns]))
    places = dict.fromkeys(one.in_words for one in clinic.locations.values())
    return gettext("Where we see you: {places}.", places=in_list([*places]))


def generated_front_matter(
    clinic: Clinic, today: date, written: Collection[str] = ()
) -> Mapping[str, Mapping[str, str]]:
    """The front matter of pages that follow from the records, by the path of the file that may add text to each.

    ``written`` are the paths of files that are there: such a page says itself whether it is in the menu.
    """
    found = {
        "pages/search.md": {"title": gettext("Search"), "summary": gettext("Find an article, a service or a person.")}
    }
    if clinic.has_location_pages:
        found["pages/locations.md"] = {"title": gettext("Locations"), "summary": _where(clinic)}
        for slug, location in clinic.locations.items():
            found[f"locations/{slug}.md"] = {"title": location.short_name}
    if clinic.events:
        summary = gettext("What takes place at {clinic}.", clinic=clinic.name)
        found[EVENTS_PAGE] = {"title": gettext("Events"), "summary": summary}
        if EVENTS_PAGE not in written and any(upcoming(event, today, 1) for event in clinic.events.values()):
            found[EVENTS_PAGE]["menu"] = gettext("Events")
    if clinic.contact_form:
        found["pages/thank-you.md"] = {"title": gettext("Thank you"), "summary": gettext("Your message has been sent.")}
    return found
