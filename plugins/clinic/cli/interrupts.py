"""Ends a command quietly on Ctrl-C, when its terminal is closed, and on a polite kill."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Windows has no SIGHUP."""
POLL_SECONDS = 0.5
"""The longest single wait: a signal in the instant before an endless wait would be noticed only at its end."""


INTERRUPTED = 130
"""The exit code of a command that was asked to end: 128 and the number of SIGINT, as shells have it."""


_undivided: list[list[int]] = []
"""The signals that came in the block of ``undivided`` that is being run, if any."""


class Interrupted(BaseException):
    """The command was asked to end; as with KeyboardInterrupt, no ``except Exception`` may swallow it."""


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise Interrupted on the first of the signals and ignore the others, so that tidying up is not cut off."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        _ignore()
        raise Interrupted

    former = {number: signal.signal(number, interrupt) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


@contextmanager
def undivided() -> Iterator[None]:
    """Let nothing end the command inside the block: a signal that comes meanwhile raises Interrupted at its end.

    Inside another such block it is the end of that.
    """
    if _undivided:
        yield
        return
    came: list[int] = []
    _undivided.append(came)
    former = {number: signal.signal(number, lambda number, _frame: came.append(number)) for number in SIGNALS}
    try:
        yield
    finally:
        _undivided.clear()
        for number, handler in former.items():
            signal.signal(number, handler)
    # Where signals are ignored already, the command is about to end by itself.
    if came and signal.SIG_IGN not in former.values():
        _ignore()
        raise Interrupted


def _ignore() -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
