"""The processes that build for the preview: they have imported everything before they are asked for anything.

The imports of a build take three quarters of the time that a small site takes. ``python -m
clinic.cli.preview.build_server DESCRIPTOR`` makes them once and then forks for every build. Where a system does not
fork, the same module without a descriptor makes them and waits for the one build that its process is for.

A process that builds gets a line of JSON for each request and answers with one:

- first what to build: ``{"arguments": […], "folder": …, "log": …}``, answered with ``{"pid": …}`` at once and
  ``{"code": …}`` at the end;
- then, as long as its site is the one that is shown: ``{"page": key}``, answered with ``{"written": …,
  "diagnostics": […] or null}``; ``{"search": true}``, answered with ``{"search": true}``.

It ends when its requests do, so none is left over whatever becomes of the preview.
"""

import gc
import importlib
import json
import os
import shutil
import signal
import socket
import sys
import traceback
from contextlib import suppress
from dataclasses import asdict
from threading import Lock, Thread
from typing import IO, Any

from clinic.cli.build import run_pelican

MODULES = (
    "clinic.plugin.edited_page",
    # What a build imports only once it needs it.
    "PIL.JpegImagePlugin",
    "PIL.PngImagePlugin",
    "holidays.groups",
    "pagefind.service",
    "pelican",
    "phonenumbers.data.region_GB",
    "rich.live",
    "rich.status",
)
EXIT_CODE_OF_A_CRASH = 1


def main(descriptor: str | None) -> None:
    """Import everything, then fork for what comes through the socket with this descriptor, or build once."""
    gc.disable()  # imports leave no garbage
    for module in MODULES:
        with suppress(Exception):  # code that is being edited: the build itself imports it again, and tells
            importlib.import_module(module)
    gc.freeze()
    gc.enable()
    if descriptor is None:
        # The answers go where nothing that a build prints can come between them.
        with os.fdopen(os.dup(0), "rb") as requests, os.fdopen(os.dup(1), "wb") as answers:
            _redirect(0, os.devnull, os.O_RDONLY)
            BuildProcess(requests, answers).run()
        return
    with socket.socket(fileno=int(descriptor)) as orders:
        _fork_for_each(orders)


def _fork_for_each(orders: socket.socket) -> None:
    """Fork for each socket that comes; the child builds for whoever holds its other end."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system clears away children that have ended
    while True:
        order, descriptors, *_ = socket.recv_fds(orders, 1, 1)
        if not order:
            return
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            orders.close()
            os.setsid()  # so that whoever kills it kills what it has started too
            with socket.socket(fileno=descriptors[0]) as channel:
                BuildProcess(channel.makefile("rb"), channel.makefile("wb")).run()
            os._exit(0)
        os.close(descriptors[0])


class BuildProcess:
    """A process that builds a site, and then goes on with what it has in memory."""

    def __init__(self, requests: IO[bytes], answers: IO[bytes]) -> None:
        self._requests = requests
        self._answers = answers
        self._answering = Lock()

    def run(self) -> None:
        """Build what is asked for first, then answer until nothing more can come."""
        with suppress(BrokenPipeError, ConnectionError):
            self._answer(pid=os.getpid())
            if first := self._requests.readline():
                self._build(**json.loads(first))

    def _build(self, arguments: list[str], folder: str, log: str) -> None:
        _redirect(1, os.devnull, os.O_WRONLY)
        _redirect(2, log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        shutil.rmtree(folder, ignore_errors=True)
        finished: Any = None
        with suppress(Exception):  # the plugin may not be fit to be imported: Pelican tells
            finished = importlib.import_module("clinic.plugin.edited_page").keep_finished_build()
        code = _exit_code(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
        self._answer(code=code)
        site = finished() if finished and code == 0 else None
        for line in self._requests:
            request = json.loads(line)
            if "page" in request:
                self._answer(**_written(site, request["page"]))
            else:
                Thread(target=self._make_search_index, args=(site,), daemon=True).start()

    def _make_search_index(self, site: Any) -> None:
        with suppress(BrokenPipeError, ConnectionError):
            try:
                if site:
                    site.write_search_index()
            except OSError:  # the folder has gone: another build is shown by now
                traceback.print_exc()
            finally:
                self._answer(search=True)

    def _answer(self, **answer: object) -> None:
        with self._answering:
            self._answers.write(json.dumps(answer).encode() + b"\n")
            self._answers.flush()


def _exit_code(arguments: list[str]) -> int:
    try:
        run_pelican(arguments)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 -- what Python itself does with an exception that nobody catches
        traceback.print_exc()
        return EXIT_CODE_OF_A_CRASH
    return 0


def _written(site: Any, key: str) -> dict[str, object]:
    """Write one page of a finished site again; ``diagnostics`` is None where nothing can be said before a whole build.

    ``damaged``: nobody knows what the site in memory is now, so it is not to be asked again.
    """
    if site is None:
        return {"written": False, "diagnostics": None, "damaged": True}
    from clinic.plugin.edited_page import NeedsWholeBuild  # noqa: PLC0415 -- it is there, as a site is

    try:
        found = site.write_page(key)
    except NeedsWholeBuild as why:
        return {"written": False, "diagnostics": why.diagnostics and list(map(asdict, why.diagnostics))}
    except Exception:  # noqa: BLE001 -- a whole build follows, which meets it too and tells
        traceback.print_exc()
        return {"written": False, "diagnostics": None, "damaged": True}
    return {"written": True, "diagnostics": list(map(asdict, found))}


def _redirect(descriptor: int, file: str, flags: int) -> None:
    opened = os.open(file, flags)
    os.dup2(opened, descriptor)
    os.close(opened)


if __name__ == "__main__":
    main(next(iter(sys.argv[1:]), None))
