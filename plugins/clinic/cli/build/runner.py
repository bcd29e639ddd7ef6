"""Run one build of the site in a process of its own and collect what it says."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from clinic.cli.build.log import BUILD, Log, explain
from clinic.cli.preview.watcher import SPELL_SECONDS
from clinic.content.diagnostics import Diagnostic, read_report

# Where this package lies: the process that builds imports it too, whatever folder it runs in.
PLUGINS = str(Path(__file__).parents[3])


@dataclass(frozen=True)
class Project:
    """Where the owner's files lie: the folder, and in it the content."""

    root: Path
    content: Path = Path("content")


@dataclass(frozen=True)
class Order:
    """What to build: which settings file, into which folder, with which settings laid over it."""

    settings: Path
    output: Path
    problems_file: Path
    overrides: dict[str, object] = field(default_factory=dict)
    strict: bool = False

    def command(self, content: Path) -> list[str]:
        """Give the command line of Pelican for this order."""
        overrides = {**self.overrides, "CLINIC_PROBLEMS_FILE": str(self.problems_file)}
        command = [sys.executable, "-m", "clinic.cli.build.process", str(content)]
        command += ["-s", str(self.settings), "-o", str(self.output)]
        return [*command, "-e", *(f"{key}={json.dumps(value)}" for key, value in overrides.items())]


@dataclass(frozen=True)
class Result:
    """How a build went. `built` is true if there is a whole site in the output folder.

    `notes` are about the owner's files and stop nothing; `warnings` are what else was logged.
    """

    built: bool
    problems: tuple[Diagnostic, ...]
    notes: tuple[Diagnostic, ...]
    warnings: tuple[str, ...]
    seconds: float

    @property
    def asides(self) -> tuple[str, ...]:
        """Give a line for each note and each warning."""
        return (*map(str, self.notes), *self.warnings)


def build(project: Project, order: Order) -> Result:
    """Build the site once; every build is a fresh process, so that no edit of a plugin or a setting is missed."""
    order.problems_file.unlink(missing_ok=True)
    started = time.monotonic()
    code, text = run(order.command(project.content), project.root)
    seconds = time.monotonic() - started
    log = Log.read(text)
    reported = read_report(order.problems_file)
    errors = tuple(found for found in reported if found.is_error)
    notes = tuple(found for found in reported if not found.is_error)
    problems = all_problems(errors, log, project.root, strict=order.strict, failed=code != 0)
    return Result(code == 0, problems, notes, warnings(log, problems), seconds)


def all_problems(
    reported: tuple[Diagnostic, ...], log: Log, root: Path, *, strict: bool, failed: bool
) -> tuple[Diagnostic, ...]:
    """Put together what the build reported and what it only logged.

    Pelican logs an error, drops the article or the plugin, and ends with exit code 0: here each is a problem.
    """
    # A strict build ends because of its problems, so its end needs no explanation; one that goes on past them does.
    highest = logging.ERROR if strict and reported else logging.CRITICAL
    logged = [explain(said, root) for said in log.at(logging.ERROR, highest) if not is_among(said, reported)]
    problems = (*reported, *dict.fromkeys(logged))
    if failed and not problems:
        return (Diagnostic(BUILD, 0, log.printed[-1] if log.printed else "stopped without saying why"),)
    return problems


def run(command: list[str], folder: Path) -> tuple[int, str]:
    """Run a command to its end and give its exit code and its log; it never outlives us."""
    # A session of its own: Ctrl-C reaches us alone, and we end it with all its workers.
    process = subprocess.Popen(  # noqa: S603 -- our own interpreter, and arguments passed as a list
        command,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": PLUGINS, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # "Done: Processed 3 articles …": progress, no news
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    try:
        log = wait_for(process)
    except BaseException:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise
    return process.returncode, log


def wait_for(process: subprocess.Popen[str]) -> str:
    """Wait in short spells, for the sake of Ctrl-C (see ``Changes``), and give what the process said."""
    while True:
        with suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=SPELL_SECONDS)[1]


def warnings(log: Log, problems: tuple[Diagnostic, ...]) -> tuple[str, ...]:
    """Give what else the build logged: the warnings that are not among the problems already."""
    return tuple(said for said in log.at(logging.WARNING, logging.WARNING) if not is_among(said, problems))


def is_among(said: str, problems: tuple[Diagnostic, ...]) -> bool:
    """Whether a log record only repeats a problem, or the fate of a file that has one."""
    return any(problem.message in said or Path(problem.file).name in said for problem in problems)
