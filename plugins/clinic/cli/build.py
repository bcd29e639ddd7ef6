"""One build of the site in a process of its own, and what it reported.

The process is ``python -m clinic.cli.build``: Pelican as it is, but each log record on one line, with its level. The
preview has processes that have imported everything already (``clinic/cli/preview/build_server.py``).
"""

import errno
import importlib
import json
import logging
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from clinic.cli.disk import sentence
from clinic.cli.interrupts import POLL_SECONDS
from clinic.cli.lock import PARENT, end_with_parent, held
from clinic.content.diagnostics import Diagnostic, Severity, read_report

PLUGINS = str(Path(__file__).parents[2])
"""Where this package lies: the process that builds imports it too, whatever folder it runs in."""
RECORD_MARK = "\x1e"
"""Begins a line that is a log record; what plugins print themselves has none."""
BUILD = "build"
"""Stands for a file where none is known."""
PLAIN_LOG = ["--log-handler", "plain"]
"""Pelican's own: what is asked of it is for people to read."""
LAUNCHERS = ("cli/build.py", "cli/preview/build_server.py")
FRAME = re.compile(r'^[ \t]+File "(?P<file>[^"]+)", line (?P<line>\d+)', re.MULTILINE)
EXCEPTION = re.compile(r"^(?:\w+\.)*(?P<kind>\w+): (?P<message>.+)", re.MULTILINE)
"""`package.module.NameError: message`, at the start of its line, as Python prints it under a traceback."""
REFUSED = re.compile(r"\[Errno (?P<number>28|27|30|13|1|122)\] [^:\n]+(?:: ['\"](?P<file>[^'\"\n]+)['\"])?")
"""What the system does not let a build do: the disk is full, can only be read, or is not the owner's."""
TRACEBACK = "Traceback (most recent call last):"


@dataclass(frozen=True)
class Project:
    """Where the owner's files are: the project's folder, and in it the content."""

    root: Path
    content: Path = Path("content")

    @property
    def content_folder(self) -> Path:
        """The absolute path of the content."""
        return Path(os.path.abspath(self.root / self.content))  # noqa: PTH100 -- a link to a folder stays one

    @property
    def content_name(self) -> str:
        """The content folder as messages name it, from the project's folder."""
        return Path(os.path.relpath(self.content_folder, os.path.abspath(self.root))).as_posix()  # noqa: PTH100 -- as above

    def shown(self, path: Path) -> str:
        """A path as messages name it: from the project's folder, where it is in that."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)


@dataclass(frozen=True)
class BuildOptions:
    """What to build: which settings file, into which folder, with which settings laid over it."""

    settings: Path
    output: Path
    report_file: Path
    overrides: dict[str, object] = field(default_factory=dict)
    strict: bool = False

    def arguments(self, content: Path) -> list[str]:
        """Those of Pelican's command line."""
        overrides = {**self.overrides, "CLINIC_PROBLEMS_FILE": str(self.report_file)}
        arguments = [str(content), "-s", str(self.settings), "-o", str(self.output)]
        return [*arguments, *settings_arguments(overrides)]


def settings_arguments(overrides: Mapping[str, object]) -> list[str]:
    """Settings laid over those of the file, as Pelican's command line has them."""
    return ["-e", *(f"{key}={json.dumps(value)}" for key, value in overrides.items())] if overrides else []


@dataclass(frozen=True)
class BuildResult:
    """How a build went; ``built``: there is a whole site in the output folder.

    ``errors`` and ``warnings`` are about the owner's files; ``logged`` are the other warnings of the log.
    """

    built: bool
    errors: tuple[Diagnostic, ...]
    warnings: tuple[Diagnostic, ...]
    logged: tuple[str, ...]
    seconds: float

    @property
    def remarks(self) -> tuple[str, ...]:
        """A line for each warning, of the files and of the log."""
        return (*map(str, self.warnings), *self.logged)


@dataclass(frozen=True)
class Log:
    """What a build wrote to its standard error: log records (level, text) and other lines."""

    records: tuple[tuple[int, str], ...]
    printed: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> "Log":
        """Tell records from other lines."""
        lines = [line for line in text.split("\n") if line.strip()]
        records = (json.loads(line.removeprefix(RECORD_MARK)) for line in lines if line.startswith(RECORD_MARK))
        printed = (line.strip() for line in lines if not line.startswith(RECORD_MARK))
        return cls(tuple((int(level), str(message)) for level, message in records), tuple(printed))

    def at(self, lowest: int, highest: int = logging.CRITICAL) -> Iterator[str]:
        """The texts of the records between two levels, both included."""
        return (message for level, message in self.records if lowest <= level <= highest)


def build(project: Project, options: BuildOptions) -> BuildResult:
    """Build the site once; each build is a fresh process, so that no edit of a plugin or a setting is missed."""
    options.report_file.unlink(missing_ok=True)
    started = time.monotonic()
    with _progress(options.output) as tell:
        code, text = run_build(options.arguments(project.content), project.root, tell)
    return result_of(project, options, code, text, time.monotonic() - started)


def result_of(project: Project, options: BuildOptions, code: int, text: str, seconds: float) -> BuildResult:
    """What a build came to that ended with this exit code and wrote ``text`` to its standard error."""
    log = Log.read(text)
    reported = read_report(options.report_file)
    wrong, warnings = (
        tuple(found for found in reported if found.severity is kind) for kind in (Severity.ERROR, Severity.WARNING)
    )
    errors = _all_errors(wrong, log, project.root, strict=options.strict, failed=code != 0)
    logged = tuple(text for text in log.at(logging.WARNING, logging.WARNING) if not _repeats(text, errors))
    return BuildResult(code == 0, errors, warnings, logged, seconds)


