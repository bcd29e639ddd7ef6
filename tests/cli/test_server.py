"""What the preview's server promises the browser: what a static host does."""

from __future__ import annotations

import http.client
import re
import socket
from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from click import unstyle
from PIL import Image

from clinic.cli.preview.guests import Guests, address_in_network, code_for_terminal
from clinic.cli.preview.server import serving
from clinic.cli.preview.state import PreviewState, Snapshot
from clinic.content.diagnostics import Diagnostic, Severity
from tests.cli.conftest import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.cli.preview.server import PreviewServer


@pytest.fixture
def state() -> PreviewState:
    return PreviewState()


@pytest.fixture
def server(tmp_path: Path, state: PreviewState) -> Iterator[PreviewServer]:
    site = tmp_path / "site"
    (site / "post" / "café").mkdir(parents=True)
    (site / "index.html").write_text("<body>Home</BODY>")
    (site / "post" / "café" / "index.html").write_text("<body>Post</body>")
    (site / "404.html").write_text("<body>Our own 404</body>")
    for name in ("main.css", "main.js", "feed.xml", "font.woff2", "icon.svg", "photo.avif", "site.webmanifest"):
        (site / name).write_text("x")
    (tmp_path / "secret.txt").write_text("secret")
    state.show(Snapshot(site))
    with serving(0, state) as server:
        yield server


def test_what_an_edited_file_says_takes_the_place_of_what_it_said_and_a_note_is_no_problem() -> None:
    other, old = Diagnostic("content/a.md", 1, "a"), Diagnostic("content/b.md", 1, "b")
    note = Diagnostic("content/b.md", 2, "c", Severity.WARNING)
    told = Snapshot(errors=(other, old)).telling((note,))
    assert (told.errors, told.warnings) == ((other,), (note,))
    assert not told.telling((), whole=True).errors


