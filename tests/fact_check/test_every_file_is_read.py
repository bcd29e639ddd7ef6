"""No part of a written file is out of sight: attributes, structured data, feeds, cards and calendars."""

from __future__ import annotations

import pytest

from clinic.content.load import load
from clinic.fact_check.known_facts import KnownFacts
from clinic.fact_check.verify import FactChecker
from tests.site import CLINICS

FACTS = KnownFacts.of(load(CLINICS / "full").clinic)
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Larkmouth\r\n{}\r\nREV:20260101T000000Z\r\nEND:VCARD\r\n"
CALENDAR = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260102T093000Z\r\n{}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
ATOM = '<feed><entry><title>A</title><content type="html">&lt;p&gt;{}&lt;/p&gt;</content></entry></feed>'
GRAPH = '<script type="application/ld+json">{{"@graph":[{{"@type":"MedicalClinic",{}}}]}}</script>'
STRANGERS = [
    (".html", '<meta name="description" content="Ring 07700 900999">', "07700 900999"),
    (".html", '<img src="a.png" alt="07700 900999 on a door">', "07700 900999"),
    (".html", '<a href="/" title="07700 900999">x</a>', "07700 900999"),
    (".html", '<button aria-label="Ring 07700 900999">x</button>', "07700 900999"),
    (".html", "<title>£44</title>", "£44"),
    (".html", '<a href="tel:+447700900999">Ring us</a>', "+447700900999"),
    (".html", '<a href="sms:07700900999?body=Hello">Text us</a>', "07700900999"),
    (".html", '<a href="https://wa.me/447700900999?text=Hi">Chat</a>', "+447700900999"),
    (".html", '<a href="https://api.whatsapp.com/send?phone=447700900999">Chat</a>', "+447700900999"),
    (".html", '<a href="mailto:x%40larkmouth.example.org?subject=Hi">Write</a>', "x@larkmouth.example.org"),
    (".html", '<a href="mailto:hello@larkmouth.example.com?body=I%20pay%20%C2%A344">Write</a>', "£44"),
    (".html", '<a href="https://www.google.com/maps/dir/?destination=ZZ99+3CC">Way</a>', "ZZ99 3CC"),
    (".html", "<p>01632 <b>960</b>999</p>", "01632 960999"),
    (".html", "<p>01632\n  <em>960</em>\n999</p>", "01632 960 999"),
    (".html", "<p>&#48;7700&nbsp;9009<wbr>99</p>", "07700 900999"),
    (".html", "<p>&#104;ello&#64;larkmouth.example.org</p>", "hello@larkmouth.example.org"),
    (".html", "<p>Ring &lt;07700 900999&gt; now</p>", "07700 900999"),
    (".html", '<p><a href="&#116;el:&#48;7700900999">Ring us</a></p>', "07700900999"),
    (".html", '<p title="x&commat;larkmouth.example.org">x</p>', "x@larkmouth.example.org"),
    (".html", '<p title="Dear &lt;you&gt;: 07700&nbsp;900999">x</p>', "07700 900999"),
    (".html", '<p><a href="mailto:hello@larkmouth.example.com?cc=&amp;body=Pay%20%C2%A344">Write</a></p>', "£44"),
    (".html", "<p>We are open from n&#111;on to midnight</p>", "noon to midnight"),
    (".html", '<p title="We are open from noon to midnight">x</p>', "noon to midnight"),
    (".html", '<A HREF="tel:+447700900999">Ring us</A>', "+447700900999"),
    (".html", '<form action="mailto:x@larkmouth.example.org"></form>', "x@larkmouth.example.org"),
    (".vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nRing 07700 900999\n", "07700 900999"),
    (".html", '<img src="a.png" alt="０１６３２ 960999">', "01632 960999"),
    (".html", '<img src="a.png" alt="０１６３２ ９６０９９９">', "01632 960999"),
    (".html", "<p>4 < 07700 900999 > 2</p>", "07700 900999"),
    (".html", '<p><img alt="1 > 0: 07700 900999" src="a.png"></p>', "07700 900999"),
    (".html", '<a\n  class="x"\n  href="mailto:x%40larkmouth.example.org"\n  rel="y">x</a>', "x@larkmouth.example.org"),
    (".html", "<table><tr>\n<th>Monday</th>\n<td>9am</td>\n<td>to 5pm</td></tr></table>", "9am to 5pm"),
    (".html", "<h2>Opening hours</h2>\n<p>9am to 5pm</p>", "9am to 5pm"),
    (".html", "<dl><dt>Open</dt>\n<dd>until 7pm</dd></dl>", "7pm"),
    (".html", GRAPH.format('"telephone":"+447700900999"'), "+447700900999"),
    (".html", GRAPH.format('"email":"x@larkmouth.example.org"'), "x@larkmouth.example.org"),
    (".html", GRAPH.format('"openingHoursSpecification":[{"opens":"09:00","closes":"19:00"}]'), "19:00"),
    (".html", GRAPH.format('"makesOffer":{"price":"44.00","priceCurrency":"GBP"}'), "£44.00"),
    (".html", GRAPH.format('"description":"\\u00a344 a visit"'), "£44"),
    (".html", GRAPH.format('"postalCode":"ZZ99 3CC"'), "ZZ99 3CC"),
    (".html", GRAPH.format('"vatID":"GB 123 4567 89"'), "GB 123 4567 89"),
    (".xml", ATOM.format("07700&amp;nbsp;900999"), "07700 900999"),
    (".xml", ATOM.format('&lt;a href="tel:07700900999"&gt;x&lt;/a&gt;'), "07700900999"),
    (".vcf", CARD.format("TEL;TYPE=work:+44-7700-900999"), "+44-7700-900999"),
    (".vcf", CARD.format("item1.EMAIL:x@larkmouth.exa\r\n mple.org"), "x@larkmouth.example.org"),
    (".vcf", CARD.format("ADR:;;1 Quay Street;Larkmouth;;ZZ99 3CC;"), "ZZ99 3CC"),
    (".ics", CALENDAR.format("DESCRIPTION:Ring\\, please: 07700 9\r\n 00999"), "07700 900999"),
    (".webmanifest", '{"description":"From £44"}', "£44"),
    (".txt", "Call 07700 900999\n", "07700 900999"),
]  # fmt: skip
HIDDEN = [
    (".html", "<!-- 07700 900999 -->\n<!-- £44\n07700 900998 -->"),
    (".html", "<style>.x { background: url(07700 900999) }</style>"),
    (".html", "<script>const n = '07700 900999'</script>"),
    (".html", '<svg viewBox="0 0 07700 900999"><path d="M01632 960999"/></svg>'),
    (".html", '<a href="/post/07700-900999/" id="x07700900999" class="n-07700900999">x</a>'),
    (".html", "<p>07700</p>\n<p>900999</p>"),
    (".html", "<h2>Opening hours</h2>\n<p>x</p>\n<h2>The pool</h2>\n<p>9am to 5pm</p>"),
    (".html", "<h2>Our summer opening</h2>\n<p>Written on 7 February 2026 at 12am</p>"),
    (".html", GRAPH.format('"opens":"00:00","closes":"00:00"')),
    (".vcf", CARD.format("PHOTO;ENCODING=b:07700 900999")),
    (".ics", CALENDAR.format("UID:07700900999@example.org")),
]


