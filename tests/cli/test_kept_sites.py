"""The last sites are kept, and `make undo` brings one back, whole, and says what that changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from clinic.cli.build import BuildResult
from clinic.cli.commands import cli
from clinic.cli.publish.kept_sites import MOST, KeptSites
from clinic.cli.publish.site_files import Changes, FileState, digest_of, not_as_made, read_site
from tests.site import CLINICS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clinic.cli.build import BuildOptions, Project

Publish = "Callable[..., Result]"
HOME, KNEES = "index.html", "post/knees/index.html"
NEXT = '{{"built": "2026-03-02T12:00:00+00:00", "next": [{{"at": "2026-03-{:02}T00:00:00+00:00", "why": "x"}}]}}'


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the least clinic, at noon on 2 March 2026."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772452800")
    (tmp_path / "content/posts").mkdir(parents=True)
    for settings in ("pelicanconf.py", "publishconf.py"):
        (tmp_path / settings).touch()
    (tmp_path / "content/clinic.yaml").write_text((CLINICS / "minimal/clinic.yaml").read_text("utf-8"), "utf-8")
    (tmp_path / "content/posts/2026-01-01-knees.md").write_text("---\ntitle: Knees\n---\n\nThey bend.\n")
    monkeypatch.setattr("clinic.cli.publish.release._check", lambda *_: ())
    return tmp_path


@pytest.fixture
def publish(root: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Publish files that a build is taken to have made, by path."""

    def run(files: Mapping[str, str], *options: str, until: int = 20) -> Result:
        def built(_project: Project, asked: BuildOptions) -> BuildResult:
            for name, text in files.items():
                (asked.output / name).parent.mkdir(parents=True, exist_ok=True)
                (asked.output / name).write_text(text, newline="")
            made = {name: digest_of(text.encode()) for name, text in files.items()}
            sources = {"/post/knees/": "posts/2026-01-01-knees.md"} if KNEES in files else {}
            told = asked.overrides
            Path(str(told["CLINIC_MANIFEST_FILE"])).write_text(json.dumps({"files": made, "addresses": sources}))
            Path(str(told["CLINIC_NEXT_BUILD_FILE"])).write_text(NEXT.format(until))
            return BuildResult(built=True, errors=(), warnings=(), logged=(), seconds=0)

        monkeypatch.setattr("clinic.cli.publish.release.build", built)
        ended = CliRunner().invoke(cli, ["--project", str(root), "publish", *options])
        assert ended.exit_code == 0, ended.output
        return ended

    return run


def undo(root: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["--project", str(root), "undo", *options])


def home(root: Path) -> str:
    return (root / "output/index.html").read_text()


def test_undo_brings_back_the_site_before_and_undo_again_goes_further(
    root: Path, publish: Callable[..., Result]
) -> None:
    for number, until in ((1, 1), (2, 20), (3, 21)):
        publish({HOME: f"home {number}", KNEES: "k"}, until=until)
    assert home(root) == "home 3"
    ended = undo(root)
    assert (ended.exit_code, home(root)) == (0, "home 2")
    assert "Brought back: the site number 2, of Monday 2 March 2026, 12:00.\n1 page changed, 0 new" in ended.output
    assert "This site is right until the end of 19 March 2026: then x." in ended.output
    assert "The other way: make undo TO=3" in ended.output
    assert (root / "next-build.json").read_text() == NEXT.format(20)
    ended = undo(root)
    assert (ended.exit_code, home(root)) == (0, "home 1")
    assert "This site was right until the end of 28 February 2026: then x." in ended.output
    assert undo(root).output.startswith("Error: There is no site before this one (number 1, of ")
    assert (undo(root, "--to", "3").exit_code, home(root)) == (0, "home 3")
    assert "This site is in output/ already" in undo(root, "--to", "3").output
    assert "write TO= with one of 1, 2, 3, or TO=list to see them." in undo(root, "--to", "x").output


def test_what_is_published_after_an_undo_replaces_what_was_brought_back(
    root: Path, publish: Callable[..., Result]
) -> None:
    publish({HOME: "one"})
    publish({HOME: "bad"})
    undo(root)
    assert "1 page changed" in publish({HOME: "mended"}).output
    undo(root)
    assert home(root) == "one"


def test_the_last_five_are_kept_and_no_file_of_others(root: Path, publish: Callable[..., Result]) -> None:
    for number in range(MOST + 2):
        publish({HOME: f"{number}", "a.css": "same"})
    listed = undo(root, "--to", "list").output.splitlines()
    assert [line.split()[0] for line in listed[:-1]] == ["TO=7", "TO=6", "TO=5", "TO=4", "TO=3"]
    assert listed[0].endswith("1 pages  (in its place)")
    assert len(list((root / ".cache/sites/files").iterdir())) == MOST + 1


