"""Runs ``pelican`` for the tests in copies of one process that has built a site already.

The imports of a build take 0.9 s of CPU, and what a process makes once (the patterns of the fact check, the words of a
language, letters of the display face) a third of the build of a small clinic; the tests build some five hundred. So
each test process keeps one of these servers, which builds the full clinic and then forks for every build: what a build
changes in memory ends with its copy, as with ``python -m pelican``, and what the first one has changed is what nothing
depends on. ``tests/publication/test_reproducible_builds.py`` holds both ways to the same result.

A request is one line on stdin, its number and JSON: ``project`` (folder to build in), ``arguments`` (of ``pelican``),
``environment`` (variables to set) and ``errors`` (the file for stderr). The answer is one line: its number and
the exit code.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

from blinker import ANY, Signal

ROOT = Path(__file__).parents[1]
PLUGINS = ROOT / "plugins"
CPU_SECONDS, SECONDS = 30, 600
"""A build that works longer has hung; so has one that waits longer, however busy the machine is with others."""


class BuildServer:
    """A running server, as its client sees it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__))], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        self._number = 0
        atexit.register(self.close)

    def close(self) -> None:
        """End the server and wait for its end, so that its CPU time counts among that of the tests."""
        self._process.communicate()

    def run(self, project: Path, arguments: list[str], environment: dict[str, str]) -> tuple[int, str]:
        """Run ``pelican`` in a folder; give its exit code and what it wrote to stderr.

        The answer is that to this request: where a test ran out of time, the next would read that of its build.
        """
        assert self._process.stdin
        assert self._process.stdout
        errors = project / "stderr.txt"
        request = {"project": str(project), "arguments": arguments, "environment": environment, "errors": str(errors)}
        self._number += 1
        print(self._number, json.dumps(request), file=self._process.stdin, flush=True)
        for answer in self._process.stdout:
            number, code = map(int, answer.split())
            if number == self._number:
                return code, errors.read_text("utf-8")
        raise RuntimeError("the build server has ended")


@cache
def build_server() -> BuildServer:
    """The server of this test process, started when it is first asked for."""
    return BuildServer()


def serve() -> None:
    """Build a site, then build whatever stdin asks for."""
    sys.path[0] = str(PLUGINS)
    _warm_up()
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        number, _, request = line.partition(" ")
        child = os.fork()
        if not child:
            _build(**json.loads(request))
        _, status = os.waitpid(child, 0)
        print(number, os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 (the answer)


def _warm_up() -> None:
    """Build the full clinic, and forget what Pelican keeps of it: its plugins, where its log goes, what it has said."""
    _keep_templates()
    before, path = dict(os.environ), [*sys.path]
    with tempfile.TemporaryDirectory() as project, Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        shutil.copytree(ROOT / "tests" / "clinics" / "full", Path(project) / "content")
        os.chdir(project)
        with redirect_stdout(nowhere), redirect_stderr(nowhere):
            _exit_code(["content", "-s", str(ROOT / "pelicanconf.py"), "-o", "output", "--log-handler", "plain"])
        os.chdir(ROOT)
    # for each generator Pelican looks for all templates, to name them in a log that nobody reads
    importlib.import_module("jinja2").Environment.list_templates = lambda *_: []
    # made again for whoever names no other registers, as most of the small clinics do
    importlib.import_module("clinic.fact_check.statements.identifiers").Registers()
    os.environ.clear()
    os.environ.update(before)
    sys.path[:] = path
    logging.getLogger().handlers.clear()
    signals: Any = importlib.import_module("pelican.plugins.signals")
    for signal_of_pelican in vars(signals).values():
        for receiver in [*signal_of_pelican.receivers_for(ANY)] if isinstance(signal_of_pelican, Signal) else ():
            signal_of_pelican.disconnect(receiver)
    log: Any = importlib.import_module("pelican.log")
    log.LimitFilter._raised_messages.clear()  # noqa: SLF001 (it has no other way)
    log.LimitFilter._group_count.clear()  # noqa: SLF001


def _keep_templates() -> None:
    """Have Jinja read each compiled template once: what the first build has read, its copies have.

    Known by its file and the digest of its source, so a cache elsewhere, damaged or with other templates, is read.
    """
    caches: Any = importlib.import_module("jinja2").FileSystemBytecodeCache
    read, kept, own = caches.load_bytecode, {}, os.getpid()

    def load_bytecode(self: Any, bucket: Any) -> None:
        known = os.path.realpath(self._get_cache_filename(bucket)), bucket.checksum
        if known not in kept:
            read(self, bucket)
            if bucket.code and os.getpid() == own:
                kept[known] = bucket.code
        bucket.code = kept.get(known, bucket.code)

    caches.load_bytecode = load_bytecode


def _build(project: str, arguments: list[str], environment: dict[str, str], errors: str) -> None:
    """Be ``python -m pelican`` in a folder, and end the process."""
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
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