def _all_errors(
    reported: tuple[Diagnostic, ...], log: Log, root: Path, *, strict: bool, failed: bool
) -> tuple[Diagnostic, ...]:
    """What the build reported, then what it only logged.

    Pelican logs an error, drops the article or the plugin, and ends with exit code 0: here each is an error.
    """
    # A strict build ends because of its errors, so its end needs no explanation; one that goes on past them does.
    highest = logging.ERROR if strict and reported else logging.CRITICAL
    logged = [explain(text, root) for text in log.at(logging.ERROR, highest) if not _repeats(text, reported)]
    errors = (*reported, *dict.fromkeys(logged))
    if failed and not errors:
        return (Diagnostic(BUILD, 0, log.printed[-1] if log.printed else "stopped without saying why"),)
    return errors


def _repeats(text: str, errors: tuple[Diagnostic, ...]) -> bool:
    """Whether a log record only repeats an error, or is about a file that has one."""
    return any(error.message in text or Path(error.file).name in text for error in errors)


def run_build(arguments: Iterable[str], folder: Path, tell: Callable[[], None] | None = None) -> tuple[int, str]:
    """Run this module to its end; give its exit code and its log. It never outlives this process.

    ``tell`` is called now and then, and nothing is printed; without it all is printed, and the log is empty.
    """
    # What Pelican itself prints, "Done: Processed 3 articles …", is not told.
    quiet, pipe = (subprocess.DEVNULL, subprocess.PIPE) if tell else (None, None)
    # A session of its own: Ctrl-C reaches this process alone, which ends the build with all its workers.
    process = subprocess.Popen(  # noqa: S603 -- our own interpreter, and arguments passed as a list
        [sys.executable, "-m", "clinic.cli.build", *arguments],
        cwd=folder,
        env=environment(),
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
        stdin=quiet,
        stdout=quiet,
        stderr=pipe,
        pass_fds=held(),
    )
    try:
        while True:
            with suppress(subprocess.TimeoutExpired):
                log = process.communicate(timeout=POLL_SECONDS)[1]
                return process.returncode, log or ""
            if tell:
                tell()
    except BaseException:
        _kill(process)
        raise


@contextmanager
def _progress(output: Path) -> Iterator[Callable[[], None]]:
    """On a terminal a line that moves, with the time and how many pages there are by now; elsewhere nothing at all."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console  # noqa: PLC0415 -- takes a while, and only a terminal needs it
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = SpinnerColumn(), TimeElapsedColumn(), TextColumn("{task.description}")
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading")

        def tell() -> None:
            pages = sum(1 for _ in output.rglob("*.html"))
            if pages:
                progress.update(task, description=f"{pages} page{'' if pages == 1 else 's'} written")

        yield tell


def environment() -> dict[str, str]:
    """The variables of a process that builds."""
    return os.environ | {"PYTHONPATH": PLUGINS, "PYTHONUTF8": "1", PARENT: str(os.getpid())}


def _kill(process: subprocess.Popen[str]) -> None:
    """Kill the process and, where the system has process groups (not on Windows), its workers."""
    with suppress(ProcessLookupError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def count(errors: Sized, word: str = "problem") -> str:
    """How many there are, in words: ``1 problem``, ``2 problems``."""
    return f"{len(errors)} {word}{'' if len(errors) == 1 else 's'}"


def explain(message: str, root: Path) -> Diagnostic:
    """A logged error as a diagnostic: with a traceback, the line to fix, and the exception's own words and name."""
    if (refused := REFUSED.search(message)) and int(refused["number"]) in errno.errorcode:
        # A full disk, a folder that may not be written: no line of the project is to be mended for that.
        error = OSError(int(refused["number"]), os.strerror(int(refused["number"])), refused["file"])
        return Diagnostic(BUILD, 0, sentence(error))
    _, found, trace = message.rpartition(TRACEBACK)
    if found:
        file, line = next(reversed(list(_project_frames(trace, root.resolve()))), (BUILD, 0))
        exceptions = [f"{raised['message']} ({raised['kind']})" for raised in EXCEPTION.finditer(trace)]
        return Diagnostic(file, line, exceptions[-1] if exceptions else trace.strip().rpartition("\n")[2].strip())
    return Diagnostic(BUILD, 0, ": ".join(line.strip(" .:") for line in message.splitlines() if line.strip()))


def _project_frames(trace: str, root: Path) -> Iterator[tuple[str, int]]:
    """Path and line of the frames in the project's own files, which can be mended, outermost first."""
    for frame in FRAME.finditer(trace):
        file = (root / frame["file"]).resolve()
        # A launcher is at the bottom of every traceback.
        if file.is_relative_to(root) and "site-packages" not in file.parts and not file.as_posix().endswith(LAUNCHERS):
            yield file.relative_to(root).as_posix(), int(frame["line"])


class RecordFormatter(logging.Formatter):
    """One line of JSON for each record, `[level, text with traceback]`: Pelican's plain log leaves the level out."""

    def format(self, record: logging.LogRecord) -> str:
        """Format one record."""
        return RECORD_MARK + json.dumps([record.levelno, super().format(record)])


def run_pelican(arguments: list[str]) -> None:
    """Be Pelican's command in this process, with log records for ``Log``. Raises SystemExit where it fails."""
    handler = logging.StreamHandler()
    handler.setFormatter(RecordFormatter())
    logging.basicConfig(handlers=[handler])  # before Pelican does: the first handler stays
    importlib.import_module("pelican").main(arguments)


if __name__ == "__main__":
    end_with_parent()
    if PLAIN_LOG[0] in sys.argv:
        importlib.import_module("pelican").main(sys.argv[1:])
    else:
        run_pelican(sys.argv[1:])
