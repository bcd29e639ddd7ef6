"""The addresses of the site's pages and files, as the former site had them (``/post/<slug>/``, ``/blog/``)."""

import re
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote, urlsplit

_SCHEME = re.compile(r"^https?:")
_OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


class CalendarLinks(NamedTuple):
    """Ways to a calendar that programs read again and again: its ``address``, and links that programs open.

    ``webcal`` is how phones and desktops know that a calendar is to be subscribed to; it stands for http and https.
    ``google`` is None where Google's servers cannot read the calendar.
    """

    address: str
    webcal: str
    google: str | None


@dataclass(frozen=True)
class LanguagePart:
    """Where a site in several languages has what is in one of them: below ``folder``, ``cy/`` or, of its own, nothing.

    That are pages, lists, feeds, calendars, vCards and the search index. All else is there once, for all languages:
    images, downloads, the theme. ``elsewhere`` are the paths of pages that the clinic's own language alone has.
    """

    folder: str = ""
    elsewhere: frozenset[str] = frozenset()

    def path(self, path: str) -> str:
        """A path of this language from the root of the whole site; it may have a query and a fragment."""
        page = _AFTER_PATH.split(path, maxsplit=1)[0]
        is_here = not page or page.endswith(_IN_EACH_LANGUAGE) or page.startswith(SEARCH_INDEX)
        return f"{self.folder}{path}" if is_here and page not in self.elsewhere else path


WHOLE_SITE = LanguagePart()
"""The pages in the clinic's own language."""
_AFTER_PATH = re.compile("[?#]")
_IN_EACH_LANGUAGE = ("/", ".vcf", ".ics", "atom.xml", "blog-feed.xml", "404.html", "site.js", "/comments.json")
"""How the paths end of what each language has for itself."""


@dataclass(frozen=True)
class SiteAddress:
    """The absolute address the site is published at, without a slash at the end: ``https://x.example/y``.

    ``part`` is that of the language whose paths it is asked for.
    """

    public: str
    part: LanguagePart = WHOLE_SITE

    @classmethod
    def parse(cls, url: str, part: LanguagePart = WHOLE_SITE) -> "SiteAddress":
        """From an address with or without a slash at the end."""
        return cls(url.rstrip("/"), part)

    @property
    def folder(self) -> str:
        """Its path, for links inside the site: empty, or ``/y``."""
        return urlsplit(self.public).path.rstrip("/")

    @property
    def host(self) -> str:
        """Its host, for identifiers that have to be the clinic's own."""
        return urlsplit(self.public).hostname or ""

    def absolute(self, path: str) -> str:
        """The absolute address of a page or file, from its path relative to the site's root."""
        return f"{self.public}/{self.part.path(path.lstrip('/'))}"

    def of_all(self, path: str) -> str:
        """The same for what is one thing in all languages, such as the clinic itself."""
        return f"{self.public}/{path.lstrip('/')}"

    @property
    def of_language(self) -> str:
        """What the pages of the language begin with, without a slash at the end."""
        return f"{self.public}/{self.part.folder}".rstrip("/")

    def calendar_links(self, path: str) -> CalendarLinks:
        """The ways to subscribe to the calendar at a path relative to the site's root."""
        address = self.absolute(path)
        webcal = _SCHEME.sub("webcal:", address)
        google = f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}"
        return CalendarLinks(address, webcal, None if self.host in _OWN_MACHINE else google)


