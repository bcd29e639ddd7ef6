"""Every word of a text is on the page, or told at its line: proved on texts thrown together of everything there is."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.markdown.texts import rendered, seen, told

if TYPE_CHECKING:
    from tests.site import BuildSite

WORDS = [f"w{first}{second}ord" for first in "abcdefgh" for second in "klmnopqr"]
"""Words that are found in no tag, address or message."""
MARKS = (
    *("@ @.", "\n", "\n\n", "\n\n", "- ", "* ", "1. ", "2) ", "> ", "> [!NOTE]\n> ", "# ", "## ", "### @ {@}", "    "),
    *(
        "  ",
        "\t",
        "\\",
        "==",
        "**",
        "*",
        "_",
        "`",
        "`@`",
        "~~@~~",
        "***",
        "\n---\n",
        "--",
        "...",
        '"@"',
        "'@'",
        "&amp;",
    ),
    *(
        "&nbsp;",
        "&@;",
        "&#65;",
        "{#@}",
        "{: .@ }",
        "{.@}",
        "- [ ] @",
        "- [x] @",
        "@\n: @",
        "| @ | @ |",
        "| @ | @ | @ |",
    ),
    *("\n| --- | --- |\n", "```\n@\n```", "```", "~~~ @ @\n", "[@]: @", "[@]: https://example.com/@", "[@][@]", "[^1]"),
    *("[@](https://example.com/@)", '![@]({static}/images/a.png "@")', "[^1]: @", "[^@]: @", "https://example.com/@"),
    *("https://exämple.com/ä@", "[@](https://example.com/%C3%A4@)", "[@](</a ü/@>)", "<https://example.com/%C3%A4@>"),
    *("<https://example.com/@>", "@@example.com", "[[@]]", "%%@%%", "/// do | @\n", "/// callout | @\n    kind: tip\n"),
    *("///", "/// @\n", "/// video | @\n    url: https://youtu.be/aBcDeFgHiJk\n", "<@ @>", "<b>", "</b>", "<div>"),
    *("</div>", "<details>\n<summary>@</summary>\n", "</details>", "<script>", "</script>", "<style>@", "<textarea>"),
    *("<title>@", "<!-- @ -->", "<!--", "-->", '<p class="@">@', "</p>", "<span style='color:red'>@</span>", "<br>"),
    *("<o:p>@</o:p>", '<a href="https://example.com/@">@</a>', "<a href=”@”>@</a>", '<img src="/a.png" alt="@">'),
    *("<table><tr><td>@</table>", '<iframe src="https://x.example/@"></iframe>', "<?xml @?>", "<![CDATA[@]]>"),
    *("<!DOCTYPE @>", "<select><option>@", "<!-- @\n\n@ -->", "@ <!-- @\n@ -->", "<!-- @\n-->\n@", "  - @\n", "   @\n"),
    *(
        "\n    - @\n",
        "10. @\n",
        "  @\n",
        "[^1]: @\n\n  @\n",
        "@<span>@</span><font>@</font>",
        "<form>@",
        "</form>",
        "<svg>",
    ),
    *('<b style="font-weight:normal" id="docs-internal-guid-1">@</b>', "<see-also a='@' />", "<Note>@</Note>", "</br>"),
    *("\u00a0- @\n", "• @\n", "✅ @\n", "1.@\n", "a) @\n", "@\t@\n", "@ | @\n", "**@:**@", "**@\n\n@**", "^[@]", "~~@"),
    *("[@](@ @.pdf)", "[](https://example.com/)", "! [@](a.png)", "<tel:@ @>", "import @ from '@'\n", "{/* @ */}"),
    *("<p hidden>@</p>", "<audio><source src='@.mp3'></audio>", "<picture><img src='/a.png' alt='@'></picture>", ":@:"),
)
_UNSEEN = re.compile(
    r"""<!--.*?-->|<[?!].*?>|</?[a-z]+(?:\s[^<>]*)?>|https?:[^\s)<>"]*|\]\(.*?\)|\]\[[^\]]*\]|\[\^[^\]]*\]"""
    r"""|\[[^\]]*\]:.*|\{[^}]*\}""",
    re.DOTALL,
)
"""What is for the site and not for its readers: comments, tags, addresses, names of notes and links, attributes."""


def thrown_together(seed: int) -> str:
    chance = Random(seed)  # noqa: S311 (chance is wanted that repeats itself)
    words = chance.sample(WORDS, len(WORDS))
    text = ""
    for _ in range(chance.randint(1, 10)):
        text += re.sub("@(?!example)", lambda _: words.pop(), chance.choice(MARKS))
        text += chance.choice(("", "", " ", "\n", "\n\n"))
    return text


