"""A project whose finished site is a few files, and real servers on this machine to send it to."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clinic.cli.build import Project
from clinic.cli.deploy.command import Order, deploy
from clinic.cli.deploy.tools import SECRETS
from clinic.cli.publish.kept_sites import record_publish
from clinic.cli.publish.site_files import read_site
from tests.site import CLINICS

if TYPE_CHECKING:
    from collections.abc import Iterator

URL = "https://least.example.com"
PATIENCE = 90  # seconds, on a machine that may be busy; only a failing test ever waits that long
"""Seconds; only a failing test ever waits that long."""
SITE = {
    "index.html": "<h1>Home</h1>",
    "404.html": "<h1>Not found</h1>",
    "about/index.html": "<h1>About</h1>",
    "old/index.html": "moved",
    "sitemap.xml": "<urlset/>",
    "_redirects": "/old /about/ 301!\n/old/ /about/ 301!\n/old /about/ 301\n/old/ /about/ 301\n",
    "theme/styles/0123456789ab.css": "p{}",
    "images/harbour-ca4a077d.webp": "webp",
    "files/a [1]*é.txt": "a strange name",
    ".well-known/security.txt": "Contact:",
}


class Desk:
    """A project, and the command; ``said`` is what it printed last."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self._capsys = root, capsys
        self.output = root / "output"
        self.said = ""
        (root / "content").mkdir()
        self.host("")
        for path, text in SITE.items():
            self.page(path, text)
        self.publish()

    def host(self, written: str) -> None:
        facts = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
        (self.root / "content" / "clinic.yaml").write_text(f"{facts}\nhost: {written}\n" if written else facts, "utf-8")

    def page(self, path: str, text: str) -> None:
        file = self.output / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def remove(self, path: str) -> None:
        """With its folder, if it is empty then."""
        (self.output / path).unlink()
        with suppress(OSError):
            (self.output / path).parent.rmdir()

    def publish(self, address: str = URL) -> None:
        """As `make publish` leaves what is in the output."""
        record_publish(self.root, read_site(self.output), address, datetime.now(UTC))

    def deploy(self, to: str = "", *, dry: bool = False, undo: bool = False) -> int:
        code = deploy(Project(self.root), Order(to, is_dry=dry, undoes=undo))
        printed = self._capsys.readouterr()
        self.said = printed.out + printed.err
        return code

    @property
    def log(self) -> str:
        return (self.root / ".deploys.jsonl").read_text("utf-8")


def files_in(folder: Path) -> dict[str, str]:
    """Every file but the record, by its path."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {
        name: path.read_text("utf-8") for name, path in found.items() if name != ".htdeployed" and ".git/" not in name
    }


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A project with a published site, in an environment without secrets."""
    for name in SECRETS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("INDEXNOW_API", "http://127.0.0.1:9")  # where nobody is
    root = tmp_path / "my project"
    root.mkdir()
    return Desk(root, capsys)


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int) -> None:
    """Until something listens there."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with closing(socket.socket()) as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError(port)


class Server:
    """An sshd of this user on this machine, that knows one key."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.server = f"{getpass.getuser()}@127.0.0.1"
        for name in ("host", "user"):
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
            subprocess.run(command, check=True)
        host = (folder / "host.pub").read_text("utf-8")
        (folder / "known").write_text(f"[127.0.0.1]:{self.port} {host}", "utf-8")
        self.config = self.settings("config", f"UserKnownHostsFile {folder}/known\nIdentityFile {folder}/user\n")
        (folder / "sshd").write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/user.pub\n"
            f"StrictModes no\nUsePAM no\nPermitRootLogin yes\nPidFile {folder}/pid\nSubsystem sftp internal-sftp\n",
            "utf-8",
        )

    def settings(self, name: str, text: str) -> Path:
        """A file of ssh's settings."""
        (self.folder / name).write_text(f"Host *\nIdentitiesOnly yes\n{text}", "utf-8")
        return self.folder / name

    def start(self) -> subprocess.Popen[bytes]:
        sshd = shutil.which("sshd") or "/usr/sbin/sshd"
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)  # which Debian's start script makes
        process = subprocess.Popen([sshd, "-D", "-e", "-f", str(self.folder / "sshd")], stderr=subprocess.DEVNULL)
        wait_for(self.port)
        return process

    def host(self, kind: str, folder: Path | str) -> str:
        return f"{{kind: {kind}, server: {self.server}, port: {self.port}, folder: {folder}}}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An sshd."""
    found = Server(tmp_path_factory.mktemp("sshd"))
    process = found.start()
    yield found
    process.terminate()
    process.wait()


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """The folder that a server serves; other files of hers are in it."""
    folder = tmp_path / "web"
    (folder / "cgi-bin").mkdir(parents=True)
    (folder / "cgi-bin" / "own.txt").write_text("hers", "utf-8")
    return folder
