"""Puts a finished site in the place of the one before: in one step where the system can, and whole in any case.

The site is built in a folder of the project (``.output-new/site``). Then the two folders change places in one step
(Linux: renameat2 with RENAME_EXCHANGE, macOS: renamex_np with RENAME_SWAP). Where the disk cannot do that, there are
two moves, and the next command puts back what was cut off between them. Where a folder may not be moved at all (a
mount, another disk, a place of another user, a file that is open on Windows), its files are: they are all brought
there first, then put in place, new ones before the pages that need them, and what is over goes last; what was cut off,
the next command finishes.
"""

import ctypes
import errno
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from filecmp import cmp
from functools import partial
from pathlib import Path
from typing import Any

from clinic.cli.disk import patiently, remove_folder, sentence
from clinic.cli.interrupts import undivided

KEPT = (".git",)
"""What is the owner's own at the top of the folder of the site (OUTPUT_RETENTION)."""
_INCOMING = ".incoming"
_NOT_MOVED = frozenset({errno.EXDEV, errno.EBUSY, errno.EACCES, errno.EPERM, errno.EROFS})
_NOT_KNOWN = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTSUP})
_HERE, _EXCHANGE, _SWAP = -100, 2, 2
"""AT_FDCWD and RENAME_EXCHANGE of renameat2(2), RENAME_SWAP of renamex_np(2)."""
_FILE, _FOLDER = 0o644, 0o755


class Staging:
    """The folder of the site, and those beside it in the project while a site is made.

    ``output`` is the real folder. ``new`` is where the site is made, ``beside`` what else is needed until it is in
    place; ``old`` is where the former site is between two moves. ``notes`` are what could not be tidied up, in words.
    """

    def __init__(self, root: Path, output: Path) -> None:
        """``output`` is as it is named, from the project's folder."""
        self.output = (root / output).resolve()
        self._work = root / f".{output.name}-new"
        self.old = root / f".{output.name}-old"
        self.is_swapped = False
        self.notes: list[str] = []

    @property
    def new(self) -> Path:
        """Where the new site is; once it is in place, the former one."""
        return self._work / "site"

    def beside(self, name: str) -> Path:
        """A file that goes with the folder."""
        return self._work / name

    @property
    def _is_ready(self) -> Path:
        """Says that all files of the new site have been brought to their disk."""
        return self.beside("ready")

    @contextmanager
    def tidied(self) -> Iterator[None]:
        """Leave nothing beside the output folder, also where an earlier command was cut off. Raises OSError.

        The new folder is made at once: where that is refused, it is known before a build.
        """
        self.restore()
        self._work, self.old = map(_unused, (self._work, self.old))
        try:
            self.new.mkdir(parents=True)
            yield
        finally:
            self.restore()

    def restore(self) -> None:
        """Put back, or finish, what was cut off, and remove all else, or note that it cannot be. Raises OSError."""
        with undivided():
            for old in reversed(_named_like(self.old)):
                if not self.output.exists():
                    patiently(partial(old.rename, self.output))
            incoming = self.output / _INCOMING
            for work in _named_like(self._work):
                self._work = work
                if self._is_ready.exists() and incoming.is_dir() and self.new.is_dir():
                    self._put_in_place()
            if incoming.exists():
                remove_folder(incoming)
            for folder in (*_named_like(self.old), *_named_like(self._work)):
                self._remove(folder)

    def _remove(self, folder: Path) -> None:
        site = folder / "site" if (folder / "site").is_dir() and folder in _named_like(self._work) else folder
        for kept in KEPT:
            if (site / kept).exists() and self.output.is_dir() and not (self.output / kept).exists():
                patiently(partial((site / kept).rename, self.output / kept))
        try:
            remove_folder(folder)
        except OSError as error:
            self.notes.append(f"{folder.name} is of no more use, but could not be removed: {sentence(error)}")

    def swap(self) -> None:
        """Put the new site in the old one's place. Raises OSError where that is refused; then the old one stays."""
        _give_rights(self.new)
        with undivided():
            if not self.output.exists():
                self.output.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._exchange()
            except OSError as error:
                if error.errno not in _NOT_MOVED or not (self.output.is_dir() or error.errno == errno.EXDEV):
                    raise
                self.output.mkdir(exist_ok=True)  # on another disk nothing can be moved to
                self._renew()
            self.is_swapped = True

    def _exchange(self) -> None:
        if not self.output.exists():
            patiently(partial(self.new.rename, self.output))
            return
        try:
            exchange(self.new, self.output)
        except OSError as error:
            if error.errno not in _NOT_KNOWN:
                raise
            patiently(partial(self.output.rename, self.old))
            try:
                patiently(partial(self.new.rename, self.output))
            except OSError:
                patiently(partial(self.old.rename, self.output))
                raise

    def _renew(self) -> None:
        """Let the folder be, and give it the files of the new site. Raises OSError; the old one stays then."""
        incoming = self.output / _INCOMING
        if incoming.exists():
            remove_folder(incoming)
        try:
            incoming.mkdir()
            for name in _files(self.new):
                if not _is_same(self.new / name, self.output / name):
                    _bring(self.new / name, incoming / name)
            self._is_ready.touch()
        except OSError:
            with suppress(OSError):
                remove_folder(incoming)
            raise
        self._put_in_place()

    def _put_in_place(self) -> None:
        """Put the brought files in place, pages last, and take away what the new site has not."""
        incoming = self.output / _INCOMING
        for name in sorted(_files(incoming), key=lambda name: (name.endswith((".html", ".xml")), name)):
            target = self.output / name
            for above in reversed([*target.relative_to(self.output).parents][:-1]):
                if not (self.output / above).is_dir() or (self.output / above).is_symlink():
                    (self.output / above).unlink(missing_ok=True)
                    (self.output / above).mkdir()
            if target.is_dir() and not target.is_symlink():
                remove_folder(target)
            patiently(partial((incoming / name).replace, target))
        wanted = {*_files(self.new)}
        for name in _files(self.output):
            if name not in wanted and name.partition("/")[0] not in {_INCOMING, *KEPT}:
                (self.output / name).unlink()
        _remove_empty(self.output)
        _give_rights(self.output)
        self._is_ready.unlink(missing_ok=True)

    @property
    def state(self) -> str:
        """A sentence that says which site is in the output folder now."""
        name = self.output.name
        if self.is_swapped:
            return f"The new site is in {name}/."
        if self.output.exists():
            return f"{name}/ is as it was."
        if self.old.exists():
            return f"The site that was in {name}/ is in {self.old.name}/; the next publish puts it back."
        return f"There is no {name}/ yet."


