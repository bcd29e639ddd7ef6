"""The browser's windows, and finished sites on a real server."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from clinic.rendering.files.headers import HEADERS, fields_at, read_headers
from tests.site import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page, ViewportSize

PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
NARROWEST: ViewportSize = {"width": 320, "height": 640}
AXE_PATH = "/axe-core.js"
"""Where every server of the tests has axe-core; no site has such a file."""
_AXE = files("axe_playwright_python") / "axe.min.js"

AT_THAT_MOMENT = f"""{{
    const now = {int(NOW.timestamp() * 1000)}, Clock = Date;
    globalThis.Date = class extends Clock {{
        constructor(...given) {{ given.length ? super(...given) : super(now); }}
        static now() {{ return now; }}
    }};
}}"""
"""Fixes the clock of a page and nothing else: a browser's measures go on (Playwright's own clock takes them away)."""

_VIOLATIONS = "addEventListener('securitypolicyviolation', (event) => { (window.forbidden ??= []).push(\
`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`) })"
_LEFT = """() => [...(window.forbidden ?? []), document.cookie,
    ...[localStorage, sessionStorage].flatMap((kept) => Object.keys(kept))].filter(Boolean)"""


class Watch:
    """What a page does that no visitor should meet: it asks other sites, breaks its policy, keeps something."""

    def __init__(self, page: Page, base: str) -> None:
        """Watch from the next page on; ``base`` is the address of the site."""
        self._page, self._said = page, list[str]()
        page.add_init_script(_VIOLATIONS)
        page.on("console", lambda message: self._said.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self._said.append(f"error: {error}"))
        page.on("request", lambda request: None if _is_own(request.url, base) else self._said.append(request.url))

    def found(self) -> list[str]:
        """All since the last time."""
        found = [*self._said, *self._page.evaluate(_LEFT)]
        self._said.clear()
        return found


def _is_own(url: str, base: str) -> bool:
    return url.startswith((f"{base}/", "data:", "blob:"))


class _Quiet(SimpleHTTPRequestHandler):
    """Serves with the headers of the site's own ``_headers``: whatever a browser test does is done under them."""

    def translate_path(self, path: str) -> str:
        """The file at a path."""
        return str(_AXE) if path == AXE_PATH else super().translate_path(path)

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
