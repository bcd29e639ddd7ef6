"""Runs ``python -m clinic.cli`` for the tests in copies of one process that has imported all of our package.

The imports of a command, and of the build that it starts, take 2 s of CPU, most commands by themselves a tenth of that.
So each test process keeps a server that imports everything, builds nothing, and forks for every command: a supervisor,
which tells how the command ends, and the command, which has forked spares before it begins. A spare becomes the
process of our package that the command starts (its build, or what builds for a preview), and knows nothing of what the
command has done; when none is left, such processes are started as usual.

A command has its own folder, variables, arguments, streams, session, and the signals of a new process. What Python
reads before any code of ours (``PYTHON…``, language, time zone) is that of the server: whoever gives other values,
or a function to call first (limits), gets a process of its own. So do, by ``Popen`` itself or ``real=True``, all tests
that kill, that press Ctrl-C, or that watch processes, and one test of each command that is run at all.
"""

from __future__ import annotations

import atexit
import fcntl
import gc
import importlib
import json
import os
import pkgutil
import runpy
import socket
import subprocess
import sys
import threading
import traceback
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable

PLUGINS = str(Path(__file__).parents[1] / "plugins")
_READ_AT_START = ("PYTHON", "LANG", "LC_", "TZ", "LD_")
_ALWAYS = {"PYTHONPATH": PLUGINS, "PYTHONUTF8": "1"}
"""As ``environment`` of ``clinic/cli/build.py`` has them, and the server with it."""
_STREAMS = 3
_SPARES = 12
"""Of a preview, which starts a process anew for every edit of a plugin."""


class _Ordered(subprocess.Popen[str]):
    """A process of our package that another process becomes; where that would not be the same, one like any other."""

    def _order(self, process: socket.socket, args: list[str], *more: Any) -> socket.socket:
        """Send streams, what else is to be open, and what to be; gives the channel for answers."""
        pass_fds, cwd, env, _, _, _, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, *rest = more[1:]
        streams = [given if given != -1 else own for own, given in enumerate((p2cread, c2pwrite, errwrite))]
        channel, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(process, [b"x"], [theirs.fileno(), *streams, *pass_fds])
        request = {
            "arguments": args[2:], "folder": str(Path.cwd() / (cwd or "")), "passed": pass_fds,
            "environment": dict(os.environ if env is None else env), "is_session": bool(rest[-2]),
        }  # fmt: skip
        channel.sendall(json.dumps(request).encode() + b"\n")
        self._child_created = True
        getattr(self, "_close_pipe_fds")(p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite)  # noqa: B009 -- untyped
        return channel

    def _start(self, args: Any, executable: Any, preexec_fn: Any, *more: Any) -> None:
        getattr(super(), "_execute_child")(args, executable, preexec_fn, *more)  # noqa: B009 -- untyped


class Command(_Ordered):
    """``[sys.executable, "-m", "clinic.cli", …]`` as a copy of the server."""

    _channel: socket.socket | None = None

    def _execute_child(self, args: Any, executable: Any, preexec_fn: Any, *more: Any) -> None:
        env = more[3]
        if preexec_fn or not hasattr(os, "fork") or not _is_ours(args) or not _is_usual(env):
            self._start(args, executable, preexec_fn, *more)
            return
        self._channel = self._order(_server(), args, *more)
        self.pid = self._answer(None)

    def _answer(self, seconds: float | None) -> int:
        assert self._channel
        self._channel.settimeout(seconds)
        answer = self._channel.recv(4)
        assert answer, "the server of commands has ended"
        return int.from_bytes(answer, signed=True)

    def _internal_poll(self, **more: Any) -> int | None:
        if self._channel is None:
            ended: int | None = getattr(super(), "_internal_poll")(**more)  # noqa: B009 -- untyped
            return ended
        try:
            return self._wait(0)
        except subprocess.TimeoutExpired:
            return None

    def _wait(self, timeout: float | None) -> int:
        if self._channel is None:
            return int(getattr(super(), "_wait")(timeout))  # noqa: B009 -- untyped
        if self.returncode is None:
            try:
                self.returncode = self._answer(timeout)
            except (TimeoutError, BlockingIOError):
                raise subprocess.TimeoutExpired(self.args, timeout or 0) from None
            self._channel.close()
        return self.returncode


def _is_ours(args: Any) -> bool:
    return [*args[:2]] == [sys.executable, "-m"] and args[2].partition(".")[0] == "clinic"


def _is_usual(env: dict[str, str] | None) -> bool:
    """Whether the server has the same of what Python reads when it starts."""
    asked, has = (
        {name: value for name, value in variables.items() if name.startswith(_READ_AT_START)}
        for variables in (_ALWAYS | dict(os.environ if env is None else env), _environment())
    )
    return asked == has


@cache
def _environment() -> dict[str, str]:
    """The variables of the server, as they are when it is first asked for."""
    return os.environ | _ALWAYS