HOME = ""
BLOG = "blog/"
BOOK = "book/"
CONTACT = "contact/"
LOCATIONS = "locations/"
SEARCH = "search/"
SEARCH_INDEX = "pagefind/"
"""The folder of the search index that Pagefind makes."""
EVENTS = "events/"
EVENTS_CALENDAR = "events.ics"
SERVICES = "services/"
TEAM = "team/"
THANK_YOU = "contact/thank-you/"
CLINIC_CARD = "contact.vcf"
FORM_FUNCTION = "api/contact"
"""Where a function of the host receives the contact form (plugins/clinic/hosts/cloudflare/)."""
ATOM_FEED = "blog/atom.xml"
RSS_FEED = "blog-feed.xml"
COMMENTS_FEED = "blog/comments.atom.xml"
FEED_STYLESHEET = "feed.css"
"""The style of feeds that are opened in a browser."""
FACTS, LLMS, SECURITY = "facts.json", "llms.txt", ".well-known/security.txt"
"""For programs: the clinic's facts, a list of the pages, and where to report a security problem."""
SHARED_STYLES = "theme/styles/"
"""The folder of the stylesheet that all pages share; its name is a digest, so browsers may keep it for ever."""
SITE_SCRIPT = "site.js"
"""The scripts of all pages, with what says whether it is open now: new on every day, so no page has it in it."""
CALENDAR = "hours.ics"
CALENDARS = "hours/"
OUTPUT_FILES = (
    CLINIC_CARD, ATOM_FEED, RSS_FEED, COMMENTS_FEED, FEED_STYLESHEET, SITE_SCRIPT, "sitemap.xml", "robots.txt",
    "site.webmanifest", "_redirects", "_headers", "favicon.ico", "theme", "pagefind",
)  # fmt: skip
"""The files and folders beside the pages that every site has, or that its host may ask for."""
_STATIC = "static/"
_SYSTEM_FILES = frozenset({"Thumbs.db", "desktop.ini", "Icon\r"})
year_path = "blog/{}/".format
"""The articles of a year. This and the following take a year, the slug of a record, or the path of a page."""
series_path = "blog/series/{}/".format
article_path = "post/{}/".format
service_path = "services/{}/".format
event_path = "events/{}/".format
event_calendar_path = "events/{}.ics".format
exercise_path = "exercises/{}/".format
practitioner_path = "team/{}/".format
location_path = "locations/{}/".format
"""The page that each of several locations has."""
practitioner_card_path = "team/{}.vcf".format
location_card_path = "locations/{}.vcf".format
list_feed_path = "{}atom.xml".format
"""The feed of a list of articles: ``blog/categories/<slug>/atom.xml``."""
comments_page_path = "{}comments/{}/".format
"""A later page of a long discussion, by the path of the article and its number."""
comment_places_path = "{}comments.json".format
"""On which page of a long discussion each comment is, for links that know only the article."""
comments_feed_path = "{}comments.atom.xml".format
"""The feed of an article's comments: ``post/<slug>/comments.atom.xml``."""


def path_in_folder(folder: str, slug: str) -> str:
    """The path of the page of a file in a folder of the content folder: such as ``posts`` or ``events``."""
    path_of = {"posts": article_path, "pages": "{}/".format}.get(folder)
    return path_of(slug) if path_of else f"{folder}/{slug}/"


def is_left_by_a_system(key: str) -> bool:
    """Whether a file is hidden, or was left there by a system or an editor."""
    *folders, name = key.split("/")
    hidden = any(part.startswith(".") for part in (*folders, name))
    temporary = name.startswith("~$") or name.endswith("~") or name[0] + name[-1] == "##"
    return hidden or temporary or (name[0] in "~#" and not name.endswith(".md")) or name in _SYSTEM_FILES


def static_path(key: str) -> str | None:
    """Where a file of ``static/`` is published, ``.well-known/`` (RFC 8615) and hosts' own files too; else None."""
    path = key.removeprefix(_STATIC) if key.startswith(_STATIC) else ""
    may_be_hidden = path.startswith(".well-known/") or path in {".nojekyll", ".htaccess", ".domains"}
    bare = path.replace("/.", "/").lstrip(".") if may_be_hidden else path
    return path if path and not is_left_by_a_system(bare) else None


def duplicate_address_message(path: str, other: str) -> str:
    """The error of a file whose page would have the address of ``other``'s page; ``path`` is from the root."""
    return f"this has the same address (/{path}) as {other}; give one of them another slug"
