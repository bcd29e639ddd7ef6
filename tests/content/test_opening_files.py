"""What is wrong with a file or a folder itself is told in one sentence; what is merely odd in it does no harm."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pytest

from clinic.content.diagnostics import Diagnostic, Severity
from clinic.content.folder import files_of
from clinic.content.front_matter import read_markdown_file
from clinic.content.load import load
from clinic.content.yaml_text import YamlError, read_yaml
from tests.site import Build

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.site import BuildSite

LEAST = "name: X\nurl: https://x.example.com\nphone: 01632 960199\nlocations: {here: {address: {locality: Here}}}\n"
POST = "---\ntitle: Knees\ndate: 2026-01-01\nauthor: Rosa Quill\n---\n\nWords.\n"
ROSA = "---\ntitle: Rosa Quill\n---\n"


def refuse(*names: str) -> Callable[..., IO[Any]]:
    """``Path.open`` for somebody who may not open the files of these names."""
    real: Callable[..., IO[Any]] = Path.open

    def opened(path: Path, *arguments: Any, **options: Any) -> IO[Any]:
        if path.name in names:
            raise PermissionError(13, "Permission denied", str(path))
        made: IO[Any] = real(path, *arguments, **options)
        return made

    return opened


@pytest.mark.parametrize("name", ["clinic.yaml", "rosa-quill.md", "knees.md", "home.md", "jo.md"])
def test_a_file_that_may_not_be_opened_is_one_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    comment = "---\nname: Jo\ndate: 2026-02-01\nconsent: 2026-02-01\n---\n\nThanks.\n"
    overlay = {"posts/knees.md": POST, "team/rosa-quill.md": ROSA, "comments/knees/jo.md": comment}
    Build("minimal", overlay).lay_out(tmp_path)
    monkeypatch.setattr(Path, "open", refuse(name))
    [problem] = load(tmp_path / "content").diagnostics
    assert problem.file.endswith(name)
    assert problem.message == "this may not be opened by you; give yourself the right to read it, or remove it"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize("folder", ["posts", "images", "static/forms"])
def test_a_name_of_bytes_that_are_no_letters_is_one_problem(tmp_path: Path, folder: str) -> None:
    """As an old archive brings it: ``café.md`` in Latin-1."""
    Build("minimal", {}).lay_out(tmp_path)
    made = os.path.join(os.fsencode(tmp_path), b"content", folder.encode(), b"caf\xe9.md")  # noqa: PTH118 (bytes)
    os.makedirs(os.path.dirname(made), exist_ok=True)  # noqa: PTH103, PTH120 (bytes)
    Path(os.fsdecode(made)).write_text(POST, "utf-8")
    refused: list[Diagnostic] = []
    assert "caf" not in "".join(files_of(tmp_path / "content", "content", refused))
    [problem] = refused
    told = "this name is in an encoding that is not known here; rename it, in plain letters"
    assert str(problem).encode().decode() == f"content/{folder}/caf?.md: {told}"


def test_what_someone_wrote_is_read_or_told_whatever_it_is_called(tmp_path: Path) -> None:
    """Systems and editors leave their own files behind; a text that only looks like one of those is a text."""
    folder = tmp_path / "content" / "posts"
    folder.mkdir(parents=True)
    for name in ("#5-tips.md", "~five.md", ".knees.md", "._knees.md", ".#knees.md", "~$knees.md", "#a.md#", "a.md~"):
        folder.joinpath(name).touch()
    told: list[Diagnostic] = []
    assert sorted(files_of(tmp_path / "content", "content", told)) == ["posts/#5-tips.md", "posts/~five.md"]
    message = "its name begins with a dot, so it is not read; rename it without the dot, or remove it"
    assert told == [Diagnostic("content/posts/.knees.md", 0, message, Severity.WARNING)]
    assert not load(tmp_path / "content").unopened


@pytest.mark.parametrize("folder", ["posts", "pages"])
@pytest.mark.parametrize("letter", ["y", "§"])
def test_a_name_that_is_too_long_for_an_address_is_a_problem(tmp_path: Path, folder: str, letter: str) -> None:
    name = f"2026-01-01-{letter * (230 if letter == 'y' else 115)}"
    Build("minimal", {f"{folder}/{name}.md": "---\ntitle: Knees\n---\n\nWords.\n"}).lay_out(tmp_path)
    found = load(tmp_path / "content").diagnostics
    assert any("200 letters are the most" in one.message or "the file's name has no" in one.message for one in found)


@pytest.mark.parametrize("key", ["posts/gone.md", "team/rosa-quill.md", "comments/knees/jo.md", "clinic.yaml"])
def test_a_link_to_nothing_is_one_problem(tmp_path: Path, key: str) -> None:
    Build("minimal", {"posts/knees.md": POST, "team/rosa-quill.md": ROSA}).lay_out(tmp_path)
    path = tmp_path / "content" / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.symlink_to(tmp_path / "nowhere")
    [problem] = load(tmp_path / "content").diagnostics
    assert problem.message.startswith("this is a link to something that is not there; ")
    assert problem.file == f"content/{key}"


def test_a_folder_in_place_of_the_facts_is_one_problem(tmp_path: Path) -> None:
    Build("minimal", {"clinic.yaml": None, "clinic.yaml/x.txt": ""}).lay_out(tmp_path)
    [problem] = load(tmp_path / "content").diagnostics
    assert problem.message.startswith("this is a folder where a file should be; ")


@pytest.mark.site
@pytest.mark.parametrize("folder", ["comments", "team", "images", "posts"])
def test_a_folder_that_cannot_be_read_stops_everything_with_one_problem(tmp_path: Path, folder: str) -> None:
    """As root every folder can be opened, so this one is a link, which is not followed either."""
    build = Build("minimal", {"posts/knees.md": POST, "team/rosa-quill.md": ROSA})
    build.lay_out(tmp_path)
    content = tmp_path / "content"
    target = tmp_path / "elsewhere"
    (content / folder).rename(target) if (content / folder).exists() else target.mkdir()
    (content / folder).symlink_to(target)
    site = build.run_forked(tmp_path)
    assert site.problems == [
        f"content/{folder}: this is a link to another folder, which is not read; put the folder itself here"
    ]
    assert site.exit_code == 1
    assert not site.files
    assert "Traceback" not in site.stderr


def test_a_folder_that_may_not_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Build("minimal", {"comments/knees/jo.md": ""}).lay_out(tmp_path)
    scandir = __import__("os").scandir

    def refusing(path: str) -> object:
        if str(path).endswith("comments"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr("os.scandir", refusing)
    [problem] = load(tmp_path / "content").unopened
    assert (problem.file, problem.message[:30]) == ("content/comments", "this may not be opened by you;")


@pytest.mark.site
def test_a_picture_that_is_a_link_to_nothing_is_one_problem(tmp_path: Path) -> None:
    build = Build(
        "minimal", {"posts/x.md": POST.replace("author: Rosa Quill\n", "") + "\n![A]({static}/images/a.png)\n"}
    )
    build.lay_out(tmp_path)
    images = tmp_path / "content" / "images"
    images.mkdir()
    for name in ("a.png", "b.pdf"):
        (images / name).symlink_to(tmp_path / "nowhere")
    site = build.run_forked(tmp_path)
    said = "this is a link to something that is not there; put the file itself here, or remove the link"
    assert site.problems == [
        f"content/images/b.pdf: {said}",
        f'content/posts/x.md:8: the picture "images/a.png" cannot be opened: {said}',
    ]


UNREADABLE = {
    "utf-16": POST.encode("utf-16"),
    "utf-16 without a mark": POST.encode("utf-16-le"),
    "windows-1252": POST.replace("Words", "Füße").encode("cp1252"),
    "cut in a letter": POST.encode() + "ü".encode()[:1],
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_text_of_another_encoding_is_one_problem(tmp_path: Path, case: str) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(UNREADABLE[case])
    [problem] = read_markdown_file(path, "x.md").diagnostics
    assert problem.message == "this file is not saved as UTF-8 text; save it again with that encoding"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("a\0b", "ab"),
        ("a\x07b\x1b\x7f", "ab"),
        ("one\x0btwo", "one two"),
        ("don\x92t \x96 \x93so\x94", "don’t – “so”"),
        ("a\ufffeb\uffff", "ab"),
        ("\ttab\nline", "\ttab\nline"),
        ("naïve 日本 🦴", "naïve 日本 🦴"),
    ],
)
def test_characters_that_nobody_sees_are_taken_out(tmp_path: Path, typed: str, read: str) -> None:
    path = tmp_path / "x.md"
    path.write_text(f"---\ntitle: T{typed.partition(chr(10))[0]}\n---\n{typed}\n", "utf-8")
    file = read_markdown_file(path, "x.md")
    assert not file.diagnostics
    assert file.body.rstrip("\n") == read
    assert file.front_matter.value["title"] == "T" + read.partition("\n")[0].rstrip()


def test_characters_that_yaml_writes_out_are_taken_out_too() -> None:
    assert read_yaml('title: "a\\0b\\x07c"').value == {"title": "abc"}


def test_no_control_character_reaches_a_visitor(build_site: BuildSite) -> None:
    site = build_site(
        "minimal", {"posts/knees.md": POST.replace("Words.", "One\x0b\x00two.").replace("author", "tags")}
    )
    assert not site.problems
    assert "One two." in site.words("/post/knees/")
    assert not [sign for sign in "\0\x0b" if sign in site.everything()]


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 600 + "]" * 600,
        "a: " + "{a: " * 600,
        "\n".join(" " * n + "a:" for n in range(600)),
        "a: " + "[" * 10**5,
    ],
    ids=["lists", "maps", "lines", "a hundred thousand"],
)
def test_what_is_nested_beyond_meaning_is_told_at_its_line(text: str) -> None:
    with pytest.raises(YamlError, match="a value in a value many times over; write each key") as error:
        read_yaml("title: X\n" + text, first_line=2)
    assert error.value.line in {3, 33}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("“Knee pain”", "Knee pain"),
        ("“Ankles: the link”", "Ankles: the link"),
        ("„Knie: was hilft“", "Knie: was hilft"),
        ("«Genou»", "Genou"),
        ("‘It’s fine’", "It’s fine"),
        ('"Knee pain”', "Knee pain"),
        ('“Knee pain"', "Knee pain"),
        ("“#1 tip”", "#1 tip"),
        ("“C:\\path”  # why", "C:\\path"),
        ("[“Back, pain”, “knee”]", ["Back, pain", "knee"]),
        ("{text: “Closed, sorry”, why: x}", {"text": "Closed, sorry", "why": "x"}),
        ("\n  - “a: b”\n  - ‘c’", ["a: b", "c"]),
        ("“A” and “B”", "“A” and “B”"),
        ("Foo, “bar”", "Foo, “bar”"),
        ("“Rest is work,” she said", "“Rest is work,” she said"),
        ("don’t", "don’t"),
        ('"all straight" # “c”', "all straight"),
    ],
)
def test_curly_quotes_around_a_value_are_quotes(typed: str, value: object) -> None:
    assert read_yaml(f"title: {typed}").value == {"title": value}


def test_facts_pasted_from_a_word_processor_are_read(tmp_path: Path) -> None:
    facts = LEAST.replace("name: X", "name: “The Café”").replace("https://x.example.com", "“https://x.example.com”")
    Build("minimal", {"clinic.yaml": facts}).lay_out(tmp_path)
    found = load(tmp_path / "content")
    assert not found.diagnostics
    assert (found.clinic.name, found.clinic.url) == ("The Café", "https://x.example.com")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("a: One <!-- Mrs X --> two", {"a": "One two"}),
        ("a: <!-- Mrs X -->", {}),
        ('a: "One <!-- b: # c -->"', {"a": "One"}),
        ("a: {b: One <!-- c, d --> two, e: f}", {"a": {"b": "One two", "e": "f"}}),
        ("a: [One <!-- c -->, two]", {"a": ["One", "two"]}),
        ("a: One <!-- Mrs X\nand Y\n-->\nb: two", {"a": "One", "b": "two"}),
        ("<!-- a: b\n-->\nb: two", {"b": "two"}),
        ("a: |\n  One <!-- Mrs\n  X --> two\n", {"a": "One\n two\n"}),
        ("a: One -- two --> three", {"a": "One -- two --> three"}),
    ],
)
def test_a_note_between_values_is_the_owners_alone(typed: str, value: object) -> None:
    assert read_yaml(typed).value == value


@pytest.mark.parametrize(
    ("typed", "line", "message"),
    [
        ("a: b\nc: One <!-- Mrs X", 2, 'the note that begins here with "<!--" does not end; write "-->" behind it'),
        ("a: <!-- b --> <!-- c\nd: e", 1, 'the note that begins here with "<!--" does not end'),
        ("a: &Physio Ltd", 1, "a value that begins with a sign"),
        ("a: !Go there", 1, "a value that begins with a sign"),
        ("a: !!str Go", 1, "a value that begins with a sign"),
        ("a: [b, &c d]", 1, "a value that begins with a sign"),
    ],
)
def test_what_yaml_would_leave_out_is_told(typed: str, line: int, message: str) -> None:
    with pytest.raises(YamlError, match=message) as error:
        read_yaml(typed)
    assert error.value.line == line


@pytest.mark.parametrize("typed", ["a:\u00a0b", "\u00a0\u00a0a: b", "a:\u00a0 b"])
def test_a_hard_space_beside_a_key_is_a_space(typed: str) -> None:
    assert read_yaml(typed).value == {"a": "b"}


def test_no_note_of_the_owners_reaches_a_visitor(build_site: BuildSite) -> None:
    facts = LEAST.replace("name: X", "name: X <!-- secret -->\nstrapline: <!-- secret --> Move\n<!-- secret\n-->")
    site = build_site(
        "minimal",
        {"clinic.yaml": facts, "posts/knees.md": POST.replace("author: Rosa Quill", "summary: Bend. <!-- secret -->")},
    )
    assert not site.problems
    assert "secret" not in site.everything()
