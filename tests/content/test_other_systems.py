"""A folder that was written on another system: its line ends, its names, its locks, its consoles."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from clinic.cli import build
from clinic.cli.disk import patiently, sentence
from clinic.content.load import load
from clinic.domain.checks.file_names import refused_by_windows, same_but_for_capitals
from clinic.models.suggestions import did_you_mean
from clinic.models.words import LOCALE, read_catalogue
from tests.site import CLINICS, NOW, ROOT, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site import BuildSite

TEXTS = {".md", ".yaml", ".txt"}


def test_line_ends_and_marks_of_windows_change_nothing(tmp_path: Path) -> None:
    """Every file of the owner: facts, posts, comments, answers, words, former addresses."""
    folders = [tmp_path / "unix" / "content", tmp_path / "windows" / "content"]
    for folder, (mark, ends) in zip(folders, ((b"", b"\n"), (b"\xef\xbb\xbf", b"\r\n")), strict=True):
        for file in (CLINICS / "full").rglob("*"):
            if file.is_file():
                beside = folder / file.relative_to(CLINICS / "full")
                beside.parent.mkdir(parents=True, exist_ok=True)
                data = file.read_bytes()
                is_text = file.suffix in TEXTS and b"\r" not in data and not data.startswith(b"\xef\xbb\xbf")
                beside.write_bytes(mark + data.replace(b"\n", ends) if is_text else data)
    unix, windows = (load(folder, now=NOW, preview=True) for folder in folders)
    assert windows.diagnostics == unix.diagnostics
    assert windows.clinic == unix.clinic
    for key, document in unix.all_documents.items():
        other = windows.all_documents[key]
        assert (other.front_matter, other.state) == (document.front_matter, document.state), key
        assert other.file.body.splitlines() == document.file.body.splitlines(), key
    assert windows.comments.files.keys() == unix.comments.files.keys()


def test_a_catalogue_of_words_may_have_them_too(tmp_path: Path) -> None:
    unix = LOCALE / "de" / "LC_MESSAGES" / "messages.po"
    (tmp_path / "messages.po").write_bytes(unix.read_bytes().replace(b"\n", b"\r\n"))
    assert read_catalogue(tmp_path / "messages.po") == read_catalogue(unix)


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("posts/aux.md", 'the name "aux.md" for itself'),
        ("static/CON", 'the name "CON" for itself'),
        ("images/com1.tar.gz", 'the name "com1.tar.gz" for itself'),
        ("nul/a.md", 'the name "nul" for itself'),
        ("posts/what?.md", 'no "?"'),
        ("static/a:b.txt", 'no ":"'),
        ("static/a\\b.txt", 'no "\\"'),
        ("images/photo.", "at its end"),
        ("images /photo.jpg", "at its end"),
        ("images/" + "a" * 190, "197 signs long"),
        ("posts/auxiliary.md", None),
        ("posts/2026-01-01-con.md", None),
        ("images/com10.jpg", None),
        ("images/Fünf Übungen (1) & “mehr”.jpg", None),
    ],
)
def test_a_name_that_windows_refuses_is_known(path: str, why: str | None) -> None:
    found = refused_by_windows(path)
    assert (why is None and found is None) or (why and found and why in found)


def test_names_that_only_capitals_tell_apart_are_found() -> None:
    paths = ["images/Photo.jpg", "images/photo.JPG", "images/photo2.jpg", "static/photo.jpg"]
    assert [*same_but_for_capitals(paths)] == [("images/photo.JPG", "images/Photo.jpg")]


def test_names_that_a_mac_takes_for_one_are_found() -> None:
    """It makes no difference between ü and u with its marks behind it."""
    assert [*same_but_for_capitals(["\u00fc.jpg", "u\u0308.jpg"])] == [("\u00fc.jpg", "u\u0308.jpg")]


def test_a_word_that_only_looks_the_same_is_no_riddle() -> None:
    assert "marks of its letters apart" in did_you_mean("k\u00fcste.png", ["ku\u0308ste.png"])
    assert did_you_mean("kuste.png", ["k\u00fcste.png"]) == '; did you mean "k\u00fcste.png"?'


def test_each_is_told_when_the_site_is_built(build_site: BuildSite) -> None:
    site = build_site("minimal", {
        "static/aux.txt": "a", "static/Key.txt": "a", "static/key.txt": "b",
        "static/ku\u0308.txt": "a",
        "posts/2026-01-01-con.md": "---\ntitle: Con\n---\n\nWords.\n",
    })  # fmt: skip
    assert site.exit_code == 0
    notes = "\n".join(site.notes)
    assert 'content/static/aux.txt: note: Windows keeps the name "aux.txt" for itself; give it another name' in notes
    assert "content/static/key.txt: note: only capitals tell this from content/static/Key.txt" in notes
    assert "content/static/ku\u0308.txt: note: this name has the marks of its letters apart" in notes
    assert (
        'content/posts/2026-01-01-con.md:1: note: its page is at /post/con/index.html, and Windows keeps the name "con"'
        in notes
    )


def held(number: int) -> OSError:
    error = PermissionError(13, "refused", "output/index.html")
    error.winerror = number  # type: ignore[attr-defined]
    return error


def test_what_another_program_holds_is_tried_again_and_then_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.cli.disk.time.sleep", lambda _seconds: None)
    tries = [held(32), held(5), None]

    def act() -> None:
        if error := tries.pop(0):
            raise error

    patiently(act)
    assert tries == []
    tries[:] = [held(32)] * 9
    with pytest.raises(PermissionError) as caught:
        patiently(act)
    assert sentence(caught.value) == ("output/index.html is open in another program; close it there, then run it again")
    tries[:] = [PermissionError(13, "refused"), None]
    with pytest.raises(PermissionError):  # on other systems it is refused for good, and nobody waits
        patiently(act)
    assert tries == [None]


@pytest.mark.site
@pytest.mark.parametrize("encoding", ["cp1252", "cp850"])
def test_a_console_of_an_old_windows_gets_every_sentence(tmp_path: Path, encoding: str) -> None:
    write(tmp_path / "content" / "clinic.yaml", "name: Praxis “Łódź” 🦶\nemojis: 🙂\nphone: nein\n")
    command = [sys.executable, "-m", "clinic.cli", "--project", str(tmp_path), "post", "--title", "“🦶” …"]
    env = os.environ | {"PYTHONPATH": str(ROOT / "plugins"), "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    ended = subprocess.run(command, env=env, capture_output=True, check=False)
    said = (ended.stdout + ended.stderr).decode(encoding)
    assert "Traceback" not in said
    assert "is ready" in said
    assert "status: draft" in said


def test_nothing_moves_where_nobody_looks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    errors = io.StringIO()
    monkeypatch.setattr(sys, "stderr", errors)
    with build._progress(tmp_path) as tell:  # noqa: SLF001
        tell()
    assert errors.getvalue() == ""