def strangers(text: str, suffix: str) -> list[str]:
    return [found.statement.written for found in FactChecker(FACTS).read(text, suffix)]


@pytest.mark.parametrize(("suffix", "text", "written"), STRANGERS)
def test_a_stranger_is_seen_wherever_it_stands(suffix: str, text: str, written: str) -> None:
    assert strangers(text, suffix) == [written]


@pytest.mark.parametrize(("suffix", "text"), HIDDEN)
def test_what_nobody_reads_is_not_judged(suffix: str, text: str) -> None:
    assert strangers(text, suffix) == []


def test_a_link_that_calls_someone_else_than_it_says_is_told_although_both_are_true() -> None:
    (found,) = FactChecker(FACTS).read('<p><a href="tel:+441632960111">Ring 01632 960100</a></p>', ".html")
    assert (found.statement.written, found.dials) == ("01632 960100", "tel:+441632960111")
    assert strangers('<p><a href="tel:+441632960111">01632 960 111</a></p>', ".html") == []


def test_a_stranger_is_seen_on_every_page_that_repeats_it() -> None:
    reader = FactChecker(FACTS)
    page = "<main>\n<p>07700 900999</p>\n</main>"
    assert [len([*reader.read(page, ".html")]) for _ in range(3)] == [1, 1, 1]


def test_a_tag_over_several_lines_is_read_although_the_others_are_known() -> None:
    reader = FactChecker(FACTS)
    pages = ('<a\n  href="/book/"\n  rel="y">x</a>', '<a\n  href="mailto:x%40larkmouth.example.org"\n  rel="y">x</a>')
    assert [len([*reader.read(page, ".html")]) for page in pages * 2] == [0, 1, 0, 1]


def test_times_are_judged_by_the_heading_of_their_own_page() -> None:
    reader = FactChecker(FACTS)
    pages = ("<h2>The pool</h2>\n<p>9am to 5pm</p>", "<h2>When we open</h2>\n<p>9am to 5pm</p>")
    assert [len([*reader.read(page, ".html")]) for page in pages * 2] == [0, 1, 0, 1]
