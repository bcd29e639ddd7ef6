"""Files of the content folder that are no documents: published as they are (``static/``), or told to the owner."""

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from clinic.content.addresses import ADDRESSES
from clinic.content.clinic import CLINIC_FILE
from clinic.content.content import Content, is_out_of_place
from clinic.content.diagnostics import Diagnostic, Severity
from clinic.content.folder import COMMENTS_FOLDER, READ_FOLDERS
from clinic.content.front_matter import not_opened
from clinic.content.publication import MANUAL
from clinic.domain.checks.file_names import refused_by_windows, same_but_for_capitals
from clinic.domain.pages.urls import static_path
from clinic.models.suggestions import composed, join_and
from clinic.plugin.context import Context
from clinic.plugin.images import is_image
from clinic.plugin.index import Index
from clinic.plugin.site_folder import SiteFolder
from clinic.rendering.editor.config import ADMIN
from clinic.rendering.images.brand import FAVICON_ICO

_MARKDOWN = (".md", ".markdown", ".mdown", ".mdx", ".mkd")
_MEDIA = (".mp4", ".m4v", ".webm", ".mov", ".mp3", ".vtt", ".srt", ".pdf", ".zip", ".ics")
_OURS_WHOLLY = frozenset({"theme", "pagefind"})
"""Folders of the site that the build alone fills."""
_MAY_BE_OWN = frozenset({"_headers", "favicon.ico"})
"""What a host may ask for, and no build writes where an owner has another."""
_MOST_NAMED = 3


def copy_files(context: Context, indexes: Iterable[Index], settings: Mapping[str, Any], site: SiteFolder) -> None:
    """Publish files as they are: the theme's, what pages link to, and ``static/x.html`` at ``/x.html``.

    A file of ``static/`` at the path of another has its diagnostic; a preview, which goes on, leaves it out. The
    ``indexes`` are those of all languages.
    """
    for path, file in (*_theme_files(context.assets, settings), *_editor_files(context, settings)):
        site.copy(path, file)
    downloads = {path: file for index in indexes for path, file in index.files.downloads.items()}
    for path, file in downloads.items():
        site.copy(path, file)
    for path, file in ((path, file) for index in indexes for path, file in index.files.own.items()):
        if path not in site:
            site.copy(path, file)
    if FAVICON_ICO not in site:  # browsers ask for it beside what cannot name an icon: feeds, PDF, redirects
        site.copy(FAVICON_ICO, context.icons[f"theme/{FAVICON_ICO}"])


