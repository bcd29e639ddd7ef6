"""What a deploy refuses before it looks anywhere, in which order it sends, and that a cut at any moment is mended."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from click import ClickException

from clinic.cli import lock
from clinic.cli.build import Project
from clinic.cli.deploy.command import Order, deploy
from clinic.cli.deploy.folder import Folder
from clinic.cli.deploy.outcome import DeployError, Plan, Site
from clinic.cli.deploy.tools import scrubbed
from clinic.content.clinic import read_clinic_yaml
from tests.deploy.conftest import SITE, Desk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RSYNC = "{kind: rsync, server: anna@example.com, folder: /var/www/html}"


def change(desk: Desk) -> None:
    desk.page("index.html", "changed by hand")


def trial(desk: Desk) -> None:
    change(desk)
    desk.publish("https://trial.example.com")


def nothing_there(desk: Desk) -> None:
    (desk.output / "index.html").unlink()


def preview(desk: Desk) -> None:
    desk.page("added.html", "a file that make html left there")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (nothing_there, r"There is no site in output/ yet: run make publish first\."),
        (change, r"is not a site as make publish left it .*: run make publish first\."),
        (preview, r"is not a site as make publish left it .*: run make publish first\."),
        (trial, r"is for https://trial\.example\.com, not for https://least\.example\.com"),
    ],
)
def test_only_a_whole_site_for_the_real_address_is_sent(
    desk: Desk, spoil: Callable[[Desk], None], sentence: str
) -> None:
    desk.host(RSYNC)
    spoil(desk)
    with pytest.raises(DeployError, match=sentence):
        desk.deploy()


@pytest.mark.parametrize(
    ("host", "to", "sentence"),
    [
        ("", "", "does not say where the site is served; write host:"),
        ("", "github", r"clinic.yaml:1: nothing says that the site goes to a repository; write host: github"),
        ("", "ftp", r"TO=ftp is no kind of host; write TO= and one of netlify, .*sftp"),
        ("netlify", "s3", r"clinic\.yaml:9: a deploy to s3 needs more; write host: {kind: s3, bucket: …}"),
        ("rsync", "", r"a deploy to rsync needs more; write host: {kind: rsync, server: …, folder: …}"),
        (
            "ftp",
            "",
            r'It is not clear where to send the site: content/clinic.yaml:9: unknown kind "ftp"; did you mean "sftp"',
        ),
        ("netlify", "", r"NETLIFY_AUTH_TOKEN is not set.*https://app\.netlify\.com"),
        ("{kind: cloudflare, project: x}", "", r"CLOUDFLARE_API_TOKEN is not set.*https://dash\.cloudflare\.com"),
    ],
)
def test_what_is_missing_is_one_sentence(desk: Desk, host: str, to: str, sentence: str) -> None:
    desk.host(host)
    with pytest.raises(DeployError, match=sentence):
        desk.deploy(to)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("ftp", '"host" "ftp"|"ftp"'),
        ("{kind: sftp, server: -oProxyCommand=x, folder: /www}", "is not a server; write your user's name"),
        ("{kind: sftp, server: a@example.com, folder: ../..}", "is not a folder of the host"),
        ("{kind: sftp, server: a@example.com, folder: 'x$(id)'}", "is not a folder of the host"),
        ("{kind: github, repository: '--upload-pack=x'}", "is not a repository; copy its address"),
        ("{kind: github, branch: -x}", "is not the name of a branch"),
        ("{kind: s3, bucket: x, endpoint: 'http://storage.example.com'}", "with https:// at its beginning"),
        ("{kind: netlify, bucket: x}", '"netlify" uses no "bucket"; remove it'),
        ("{kind: sftp, server: a@example.com}", '"sftp" needs "folder"; add it'),
        ("{kind: sftp, server: a@example.com, folder: /www, pasword: x}", "pasword"),
        ("{kind: rsync, server: a@example.com, folder: /www, port: 99999}", "port"),
    ],
)
def test_a_host_that_cannot_be_is_told_at_its_line(desk: Desk, written: str, sentence: str) -> None:
    desk.host(written)
    found = read_clinic_yaml(desk.root / "content").diagnostics
    assert [each.line for each in found] == [9]
    assert any(part in found[0].message for part in sentence.split("|"))
    with pytest.raises(DeployError, match=r"It is not clear where to send the site: content/clinic\.yaml:9: ."):
        desk.deploy()


def test_a_clinic_that_cannot_be_read_is_told_at_its_line(desk: Desk) -> None:
    (desk.root / "content/clinic.yaml").write_text("name: [\n", "utf-8")
    with pytest.raises(DeployError, match=r"content/clinic\.yaml:2: the bracket in this line does not close"):
        desk.deploy()


def test_what_has_changed_since_the_publish_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.host("netlify")
    later = time.time() + 60
    os.utime(desk.root / "content" / "clinic.yaml", (later, later))
    past = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    (desk.root / "next-build.json").write_text(f'{{"next": [{{"at": "{past}", "why": "“Ankles” is due"}}]}}', "utf-8")
    with pytest.raises(DeployError):
        desk.deploy()
    # What is printed before the error is read from the screen.
    monkeypatch.setenv("NETLIFY_AUTH_TOKEN", "token-of-a-test")
    monkeypatch.setenv("NETLIFY_API_URL", "http://evil.example.com")
    with pytest.raises(DeployError, match="NETLIFY_API_URL is not the address"):
        desk.deploy()
    said = desk._capsys.readouterr().out  # noqa: SLF001 -- both runs
    assert said.count("content/clinic.yaml changed after the last publish") == 2
    assert "no longer right (“Ankles” is due); run make publish first" in said


def test_a_deploy_waits_for_no_other_command_and_names_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.host("{kind: sftp, server: a@example.com, folder: www}")
    monkeypatch.setattr(lock, "_PATIENCE", 0)
    with lock.only_one(desk.root, "make publish"), pytest.raises(DeployError, match="`make publish` is at work"):
        desk.deploy()
    monkeypatch.setenv("PATH", "")
    assert desk.deploy() == 1
    assert "The program sftp is not on this machine: install OpenSSH" in desk.said


def test_files_go_before_the_pages_that_need_them() -> None:
    names = (
        "index.html",
        "sitemap.xml",
        "theme/styles/x.css",
        "_redirects",
        "images/a.webp",
        "a/index.html",
        "hours.ics",
    )
    sent = Plan(names[:3], names[3:], ()).sent
    assert [*map(sent.index, ("images/a.webp", "theme/styles/x.css"))] == [0, 1]
    assert {*sent[2:4]} == {"a/index.html", "index.html"}
    assert {*sent[4:]} == {"sitemap.xml", "_redirects", "hours.ics"}


def test_a_name_that_no_host_takes_is_told(desk: Desk) -> None:
    desk.page("files/a?b#c.txt", "x")
    with pytest.raises(DeployError, match=r"'files/a\?b#c\.txt'; rename it in content/, and publish again"):
        Site(desk.output)


class Memory:
    """A folder in memory, that is cut off after so many writes."""

    name = "memory"

    def __init__(self) -> None:
        self.files: dict[str, str] = {"hers.txt": "hers"}
        self.left = 10_000
        self.record: str | None = None

    def _write(self, change: Callable[[], object]) -> None:
        if not self.left:
            raise DeployError("cut off", began=True)
        self.left -= 1
        change()

    def read_record(self) -> str | None:
        return self.record

    def send(self, site: Site, waves: Sequence[Sequence[str]], gone: Sequence[str], records: tuple[str, str]) -> None:
        self._write(lambda: setattr(self, "record", records[0]))
        for name in (name for names in waves for name in names):
            self._write(lambda name=name: self.files.update({name: site.files[name].read_text("utf-8")}))  # type: ignore[misc]
        for name in gone:
            self._write(lambda name=name: self.files.pop(name, None))  # type: ignore[misc]
        self._write(lambda: setattr(self, "record", records[1]))


@pytest.mark.parametrize("cut", range(14))
def test_a_deploy_that_is_cut_off_anywhere_is_finished_by_the_next(desk: Desk, cut: int) -> None:
    store = Memory()
    first = Site(desk.output)
    folder = Folder(store)
    folder.send(first, folder.plan(first))
    desk.remove("about/index.html")
    desk.page("index.html", "the second")
    desk.page("new/index.html", "the second")
    second = Site(desk.output)
    store.left = cut
    try:
        folder.send(second, folder.plan(second))
    except DeployError:
        assert "index.html" in store.files
    store.left = 10_000
    desk.page("new/index.html", "the third")
    third = Site(desk.output)
    folder.send(third, folder.plan(third))
    assert store.files == {name: path.read_text("utf-8") for name, path in third.files.items()} | {"hers.txt": "hers"}
    assert folder.plan(third).is_empty


@pytest.mark.parametrize("record", ["", "{", '{"files": {"../../etc/passwd": ""}}', '{"files": {"/etc/passwd": ""}}'])
def test_a_record_that_was_spoilt_takes_nothing_away(desk: Desk, record: str) -> None:
    store = Memory()
    store.record = record
    with pytest.raises(DeployError, match="cannot be read: remove that file there"):
        Folder(store).plan(Site(desk.output))


def test_secrets_are_taken_out_of_what_tools_print(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOUDFLARE_API_TOKEN", "s3cr3t-token")
    text = scrubbed("\x1b[31mtoken s3cr3t-token at https://anna:pw@example.com/x\x1b[0m")
    assert text == "token ••• at https://•••@example.com/x"


def test_an_undo_is_left_to_make_undo_where_the_host_keeps_nothing(desk: Desk) -> None:
    desk.host(RSYNC)
    assert desk.deploy(undo=True) == 1
    assert "keeps no earlier sites: run make undo" in desk.said
    with pytest.raises(ClickException, match="either DRY_RUN=yes or UNDO=yes"):
        deploy(Project(desk.root), Order(is_dry=True, undoes=True))
    assert len(SITE) == len(Site(desk.output).files)
