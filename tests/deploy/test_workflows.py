"""What runs on GitHub for us and for owners: pinned, with the fewest rights, and kept up to date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.docs.bill import audit, bill
from tests.site import ROOT

if TYPE_CHECKING:
    from pathlib import Path

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.y*ml"))
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(?:\.\d+)*")
INSTALLS = re.compile(r"\bmake (?:publish|html|test|check|lock)|\b(?:pip|npm|npx|uv|pipx) ")


def jobs(text: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text)["jobs"]
    return found


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_every_action_is_pinned_by_its_commit_and_named_by_its_version(file: Path) -> None:
    text = file.read_text("utf-8")
    used = re.findall(r"^\s*(?:- )?uses: *(.+)$", text, re.MULTILINE)
    assert [each for each in used if not PINNED.fullmatch(each)] == []
    by_name: dict[str, set[str]] = {}
    for each in used:
        by_name.setdefault(each.split("@")[0], set()).add(each)
    assert [versions for versions in by_name.values() if len(versions) > 1] == []


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_nobody_has_more_rights_than_to_read_but_where_a_job_says_so(file: Path) -> None:
    text = file.read_text("utf-8")
    assert yaml.safe_load(text)["permissions"] == {"contents": "read"}
    for job in jobs(text).values():
        for step in job["steps"]:
            if "actions/checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_the_job_that_builds_has_no_right_to_publish_and_no_secret(file: Path) -> None:
    for name, job in jobs(file.read_text("utf-8")).items():
        runs = [str(step.get("run", "")) for step in job["steps"]]
        if any(map(INSTALLS.search, runs)):
            assert set(job.get("permissions", {"contents": "read"}).items()) == {("contents", "read")}, name
            assert "secrets." not in str(job), name
            assert "github.token" not in str(job), name


def test_a_deploy_sends_what_the_build_has_made() -> None:
    text = (ROOT / ".github" / "workflows" / "publish.yml").read_text("utf-8")
    built, sent = jobs(text)["build"], jobs(text)["deploy"]
    assert sent["needs"] == jobs(text)["publish"]["needs"] == "build"
    [kept] = [step["with"] for step in built["steps"] if "actions/upload-artifact@" in step.get("uses", "")]
    assert {"output", "next-build.json", ".cache/published.json"} <= {*kept["path"].split()}
    assert kept["include-hidden-files"]
    assert any(step.get("with", {}).get("name") == kept["name"] for step in sent["steps"])
    with_secrets = [step["run"] for step in sent["steps"] if "secrets." in str(step.get("env", ""))]
    assert with_secrets[-1] == "make deploy"


def test_newer_versions_are_proposed_for_all_that_is_used() -> None:
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text("utf-8"))["updates"]
    assert {each["package-ecosystem"] for each in updates} == {"github-actions", "pip"}


def test_the_bill_of_materials_names_every_locked_package_with_its_digests() -> None:
    found = bill()
    names = {each["name"] for each in found["components"]}
    locked = re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    assert {name.lower() for name in locked} | {"@sveltia/cms", "yaml"} <= names
    for each in found["components"]:
        assert each["purl"] == each["bom-ref"]
        assert each["purl"].startswith("pkg:npm/") or each["hashes"], each["purl"]
    references = [each["bom-ref"] for each in found["components"]]
    assert len(references) == len({*references})


def test_where_nobody_can_be_asked_the_audit_says_so_and_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no network")

    monkeypatch.setattr("urllib.request.urlopen", refuse)
    assert audit() == 0
    said = capsys.readouterr().out
    assert said.startswith("::warning::Skipped: ")  # GitHub shows it beside the run
    assert "did not answer (no network)" in said
