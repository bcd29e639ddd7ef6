"""Which files the content folder holds. What a link brings in from elsewhere, or nobody can read, is told instead.

A link that leads out of the folder would publish what the owner never put there (`/etc/passwd`, a whole disk).
"""

import os
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from clinic.content.diagnostics import Diagnostic, Severity
from clinic.content.front_matter import not_opened
from clinic.domain.pages.urls import is_left_by_a_system, static_path

POSTS, PAGES, COMMENTS_FOLDER = "posts", "pages", "comments"
SERVICES, TEAM, EVENTS, EXERCISES, LOCATIONS = "services", "team", "events", "exercises", "locations"
RECORD_FOLDERS = (SERVICES, TEAM, EVENTS, EXERCISES, LOCATIONS)
"""Folders of the content whose files make records, or add words to one."""
READ_FOLDERS = (POSTS, PAGES, *RECORD_FOLDERS, COMMENTS_FOLDER)
_LINKED_FOLDER = "this is a link to another folder, which is not read; put the folder itself here"
_HIDDEN = "its name begins with a dot, so it is not read; rename it without the dot, or remove it"
_HIDDEN_BY_SYSTEMS = ("._", ".#")
"""How macOS calls what it keeps beside a file, and Emacs its locks."""
_JUNCTION = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", 0xA0000003)
"""Windows' own links to folders, which Python before 3.12 takes for folders (``st_reparse_tag``)."""


def files_of(folder: Path, shown_as: str, refused: list[Diagnostic]) -> Iterator[str]:
    """The keys of all files below ``folder``; what may not be taken is added to ``refused``, one message each.

    Hidden files and folders, and what systems and editors leave behind, are passed over but in ``static/``; a hidden
    text gets a warning, since someone wrote it.
    """

    def refuse(path: str, message: str) -> None:
        key = Path(path).relative_to(folder).as_posix()
        refused.append(Diagnostic(shown_as if key == "." else f"{shown_as}/{key}", 0, message))

    def add(error: OSError) -> None:
        refuse(os.fspath(error.filename), not_opened(error))

    for root, folders, names in os.walk(folder, onerror=add):
        here = Path(root).relative_to(folder)
        if here.parts[:1] != ("static",):
            folders[:] = [name for name in folders if not name.startswith(".")]
        for linked in filter(partial(_is_linked_folder, root), (*folders,)):
            refuse(f"{root}/{linked}", _LINKED_FOLDER)
            folders.remove(linked)
        keys = [(here / name).as_posix() for name in names]
        refused += map(partial(_hidden, shown_as), filter(_is_hidden_text, keys))
        for key in (key for key in keys if static_path(key) or not is_left_by_a_system(key)):
            if message := refusal_of_name(key) or refusal(folder / key, folder):
                refuse(f"{folder}/{key}", message)
            else:
                yield key


def refusal(path: Path, folder: Path) -> str | None:
    """Why a file below the content ``folder`` is not opened: what it is or leads to; None where it may be.

    A link to nothing may be: whoever opens it says so. A link to another file of the folder is that file once more, and
    so has to be of the same kind: a text or a hidden file is not published under the name of a picture.
    """
    mode = _mode(path, follow=False)
    if not stat.S_ISLNK(mode):
        usual = not mode or stat.S_ISREG(mode) or stat.S_ISDIR(mode)
        return None if usual else "this is no file, but a device or a connection of this machine; remove it"
    target = _mode(path, follow=True)
    if not target:
        return None
    real, whole = Path(os.path.realpath(path)), Path(os.path.realpath(folder))
    if not real.is_relative_to(whole):
        return "this is a link to something outside of this folder, which is not published; put the file itself here"
    key = real.relative_to(whole).as_posix()
    is_alike = PurePosixPath(key).suffix.lower() == path.suffix.lower()
    if stat.S_ISREG(target) and is_alike and (static_path(key) or not is_left_by_a_system(key)):
        return None
    return f'this is a link to "{key}", which is of another kind; put the file itself here, or remove the link'


def refusal_of_name(name: str) -> str | None:
    """Why nothing can be called so: names from old archives may hold bytes that are no UTF-8 (PEP 383)."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return "this name is in an encoding that is not known here; rename it, in plain letters"
    return None


def _hidden(shown_as: str, key: str) -> Diagnostic:
    return Diagnostic(f"{shown_as}/{key}", 0, _HIDDEN, Severity.WARNING)


def _is_hidden_text(key: str) -> bool:
    """Whether a text is hidden by its name, and by nobody but its writer."""
    folder, name = key.partition("/")[0], key.rpartition("/")[2]
    hidden = name.startswith(".") and not name.startswith(_HIDDEN_BY_SYSTEMS)
    return hidden and name.endswith(".md") and folder in READ_FOLDERS


def _is_linked_folder(root: str, name: str) -> bool:
    """Whether a folder is a link, or a junction of Windows; a folder that OneDrive keeps is neither."""
    found = Path(root, name).lstat()
    return stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) == _JUNCTION


def _mode(path: Path, *, follow: bool) -> int:
    """What kind of thing is there; 0 where nothing is, or it cannot be known."""
    try:
        return path.stat(follow_symlinks=follow).st_mode
    except (OSError, ValueError):
        return 0
