"""One command at a time writes the site; and what builds for a command ends with it, however that ends."""

import errno
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = Path(".cache") / "lock"
PARENT = "CLINIC_PARENT"
"""The variable that gives a process that builds the id of the command that it builds for."""
_PATIENCE = 2.0
"""Seconds in which the processes of a command that was killed are gone, too."""
_held: list[int] = []


class Busy(Exception):
    """Another command writes the site; the text is a sentence that says which, and what to do."""


@contextmanager
def only_one(root: Path, command: str) -> Iterator[None]:
    """Be the only command that writes the site of the project at ``root``.

    The system takes the lock away with the last process that holds it, so there are no stale ones. Raises
    Busy where another command holds it, with which and since when; OSError where there can be no lock.
    """
    file = _acquire(root / LOCK)
    try:
        os.truncate(file, 0)
        os.write(file, f"{command}\n{time.strftime('%H:%M')}\n".encode())
        _held.append(file)
        yield
    finally:
        with suppress(ValueError):
            _held.remove(file)
        os.close(file)


def held() -> tuple[int, ...]:
    """The files of locks that this command holds: what builds for it is to hold them too, until it is gone as well."""
    return () if sys.platform == "win32" else tuple(_held)


def _acquire(path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + _PATIENCE
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if _locked(file) and _is_still(path, file):
                return file
        except BaseException:
            os.close(file)
            raise
        said = os.pread(file, 200, 0).decode("utf-8", "replace").split("\n") if hasattr(os, "pread") else []
        os.close(file)
        if time.monotonic() > end:
            what, since = (*said, "", "")[:2]
            at_work = f"`{what}` is at work, since {since}" if what and since else "another command is at work"
            raise Busy(f"{at_work}; wait until it has ended, then run this again.")
        time.sleep(0.1)


def _locked(file: int) -> bool:
    """Whether the lock could be had. A disk that knows no locks, such as some of a network, is left without."""
    try:
        if sys.platform == "win32":
            os.lseek(file, 1 << 20, os.SEEK_SET)  # not where the words are, which others are to read
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            os.lseek(file, 0, os.SEEK_SET)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}:
            return True
        if error.errno in {errno.EAGAIN, errno.EACCES, errno.EDEADLK}:
            return False
        raise
    return True


def _is_still(path: Path, file: int) -> bool:
    """Whether the locked file is the one in its place: somebody may have removed that meanwhile."""
    with suppress(OSError):
        return sys.platform == "win32" or path.stat().st_ino == os.fstat(file).st_ino
    return False


def end_with_parent() -> None:
    """In a process that builds: end at once when the command that it builds for is gone."""
    parent = int(os.environ.get(PARENT) or 0)
    if not parent:
        return
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 -- only here

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG, prctl(2)
    else:
        Thread(target=_wait_for_end_of, args=(parent,), daemon=True).start()
    if sys.platform != "win32" and os.getppid() != parent:
        os._exit(1)


def _wait_for_end_of(parent: int) -> None:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 -- only here

        kernel = ctypes.windll.kernel32
        kernel.WaitForSingleObject(kernel.OpenProcess(0x00100000, False, parent), -1)
    else:
        while os.getppid() == parent:
            time.sleep(0.2)
    os._exit(1)
