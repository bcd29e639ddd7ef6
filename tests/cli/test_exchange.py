"""The exchange of two sites: whole on every kind of folder, and finished or put back where it was cut off."""

from __future__ import annotations

import errno
import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clinic.cli.disk import remove_folder
from clinic.cli.interrupts import Interrupted, interruptible, undivided
from clinic.cli.lock import Busy, only_one
from clinic.cli.publish import exchange as module
from clinic.cli.publish.exchange import Staging

if TYPE_CHECKING:
    from collections.abc import Iterator

OLD = {"index.html": "old", "gone/index.html": "old", "a/b": "was in a folder", "c": "was a file", "same.css": "same"}
NEW = {"index.html": "new", "post/x/index.html": "new", "a": "is a file", "c/d.html": "is in one", "same.css": "same"}
REFUSED = {"in one step": None, "in two moves": errno.ENOSYS, "in place": errno.EXDEV, "in place, busy": errno.EBUSY}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def read(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def refusing(monkeypatch: pytest.MonkeyPatch, number: int | None) -> None:
    def refused(_one: Path, other: Path) -> None:
        raise OSError(number, os.strerror(number or 0), str(other))

    if number:
        monkeypatch.setattr(module, "exchange", refused)


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    """A project with a site; whoever publishes lets nobody else read new files."""
    before = os.umask(0o077)
    write(tmp_path / "output", OLD)
    yield tmp_path
    os.umask(before)


def leftovers(root: Path) -> list[str]:
    return sorted(path.name for path in root.iterdir() if path.name.startswith("."))


@pytest.mark.parametrize("how", REFUSED)
@pytest.mark.parametrize("kind", ["a folder", "a link", "not there"])
def test_the_new_site_is_in_place_whole_readable_and_nothing_is_left(
    root: Path, monkeypatch: pytest.MonkeyPatch, how: str, kind: str
) -> None:
    refusing(monkeypatch, REFUSED[how])
    output = root / "output"
    write(output, {".git/config": "mine"})
    if kind != "a folder":
        output.rename(root / "elsewhere")
    if kind == "a link":
        output.symlink_to(root / "elsewhere", target_is_directory=True)
    staging = Staging(root, Path("output"))
    with staging.tidied():
        write(staging.new, NEW)
        staging.swap()
    kept = {} if kind == "not there" else {".git/config": "mine"}
    assert read(output) == NEW | kept
    assert output.is_symlink() == (kind == "a link")
    assert leftovers(root) == []
    paths = [output, *(path for path in output.rglob("*") if ".git" not in path.parts)]
    assert {path.stat().st_mode & 0o777 for path in paths if path.is_file()} == {0o644}
    assert {path.stat().st_mode & 0o777 for path in paths if path.is_dir()} == {0o755}
    assert staging.state == f"The new site is in {staging.output.name}/."


@pytest.mark.parametrize("cut", range(5))
def test_what_was_cut_off_in_place_is_finished_by_the_next_command(
    root: Path, monkeypatch: pytest.MonkeyPatch, cut: int
) -> None:
    """Nothing of a command is run after it has been killed: so it is not let tidy up here either."""
    refusing(monkeypatch, errno.EXDEV)
    staging = Staging(root, Path("output"))
    staging.new.mkdir(parents=True)
    write(staging.new, NEW)
    count = 0
    replace = Path.replace

    def killed(path: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count > cut:
            raise SystemExit
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", killed)
    with suppress(SystemExit):
        staging.swap()
    monkeypatch.undo()
    Staging(root, Path("output")).restore()
    assert read(root / "output") == NEW
    assert leftovers(root) == []


def test_pages_are_put_in_place_after_what_they_need(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, errno.EXDEV)
    order: list[str] = []
    replace = Path.replace

    def noted(path: Path, target: Path) -> Path:
        order.append(path.name)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", noted)
    staging = Staging(root, Path("output"))
    with staging.tidied():
        write(staging.new, {"index.html": "new", "theme/x.css": "new", "zebra.webp": "new"})
        staging.swap()
    assert order == ["x.css", "zebra.webp", "index.html"]


def test_a_full_disk_in_place_leaves_the_old_site(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, errno.EXDEV)
    copied: list[Path] = []

    def full(source: Path, target: Path) -> None:
        if copied:
            raise OSError(errno.ENOSPC, "full", str(target))
        copied.append(source)
        target.write_text(source.read_text())

    monkeypatch.setattr("clinic.cli.publish.exchange.shutil.copy2", full)
    staging = Staging(root, Path("output"))

    def swap() -> None:
        with staging.tidied():
            write(staging.new, NEW)
            staging.swap()

    with pytest.raises(OSError, match="full"):
        swap()
    assert read(root / "output") == OLD
    assert leftovers(root) == []
    assert staging.state == "output/ is as it was."


def test_an_old_site_that_cannot_be_removed_is_told_and_breaks_no_later_publish(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove = remove_folder

    def stuck(folder: Path) -> None:
        if (folder / "site/stuck").exists():
            raise PermissionError(errno.EACCES, "no", str(folder))
        remove(folder)

    monkeypatch.setattr(module, "remove_folder", stuck)
    write(root / "output", {"stuck": ""})
    for number in range(2):
        staging = Staging(root, Path("output"))
        with staging.tidied():
            write(staging.new, {"index.html": f"new {number}"})
            staging.swap()
        assert read(root / "output") == {"index.html": f"new {number}"}
        assert staging.notes
        assert all(".output-new is of no more use, but could not be removed: " in note for note in staging.notes)
    assert leftovers(root) == [".output-new"]


def test_a_signal_in_the_exchange_is_answered_after_all_that_belongs_to_it(root: Path) -> None:
    staging = Staging(root, Path("output"))

    def swap() -> None:
        with interruptible(), staging.tidied():
            write(staging.new, NEW)
            with undivided():
                os.kill(os.getpid(), signal.SIGINT)
                staging.swap()
                write(root, {"after": "the exchange"})

    with pytest.raises(Interrupted):
        swap()
    assert read(root / "output") == NEW
    assert (root / "after").exists()


def test_of_two_commands_at_once_the_second_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.cli.lock._PATIENCE", 0)
    said = r"`make publish` is at work, since \d\d:\d\d; wait until it has ended, then run this again\."
    with only_one(tmp_path, "make publish"), pytest.raises(Busy, match=said), only_one(tmp_path, "make html"):
        pass
    with only_one(tmp_path, "make html"):
        pass


def test_a_folder_that_is_not_there_yet_may_be_on_another_disk(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def refused(path: Path, target: Path) -> Path:
        if path.name == "site":
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refused)
    staging = Staging(root, Path("new"))
    with staging.tidied():
        write(staging.new, NEW)
        staging.swap()
    assert read(root / "new") == NEW
    assert leftovers(root) == []
