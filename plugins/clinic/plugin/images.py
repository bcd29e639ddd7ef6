"""The images of published pages: which they are, what is wrong with them, and where they are written.

Pelican would copy them as they are, with the position where they were taken. So no image is left to it.
"""

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from clinic.content.diagnostics import Diagnostic
from clinic.domain.pages.media import Image, ImageSource, ImageVersion, PublishedImages
from clinic.models.articles import ArticleFrontMatter
from clinic.plugin.brand import brand_images
from clinic.plugin.context import Context
from clinic.plugin.links import Library, file_meant
from clinic.plugin.pelican_types import Content
from clinic.plugin.public_names import PublicNames
from clinic.rendering.images.cache import CachedFile, CachedImage, NotOpenedError
from clinic.rendering.images.decode import ImageError
from clinic.rendering.images.svg import data_url
from clinic.rendering.markdown.components import render_images
from clinic.rendering.typography import with_true_signs

_SUFFIXES = frozenset(
    ".apng .avif .bmp .gif .heic .heif .hif .jfi .jfif .jif .jpe .jpeg .jpg .png .svg .tif .tiff .webp".split()
)
_MEDIA_TYPES = {".avif": "image/avif", ".webp": "image/webp"}


@dataclass(frozen=True)
class SiteImages:
    """The images of a site: as pages show them, and the file to be copied to each published path.

    ``sources`` are the keys of all files that were looked at, also of those that cannot be read; ``origins`` that of
    the file behind each published path.
    """

    published: PublishedImages
    files: Mapping[str, Path]
    sources: frozenset[str]
    origins: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]


def prepare_images(
    context: Context, library: Library, contents: Collection[Content], copied: Iterable[str], names: PublicNames
) -> SiteImages:
    """Make the images of ``contents`` ready, and those among ``copied``, the keys of files that pages link to."""
    uses: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for path, file, line in _uses(context, contents):
        uses[path].append((file, line))
    paths = sorted((uses.keys() | set(filter(is_image, copied))) & library.files)
    # Encoders do without Python's lock; an image takes 100 MB of memory meanwhile.
    with ThreadPoolExecutor(max_workers=min(3, os.cpu_count() or 1)) as workers:
        cached = dict(zip(paths, workers.map(partial(_cached, context), paths), strict=True))
    context.image_cache.save()
    images: dict[str, Image] = {}
    files: dict[str, Path] = {}
    origins: dict[str, str] = {}
    found: list[Diagnostic] = []
    for path, image in cached.items():
        if isinstance(image, ImageError):
            named_at = uses.get(path) or [(context.content.name_of(path), 0)]
            found += [Diagnostic(file, line, f'the picture "{path}" {image}') for file, line in named_at]
        else:
            images[path], versions = _published(names.picture(path), image)
            files |= versions
            origins |= dict.fromkeys(versions, path)
    return SiteImages(PublishedImages(images, with_true_signs), files, frozenset(paths), origins, tuple(found))


def with_images(context: Context, images: PublishedImages, content: Content, html: str) -> str:
    """A body whose images are shown by the theme's component, with their sizes."""
    front_matter = content.read.document.front_matter
    is_top = isinstance(front_matter, ArticleFrontMatter) and not front_matter.image
    found = partial(_meant, images, content)
    return render_images(html, found, context.components.render, is_top=is_top)


def _meant(images: PublishedImages, content: Content, url: str) -> Image | None:
    return images.image(file_meant(content, url), "")


def is_image(path: str) -> bool:
    """Whether the ending of a file is that of an image."""
    return PurePosixPath(path).suffix.lower() in _SUFFIXES


def _uses(context: Context, contents: Collection[Content]) -> Iterator[tuple[str, str, int]]:
    """Every image that is named: its key, and the file and line that name it. Drafts are not among the contents."""
    for location in context.clinic.locations.values():
        if location.image:
            yield location.image, context.content.name_of(location.image), 0
    facts = context.content.clinic_yaml
    for key_path, picture in brand_images(context.clinic):
        yield picture, facts.name, facts.line(key_path)
    yield from _uses_of_untranslated(context)
    for content in contents:
        file = content.read.document.file
        image = getattr(content.read.document.front_matter, "image", None)
        if image:
            yield image, file.name, file.front_matter.line(("image",))
        for reference in content.read.references:
            path = file_meant(content, reference.url)
            if path and (reference.is_image or is_image(path)):
                yield path, file.name, reference.line


def _uses_of_untranslated(context: Context) -> Iterator[tuple[str, str, int]]:
    """Images of pages that the clinic's own language alone has: lists in another language show their records."""
    for document in context.documents.values():
        is_shown = context.preview or document.state.is_public
        image = getattr(document.front_matter, "image", None)
        if image and is_shown and document.path in context.address.part.elsewhere:
            yield image, document.name, document.file.front_matter.line(("image",))


def _cached(context: Context, path: str) -> CachedImage | ImageError:
    try:
        return context.image_cache.get(context.content.folder / path)
    except ImageError as error:
        return error
    except NotOpenedError as error:
        return ImageError(f"cannot be opened: {error}")


def _published(name: Sequence[str], image: CachedImage) -> tuple[Image, dict[str, Path]]:
    """Where it will be: ``images/ankle-1a2b3c4d-480.webp`` and so on, the largest of each format without a number."""
    stem = f"{'/'.join(name)}-{image.key[:8]}"
    formats: dict[str, list[CachedFile]] = defaultdict(list)
    for file in image.files:
        formats[file.path.suffix].append(file)
    files: dict[str, Path] = {}
    sources: list[ImageSource] = []
    for suffix, sizes in formats.items():
        names = [f"{stem}-{file.width}{suffix}" for file in sizes[:-1]] + [stem + suffix]
        files |= {name: file.path for name, file in zip(names, sizes, strict=True)}
        if suffix in _MEDIA_TYPES and len(image.files) > 1:
            versions = (ImageVersion(name, file.width) for name, file in zip(names, sizes, strict=True))
            sources.append(ImageSource(_MEDIA_TYPES[suffix], tuple(versions)))
    last = image.files[-1]
    size = last.width or None, last.height or None
    inline = data_url(last.path) if last.path.suffix == ".svg" else ""
    return Image(stem + last.path.suffix, "", *size, tuple(sources), image.colour, inline=inline), files
