"""A server by rsync and SFTP, a branch of a repository, and storage as Amazon's: each a real one on this machine."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from moto import mock_aws

from clinic.cli.deploy.outcome import DeployError
from tests.deploy.conftest import SITE, Desk, Server, files_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# They start servers, which the systems of test-fast need not have.
pytestmark = pytest.mark.site
HERS = {"cgi-bin/own.txt": "hers"}


@pytest.fixture
def key(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The server, with its key in the settings of ssh."""
    monkeypatch.setenv("DEPLOY_SSH_CONFIG", str(server.config))
    return server


@pytest.mark.parametrize("kind", ["rsync", "sftp"])
def test_a_server_has_the_site_and_what_others_keep_there(desk: Desk, key: Server, web: Path, kind: str) -> None:
    desk.host(key.host(kind, web))
    assert desk.deploy(dry=True) == 0
    assert f"{len(SITE)} new, 0 changed, 0 gone" in desk.said
    assert "new     index.html" in desk.said
    assert files_in(web) == HERS, "a dry run sends nothing"

    assert desk.deploy() == 0, desk.said
    assert files_in(web) == SITE | HERS
    record = web / ".htdeployed"
    assert record.stat().st_mode & 0o077 == 0, "the list of files is for its owner alone"
    assert (web / "index.html").stat().st_mode & 0o777 == 0o644

    desk.page("index.html", "<h1>New</h1>")
    desk.page("new/index.html", "<h1>A page</h1>")
    for gone in ("about/index.html", "files/a [1]*é.txt"):
        desk.remove(gone)
    desk.publish()
    assert desk.deploy() == 0, desk.said
    assert "1 new, 1 changed, 2 gone" in desk.said
    assert files_in(web) == files_in(desk.output) | HERS
    assert not (web / "about").exists(), "an empty folder goes with its last page"
    assert [json.loads(line)["gone"] for line in desk.log.splitlines()][-1] == ["about/index.html", "files/a [1]*é.txt"]

    assert desk.deploy("sftp" if kind == "rsync" else "rsync") == 0
    assert "Nothing to send" in desk.said, "both are the same server, and know it from the same record"


@pytest.mark.parametrize(
    "refusal",
    [
        ("UserKnownHostsFile /dev/null\n", "", "does not know the server"),
        ("UserKnownHostsFile {known}\nIdentityFile /dev/null\nPasswordAuthentication no\n", "", "does not let you in"),
        ("", "nowhere", "There is no folder"),
    ],
)
@pytest.mark.parametrize("kind", ["rsync", "sftp"])
def test_what_a_server_refuses_is_one_sentence(
    desk: Desk, key: Server, web: Path, monkeypatch: pytest.MonkeyPatch, kind: str, refusal: tuple[str, str, str]
) -> None:
    settings, folder, sentence = refusal
    if settings:
        config = key.settings("other", settings.format(known=key.folder / "known"))
        monkeypatch.setenv("DEPLOY_SSH_CONFIG", str(config))
    desk.host(key.host(kind, web / folder))
    assert desk.deploy() == 1
    assert sentence in desk.said
    assert "Nothing was changed there." in desk.said
    assert "Traceback" not in desk.said
    assert files_in(web) == HERS


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bare one, and settings of git that would change files if they held."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    (tmp_path / "gitconfig").write_text("[core]\n\tautocrlf = true\n\texcludesFile = ignored\n", "utf-8")
    (tmp_path / "ignored").write_text("*.html\n", "utf-8")
    bare = tmp_path / "bare.git"
    git(tmp_path, "init", "--quiet", "--bare", str(bare))
    return bare


