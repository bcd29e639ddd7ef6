"""Diagnostics: what is wrong, or worth knowing, in the owner's files, each one message with file and line."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

_QUOTED = re.compile(r'"([^"]*)"')
_LINE_ENDS = re.compile(r'(?<!\s)\s*[\n\r\u2028]\s*("?)')
"""From the first space of a row alone, so that a long row is looked through once; a quote behind it ends a value."""
_LONGEST_QUOTE = 120
"""Letters of what the owner wrote that a message shows: enough to find it."""


class Severity(StrEnum):
    """An error stops a publish; a warning is printed and stops nothing; advice is given by `check` alone."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, order=True)
class Diagnostic:
    """A message about one line of a file. ``line`` counts from 1, and 0 is the whole file.

    ``file`` is the path that the owner knows (``content/posts/x.md``). The message is on one line, and shows only the
    beginning of a long text that it quotes. ``rule`` is the name of what was broken and ``source`` the address of where
    that is laid down, where they are known.
    """

    file: str
    line: int
    message: str
    severity: Severity = Severity.ERROR
    rule: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", _readable(self.message))
        if not self.file.isascii():  # names may hold bytes that are no UTF-8, which nothing can write
            object.__setattr__(self, "file", self.file.encode("utf-8", "replace").decode())

    @property
    def position(self) -> str:
        """File and line, as far as known: ``content/posts/x.md:3``."""
        file = " ".join(self.file.splitlines())  # names of files may hold line ends
        return f"{file}:{self.line}" if self.line else file

    @property
    def is_error(self) -> bool:
        """Whether a publish stops on it."""
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        return f"{self.position}: {'' if self.is_error else 'note: '}{self.message}"


def _readable(message: str) -> str:
    line = _LINE_ENDS.sub(lambda found: found[1] or " ", message)
    if line.count('"') % 2:  # a value with one of its own: nobody knows where it ends
        most = 3 * _LONGEST_QUOTE
        return line if len(line) <= 2 * most else f"{line[:most].rstrip()} … {line[-most:].lstrip()}"
    return _QUOTED.sub(
        lambda found: f'"{found[1][: _LONGEST_QUOTE // 2].rstrip()} …"' if len(found[1]) > _LONGEST_QUOTE else found[0],
        line,
    )


class Diagnostics:
    """Diagnostics of one build, in the order of files and lines, each once."""

    def __init__(self, found: Iterable[Diagnostic] = ()) -> None:
        self._found = set(found)

    def extend(self, found: Iterable[Diagnostic]) -> None:
        """Add several."""
        self._found.update(found)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """What stops a publish."""
        return tuple(found for found in self if found.is_error)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What stops nothing."""
        return tuple(found for found in self if not found.is_error)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(sorted(self._found))

    def __len__(self) -> int:
        return len(self._found)


def write_report(path: Path, found: Iterable[Diagnostic]) -> None:
    """Write diagnostics for the commands: a JSON list of objects with file, line, message and severity."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(diagnostic) for diagnostic in found], ensure_ascii=False), "utf-8")


def read_report(path: Path) -> tuple[Diagnostic, ...]:
    """What ``write_report`` wrote; nothing where a build did not come that far."""
    try:
        report = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return ()
    return tuple(Diagnostic(**{**found, "severity": Severity(found["severity"])}) for found in report)
