"""Pictures are fetched at their original size, as what they are, and from public addresses alone."""

from __future__ import annotations

import io
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar

import pytest
from PIL import Image

from clinic.cli.importing.assets import Fetcher, NotFetched, file_name, image_format, original

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.importing.kit import Importer

_WIX = "https://static.wixstatic.com/media"
ORIGINALS = {
    f"{_WIX}/a1~mv2.jpg/v1/fill/w_740,h_400,al_c,q_80/a1~mv2.jpg": f"{_WIX}/a1~mv2.jpg",
    f"{_WIX}/a1~mv2.png": f"{_WIX}/a1~mv2.png",
    "https://x.example.com/wp-content/uploads/2024/05/run-300x200.jpg": "https://x.example.com/wp-content/uploads/2024/05/run.jpg",
    "https://i0.wp.com/x.example.com/wp-content/uploads/run.jpg?resize=300%2C200": "https://x.example.com/wp-content/uploads/run.jpg",
    "https://x.example.com/content/images/size/w600/2024/foot.jpg": "https://x.example.com/content/images/2024/foot.jpg",
    "https://images.squarespace-cdn.com/content/v1/a/bed.jpg?format=500w": "https://images.squarespace-cdn.com/content/v1/a/bed.jpg",
    "https://x.example.com/photo-300x200.jpg": "https://x.example.com/photo-300x200.jpg",
}


@pytest.mark.parametrize(("small", "whole"), ORIGINALS.items())
def test_the_original_of_a_picture_is_known(small: str, whole: str) -> None:
    assert original(small) == whole


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (f"{_WIX}/a1b2~mv2.jpg", "a1b2.jpg"),
        ("https://x.example.com/Über%20uns.JPEG?x=1", "uber-uns.jpg"),
        ("https://x.example.com/image", "image.jpg"),
        ("https://x.example.com/..%2f..%2fetc/pass wd.png", "pass-wd.png"),
    ],
)
def test_files_get_plain_names(address: str, name: str) -> None:
    assert file_name(address) == name


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/x.jpg", "http://localhost/x.jpg", "http://[::1]/x.jpg", "http://10.0.0.1/x.jpg", "http://192.168.1.1/x.jpg",
     "http://169.254.169.254/latest/meta-data", "http://0.0.0.0/x", "http://[::ffff:127.0.0.1]/x",
     "file:///etc/hostname", "ftp://x.example.com/x"],
)  # fmt: skip
def test_nothing_is_fetched_from_this_machine_or_a_private_network(address: str) -> None:
    with pytest.raises(NotFetched):
        Fetcher().fetch(address)


class _Host(BaseHTTPRequestHandler):
    answers: ClassVar[dict[str, tuple[int, bytes]]] = {}

    def do_GET(self) -> None:
        code, data = self.answers.get(self.path, (404, b""))
        self.send_response(code)
        if code == 302:
            self.send_header("Location", data.decode())
        self.end_headers()
        self.wfile.write(b"" if code == 302 else data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its own name
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[str]:
    picture = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(picture, "PNG")
    _Host.answers = {
        "/sea.jpg": (200, picture.getvalue()),
        "/moved.png": (302, b"/sea.jpg"),
        "/round": (302, b"/round"),
        "/page.jpg": (200, b"<html>no picture</html>"),
    }
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_pictures_are_fetched_and_named_after_what_they_are(host: str, importer: Importer) -> None:
    texts = "".join(
        f"![The sea]({host}{path})\n\n" for path in ("/sea.jpg", "/moved.png", "/page.jpg", "/gone.png", "/round")
    )
    source = importer.source("a.md", f"---\ntitle: A\ndate: 2025-01-01\n---\n{texts}")
    done = importer.run(source, fetcher=Fetcher(allows_private=True))
    assert image_format(done.new["images/sea.png"]) == "png"
    assert sorted(key for key in done.new if key.startswith("images/")) == ["images/moved.png", "images/sea.png"]
    assert done.text("a.md").count("<!-- ![The sea]") == 3
    assert "it is no JPEG, PNG, WebP, GIF or SVG" in done.said
    assert "its host answers 404" in done.said
    assert "leads on and on" in done.said