@pytest.mark.parametrize("seed", range(0, 4000, 1000))
def test_no_word_is_lost_and_no_page_broken_in_silence(seed: int) -> None:
    untold = 0
    for number in range(seed, seed + 1000):
        text = thrown_together(number)
        found = rendered(text)
        if found.diagnostics:
            continue
        untold += 1
        shown = seen(found.html)
        for word in re.findall("w[a-h][k-r]ord", _UNSEEN.sub(" ", text)):
            assert word in shown, text
    assert untold > 120


LOST = {
    "what a comment left open takes in": ("<!-- mine\n\nCall 999.\n\n<!-- and -->\n", 1),
    "what an open note inside a line takes in": ("Words <!-- mine\n\nCall 999.\n\n<!-- and -->\n", 1),
    "a footnote whose name has a space": ("Words[^note one]\n\n[^note one]: Text\n", 3),
    "a definition of an address that is none": ("[Important]: swelling\n", 1),
    "the second of two definitions": ("[a][a]\n\n[a]: /one\n[a]: /two\n", 4),
    "a footnote that nothing refers to": ("Words.\n\n[^1]: Never used.\n", 3),
    "a second footnote of one name": ("Words.[^1]\n\n[^1]: One.\n\n[^1]: Two.\n", 5),
    "cells beyond the head of a table": ("| a | b |\n|---|---|\n| 1 | 2 | 999 |\n", 3),
    "words behind the name of a language": ("``` call 999 first\nwords\n```\n", 1),
    "a script that does not end": ("Words.\n\n<script>\n\nCall 999.\n", 3),
    "a style that does not end": ("Words.\n\n<style>\n\nCall 999.\n", 3),
    "a field that does not end": ("Words.\n\n<textarea>Call 999.\n\nMore.\n", 3),
    "a title in a text": ("Words.\n\n<title>Call 999.\n\nMore.\n", 3),
    "words too far inside lists": (f"Words.\n\n{'- ' * 40}call 999\n", 3),
    "words too far inside quotations": (f"Words.\n\n{'>' * 40} call 999\n", 3),
    "words too far inside directives": (
        "".join(f"{'/' * (40 - n)} callout\n" for n in range(30))
        + "Call 999.\n"
        + "".join(f"{'/' * (11 + n)}\n" for n in range(30)),
        31,
    ),
    "lists inside lists without end": ("\n".join(f"{'  ' * n}- item {n}" for n in range(600)), 10),
    "a comment that does not end": ("Words.\n\n<!-- mine\n\nCall 999.\n", 3),
}


@pytest.mark.parametrize(("text", "line"), LOST.values(), ids=LOST)
def test_what_would_be_lost_is_told_once_at_its_line(text: str, line: int) -> None:
    assert [message.partition(":")[0] for message in told(text)] == [str(line)]


SHOWN = {
    "what is no tag": ("If <you cannot walk> stop.", "If <you cannot walk> stop."),
    "braces behind a heading": ("## Rest {at first}\n\nWords.", "Rest {at first}"),
    "braces behind words": ("Rest {.soft} now", "Rest {.soft} now"),
    "a name that is no entity": ("Salt &peppr; too", "Salt &peppr; too"),
    "angle brackets": ("2 < 3 and 5 > 4", "2 < 3 and 5 > 4"),
}


@pytest.mark.parametrize(("text", "words"), SHOWN.values(), ids=SHOWN)
def test_what_only_looks_like_a_mark_is_shown(text: str, words: str) -> None:
    assert told(text) == []
    assert words in " ".join(seen(rendered(text).html).split())


HEAD = "---\ntitle: {}\ndate: 2026-01-01\n---\n\n"
DIRECTIVES = {
    "words above the list": ("/// do | Do\nIf numb, call 999 first.\n\n- rest\n///\n", {7: "if numb call 999 first"}),
    "words below it": ("/// dont | Do not\n- run\n\nCall us then.\n///\n", {9: "call us then"}),
    "words between two lists": (
        "/// steps | How\n1. We talk.\n\nThen we rest.\n\n1. We move.\n///\n",
        {9: "then we rest"},
    ),
    "a heading inside": ("/// chain | How\n## Look here\n\n1. Foot\n///\n", {7: "look here"}),
    "a directive inside": (
        "/// chain | How\n1. Foot\n\n/// callout | Numb?\nCall 999.\n///\n\n///\n",
        {9: "numb call 999"},
    ),
    "what a forgotten end takes in": ("/// do\n- rest\n\nCall us.\n\n/// hours\n///\n\nMore.\n\n///\n", {9: "call us"}),
}


def test_what_a_directive_does_not_show_is_told_at_its_line(build_site: BuildSite) -> None:
    posts = {f"posts/case-{n}.md": HEAD.format(name) + text for n, (name, (text, _)) in enumerate(DIRECTIVES.items())}
    problems = build_site("full", posts).problems
    for number, (_, lines) in enumerate(DIRECTIVES.values()):
        for line, words in lines.items():
            [problem] = [
                problem for problem in problems if problem.startswith(f"content/posts/case-{number}.md:{line}:")
            ]
            assert words in problem
            assert "put them above or below it" in problem
