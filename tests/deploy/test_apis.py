"""Netlify and Cloudflare Pages, imitated by what they document of their interfaces.

Netlify: docs.netlify.com, "Get started with the Netlify API" (deploy by digests, restore). Cloudflare: the API
reference of Pages (project, deployments, rollback); files are sent by Wrangler, for which a program stands in that
notes how it was called.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from tests.deploy.conftest import SITE, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOKEN = "token-that-nobody-may-see"  # noqa: S105 -- of the host below


class Host(ThreadingHTTPServer):
    """What a host knows; ``fails`` are codes that the next questions are answered with."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Question)
        self.deploys: list[dict[str, Any]] = []
        self.live = ""
        self.blobs: dict[str, bytes] = {}
        self.uploads: list[str] = []
        self.fails: list[int] = []
        self.tokens = {TOKEN}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def deploy(self, number: str) -> dict[str, Any]:
        return next(each for each in self.deploys if each["id"] == number)

    def settle(self, deploy: dict[str, Any]) -> None:
        """A deploy is published once its last file is there."""
        if all(digest in self.blobs for digest in deploy["files"].values()):
            deploy["state"] = "ready"
            self.live = deploy["id"]


class Question(BaseHTTPRequestHandler):
    """One question to either interface."""

    server: Host

    def log_message(self, *_arguments: object) -> None:
        """Nothing on the terminal."""

    def answer(self, data: object, code: int = 200) -> None:
        body = json.dumps(data).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.server.fails:
            return self.answer({"message": "later"}, self.server.fails.pop(0))
        if self.headers["Authorization"].removeprefix("Bearer ") not in self.server.tokens:
            return self.answer({"message": "Access Denied"}, 401)
        path = unquote(self.path.partition("?")[0])
        if path.startswith("/api/v1/"):
            return self.netlify(path.removeprefix("/api/v1"), body)
        return self.cloudflare(path)

    do_GET = do_POST = do_PUT = handle_any  # noqa: N815 -- http.server's names

    def netlify(self, path: str, body: bytes) -> None:  # noqa: C901, PLR0911 -- a line for each question
        server = self.server
        live = {"id": server.live, "locked": False} if server.live else None
        site = {"id": "site-1", "name": "least", "published_deploy": live, "custom_domain": "least.example.com"}
        if (self.command, path) == ("GET", "/sites"):
            return self.answer([{"id": "site-0", "custom_domain": "other.example.com"}, site])
        if path in {"/sites/least.netlify.app", "/sites/site-1"}:
            return self.answer(site)
        if path == "/sites/site-1/files":
            return self.answer(
                [{"path": name, "sha": sha} for name, sha in server.deploy(server.live)["files"].items()]
            )
        if path == "/sites/site-1/deploys" and self.command == "POST":
            number = f"deploy-{len(server.deploys)}"
            files = json.loads(body)["files"]
            server.deploys.append(
                {"id": number, "files": files, "state": "uploading", "context": "production", "created_at": number}
            )
            server.settle(server.deploys[-1])
            required = sorted({sha for sha in files.values() if sha not in server.blobs})
            return self.answer({**server.deploys[-1], "required": required})
        if path == "/sites/site-1/deploys":
            return self.answer(server.deploys)
        if path.endswith("/restore"):
            server.live = path.split("/")[-2]
            return self.answer({})
        if path.startswith("/deploys/"):
            _, _, number, *name = path.split("/", 4)
            deploy = server.deploy(number)
            if self.command == "PUT":
                wanted = deploy["files"][f"/{name[1]}"]
                assert hashlib.sha1(body).hexdigest() == wanted  # noqa: S324 -- Netlify's own
                server.blobs[wanted] = body
                server.uploads.append(name[1])
                server.settle(deploy)
            return self.answer(deploy)
        return self.answer({"message": "Not Found"}, 404)

    def cloudflare(self, path: str) -> None:
        server, project = self.server, "/accounts/a1/pages/projects/least"
        if path == "/accounts":
            return self.answer({"result": [{"id": "a1"}]})
        if path == project:
            return self.answer({"result": {"production_branch": "main", "canonical_deployment": {"id": server.live}}})
        if path == f"{project}/deployments":
            return self.answer({"result": server.deploys})
        if path.endswith("/rollback"):
            server.live = path.split("/")[-2]
            return self.answer({"result": {}})
        return self.answer({"errors": [{"message": "Project not found"}]}, 404)


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """A host that both interfaces lead to; waiting costs no time."""
    server = Host()
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    for name, value in (("NETLIFY_API_URL", server.address), ("CLOUDFLARE_API_BASE_URL", server.address)):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def netlify(desk: Desk, host: Host, monkeypatch: pytest.MonkeyPatch) -> Host:
    """A site at Netlify, with its token; it is found by the address of the clinic."""
    monkeypatch.setenv("NETLIFY_AUTH_TOKEN", TOKEN)
    desk.host("netlify")
    return host


def test_netlify_gets_the_files_it_asks_for_and_no_others(desk: Desk, netlify: Host) -> None:
    assert desk.deploy(dry=True) == 0
    assert not netlify.deploys
    assert desk.deploy() == 0, desk.said
    assert sorted(netlify.uploads) == sorted(SITE)
    assert netlify.live == "deploy-0"

    netlify.uploads.clear()
    desk.page("index.html", "<h1>New</h1>")
    desk.remove("about/index.html")
    desk.publish()
    assert desk.deploy() == 0
    assert "0 new, 1 changed, 1 gone" in desk.said
    assert netlify.uploads == ["index.html"]
    assert "/about/index.html" not in netlify.deploy(netlify.live)["files"]
    assert desk.deploy() == 0
    assert "Nothing to send" in desk.said

    assert desk.deploy(undo=True) == 0
    assert netlify.live == "deploy-0"
    assert TOKEN not in desk.log


