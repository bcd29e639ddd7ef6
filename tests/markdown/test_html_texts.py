"""What is read from the HTML of a text: its words, its lists, what it refers to."""

import pytest

from clinic.rendering.markdown.renderer import MarkdownRenderer, Reference
from clinic.rendering.text import list_items, plain_text, with_heading_links


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>One</p><p>two &amp; <em>three</em></p>", "One two & three"),
        ('<p>A<img alt="a > b">B</p>', "AB"),
        ("<td>a</td><td>b</td>", "a b"),
        ("a<br>b<!-- c --> <script>d</script><style>e</style><svg>f</svg>g", "a b g"),
        ("<p>a</p>\x0bb<br>&#11;c<svg>x</svg>\x02", "a b c \x02"),
        ("no markup\n at all", "no markup at all"),
    ],
)
def test_plain_text_is_what_a_reader_sees(markup: str, words: str) -> None:
    assert plain_text(markup) == words


@pytest.mark.parametrize(
    ("markup", "items"),
    [
        ("<ul>\n<li>a</li>\n<li>b &amp; c</li>\n</ul>", [("a", ""), ("b &amp; c", "")]),
        ("<ol><li><strong>Ankle</strong>: <em>stiff</em> &lt; 1</li></ol>", [("Ankle", "<em>stiff</em> &lt; 1")]),
        ("<ul><li>\n<p><strong>A.</strong> b</p>\n</li></ul>", [("A.", "b")]),
        ("<ul><li>some <strong>bold</strong></li></ul>", [("some <strong>bold</strong>", "")]),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", [("a<ul><li>b</li></ul>", ""), ("c", "")]),
        ("<ol><li>\x0b<p><strong>a</strong>\x0bb</p>\x02</li></ol>", [("a", "b\x02")]),
        ("<p>no list</p>", []),
    ],
)
def test_a_list_is_taken_apart_at_its_own_items(markup: str, items: list[tuple[str, str]]) -> None:
    assert list_items(markup) == items


def test_every_link_and_image_is_a_reference() -> None:
    markup = """<p><a name="x">no</a> <a title='a > b' href="{filename}/a b.md?x=1&amp;y=2">A</a> <img src="a.png">
    <img alt="" role="presentation" src="b.png"> <img src="c.png" alt="C"></p>"""
    text = f"Words.\n\n{markup}\n\n![d](d.png) and [e](<{{static}}/e f.pdf>),\n[none]().\n"
    rendered = MarkdownRenderer().render(text, "x.md", 5, lambda *_: "")
    assert list(rendered.references) == [
        Reference("{filename}/a b.md?x=1&y=2", 7),
        Reference("a.png", 7, is_image=True, has_words=False),
        Reference("b.png", 8, is_image=True),
        Reference("c.png", 8, is_image=True),
        Reference("d.png", 10, is_image=True),
        Reference("{static}/e f.pdf", 10),
        Reference("", 11),
    ]


def test_a_heading_with_an_id_has_a_link_that_is_not_searched() -> None:
    linked = with_heading_links('<h2 id="a">One <em>two</em></h2><h4 id="b">Three</h4><h2>Four</h2>')
    assert linked == (
        '<div class="heading-link"><h2 id="a">One <em>two</em></h2><a class="heading-link__link" href="#a" '
        'aria-label="Link to this part: One two" data-search="no">#</a></div><h4 id="b">Three</h4><h2>Four</h2>'
    )
