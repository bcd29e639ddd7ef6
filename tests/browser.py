"""The browser's windows, and finished sites on a real server."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from clinic.rendering.files.headers import HEADERS, fields_at, read_headers

if TYPE_CHECKING:
    from collections.abc import Iterator

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
NARROWEST = {"width": 320, "height": 640}
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
"""The rules of axe-core that every page keeps; what a page keeps need not be listed element by element."""


class _Quiet(SimpleHTTPRequestHandler):
    """Serves with the headers of the site's own ``_headers``: whatever a browser test does is done under them."""

    def end_headers(self) -> None:
        """Add those of the path."""
        file = Path(self.directory) / HEADERS
        rules = read_headers(file.read_text("utf-8")) if file.is_file() else ()
        for name, value in fields_at(unquote(urlsplit(self.path).path), rules).items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing between the tests' own lines."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder as a static host does; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
