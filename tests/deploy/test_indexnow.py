"""Search engines are told which pages a deploy has changed; whatever they answer, the site is deployed."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from clinic.cli.deploy.indexnow import tell_of_changes
from clinic.cli.deploy.outcome import Plan
from clinic.domain.pages.urls import SiteAddress
from clinic.rendering.files.facts import indexnow_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PUBLIC = "https://least.example.com/clinic"
PLAN = Plan(("post/ankle/index.html",), ("index.html", "search/index.html", "images/a.jpg"), ("post/über/index.html",))


class _Engine(ThreadingHTTPServer):
    """Notes what it is told, and answers with ``status``."""

    status = 202

    def __init__(self) -> None:
        self.told: list[Any] = []
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Engine

    def do_POST(self) -> None:
        self.server.told.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name for it
        """Say nothing."""


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Engine]:
    server = _Engine()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    monkeypatch.setenv("INDEXNOW_API", f"http://127.0.0.1:{server.server_port}")
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    listed = "".join(f"<url><loc>{PUBLIC}/{path}</loc></url>" for path in ("", "post/ankle/", "about/"))
    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'
    (tmp_path / "sitemap.xml").write_text(text, "utf-8")
    return tmp_path


def test_only_pages_that_have_changed_and_may_be_shown_are_told(engine: _Engine, site: Path) -> None:
    said = tell_of_changes(site, PUBLIC, PLAN)
    key = indexnow_key(SiteAddress.parse(PUBLIC))
    [(path, told)] = engine.told
    assert path == "/indexnow"
    assert told == {
        "host": "least.example.com",
        "key": key,
        "keyLocation": f"{PUBLIC}/{key}.txt",
        "urlList": [f"{PUBLIC}/{name}" for name in ("", "post/ankle/", "post/%C3%BCber/")],
    }
    assert said == "Told search engines (IndexNow) of 3 addresses that have changed."


def test_nothing_is_sent_where_no_page_has_changed(engine: _Engine, site: Path) -> None:
    assert tell_of_changes(site, PUBLIC, Plan((), ("images/a.jpg", "search/index.html"), ())) == ""
    assert engine.told == []


@pytest.mark.parametrize("status", [403, 422, 429, 500])
def test_a_refusal_is_told_in_a_sentence(engine: _Engine, site: Path, status: int) -> None:
    engine.status = status
    assert f"IndexNow: it answers {status}" in tell_of_changes(site, PUBLIC, PLAN)


@pytest.mark.parametrize("interface", ["http://127.0.0.1:9", "nonsense", "file:///etc"])
def test_engines_that_cannot_be_reached_stop_nothing(
    monkeypatch: pytest.MonkeyPatch, site: Path, interface: str
) -> None:
    monkeypatch.setenv("INDEXNOW_API", interface)
    assert "they will find them by themselves" in tell_of_changes(site, PUBLIC, PLAN)
