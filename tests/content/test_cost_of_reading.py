"""What strangers send costs time in proportion to its length, whatever it says; or it is refused in a sentence.

The time of this process alone is compared for a text and one four times as long, never with a clock on the wall.
"""

from __future__ import annotations

import json
import tempfile
import time
import zipfile
from contextlib import suppress
from datetime import date
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clinic.advertising.rules import rules_for
from clinic.advertising.sentences import claims_in, of_markdown
from clinic.cli.comments.command import read_messages
from clinic.cli.comments.submission import Unreadable
from clinic.cli.importing.feed import parse_xml, read_feed, read_json_feed
from clinic.cli.importing.found import Unreadable as NoPost
from clinic.cli.importing.markdown_post import read_markdown_post
from clinic.cli.importing.page import read_page
from clinic.cli.importing.reading import Import
from clinic.cli.importing.saved import read_mhtml, read_word
from clinic.cli.importing.static_sites import Origin
from clinic.cli.importing.text_post import read_text_post
from clinic.cli.importing.wordpress import read_wordpress
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
from clinic.rendering.markdown.renderer import MarkdownRenderer
from tests.images.photos import drawing
from tests.site import CLINICS

if TYPE_CHECKING:
    from collections.abc import Callable

SIGNS = (
    "open until 7 ", "0-1-6-3-", "0 1 6 3 2 ", "&a;", "[", "(", "**", "<", "<!--", "a@a.", "a", " ", "\n", "£1 ", "| ",
    "mon-fri 9-5 ", "<a href=", "- - ", "a: ", "<b>", "[a](b) ", "not cure ", "> ", "From: a\n", "{{ ", "///\n", '"',
    "<!---->", "a@b.cc ", "[gallery a=1]", "![]( a", "{{", "\t", "~~~\n", "[[a", "{% a", "1.\n", "a@a@",
)  # fmt: skip
MAIL = b"From: Ann <ann@example.com>\nSubject: Comment on: Ankles\nContent-Type: text/%s; charset=utf-8\n\n%s"
LARGE = 0.005
"""Seconds that can be told from chance."""
TODAY = date(2026, 3, 2)
ORIGIN = Origin.of(Path(__file__), Path(__file__))
WXR = """<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<wp:wxr_version>1.2</wp:wxr_version><link>https://a.example</link><item><title>A</title><wp:post_type>post</wp:post_type>
<content:encoded>{0}</content:encoded><wp:comment><wp:comment_approved>1</wp:comment_approved><wp:comment_date>2026-01-01
</wp:comment_date><wp:comment_content>{0}</wp:comment_content></wp:comment></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><title>{0}</title><author><name>{0}</name></author>
<published>2026-01-01T00:00:00Z</published><summary>{0}</summary><content type="html">{0}</content></entry></feed>"""


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


def word(text: str) -> bytes:
    """A document of Word with this text in one paragraph."""
    names = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    words = f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{names}"><w:body>{words}</w:body></w:document>')
    return written.getvalue()


def read_file(text: str) -> None:
    """What a file is, is seen by how it begins."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a"
        file.write_text(text, "utf-8")
        Import(file, TODAY).read()


def feed_in_json(text: str) -> str:
    item = {"title": text, "summary": text, "content_html": text, "date_published": text, "tags": [text]}
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]})


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
    "a pasted post": lambda text: read_text_post(f"Title\n\n{text}", "a.txt", TODAY),
    "a saved page": lambda text: read_page(f"<article><h1>T</h1>{text}</article>", "a.html", TODAY),
    "a page in one file": lambda text: read_mhtml(f"Content-Type: text/html\n\n<h1>T</h1>{text}", "a.mht", TODAY),
    "an export of WordPress": lambda text: read_wordpress(parse_xml(WXR.format(escape(text)).encode()), "a.xml"),
    "a feed": lambda text: read_feed(parse_xml(ATOM.format(escape(text)).encode()), "a.xml"),
    "a feed in JSON": lambda text: read_json_feed(feed_in_json(text), "a.json"),
    "a document of Word": lambda text: read_word(word(text), "a.docx"),
    "a post in Markdown": lambda text: read_markdown_post(f"---\ntitle: A\n---\n{text}", "a.md", ORIGIN, TODAY),
    "any file": read_file,
    "an SVG": lambda text: clean_svg(drawing(f"<style>{text}</style>")),
}


def seconds(read: Callable[[str], object], text: str) -> float:
    before = time.process_time()
    with suppress(Unreadable, YamlError, ImageError, NoPost):
        read(text)
    return time.process_time() - before


def growth(read: Callable[[str], object], sign: str) -> float:
    """How many times longer a text four times as long takes, at the first length at which that can be told."""
    length, long = 750, seconds(read, sign * (750 // len(sign)))
    while True:
        length *= 4
        short, long = long, seconds(read, sign * (length // len(sign)))
        if long >= LARGE or length >= 12_000:
            return long / max(short, LARGE / 8)


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("reader", READERS)
def test_the_time_to_read_grows_with_the_length_alone(reader: str, number: int) -> None:
    read = READERS[reader]
    seconds(read, "Hello")  # what is loaded once
    for sign in SIGNS[number::3]:
        assert any(growth(read, sign) < 9 for _ in range(3)), f"{reader} of {sign!r}"


@pytest.mark.parametrize(
    ("begins", "sign"),
    [
        ("<A ", "{}"), ("{{< a ", "b=c "), ("<!--", "-"), ("# a", "# "), ("a: [", "[a"), ("", '[a](b "'), ("", "~"),
        ("{% ", "a"), ("{{ a", " "), ("{{<", " "), ("{{%/.", " "),
    ],
)  # fmt: skip
def test_what_does_not_end_takes_no_longer(begins: str, sign: str) -> None:
    """What may be read in two ways at each sign took twice as long for each more."""
    read = READERS["a post in Markdown"]
    assert any(growth(lambda text: read(begins + text), sign) < 9 for _ in range(3))


@pytest.mark.parametrize(
    ("reader", "begins", "sign"),
    [
        *(
            ("a text", *pumped)
            for pumped in (("- a", "/"), ("</o:", "a"), ("", ']({a}a ""'), ("](", " a"), ("](a", " "))
        ),
        ("YAML", "‘a’", " "), ("a pasted post", "a\n\nb", " "), ("an SVG", "", "/*x"),
        ("an export of WordPress", "", "[CT_a/"), ("an export of WordPress", "[a", "_b"),
        ("an export of WordPress", "a:", " "), ("an export of WordPress", "[caption a]<img>", " "),
    ],
)  # fmt: skip
def test_a_line_that_could_be_read_in_many_ways_takes_no_longer(reader: str, begins: str, sign: str) -> None:
    read = READERS[reader]
    assert any(growth(lambda text: read(begins + text), sign) < 9 for _ in range(3))


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


def test_a_paragraph_as_long_as_a_text_may_be_is_shown_whole() -> None:
    """As it comes of a text that was pasted without empty lines."""
    sentence = "See [our page](https://clinic.example/a) or a **good** one at www.clinic.example.\n"
    typeset = MarkdownRenderer().typeset(sentence * 300, "a.md", 1)
    assert typeset.diagnostics == ()
    assert (typeset.markup.count("<strong>good</strong>"), typeset.markup.count("<a ")) == (300, 600)
    assert [typeset.references[0].line, typeset.references[-1].line] == [1, 300]


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
