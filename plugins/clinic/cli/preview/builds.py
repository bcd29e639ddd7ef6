"""Builds of the preview as the preview sees them; the processes themselves are those of ``build_server.py``.

For commands that only look at the site as the preview shows it, one build of their own (``built_as_preview``).
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import IO, Any

from clinic.cli.build import BuildOptions, BuildResult, Project, build, environment
from clinic.cli.interrupts import POLL_SECONDS
from clinic.content.diagnostics import Diagnostic, Severity

FORKS = hasattr(os, "fork") and sys.platform != "darwin"
"""Whether a process that has imported everything may be copied: libraries of macOS do not bear it."""
_SECONDS_FOR_A_PAGE = 10
_SECONDS_TO_DIE = 2
_TEMPORARY = "aside-"
_HOUR = 3600
"""Seconds after which no command needs a folder any more that it has built in for itself."""
_COMMAND = (sys.executable, "-m", "clinic.cli.preview.build_server")


@dataclass(frozen=True)
class Ended:
    """A build has ended; ``code`` is its exit code, None if its process was lost."""

    build: "Build"
    code: int | None


@dataclass(frozen=True)
class SearchIndexMade:
    """The search index of a finished build is there, as far as it could be made."""

    build: "Build"


@dataclass(frozen=True)
class PageAnswer:
    """What came of writing one page: whether it is written, and what is wrong now.

    ``diagnostics`` are all of the site if the page is ``written``, else those of the file; None if nobody can say.
    ``damaged``: the build is not to be asked again.
    """

    written: bool = False
    diagnostics: tuple[Diagnostic, ...] | None = None
    damaged: bool = False


class Build:
    """One build: while it runs, and for as long as its process is there to write single pages of its site again."""

    def __init__(
        self,
        options: BuildOptions,
        job: dict[str, object],
        requests: IO[bytes],
        answers: IO[bytes],
        report: Callable[[Any], None],
        kill: Callable[[int], None],
    ) -> None:
        """``report`` is called with Ended and SearchIndexMade, in a thread; ``kill`` ends the process of this id."""
        self.options = options
        self.started = time.monotonic()
        self._job = job
        self._requests = requests
        self._answers = answers
        self._report = report
        self._kill = kill
        self._pid = 0
        self._is_dropped = False
        self._lock = Lock()
        self._gone = Event()
        self._pages: SimpleQueue[PageAnswer] = SimpleQueue()
        Thread(target=self._follow, daemon=True).start()

    @property
    def seconds(self) -> float:
        """Since it was asked for."""
        return time.monotonic() - self.started

    def write_page(self, keys: list[str]) -> PageAnswer:
        """Let it write the page of the file that has changed among those with these keys, and wait for that."""
        if not self._ask(page=keys):
            return PageAnswer(damaged=True)
        until = time.monotonic() + _SECONDS_FOR_A_PAGE
        while time.monotonic() < until:
            with suppress(Empty):
                return self._pages.get(timeout=POLL_SECONDS)
        return PageAnswer(damaged=True)

    def make_search_index(self) -> None:
        """Ask for it; SearchIndexMade is reported."""
        if not self._ask(search=True):
            self._report(SearchIndexMade(self))

    def drop(self) -> None:
        """End its process, whatever it does."""
        with self._lock:
            self._is_dropped = True
            pid = self._pid
        if pid:
            with suppress(ProcessLookupError, PermissionError):
                self._kill(pid)
            self._gone.wait(_SECONDS_TO_DIE)

    def _follow(self) -> None:
        """Read what the process answers, until it has gone."""
        has_ended = False
        with suppress(OSError, ValueError):
            for line in self._answers:
                answer = json.loads(line)
                if "pid" in answer:
                    if not self._begin(answer["pid"]):
                        break
                elif "code" in answer:
                    has_ended = True
                    self._report(Ended(self, answer["code"]))
                elif "search" in answer:
                    self._report(SearchIndexMade(self))
                else:
                    self._pages.put(_page_answer(**answer))
        for stream in (self._requests, self._answers):
            with suppress(OSError):
                stream.close()
        self._gone.set()
        self._pages.put(PageAnswer(damaged=True))
        if not has_ended:
            self._report(Ended(self, None))

    def _begin(self, pid: int) -> bool:
        """Say what to build, unless nobody wants to know any more: then the process finds that out, and ends."""
        with self._lock:
            if self._is_dropped:
                return False
            self._pid = pid
        return self._ask(**self._job)

    def _ask(self, **request: object) -> bool:
        try:
            self._requests.write(json.dumps(request).encode() + b"\n")
            self._requests.flush()
        except (OSError, ValueError):
            return False
        return True


def _page_answer(*, written: bool, diagnostics: list[dict[str, Any]] | None, damaged: bool = False) -> PageAnswer:
    if diagnostics is None:
        return PageAnswer(written, None, damaged)
    found = (Diagnostic(**{**each, "severity": Severity(each["severity"])}) for each in diagnostics)
    return PageAnswer(written, tuple(found), damaged)


class BuildServer:
    """Starts builds in processes that have imported everything, of code as it was when ``start`` was called."""

    def __init__(self, project: Project, folder: Path, *, forks: bool = FORKS) -> None:
        """In the ``folder`` lies ``log``, with what goes wrong before a build has a log of its own."""
        self.log = folder / "server.log"
        self._project = project
        self._names = folder / "modules.txt"
        self._forks = forks
        self._process: subprocess.Popen[bytes] | None = None
        self._orders: socket.socket | None = None

    def start(self) -> None:
        """Begin to import; builds may be asked for at once."""
        if not self._forks:
            self._process = self._process or self._popen(stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            return
        self._orders, theirs = socket.socketpair()
        with theirs:
            number = theirs.fileno()
            self._process = self._popen(str(number), pass_fds=(number,), stdin=subprocess.DEVNULL)

    def restart(self) -> None:
        """Take the code as it is now."""
        self.close()
        self.start()

    def close(self) -> None:
        """End the process that waits for builds; those that have begun go on."""
        if self._orders:
            self._orders.close()
            self._orders = None
        if self._process:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream:
                    stream.close()
            self._process = None

    def build(self, options: BuildOptions, log: Path, report: Callable[[Any], None]) -> Build:
        """Begin a build, with its standard error in ``log``; ``report`` as in Build."""
        arguments = options.arguments(self._project.content)
        job: dict[str, object] = {"arguments": arguments, "folder": str(options.output), "log": str(log)}
        if not self._forks:
            self.start()
            process, self._process = self._process, None
            assert process and process.stdin and process.stdout  # noqa: S101, PT018 -- as they were asked for
            return Build(options, job, process.stdin, process.stdout, report, lambda pid: _end(process, pid))
        ours, theirs = socket.socketpair()
        with ours, theirs:
            self._order(theirs)
            requests, answers = ours.makefile("wb"), ours.makefile("rb")
        return Build(options, job, requests, answers, report, lambda pid: os.killpg(pid, signal.SIGKILL))

    def prepare(self) -> None:
        """Where nothing forks: begin the imports of the next build."""
        if not self._forks:
            self.start()

    def _order(self, channel: socket.socket) -> None:
        """Let the process fork for whoever holds the other end of this socket; it may have died meanwhile."""
        for _ in range(2):
            with suppress(OSError):
                if self._orders:
                    socket.send_fds(self._orders, [b"x"], [channel.fileno()])
                    return
            self.restart()

    def _popen(self, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
        with self.log.open("wb") as errors:
            return subprocess.Popen(  # noqa: S603 -- our own interpreter, and arguments passed as a list
                [*_COMMAND, str(self._names), *arguments],
                cwd=self._project.root,
                env=environment(),
                stderr=errors,
                start_new_session=True,  # Ctrl-C reaches the preview alone, which ends the builds
                **options,
            )


def _end(process: subprocess.Popen[bytes], pid: int) -> None:
    """Kill a process that was started for one build; on Windows its interpreter may be another one, with this id."""
    process.kill()
    if pid != process.pid:
        os.kill(pid, signal.SIGTERM)
    process.wait()


@contextmanager
def built_as_preview(project: Project, settings: Path) -> Iterator[tuple[BuildResult, Path]]:
    """The site as the preview shows it, drafts too, and its folder, which is gone at the end. Raises OSError.

    What an earlier command has left that was killed goes as well.
    """
    work = project.root / ".preview"
    work.mkdir(exist_ok=True)
    for left in (path for path in work.glob(f"{_TEMPORARY}*") if path.stat().st_mtime < time.time() - _HOUR):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_TEMPORARY, dir=work, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        overrides: dict[str, object] = {"CLINIC_PREVIEW": True, "CLINIC_SEARCH_INDEX": False}
        options = BuildOptions(settings, folder / "site", folder / "problems.json", overrides)
        yield build(project, options), options.output
