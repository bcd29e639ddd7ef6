"""A second process does every other piece of the work of a build, where there is much of it and a processor for it.

It is forked from the build, so it has read all that the build has, and what it works out goes into the store of the
first, which then finds it there as if an earlier build had left it. So nothing depends on it: where it ends too early,
the first process does the rest by itself, and says what is wrong. Where a system
cannot fork (Windows), or its libraries do not bear it (macOS), there is none.
"""

import gc
import os
import pickle
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NoReturn, TypeVar

from clinic.plugin.store import Store

Item = TypeVar("Item")
_FORKS = hasattr(os, "fork") and sys.platform != "darwin"
MUCH = 200
"""Documents of which a build is quicker with two processes: to fork costs as much as some ten of them."""


class SecondProcess:
    """The two processes; each has one of these, and takes every other piece of work (``is_mine``)."""

    def __init__(self, store: Store, child: int, pipe: int) -> None:
        """``child`` is the process id of the second process, in the second process 0; ``pipe`` leads to the first."""
        self._store = store
        self._child = child
        self._pipe = pipe
        self._count = 0
        self._first = os.getppid() if child == 0 else os.getpid()

    @classmethod
    def fork(cls, store: Store) -> "SecondProcess | None":
        """Begin one, which goes on from here too; None where there is no processor for it."""
        if not _FORKS or _processors() < 2:
            return None
        store.flush()
        receive, send = os.pipe()
        child = os.fork()
        os.close(receive if child == 0 else send)
        if child == 0:
            gc.disable()  # it will not live long, and what it does not touch stays shared with the first
            store.go_on_apart()
        return cls(store, child, send if child == 0 else receive)

    @property
    def is_second(self) -> bool:
        """Whether this is the second process."""
        return self._child == 0

    def is_mine(self) -> bool:
        """Whether the next piece of work is for this process: to be asked once for each piece, by both."""
        if self.is_second and os.getppid() != self._first:
            os._exit(1)  # nobody waits for it any more
        self._count += 1
        return self.is_second == bool(self._count % 2)

    def end(self, *, whole: bool = True) -> NoReturn:
        """End the second process; the first gets what it has put into the store."""
        with suppress(OSError), os.fdopen(self._pipe, "wb") as first:
            pickle.dump(self._store.results() if whole else {}, first, pickle.HIGHEST_PROTOCOL)
        os._exit(0)

    def take(self) -> None:
        """In the first process: wait for the second, and put into the store what it has worked out."""
        with suppress(Exception), os.fdopen(self._pipe, "rb") as second:  # it may have been stopped anywhere
            self._store.take(pickle.load(second))  # noqa: S301 (our own process)
        with suppress(OSError):
            os.waitpid(self._child, 0)


def work_ahead(store: Store, items: Sequence[Item], work: Callable[[Item], object]) -> None:
    """Let two processes ``work`` on the items, so that the store has what follows from them.

    Nothing is done where that is not worth its while: whoever needs the results asks the store for them in any case.
    """
    pair = SecondProcess.fork(store) if len(items) >= MUCH else None
    if pair is None:
        return
    try:
        for item in items:
            if pair.is_mine():
                work(item)
    except BaseException:
        if pair.is_second:
            pair.end(whole=False)
        raise
    if pair.is_second:
        pair.end()
    pair.take()


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