def test_a_branch_of_a_repository_has_the_site_and_gets_the_former_one_back(desk: Desk, repository: Path) -> None:
    desk.page("about/index.html", "two\r\nlines\r\n")
    desk.publish()
    desk.host(f"{{kind: github, repository: {repository}}}")
    assert desk.deploy() == 0, desk.said
    expected = files_in(desk.output) | {".nojekyll": "", "CNAME": "least.example.com\n"}
    checkout = repository.with_name("checkout")
    git(repository, "-c", "core.autocrlf=false", "clone", "-q", "-b", "gh-pages", str(repository), str(checkout))
    assert {name: (checkout / name).read_bytes().decode() for name in files_in(checkout)} == {
        name: text if name != "about/index.html" else "two\r\nlines\r\n" for name, text in expected.items()
    }
    first = git(repository, "rev-parse", "gh-pages^{tree}")
    assert desk.deploy() == 0
    assert "Nothing to send" in desk.said

    desk.page("index.html", "<h1>New</h1>")
    desk.publish()
    assert desk.deploy() == 0
    assert "0 new, 1 changed, 0 gone" in desk.said
    assert desk.deploy(undo=True) == 0
    assert git(repository, "rev-parse", "gh-pages^{tree}") == first
    assert git(repository, "rev-list", "--count", "gh-pages") == "3"
    assert not (desk.root / ".git").exists(), "her own folder is not touched"


@pytest.mark.parametrize("where", ["/nowhere/at/all.git", ""])
def test_a_repository_that_is_not_there_is_one_sentence(desk: Desk, repository: Path, where: str) -> None:
    assert repository.exists()
    desk.host(f"{{kind: github, repository: {where}}}" if where else "github")
    if where:
        assert desk.deploy() == 1
        assert "is not there, or not for you to see: correct repository:" in desk.said
    else:
        with pytest.raises(DeployError, match="write repository: under host:"):
            desk.deploy()


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Storage as Amazon's, with one bucket."""
    import boto3  # noqa: PLC0415 -- 0.4 s that other tests need not spend

    for name, value in {"ACCESS_KEY_ID": "AKIAtest", "SECRET_ACCESS_KEY": "very-secret"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    with mock_aws():
        storage = boto3.client("s3", region_name="us-east-1")
        storage.create_bucket(Bucket="website")
        storage.put_object(Bucket="website", Key="site/hers.txt", Body=b"hers")
        yield storage


def test_a_bucket_has_the_site_with_types_and_caching(desk: Desk, s3: object) -> None:
    def kept() -> set[str]:
        listed = s3.list_objects_v2(Bucket="website")  # type: ignore[attr-defined]
        names = {each["Key"].removeprefix("site/") for each in listed["Contents"]}
        (record,) = {name for name in names if name.startswith(".ht")}
        assert len(record.partition("-")[2]) == 32, "whoever guesses its name reads the addresses of hidden pages"
        return names - {record}

    s3.put_object(Bucket="website", Key="site/.htdeployed", Body=b'{"files": {"of-old.html": ""}}')  # type: ignore[attr-defined]
    s3.put_object(Bucket="website", Key="site/of-old.html", Body=b"sent by an earlier version")  # type: ignore[attr-defined]
    desk.host("{kind: s3, bucket: website, folder: site, region: us-east-1}")
    assert desk.deploy() == 0, desk.said
    assert kept() == {*SITE, "hers.txt"}
    heads = {
        name: s3.head_object(Bucket="website", Key=f"site/{name}")  # type: ignore[attr-defined]
        for name in ("index.html", "theme/styles/0123456789ab.css", "images/harbour-ca4a077d.webp")
    }
    assert [(head["ContentType"], head["CacheControl"]) for head in heads.values()] == [
        ("text/html; charset=utf-8", "no-cache"),
        ("text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        ("image/webp", "public, max-age=31536000, immutable"),
    ]
    desk.remove("about/index.html")
    desk.publish()
    assert desk.deploy() == 0
    assert kept() == {*SITE, "hers.txt"} - {"about/index.html"}
    assert "very-secret" not in desk.said + desk.log

    desk.host("{kind: s3, bucket: no-such-bucket-there, region: us-east-1}")
    assert desk.deploy() == 1
    assert "has no such bucket: make it there" in desk.said