@cache
def _server() -> socket.socket:
    """Where to order; the server is started when it is first asked for."""
    ours, theirs = socket.socketpair()
    with theirs:
        command = [sys.executable, __file__, str(theirs.fileno())]
        process = subprocess.Popen(command, env=_environment(), pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)

    def end() -> None:  # and wait, so that its CPU time counts among that of the tests
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


def _serve(orders: socket.socket) -> None:
    """Import everything, then fork for each order."""
    sys.path[0] = PLUGINS
    package = importlib.import_module("clinic")
    for module in pkgutil.walk_packages(package.__path__, "clinic."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    importlib.import_module("pelican")
    gc.collect()
    gc.freeze()
    while descriptors := _next_order(orders):
        if not os.fork():
            orders.close()
            _supervise(*descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        _reap()
    _reap()


def _reap() -> None:
    """Wait for supervisors that have ended, so that the time of their commands counts."""
    while True:
        try:
            if not os.waitpid(-1, os.WNOHANG)[0]:
                return
        except ChildProcessError:
            return


def _next_order(orders: socket.socket) -> list[int]:
    return socket.recv_fds(orders, 1, 16)[1]


def _supervise(channel: int, *streams: int) -> NoReturn:
    """Begin the command, tell its id, and how it has ended."""
    with socket.socket(fileno=channel) as answers:
        request = json.loads(answers.makefile().readline())
        command = os.fork()
        if not command:
            _become(streams, kept=_have_spares(_SPARES if "preview" in request["arguments"] else 1), **request)
        for stream in streams:
            os.close(stream)
        answers.sendall(command.to_bytes(4, signed=True))
        _, status = os.waitpid(command, 0)
        answers.sendall(os.waitstatus_to_exitcode(status).to_bytes(4, signed=True))
    os._exit(0)


def _have_spares(number: int) -> list[int]:
    """Fork, and let what this process starts of our package be the copies; gives the descriptors that this needs."""
    spares = [_spare() for _ in range(number)]

    class BySpare(_Ordered):
        """Whatever a command starts."""

        def _execute_child(self, args: Any, executable: Any, preexec_fn: Any, *more: Any) -> None:
            if not spares or not _is_ours(args):
                self._start(args, executable, preexec_fn, *more)
                return
            self.pid, orders = spares.pop()
            with orders:
                self._order(orders, args, *more).close()

    subprocess.Popen = BySpare  # type: ignore[misc, assignment]
    return [orders.fileno() for _, orders in spares]


def _spare() -> tuple[int, socket.socket]:
    ours, theirs = socket.socketpair()
    spare = os.fork()
    if not spare:
        _close_all_but(theirs.fileno())
        if order := _next_order(theirs):
            with socket.socket(fileno=order[0]) as channel:
                request = json.loads(channel.makefile().readline())
            _become(tuple(order[1:]), **request)
        os._exit(0)
    theirs.close()
    return spare, ours


def _become(
    given: tuple[int, ...], *, arguments: list[str], folder: str, environment: dict[str, str], passed: list[int],
    is_session: bool, kept: Iterable[int] = (),
) -> NoReturn:  # fmt: skip
    """Be ``python -m …`` with these streams, and end as that does."""
    high = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 100) for descriptor in given]
    wanted = [*range(_STREAMS), *passed]
    for descriptor, number in zip(high, wanted, strict=True):
        os.dup2(descriptor, number)
    _close_all_but(*wanted, *kept)
    if is_session:
        os.setsid()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path.insert(0, folder)
    sys.argv = ["-m", *arguments[1:]]
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 -- those of the server have read and kept
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", 1, "utf-8", "backslashreplace", closefd=False)  # noqa: SIM115
    code = _run(arguments[0])
    getattr(threading, "_shutdown")()  # noqa: B009 -- as the interpreter ends; untyped
    getattr(atexit, "_run_exitfuncs")()  # noqa: B009 -- as above
    with suppress(OSError):
        sys.stdout.flush()
    os._exit(code)


def _run(module: str) -> int:
    if not hasattr(sys.modules[module], "__path__"):
        del sys.modules[module]  # it will be __main__, and is imported again where somebody asks for it
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        if isinstance(ended.code, str):
            sys.stderr.write(f"{ended.code}\n")
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 -- what Python itself does with an exception that nobody catches
        traceback.print_exc()
        return 1
    return 0


def _close_all_but(*descriptors: int) -> None:
    """Close what a new process would not have; the streams of the server stay until others take their place."""
    lowest = _STREAMS
    for descriptor in sorted({*descriptors} - {*range(_STREAMS)}):
        os.closerange(lowest, descriptor)
        lowest = descriptor + 1
    os.closerange(lowest, os.sysconf("SC_OPEN_MAX"))


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as waiting:
        _serve(waiting)
