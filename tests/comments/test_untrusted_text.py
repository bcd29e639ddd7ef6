"""Untrusted text is shown as it was written, and can do nothing."""

from __future__ import annotations

import time
import unicodedata

import pytest
from bs4 import BeautifulSoup

from clinic.models.comments import LONGEST_COMMENT, MAX_MARKS, has_letters, sanitize, sanitize_line
from clinic.rendering.markdown.comment import ELEMENTS, LINK_REL, comment_html
from tests.comments.hostile import HOSTILE


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("One\ntwo\n\nthree", "<p>One<br>two</p>\n<p>three</p>"),
        ("**bold _and_** *so*", "<p><strong>bold <em>and</em></strong> <em>so</em></p>"),
        ("2 * 3 * 4 and a_b_c", "<p>2 * 3 * 4 and a_b_c</p>"),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("> so\n> they say\nand I", "<blockquote><p>so<br>they say</p></blockquote>\n<p>and I</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ('It\'s "quoted" -- & so', '<p>It\'s "quoted" -- &amp; so</p>'),
        ("\\*as typed\\*", "<p>*as typed*</p>"),
        ("# no heading", "<p># no heading</p>"),
        ("- a\n• b\nThanks", "<ul><li>a</li><li>b</li></ul>\n<p>Thanks</p>"),
        ("It was in\n2019. Then", "<p>It was in<br>2019. Then</p>"),
        ("> 2019. Then\n> 1) a", "<blockquote><p>2019. Then</p><ol><li>a</li></ol></blockquote>"),
        ("![no picture](/x.png)", "<p>![no picture](/x.png)</p>"),
        ("`https://a.example`", "<p><code>https://a.example</code></p>"),
    ],
)
def test_the_little_markdown_that_e_mails_use(words: str, html: str) -> None:
    assert comment_html(words) == html


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("A <b>knee</b> & more", "<p>A &lt;b&gt;knee&lt;/b&gt; &amp; more</p>"),
        ("<script>x()</script>", "<p>&lt;script&gt;x()&lt;/script&gt;</p>"),
        ("*<i>so</i>*", "<p><em>&lt;i&gt;so&lt;/i&gt;</em></p>"),
        ("\\<b\\>", "<p>&lt;b&gt;</p>"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
    ],
)
def test_html_is_shown_as_it_was_typed(words: str, html: str) -> None:
    assert comment_html(words) == html


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("[here](https://a.example/x?y=1&z=2)", "https://a.example/x?y=1&z=2"),
        ("See https://a.example/wiki_(x).", "https://a.example/wiki_(x)"),
        ("(https://a.example)", "https://a.example"),
        ("<https://a.example/>", "https://a.example/"),
    ],
)
def test_links_lead_where_they_say_and_are_marked_as_untrusted(words: str, address: str) -> None:
    link = BeautifulSoup(comment_html(words), "html5lib").a
    assert link
    assert link["href"] == address
    assert link.attrs.keys() == {"href", "rel"}
    assert link["rel"] == LINK_REL.split()


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_makes_more_than_a_few_elements(words: str) -> None:
    html = comment_html(sanitize(words))
    page = BeautifulSoup(html, "html5lib")
    assert page.body
    for element in page.body.find_all(True):
        assert element.name in ELEMENTS
        assert element.attrs.keys() <= ({"href", "rel"} if element.name == "a" else set())
        assert str(element.get("href", "https://x.example")).startswith(("https://", "http://"))
    assert not page.head or not page.head.find_all(True)


def test_nobody_needs_long_over_a_text_made_to_take_long() -> None:
    signs = [
        "[",
        "*",
        "`",
        ">",
        "- ",
        "_a*",
        "(",
        "[a](",
        "<",
        "\\",
        "**a *b ",
        "- a\n",
        "&#",
        "https://",
        "> ",
        "![",
        "a\n",
    ]
    texts = [sign * (LONGEST_COMMENT // len(sign)) for sign in signs]
    texts += ["\n".join(" " * depth + "- a" for depth in range(90)), "https://a" + "-" * 4900, "[" + "a" * 4900]
    texts += ["https://a.example/" + "(" * 4900, ("[" + "a" * 499) * 10, "_" + "a" * 4000 + " _" * 400]
    started = time.process_time()
    for text in texts:
        comment_html(sanitize(text))
    assert time.process_time() - started < 2.5


def test_a_thousand_comments_are_made_in_a_moment() -> None:
    words = "I turned mine at **mile four**.\n\nHow long before a *first* walk? See https://example.com/x.\n\n- a\n- b"
    started = time.process_time()
    for number in range(1000):
        comment_html(sanitize(f"{words} {number}"))
    assert time.process_time() - started < 1.5


def test_letters_that_turn_or_hide_or_pile_up_are_taken_out() -> None:
    assert sanitize("\u202eabc\u202c \u2066d\u2069") == "abc d"
    assert sanitize("a\u200bb\u2060c\ufeff\u00add") == "abcd"
    piled = sanitize("Z" + "\u0337\u0322\u0347" * 30)
    assert sum(1 for sign in piled if unicodedata.combining(sign)) == MAX_MARKS
    assert sanitize("nul\x00 \x1b[31m\x07\ufffe") == "nul [31m"
    assert sanitize("a\r\nb\u2028c\n \n\n\nd") == "a\nb\nc\n\nd"


@pytest.mark.parametrize(
    "words",
    [
        "Zoë, naïve, Đặng Thị Ngọc",
        "שָׁלוֹם",
        "ภาษาไทยที่นี่",
        "می‌خواهم",
        "क्‍ष",
        "\U0001f469\u200d\U0001f52c \u2764\ufe0f",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    ],
)
def test_what_languages_and_faces_need_stays(words: str) -> None:
    assert sanitize(words) == unicodedata.normalize("NFC", words)


def test_a_name_is_one_line_and_has_letters() -> None:
    assert sanitize_line(" Jo\n\u202eB. ") == "Jo B."
    assert not has_letters(sanitize("\u200b\u3164\u2800 .-"))
