"""The search index is made anew only where what it finds has changed, and is that of a first build."""

from __future__ import annotations

import errno
import logging
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from clinic.plugin.search import SearchIndex
from clinic.plugin.site_folder import SiteFolder
from clinic.rendering.files.search import SearchEntry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

pytestmark = pytest.mark.site  # they start Pagefind

PAGE = '<!doctype html><html lang="en-GB"><head></head><body><p>{}</p></body></html>'
ENTRIES = {f"post/{name}/": PAGE.format(f"Words on {name}") for name in ("ankle", "knee", "hip", "neck")}


def index(folder: Path, entries: Mapping[str, str] = ENTRIES) -> dict[str, bytes]:
    """Make the index as a build does; gives its files."""
    output = folder / "output"
    output.mkdir(exist_ok=True)
    site = SiteFolder(output)
    SearchIndex({path: SearchEntry.of(page) for path, page in entries.items()}, folder / "kept").write(site)
    site.remove_others()
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def without_pagefind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", shutil.which("false") or "")
    monkeypatch.setattr("clinic.plugin.search._version", lambda: "1")


def test_pages_in_any_order_make_the_same_files(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    files = index(tmp_path)
    assert len([file for file in files if file.endswith(".pf_fragment")]) == len(ENTRIES)
    assert index(tmp_path / "other", dict(reversed(ENTRIES.items()))) == files


def test_where_nothing_has_changed_pagefind_is_not_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.plugin.search._version", lambda: "1")
    files = index(tmp_path)
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "output").rglob("*.*")}
    without_pagefind(monkeypatch)
    assert index(tmp_path) == files
    assert {path: path.stat().st_mtime_ns for path in times} == times, "what is the same is not written again"
    shutil.rmtree(tmp_path / "output")
    assert index(tmp_path) == files


@pytest.mark.parametrize("harm", ["cut", "gone", "more", "empty"])
def test_a_damaged_index_is_made_anew(tmp_path: Path, harm: str) -> None:
    files = index(tmp_path)
    (kept,) = (tmp_path / "kept").iterdir()
    file = next(kept.rglob("*.pf_fragment"))
    if harm == "gone":
        file.unlink()
    elif harm == "more":
        (kept / "more.txt").write_text("x")
    else:
        file.write_bytes(b"" if harm == "empty" else file.read_bytes()[:-1] + b"x")
    assert index(tmp_path) == files


def test_a_word_more_or_a_page_less_is_another_index(tmp_path: Path) -> None:
    files = index(tmp_path)
    fewer = index(tmp_path, {path: page for path, page in ENTRIES.items() if "hip" not in path})
    assert len([file for file in fewer if file.endswith(".pf_fragment")]) == len(ENTRIES) - 1
    assert index(tmp_path, {**ENTRIES, "post/hip/": PAGE.format("Other words")}) != files
    assert index(tmp_path, {}) == {}
    assert index(tmp_path) == files


def test_of_many_indexes_the_newest_are_kept(tmp_path: Path) -> None:
    for number in range(5):
        index(tmp_path, {"post/ankle/": PAGE.format(f"Words {number}")})
    assert len(list((tmp_path / "kept").iterdir())) == 3


def test_where_it_cannot_be_kept_it_is_made_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file in place of the folder")
    assert any(file.endswith(".pf_meta") for file in index(tmp_path))


def no_room(_site: SiteFolder, _path: str, _data: bytes) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_where_it_cannot_be_written_one_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(SiteFolder, "put", no_room)
    assert index(tmp_path) == {}
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.getMessage().startswith("the search index could not be made: [Errno ")
    assert record.exc_info is None


@pytest.mark.parametrize("program", ["ends", "talks"])
def test_a_program_that_is_not_pagefind_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, program: str
) -> None:
    script = tmp_path / "program"
    body = "raise SystemExit(3)" if program == "ends" else "print('hello,', flush=True)"
    script.write_text(f"#!{sys.executable}\n{body}\n")
    script.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(script))
    assert index(tmp_path) == {}
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "the search index could not be made: Pagefind stopped at NewIndex; remove" in record.getMessage()