def test_the_same_site_published_again_is_not_kept_twice(root: Path, publish: Callable[..., Result]) -> None:
    publish({HOME: "one"})
    assert "0 pages changed, 0 new, 0 gone" in publish({HOME: "one"}).output
    assert len(KeptSites(root).all()) == 1


def test_where_something_else_is_in_the_folder_the_published_site_is_brought_back(
    root: Path, publish: Callable[..., Result]
) -> None:
    publish({HOME: "one"})
    publish({HOME: "two"})
    (root / "output/index.html").write_text("of make html")
    undo(root)
    assert home(root) == "two"


def test_a_site_that_shows_what_is_not_published_any_more_says_so(root: Path, publish: Callable[..., Result]) -> None:
    publish({HOME: "one", KNEES: "k"})
    post = root / "content/posts/2026-01-01-knees.md"
    post.write_text(post.read_text().replace("---\n\n", "status: draft\n---\n\n"))
    publish({HOME: "two"})
    said = undo(root).output
    assert (
        "note: it shows /post/knees/ again, and content/posts/2026-01-01-knees.md is not published now (draft)" in said
    )


def test_a_kept_site_that_was_damaged_is_not_brought_back(root: Path, publish: Callable[..., Result]) -> None:
    publish({HOME: "one"})
    publish({HOME: "two"})
    (root / ".cache/sites/files" / digest_of(b"one")).write_text("one?")
    said = undo(root)
    assert (said.exit_code, home(root)) == (1, "two")
    assert (
        said.output
        == "Error: That site is not whole any more (index.html is lost or changed); TO=list shows the others.\n"
    )


def test_without_a_site_that_is_kept_undo_is_one_sentence(root: Path) -> None:
    assert undo(root).output.startswith("Error: There is no earlier site to bring back: ")
    assert undo(root, "--to", "list").output == "No site is kept yet: each publish keeps one.\n"


@pytest.mark.parametrize("came", [True, False])
def test_a_publish_that_was_cut_off_is_known_by_what_is_in_the_folder(
    root: Path, publish: Callable[..., Result], *, came: bool
) -> None:
    """Killed between the exchange and the note of it, or before the exchange."""
    publish({HOME: "one"})
    publish({HOME: "two"})
    kept = root / ".cache/sites"
    (kept / "0002.json").rename(kept / "pending.json")
    (kept / "current").write_text("1")
    if not came:
        (root / "output/index.html").write_text("one")
    listed = undo(root, "--to", "list").output
    assert ("TO=2" in listed) == came
    assert not (kept / "pending.json").exists()


def state(text: str, *, is_page: bool = True) -> FileState:
    return FileState(digest_of(text.encode()), len(text), 0, is_page)


def test_changes_are_of_pages_alone_and_at_most_ten_are_named() -> None:
    old = {HOME: state("a"), "x/index.html": state("x"), "a.css": state("1", is_page=False)}
    new = {HOME: state("b"), "404.html": state("n"), "a.css": state("2", is_page=False)}
    assert [*Changes.between(old, new).lines] == [
        "1 page changed, 1 new, 1 gone", "  new      /404.html", "  gone     /x/", "  changed  /",
    ]  # fmt: skip
    many = {f"{number}/index.html": state("x") for number in range(12)}
    lines = [*Changes.between({}, many).lines]
    assert (lines[0], len(lines), lines[-1]) == ("0 pages changed, 12 new, 0 gone", 12, "  … and 2 more")


def test_a_page_that_leads_on_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<meta http-equiv="refresh" content="0">')
    (tmp_path / "b.html").write_text("<p>")
    assert {name: file.is_page for name, file in read_site(tmp_path).items()} == {"a.html": False, "b.html": True}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"a": state("x"), "b": state("")}, "1 file of the finished site did not come out as made (b is empty)"),
        ({"a": state("x")}, "1 file of the finished site did not come out as made (b is missing)"),
        ({"a": state("x"), "b": state("z")}, "1 file of the finished site did not come out as made (b has"),
        ({"a": state("y"), "b": state("y"), "c": state("")}, "2 files of the finished site did not come out"),
        ({"a": state("x"), "b": state("y")}, ""),
    ],
)  # fmt: skip
def test_a_site_is_held_to_what_was_made(found: dict[str, FileState], said: str) -> None:
    errors = [*not_as_made(found, {"a": state("x").digest, "b": state("y").digest})]
    assert [error.message.startswith(said) for error in errors] == ([True] if said else [])


def test_a_clock_that_was_set_back_is_told(publish: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "the clock" not in publish({HOME: "one"}).output
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1748779200")
    told = publish({HOME: "two"}).output
    assert "the clock of this machine says 01 June 2025" in told
    assert "published on 02 March 2026" in told
