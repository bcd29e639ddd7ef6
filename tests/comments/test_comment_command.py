"""``make comment`` makes a file of an e-mail, of a form's message, or of answers to its questions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from clinic.cli.commands import cli
from clinic.cli.comments.mail_comment import unwrapped
from clinic.content.load import load
from clinic.domain.comments.mail_form import compose_url, parse_email_comment, title_from_subject
from tests.comments.conftest import ANKLES
from tests.comments.hostile import HOSTILE
from tests.site import NOW, Build

if TYPE_CHECKING:
    from pathlib import Path

FILLED_IN = f"""\
I walked from the pier to the bowling green and back, which took me a good=
 hour and
a half, and it was fine =E2=80=93 nearly.

Name to show: Zo=C3=AB
May we publish it with this name? (yes/no): Yes, please
In reply to: 2026-01-16-jo
Article: {ANKLES}

Sent from my iPhone

On Mon, 2 Feb 2026 at 20:00, Clinic <hello@larkmouth.example.com>
wrote:
> Would you like to write something?
"""
E_MAIL = """\
From: =?utf-8?q?Zo=C3=AB_M=C3=BCller?= <zoe@example.com>
Subject: {subject}
Date: Mon, 2 Feb 2026 21:10:00 +0100
MIME-Version: 1.0
Content-Type: {kind}; charset=utf-8
Content-Transfer-Encoding: quoted-printable

{body}"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The full clinic, to write into."""
    Build("full").lay_out(tmp_path)
    return tmp_path


def take_in(project: Path, data: str | bytes, *more: str, name: str = "mail.eml") -> Result:
    source = project / name
    source.write_bytes(data.encode() if isinstance(data, str) else data)
    return CliRunner().invoke(cli, ["--project", str(project), "comment", "--from", str(source), *more])


def e_mail(body: str = "Thank you.", subject: str = "Re: Shoes, in a few words", kind: str = "text/plain") -> str:
    return E_MAIL.format(body=body, subject=subject, kind=kind)


def files(project: Path, article: str) -> dict[str, str]:
    folder = project / "content" / "comments" / article
    return {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}


def problems(project: Path) -> list[str]:
    return list(map(str, load(project / "content", now=NOW).comments.diagnostics))


def test_the_e_mail_that_the_site_prepared_becomes_a_whole_comment(project: Path) -> None:
    ended = take_in(project, e_mail(FILLED_IN, "Comment on: something else"))
    assert ended.exit_code == 0, ended.output
    assert f"Written: content/comments/{ANKLES}/2026-02-02-zoe.md" in ended.output
    assert "someone's health" in ended.output
    assert files(project, ANKLES)["2026-02-02-zoe.md"] == (
        '---\nname: "Zoë"\ndate: 2026-02-02 20:10\nin_reply_to: 2026-01-16-jo\nconsent: 2026-02-02\n'
        "status: published\n---\n\n"
        "I walked from the pier to the bowling green and back, which took me a good hour and a half, "
        "and it was fine – nearly.\n"
    )
    assert problems(project) == []


def test_what_the_site_writes_into_the_e_mail_is_what_is_read_again() -> None:
    from urllib.parse import parse_qs, urlsplit  # noqa: PLC0415 -- this test alone takes an address apart

    asked = parse_qs(urlsplit(compose_url("a@example.com", "Feet", "feet", "2026-01-01-jo")).query)
    found = parse_email_comment(asked["body"][0].replace("\r\n", "\n"))
    assert (found.words, found.name, found.consent, found.in_reply_to, found.article) == (
        "", "", None, "2026-01-01-jo", "feet",
    )  # fmt: skip
    assert title_from_subject(f"Re: {asked['subject'][0]}") == "Feet"


