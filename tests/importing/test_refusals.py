"""What cannot be imported is one sentence, and nothing is written; what is only odd is read all the same."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
import zipfile
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click import ClickException
from click.testing import CliRunner

from clinic.cli.build import Project
from clinic.cli.disk import write_whole
from clinic.cli.importing.command import import_command
from clinic.cli.importing.found import Unreadable
from clinic.cli.importing.reading import Import
from tests.importing.kit import SOURCES, files_of
from tests.importing.test_texts import TODAY

if TYPE_CHECKING:
    from tests.importing.kit import Importer

_ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "a">{more}]>'
    "<rss><channel><item><title>&a;</title></item></channel></rss>"
)
_ARCHIVE = io.BytesIO()
with zipfile.ZipFile(_ARCHIVE, "w") as _zip:
    _zip.writestr("a.txt", "x")
REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "this file is empty"),
    "noughts": (b"\0" * 50, "this file is empty"),
    "pdf": (b"%PDF-1.7 ...", "this is a PDF"),
    "zip": (_ARCHIVE.getvalue(), "this is an archive"),
    "rtf": (b"{\\rtf1 x}", "this is a document in RTF"),
    "bytes": (bytes(range(1, 32)) * 40, "this is no text"),
    "cut export": ((SOURCES / "wordpress.xml").read_bytes()[:3000], "download it again"),
    "bomb": (_ENTITIES.format(more='<!ENTITY b "&a;&a;&a;">').encode(), "refers to parts of its own"),
    "file of this machine": (
        _ENTITIES.format(more='<!ENTITY b SYSTEM "file:///etc/hostname">').encode(),
        "parts of its own",
    ),
    "other xml": (b'<?xml version="1.0"?><recipe/>', "neither a feed nor an export"),
    "feed without posts": (b"<rss><channel></channel></rss>", "no posts in it"),
    "other json": (b'{"a": 1}', "this JSON is no feed"),
    "yaml": (b"---\ntitle: [a\n---\nx", "no YAML (line"),
    "toml": (b"+++\ntitle = x\n+++\nx", "cannot be read"),
    "open front matter": (b"---\ntitle: a\nx", "does not end"),
    "list of posts": (
        b"<html><body>" + b"<article><h2><a href='/a'>A</a></h2><p>one two three</p></article>" * 4,
        "a list of posts",
    ),
    "page without text": (b"<html><head><title>x</title></head><body></body></html>", "has no text"),
    "title alone": (b"Only a title", "this is no post"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_source_is_one_sentence(name: str, tmp_path: Path) -> None:
    data, sentence = REFUSED[name]
    file = tmp_path / "source.txt"
    file.write_bytes(data)
    with pytest.raises(Unreadable) as why:
        Import(file, TODAY).read()
    assert sentence in str(why.value)
    assert "\n" not in str(why.value)


def test_what_is_not_there_or_too_large_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="there is no such file"):
        Import(tmp_path / "x", TODAY).read()
    with pytest.raises(Unreadable, match="save what it shows in a file"):
        Import(Path("https://quay.example.com/blog-feed.xml"), TODAY).read()
    with (tmp_path / "large").open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(Unreadable, match="50 MB, and 40 are the most"):
        Import(tmp_path / "large", TODAY).read()
    (tmp_path / "large").unlink()
    with pytest.raises(Unreadable, match="none of the 0 files"):
        Import(tmp_path, TODAY).read()


TEXT = "Rücken – und „mehr“\nAnna Berg\n11. Nov. 2024\n\nWer viel sitzt, kennt das.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_gives_the_same_post(encoding: str, end: str, tmp_path: Path) -> None:
    file = tmp_path / "post.txt"
    file.write_bytes(TEXT.replace("\n", end).encode(encoding))
    (found,) = Import(file, TODAY).read().found
    assert (found.title, found.body.markdown) == ("Rücken – und „mehr“", "Wer viel sitzt, kennt das.")


def test_one_bad_file_keeps_no_other_out_of_a_folder(importer: Importer) -> None:
    importer.source("bad.md", "---\ntitle: [a\n---\nx")
    good = importer.source("good.md", "---\ntitle: Good\ndate: 2025-01-01\n---\nText.\n")
    done = importer.run(good.parent)
    assert [*done.new] == ["posts/2025-01-01-good.md"]
    assert "bad.md: its front matter is no YAML" in done.said
    assert done.code == 1


def test_a_folder_that_may_not_be_written_is_seen_before_anything_is(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = importer.run(SOURCES / "pasted.txt", trial=True).content
    monkeypatch.setattr("clinic.cli.importing.command.os.access", lambda *_: False)  # root may write everywhere
    with pytest.raises(PermissionError):
        importer.run(SOURCES / "pasted.txt", into=content)
    assert not (content / "posts").exists()


def test_a_full_disk_is_seen_before_anything_is_written(importer: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    content = importer.run(SOURCES / "pasted.txt", trial=True).content
    monkeypatch.setattr("clinic.cli.importing.command.shutil.disk_usage", lambda _: type("Usage", (), {"free": 10})())
    with pytest.raises(ClickException, match="no room on the disk"):
        importer.run(SOURCES / "pasted.txt", into=content)
    assert not (content / "posts").exists()


def test_an_address_that_is_none_keeps_no_text_out(tmp_path: Path) -> None:
    file = tmp_path / "post.html"
    file.write_text(
        "<html><head><title>Knees</title></head><body><article><h1>Knees</h1><p>Enough <a href='http://[x'>words</a> "
        "for a text of its own, and more&#1; of them beside.</p><img src='//['></article></body></html>",
        "utf-8",
    )
    (found,) = Import(file, TODAY).read().found
    assert "Enough words for a text" in found.body.markdown


def test_a_disk_that_fills_up_meanwhile_is_one_sentence_with_what_is_there(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, left = importer.fresh(), count(2, -1)

    def write(path: Path, text: str | bytes) -> None:
        if not next(left):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        write_whole(path, text)

    monkeypatch.setattr("clinic.cli.importing.command.write_whole", write)
    command = ["--from", str(SOURCES / "wordpress.xml"), "--offline", "yes"]
    ended = CliRunner().invoke(import_command, command, obj=Project(content.parent))
    assert ended.exit_code == 1
    assert "there is no room left on the disk" in ended.output
    assert "(2 files were written whole; run it again for the others)" in ended.output


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process of its own for each kill")
def test_an_import_that_is_killed_leaves_no_half_post_and_the_next_one_finishes_it(importer: Importer) -> None:
    source = SOURCES / "wordpress.xml"
    whole = importer.run(source)
    assert any(key.startswith("comments/") for key in whole.new)
    wanted = files_of(whole.content)
    for moment in range(1, 2 * len(whole.new) + 1, 3):
        content = importer.fresh(f"killed-{moment}")
        if (child := os.fork()) == 0:
            try:
                _kill_at(moment)
                importer.run(source, into=content)
            finally:
                os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        seen = {key: data for key, data in files_of(content).items() if not key.rpartition("/")[2].startswith(".")}
        assert seen.items() <= wanted.items()
        importer.run(source, into=content)
        assert files_of(content) == wanted


def _kill_at(moment: int) -> None:
    """End this process as one of the files is opened, or when half of it is written."""
    left = count(1)

    def audit(event: str, arguments: tuple[object, ...]) -> None:
        file = str(arguments[0]) if event in {"open", "os.rename"} else ""
        if file.endswith(".new") and next(left) == moment:
            if event == "os.rename":
                os.truncate(file, Path(file).stat().st_size // 2)
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(audit)
