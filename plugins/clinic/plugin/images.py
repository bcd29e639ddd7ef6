"""The pictures of published pages: which they are, what is wrong with them, and where they are written.

Pelican would copy them as they are, with the place where they were taken. So no picture is left to it.
"""

import re
import shutil
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from pelican import Pelican

from clinic.domain.pages.media import Image, ImageVersion
from clinic.plugin.context import Run, run_of
from clinic.plugin.links import Library, file_meant
from clinic.rendering.images.cache import CachedImage
from clinic.rendering.images.encode import ImageError
from clinic.rendering.images.markup import render_images

_SUFFIXES = frozenset(
    ".avif .bmp .gif .heic .heif .jfif .jpe .jpeg .jpg .png .svg .tif .tiff .webp".split()  # noqa: SIM905 (to be read)
)


@dataclass(frozen=True)
class Use:
    """Where the owner names a picture: ``path`` under the content folder, ``file`` and ``line`` of the naming."""

    path: str
    file: str
    line: int


def publish_images(run: Run, library: Library, contents: Collection[Any], static: list[Any]) -> None:
    """Make ready the pictures of ``contents`` and show them there; take them from ``static``, what Pelican copies."""
    uses = [*_uses(run, contents)]
    files = {found.get_relative_source_path(): found for found in static}
    paths = ({use.path for use in uses} | set(filter(_is_image, files))) & library.files
    # Encoders do without Python's lock; four pictures at once are memory enough.
    with ThreadPoolExecutor(max_workers=4) as workers:
        made = dict(zip(sorted(paths), workers.map(partial(_stored, run), sorted(paths)), strict=True))
    for path, cached in made.items():
        if isinstance(cached, ImageError):
            _tell(run, path, cached, uses)
            continue
        run.images.images[path] = image = _published(run, path, cached)
        if path in files:  # so that a link to the picture leads to the published one
            files[path].override_url = files[path].override_save_as = image.path
    static[:] = [found for path, found in files.items() if path not in made]
    for content in contents:
        find = partial(_found, run, content)
        content._content = render_images(content._content, find, run.components.render)  # noqa: SLF001 (what Pelican reads)


def write_images(pelican: Pelican) -> None:
    """Copy them to the site. A name holds a fingerprint, so a file that is there and whole is the right one."""
    for path, file in run_of(pelican.settings).image_files.items():
        target = Path(pelican.output_path, path)
        if not target.is_file() or target.stat().st_size != file.stat().st_size:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


def _uses(run: Run, contents: Collection[Any]) -> Iterator[Use]:
    """Every place that names a picture. Drafts are not among the contents, so theirs are never published."""
    for location in run.clinic.locations.values():
        if location.image:
            yield Use(location.image, run.name_of(run.content / location.image), 0)
    for content in contents:
        file = content.source.file
        if content.front_matter.image:
            yield Use(content.front_matter.image, file.name, file.front_matter.line(("image",)))
        for reference in content.references:
            path = file_meant(content, reference.url)
            if path and (reference.is_image or _is_image(path)):
                yield Use(path, file.name, reference.line_in(file))


def _is_image(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() in _SUFFIXES


def _stored(run: Run, path: str) -> CachedImage | ImageError:
    try:
        return run.store.get(run.content / path)
    except ImageError as fault:
        return fault


def _tell(run: Run, path: str, fault: ImageError, uses: Collection[Use]) -> None:
    places = [(use.file, use.line) for use in uses if use.path == path]
    for file, line in places or [(run.name_of(run.content / path), 0)]:
        run.problems.add(file, line, f'the picture "{path}" {fault}')


def _published(run: Run, path: str, image: CachedImage) -> Image:
    """Where it will be: ``images/ankle-1a2b3c4d-480.webp`` and so on, the largest without a number."""
    *folders, name = (_in_address(part) for part in PurePosixPath(path).with_suffix("").parts)
    stem = "/".join((*folders, f"{name}-{image.key[:8]}"))
    *smaller, largest = image.files
    names = {f"{stem}-{file.width}{file.path.suffix}": file for file in smaller}
    names[stem + largest.path.suffix] = largest
    run.image_files.update({name: file.path for name, file in names.items()})
    versions = tuple(ImageVersion(name, file.width) for name, file in names.items()) if smaller else ()
    return Image(stem + largest.path.suffix, "", largest.width or None, largest.height or None, versions)


def _in_address(name: str) -> str:
    """A name as part of an address, and of ``srcset``, which ends an address at a space or a comma."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "picture"


def _found(run: Run, content: Any, url: str) -> Image | None:
    return run.images.image(file_meant(content, url), "")
