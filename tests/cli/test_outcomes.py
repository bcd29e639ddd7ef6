"""What the commands say is what has happened: whenever they are stopped, and whatever the disk refuses."""

from __future__ import annotations

import errno
import json
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from clinic.cli.build import BuildResult, explain
from clinic.cli.commands import cli
from clinic.cli.disk import remove_folder, sentence, write_whole
from clinic.cli.interrupts import Interrupted, interruptible, undivided
from clinic.cli.publish.site_files import digest_of
from tests.site import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.cli.build import BuildOptions, Project

RENAME = Path.rename


@pytest.fixture
def site(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose build takes no time, with an old site in place; the folder of that."""
    output = project / "output"
    output.mkdir()
    (output / "index.html").write_text("old")
    monkeypatch.setattr("clinic.cli.publish.release.build", built)
    monkeypatch.setattr("clinic.cli.publish.release._check", lambda *_: ())
    return output


def built(_project: Project, options: BuildOptions) -> BuildResult:
    (options.output / "index.html").write_text("new")
    told = {"files": {"index.html": digest_of(b"new")}, "addresses": {"/": ""}}
    Path(str(options.overrides["CLINIC_MANIFEST_FILE"])).write_text(json.dumps(told))
    return BuildResult(built=True, errors=(), warnings=(), logged=(), seconds=0)


def publish(project: Path) -> Result:
    return CliRunner().invoke(cli, ["--project", str(project), "publish"])


def stop(*_arguments: object, **_more: object) -> None:
    os.kill(os.getpid(), signal.SIGINT)


def refuse(number: int) -> Callable[..., None]:
    def refused(path: object = None, *_arguments: object, **_more: object) -> None:
        raise OSError(number, os.strerror(number), str(path))

    return refused


def assert_tidy(project: Path) -> None:
    assert [path.name for path in project.iterdir() if path.name.startswith(".output")] == []


def test_stopped_during_the_build_the_old_site_is_as_it_was(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.cli.publish.release.build", stop)
    ended = publish(site.parent)
    assert (ended.exit_code, ended.output.splitlines()[-1]) == (130, "Stopped. output/ is as it was.")
    assert (site / "index.html").read_text() == "old"
    assert_tidy(site.parent)


@pytest.fixture
def in_two_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that cannot let folders change places in one step."""
    monkeypatch.setattr("clinic.cli.publish.exchange.exchange", lambda *_: refuse(errno.ENOSYS)())


@pytest.mark.usefixtures("in_two_moves")
@pytest.mark.parametrize("moved", ["output", "site"])
def test_stopped_between_the_two_moves_the_new_site_is_in_place_and_that_is_said(
    site: Path, monkeypatch: pytest.MonkeyPatch, moved: str
) -> None:
    def rename(path: Path, target: Path) -> Path:
        done = RENAME(path, target)
        if path.name == moved:
            stop()
        return done

    monkeypatch.setattr(Path, "rename", rename)
    ended = publish(site.parent)
    assert (ended.exit_code, ended.output.splitlines()[-1]) == (130, "Stopped. The new site is in output/.")
    assert (site / "index.html").read_text() == "new"
    assert_tidy(site.parent)


@pytest.mark.parametrize("step", ["_report", "keep_schedule", "remove_folder"])
def test_stopped_after_the_swap_the_new_site_is_in_place_and_that_is_said(
    site: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def stopped(folder: object, *_more: object) -> None:
        stop()
        if step == "remove_folder":
            remove_folder(Path(str(folder)))

    where = {"remove_folder": "exchange.remove_folder", "_report": "release._Publish._report"}
    monkeypatch.setattr(f"clinic.cli.publish.{where.get(step, f'release.{step}')}", stopped)
    ended = publish(site.parent)
    assert (ended.exit_code, ended.output.splitlines()[-1]) == (130, "Stopped. The new site is in output/.")
    assert (site / "index.html").read_text() == "new"
    assert_tidy(site.parent)


@pytest.mark.usefixtures("in_two_moves")
@pytest.mark.parametrize("moved", ["output", "site"])
def test_a_move_that_is_refused_leaves_the_old_site(site: Path, monkeypatch: pytest.MonkeyPatch, moved: str) -> None:
    def rename(path: Path, target: Path) -> Path:
        if path.name == moved:
            refuse(errno.EIO)(path)
        return RENAME(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    ended = publish(site.parent)
    assert ended.exit_code == 1
    assert "Not published: " in ended.output
    assert ended.output.endswith("output/ is as it was.\n")
    assert (site / "index.html").read_text() == "old"
    assert_tidy(site.parent)


@pytest.mark.usefixtures("in_two_moves")
def test_where_the_old_site_cannot_be_put_back_it_is_said_where_it_is(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rename(path: Path, target: Path) -> Path:
        if path.name != "output":
            refuse(errno.EACCES)(path)
        return RENAME(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    ended = publish(site.parent)
    assert "The site that was in output/ is in .output-old/; the next publish puts it back." in ended.output
    monkeypatch.undo()
    assert (site.parent / ".output-old/index.html").read_text() == "old"
    monkeypatch.setattr("clinic.cli.publish.release.build", stop)
    publish(site.parent)
    assert (site / "index.html").read_text() == "old"


def test_a_schedule_that_cannot_be_kept_is_no_reason_to_say_that_the_site_was_not_published(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic.cli.publish.release.keep_schedule", refuse(errno.ENOSPC))
    ended = publish(site.parent)
    assert ended.exit_code == 1
    assert "Published, but not all could be done: there is no room left on the disk" in ended.output
    assert ended.output.endswith("The new site is in output/.\n")


def test_a_folder_that_cannot_be_made_is_known_before_the_build(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "mkdir", refuse(errno.EROFS))
    ended = publish(site.parent)
    assert ended.exit_code == 1
    assert "Not published: " in ended.output
    assert "can only be read; copy the project" in ended.output
    assert "Building" not in ended.output
    assert ended.output.endswith("output/ is as it was.\n")


def test_an_old_site_that_may_only_be_read_is_replaced(site: Path) -> None:
    (site / "images").mkdir()
    (site / "images/a.webp").write_text("x")
    for folder in (site / "images", site):
        folder.chmod(0o500)
    ended = publish(site.parent)
    assert ended.exit_code == 0, ended.output
    assert (site / "index.html").read_text() == "new"
    assert_tidy(site.parent)


def test_a_file_in_the_place_of_the_output_is_one_sentence(project: Path) -> None:
    (project / "output").write_text("mine")
    ended = publish(project)
    assert ended.output == "Error: output is no folder, so no site can be put there; move it away, then try again.\n"
    assert (project / "output").read_text() == "mine"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_waits_until_what_must_not_be_divided_is_done(number: int) -> None:
    done = []

    def whole() -> None:
        with interruptible(), undivided():
            os.kill(os.getpid(), number)
            done.append("the rest of it")

    with pytest.raises(Interrupted):
        whole()
    assert done


@pytest.mark.parametrize(
    ("logged", "said"),
    [
        ("Traceback (most recent call last):\n  File \"/x.py\", line 1\nOSError: [Errno 28] No space left: '/o/a'",
         "build: there is no room left on the disk; free some, then run it again"),
        ("Could not write: [Errno 13] Permission denied: '/o/a.html'",
         "build: /o/a.html may not be changed; give yourself the right to write there, then run it again"),
        ("[Errno 2] No such file or directory: '/o/a.html'", "build: [Errno 2] No such file or directory: '/o/a.html'"),
    ],
)  # fmt: skip
def test_what_the_system_refuses_to_a_build_is_a_sentence(logged: str, said: str) -> None:
    assert str(explain(logged, Path("/nowhere"))) == said


def test_an_error_of_the_system_is_told_in_words() -> None:
    assert (
        sentence(OSError(errno.ENOSPC, "x", "a")) == "there is no room left on the disk; free some, then run it again"
    )
    assert sentence(OSError(errno.ENOENT, "No such file", "a")) == "No such file: a"


def test_a_file_is_written_whole_or_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "new" / "a.txt"
    write_whole(file, "one")
    file.chmod(0o640)
    monkeypatch.setattr(Path, "replace", refuse(errno.ENOSPC))
    for path in (file, tmp_path / "other" / "b.txt"):
        with pytest.raises(OSError, match="No space"):
            write_whole(path, "two")
    assert [str(path.relative_to(tmp_path)) for path in sorted(tmp_path.rglob("*"))] == ["new", "new/a.txt"]
    monkeypatch.undo()
    write_whole(file, "two")
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("two", 0o640)


def test_a_preview_that_the_disk_ends_says_that_it_has_ended(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.cli.preview.command._keep_building", refuse(errno.ENOSPC))
    ended = CliRunner().invoke(cli, ["--project", str(project), "preview", "--port", "0"])
    assert ended.exit_code == 1
    assert ended.output.endswith(
        "Error: The preview has ended: there is no room left on the disk; free some, then run it again.\n"
    )


def test_a_styleguide_that_cannot_be_made_or_written_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.cli.styleguide.shutil.copytree", refuse(errno.EROFS))
    monkeypatch.setattr("clinic.cli.styleguide.shutil.rmtree", lambda *_, **__: None)
    ended = CliRunner().invoke(cli, ["--project", str(ROOT), "styleguide"])
    assert ended.exit_code == 1
    assert ended.output.startswith("Error: The styleguide could not be written: ")
    monkeypatch.setattr("clinic.cli.styleguide.EXAMPLES", "theme/templates/broken")
    ended = CliRunner().invoke(cli, ["--project", str(ROOT), "styleguide"])
    assert ended.exit_code == 1
    assert ended.output.count("\n") == 1


def test_html_that_is_stopped_says_that_the_site_may_not_be_whole(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic.cli.build.subprocess.Popen", stop)
    ended = CliRunner().invoke(cli, ["--project", str(project), "html"])
    assert (ended.exit_code, ended.output) == (130, "\nStopped. The site in output/ may not be whole; run it again.\n")
