"""A small web server: it answers as a static host would, and adds what the preview needs.

It is for this machine alone, unless the owner lets in a phone (``guests.py``).
"""

import errno
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, TypeAlias
from urllib.parse import parse_qs, quote, unquote, urlsplit

from clinic.cli.options import HIGHEST_PORT
from clinic.cli.preview.guests import THIS_MACHINE, Guests
from clinic.cli.preview.overlay import (
    ASSETS,
    PREFIX,
    no_site_page,
    plain_page,
    version_of,
    with_overlay,
    with_script,
)
from clinic.cli.preview.state import PreviewState, Snapshot
from clinic.domain.pages.urls import SEARCH_INDEX
from clinic.rendering.files.headers import HEADERS, TRANSPORT, UPGRADE, fields_at, read_headers
from clinic.rendering.files.hosting import media_type, with_charset

TRIED_PORTS = 50
EVENTS = PREFIX + "events"
KEEP_ALIVE_SECONDS = 10
_DEEPEST = 8
"""Folders inside each other that may have a page of their own for what is not there; a language is in the first."""
SEARCH_SECONDS = 120
_CACHING = "Cache-Control"


@dataclass(frozen=True)
class Answer:
    """What there is at an address of a snapshot. ``own``: a page of the preview's own, in place of one of the site."""

    status: HTTPStatus
    body: bytes
    media_type: str | None
    location: str | None = None
    own: bool = False

    @classmethod
    def at(cls, path: str, snapshot: Snapshot) -> "Answer":
        """What the site has at this address, as a static host would answer."""
        if snapshot.folder is None:
            return cls(HTTPStatus.SERVICE_UNAVAILABLE, no_site_page(snapshot), "text/html", own=True)
        file = file_at(snapshot.folder, path)
        if file is None:
            return cls._not_found(snapshot.folder, path, snapshot)
        if file.name == "index.html" and not path.endswith(("/", "index.html")):
            # The folder's own address, from which the page's relative links are right.
            return cls(HTTPStatus.MOVED_PERMANENTLY, b"", None, quote(f"/{path.strip('/')}/"))
        return cls.of_file(file)

    @classmethod
    def of_file(cls, file: Path, status: HTTPStatus = HTTPStatus.OK) -> "Answer":
        """The file, if it is still there."""
        try:
            return cls(status, file.read_bytes(), media_type(file.name))
        except OSError:  # gone since the browser asked, as its build was replaced
            return cls(HTTPStatus.NOT_FOUND, b"", "text/plain")

    @classmethod
    def _not_found(cls, site: Path, path: str, snapshot: Snapshot) -> "Answer":
        """The site's own 404 page, with that status: of several languages that of the folder."""
        folders = path.split("/")[:-1][:_DEEPEST]
        for depth in range(len(folders), 0, -1):
            if own_page := file_at(site, "/".join((*folders[:depth], "404.html"))):
                return cls.of_file(own_page, HTTPStatus.NOT_FOUND)
        sentence = "There is nothing at this address, and the site has no 404 page."
        return cls(HTTPStatus.NOT_FOUND, plain_page(snapshot, "Page not found", sentence), "text/html", own=True)

    def shown(self, snapshot: Snapshot) -> bytes:
        """Its body, a page with what the preview adds."""
        if self.media_type != "text/html":
            return self.body
        return with_script(self.body, snapshot) if self.own else with_overlay(self.body, snapshot)


Editor: TypeAlias = Callable[[str], Answer | None]
"""Answers what is below /admin/, where somebody writes in the browser (``clinic.cli.editor``); None for the rest."""


class PreviewServer(ThreadingHTTPServer):
    """Serves the current snapshot of the state that ``handler`` has."""

    daemon_threads = True

    def __init__(self, host: str, port: int, handler: "partial[PreviewHandler]", why_moved: str) -> None:
        super().__init__((host, port), handler)
        self.why_moved = why_moved
        """Why it is not on the port that was wanted, as the end of a sentence."""

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        """The address to open."""
        return f"http://localhost:{self.port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore a browser that leaves in the middle of an answer; any other error is a bug."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # typeshed asks for its own alias


@contextmanager
def serving(
    port: int, state: PreviewState, guests: Guests | None = None, editor: Editor | None = None
) -> Iterator[PreviewServer]:
    """Serve on this port, or on the next free one, until the block ends. Raises OSError if none is free."""
    guests = guests or Guests()
    server = _open_server(port, guests.host, partial(PreviewHandler, state, guests, editor))
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    try:
        yield server
    finally:
        state.close()
        server.shutdown()
        server.server_close()


def _open_server(port: int, host: str, handler: "partial[PreviewHandler]") -> PreviewServer:
    why = ""
    last = min(port + TRIED_PORTS - 1, HIGHEST_PORT)
    for candidate in range(port, last + 1):
        if port and _is_answered(candidate):
            why = why or "is in use"
            continue
        try:
            return PreviewServer(host, candidate, handler, why)
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
            why = why or ("is in use" if error.errno == errno.EADDRINUSE else "is kept for the system")
    tried = f"port {port} is" if port == last else f"none of the ports {port} to {last} is"
    raise OSError(errno.EADDRINUSE, f"{tried} free; give another one, such as PORT=9000")


def _is_answered(port: int) -> bool:
    """Whether anyone answers at localhost: some systems let two listen on one port, and the browser meets the other."""
    for address in ("::1", THIS_MACHINE):
        try:
            with socket.create_connection((address, port), timeout=0.5):
                return True
        except OSError:
            continue
    return False


