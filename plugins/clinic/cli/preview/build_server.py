"""The processes that build for the preview: they have imported everything before they are asked for anything.

The imports of a build take three quarters of the time that a small site takes. ``python -m
clinic.cli.preview.build_server FILE DESCRIPTOR`` makes them once and then forks for every build. Where a system does
not fork, the same module without a descriptor makes them and waits for the one build that its process is for. In FILE a
build leaves the names of the modules that it had to import itself, for those that come after it: which they are
depends on the clinic, on its country and images.

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
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Lock, Thread
from typing import IO, Any

from clinic.cli.build import run_pelican

MODULES = ("pelican", "clinic.plugin.edited_page")
EXIT_CODE_OF_A_CRASH = 1


def main(file: str, descriptor: str | None = None) -> None:
    """Import everything, then fork for what comes through the socket with this descriptor, or build once."""
    names = Path(file)
    gc.disable()  # imports leave no garbage
    _import(MODULES)
    _import(_names_in(names))
    gc.freeze()
    gc.enable()
    if descriptor is None:
        # The answers go where nothing that a build prints can come between them.
        with os.fdopen(os.dup(0), "rb") as requests, os.fdopen(os.dup(1), "wb") as answers:
            _redirect(0, os.devnull, os.O_RDONLY)
            BuildProcess(requests, answers, names).run()
        return
    with socket.socket(fileno=int(descriptor)) as orders:
        _fork_for_each(orders, names)


def _import(modules: Iterable[str]) -> None:
    for module in modules:
        with suppress(Exception):  # code that is being edited: the build itself imports it again, and tells
            importlib.import_module(module)


def _names_in(file: Path) -> list[str]:
    return file.read_text("utf-8").split() if file.exists() else []


def _fork_for_each(orders: socket.socket, names: Path) -> None:
    """Fork for each socket that comes; the child builds for whoever holds its other end."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system clears away children that have ended
    while True:
        order, descriptors, *_ = socket.recv_fds(orders, 1, 1)
        if not order:
            return
        _import(name for name in _names_in(names) if name not in sys.modules)
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            orders.close()
            os.setsid()  # so that whoever kills it kills what it has started too
            with socket.socket(fileno=descriptors[0]) as channel:
                BuildProcess(channel.makefile("rb"), channel.makefile("wb"), names).run()
            os._exit(0)
        os.close(descriptors[0])


class BuildProcess:
    """A process that builds a site, and then goes on with what it has in memory."""

    def __init__(self, requests: IO[bytes], answers: IO[bytes], names: Path) -> None:
        self._requests = requests
        self._answers = answers
        self._names = names
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
        imported = frozenset(sys.modules)
        code = _exit_code(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
        self._answer(code=code)
        self._leave_names(imported)
        site = finished() if finished and code == 0 else None
        for line in self._requests:
            request = json.loads(line)
            if "page" in request:
                self._answer(**_written(site, request["page"]))
            else:
                Thread(target=self._make_search_index, args=(site,), daemon=True).start()

    def _leave_names(self, imported: frozenset[str]) -> None:
        """Write down what the build has imported, of packages that were there: the project's own may be edited."""
        packages = {name.partition(".")[0] for name in imported} | sys.stdlib_module_names
        names = [name for name in sys.modules.keys() - imported if name.partition(".")[0] in packages]
        if names:
            with suppress(OSError), self._names.open("a", encoding="utf-8") as file:
                file.write("\n".join([*names, ""]))

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
    main(*sys.argv[1:])
