"""Files for hosts: nginx and Caddy serve the site by them, and no file of the owner's own is overwritten."""

from __future__ import annotations

import os
import re
import subprocess
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest

from clinic.cli.build import Project
from clinic.cli.hosting import write_hosting
from clinic.rendering.files.headers import SiteHeaders, site_policy
from clinic.rendering.files.hosting import is_kept_for_ever
from clinic.rendering.files.servers import Served, apache, caddy, nginx, read_redirects
from tests.deploy.conftest import PATIENCE, Desk, free_port, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REDIRECTS = (
    "/clinic/old /clinic/about/ 301!\n/clinic/old /clinic/about/ 301\n/clinic/%C3%BCber%20uns /clinic/about/ 301\n"
    "/clinic/cy/* /clinic/cy/404.html 404\n"
)
FILES = {
    "index.html": "home",
    "404.html": "not found",
    "about/index.html": "about",
    "old/index.html": "a page that forwards",
    "cy/404.html": "heb ei ganfod",
    "theme/styles/0123456789ab.css": "p{}",
    "site.webmanifest": "{}",
    "facts.json": "{}",
    ".htdeployed": "{}",
}
POLICY = "default-src 'none'; script-src 'self' 'sha256-x='"
FOR_EVER, ASKED = "public, max-age=31536000, immutable", "no-cache"
ANSWERS = {
    "/clinic/": (200, "home", ASKED),
    "/clinic/about/": (200, "about", ASKED),
    "/clinic/old": (301, "/clinic/about/", ASKED),
    "/clinic/%C3%BCber%20uns": (301, "/clinic/about/", ASKED),
    "/clinic/nowhere": (404, "not found", None),
    "/clinic/cy/nowhere": (404, "heb ei ganfod", None),
    "/clinic/.htdeployed": (404, None, None),
    "/clinic/theme/styles/0123456789ab.css": (200, "p{}", FOR_EVER),
    "/clinic/facts.json": (200, "{}", ASKED),
    "/clinic/site.webmanifest": (200, "application/manifest+json", ASKED),
}


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments: object) -> None:
        """None: a redirect is an answer."""