def get(
    server: PreviewServer, path: str, method: str = "GET", host: str | None = None
) -> tuple[http.client.HTTPResponse, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    connection.request(method, path, headers={} if host is None else {"Host": host})
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response, body


def raw(server: PreviewServer, head: str) -> tuple[int, str]:
    """The status of the answer to a request of any kind, and all that is answered."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(f"{head}\r\nConnection: close\r\n\r\n".encode("latin-1"))
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode("latin-1")
    found = re.search(r"HTTP/1.1 (\d{3})|Error code: (\d{3})", answer)
    return int(found[1] or found[2]) if found else 0, answer


def test_a_folder_shows_its_index_page(server: PreviewServer) -> None:
    response, body = get(server, "/post/caf%C3%A9/?from=mail")
    assert response.status == 200
    assert "Post" in body


def test_a_language_has_its_own_page_for_what_is_not_there(server: PreviewServer, tmp_path: Path) -> None:
    (tmp_path / "site" / "cy" / "post").mkdir(parents=True)
    (tmp_path / "site" / "cy" / "404.html").write_text("<body>Heb ei ganfod</body>")
    for path, words in (("/cy/post/x/", "Heb"), ("/cy/x", "Heb"), ("/x/cy/", "Our own")):
        response, body = get(server, path)
        assert response.status == 404
        assert words in body, path


def test_a_folder_without_its_slash_is_redirected(server: PreviewServer) -> None:
    response, _ = get(server, "/post/caf%C3%A9")
    assert (response.status, response.getheader("Location")) == (301, "/post/caf%C3%A9/")


def test_an_unknown_address_gets_the_sites_404_page(server: PreviewServer) -> None:
    response, body = get(server, "/nothing/")
    assert response.status == 404
    assert "Our own 404" in body


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/post/../../secret.txt", "/%00"])
def test_nothing_outside_the_site_is_served(server: PreviewServer, path: str) -> None:
    response, body = get(server, path)
    assert response.status == 404
    assert "secret" not in body


@pytest.mark.parametrize(
    "path",
    [
        f"/{'a' * 300}",
        f"/{'a/' * 5000}",
        f"/post/{'é' * 300}/".encode().decode("latin-1"),
        "/%ff%fe",
        "/..%2f..%2fsecret.txt",
        "/..\\secret.txt",
        "/post/%00/",
        "/~preview/%00",
        f"/~preview/{'a' * 300}",
        "/~preview/..%2f..%2fserver.py",
        "/~preview/..",
        "/%0d%0aSet-Cookie:x",
        "http://localhost/nothing",
    ],
)
def test_an_address_that_no_site_has_is_not_found_whatever_it_says(
    server: PreviewServer, path: str, capfd: pytest.CaptureFixture[str]
) -> None:
    response, body = raw(server, f"GET {path} HTTP/1.1\r\nHost: localhost")
    assert (response, "secret" in body, "Set-Cookie" in body) == (404, False, False)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("request_head", "status"),
    [
        ("GET http://[ HTTP/1.1\r\nHost: localhost", 400),
        ("GET http://evil.example/ HTTP/1.1\r\nHost: localhost", 421),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example", 421),
        ("GET / HTTP/1.1", 421),
        ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0", 501),
        ("DELETE /admin/ HTTP/1.1\r\nHost: localhost", 501),
        ("BREW / HTTP/1.1\r\nHost: localhost", 501),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nRange: bytes=9-1,x", 200),
        ("GET / HTTP/9.9\r\nHost: localhost", 505),
        ("GET", 400),
        (f"GET /{'a' * 70000} HTTP/1.1\r\nHost: localhost", 414),
    ],
)
def test_a_request_that_no_browser_makes_has_its_status_and_ends_nothing(
    server: PreviewServer, request_head: str, status: int, capfd: pytest.CaptureFixture[str]
) -> None:
    assert raw(server, request_head)[0] == status
    assert capfd.readouterr().err == ""
    assert get(server, "/")[0].status == 200


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/main.css", "text/css; charset=utf-8"),
        ("/main.js", "text/javascript; charset=utf-8"),
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/icon.svg", "image/svg+xml; charset=utf-8"),
        ("/font.woff2", "font/woff2"),
        ("/photo.avif", "image/avif"),
        ("/site.webmanifest", "application/manifest+json; charset=utf-8"),
    ],
)
def test_every_file_has_its_type_and_is_not_kept(server: PreviewServer, path: str, kind: str) -> None:
    response, _ = get(server, path)
    assert (response.getheader("Content-Type"), response.getheader("Cache-Control")) == (kind, "no-store")


def test_only_pages_get_the_script(server: PreviewServer) -> None:
    _, page = get(server, "/")
    assert page.index("/~preview/preview.js") < page.index("</BODY>")
    assert get(server, "/feed.xml")[1] == "x"


def test_head_answers_without_a_body(server: PreviewServer) -> None:
    response, body = get(server, "/", "HEAD")
    assert response.status == 200
    assert int(response.getheader("Content-Length") or 0) > 0
    assert body == ""


def test_a_problem_is_shown_as_text_never_as_markup(server: PreviewServer, state: PreviewState) -> None:
    state.show(Snapshot(state.snapshot.folder, (Diagnostic("content/x.md", 3, 'unknown tag "<b>"'),)))
    _, page = get(server, "/")
    assert "<code>content/x.md:3</code>: unknown tag &quot;&lt;b&gt;&quot;" in page


def next_event(stream: http.client.HTTPResponse) -> str:
    """What the server tells next, without keep-alives."""
    while True:
        line = stream.readline().decode().strip()
        if line and not line.startswith((":", "retry")):
            return line


def version(page: str) -> str:
    return page.partition('data-version="')[2].partition('"')[0]


def test_an_open_page_is_told_only_what_changes_it(server: PreviewServer, state: PreviewState) -> None:
    folder = state.snapshot.folder
    assert folder
    _, page = get(server, "/")
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    connection.request("GET", "/~preview/events?page=/")
    stream = connection.getresponse()
    assert next_event(stream) == f"data: {version(page)}"
    state.show(replace(state.snapshot, is_building=True))  # of itself nothing that the page shows
    assert [next_event(stream), next_event(stream)] == ["event: building", "data: true"]
    (folder / "post" / "café" / "index.html").write_text("<body>Other</body>")  # another page
    state.show(replace(state.snapshot, is_building=False))
    assert [next_event(stream), next_event(stream)] == ["event: building", "data: false"]
    for change in ("page", "problem", "style"):
        match change:
            case "page":
                (folder / "index.html").write_text("<body>New home</body>")
                state.show(state.snapshot)
            case "problem":
                state.show(replace(state.snapshot, errors=(Diagnostic("content/x.md", 3, "wrong"),)))
            case _:
                state.show(replace(state.snapshot, epoch="another"))
        former, page = page, get(server, "/")[1]
        assert version(page) != version(former)
        assert next_event(stream) == f"data: {version(page)}"
    connection.close()


def test_the_search_index_is_waited_for(server: PreviewServer, state: PreviewState) -> None:
    asked: list[int] = []

    def make() -> None:
        folder = state.snapshot.folder
        assert folder
        (folder / "pagefind").mkdir(exist_ok=True)
        (folder / "pagefind" / "pagefind.js").write_text("index")
        asked.append(1)
        Thread(target=state.let_search, args=(folder,)).start()

    state.ask_for_search = make
    assert [get(server, "/pagefind/pagefind.js")[1] for _ in range(2)] == ["index", "index"]
    assert asked == [1]


def test_the_server_is_reached_from_this_machine_only(server: PreviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


LET_IN = "192.168.1.7"


def test_nobody_else_is_let_in_unless_the_owner_wants_it() -> None:
    guests = Guests()
    assert guests.host == "127.0.0.1"
    assert guests.lets_in("127.0.0.1", "/", "")
    assert guests.lets_in("::1", "/", "")
    assert not guests.lets_in(LET_IN, "/?key=", "preview=")


def test_a_phone_is_let_in_by_the_key_of_the_code_and_then_by_the_cookie() -> None:
    guests = Guests.with_key()
    assert guests.lets_in(LET_IN, f"/post/x/?key={guests.key}", "")
    assert guests.lets_in(LET_IN, "/post/x/", guests.cookie().partition(";")[0])
    for path, cookies in (("/", ""), ("/?key=", ""), ("/?key=no", "preview=no"), ("/", "preview=; x"), ("/", "\0=é")):
        assert not guests.lets_in(LET_IN, path, cookies)
    assert Guests.with_key().key != guests.key


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.9.8.7", "[::1]"])
def test_the_names_of_this_machine_are_answered(server: PreviewServer, host: str) -> None:
    assert get(server, "/", host=f"{host}:{server.port}")[0].status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", LET_IN, "", "a b", "[::1"]
)
def test_a_page_elsewhere_cannot_read_drafts_through_a_name_that_leads_here(server: PreviewServer, host: str) -> None:
    response, body = get(server, "/", host=host)
    assert response.status == 421
    assert "Home" not in body


def test_in_the_network_only_an_address_in_numbers_leads_here() -> None:
    guests = Guests.with_key()
    assert not guests.is_misdirected(f"{LET_IN}:8000")
    assert guests.is_misdirected("evil.example:8000")


def test_a_phone_without_the_key_is_told_what_to_open(tmp_path: Path, state: PreviewState) -> None:
    (tmp_path / "index.html").write_text("<body>Home</body>")
    state.show(Snapshot(tmp_path))
    network = address_in_network()
    if network is None:
        pytest.skip("this machine is in no network")
    guests = Guests.with_key()
    with serving(0, state, guests) as server:
        connection = http.client.HTTPConnection(network, server.port, timeout=PATIENCE)
        answers = []
        for path in ("/", f"/?key={guests.key}"):
            connection.request("GET", path)
            response = connection.getresponse()
            answers.append((response.status, b"Home" in response.read(), bool(response.getheader("Set-Cookie"))))
        connection.close()
    assert answers == [(403, False, False), (200, True, True)]


def test_the_code_in_the_terminal_leads_to_the_address() -> None:
    address = "http://192.168.1.7:8000/?key=Ab-c_123"
    lines = unstyle(code_for_terminal(address)).split("\n")
    size = 8
    image = Image.new("L", (len(lines[0]) * size, len(lines) * 2 * size), 255)
    for row, line in enumerate(lines):
        for column, sign in enumerate(line):
            for half, dark in enumerate({"█": (0, 0), "▀": (0, 255), "▄": (255, 0), " ": (255, 255)}[sign]):
                image.paste(
                    dark, (column * size, (row * 2 + half) * size, (column + 1) * size, (row * 2 + half + 1) * size)
                )
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [address]
