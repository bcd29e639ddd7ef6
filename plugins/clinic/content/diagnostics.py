"""Problems: what is wrong in the owner's files, each one sentence with file and line; and notes, which stop nothing."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Diagnostic:
    """One thing to mend.

    ``file`` is named as the owner knows it (``content/posts/x.md``); ``line`` counts from 1, 0 is the whole file.
    """

    file: str
    line: int
    message: str

    @property
    def place(self) -> str:
        """File and line, as far as known: ``content/posts/x.md:3``."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"

    def as_note(self) -> str:
        """The line of something that stops nothing."""
        return f"{self.place}: note: {self.message}"


class Diagnostics:
    """The problems of one run, in the order of files and lines, each once."""

    def __init__(self) -> None:
        self._found: set[Diagnostic] = set()

    def add(self, file: str, line: int, message: str) -> None:
        """Keep one problem."""
        self._found.add(Diagnostic(file, line, message))

    def extend(self, problems: Iterable[Diagnostic]) -> None:
        """Keep several."""
        self._found.update(problems)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(sorted(self._found))

    def __len__(self) -> int:
        return len(self._found)


def write_report(path: Path, problems: Diagnostics, notes: Diagnostics) -> None:
    """Leave them for the desk: JSON, two lists of objects with file, line and message."""
    report = {"problems": [asdict(found) for found in problems], "notes": [asdict(found) for found in notes]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, ensure_ascii=False), "utf-8")