@pytest.mark.parametrize(
    ("fails", "sentence"),
    [
        ([], ""),
        ([503, 429, 500], ""),
        ([503] * 4, "Netlify has trouble of its own (error 503): deploy again later."),
        ([429] * 4, "Netlify has had too many questions: wait some minutes"),
        ([401], "Netlify does not accept your token: make a token at https://app.netlify.com/user/applications"),
        ([422], "Netlify refused: later."),
    ],
)
def test_a_busy_host_is_asked_again_and_a_refusal_is_one_sentence(
    desk: Desk, netlify: Host, fails: list[int], sentence: str
) -> None:
    netlify.fails = fails
    assert desk.deploy() == bool(sentence)
    assert sentence in desk.said
    assert TOKEN not in desk.said
    if sentence:
        assert "Nothing was changed there." in desk.said


def test_a_site_that_netlify_does_not_know_is_one_sentence(desk: Desk, netlify: Host) -> None:
    desk.host("{kind: netlify, site: nowhere}")
    assert desk.deploy() == 1
    assert 'Netlify has no site "nowhere" that your token may change: write site:' in desk.said
    assert not netlify.deploys


def test_an_upload_that_is_cut_off_leaves_the_old_site_and_is_finished_by_the_next(desk: Desk, netlify: Host) -> None:
    assert desk.deploy() == 0
    desk.page("index.html", "<h1>New</h1>")
    desk.page("new/index.html", "<h1>Another</h1>")
    desk.publish()
    netlify.tokens = set()
    assert desk.deploy() == 1
    assert netlify.live == "deploy-0"
    netlify.tokens = {TOKEN}
    assert desk.deploy() == 0
    assert netlify.live == netlify.deploys[-1]["id"]


def test_no_network_is_one_sentence(desk: Desk, netlify: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not netlify.deploys
    monkeypatch.setenv("NETLIFY_API_URL", "http://127.0.0.1:9")
    assert desk.deploy() == 1
    assert "Netlify does not answer (Connection refused): see that you are online" in desk.said


NPX = """#!/bin/sh
{ printf '%s\\n' "$@"; env | grep -E 'CLOUDFLARE|NETLIFY_AUTH'; ls functions/api 2>/dev/null; } > "$NOTES"
[ -z "$NPX_SAYS" ] || { echo "$NPX_SAYS $CLOUDFLARE_API_TOKEN" >&2; exit 1; }
"""


@pytest.fixture
def npx(desk: Desk, host: Host, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where a program that stands in for npx notes how it was called."""
    program = tmp_path / "bin" / "npx"
    program.parent.mkdir()
    program.write_text(NPX, "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("NOTES", str(tmp_path / "notes"))
    monkeypatch.setenv("CLOUDFLARE_API_TOKEN", TOKEN)
    monkeypatch.delenv("CLOUDFLARE_ACCOUNT_ID", raising=False)
    monkeypatch.setenv("NETLIFY_AUTH_TOKEN", "of-another-host")
    desk.host("{kind: cloudflare, project: least}\ncontact_form: {provider: cloudflare}")
    host.live = "first"
    return tmp_path / "notes"


def test_wrangler_is_pinned_and_has_its_token_where_no_list_of_processes_shows_it(
    desk: Desk, host: Host, npx: Path
) -> None:
    assert desk.deploy() == 0, desk.said
    notes = npx.read_text("utf-8").splitlines()
    called = " ".join(notes[:10])
    assert called.startswith("--yes wrangler@4.")
    assert f"pages deploy {desk.output} --project-name least --branch main" in called
    assert TOKEN not in called
    assert {f"CLOUDFLARE_API_TOKEN={TOKEN}", "CLOUDFLARE_ACCOUNT_ID=a1", "contact.js"} <= {*notes}
    assert not any("of-another-host" in line for line in notes)
    assert desk.deploy() == 0
    assert "Nothing to send" in desk.said
    host.live = "from the dashboard"
    assert desk.deploy(dry=True) == 0
    assert f"{len(SITE)} new" in desk.said, "what another deploy has sent is not known"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("Authentication error [code: 10000]", "Cloudflare does not accept your token: make a token at"),
        ("Wrangler requires at least Node.js v22.12.0.", "Wrangler needs a newer Node.js: install version 22"),
        ("npm error code ENOTFOUND", "see that you are online"),
        ("Something else with", "Wrangler said: Something else with •••"),
    ],
)
@pytest.mark.usefixtures("npx")
def test_what_wrangler_says_is_one_sentence(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, said: str, sentence: str
) -> None:
    monkeypatch.setenv("NPX_SAYS", said)
    assert desk.deploy() == 1
    assert sentence in desk.said
    assert TOKEN not in desk.said + desk.log


@pytest.mark.usefixtures("npx")
def test_cloudflare_rolls_back_to_the_deployment_before(desk: Desk, host: Host) -> None:
    ids = (("older", "success"), ("failed", "failure"), ("now", "success"))
    host.deploys = [{"id": each, "created_on": each, "latest_stage": {"status": how}} for each, how in ids]
    for number, deploy in enumerate(host.deploys):
        deploy["created_on"] = f"2026-01-0{number + 1}"
    host.live = "now"
    assert desk.deploy(undo=True) == 0
    assert host.live == "older"
    assert desk.deploy(undo=True) == 1
    assert "has no earlier deployment: run make undo" in desk.said
    desk.host("{kind: cloudflare, project: unknown}")
    assert desk.deploy() == 1
    assert 'Cloudflare has no Pages project "unknown" in this account' in desk.said
