"""Ends a command quietly on Ctrl-C, when its terminal is closed, and on a polite kill."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Windows has no SIGHUP."""
POLL_SECONDS = 0.5
"""The longest single wait: a signal in the instant before an endless wait would be noticed only at its end."""


class Interrupted(BaseException):
    """The command was asked to end; as with KeyboardInterrupt, no ``except Exception`` may swallow it."""


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise Interrupted on the first of the signals and ignore the others, so that tidying up is not cut off."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        raise Interrupted

    former = {number: signal.signal(number, interrupt) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
