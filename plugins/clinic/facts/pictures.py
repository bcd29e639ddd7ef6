"""The pictures that the site publishes, known once everything has been read."""

from dataclasses import dataclass, field, replace

from clinic.facts.base import Pictured
from clinic.facts.pages import Image


@dataclass(frozen=True)
class Pictures:
    """``images`` are the published pictures by what the owner calls them: the path of the file under ``content/``.

    A picture that is missing or cannot be read is not among them: it has a problem of its own.
    """

    images: dict[str, Image] = field(default_factory=dict)

    def image(self, path: str | None, alt: str) -> Image | None:
        """A picture as it is published, with the words for the place where it stands."""
        known = self.images.get(path) if path else None
        return replace(known, alt=alt) if known else None

    def image_of(self, record: Pictured) -> Image | None:
        """The picture of an article, a page, a service or a person."""
        return self.image(record.image, record.image_alt or "")
