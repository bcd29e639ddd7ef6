"""Runs ``pelican`` for the tests in copies of one process that has imported everything already.

The imports of a build take 0.9 s of CPU, the build of a small clinic itself 0.2 s, and the tests build some three
hundred. So each test process keeps one of these servers, which forks for every build: what a build changes in memory
ends with its copy, as with ``python -m pelican``. ``tests/publication/test_reproducible_builds.py`` holds both ways to
the same result.

A request is one line of JSON on stdin: ``project`` (the folder to build in), ``arguments`` (of ``pelican``),
``environment`` (variables to set) and ``errors`` (the file for stderr). The answer is one line: the exit code.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import traceback
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PLUGINS = ROOT / "plugins"
SECONDS = 120
"""A build that takes longer has hung."""
MODULES = (
    "pelican",
    "clinic.plugin",
    # What is imported during a build, only when it is needed.
    "holidays.groups",
    "markdown.extensions.attr_list",
    "markdown.extensions.codehilite",
    "markdown.extensions.def_list",
    "markdown.extensions.fenced_code",
    "markdown.extensions.sane_lists",
    "markdown.extensions.tables",
    "phonenumbers.data.region_GB",
    "PIL.ImageFile",
    "rich.live",
    "rich.status",
    "smartypants",
)


class BuildServer:
    """A running server, as its client sees it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__))], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        atexit.register(self.close)

    def close(self) -> None:
        """End the server and wait for its end, so that its CPU time counts among that of the tests."""
        self._process.communicate()

    def run(self, project: Path, arguments: list[str], environment: dict[str, str]) -> tuple[int, str]:
        """Run ``pelican`` in a folder; give its exit code and what it wrote to stderr."""
        assert self._process.stdin
        assert self._process.stdout
        errors = project / "stderr.txt"
        request = {"project": str(project), "arguments": arguments, "environment": environment, "errors": str(errors)}
        print(json.dumps(request), file=self._process.stdin, flush=True)
        return int(self._process.stdout.readline()), errors.read_text("utf-8")


@cache
def build_server() -> BuildServer:
    """The server of this test process, started when it is first asked for."""
    return BuildServer()


def serve() -> None:
    """Import what builds need, then build whatever stdin asks for."""
    sys.path[0] = str(PLUGINS)
    for module in MODULES:
        importlib.import_module(module)
    gc.freeze()
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if not child:
            _build(**request)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 (the answer)


def _build(project: str, arguments: list[str], environment: dict[str, str], errors: str) -> None:
    """Be ``python -m pelican`` in a folder, and end the process."""
    signal.alarm(SECONDS)
    os.chdir(project)
    os.environ.update(environment)
    sys.path[0] = project
    _redirect(0, os.devnull, os.O_RDONLY)
    _redirect(1, os.devnull, os.O_WRONLY)
    _redirect(2, errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    code = _exit_code(arguments)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _redirect(descriptor: int, file: str, flags: int) -> None:
    opened = os.open(file, flags)
    os.dup2(opened, descriptor)
    os.close(opened)


def _exit_code(arguments: list[str]) -> int:
    pelican: Any = importlib.import_module("pelican")
    try:
        pelican.main(arguments)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 (what Python itself does with an exception that nobody catches)
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    serve()
