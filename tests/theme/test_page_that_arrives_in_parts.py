"""A slow phone draws a page while it still reads it: what is drawn stays where it is."""

from __future__ import annotations

import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from tests.browser import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from tests.site import Site

WAIT = 0.3
"""Seconds between two parts: many frames, so that each part is drawn."""
SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value)))
  .observe({ type: "layout-shift", buffered: true })"""
ENDS = {
    "the icon of the menu button, its word": "</svg>",
    "half of its word": "</svg> Me",
    "one link of the bar": '<li class="action-bar__item">',
    "all but the last": '<li class="action-bar__item"><a class="action-bar__link" ',
}


class _InParts(SimpleHTTPRequestHandler):
    """Sends the page in two parts: `cut` is where the first ends."""

    cut = 0

    def do_GET(self) -> None:
        if self.path != "/contact/":
            return super().do_GET()
        words = Path(self.directory, "contact/index.html").read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words[: self.cut])
        self.wfile.flush()
        time.sleep(WAIT)
        self.wfile.write(words[self.cut :])
        return None

    def log_message(self, *args: object) -> None:
        """Keep the report of the tests free of it."""


@pytest.fixture(scope="module")
def in_parts(full: Site) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_InParts, directory=str(full.output)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/contact/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_what_is_drawn_of_a_page_stays_in_its_place_when_the_rest_comes(
    full: Site, in_parts: str, open_page: Callable[..., Page], end: str
) -> None:
    html = full.read("contact/index.html")
    first = '<nav class="action-bar"' if "bar" in end else 'class="site-header__menu-button"'
    _InParts.cut = len(html[: html.index(end, html.index(first)) + len(end)].encode())
    page = open_page("about:blank", PHONE)
    page.add_init_script(SHIFTS)
    page.goto(in_parts)
    assert page.locator(".action-bar").is_visible()
    assert page.locator(".site-header__menu-button").is_visible()
    assert page.evaluate("window.shifts") == []
