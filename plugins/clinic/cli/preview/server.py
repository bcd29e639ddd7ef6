"""A small web server for this machine alone."""

from __future__ import annotations

import errno
import socket
import sys
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

from clinic.cli.preview.handler import PreviewHandler

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic.cli.preview.state import Stage
# Never the network: drafts are in this site.
HOST = "127.0.0.1"
TRIED_PORTS = 50


class PreviewServer(ThreadingHTTPServer):
    """Serves whatever is on stage."""

    daemon_threads = True

    def __init__(self, port: int, stage: Stage) -> None:
        self.stage = stage
        super().__init__((HOST, port), PreviewHandler)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        """The address to open."""
        return f"http://localhost:{self.port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that leaves in the middle of an answer; anything else is a fault of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # typeshed asks for its own alias


@contextmanager
def serving(port: int, stage: Stage) -> Iterator[PreviewServer]:
    """Serve the stage on this port, or on the next free one, until the block ends."""
    server = open_server(port, stage)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    try:
        yield server
    finally:
        stage.close()
        server.shutdown()
        server.server_close()


def open_server(port: int, stage: Stage) -> PreviewServer:
    """Listen on the first free port from this one on."""
    for candidate in range(port, min(port + TRIED_PORTS, 65536)):
        if port and is_answered(candidate):
            continue
        try:
            return PreviewServer(candidate, stage)
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
    raise OSError(errno.EADDRINUSE, f"None of the ports {port} to {port + TRIED_PORTS - 1} is free.")


def is_answered(port: int) -> bool:
    """Whether anyone answers at localhost: some systems let two listen on one port, and the browser meets the other."""
    return any(is_open(address, port) for address in ("::1", HOST))


def is_open(address: str, port: int) -> bool:
    """Whether a connection to this address is accepted."""
    try:
        with socket.create_connection((address, port), timeout=0.5):
            return True
    except OSError:
        return False
