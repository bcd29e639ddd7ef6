"""Problems: what is wrong in the owner's files, each one sentence with file and line."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend.

    ``file`` is named as the owner knows it (``content/posts/x.md``); ``line`` counts from 1, 0 is the whole file.
    """

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}"


class Problems:
    """The problems of one run, in the order of files and lines, each once."""

    def __init__(self) -> None:
        self._found: set[Problem] = set()

    def add(self, file: str, line: int, message: str) -> None:
        """Keep one problem."""
        self._found.add(Problem(file, line, message))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Keep several."""
        self._found.update(problems)

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._found))

    def __len__(self) -> int:
        return len(self._found)

    def write_json(self, path: Path) -> None:
        """Leave them for the preview: a JSON list of objects with file, line and message."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps([asdict(problem) for problem in self], ensure_ascii=False), "utf-8")
