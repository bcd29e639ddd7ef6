"""The folder of the site: what stays the same is not touched, what is not made goes, nothing outside is written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from clinic.plugin.site_folder import SiteFolder
from tests.incremental import times, tree
from tests.site import write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXTS = {"index.html": "Home", "post/knee/index.html": "Knees", "post/hip/index.html": "Hips"}


def build(folder: Path, texts: dict[str, str]) -> None:
    site = SiteFolder(folder)
    for path, text in texts.items():
        site.write(path, text)
    site.remove_others([".git"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    build(folder, TEXTS)
    for path in folder.rglob("*"):
        os.utime(path, (1, 1))
    return folder


def texts_in(folder: Path) -> dict[str, str]:
    return {name: data.decode() for name, data in tree(folder).items() if data is not None}


def test_equal_files_keep_their_time_and_others_are_new(folder: Path) -> None:
    build(folder, {**TEXTS, "index.html": "Welcome"})
    assert {name for name, time in times(folder).items() if time != 10**9} == {"index.html"}
    assert texts_in(folder) == {**TEXTS, "index.html": "Welcome"}


def test_what_is_not_made_goes_with_its_empty_folders(folder: Path) -> None:
    for name in ("post/old/index.html", "deep/in/there/x", ".git/config", "index.html.new", "post/.git/x"):
        write(folder / name, "x")
    (folder / "empty/deep").mkdir(parents=True)
    build(folder, TEXTS)
    assert set(tree(folder)) == {*TEXTS, "post", "post/knee", "post/hip", ".git", ".git/config"}


def _file_for_folder(folder: Path) -> None:
    for name in ("post/knee/index.html", "post/hip/index.html"):
        (folder / name).unlink()
        (folder / name).parent.rmdir()
    (folder / "post").rmdir()
    (folder / "post").write_text("x")


def _folder_for_file(folder: Path) -> None:
    (folder / "index.html").unlink()
    write(folder / "index.html/deep/x", "x")


def _link_for_file(folder: Path) -> None:
    (folder / "index.html").rename(folder.parent / "mine.html")
    (folder / "index.html").symlink_to(folder.parent / "mine.html")


def _link_for_folder(folder: Path) -> None:
    (folder / "post").rename(folder.parent / "mine")
    (folder / "post").symlink_to(folder.parent / "mine", target_is_directory=True)


@pytest.mark.parametrize("obstruct", [_file_for_folder, _folder_for_file, _link_for_file, _link_for_folder])
@pytest.mark.parametrize("home", ["Home", "Welcome"])
def test_whatever_stands_in_the_way_the_site_is_whole(
    folder: Path, obstruct: Callable[[Path], None], home: str
) -> None:
    obstruct(folder)
    build(folder, {**TEXTS, "index.html": home, "post/hip/index.html": home})
    assert texts_in(folder) == {**TEXTS, "index.html": home, "post/hip/index.html": home}
    assert not any(path.is_symlink() for path in folder.rglob("*"))


def test_a_file_that_is_linked_elsewhere_is_changed_here_alone(folder: Path) -> None:
    os.link(folder / "index.html", folder.parent / "other.html")
    build(folder, {**TEXTS, "index.html": "Welcome"})
    assert (folder.parent / "other.html").read_text() == "Home"


@pytest.mark.parametrize("path", ["index.html", "./index.html", "post//../index.html", "../x.html", "/x.html"])
def test_one_path_twice_or_one_outside_is_refused(tmp_path: Path, path: str) -> None:
    site = SiteFolder(tmp_path / "output")
    site.write("index.html", "Home")
    with pytest.raises(ValueError, match="twice in one build, or outside"):
        site.write(path, "Other")


def test_copies_are_compared_too(folder: Path) -> None:
    source = folder.parent / "source.txt"
    source.write_text("Home")
    SiteFolder(folder).copy("index.html", source)
    assert times(folder)["index.html"] == 10**9
    source.write_text("Away")
    SiteFolder(folder).copy("index.html", source)
    assert (folder / "index.html").read_text() == "Away"


def test_a_file_of_the_former_site_is_taken_over_only_as_it_was_written(tmp_path: Path) -> None:
    former, later = SiteFolder(tmp_path / "former"), SiteFolder(tmp_path / "later", former=tmp_path / "former")
    digests = {name: former.write(name, f"Words of {name}") for name in ("a.html", "sub/b.html", "c.html", "d.html")}
    (tmp_path / "former/c.html").write_text("tampered with", "utf-8")
    (tmp_path / "former/d.html").unlink()
    (tmp_path / "former/d.html").symlink_to(tmp_path / "former/a.html")
    assert [name for name, digest in digests.items() if later.reuse(name, digest)] == ["a.html", "sub/b.html"]
    assert (tmp_path / "later/sub/b.html").read_text("utf-8") == "Words of sub/b.html"
    assert not (tmp_path / "later/c.html").exists()
    assert "a.html" in later
    assert "c.html" not in later
