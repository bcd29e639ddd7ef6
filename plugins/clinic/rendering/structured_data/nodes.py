"""What all nodes of the graph share: the site with its addresses, JSON-LD nodes, images and videos."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TypeAlias
from zoneinfo import ZoneInfo

from clinic.domain.articles.series import Series
from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.domain.pages.media import Image, PublishedImages, Video
from clinic.domain.pages.page import PageFacts
from clinic.domain.pages.urls import BLOG, SiteAddress, practitioner_path, service_path
from clinic.rendering.text import one_line


@dataclass(frozen=True)
class Site:
    """The clinic as of a day, and its public address. ``default_image`` stands in where a page has no image.

    ``images`` are the published ones; without them (a page made alone) a file name is taken for a published path. What
    the clinic is and has is the same in every language of the site, and so is its ``@id``.
    """

    clinic: ClinicOnDay
    address: SiteAddress
    default_image: Image | None = None
    logo: Image | None = None
    images: PublishedImages | None = field(default=None, hash=False)
    card: Callable[[PageFacts], Image] | None = field(default=None, hash=False)
    """The picture that goes with a link to a page; without it, its own or ``default_image``."""
    crops: Callable[[PageFacts], tuple[Image, ...]] | None = field(default=None, hash=False)
    """An article's photograph in several shapes, if it has one."""

    def url(self, path: str) -> str:
        """The full address of a page or a file."""
        return self.address.absolute(path)

    def share_image(self, page: PageFacts) -> Image | None:
        """The picture that goes with a link to a page. No messenger shows an SVG."""
        own = page.image if page.image and not page.image.path.endswith(".svg") else None
        return self.card(page) if self.card else own or self.default_image

    def image(self, path: str | None, alt: str = "") -> Image | None:
        """The published image for a path under ``content/``."""
        if self.images is None:
            return Image(path, alt) if path else None
        return self.images.image(path, alt)

    def image_url(self, path: str | None) -> str | None:
        """The full address of the published image for a path under ``content/``."""
        image = self.image(path)
        return self.url(image.path) if image else None

    @property
    def clinic_id(self) -> str:
        """The ``@id`` of the clinic's node."""
        return self.address.of_all("#clinic")

    @property
    def website_id(self) -> str:
        """The ``@id`` of the site's node."""
        return self.url("#website")

    @property
    def blog_id(self) -> str:
        """The ``@id`` of the blog's node, the same on each of its pages."""
        return self.url(f"{BLOG}#blog")

    def series_id(self, series: Series) -> str:
        """The ``@id`` of a series of articles, on the page that lists them."""
        return self.url(f"{series.path}#series")

    def location_id(self, slug: str) -> str:
        """The ``@id`` of one of several locations."""
        return self.address.of_all(f"#location-{slug}")

    def person_id(self, slug: str) -> str:
        """The ``@id`` of a practitioner, on the page about them."""
        return self.address.of_all(f"{practitioner_path(slug)}#person")

    def service_id(self, slug: str) -> str:
        """The ``@id`` of a service, on the page about it."""
        return self.address.of_all(f"{service_path(slug)}#service")

    def page_id(self, page: PageFacts, part: str = "webpage") -> str:
        """The ``@id`` of a page, or of a part of it such as ``article``."""
        return self.url(f"{page.path}#{part}")


Node: TypeAlias = dict[str, object]
MANY = 30
"""Of more records than this, a list gives name and address alone: the pages of the records have the rest."""
_EMPTY: tuple[object, ...] = (None, "", (), [])


def node(kind: str | tuple[str, ...], address: str | None = None, /, **properties: object) -> Node:
    """A JSON-LD node object (JSON-LD 1.1, section 9.2). Properties without a value are left out."""
    types: str | list[str] = kind if isinstance(kind, str) else kind[0] if len(kind) == 1 else list(kind)
    named = {"@type": types, "@id": address, **properties}
    clean = {name: one_line(value) if isinstance(value, str) else value for name, value in named.items()}
    return {name: value for name, value in clean.items() if value not in _EMPTY}


def reference(address: str) -> Node:
    """A JSON-LD node reference to a node elsewhere in the same graph."""
    return {"@id": address}


def iso_moment(moment: datetime | None, zone: ZoneInfo) -> str | None:
    """schema.org DateTime: ISO 8601 with offset; a moment without a zone is in the clinic's."""
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).isoformat(timespec="seconds")


def image_node(site: Site, image: Image | None) -> Node | None:
    """schema.org ImageObject; Google asks for an address that can be crawled (Article, ``image``)."""
    if image is None:
        return None
    return node("ImageObject", url=site.url(image.path), width=image.width, height=image.height, caption=image.alt)


def video_nodes(site: Site, page: PageFacts) -> list[Node]:
    """The page's videos of which all is known that Google VideoObject requires: name, thumbnail and upload date."""
    return [
        _video_node(site, page, video, image, date)
        for video in page.videos
        if (image := video.image) and (date := video.video_source.date)
    ]


def _video_node(site: Site, page: PageFacts, video: Video, image: Image, uploaded: date) -> Node:
    """``description``, which Google recommends, is that of the page that the video illustrates."""
    source = video.video_source
    return node(
        "VideoObject",
        name=video.title,
        description=page.description or page.title,
        thumbnailUrl=site.url(image.path),
        uploadDate=iso_moment(datetime.combine(uploaded, time()), site.clinic.zone),
        duration=source.iso_duration,
        embedUrl=source.player.frame if source.player else None,
        contentUrl=site.url(source.file) if source.file else None,
    )
