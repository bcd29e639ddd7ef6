"""What every node may need to know of the site: its facts, its addresses, and the addresses of its nodes."""

from dataclasses import dataclass
from datetime import date

from clinic.facts.addresses import BLOG, SiteAddress, practitioner_path, service_path
from clinic.facts.clinic import Clinic
from clinic.facts.pages import Image, PageFacts


@dataclass(frozen=True)
class Site:
    """``default_image`` stands in where a page has no picture; closures that are over by ``today`` are left out."""

    clinic: Clinic
    address: SiteAddress
    default_image: Image | None = None
    logo: Image | None = None
    today: date | None = None

    def url(self, path: str) -> str:
        """The full address of a page or a file."""
        return self.address.absolute(path)

    @property
    def clinic_id(self) -> str:
        """The clinic's node."""
        return self.url("#clinic")

    @property
    def website_id(self) -> str:
        """The site's node."""
        return self.url("#website")

    @property
    def blog_id(self) -> str:
        """The blog's node, the same on each of its pages."""
        return self.url(f"{BLOG}#blog")

    def location_id(self, slug: str) -> str:
        """The node of one of several locations."""
        return self.url(f"#location-{slug}")

    def person_id(self, slug: str) -> str:
        """A person's node, named after the page about them."""
        return self.url(f"{practitioner_path(slug)}#person")

    def service_id(self, slug: str) -> str:
        """A service's node, named after the page about it."""
        return self.url(f"{service_path(slug)}#service")

    def page_id(self, page: PageFacts, part: str = "webpage") -> str:
        """The node of a page, or of a part of it such as ``article``."""
        return self.url(f"{page.path}#{part}")

    def is_shown(self, slug: str, page: PageFacts) -> bool:
        """Whether the page shows this location's hours and directions."""
        return self.clinic.locations[slug] in page.locations