def served(root: Path) -> Served:
    """A site in the folder /clinic of its host."""
    for name, text in FILES.items():
        (root / "clinic" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "clinic" / name).write_text(text, "utf-8")
    rules = SiteHeaders("/clinic", [POLICY], secure=True).rules
    return Served("https://least.example.com/clinic", str(root / "clinic"), *read_redirects(REDIRECTS), rules)


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a real server has the site by our settings."""
    folder = tmp_path_factory.mktemp(str(request.param))
    folder.chmod(0o755)
    site, port = served(folder / "www"), free_port()
    if request.param == "nginx":
        text = re.sub(r"listen \[::\]:80;|listen 80;", "", nginx(site)).replace(
            "server_name", f"listen 127.0.0.1:{port};\n    server_name", 1
        )
        temporary = "".join(
            f"{kind}_temp_path {folder};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        types = "types { text/html html; text/css css; }"
        user = "user root;\n" if os.geteuid() == 0 else ""  # else its workers are nobody
        whole = f"{user}pid {folder}/pid;\nerror_log stderr;\ndaemon off;\nevents {{}}\n"
        whole += f"http {{ access_log off; {types}\n{temporary}{text}}}"
        command = ["nginx", "-c", str(folder / "settings")]
    else:
        whole = "{\n\tadmin off\n}\n" + caddy(site).replace("least.example.com {", f"http://127.0.0.1:{port} {{", 1)
        command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "settings")]
    (folder / "settings").write_text(whole, "utf-8")
    environment = {"PATH": "/usr/sbin:/usr/local/sbin:/usr/bin:/bin:/opt/homebrew/bin", "HOME": str(folder)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    wait_for(port)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait()


@pytest.mark.site
@pytest.mark.parametrize("path", ANSWERS)
def test_a_server_answers_as_the_site_says(address: str, path: str) -> None:
    status, what, caching = ANSWERS[path]
    try:
        answer = urllib.request.build_opener(_Stay).open(f"{address}{path}", timeout=PATIENCE)
    except urllib.error.HTTPError as error:
        answer = error
    text, headers = answer.read().decode(), answer.headers
    assert answer.status == status
    said = (text, headers["Location"] or "", headers["Content-Type"] or "")
    assert what is None or any(what in each for each in said)
    assert caching is None or headers["Cache-Control"] == caching
    assert headers.get_all("Content-Security-Policy") == [site_policy([POLICY], secure=True)]
    assert headers.get_all("Strict-Transport-Security") == ["max-age=31536000"]
    may_be_loaded = path.startswith("/clinic/theme/") or path.endswith("facts.json")
    assert headers.get_all("Cross-Origin-Resource-Policy") == ["cross-origin" if may_be_loaded else "same-origin"]
    assert headers.get_all("Access-Control-Allow-Origin") == (["*"] if path.endswith("facts.json") else None)


def test_apache_has_a_rule_for_each_former_address_and_language() -> None:
    text = apache(
        Served("https://least.example.com", "/www", *read_redirects("/a.b /c/ 301\n/cy/* /cy/404.html 404\n"))
    )
    assert 'RedirectMatch 301 "^/a\\.b$" "/c/"\n' in text
    assert "ErrorDocument 404 /404.html\n" in text
    assert "  ErrorDocument 404 /cy/404.html\n" in text


@pytest.mark.parametrize(
    ("path", "is_kept"),
    [
        ("theme/styles/9fdceec24609.css", True),
        ("images/ankle-2a8871bc.webp", True),
        ("images/team/ankle-2a8871bc-640.webp", True),
        ("images/ankle.webp", False),
        ("images/leaflet-20240101.png", False),
        ("images/therapy-bed.jpg", False),
        ("files/plan-2a8871bc.pdf", False),
        ("index.html", False),
    ],
)
def test_only_what_is_named_by_its_digest_is_kept_for_ever(path: str, *, is_kept: bool) -> None:
    assert is_kept_for_ever(path) is is_kept


@pytest.mark.parametrize(
    ("host", "written"),
    [
        ("netlify", {"netlify.toml", ".python-version"}),
        (
            "{kind: cloudflare, project: x}\ncontact_form: {provider: cloudflare}",
            {".python-version", "functions/api/contact.js"},
        ),
        ("github", set()),
        ("{kind: s3, bucket: x}", {"hosting/cloudfront.json"}),
        (
            "{kind: sftp, server: a@example.com, folder: /www}",
            {f"hosting/{n}" for n in ("nginx.conf", "Caddyfile", "apache.htaccess")},
        ),
    ],
)
def test_each_host_gets_its_files(desk: Desk, host: str, written: set[str]) -> None:
    before = {path for path in desk.root.rglob("*") if path.is_file()}
    desk.host(host)
    write_hosting(Project(desk.root), "")
    added = {path for path in desk.root.rglob("*") if path.is_file()} - before
    assert {path.relative_to(desk.root).as_posix() for path in added} == written


def test_a_file_of_hers_stays_and_ours_is_written_anew(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.host("netlify")
    (desk.root / "netlify.toml").write_text("# mine\n", "utf-8")
    write_hosting(Project(desk.root), "")
    assert (desk.root / "netlify.toml").read_text("utf-8") == "# mine\n"
    assert "netlify.toml is your own, so it stays as it is; ours is in hosting/netlify.toml" in capsys.readouterr().out
    ours = (desk.root / "hosting" / "netlify.toml").read_text("utf-8")
    (desk.root / "netlify.toml").write_text(f"{ours}# an older line of ours\n", "utf-8")
    write_hosting(Project(desk.root), "")
    assert (desk.root / "netlify.toml").read_text("utf-8") == ours
