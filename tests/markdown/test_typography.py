"""Typography: what typogrify makes of a text, letter for letter, at less cost."""

from random import Random

import pytest
from typogrify.filters import typogrify

from clinic.rendering.text import typogrified

PIECES = (
    *('"', "'", "''", "``", "--", "-", "...", ". . .", "\\", " ", "\n", "\n\n", "&", " & ", "&amp;", "&#38;", "&nbsp;"),
    *("word", "x", "e", "$", "1", "don't", "80s", "'80s", "NHS", "A1B", "G.P.", "U. K. ", "“", "&ldquo;", "&#8216;"),
    *("<p>", "</p>", "<li>", "</li>", '<h2 id="x">', "</h2>", "<dt>", "</dt>", "<br>", "<em>", "</em>", "<b>", "</b>"),
    *(
        "<a href='x & y'>",
        "<A>",
        "</a>",
        '<span class="caps">',
        "</span>",
        "<",
        "> ",
        "<!--",
        "<!--x-->",
        "<!-- a -- b -->",
    ),
    *("<code>", "</code>", "<pre>", "</pre>", "<PRE>", "</PRE>", "<kbd>", "</kbd>", "<script>", "</script>"),
)


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "A plain title with nothing in it",
        'Hips & knees: "what doesn\'t hurt"',
        "<p>The NHS says -- since the '80s -- to move...</p>\n<ul><li>A G.P. & you</li></ul>",
        '<p><em>"</em>Quoted<em>"</em></p>',
        '<p>Before "this"</p><pre>not "this"</pre><p>and <code>--x</code> "that" too</p>',
        '<p><kbd>"A" & B1B</kbd> <!-- "a" -- b --> end of it</p>',
        '<p><a href="/a?b&c" title="One & two">One & two</a> are enough</p>',
    ],
)
def test_the_text_is_what_typogrify_makes_of_it(markup: str) -> None:
    assert typogrified(markup) == typogrify(markup)


def test_texts_thrown_together_are_what_typogrify_makes_of_them() -> None:
    chance = Random(2)  # noqa: S311 (chance is wanted that repeats itself)
    for _ in range(3000):
        markup = "".join(chance.choices(PIECES, k=chance.randint(1, 25)))
        assert typogrified(markup) == typogrify(markup), markup
