"""Where the pages of the site live, as the clinic's addresses were before (``/post/<slug>/``, ``/blog/``)."""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class SiteAddress:
    """The address the site is published at, with or without a folder (``https://x.example/y``); no slash at the end."""

    public: str

    @classmethod
    def parse(cls, url: str) -> "SiteAddress":
        """With or without a trailing slash."""
        return cls(url.rstrip("/"))

    @property
    def folder(self) -> str:
        """The path part, for links inside the site: empty, or ``/y``."""
        return urlsplit(self.public).path.rstrip("/")

    @property
    def host(self) -> str:
        """The domain, for identifiers that have to be the clinic's own."""
        return urlsplit(self.public).hostname or ""

    def absolute(self, path: str) -> str:
        """The full address of a page or file by its path from the site's root."""
        return f"{self.public}/{path.lstrip('/')}"


HOME = ""
BLOG = "blog/"
BOOK = "book/"
CONTACT = "contact/"
LOCATIONS = "locations/"
SEARCH = "search/"
SEARCH_INDEX = "pagefind/"
"""Where the search page finds its index, made by Pagefind."""
SERVICES = "services/"
TEAM = "team/"
THANK_YOU = "contact/thank-you/"
CLINIC_CARD = "contact.vcf"
FORM_FUNCTION = "api/contact"
"""Where a function of the host takes the contact form (plugins/clinic/hosts/cloudflare/)."""
ATOM_FEED = "blog/atom.xml"
RSS_FEED = "blog-feed.xml"
COMMENTS_FEED = "blog/comments.atom.xml"
FEED_STYLESHEET = "feed.css"
"""What makes a feed legible in a browser."""
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
    """``blog/categories/<slug>/atom.xml``: the feed of a list of articles lies beside it."""
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