def test_an_e_mail_without_consent_is_a_draft_that_says_what_is_missing(project: Path) -> None:
    ended = take_in(project, e_mail())
    assert ended.exit_code == 0
    assert "A draft for now: there is no consent" in ended.output
    text = files(project, "shoes")["2026-02-02-zoe.md"]
    assert "“Zoë” is from the e-mail's sender" in ended.output
    assert "status: draft" in text
    assert "Müller" not in text
    assert "consent" not in text
    assert "@" not in text


def test_nothing_is_ever_written_over_and_the_same_e_mail_is_taken_in_once(project: Path) -> None:
    take_in(project, e_mail("First."))
    take_in(project, e_mail("Second."))
    ended = take_in(project, e_mail("First."))
    assert ended.exit_code == 1
    assert "this comment is there already: 2026-02-02-zoe.md in comments/shoes/" in ended.output
    written = files(project, "shoes")
    assert [name for name in sorted(written) if "zoe" in name] == [
        "2026-02-02-zoe-2.md",
        "2026-02-02-zoe.md",
    ]
    assert "First." in written["2026-02-02-zoe.md"]


def test_an_e_mail_in_html_is_read_without_what_it_quotes(project: Path) -> None:
    body = (
        "<style>p{color:red}</style><p>Old =3D worn.<br>Truly.</p><ul><li>heel</li></ul><script>x()</script>"
        '<div class=3D"gmail_quote">On Monday you wrote <blockquote>Shoes</blockquote></div>'
    )
    take_in(project, e_mail(body, kind="text/html"))
    [text] = [text for name, text in files(project, "shoes").items() if "zoe" in name]
    assert text.endswith("---\n\nOld = worn.\nTruly.\n\n- heel\n")


@pytest.mark.parametrize(
    ("subject", "article"),
    [
        ("Re: Shoes, in a few words", "shoes"),
        ("Fwd: RE: comment on: shoes, in a few words", "shoes"),
        ('Your post "Shoes, in a few words"', "shoes"),
        ("https://larkmouth.example.com/post/shoes/", "shoes"),
        ("Shoes in a few word", "shoes"),
    ],
)
def test_the_article_is_found_by_what_people_write(project: Path, subject: str, article: str) -> None:
    assert take_in(project, e_mail(subject=subject)).exit_code == 0
    assert any("zoe" in name for name in files(project, article))


@pytest.mark.parametrize(
    "message",
    [
        {"payload": {"form_name": "comment", "created_at": "2026-02-02T20:10:00Z", "data": "FIELDS"}},
        {"form": "abc", "submission": {"_date": "2026-02-02T20:10:00.000Z", "FIELDS": 1}},
        {"data": "FIELDS", "timestamp": "2026-02-02T20:10:00+00:00"},
        {"date": "2026-02-02", "FIELDS": 1},
    ],
    ids=["netlify", "formspree", "web3forms", "plain"],
)
def test_a_forms_message_becomes_a_comment(project: Path, message: dict[str, object]) -> None:
    fields = {"name": "Kit", "comment": "Mine too.", "Article": "shoes", "consent": "yes", "email": "kit@example.com"}

    def filled(part: object) -> object:
        if isinstance(part, dict):
            inner = {key: filled(value) for key, value in part.items() if key != "FIELDS"}
            return {**inner, **(fields if "FIELDS" in part else {})}
        return fields if part == "FIELDS" else part

    ended = take_in(project, json.dumps(filled(message)), name="form.json")
    assert ended.exit_code == 0, ended.output
    text = files(project, "shoes")["2026-02-02-kit.md"]
    assert 'name: "Kit"' in text
    assert "consent: 2026-02-02\nstatus: published" in text
    assert "example.com" not in text
    assert problems(project) == []


