"""What the commands do on the disk: write files whole, remove folders, and say what the system refuses."""

import errno
import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from filecmp import cmp
from functools import partial
from pathlib import Path

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_OPEN_ELSEWHERE = frozenset({32, 33})
_HELD = _OPEN_ELSEWHERE | {5}
"""Windows' own numbers: ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION, and ERROR_ACCESS_DENIED, which may be either."""
_REFUSED = frozenset({errno.EACCES, errno.EPERM})


def sentence(error: OSError) -> str:
    """What is wrong and what to do, without a full stop, in place of the system's own words."""
    file = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes | os.PathLike) else ""
    if getattr(error, "winerror", None) in _OPEN_ELSEWHERE:
        return f"{file or 'a file'} is open in another program; close it there, then run it again"
    if error.errno in _FULL:
        return "there is no room left on the disk; free some, then run it again"
    if error.errno in _REFUSED:
        return f"{file or 'a file'} may not be changed; give yourself the right to write there, then run it again"
    if error.errno == errno.EROFS:
        return (
            f"{file or 'the disk'} can only be read; copy the project to a disk that can be written, and run it there"
        )
    return f"{error.strerror or error}{f': {file}' if file else ''}"


def patiently(act: Callable[[], object]) -> None:
    """Do what Windows refuses while a file is open in another program, and again for some two seconds.

    A virus scanner or an indexer holds a new file for a moment (winerror 5, 32, 33). Raises OSError.
    """
    for seconds in (0.05, 0.1, 0.2, 0.4, 0.8, 0.8):
        try:
            act()
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD:
                raise
            time.sleep(seconds)
        else:
            return
    act()


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file (a text in UTF-8), whole or not at all: it is written beside its place and moved there.

    A full disk, or an end at any moment, leaves a file that was there as it was, and otherwise neither half of one nor
    an empty folder. A kill may leave the hidden file beside it, which nothing reads and the next run replaces. Raises
    OSError.
    """
    made = [folder for folder in (path.parent, *path.parent.parents) if not folder.exists()]
    beside = path.with_name(f".{path.name[:60]}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        with beside.open("xb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o777)
        patiently(partial(beside.replace, path))
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
            for folder in made:
                folder.rmdir()
        raise


def keep_times(folder: Path, earlier: Path) -> None:
    """Give each file whose bytes are those of the file of the same name in ``earlier`` the time of that one.

    An upload that goes by times and sizes sends only what is new then. Raises OSError.
    """
    for root, _, names in os.walk(folder):
        for file in (Path(root) / name for name in names):
            same = earlier / file.relative_to(folder)
            if same.is_file() and cmp(file, same, shallow=False):
                times = same.stat()
                os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def remove_folder(folder: Path) -> None:
    """Remove a folder with all that is in it, also what may only be read. Raises OSError where it stays."""
    for inner in (folder, *(path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink())):
        with suppress(OSError):
            inner.chmod(0o700)
    with suppress(OSError):
        patiently(partial(shutil.rmtree, folder))
    shutil.rmtree(folder, ignore_errors=True)  # all that may go
    if folder.exists():
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
