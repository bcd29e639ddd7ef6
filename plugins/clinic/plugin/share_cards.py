"""The pictures that go with shared links: where each page's is, and all of them made once pages are written.

Its address follows from the page's facts, the look of the clinic and the photograph, all of which are in the key of the
page; so a page that is taken over from an earlier build names the picture that this one makes.
"""

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath

from clinic.domain.pages.media import Image
from clinic.domain.pages.page import PageFacts, PageKind
from clinic.models.types import LONGEST_SLUG
from clinic.plugin.brand import share_image
from clinic.plugin.context import Context
from clinic.plugin.images import SiteImages
from clinic.rendering.images.brand import SHARE_SIZE
from clinic.rendering.images.cards import RATIOS, CardPhoto, Cards, crop_file, crop_size
from clinic.rendering.text import one_line

_FOLDER = "theme/share/"
_LISTS = {PageKind.BLOG, PageKind.CATEGORY, PageKind.TAG, PageKind.AUTHOR, PageKind.YEAR}
_NEVER_HANDED_ON = {PageKind.COMMENTS, PageKind.NOT_FOUND, PageKind.SEARCH, PageKind.THANK_YOU}
_NARROWEST = 400
"""Pixels, of a photograph on a card or in the shapes for search engines."""
_Work = tuple[str, Callable[[], bytes]]
"""The name of a file in the cache, and what makes it."""


class ShareCards:
    """The share pictures of the site in one language."""

    def __init__(self, context: Context, images: SiteImages) -> None:
        self._cache, self._files = context.image_cache, images.files
        self._cards = Cards(context.look)
        self._clinic = context.clinic
        self._instead = share_image(context.clinic)

    def card(self, page: PageFacts) -> Image:
        """The picture that goes with a link to a page.

        It is the site's where the display face cannot write the title, and of pages that nobody hands on, such as the
        later ones of a list.
        """
        title = _title(page)
        is_minor = page.kind in _LISTS and (page.previous_path is not None or not page.indexed)
        if is_minor or page.kind in _NEVER_HANDED_ON or not self._cards.can_show(title):
            return self._instead
        key, suffix = self._key(page), ".jpg" if self._photo(page) else ".png"
        slug = re.sub(r"[^a-z0-9]+", "-", page.path.lower()).strip("-")[-LONGEST_SLUG:].strip("-") or "home"
        name = self._clinic.name
        alt = title if name.casefold() in title.casefold() else f"{title} – {name}"
        return Image(f"{_FOLDER}{slug}-{key[:8]}{suffix}", alt, *SHARE_SIZE)

    def crops(self, page: PageFacts) -> tuple[Image, ...]:
        """The photograph of an article in the shapes that search engines ask for; none where it has none."""
        image, photo = page.image, self._photo(page)
        if page.kind is not PageKind.ARTICLE or not image or not photo:
            return ()
        width, height = image.width or 0, image.height or 0
        focus = re.sub(r"\D+", "-", image.focus).strip("-")
        stem = "-".join(filter(None, (str(PurePosixPath(image.path).with_suffix("")), focus)))
        return tuple(
            Image(f"{stem}-{name}.jpg", image.alt, *crop_size(width, height, ratio)) for name, ratio in RATIOS.items()
        )

    def files(self, pages: Iterable[PageFacts]) -> dict[str, Path]:
        """The files of all that these pages name, by path; made now, several at once, where no build has.

        What shows the same photograph is made by one thread, which reads it once.
        """
        work: defaultdict[object, dict[str, _Work]] = defaultdict(dict)
        for page in pages:
            photo = self._photo(page)
            work[photo.file if photo else page.path].update(self._work(page))
        with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as workers:
            return dict(chain.from_iterable(workers.map(self._made, work.values())))

    def _made(self, work: Mapping[str, _Work]) -> list[tuple[str, Path]]:
        return [(path, self._cache.file(*each)) for path, each in work.items()]

    def _work(self, page: PageFacts) -> Iterator[tuple[str, _Work]]:
        card, photo = self.card(page), self._photo(page)
        if card != self._instead:
            make = partial(self._cards.card, _title(page), photo)
            yield card.path, (f"cards/{self._key(page)}{PurePosixPath(card.path).suffix}", make)
        if photo is None:
            return
        for crop in self.crops(page):
            size = crop.width or 0, crop.height or 0
            name = PurePosixPath(crop.path).name
            yield crop.path, (f"crops/{self._digest(page)}-{name}", partial(crop_file, photo, size))

    def _key(self, page: PageFacts) -> str:
        return self._cards.key(_title(page), self._digest(page))

    def _digest(self, page: PageFacts) -> str:
        """Of the photograph: the name of the folder in the cache is a digest of what is in it."""
        photo = self._photo(page)
        return f"{photo.file.parent.name}{re.sub('[^0-9]+', '-', photo.focus)}" if photo else ""

    def _photo(self, page: PageFacts) -> CardPhoto | None:
        """That of the page, if it is one of a certain size: a drawing or a small picture is not cut or enlarged."""
        image = page.image
        if not image or not image.path.endswith(".jpg") or min(image.width or 0, image.height or 0) < _NARROWEST:
            return None
        file = self._files.get(image.path)
        return CardPhoto(file, image.focus) if file else None


def _title(page: PageFacts) -> str:
    return one_line(page.title)
