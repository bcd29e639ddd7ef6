"""What strangers send costs time in proportion to its length, whatever it says; or it is refused in a sentence.

The time of this process alone is compared for a text and one four times as long, never with a clock on the wall.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from clinic.advertising.passages import of_markdown
from clinic.advertising.rules import rules_for
from clinic.advertising.sentences import claims_in
from clinic.cli.comments.intake import read_messages
from clinic.cli.comments.submission import Unreadable
from clinic.cli.importing.page import read_page
from clinic.cli.importing.text_post import read_text_post
from clinic.content.clinic import read_clinic_yaml
from clinic.content.front_matter import LARGEST_TEXT, LONGEST_BODY, read_markdown_file, split_markdown
from clinic.content.load import load
from clinic.content.yaml_text import YamlError, read_yaml
from clinic.fact_check.known_facts import KnownFacts
from clinic.fact_check.verify import MOST_FALSE, OwnerText, check
from clinic.models.comments import LONGEST_COMMENT, sanitize
from clinic.models.pieces import LONGEST_PIECE, pieces, without_comments
from clinic.rendering.images.decode import ImageError
from clinic.rendering.images.svg import clean_svg
from clinic.rendering.markdown.comment import comment_html
from clinic.rendering.markdown.parser import LONGEST_PARAGRAPH
from clinic.rendering.markdown.renderer import MarkdownRenderer
from tests.images.photos import drawing
from tests.site import CLINICS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIGNS = (
    "open until 7 ", "0-1-6-3-", "0 1 6 3 2 ", "&a;", "[", "(", "**", "<", "<!--", "a@a.", "a", " ", "\n", "£1 ", "| ",
    "mon-fri 9-5 ", "<a href=", "- - ", "a: ", "<b>", "[a](b) ", "not cure ", "> ", "From: a\n", "{{ ", "///\n", '"',
)  # fmt: skip
MAIL = b"From: Ann <ann@example.com>\nSubject: Comment on: Ankles\nContent-Type: text/%s; charset=utf-8\n\n%s"
LARGE = 0.02
"""Seconds that can be told from chance."""


@cache
def known() -> KnownFacts:
    return KnownFacts.of(load(CLINICS / "full").clinic)


def read_messages_whole(data: bytes) -> None:
    for received in read_messages(data):
        if not isinstance(received.found, Unreadable):
            list(received.found.missing())


def read_claims(text: str) -> None:
    rules = rules_for("GB")
    assert rules
    for placed in of_markdown(text):
        list(claims_in(placed.passage, rules, frozenset()))


def read_field(text: str) -> None:
    fields = ("comment", "name", "article", "date", "consent", "in_reply_to")
    read_messages_whole(json.dumps(dict.fromkeys(fields, text)).encode())


READERS: dict[str, Callable[[str], object]] = {
    "an e-mail": lambda text: read_messages_whole(MAIL % (b"plain", text.encode())),
    "an e-mail in HTML": lambda text: read_messages_whole(MAIL % (b"html", f"<p>{text}".encode())),
    "headers": lambda text: read_messages_whole(f"From: {text}\nSubject: {text}\n\nHello".encode()),
    "JSON": lambda text: read_messages_whole(f'{{"comment": [{text}'.encode()),
    "fields": read_field,
    "a table": lambda text: read_messages_whole(f"name,comment\n{text}".encode()),
    "a comment": lambda text: comment_html(sanitize(text)[:LONGEST_COMMENT]),
    "YAML": read_yaml,
    "a text": lambda text: MarkdownRenderer().typeset(text, "a.md", 1),
    "facts": lambda text: list(check([OwnerText("a.md", text, text, is_html=False)], known())),
    "claims": read_claims,
    "a pasted post": lambda text: read_text_post(f"Title\n\n{text}", "a.txt", date(2026, 3, 2)),
    "a saved page": lambda text: read_page(f"<article><h1>T</h1>{text}</article>", "a.html", date(2026, 3, 2)),
    "an SVG": lambda text: clean_svg(drawing(f"<style>{text}</style>")),
}


def seconds(read: Callable[[str], object], text: str) -> float:
    before = time.process_time()
    with suppress(Unreadable, YamlError, ImageError):
        read(text)
    return time.process_time() - before


def growth(read: Callable[[str], object], sign: str) -> float:
    """How many times longer a text four times as long takes, at the first length at which that can be told."""
    length = 1_500
    short = long = seconds(read, sign * (length // len(sign)))
    while long < LARGE and length < 24_000:
        length *= 4
        short, long = long, seconds(read, sign * (length // len(sign)))
    return long / max(short, LARGE / 8)


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("reader", READERS)
def test_the_time_to_read_grows_with_the_length_alone(reader: str, number: int) -> None:
    read = READERS[reader]
    seconds(read, "Hello")  # what is loaded once
    for sign in SIGNS[number::3]:
        assert any(growth(read, sign) < 9 for _ in range(3)), f"{reader} of {sign!r}"


def test_a_file_that_is_no_text_is_refused_before_it_is_read(tmp_path: Path) -> None:
    for name in ("clinic.yaml", "a.md"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(100_000_000)
    told = "this file is larger than 2 MB, as no text is; take out what is none, or make several files of it"
    assert LARGEST_TEXT == 2_000_000
    for found in (read_clinic_yaml(tmp_path).diagnostics, read_markdown_file(tmp_path / "a.md", "a.md").diagnostics):
        assert [each.message for each in found][:1] == [told]


def test_a_text_as_long_as_a_book_is_told_and_left_out() -> None:
    found = split_markdown("---\ntitle: A\n---\n" + "a " * LONGEST_BODY, "a.md")
    [told] = found.diagnostics
    assert (str(told), found.body) == (
        "a.md:4: this text has 600,000 characters, and 300,000 are the most; make several of it",
        "",
    )


def test_a_paragraph_without_an_end_is_told_at_its_line() -> None:
    typeset = MarkdownRenderer().typeset("One.\n\n" + "two " * LONGEST_PARAGRAPH + "\n\nThree.", "a.md", 1)
    [told] = typeset.diagnostics
    assert told.line == 3
    assert "19,999 characters, and 5,000 are the most; put empty lines between its parts" in told.message
    assert "Three." in typeset.markup


def test_of_many_false_statements_the_first_are_told_and_that_there_are_more() -> None:
    found = [*check([OwnerText("a.md", text := "Call 01632 960001.\n" * 300, text, is_html=False)], known())]
    assert found[-1].message.startswith("more than this is no fact of the clinic here; correct these first")
    assert MOST_FALSE < 300


@pytest.mark.parametrize("text", ["", "Short.", "A sentence. " * 500, "word " * 900, "a" * 5000])
def test_pieces_are_the_whole_text_and_no_longer_than_they_may_be(text: str) -> None:
    found = [*pieces(text)]
    assert "".join(piece for _, piece in found) == text
    assert all(text.startswith(piece, start) and len(piece) <= LONGEST_PIECE for start, piece in found)


def test_only_comments_that_end_are_taken_out() -> None:
    assert without_comments("a<!-- b\n -->c<!-- d", lambda comment: "\n" * comment.count("\n")) == "a\nc<!-- d"