@pytest.mark.parametrize(
    ("data", "more", "sentence"),
    [
        (e_mail(subject="Hello"), (), 'there is no article "Hello"; run it again with ARTICLE='),
        (e_mail(subject=""), (), "this does not say to which article it belongs; run it again with ARTICLE="),
        (e_mail(), ("--article", "shooes-of-old"), 'there is no article "shooes-of-old"'),
        (e_mail(body="-- \nMe"), (), "there are no words in this e-mail"),
        ("just some words", (), "this is no e-mail; save the message from your e-mail program as an .eml file"),
        (b"\xff\xfe\x00\x01", (), "this is no e-mail"),
        (b"", (), "this is no e-mail"),
        ("{not json", (), "this is no JSON"),
        ('{"name": "Kit"}', (), 'there is no comment in this message; it needs a field "comment"'),
        ("[" * 100000, (), "this is no JSON"),
        ("[]", (), 'it needs a field "comment"'),
    ],
)
def test_what_holds_no_comment_is_one_sentence(
    project: Path, data: str | bytes, more: tuple[str, ...], sentence: str
) -> None:
    ended = take_in(project, data, *more)
    assert ended.exit_code == 1
    assert sentence in ended.output
    assert "Traceback" not in ended.output
    assert len(ended.output.strip().splitlines()) == 1


def test_a_file_that_is_not_there_is_one_sentence(project: Path) -> None:
    ended = CliRunner().invoke(cli, ["--project", str(project), "comment", "--from", "nowhere.eml"])
    assert ended.output == "Error: nowhere.eml: there is no such file\n"


def test_whatever_anyone_sends_the_file_can_be_read_again(project: Path) -> None:
    for number, words in enumerate(HOSTILE):
        fields = {"name": f'N{number}: "\\ #{words[:30]}', "comment": words, "article": "shoes", "consent": "on",
                  "date": f"2026-02-{1 + number % 28:02}", "in_reply_to": "../../../clinic"}  # fmt: skip
        ended = take_in(project, json.dumps(fields), name="form.json")
        assert ended.exit_code == 0, ended.output
    assert problems(project) == []
    assert len(files(project, "shoes")) == len(HOSTILE) + 1
    assert not list((project / "content").parent.glob("*.md"))


def test_without_a_file_it_asks(project: Path) -> None:
    answers = "9\nshoes\nJo B.\n11/12/2025\n2026-01-05\nnobody\n2025-12-24-sam\nMine too.\n\nBoth.\n.\ny\n"
    ended = CliRunner().invoke(cli, ["--project", str(project), "comment"], input=answers)
    assert ended.exit_code == 0, ended.output
    text = files(project, "shoes")["2026-01-05-jo-b.md"]
    assert "in_reply_to: 2025-12-24-sam\nconsent: 2026-01-05\nstatus: published" in text
    assert text.endswith("Mine too.\n\nBoth.\n")
    assert problems(project) == []


def test_lines_broken_at_the_edge_of_a_window_are_joined_and_short_ones_stay() -> None:
    long = "I walked from the pier to the bowling green and back, and it took an"
    assert unwrapped(f"{long}\nhour.\nShort\nlines\n\n- {long}\n- b") == f"{long} hour.\nShort\nlines\n\n- {long}\n- b"


def test_an_article_that_is_not_there_is_reported_before_anything_is_asked(project: Path) -> None:
    ended = CliRunner().invoke(cli, ["--project", str(project), "comment", "--article", "shooes-of-old"])
    assert ended.exit_code == 1
    assert ended.output.startswith('Error: there is no article "shooes-of-old"; run it again with ARTICLE=')


def test_the_comment_of_a_folder_with_an_index_is_that_of_its_page(project: Path) -> None:
    folder = project / "content" / "posts" / "2026-02-20-knees"
    folder.mkdir()
    (folder / "index.md").write_text("---\ntitle: Knees\n---\n\nWords.\n", "utf-8")
    for number, named in enumerate(("knees", "/post/knees/", "Knees")):
        fields = {"name": "Jo", "comment": f"Good {number}.", "date": "2026-02-21", "article": named}
        assert take_in(project, json.dumps(fields), name="form.json").exit_code == 0
    assert len([*(project / "content" / "comments" / "knees").iterdir()]) == 3
    assert not load(project / "content", now=NOW).diagnostics
