"""Where nothing has changed, nothing is built, and what was said is said again; whatever has, is seen."""

from __future__ import annotations

import json
import os
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clinic.cli import unchanged as module
from clinic.cli.unchanged import Request, Watch, unchanged
from tests.cli.conftest import run_cli
from tests.site import CLINICS, ROOT, write

if TYPE_CHECKING:
    from collections.abc import Callable

NOON, UNTIL = 1_772_452_800, 1_772_496_000
"""Noon and midnight of a day in March 2026, in seconds since 1970."""
FILES = {
    "content/clinic.yaml": "name: The Least Clinic\n",
    "content/posts/knee.md": "Knees bend.\n",
    "theme/templates/base.html": "<main>",
    "theme/static/css/main.css": "a{}",
    "plugins/clinic/x.py": "X = 1\n",
    "pelicanconf.py": "PATH = 'content'\n",
    "publishconf.py": "\n",
    "output/index.html": "<p>Home</p>",
    "output/post/knee/index.html": "<p>Knees</p>",
    "next-build.json": "{}",
    ".github/workflows/publish.yml": "on: push\n",
}
SAID = {"notes": ["content/x.md: note: look"], "then": ["This site is right until noon."]}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project after a build, with its record; its files are an hour old."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))
    for name, text in FILES.items():
        write(tmp_path / name, text)
    _age(tmp_path)
    _build(tmp_path)
    return tmp_path


def _age(root: Path) -> None:
    for path in root.rglob("*"):
        os.utime(path, ns=(10**18 + 1, 10**18 + 1))


def _request(root: Path, command: str = "html", content: str = "content", address: str = "") -> Request:
    return Request.of(command, str(root), content, address)


def _build(root: Path, *, logged: bool = False, theme: str = "theme") -> None:
    """What a command does around a build that takes no time."""
    watch = Watch(_request(root))
    folders = [str(root / folder) for folder in ("content", theme, "plugins")]
    built = {"until": UNTIL, "folders": folders, "notes": SAID["notes"], "logged": logged}
    write(Path(str(watch.settings["CLINIC_BUILT_FILE"])), json.dumps(built))
    watch.leave_record(SAID["then"])


def test_what_was_said_is_said_again_as_long_as_nothing_has_changed(root: Path) -> None:
    assert [unchanged(_request(root)) for _ in range(3)] == [SAID] * 3
    assert not (root / ".cache/built.json").exists()


def _same_length_and_time(path: Path) -> None:
    before = path.stat()
    path.write_text(path.read_text().swapcase())
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _other_words(name: str, root: Path) -> None:
    write(root / name, "other")


def _gone(name: str, root: Path) -> None:
    (root / name).unlink()


def _swapped(name: str, root: Path) -> None:
    _same_length_and_time(root / name)


def _a_folder_instead(root: Path) -> None:
    (root / "output/index.html").unlink()
    (root / "output/index.html").mkdir()