def exchange(one: Path, other: Path) -> None:
    """Let two folders change places in one step. Raises OSError, ENOSYS where the system cannot."""
    names = os.fsencode(one), os.fsencode(other)
    system: Any = ctypes.CDLL(None, use_errno=True) if sys.platform in {"linux", "darwin"} else None
    if hasattr(system, "renameat2"):
        failed = system.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE)
    elif hasattr(system, "renamex_np"):
        failed = system.renamex_np(*names, _SWAP)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(other))


def _named_like(folder: Path) -> list[Path]:
    """The folders of that name, with numbers behind it too, that are there: ``.output-new``, ``.output-new-2``."""
    first = re.sub(r"-\d+$", "", folder.name)
    found = [path for path in folder.parent.iterdir() if re.fullmatch(rf"{re.escape(first)}(?:-\d+)?", path.name)]
    return sorted(path for path in found if path.is_dir() and not path.is_symlink())


def _unused(folder: Path) -> Path:
    """The folder, or one with a number, where it is there and could not be removed."""
    taken = {path.name for path in _named_like(folder)}
    names = (folder.name, *(f"{folder.name}-{number}" for number in range(2, len(taken) + 2)))
    return folder.with_name(next(name for name in names if name not in taken))


def _bring(source: Path, target: Path) -> None:
    """Copy a file with its times, and see that all of it has come. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)
    if not cmp(source, target, shallow=False):
        raise OSError(errno.EIO, "a copy is not as it should be", str(target))


def _files(folder: Path) -> Iterator[str]:
    """The path of every file, and of links, from the folder."""
    for root, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        yield from ((Path(root) / name).relative_to(folder).as_posix() for name in (*names, *links))


def _is_same(new: Path, old: Path) -> bool:
    return old.is_file() and not old.is_symlink() and cmp(new, old, shallow=False)


def _remove_empty(folder: Path) -> None:
    for root, _, _ in os.walk(folder, topdown=False):
        inner = Path(root)
        if inner != folder and inner.relative_to(folder).parts[0] not in KEPT:
            with suppress(OSError):  # it is not empty
                inner.rmdir()


def _give_rights(site: Path) -> None:
    """Let every server read the site, whatever rights new files have by the umask of whoever publishes."""
    for root, folders, names in os.walk(site):
        if Path(root) == site:
            folders[:] = [name for name in folders if name not in {_INCOMING, *KEPT}]
        with suppress(PermissionError):  # of another user, or of a disk that has no rights
            _change_mode(root, _FOLDER)
        for name in names:
            with suppress(PermissionError):
                _change_mode(f"{root}/{name}", _FILE)


def _change_mode(path: str, mode: int) -> None:
    if not os.path.islink(path) and os.stat(path).st_mode & 0o777 != mode:  # noqa: PTH114, PTH116 -- thousands of files
        os.chmod(path, mode)  # noqa: PTH101 -- as above