class PreviewHandler(BaseHTTPRequestHandler):
    """Answers one browser connection from the current snapshot of ``state``."""

    protocol_version = "HTTP/1.1"

    def __init__(self, state: PreviewState, guests: Guests, editor: Editor | None, *connection: Any) -> None:
        self.state = state
        self.guests = guests
        self.editor = editor or (lambda _path: None)
        super().__init__(*connection)  # answers at once

    def do_GET(self) -> None:
        """Answer with the page, the file, or the preview's own script, style and events."""
        try:
            address = urlsplit(self.path)
        except ValueError:  # a host in brackets that do not end
            self.send(Answer(HTTPStatus.BAD_REQUEST, b"This is no address.\n", "text/plain", own=True), None)
            return
        path = unquote(address.path)
        if refusal := self.refusal(address.netloc):
            self.send(refusal, None)
        elif path == EVENTS:
            self.send_events(parse_qs(address.query).get("page", [""])[0])
        elif path.startswith(PREFIX):
            asset = file_at(ASSETS, path.removeprefix(PREFIX))
            self.send(Answer.of_file(asset) if asset else Answer(HTTPStatus.NOT_FOUND, b"", "text/plain"), None)
        elif answer := self.editor(path):
            self.send(answer, None)
        else:
            searches = f"/{SEARCH_INDEX}" in path  # each language has its own
            snapshot = self.state.wait_for_search(SEARCH_SECONDS) if searches else self.state.snapshot
            self.send(Answer.at(path, snapshot), snapshot)

    def refusal(self, asked: str = "") -> Answer | None:
        """What is answered to somebody who may not look; None for whoever may.

        ``asked`` is the host in the address itself, where it has one (RFC 9112, 3.2.2).
        """
        hosts = self.headers.get_all("Host") or [""]
        if any(map(self.guests.is_misdirected, [*hosts, asked] if asked else hosts)):
            return Answer(HTTPStatus.MISDIRECTED_REQUEST, b"The preview is at localhost.\n", "text/plain", own=True)
        if not self.guests.lets_in(self.client_address[0], self.path, self.headers.get("Cookie", "")):
            said = b"To see this preview, open the address, with its key, that it has shown in the terminal.\n"
            return Answer(HTTPStatus.FORBIDDEN, said, "text/plain", own=True)
        return None

    do_HEAD = do_GET  # noqa: N815 -- the library's name for it

    def send(self, answer: Answer, snapshot: Snapshot | None) -> None:
        """Send it; a page of this snapshot with what the preview adds, which the browser is not to keep."""
        body = answer.shown(snapshot) if snapshot else answer.body
        kind = with_charset(answer.media_type) if answer.media_type else None
        fields = {"Content-Type": kind, "Content-Length": len(body), "Location": answer.location}
        of_site = headers_of(snapshot.folder, self.path) if snapshot and snapshot.folder and not answer.own else {}
        self.send_head(answer.status, {**of_site, **fields})
        if self.command != "HEAD":
            self.wfile.write(body)

    def send_head(self, status: HTTPStatus, fields: dict[str, object]) -> None:
        """Send the status and the header fields that are not None."""
        self.send_response(status)
        cookie = self.guests.cookie() if self.guests.has_key(self.path) else None
        for name, value in {**fields, "Cache-Control": "no-store", "Set-Cookie": cookie}.items():
            if value is not None:
                self.send_header(name, str(value))
        self.end_headers()

    def send_events(self, page: str) -> None:
        """Tell the open page of each new version of it, and whether the site is being built, for as long as it listens.

        Server-sent events (WHATWG HTML). Without the address of a page, of each new state of the site.
        """
        self.close_connection = True
        self.send_head(HTTPStatus.OK, {"Content-Type": "text/event-stream"})
        self.wfile.write(b"retry: 500\n\n")
        sent, snapshot, was_building = "", Snapshot(version=""), False
        while True:
            snapshot = self.state.wait_for_change(snapshot.version, KEEP_ALIVE_SECONDS)
            if self.state.closed:  # nothing is there any more, and the page is to stay
                return
            version = version_of(Answer.at(page, snapshot).body, snapshot) if page else snapshot.version
            # A comment when there is no news: writing is the only way to learn that the page has gone.
            self.wfile.write(f"data: {version}\n\n".encode() if version != sent else b":\n\n")
            if snapshot.is_building != was_building:
                self.wfile.write(f"event: building\ndata: {str(snapshot.is_building).lower()}\n\n".encode())
            sent, was_building = version, snapshot.is_building

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name for it
        """Log nothing: the terminal is for what concerns the owner."""


def headers_of(site: Path, path: str) -> dict[str, str]:
    """The header fields that the site gives this address, so that what they forbid is seen before it is published.

    But for what would bind the browser to https here, and for how long it may keep things.
    """
    try:
        rules = read_headers((site / HEADERS).read_text("utf-8"))
    except (OSError, UnicodeDecodeError):  # there is none, or its build has just been replaced
        return {}
    found = fields_at(unquote(urlsplit(path).path), rules)
    return {
        name: "; ".join(part for part in value.split("; ") if part != UPGRADE)
        for name, value in found.items()
        if name.title() not in (TRANSPORT, _CACHING)
    }


def file_at(folder: Path, path: str) -> Path | None:
    """The file for an address; never one outside the folder."""
    try:
        file = (folder / path.lstrip("/")).resolve()
        if file.is_dir():
            file /= "index.html"
        return file if file.is_file() and file.is_relative_to(folder.resolve()) else None
    except (OSError, ValueError):  # a name that is longer than any file's, or has signs that none has
        return None
