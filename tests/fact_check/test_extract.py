"""No part of an HTML text is out of sight: blocks, attributes, links and what these say."""

from __future__ import annotations

import pytest

from clinic.content.load import load
from clinic.fact_check.extract import Address, addresses, parsed
from clinic.fact_check.known_facts import KnownFacts
from clinic.fact_check.verify import OwnerText, check, check_addresses
from tests.site import CLINICS

KNOWN = KnownFacts.of(load(CLINICS / "full").clinic)
FALSE = [
    ('<meta name="description" content="Ring 07700 900999">', "07700 900999"),
    ('<img src="a.png" alt="07700 900999 on a door">', "07700 900999"),
    ('<a href="/" title="07700 900999">x</a>', "07700 900999"),
    ('<button aria-label="Ring 07700 900999">x</button>', "07700 900999"),
    ("<title>£44</title>", "£44"),
    ('<a href="tel:+447700900999">Ring us</a>', "+447700900999"),
    ('<a href="sms:07700900999?body=Hello">Text us</a>', "07700900999"),
    ('<a href="https://wa.me/447700900999?text=Hi">Chat</a>', "+447700900999"),
    ('<a href="https://api.whatsapp.com/send?phone=447700900999">Chat</a>', "+447700900999"),
    ('<a href="mailto:x%40larkmouth.example.org?subject=Hi">Write</a>', "x@larkmouth.example.org"),
    ('<a href="mailto:hello@larkmouth.example.com?body=I%20pay%20%C2%A344">Write</a>', "£44"),
    ('<a href="https://www.google.com/maps/dir/?destination=ZZ99+3CC">Way</a>', "ZZ99 3CC"),
    ("<p>01632 <b>960</b>999</p>", "01632 960999"),
    ("<p>01632\n  <em>960</em>\n999</p>", "01632 960 999"),
    ("<p>&#48;7700&nbsp;9009<wbr>99</p>", "07700 900999"),
    ("<p>&#104;ello&#64;larkmouth.example.org</p>", "hello@larkmouth.example.org"),
    ("<p>Ring &lt;07700 900999&gt; now</p>", "07700 900999"),
    ('<p><a href="&#116;el:&#48;7700900999">Ring us</a></p>', "07700900999"),
    ('<p title="x&commat;larkmouth.example.org">x</p>', "x@larkmouth.example.org"),
    ('<p title="Dear &lt;you&gt;: 07700&nbsp;900999">x</p>', "07700 900999"),
    ('<p><a href="mailto:hello@larkmouth.example.com?cc=&amp;body=Pay%20%C2%A344">Write</a></p>', "£44"),
    ("<p>We are open from n&#111;on to midnight</p>", "noon to midnight"),
    ('<p title="We are open from noon to midnight">x</p>', "noon to midnight"),
    ('<A HREF="tel:+447700900999">Ring us</A>', "+447700900999"),
    ('<form action="mailto:x@larkmouth.example.org"></form>', "x@larkmouth.example.org"),
    ('<img src="a.png" alt="０１６３２ 960999">', "01632 960999"),
    ('<img src="a.png" alt="０１６３２ ９６０９９９">', "01632 960999"),
    ("<p>4 < 07700 900999 > 2</p>", "07700 900999"),
    ('<p><img alt="1 > 0: 07700 900999" src="a.png"></p>', "07700 900999"),
    ('<a\n  class="x"\n  href="mailto:x%40larkmouth.example.org"\n  rel="y">x</a>', "x@larkmouth.example.org"),
    ("<table><tr>\n<th>Monday</th>\n<td>9am</td>\n<td>to 5pm</td></tr></table>", "9am to 5pm"),
    ("<h2>Opening hours</h2>\n<p>9am to 5pm</p>", "9am to 5pm"),
    ("<dl><dt>Open</dt>\n<dd>until 7pm</dd></dl>", "7pm"),
]
HIDDEN = [
    "<!-- 07700 900999 -->\n<!-- £44\n07700 900998 -->",
    "<style>.x { background: url(07700 900999) }</style>",
    "<script>const n = '07700 900999'</script>",
    '<svg viewBox="0 0 07700 900999"><path d="M01632 960999"/></svg>',
    '<a href="/post/07700-900999/" id="x07700900999" class="n-07700900999">x</a>',
    "<p>07700</p>\n<p>900999</p>",
    "<h2>Opening hours</h2>\n<p>x</p>\n<h2>The pool</h2>\n<p>9am to 5pm</p>",
    "<h2>Our summer opening</h2>\n<p>Written on 7 February 2026 at 12am</p>",
]


def false_in(html: str, **options: str) -> list[str]:
    """The words that are reported, each once for one text."""
    found = check([OwnerText("x.md", html, html, **options)], KNOWN)  # type: ignore[arg-type]
    return [finding.message.split('"')[1] for finding in found]


