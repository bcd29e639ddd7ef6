"""What form services give out, with one message or many: each is taken in, and none is lost without a word."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from clinic.cli.commands import cli
from clinic.cli.comments.command import read_messages
from clinic.cli.comments.submission import Submission, Unreadable
from clinic.content.load import load
from tests.comments.mails import FILLED_IN, KIT, SERVICE_MAILS, mail
from tests.site import NOW, Build

if TYPE_CHECKING:
    from pathlib import Path

JO = {"article": "shoes", "name": "Jo", "comment": "So did I.", "email": "jo@example.com", "consent": "yes"}
DATES = ("2026-02-02T20:10:00Z", "2026-02-03T20:10:00Z")
ROWS = [{**fields, "created_at": day} for fields, day in zip((KIT, JO), DATES, strict=True)]
NETLIFY = [{"number": 1, "body": "x", "data": row, "created_at": row["created_at"]} for row in ROWS]


def table(delimiter: str = ",") -> str:
    """The rows as a table, all of its cells in quotation marks."""
    lines = (delimiter.join(f'"{cell}"' for cell in row) for row in (ROWS[0], *(one.values() for one in ROWS)))
    return "".join(f"{line}\r\n" for line in lines)


LISTS = {
    "a list": json.dumps(ROWS),
    "Netlify's list": json.dumps(NETLIFY),
    "Formspree's export": json.dumps({"ok": True, "fields": [*KIT], "submissions": ROWS}),
    "a page of an API": json.dumps({"data": [{"id": 1, "fields": row} for row in ROWS], "meta": {"total": 2}}),
    "lists of fields": json.dumps(
        [{"data": {"x": 1}, "fields": [{"name": key, "value": value} for key, value in row.items()]} for row in ROWS]
    ).replace('"data": {"x": 1}, ', ""),
    "a line for each": "\n".join(map(json.dumps, ROWS)),
    "a webhook for each": "\n".join(json.dumps({"payload": one}) for one in NETLIFY),
    "in UTF-16": json.dumps(ROWS),
    "a table": table(),
    "a table with semicolons": table(";"),
    "a table with tabs": table("\t"),
    "a table from a spreadsheet": "\ufeff" + table(";").replace("comment", "Comment").replace("created_at", "Date"),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The full clinic, to write into."""
    Build("full").lay_out(tmp_path)
    return tmp_path


def take_in(project: Path, data: str | bytes, name: str = "export.csv", *more: str) -> Result:
    source = project / name
    source.write_bytes(data.encode() if isinstance(data, str) else data)
    return CliRunner().invoke(cli, ["--project", str(project), "comment", "--from", str(source), *more])


def written(project: Path) -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in (project / "content/comments/shoes").glob("2026-*.md")}


@pytest.mark.parametrize("kind", LISTS)
def test_every_message_of_a_list_is_read(kind: str) -> None:
    received = read_messages(LISTS[kind].encode("utf-16" if kind == "in UTF-16" else "utf-8"))
    found = [one.found for one in received if isinstance(one.found, Submission)]
    assert [(one.words, one.name, one.article, one.consent) for one in found] == [
        ("Mine too.\n\nTruly.", "Kit", "shoes", True),
        ("So did I.", "Jo", "shoes", True),
    ]
    assert [f"{one.date:%Y-%m-%d %H:%M}" for one in found if one.date] == ["2026-02-02 20:10", "2026-02-03 20:10"]
    assert not [reason for one in found for reason in one.missing()]


def test_all_are_written_and_what_is_no_comment_is_told_with_its_line(project: Path) -> None:
    bad = '"nowhere","Al","Hm.","","yes","2026-02-04"\r\n"","","","al@example.com","",""\r\n'
    ended = take_in(project, table() + bad)
    assert ended.exit_code == 1
    assert {"2026-02-02-kit", "2026-02-03-jo"} <= set(written(project))
    assert "2 of 4 messages" in ended.output
    assert "Without a comment: line 7." in ended.output
    assert f'Not taken in: {project / "export.csv"}:6: there is no article "nowhere"' in ended.output
    assert list(map(str, load(project / "content", now=NOW).comments.diagnostics)) == []
    assert "example.com" not in "".join(written(project).values())


def test_what_was_taken_in_before_is_not_taken_in_again_even_where_it_was_edited(project: Path) -> None:
    take_in(project, table())
    jo = project / "content/comments/shoes/2026-02-03-jo.md"
    jo.write_text(jo.read_text("utf-8").replace("So did I.", "So did I, in town."), "utf-8")
    before = set(written(project))
    ended = take_in(project, table())
    assert "There already: line 2." in ended.output
    assert set(written(project)) - before == {"2026-02-03-jo-2"}
    assert "status: draft" in written(project)["2026-02-03-jo-2"]
    assert "2026-02-03-jo.md is by the same person at the same time" in ended.output
    assert take_in(project, json.dumps(ROWS[:1] * 2)).exit_code == 0  # nothing new is no mistake


def test_article_is_for_those_messages_that_name_none(project: Path) -> None:
    two = [{**ROWS[0]}, {**ROWS[1], "article": ""}]
    ended = take_in(project, json.dumps(two), "forms.json", "--article", "ankles-on-the-coast-path")
    assert ended.exit_code == 0, ended.output
    assert "2026-02-02-kit" in written(project)
    assert (project / "content/comments/ankles-on-the-coast-path/2026-02-03-jo.md").exists()


def test_the_whole_name_somebody_asked_for_is_told(project: Path) -> None:
    ended = take_in(project, json.dumps({**ROWS[0], "name": "Kit Marlow"}), "form.json")
    assert "It shows the whole name “Kit Marlow”" in ended.output


