"""The addresses of the site's pages and files, as the former site had them (``/post/<slug>/``, ``/blog/``)."""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class SiteAddress:
    """The absolute address the site is published at, without a slash at the end: ``https://x.example/y``."""

    public: str

    @classmethod
    def parse(cls, url: str) -> "SiteAddress":
        """From an address with or without a slash at the end."""
        return cls(url.rstrip("/"))

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
        return f"{self.public}/{path.lstrip('/')}"


HOME = ""
BLOG = "blog/"
BOOK = "book/"
CONTACT = "contact/"
LOCATIONS = "locations/"
SEARCH = "search/"
SEARCH_INDEX = "pagefind/"
"""The folder of the search index that Pagefind makes."""
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
CALENDAR = "hours.ics"
CALENDARS = "hours/"


def year_path(year: int) -> str:
    """``blog/<year>/``: the articles of a year."""
    return f"{BLOG}{year}/"


def article_path(slug: str) -> str:
    """``post/<slug>/``."""
    return f"post/{slug}/"


def series_path(slug: str) -> str:
    """``blog/series/<slug>/``."""
    return f"{BLOG}series/{slug}/"


def list_feed_path(list_path: str) -> str:
    """``blog/categories/<slug>/atom.xml``: the feed of a list of articles."""
    return f"{list_path}atom.xml"


def service_path(slug: str) -> str:
    """``services/<slug>/``."""
    return f"{SERVICES}{slug}/"


def comments_feed_path(article: str) -> str:
    """``post/<slug>/comments.atom.xml``, from the path of the article."""
    return f"{article}comments.atom.xml"


def practitioner_path(slug: str) -> str:
    """``team/<slug>/``."""
    return f"{TEAM}{slug}/"


def location_path(slug: str) -> str:
    """``locations/<slug>/``: the page that each of several locations has."""
    return f"{LOCATIONS}{slug}/"


def location_card_path(slug: str) -> str:
    """``locations/<slug>.vcf``."""
    return f"{LOCATIONS}{slug}.vcf"


def practitioner_card_path(slug: str) -> str:
    """``team/<slug>.vcf``."""
    return f"{TEAM}{slug}.vcf"


def duplicate_address_message(path: str, other: str) -> str:
    """The error of a file whose page would have the address of ``other``'s page; ``path`` is from the root."""
    return f"this has the same address (/{path}) as {other}; give one of them another slug"
