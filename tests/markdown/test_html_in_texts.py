"""The owner's HTML: a list of elements passes, what is none is shown, the rest is told; comments go nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.markdown.texts import html, rendered, told
from tests.site import CLINICS

if TYPE_CHECKING:
    from tests.site import BuildSite

PASSES = {
    "inline elements": (
        'H<sub>2</sub>O and <abbr title="General Practitioner">GP</abbr> and <kbd>x</kbd><br/>y',
        'H<sub>2</sub>O and <abbr title="General Practitioner">GP</abbr> and <kbd>x</kbd><br>y',
    ),
    "a language": ('<span lang="cy">Bore da</span>', '<p><span lang="cy">Bore da</span></p>'),
    "details with Markdown": (
        "<details>\n<summary>More</summary>\n\n- one\n- **two**\n\n</details>",
        "<details><summary>More</summary><ul><li>one</li><li><strong>two</strong></li></ul></details>",
    ),
    "details without empty lines": (
        "<details><summary>More</summary>\n- one\n</details>",
        "<details><summary>More</summary><ul><li>one</li></ul></details>",
    ),
    "a division with Markdown": ('<div markdown="1">\nA **word**\n</div>', "<div><p>A <strong>word</strong></p></div>"),
    "a section": ("<aside>\n\n> quoted\n\n</aside>", "<aside><blockquote><p>quoted</p></blockquote></aside>"),
    "HTML set in": ("<div>\n    <p>Words</p>\n</div>", "<div><p>Words</p></div>"),
    "a table": (
        '<table>\n<tr><th scope="row">a<td colspan="2">b\n</table>',
        '<table><tr><th scope="row">a<td colspan="2">b</table>',
    ),
    "a link": ('<a href="{filename}/a.md" target="_blank">a</a>', '<p><a href="{filename}/a.md">a</a></p>'),
    "a declared frame": (
        '<iframe src="https://maps.example.com/x" title="The way to us"></iframe>',
        '<iframe loading="lazy" src="https://maps.example.com/x" title="The way to us"></iframe>',
    ),
    "a comment": (
        "Words. <!-- ask Mrs B. -->\n\n<!-- and\n\nthis -->\n\n<!-- mine --> More.",
        "<p>Words. </p><p> More.</p>",
    ),
    "no element": ("Dear <name>, </name>", "<p>Dear &lt;name&gt;, &lt;/name&gt;</p>"),
    "a tag by chance": ("a<b and c>d", "<p>a&lt;b and c&gt;d</p>"),
    "capitals of what is no element": ("Dear <Name>", "<p>Dear &lt;Name&gt;</p>"),
    "a break that is written as an end": ("One</br>two", "<p>One<br>two</p>"),
    "a paragraph around what is taken off": ("<p><b>One</b></p>\n<ul><li><p>Two</p></li></ul>", None),
    "a sound of one's own": (
        '<audio controls><source src="{static}/a.mp3" type="audio/mpeg"></audio>',
        '<p><audio controls=""><source src="{static}/a.mp3" type="audio/mpeg"></audio></p>',
    ),
    "a picture in several forms": (
        '<picture><source srcset="a.webp"><img src="{static}/a.jpg" alt="A"></picture>',
        '<p><img src="{static}/a.jpg" alt="A"></p>',
    ),
    "Word's conditions": (
        "<!--[if gte mso 9]><xml>\n<o:p/>\n\n</xml><![endif]-->\n\n<![if !supportLists]>A<![endif]> word",
        "<p>A word</p>",
    ),
    "a comment over paragraphs": ("One <!-- of\n\nMrs B. --> two", "<p>One</p><p>two</p>"),
    "a comment with a directive": ("Words\n\n<!--\n/// nonsense | A\n-->\n\nMore", "<p>Words</p><p>More</p>"),
    "a comment inside a word": ("wo<!-- x -->rd", "<p>word</p>"),
    "Word's own tags": ("A<o:p></o:p> word<o:p>&nbsp;</o:p>", "<p>A word </p>"),
}


@pytest.mark.parametrize(("text", "expected"), PASSES.values(), ids=PASSES)
def test_what_means_something_passes(text: str, expected: str | None) -> None:
    if expected is None:
        assert html(text)
        return
    assert html(text).removeprefix("<p>").removesuffix("</p>") == expected.removeprefix("<p>").removesuffix("</p>")


TOLD = {
    "bold words": ("Read <b>this.\n\nNext.", 1, "</b>"),
    "slanted words": ("Read *<i>this*", 1, "</i>"),
    "a link": ("Read\n<a href='/x'>this", 2, "</a>"),
    "details": ("Words\n\n<details>\n<summary>More</summary>\n\nWords", 3, "</details>"),
    "a table": ("<table><tr><td>a", 1, "</table>"),
    "a division in a quotation": ("> <div>\n>\n> words\n\nMore", 1, "</div>"),
    "an end without a beginning": ("Words</b> more", 1, "<b>"),
    "ends the wrong way round": ("<b><i>x</b></i>", 1, "</i>"),
    "curly quotes around a value": ("<abbr title=”General”>GP</abbr>", 1, "straight"),
    "a script": ("Words\n\n<script>track()</script>", 3, "take it out"),
    "a style": ("<style>p { color: red }</style>", 1, "take it out"),
    "a form": ('<form action="/x">\n\nName\n\n</form>', 1, "form"),
    "a film of one's own": ('<video src="a.mp4"></video>', 1, "/// video"),
    "a film of YouTube": (
        '<div class="wrap">\n<iframe src="https://www.youtube.com/embed/aBcDeFgHiJk" title="A film"></iframe>\n</div>',
        2,
        "url: https://www.youtube.com/watch?v=aBcDeFgHiJk",
    ),
    "a film of Vimeo": ('<iframe src="//player.vimeo.com/video/123"></iframe>', 1, "url: https://vimeo.com/123"),
    "a film by a name that is none": ('<iframe src="https://www.youtube.com/embed/abc"></iframe>', 1, "/// video"),
    "a frame of another site": ('<iframe src="https://other.example/x"></iframe>', 1, "third_parties"),
    "a picture of another site": ('<img src="https://other.example/x.png" alt="x">', 1, "third_parties"),
    "a picture of another site in Markdown": ("Words\n\n![x](https://other.example/x.png)", 3, "images/"),
    "a declared frame without a name": ('<iframe src="https://maps.example.com/x"></iframe>', 1, "title="),
    "a form with its fields": (
        '<form action="/x">\n<label>a</label>\n<input name="a">\n\n<select><option>b<option>c</select>\n</form>',
        1,
        "form",
    ),
    "a form without its end": ('<form action="/x">\n<input name="a">\n<input name="b">', 1, "form"),
    "a drawing": ('<svg viewBox="0 0 1 1"><title>T</title><path d="M0 0"/></svg>', 1, "take it out"),
    "a pixel that counts": ('<noscript><img src="https://a.example/x.png" alt="x"></noscript>', 1, "take it out"),
    "a whole page": ("<head><title>A</title></head>", 1, "take it out"),
    "a script of another site": ('<script async src="//widget.example/x.js"></script>', 1, "widget.example"),
    "a sound of another site": (
        '<audio controls><source src="https://other.example/a.mp3"></audio>',
        1,
        "third_parties",
    ),
    "a declared frame without encryption": ('<iframe src="http://maps.example.com/x" title="a"></iframe>', 1, "https"),
    "a frame without an address": ('<iframe srcdoc="x"></iframe>', 1, "take it out"),
    "a heading that ends as another": ("<h3>A</h2>", 1, "write </h3>"),
    "words that were hidden": ('<p hidden="">Mrs B.</p>', 1, "<!--"),
    "quotation marks inside a value": ('<img src="{static}/a.jpg" alt="The "end" of it">', 1, "none inside"),
    "an end that follows": ("<a href='x\">y</a>", 1, "straight"),
    "a comment that is left open before another": ("<!-- a\n\nWords\n\n<!-- b -->", 1, "-->"),
    "a first heading": ("<h1>A</h1>", 1, "## "),
}


@pytest.mark.parametrize(("text", "line", "how"), TOLD.values(), ids=TOLD)
def test_what_may_not_stand_there_is_told_once_with_what_to_do(text: str, line: int, how: str) -> None:
    [message] = told(text)
    assert message.startswith(f"{line}: ")
    assert how in message


def test_looks_of_word_processors_are_left_out_with_one_note() -> None:
    text = '<span style="color:#000000">One</span> <font face="Arial">two</font>\n\n<p style="margin:0">Three</p>\n'
    found = rendered(text)
    [note] = found.diagnostics
    assert (note.line, note.severity.name) == (1, "WARNING")
    assert "line 3" in note.message
    assert found.html.replace("&nbsp;", " ").split() == ["<p>One", "two</p>", "<p>Three</p>"]


GOOGLE = """<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38">\
<span style="color:#000000">Mo</span><span style="font-weight:700">re</span></p><br /><ul><li dir="ltr">\
<p dir="ltr" role="presentation"><span>one</span></p></li></ul></b>"""


def test_what_google_docs_copies_is_neither_bold_nor_refused() -> None:
    found = rendered(GOOGLE)
    assert [note.severity.name for note in found.diagnostics] == ["WARNING"]
    assert found.html == (
        '<p dir="ltr">More</p><br><ul><li dir="ltr"><p dir="ltr" role="presentation">one</p></li></ul>'
    )


def test_what_was_hidden_is_told_by_its_style_too() -> None:
    first = rendered('<div style="display: none">Mrs B.</div>').diagnostics[0]
    assert "was hidden" in first.message


def test_many_lines_of_looks_are_one_short_note() -> None:
    [note] = rendered("\n\n".join(["<font>a</font>"] * 20)).diagnostics
    assert "lines 3 to 39" in note.message


def test_the_privacy_page_names_what_other_sites_load(build_site: BuildSite) -> None:
    facts = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
    facts += "third_parties:\n  - {host: maps.example.com, purpose: The map of the way to us}\n"
    frame = '<iframe src="https://maps.example.com/x" title="The way"></iframe>'
    post = f"---\ntitle: The way\ndate: 2026-01-01\n---\n\n{frame}\n\n<!-- of Mrs B. -->\n"
    site = build_site("minimal", {"clinic.yaml": facts, "posts/way.md": post})
    assert site.problems == []
    assert site.page("/post/way/").select("iframe[src='https://maps.example.com/x']")
    assert "maps.example.com : The map of the way to us" in site.words("/privacy/")
    assert not [file for file in site.files if file.endswith((".html", ".xml")) and "Mrs B." in site.read(file)]