NEW = ("content/posts/new.md", "theme/new.svg", "plugins/other/x.py", "settings.py", "output/mine.txt")
CHANGES: dict[str, Callable[[Path], object]] = {
    **{f"{name} has other words": partial(_other_words, name) for name in FILES},
    **{f"{name} is gone": partial(_gone, name) for name in FILES},
    **{
        f"{name} has other words, the old length and time": partial(_swapped, name)
        for name in FILES
        if FILES[name].swapcase() != FILES[name]
    },
    **{f"{name} is new": partial(_other_words, name) for name in NEW},
    "a file has another name": lambda root: (root / "content/posts/knee.md").rename(root / "content/posts/knees.md"),
    "a folder of the output has another name": lambda root: (root / "output/post").rename(root / "output/posts"),
    "the output is gone": lambda root: shutil.rmtree(root / "output"),
    "a file is a folder": _a_folder_instead,
    "the record is gone": lambda root: shutil.rmtree(root / ".cache"),
    "the record is cut off": lambda root: write(root / module.RECORD, (root / module.RECORD).read_text()[:-9]),
    "the record is another's": lambda root: write(root / module.RECORD, "[1]"),
    "the record lacks something": lambda root: write(
        root / module.RECORD, json.dumps({"request": list(_request(root)), "from": 0, "until": UNTIL})
    ),
    "it was said in the log": lambda root: _build(root, logged=True),
    "the theme lies elsewhere": lambda root: _build(root, theme="../theme"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_seen(root: Path, change: str) -> None:
    if change.startswith(("it was said", "the theme lies")):
        (root / module.RECORD).unlink()
    CHANGES[change](root)
    assert unchanged(_request(root)) is None


@pytest.mark.parametrize(
    "asked",
    [{"command": "publish"}, {"content": "theme"}, {"address": "https://x.example"}],
    ids=lambda asked: next(iter(asked)),
)
def test_another_command_is_not_answered_with_what_was_built_for_this_one(root: Path, asked: dict[str, str]) -> None:
    assert unchanged(_request(root, **asked)) is None


@pytest.mark.parametrize(("now", "holds"), [(NOON - 1, False), (UNTIL - 1, True), (UNTIL, False)])
def test_the_clock_is_asked(root: Path, monkeypatch: pytest.MonkeyPatch, now: int, holds: bool) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(now))
    assert (unchanged(_request(root)) is not None) == holds


def test_another_library_is_a_change(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "site-packages" / "jinja2-99.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(str(tmp_path / "site-packages"))
    assert unchanged(_request(root)) is None


NO_CHANGES: dict[str, Callable[[Path], object]] = {
    "other times": _age,
    "compiled code": lambda root: write(root / "plugins/clinic/__pycache__/x.pyc", b"x"),
    "version control in the output": lambda root: write(root / "output/.git/config", "x"),
    "what is in other folders of the project": lambda root: write(root / "notes/x.txt", "x"),
}


@pytest.mark.parametrize("change", NO_CHANGES)
def test_what_no_build_reads_or_writes_is_no_change(root: Path, change: str) -> None:
    NO_CHANGES[change](root)
    assert unchanged(_request(root)) == SAID


def test_a_file_that_is_written_while_the_build_runs_is_seen(root: Path) -> None:
    (root / module.RECORD).unlink()
    watch = Watch(_request(root))
    write(root / "content/posts/knee.md", "Knees sway.\n")
    built = {"until": UNTIL, "folders": [], "notes": [], "logged": False}
    write(Path(str(watch.settings["CLINIC_BUILT_FILE"])), json.dumps(built))
    watch.leave_record()
    assert unchanged(_request(root)) is None


@pytest.mark.parametrize("kind", ["a link to a device", "a pipe"])
def test_what_never_ends_is_not_read(root: Path, kind: str) -> None:
    """It is told by the build; reading it here took all memory of the machine, or waited for ever."""
    endless = root / "content/images/endless.jpg"
    endless.parent.mkdir()
    if kind == "a pipe":
        os.mkfifo(endless)
    else:
        endless.symlink_to("/dev/zero")
    _build(root)
    assert unchanged(_request(root)) is None


def test_a_publish_is_no_answer_to_another_after_a_former_site_was_brought_back(root: Path) -> None:
    """Nor is its own list of addresses a change to it; what another writes there is."""
    list_of_addresses = root / "content/addresses.txt"
    request = _request(root, "publish")
    watch = Watch(request)
    write(list_of_addresses, "/\n")
    write(root / ".cache/sites/current", "2")
    built = {"until": UNTIL, "folders": [], "notes": SAID["notes"], "logged": False}
    write(Path(str(watch.settings["CLINIC_BUILT_FILE"])), json.dumps(built))
    watch.leave_record(SAID["then"], [str(list_of_addresses)])
    assert unchanged(request) == SAID
    write(root / ".cache/sites/current", "1")
    assert unchanged(request) is None
    write(root / ".cache/sites/current", "2")
    assert unchanged(request) == SAID
    write(list_of_addresses, "/\n/mine/\n")
    assert unchanged(request) is None


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["preview"],
        ["html", "--help"],
        ["html", "publish"],
        ["--content", "", "html"],
        ["publish", "--output", "x"],
        ["html", "--port", "1"],
    ],
)
def test_other_commands_and_options_are_left_to_the_commands(arguments: list[str]) -> None:
    assert Request.read(arguments) is None


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A whole project with the least clinic."""
    for name in ("theme", "plugins"):
        (tmp_path / name).symlink_to(ROOT / name, target_is_directory=True)
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(CLINICS / "minimal", tmp_path / "content")
    write(tmp_path / "content/images/unused.txt", "x")
    return tmp_path


@pytest.mark.site
def test_a_second_command_builds_nothing_until_something_has_changed(project: Path) -> None:
    note = 'content/images/unused.txt: note: no page uses "unused.txt"'
    run = partial(run_cli, "--project", str(project), "--content", "content")
    for command in ("html", "publish"):
        first, second = run(command), run(command)
        assert "Nothing has changed" not in first.stdout
        assert "Nothing has changed: the site in output/ is as it should be.\n" in second.stdout
        assert all(note in done.stdout + done.stderr for done in (first, second))
    times = {path: path.stat().st_mtime_ns for path in (project / "output").rglob("*.html")}
    home = project / "content/pages/home.md"
    write(home, home.read_text("utf-8") + "\nMore words.\n")
    assert "Published" in run("publish").stdout
    assert {path.name for path, time in times.items() if path.stat().st_mtime_ns != time} == {"index.html"}
    assert "More words." in (project / "output/index.html").read_text("utf-8")
    assert len([path for path, time in times.items() if path.stat().st_mtime_ns != time]) == 1
