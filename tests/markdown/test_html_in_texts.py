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
    "Word's own tags": ("A<o:p></o:p> word<o:p>&nbsp;</o:p>", "<p>A word </p>"),
}


@pytest.mark.parametrize(("text", "expected"), PASSES.values(), ids=PASSES)
def test_what_means_something_passes(text: str, expected: str) -> None:
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
