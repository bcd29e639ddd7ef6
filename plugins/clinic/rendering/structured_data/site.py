"""What every node may need to know of the site: its facts, its addresses, and the addresses of its nodes."""

from dataclasses import dataclass, field

from clinic.facts.addresses import BLOG, SiteAddress, practitioner_path, service_path
from clinic.facts.clinic import Clinic
from clinic.facts.pages import Image, PageFacts
from clinic.facts.pictures import Pictures
from clinic.facts.series import Series


@dataclass(frozen=True)
class Site:
    """``default_image`` stands in where a page has no picture.

    ``pictures`` are as published; a page looked at alone has none, and its facts name files that are published as is.
    """

    clinic: Clinic
    address: SiteAddress
    default_image: Image | None = None
    logo: Image | None = None
    pictures: Pictures | None = field(default=None, hash=False)

    def url(self, path: str) -> str:
        """The full address of a page or a file."""
        return self.address.absolute(path)

    def picture(self, path: str | None, alt: str = "") -> Image | None:
        """A picture that the owner's facts name."""
        if self.pictures is None:
            return Image(path, alt) if path else None
        return self.pictures.image(path, alt)

    def picture_url(self, path: str | None) -> str | None:
        """The full address of a picture that the owner's facts name."""
        image = self.picture(path)
        return self.url(image.path) if image else None

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

    def series_id(self, series: Series) -> str:
        """The node of a series of articles, named after the page that lists them."""
        return self.url(f"{series.path}#series")

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