def test_an_address_in_the_place_of_a_name_is_not_published_nor_in_the_comments_address(
    project: Path,
) -> None:
    ended = take_in(project, json.dumps({**ROWS[0], "name": "kit@example.com"}), "form.json")
    assert "A draft for now: the name is an e-mail address" in ended.output
    assert "status: draft" in written(project)["2026-02-02-visitor"]


def test_a_day_without_a_zone_is_that_of_the_clinic_and_one_to_come_is_today(project: Path) -> None:
    clinic = project / "content/clinic.yaml"
    clinic.write_text(clinic.read_text("utf-8").replace("Europe/London", "America/New_York"), "utf-8")
    take_in(project, json.dumps({**ROWS[0], "created_at": "2026-02-02"}), "form.json")
    assert "2026-02-02-kit" in written(project)
    ended = take_in(project, json.dumps({**ROWS[1], "created_at": "2099-01-01"}), "form.json")
    assert "Its date (2099-01-01 00:00) is yet to come" in ended.output
    ended = take_in(project, json.dumps({**ROWS[1], "comment": "Oh.", "created_at": "1/2/26"}), "form.json")
    assert "Its date “1/2/26” could not be read" in ended.output


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "the file is empty"),
        (b" \r\n\0", "the file is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "this is Outlook's own kind of file (.msg)"),
        (b"PK\x03\x04", "this is an archive, or a document of Word or Excel"),
        (b"%PDF-1.7", "this is a PDF"),
        (b"{\\rtf1 Hello}", "this is a document in RTF"),
        (bytes(range(256)) * 9, "this is no e-mail"),
        (b'{"name": "Kit",\n"comment": }', "as the service gave it (it breaks off in line 2)"),
        (b'{"comment": ' + b"9" * 5000 + b"}", "this is no JSON"),
        (b'{"comment": ' + b'{"data":' * 900 + b"1" + b"}" * 901, 'it needs a field "comment"'),
        (b"name,comment\r\n", "only the names of its columns"),
        (b"name,comment\r\nKit,\r\n", 'it needs a field "comment"'),
        (mail("", kind="multipart/mixed; boundary=b"), "there are no words in this e-mail"),
        (mail("x" * 26_000_000), "this file is too large for a comment"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_sentence_and_leaves_nothing_behind(
    project: Path, data: bytes, sentence: str
) -> None:
    before = sorted((project / "content").rglob("*"))
    ended = take_in(project, data, "message")
    assert ended.exit_code == 1
    assert ended.output.count("\n") == 1
    assert sentence in ended.output
    assert sorted((project / "content").rglob("*")) == before


def test_a_folder_is_one_sentence(project: Path) -> None:
    ended = CliRunner().invoke(cli, ["--project", str(project), "comment", "--from", str(project)])
    assert ended.output == f"Error: {project}: this is a folder; name the file of one message in it\n"


@pytest.mark.parametrize("name", ["A\nB", "A\ud800B", "\x00A\x1bB", "A\u2028B", "\u202eA B"])
def test_a_name_of_any_characters_is_one_line_that_a_file_can_hold(project: Path, name: str) -> None:
    ended = take_in(project, json.dumps({**ROWS[0], "name": name, "comment": "Lone \udc00 half."}), "form.json")
    assert ended.exit_code == 0, ended.output
    [text] = [text for key, text in written(project).items() if key.startswith("2026-02-02")]
    assert text.splitlines()[1] in {'name: "A B"', 'name: "AB"'}
    assert text.endswith("Lone  half.\n")


def test_a_full_disk_leaves_neither_half_a_file_nor_a_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    before = sorted((project / "content").rglob("*"))
    article = {**ROWS[0], "article": "why-we-ask"}
    (project / "content/posts/2026-01-01-why-we-ask.md").write_text("---\ntitle: Why we ask\n---\n\nSo.\n", "utf-8")
    ended = take_in(project, json.dumps(article), "form.json")
    assert ended.exit_code == 1
    assert "Error: The comment could not be written: there is no room left on the disk" in ended.output
    assert [path for path in sorted((project / "content").rglob("*")) if "why-we-ask" not in path.name] == before
    assert not (project / "content/comments/why-we-ask").exists()


def test_what_was_written_before_the_disk_was_full_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from clinic.cli.disk import write_whole  # noqa: PLC0415 -- the function itself, before it is replaced

    def full_at_second(path: Path, text: str) -> None:
        if "jo" in path.name:
            raise OSError(28, "No space left on device")
        write_whole(path, text)

    monkeypatch.setattr("clinic.cli.comments.submission.write_whole", full_at_second)
    ended = take_in(project, table())
    assert "Error: Stopped; 1 taken in, as it says above: there is no room left on the disk" in ended.output


def test_whoever_stops_it_is_told_what_was_written(project: Path) -> None:
    ended = CliRunner().invoke(cli, ["--project", str(project), "comment"], input="shoes\n")
    assert ended.exit_code == 130
    assert ended.output.endswith("\nStopped; nothing was written.\n")


def test_one_bad_message_keeps_none_of_the_others_out() -> None:
    body = f"From a Mon\n{mail('').decode()}\n\nFrom b Mon\n{mail(FILLED_IN).decode()}"
    first, second = read_messages(body.encode())
    assert isinstance(first.found, Unreadable)
    assert isinstance(second.found, Submission)


def test_a_saved_page_or_text_of_a_services_e_mail_is_read() -> None:
    html = SERVICE_MAILS["a table in html"].partition(b"\n\n")[2]
    [received] = read_messages(html)
    assert isinstance(received.found, Submission)
    assert received.found.words == KIT["comment"]
