"""A slow phone draws a page while it still reads it: what is drawn stays where it is."""

from __future__ import annotations

import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from tests.browser import DESKTOP, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page, ViewportSize

    from tests.site import Site

WAIT = 0.3
"""Seconds between two parts: many frames, so that each part is drawn."""
SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value)))
  .observe({ type: "layout-shift", buffered: true })"""
BAR = '<nav class="action-bar"'
CUTS = {
    "the icon of the menu button, its word": ("/contact/", PHONE, 'class="site-header__menu-button"', "</svg>"),
    "half of its word": ("/contact/", PHONE, 'class="site-header__menu-button"', "</svg> Me"),
    "one link of the menu": ("/contact/", DESKTOP, '<ul class="site-menu__list"', "</li>"),
    "the icon of a button in a page's head": ("/contact/", PHONE, 'class="button" href="#message-title"', "</svg>"),
    "the title of the home page": ("/", PHONE, '<h1 class="hero__title"', "</h1>"),
    "two facts of a service": ("/services/sports-massage/", DESKTOP, ">First visit (required)</dt>", "</dd>"),
    "one link of the bar": ("/contact/", PHONE, BAR, '<li class="action-bar__item">'),
    "all but its last": ("/contact/", PHONE, BAR, '<li class="action-bar__item"><a class="action-bar__link" '),
}
"""What there is of a page when the rest is still to come: its path, the screen, and where it is cut."""


class _InParts(SimpleHTTPRequestHandler):
    """Sends the page in two parts: `cut` is where the first ends."""

    cut = 0

    def do_GET(self) -> None:
        if not self.path.endswith("/"):
            return super().do_GET()
        words = Path(f"{self.directory}{self.path}index.html").read_bytes()
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
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("path", "screen", "begin", "end"), CUTS.values(), ids=CUTS)
def test_what_is_drawn_of_a_page_stays_in_its_place_when_the_rest_comes(
    full: Site, in_parts: str, open_page: Callable[..., Page], path: str, screen: ViewportSize, begin: str, end: str
) -> None:
    html = full.read(f"{path}index.html".lstrip("/"))
    _InParts.cut = len(html[: html.index(end, html.index(begin)) + len(end)].encode())
    page = open_page("about:blank", screen)
    page.add_init_script(SHIFTS)
    page.goto(in_parts + path)
    for block in (
        ".site-header",
        "main > :first-child",
        "h1",
        ".action-bar" if screen is PHONE else ".key-facts, form",
    ):
        assert page.locator(block).first.is_visible(), block
    assert page.evaluate("window.shifts") == []
