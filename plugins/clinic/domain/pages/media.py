"""Images and videos as pages show them: the published images, and stills of videos."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from clinic.models.base import WithImage
from clinic.models.videos import VideoSource


@dataclass(frozen=True)
class ImageVersion:
    """One of the sizes that an image is published in; ``width`` in pixels."""

    path: str
    width: int


@dataclass(frozen=True)
class ImageSource:
    """All sizes of an image in one format, narrowest first; ``media_type`` is that of HTML's ``source``."""

    media_type: str
    versions: tuple[ImageVersion, ...]


@dataclass(frozen=True)
class Image:
    """A published image: ``path`` of its largest version, relative to the site's root, width and height in pixels.

    What is at ``path`` every program can show; ``sources`` are smaller files and sizes, the best format first.
    """

    path: str
    alt: str
    width: int | None = None
    height: int | None = None
    sources: tuple[ImageSource, ...] = ()
    colour: str = ""
    """CSS, the mean of an opaque image: it stands there until the image is loaded."""
    focus: str = ""
    """CSS ``object-position``, in percent: what must be seen where the image is cut to the shape of its place."""
    inline: str = ""
    """A small drawing itself, as a ``data:`` URL; for a logo or a mark, which every page shows."""


@dataclass(frozen=True)
class Video:
    """A video that a page shows; ``image`` is a still of it."""

    title: str
    video_source: VideoSource
    image: Image | None = None


@dataclass(frozen=True)
class PublishedImages:
    """The published images by the owner's paths under ``content/``: all that are there and can be read.

    ``set_words`` makes true signs of quotes and dashes in what is said of an image.
    """

    images: dict[str, Image] = field(default_factory=dict)
    set_words: Callable[[str], str] = str

    def image(self, path: str | None, alt: str) -> Image | None:
        """The published image with the text alternative for where it is shown; None if not published."""
        known = self.images.get(path) if path else None
        return replace(known, alt=self.set_words(alt)) if known else None

    def image_of(self, record: WithImage) -> Image | None:
        """The published image of an article, a page, a service or a practitioner."""
        known = self.image(record.image, record.image_alt or "")
        return replace(known, focus=record.image_focus or "") if known else None
