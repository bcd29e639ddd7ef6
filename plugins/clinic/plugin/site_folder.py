"""The folder of the finished site: what is in it already is left as it is, what no longer belongs there is removed.

So an upload that goes by times and sizes sends only what is new, and a post that was deleted does not stay online.
"""

import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from filecmp import cmp
from functools import partial
from pathlib import Path
from shutil import copyfile, rmtree

_BESIDE = ".new"
"""Ends the name of a file while it is written. Cut off, it is removed by the next build, which has not made it."""


class SiteFolder:
    """Writes the files of one build, each at its path from the root of the site."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: dict[str, Path] = {}

    def __contains__(self, path: str) -> bool:
        """Whether this build has made a file at that path."""
        return path in self._made

    def write(self, path: str, text: str) -> None:
        """Write a text in UTF-8 with its own line ends. Raises OSError, or ValueError for one path twice."""
        data = text.encode("utf-8")
        self._put(path, partial(_has, data), lambda beside: beside.write_bytes(data))

    def copy(self, path: str, source: Path) -> None:
        """Write what is in another file. Raises OSError, or ValueError for one path twice."""
        self._put(path, partial(_is_copy, source), partial(copyfile, source))

    def _put(self, path: str, is_there: Callable[[Path], bool], write: Callable[[Path], object]) -> None:
        target = self.folder / path
        name = target.relative_to(self.folder).as_posix()
        if name in self._made:
            raise ValueError(f"{name} is written twice in one build")
        self._made[name] = target
        if target.is_symlink() or not is_there(target):
            self._make_room(target)
            beside = target.with_name(target.name + _BESIDE)
            write(beside)  # not to the file itself, which may be linked with that of another site
            beside.replace(target)

    def _make_room(self, target: Path) -> None:
        """Make the folders of a file; a file of an older build in place of one, or a folder in its place, goes."""
        for above in reversed(target.relative_to(self.folder).parents[:-1]):
            if (folder := self.folder / above).is_file() or folder.is_symlink():
                folder.unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_symlink():
            target.unlink()
        elif target.is_dir():
            rmtree(target)

    def remove_others(self, kept: Iterable[str] = ()) -> None:
        """Remove every file that this build has not made, and empty folders; not what is ``kept`` at the top.

        Where one file has several names (capitals on macOS and Windows), it gets the one that it was made under.
        Raises OSError.
        """
        made = {_folded(name): target for name, target in self._made.items()}
        for name, found in self._others(frozenset(kept)):
            same = made.get(_folded(name))
            if same and same.exists() and same.samefile(found):
                found.rename(same)
            else:
                found.unlink()
        _remove_empty(self.folder, frozenset(kept))

    def _others(self, kept: frozenset[str]) -> Iterator[tuple[str, Path]]:
        for root, folders, files in os.walk(self.folder):
            here = Path(root).relative_to(self.folder)
            top = here == Path()
            folders[:] = [name for name in folders if not (top and name in kept)]
            links = [name for name in folders if (Path(root) / name).is_symlink()]
            for name in (*files, *links):
                path = (here / name).as_posix()
                if path not in self._made and not (top and name in kept):
                    yield path, self.folder / path


def _has(data: bytes, target: Path) -> bool:
    """Whether a file is there and has these bytes."""
    with suppress(OSError):
        return target.stat().st_size == len(data) and target.read_bytes() == data
    return False


def _is_copy(source: Path, target: Path) -> bool:
    """Whether a file is there and has the bytes of ``source``."""
    return target.is_file() and cmp(source, target, shallow=False)


def _remove_empty(folder: Path, kept: frozenset[str]) -> None:
    for root, _, _ in os.walk(folder, topdown=False):
        path = Path(root)
        if path != folder and path.relative_to(folder).parts[0] not in kept:
            with suppress(OSError):  # it is not empty
                path.rmdir()


def _folded(name: str) -> str:
    """Equal for names that some systems hold to be one."""
    return unicodedata.normalize("NFC", name).casefold()
