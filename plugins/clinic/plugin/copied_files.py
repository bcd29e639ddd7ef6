"""The files that are published as they are: what pages link to, and ``static/``; without their metadata.

What is never published is an error; what stays in a file for all to read is a note.
"""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from clinic.content.diagnostics import Diagnostic, Severity
from clinic.domain.checks.file_names import never_published
from clinic.domain.pages.urls import static_path
from clinic.models.suggestions import join_and
from clinic.plugin import adapter
from clinic.plugin.context import Context
from clinic.plugin.images import SiteImages
from clinic.plugin.pelican_types import StaticFile
from clinic.plugin.public_names import PublicNames, is_digest, words_of
from clinic.rendering.files.metadata import LARGEST
from clinic.rendering.images.cache import NotOpenedError, size_of


@dataclass(frozen=True)
class CopiedFiles:
    """What to copy, by path from the root of the site: ``downloads`` that pages link to, and ``own`` of ``static/``.

    ``origins`` are the keys of the downloads.
    """

    downloads: Mapping[str, Path]
    own: Mapping[str, Path]
    origins: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]


def prepare_files(
    context: Context, static: Mapping[str, StaticFile], images: SiteImages, names: PublicNames
) -> CopiedFiles:
    """Make the files ready that Pelican would copy (``static``, by key), and let links lead to where they will be.

    Images are none of them: links lead to their published versions. Of a site in several languages the clinic's own has
    ``static/``.
    """
    up = "../" if context.address.part.folder else ""
    for key, image in images.published.images.items():
        if key in static:
            adapter.publish_at(static[key], f"{up}{image.path}")
    known = set(context.content.files)
    linked = [key for key in static if key in known and key not in images.sources and not never_published(key)]
    public, gone = names.downloads(linked)
    found: list[Diagnostic] = []
    downloads: dict[str, Path] = {}
    origins: dict[str, str] = {}
    for key in linked:
        path = _renamed(static[key].save_as, key, public[key])
        if up or path != static[key].save_as:
            adapter.publish_at(static[key], f"{up}{path}")
        ready = _prepared(context, key, path, found)
        downloads |= ready
        origins |= dict.fromkeys(ready, key)
        if ready and key in gone:
            said = join_and(f'"{word}"' for word in gone[key])
            message = f"no page says {said}, so this is published as {path}; give it the name that visitors may read"
            found.append(Diagnostic(context.content.name_of(key), 0, message, Severity.WARNING))
    own = {} if up else dict(_own(context, found))
    context.image_cache.save()
    return CopiedFiles(downloads, own, origins, tuple(found))


def unlinked(context: Context, static: Iterable[str], named: Iterable[str]) -> Iterator[Diagnostic]:
    """Files that are never published and that Pelican would copy, though no link that was looked at names them."""
    for key in sorted({*static} - {*named}):
        if message := never_published(key):
            yield Diagnostic(context.content.name_of(key), 0, f"this {message}")


def _renamed(save_as: str, key: str, public: str) -> str:
    """What lies beside its page (``{attach}``) stays there."""
    return public if save_as == key else posixpath.join(posixpath.dirname(save_as), posixpath.basename(public))


def _own(context: Context, found: list[Diagnostic]) -> Iterator[tuple[str, Path]]:
    for key in context.content.files:
        path = static_path(key)
        if path and (message := never_published(key)):
            found.append(Diagnostic(context.content.name_of(key), 0, f"this {message}"))
        elif path:
            yield from _prepared(context, key, path, found).items()


def _prepared(context: Context, key: str, path: str, found: list[Diagnostic]) -> dict[str, Path]:
    """The file to copy to a path; none where it is refused or cannot be opened."""
    source, name = context.content.folder / key, context.content.name_of(key)
    title = " ".join(word for word in words_of(PurePosixPath(path).stem) if not is_digest(word)).capitalize()
    try:
        if size_of(source) > LARGEST:
            message = "this is too large to be looked through, so whatever it says of who made it and where stays in it"
            found.append(Diagnostic(name, 0, message, Severity.WARNING))
            return {path: source}
        file, cleaned = context.image_cache.cleaned(source, title)
    except NotOpenedError as error:
        found.append(Diagnostic(name, 0, str(error)))
        return {}
    found += [Diagnostic(name, 0, f"this {told}", Severity.WARNING) for told in cleaned.told]
    if cleaned.refused:
        found.append(Diagnostic(name, 0, f"this {cleaned.refused}"))
        return {}
    return {path: file}