@pytest.mark.parametrize(("html", "written"), FALSE)
def test_a_false_statement_is_found_wherever_it_stands(html: str, written: str) -> None:
    assert false_in(html) == [written]


@pytest.mark.parametrize("html", HIDDEN)
def test_what_nobody_reads_is_not_judged(html: str) -> None:
    assert false_in(html) == []


def test_captions_are_read_line_by_line() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nRing 07700 900999\n"
    (found,) = check([OwnerText("walk.vtt", text, text, is_html=False)], KNOWN)
    assert (found.line, found.message.split('"')[1]) == (4, "07700 900999")


def test_a_link_that_calls_someone_else_than_it_says_is_reported_although_both_are_true() -> None:
    html = '<p><a href="tel:+441632960111">Ring 01632 960100</a></p>'
    (found,) = check([OwnerText("x.md", html, html)], KNOWN)
    assert found.message == 'this link says "01632 960100" but leads to tel:+441632960111; let both be the same'
    assert false_in('<p><a href="tel:+441632960111">01632 960 111</a></p>') == []


def test_a_false_statement_is_reported_in_every_text_that_repeats_it() -> None:
    texts = [OwnerText(name, "<p>07700 900999</p>", "07700 900999") for name in ("x.md", "y.md", "z.md")]
    assert [found.file for found in check(texts, KNOWN)] == ["x.md", "y.md", "z.md"]


def test_a_tag_over_several_lines_is_read() -> None:
    pages = ('<a\n  href="/book/"\n  rel="y">x</a>', '<a\n  href="mailto:x%40larkmouth.example.org"\n  rel="y">x</a>')
    assert [len(false_in(page)) for page in pages * 2] == [0, 1, 0, 1]


def test_times_are_judged_by_the_heading_above_them() -> None:
    pages = ("<h2>The pool</h2>\n<p>9am to 5pm</p>", "<h2>When we open</h2>\n<p>9am to 5pm</p>")
    assert [len(false_in(page)) for page in pages * 2] == [0, 1, 0, 1]
    assert [len(false_in("<p>9am to 5pm</p>", heading=title)) for title in ("The pool", "Opening hours")] == [0, 1]


def test_opening_times_are_warnings_and_all_else_is_an_error() -> None:
    html = "<p>Open until 7pm. It costs £44.</p>"
    assert [(found.message[:5], found.is_warning) for found in check([OwnerText("x.md", html, html)], KNOWN)] == [
        ('"£44"', False),
        ('"7pm"', True),
    ]


PAGE = """<!doctype html><html><head><link rel="icon" href="/icon.svg"><script src="/x.js"></script></head><body>
<a href="tel:+441632960100">Ring 01632 960100</a> <img src="/a.png" srcset="/a-480.png 480w">
<form action="/send"></form>
<video poster="/b.png"><source src="/b.mp4"></video> <a href="https://example.com/">Elsewhere</a></body></html>"""


def test_every_address_of_a_page_is_collected_with_the_words_of_links_that_call() -> None:
    assert addresses(parsed(PAGE)) == (
        Address("/icon.svg", "link", "href"),
        Address("/x.js", "script", "src"),
        Address("tel:+441632960100", "a", "href", "Ring 01632 960100"),
        Address("/a.png", "img", "src"),
        Address("/a-480.png 480w", "img", "srcset"),
        Address("/send", "form", "action"),
        Address("/b.png", "video", "poster"),
        Address("/b.mp4", "source", "src"),
        Address("https://example.com/", "a", "href"),
    )


@pytest.mark.parametrize(
    ("link", "reported"),
    [
        ('<a href="tel:+447700900999">Ring us</a>', "+447700900999"),
        ('<a href="mailto:x@larkmouth.example.org">Write</a>', "x@larkmouth.example.org"),
        ('<a href="https://wa.me/447700900999">Chat</a>', "+447700900999"),
        ('<a href="tel:+441632960111">Ring 01632 960100</a>', "01632 960100"),
    ],
)
def test_a_link_that_a_template_leads_to_someone_else_is_reported_for_its_page(link: str, reported: str) -> None:
    pages = {"output/index.html": addresses(parsed(PAGE.replace("<form", f"{link}<form")))}
    (found,) = check_addresses(pages, KNOWN, ())
    assert (found.file, found.line, found.message.split('"')[1]) == ("output/index.html", 0, reported)
    assert [*check_addresses({"output/index.html": addresses(parsed(PAGE))}, KNOWN, ())] == []


def test_a_link_that_the_owner_wrote_is_reported_in_her_file_alone() -> None:
    link = '<a href="tel:+447700900999">Ring us</a>'
    pages = {"output/x/index.html": addresses(parsed(link))}
    assert [*check_addresses(pages, KNOWN, [OwnerText("x.md", link, link)])] == []
    exempting = OwnerText("x.md", "", "", exempt=("07700 900999",))
    assert [*check_addresses(pages, KNOWN, [exempting])] == []