def _editor_files(context: Context, settings: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    """The browser editor's packages, where a publish has them (``CLINIC_EDITOR_PACKAGE``) and clinic.yaml asks for it.

    A preview has ``make admin``; the schema is for our own tests.
    """
    package = settings.get("CLINIC_EDITOR_PACKAGE")
    if package and context.clinic.editor and not context.preview:
        for file in sorted(Path(package).rglob("*")):
            inside = file.relative_to(package)
            if file.is_file() and "schema" not in inside.parts[:2]:
                yield f"{ADMIN}{inside.as_posix()}", file


def _theme_files(assets: Iterable[Path], settings: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    """The files of the theme's folders for assets, all below one folder of the site."""
    for folder in assets:
        for file in sorted(folder.rglob("*")):
            inside = file.relative_to(folder)
            ignored = any(fnmatch(part, pattern) for part in inside.parts for pattern in settings["IGNORE_FILES"])
            if file.is_file() and not ignored:
                yield f"{settings['THEME_STATIC_DIR']}/{inside.as_posix()}", file


def static_conflicts(context: Context, index: Index) -> Iterator[Diagnostic]:
    """Files of ``static/`` that would overwrite what the build writes, or lie where it has a file or a folder."""
    own = [key for key in context.content.files if static_path(key)]
    written = {path.casefold(): what for path, what in _written(index)} if own else {}
    folders = {parent for path in written for parent in _parents(path)}
    for key in own:
        path = str(static_path(key)).casefold()
        at = next((each for each in (path, *_parents(path)) if each in written), None)
        if at or path in folders or path.partition("/")[0] in _OURS_WHOLLY:
            what = written.get(at or "", "a part of this site")
            message = f"this would be published at /{static_path(key)}, where {what} is already"
            yield Diagnostic(context.content.name_of(key), 0, f"{message}; give it another name, or remove it")


def names_elsewhere(context: Context, indexes: Sequence[Index]) -> Iterator[Diagnostic]:
    """Names that another system refuses, of files of the owner and of what is made for the pages."""
    content = context.content
    refused = {key: why for key in content.files if (why := refused_by_windows(key))}
    for key, why in refused.items():
        yield Diagnostic(content.name_of(key), 0, f"{why}; give it another name", Severity.WARNING)
    yield from _names_on_other_disks(content)
    told: set[str] = set()
    for page in (page for index in indexes for page in index.contents if page.save_as):
        if (why := refused_by_windows(page.save_as)) and page.read.document.key not in refused:
            told.add(why)
            message = f"its page is at /{page.save_as}, and {why}; give it another slug"
            yield Diagnostic(page.read.name, 1, message, Severity.WARNING)
    for path, what in sorted({pair for index in indexes for pair in _written(index)}):
        if (why := refused_by_windows(path)) and why not in told:
            told.add(why)
            message = f"{what} is at /{path}, and {why}; give it another name"
            yield Diagnostic(content.shown_as, 0, message, Severity.WARNING)


def _names_on_other_disks(content: Content) -> Iterator[Diagnostic]:
    """Names that the disks of Macs and Windows take for others, or write in another way."""
    for key, other in same_but_for_capitals(content.files):
        what = "only how its accents are stored tells" if composed(key) == composed(other) else "only capitals tell"
        message = f"{what} this from {content.name_of(other)}, and Windows and macOS keep one of both"
        yield Diagnostic(content.name_of(key), 0, f"{message}; give one of them another name", Severity.WARNING)
    for key in (key for key in content.files if composed(key) != key):
        message = "this name has the marks of its letters apart, as a Mac writes them, so that no typed link finds it"
        yield Diagnostic(content.name_of(key), 0, f"{message}; rename it: type those letters anew", Severity.WARNING)


def _written(index: Index) -> Iterator[tuple[str, str]]:
    """Every file that a build writes, and what it is."""
    for path, what in index.taken.items():
        if path not in _MAY_BE_OWN | _OURS_WHOLLY:
            yield (f"{path.strip('/')}/index.html" if what.startswith("a page") else path), what
    for content in index.contents:
        if content.save_as:
            yield content.save_as, f"the page of {content.read.name}"


def _parents(path: str) -> tuple[str, ...]:
    return tuple(parent.as_posix() for parent in PurePosixPath(path).parents if parent.name)


def unread_files(context: Context, indexes: Sequence[Index]) -> Iterator[Diagnostic]:
    """A post saved as .txt or .docx, in the wrong folder, or a file that no page uses, would be left out in silence.

    ``indexes`` are those of all languages.
    """
    content = context.content
    read = content.all_documents.keys() | content.comments.files.keys() | content.left_out
    used = {key for index in indexes for key in (*index.copied, *index.site_images.sources)}
    unused: dict[str, list[str]] = defaultdict(list)
    for key in content.files:
        if key in {MANUAL, CLINIC_FILE, ADDRESSES} or any(_is_told_where_used(key, index) for index in indexes):
            continue
        message = _misplaced(key, {*used, *read}) or (None if key in read else _not_opened(content.folder / key))
        if message:
            yield Diagnostic(content.name_of(key), 0, message)
        elif key not in used and key not in read and not static_path(key):
            unused[key.rpartition("/")[0]].append(key)
    if not unused:
        return
    # what is not published may use them once it is; and where a link is wrong, that is told already
    texts = [document.file.text for document in content.all_documents.values()]
    words = unquote("\n".join((*texts, content.clinic_yaml.text))).casefold()
    for folder, keys in unused.items():
        names = [PurePosixPath(key).name for key in keys]
        yield from _unused(context, folder, [name for name in names if name.casefold() not in words])


def _is_told_where_used(key: str, index: Index) -> bool:
    """An image that could not be made ready has its diagnostic where it is used."""
    return key in index.site_images.sources and key not in index.images.images


def _not_opened(path: Path) -> str | None:
    if os.access(path, os.R_OK):
        return None
    return not_opened(PermissionError() if path.exists() else FileNotFoundError())


def _misplaced(key: str, used: Collection[str]) -> str | None:
    """What is wrong with the place or the kind of a file that is not read."""
    folder, _, rest = key.partition("/")
    is_text = key.lower().endswith(_MARKDOWN)
    if folder not in READ_FOLDERS or not rest:
        return "this file is not read; move it into posts/ or pages/" if is_text and not static_path(key) else None
    if not key.endswith(".md"):
        is_media = is_image(key) or key.lower().endswith(_MEDIA)
        message = "this file is not read; save it as plain text with a name that ends in .md, or keep it in images/"
        return None if key in used or is_media else message
    if folder == COMMENTS_FOLDER and rest.count("/") != 1:
        return "this file is not read; move it into the folder of its article: comments/the-name-of-the-article/"
    if is_out_of_place(key):
        return f"this file is not read; move it out of its folder, directly into {folder}/"
    # an error of this program, which Pelican would only mention
    return None if key in used else "this file was left out, and this program does not know why; please report it"


def _unused(context: Context, folder: str, names: list[str]) -> Iterator[Diagnostic]:
    """One note for a folder, however many files there are."""
    if not names:
        return
    more = [f"{len(names) - _MOST_NAMED} more"] if len(names) > _MOST_NAMED else []
    listed = join_and([*(f'"{name}"' for name in names[:_MOST_NAMED]), *more])
    what, which = ("it is", "it") if len(names) == 1 else ("they are", "them")
    name = (
        context.content.name_of(f"{folder}/{names[0]}" if folder else names[0])
        if len(names) == 1
        else (context.content.name_of(folder) if folder else context.content.shown_as)
    )
    how = f"show {which} on a page, put what is to be published as it is into static/, or remove {which}"
    yield Diagnostic(name, 0, f"no page uses {listed}, so {what} not published; {how}", Severity.WARNING)
