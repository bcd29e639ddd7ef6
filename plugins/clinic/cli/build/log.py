"""What went wrong in a build that runs in a process of its own: what it reports, or why it broke."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic.content.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
# Begins a line that is a log record; what plugins print themselves has none.
RECORD = "\x1e"
# Stands for a file where none is known.
BUILD = "build"
FRAME = re.compile(r'^\s+File "(?P<file>[^"]+)", line (?P<line>\d+)', re.MULTILINE)
# `package.module.NameError: sentence`, at the start of its line as Python prints it under a traceback.
EXCEPTION = re.compile(r"^(?:\w+\.)*(?P<kind>\w+): (?P<sentence>.+)", re.MULTILINE)
TRACEBACK = "Traceback (most recent call last):"


@dataclass(frozen=True)
class Log:
    """What a build said: its log records with their levels, and whatever else was printed."""

    records: tuple[tuple[int, str], ...]
    printed: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> Log:
        """Take the lines apart."""
        lines = [line for line in text.split("\n") if line.strip()]
        records = (json.loads(line.removeprefix(RECORD)) for line in lines if line.startswith(RECORD))
        printed = (line.strip() for line in lines if not line.startswith(RECORD))
        return cls(tuple((int(level), str(said)) for level, said in records), tuple(printed))

    def at(self, lowest: int, highest: int = logging.CRITICAL) -> Iterator[str]:
        """Give the texts of the records between two levels."""
        return (said for level, said in self.records if lowest <= level <= highest)


def explain(said: str, root: Path) -> Diagnostic:
    """Turn a logged error into a problem: with a traceback, the line to mend and the exception's own words."""
    _, found, trace = said.rpartition(TRACEBACK)
    if found:
        return Diagnostic(*owners_place(trace, root), last_exception(trace))
    return Diagnostic(BUILD, 0, ": ".join(line.strip(" .:") for line in said.splitlines() if line.strip()))


def last_exception(trace: str) -> str:
    """Give the exception's own words first, its Python name behind them for whoever mends it."""
    exceptions = list(EXCEPTION.finditer(trace))
    if not exceptions:
        return trace.strip().rpartition("\n")[2].strip()
    return f"{exceptions[-1]['sentence']} ({exceptions[-1]['kind']})"


def owners_place(trace: str, root: Path) -> tuple[str, int]:
    """Find the innermost place in the project's own files: nobody can mend a line inside a library."""
    places = list(own_frames(trace, root.resolve()))
    return places[-1] if places else (BUILD, 0)


def own_frames(trace: str, root: Path) -> Iterator[tuple[str, int]]:
    """List the places in a traceback that are the project's, as paths from its root."""
    for frame in FRAME.finditer(trace):
        file = (root / frame["file"]).resolve()
        if file.is_relative_to(root) and "site-packages" not in file.parts:
            name = file.relative_to(root).as_posix()
            # Our own launcher is at the bottom of every traceback.
            if not name.endswith("build/process.py"):
                yield name, int(frame["line"])
