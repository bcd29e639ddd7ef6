"""Let a command be ended from the keyboard, or by the system, without a word."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType
ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Ended(BaseException):
    """Someone asked the command to end; like KeyboardInterrupt, no `except Exception` may swallow it."""


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Raise Ended on Ctrl-C, a closed terminal or a polite kill; only once, so that tidying up is not cut off."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        for number in ENDS:
            signal.signal(number, signal.SIG_IGN)
        raise Ended

    former = {number: signal.signal(number, end) for number in ENDS}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
