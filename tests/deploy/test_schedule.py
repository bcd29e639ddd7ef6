"""The site is published by itself when a moment has come: by this machine's timer, by GitHub, by a build hook."""

from __future__ import annotations

import json
import plistlib
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from click import ClickException

from clinic.cli import schedule
from clinic.cli.build import Project
from clinic.cli.schedule import Job, launchd_agent, systemd_service, systemd_timer, windows_script
from tests.site import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.deploy.conftest import Desk

WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "publish.yml").read_text("utf-8"))
JOB = Job(
    Path('/home/anna/My "50 %" $ite'),
    ("/usr/bin/python3", "-m", "clinic.cli", "--project", "/a %b/$c"),
    "/p",
    "/usr/bin:/bin",
)


def at(desk: Desk, hours: float) -> None:
    moment = (datetime.now(UTC) + timedelta(hours=hours)).isoformat()
    (desk.root / "next-build.json").write_text(
        json.dumps({"next": [{"at": moment, "why": "“Ankles” is due"}]}), "utf-8"
    )


def noted(name: str, calls: list[str]) -> Callable[..., int]:
    """In place of a command: that it was called, and all went well."""

    def call(*_arguments: object) -> int:
        calls.append(name)
        return 0

    return call


@pytest.mark.parametrize(
    ("hours", "host", "done"),
    [(1, "netlify", []), (-1, "netlify", ["publish", "deploy"]), (-1, "", ["publish"]), (None, "netlify", [])],
)
def test_the_timer_publishes_and_deploys_once_a_moment_has_come(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, hours: float | None, host: str, done: list[str]
) -> None:
    calls: list[str] = []
    for name in ("publish", "deploy"):
        monkeypatch.setattr(schedule, name, noted(name, calls))
    desk.host(host)
    if hours is not None:
        at(desk, hours)
    assert schedule.publish_if_due(Project(desk.root)) == 0
    assert calls == done


@pytest.mark.parametrize(("last", "done"), [("failed", 1), ("stopped", 1), ("deployed", 0), ("", 0)])
def test_a_deploy_that_has_failed_is_tried_again_by_the_timer(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, last: str, done: int
) -> None:
    calls: list[str] = []
    monkeypatch.setattr(schedule, "publish", lambda *_: pytest.fail("published"))
    monkeypatch.setattr(schedule, "deploy", noted("deploy", calls))
    desk.host("netlify")
    at(desk, 1)
    if last:
        (desk.root / ".deploys.jsonl").write_text(f'{{"what": "deployed"}}\n{{"what": "{last}"}}\n', "utf-8")
    assert schedule.publish_if_due(Project(desk.root)) == 0
    assert len(calls) == done


def test_nothing_is_deployed_where_the_publish_has_failed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "publish", lambda *_: 1)
    monkeypatch.setattr(schedule, "deploy", lambda *_: pytest.fail("deployed"))
    desk.host("netlify")
    (desk.root / "next-build.json").write_text("{ half a file", "utf-8")
    assert schedule.publish_if_due(Project(desk.root)) == 1


def test_looking_writes_nothing_and_shows_what_is_to_come(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    at(desk, -1)
    schedule.show(Project(desk.root))
    said = capsys.readouterr().out
    assert "“Ankles” is due  (it has passed: run make publish)" in said
    assert "make schedule INSTALL=yes lets this machine look every 15 minutes" in said
    assert not (tmp_path / "home").exists()


def test_installing_and_removing_the_timer_of_linux(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home, program = tmp_path / "home", tmp_path / "bin" / "systemctl"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\necho "$@" >> "$HOME/calls"\n', "utf-8")
    program.chmod(0o755)
    home.mkdir()
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    schedule.install(Project(desk.root))
    units = sorted(path.suffix for path in (home / ".config" / "systemd" / "user").iterdir())
    assert units == [".service", ".timer"]
    assert re.fullmatch(
        r"--user daemon-reload\n--user enable --now clinic-my-project-[0-9a-f]{6}\.timer\n",
        (home / "calls").read_text("utf-8"),
    )
    schedule.remove(Project(desk.root))
    assert not list((home / ".config" / "systemd" / "user").iterdir())

    program.write_text("#!/bin/sh\necho no bus >&2; exit 1\n", "utf-8")
    with pytest.raises(ClickException, match="systemctl said: no bus"):
        schedule.install(Project(desk.root))
    assert not list((home / ".config" / "systemd" / "user").iterdir()), "nothing is left half done"


def test_units_survive_any_name_of_a_folder(tmp_path: Path) -> None:
    service = systemd_service(JOB)
    assert 'ExecStart="/usr/bin/python3" "-m" "clinic.cli" "--project" "/a %%b/$$c"\n' in service
    assert 'WorkingDirectory=/home/anna/My "50 %%" $ite\n' in service
    assert "Persistent=true" in systemd_timer(JOB), "what was missed while the machine was off is made up for"
    agent = plistlib.loads(launchd_agent(JOB).encode())
    assert agent["ProgramArguments"][-5:] == [*JOB.command]
    assert agent["StartInterval"] == 900
    assert '"/a %%b/$c"' in windows_script(JOB)
    if analyze := shutil.which("systemd-analyze"):
        whole = JOB._replace(command=("/bin/true", "%x", "$y"), root=Path("/"))
        for end, text in (("service", systemd_service(whole)), ("timer", systemd_timer(whole))):
            (tmp_path / f"x.{end}").write_text(text, "utf-8")
        checked = subprocess.run(
            [analyze, "--user", "verify", str(tmp_path / "x.timer")], capture_output=True, text=True, check=False
        )
        assert str(tmp_path) not in checked.stderr, checked.stderr


def test_the_workflow_gives_each_job_only_the_rights_it_needs() -> None:
    rights = {name: job["permissions"] for name, job in WORKFLOW["jobs"].items()}
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert rights["keep-alive"] == {"actions": "write"}
    assert rights["hook"] == {}
    assert all(job["if"].startswith("vars.PUBLISH") for job in WORKFLOW["jobs"].values()), (
        "nothing runs unless switched on"
    )


def test_the_schedule_of_github_is_kept_switched_on() -> None:
    job = WORKFLOW["jobs"]["keep-alive"]
    assert "github.event_name == 'schedule'" in job["if"]
    assert job["steps"][0]["run"].endswith('/actions/workflows/publish.yml/enable"')
    weekly = [entry["cron"] for entry in WORKFLOW[True]["schedule"] if entry["cron"].endswith("* * 1")]
    assert weekly, "once a week is more often than every 60 days"


def test_no_secret_is_on_a_command_line_of_the_workflow() -> None:
    steps = [step for job in WORKFLOW["jobs"].values() for step in job["steps"]]
    assert not [
        step for step in steps if "secrets." in str(step.get("run", "")) or "github.token" in str(step.get("run", ""))
    ]
