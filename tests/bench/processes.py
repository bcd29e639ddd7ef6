"""One process and those it starts, and what they cost."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024
"""Linux counts ``ru_maxrss`` in kilobytes, macOS in bytes."""
_SLOWS_DOWN = ("PYTHONDONTWRITEBYTECODE", "PYTHONDEVMODE", "PYTHONTRACEMALLOC")
"""Variables that are not the builds' own: with the first, hundreds of modules are compiled anew in each of them."""


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, seconds of user and system CPU, bytes of memory of the largest process at its peak."""

    wall: float
    cpu: float
    memory: int


class BuildFailed(Exception):
    """A build did not end well, so its time says nothing."""


def run(command: Sequence[str], folder: Path, log: Path, **variables: str) -> Cost:
    """Run ``command`` in ``folder`` to its end, with these environment variables.

    What it says goes to ``log``. Raises BuildFailed with that.
    """
    kept = {name: value for name, value in os.environ.items() if name not in _SLOWS_DOWN}
    # 2026-01-01: every run sees the same day
    environment = {**kept, **variables, "SOURCE_DATE_EPOCH": "1767225600"}
    with log.open("wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
        # wait4 tells what this one child and its children used; getrusage would add up all of ours
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise BuildFailed(f"{' '.join(command)}\n{log.read_text('utf-8')}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _MEMORY_UNIT)
