"""Problems: what is wrong in the owner's files, each one sentence with file and line."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from difflib import get_close_matches
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


def suggestion(word: str, known: Iterable[str]) -> str:
    """``; did you mean "booking"?`` for the nearest known word, or all of a short list, or nothing."""
    words = sorted(set(known))
    return nearest(word, words) or (f"; write {one_of(words)}" if words and len(words) <= 40 else "")


def nearest(word: str, known: Iterable[str]) -> str:
    """``; did you mean "booking"?`` where one of the known words is near."""
    near = get_close_matches(word, sorted(set(known)), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""


def one_of(words: Iterable[str]) -> str:
    """``note, tip or warning``."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
