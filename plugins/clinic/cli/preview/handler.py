"""Answer a browser as a static host would, and add what the preview needs."""

from __future__ import annotations

import mimetypes
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from clinic.cli.preview.overlay import ASSETS, PREFIX, plain_page, with_preview

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.cli.preview.server import PreviewServer
    from clinic.cli.preview.state import Scene
EVENTS = PREFIX + "events"
KEEP_ALIVE_SECONDS = 10
# The same on every system: the table that Python brings, not the machine's, and what that one lacks.
TYPES = mimetypes.MimeTypes()
for suffix, kind in {
    ".avif": "image/avif",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}.items():
    TYPES.add_type(kind, suffix)
TEXTS = {"application/xml", "application/json", "application/manifest+json", "image/svg+xml"}


class PreviewHandler(BaseHTTPRequestHandler):
    """Answers one browser connection."""

    protocol_version = "HTTP/1.1"
    server: PreviewServer

    def do_GET(self) -> None:
        """Answer with the page, the file, or the preview's own script, style and events."""
        path = unquote(urlsplit(self.path).path)
        if path == EVENTS:
            self.send_events()
        elif path.startswith(PREFIX):
            self.send_file(ASSETS / path.removeprefix(PREFIX).replace("/", ""), HTTPStatus.OK)
        else:
            self.send_page(path, self.server.stage.scene)

    do_HEAD = do_GET  # noqa: N815 -- the library's name for it

    def send_page(self, path: str, scene: Scene) -> None:
        """Answer with what the site has at this address."""
        if scene.folder is None:
            self.send_no_site_yet(scene)
            return
        file = file_at(scene.folder, path)
        if file is None:
            self.send_not_found(scene.folder / "404.html", scene)
        elif file.name == "index.html" and not path.endswith(("/", "index.html")):
            self.redirect(quote(f"/{path.strip('/')}/"))
        else:
            self.send_file(file, HTTPStatus.OK, scene)

    def send_no_site_yet(self, scene: Scene) -> None:
        """Say that the first build is on its way, or what keeps it from succeeding."""
        sentence = "Mend what stands below; this page then shows the site." if scene.problems else "One moment, please."
        title = "The site could not be built" if scene.problems else "The site is being built"
        self.send_body(plain_page(scene, title, sentence), "text/html", HTTPStatus.SERVICE_UNAVAILABLE)

    def send_not_found(self, own_page: Path, scene: Scene) -> None:
        """Answer as a static host does: the site's own 404 page, with the status that says so."""
        if own_page.is_file():
            self.send_file(own_page, HTTPStatus.NOT_FOUND, scene)
        else:
            page = plain_page(
                scene, "Page not found", "There is nothing at this address, and the site has no 404 page."
            )
            self.send_body(page, "text/html", HTTPStatus.NOT_FOUND)

    def send_file(self, file: Path, status: HTTPStatus, scene: Scene | None = None) -> None:
        """Answer with a file; a page of the site gets the preview's script and panel."""
        try:
            body = file.read_bytes()
        except OSError:  # gone since the browser asked, as its build was replaced
            self.send_body(b"", "text/plain", HTTPStatus.NOT_FOUND)
            return
        kind = TYPES.guess_type(file.name)[0] or "application/octet-stream"
        if kind == "text/html" and scene is not None:
            body = with_preview(body, scene)
        self.send_body(body, kind, status)

    def send_body(self, body: bytes, kind: str, status: HTTPStatus) -> None:
        """Answer with these bytes, never to be kept by the browser."""
        is_text = kind.startswith("text/") or kind in TEXTS
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if is_text else kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def redirect(self, path: str) -> None:
        """Send the browser to the folder's address, from which the page's links are right."""
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", path)
        self.send_header("Content-Length", "0")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()

    def send_events(self) -> None:
        """Tell the open page each version that comes on stage, for as long as it listens."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        stage, told = self.server.stage, ""
        self.wfile.write(b"retry: 500\n\n")
        while not stage.closed:
            scene = stage.wait_for_change(told, KEEP_ALIVE_SECONDS)
            # A comment when there is no news: writing is the only way to learn that the page has gone.
            self.wfile.write(f"data: {scene.version}\n\n".encode() if scene.version != told else b":\n\n")
            told = scene.version

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name for it
        """Keep the terminal for what concerns the owner."""


def file_at(folder: Path, path: str) -> Path | None:
    """Find the file for an address; nothing outside the folder is ever found."""
    if "\0" in path:
        return None
    file = (folder / path.lstrip("/")).resolve()
    if file.is_dir():
        file /= "index.html"
    return file if file.is_file() and file.is_relative_to(folder.resolve()) else None
