"""What a build in a process of its own reported, or why it broke, as diagnostics."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic.content.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sized
    from pathlib import Path
RECORD_MARK = "\x1e"
"""Begins a line that is a log record; what plugins print themselves has none."""
BUILD = "build"
"""Stands for a file where none is known."""
LAUNCHER = "cli/build/__main__.py"
FRAME = re.compile(r'^\s+File "(?P<file>[^"]+)", line (?P<line>\d+)', re.MULTILINE)
EXCEPTION = re.compile(r"^(?:\w+\.)*(?P<kind>\w+): (?P<sentence>.+)", re.MULTILINE)
"""`package.module.NameError: sentence`, at the start of its line, as Python prints it under a traceback."""
TRACEBACK = "Traceback (most recent call last):"


@dataclass(frozen=True)
class Log:
    """What a build wrote to its standard error: log records (level, text) and other lines."""

    records: tuple[tuple[int, str], ...]
    printed: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> Log:
        """Tell records from other lines."""
        lines = [line for line in text.split("\n") if line.strip()]
        records = (json.loads(line.removeprefix(RECORD_MARK)) for line in lines if line.startswith(RECORD_MARK))
        printed = (line.strip() for line in lines if not line.startswith(RECORD_MARK))
        return cls(tuple((int(level), str(message)) for level, message in records), tuple(printed))

    def at(self, lowest: int, highest: int = logging.CRITICAL) -> Iterator[str]:
        """The texts of the records between two levels, both included."""
        return (message for level, message in self.records if lowest <= level <= highest)


def count(errors: Sized) -> str:
    """How many there are, in words."""
    return "1 problem" if len(errors) == 1 else f"{len(errors)} problems"


def explain(message: str, root: Path) -> Diagnostic:
    """A logged error as a diagnostic: with a traceback, the line to fix and the exception's own words."""
    _, found, trace = message.rpartition(TRACEBACK)
    if found:
        file, line = next(reversed(list(_project_frames(trace, root.resolve()))), (BUILD, 0))
        return Diagnostic(file, line, _last_exception(trace))
    return Diagnostic(BUILD, 0, ": ".join(line.strip(" .:") for line in message.splitlines() if line.strip()))


def _last_exception(trace: str) -> str:
    """The exception's sentence, then its Python name for a developer."""
    exceptions = list(EXCEPTION.finditer(trace))
    if not exceptions:
        return trace.strip().rpartition("\n")[2].strip()
    return f"{exceptions[-1]['sentence']} ({exceptions[-1]['kind']})"


def _project_frames(trace: str, root: Path) -> Iterator[tuple[str, int]]:
    """Path and line of the frames in the project's own files, outermost first: nobody can fix one in a library."""
    for frame in FRAME.finditer(trace):
        file = (root / frame["file"]).resolve()
        # The launcher is at the bottom of every traceback.
        if file.is_relative_to(root) and "site-packages" not in file.parts and not file.as_posix().endswith(LAUNCHER):
            yield file.relative_to(root).as_posix(), int(frame["line"])
