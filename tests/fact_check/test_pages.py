"""What templates print from facts is true: every file of whole sites is compared with the facts of its clinic.

The build itself reads no page for statements, so this holds the templates of pages, structured data, feeds, calendars
and vCards.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pytest
import vobject
from icalendar import Calendar
from lxml import etree

from clinic.content.load import load
from clinic.fact_check.known_facts import KnownFacts
from clinic.fact_check.verify import OwnerText, check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.site import Site

CLINIC_CASES = ("full", "minimal")
ALL_DAY = {"00:00", "00:00:00", "23:59", "23:59:00"}
"""How machines are told that a day is closed, or open round the clock (Google LocalBusiness)."""
LABELS = {
    "telephone": "Ring ",
    "faxNumber": "Ring ",
    "opens": "open: from ",
    "closes": "open until ",
    "vatID": "VAT no. ",
}
"""What tells a finder, which reads prose, of what kind the value of a schema.org property is."""
SIGNS = {"GBP": "£", "EUR": "€"}


@pytest.fixture(params=CLINIC_CASES)
def site(request: pytest.FixtureRequest) -> Site:
    built: Site = request.getfixturevalue(request.param)
    return built


@lru_cache(maxsize=8)
def facts_of(site: Site) -> tuple[KnownFacts, tuple[str, ...]]:
    """What is known of the clinic of a site, and what any of its files exempts."""
    files = [path.read_text("utf-8") for path in (site.folder / "content").rglob("*.md")]
    exempt = tuple(text for file in files for text in re.findall(r"text: (.+?), why:", file))
    return KnownFacts.of(load(site.folder / "content").clinic), exempt


def false_in(site: Site, texts: Iterable[str], *, is_html: bool = True) -> list[str]:
    """The false statements of ``texts`` of a site; what any of its files exempts is exempted."""
    known, exempt = facts_of(site)
    found = check([OwnerText("", text, "", is_html=is_html, exempt=exempt) for text in texts], known)
    return [finding.message for finding in found]


def pages(site: Site) -> list[str]:
    return [site.html(address) for address in site.pages]


def graphs(site: Site) -> Iterator[str]:
    for page in pages(site):
        for script in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL):
            yield from in_json(json.loads(script))


def in_json(node: Any, key: str = "", currency: str = "") -> Iterator[str]:
    """What structured data states, in words."""
    if isinstance(node, dict):
        inner = str(node.get("priceCurrency", currency))
        for name, value in node.items():
            yield from in_json(value, name, inner)
    elif isinstance(node, list):
        for value in node:
            yield from in_json(value, key, currency)
    elif key.lower().endswith("price"):
        yield f"{SIGNS[currency]}{node}"
    elif str(node) not in ALL_DAY and not key.startswith("date") and not str(node).startswith("http"):
        yield f"{LABELS.get(key, '')}{node}"


def feeds(site: Site) -> Iterator[str]:
    """The text of each element of each feed; HTML in it is HTML again."""
    for file in site.files:
        if file.endswith((".atom.xml", "atom.xml", "feed.xml")):
            tree = etree.parse(str(site.output / file))
            yield from (element.text for element in tree.iter("{*}*") if element.text and element.text.strip())


def cards(site: Site) -> Iterator[str]:
    for file in site.files:
        if file.endswith(".vcf"):
            card = vobject.readOne(site.read(file))
            for line in card.getChildren():
                if line.name != "UID":
                    yield f"{'Ring ' if line.name == 'TEL' else ''}{line.value}"


def calendars(site: Site) -> Iterator[str]:
    for file in site.files:
        if file.endswith(".ics"):
            for event in Calendar.from_ical(site.read(file)).walk("VEVENT"):
                yield from (str(event[name]) for name in ("SUMMARY", "DESCRIPTION", "LOCATION") if name in event)
                start, end = event.decoded("DTSTART"), event.decoded("DTEND")
                if isinstance(start, datetime):  # else a day that is closed
                    yield f"open from {start:%H:%M} to {end:%H:%M}"


@pytest.mark.site
def test_pages_state_nothing_but_known_facts(site: Site) -> None:
    assert len(pages(site)) > 5
    assert false_in(site, pages(site)) == []


@pytest.mark.site
def test_structured_data_states_nothing_but_known_facts(site: Site) -> None:
    assert [*graphs(site)]
    assert false_in(site, graphs(site), is_html=False) == []


def test_feeds_state_nothing_but_known_facts(full: Site) -> None:
    assert len([*feeds(full)]) > 10
    assert false_in(full, feeds(full)) == []


def test_cards_and_calendars_state_nothing_but_known_facts(full: Site) -> None:
    assert [*cards(full)]
    assert [*calendars(full)]
    assert false_in(full, [*cards(full), *calendars(full)], is_html=False) == []


def test_the_files_of_the_web_app_state_nothing_but_known_facts(full: Site) -> None:
    assert false_in(full, in_json(json.loads(full.read("site.webmanifest"))), is_html=False) == []


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("01632 960100", "01632 960101"),
        ("tel:+441632960100", "tel:+441632960101"),
        ("hello@larkmouth.example.com", "hello@larkmouth.example.org"),
        ("ZZ99 1AA", "ZZ99 1AB"),
        ("£45", "£46"),
    ],
)
def test_a_wrong_fact_in_a_template_would_be_found(full: Site, true: str, false: str) -> None:
    reported = [page for page in pages(full) if true in page and false_in(full, [page.replace(true, false)])]
    assert reported == [page for page in pages(full) if true in page] != []


GRAPH = {
    '"telephone": "+447700900999"': '"+447700900999"',
    '"email": "x@larkmouth.example.org"': '"x@larkmouth.example.org"',
    '"openingHoursSpecification": [{"opens": "09:00", "closes": "19:00"}]': '"19:00"',
    '"makesOffer": {"price": "44.00", "priceCurrency": "GBP"}': '"£44.00"',
    '"description": "\\u00a344 a visit"': '"£44"',
    '"postalCode": "ZZ99 3BB"': '"ZZ99 3BB"',
    '"vatID": "GB 123 4567 89"': '"GB 123 4567 89"',
}


@pytest.mark.parametrize(("written", "reported"), GRAPH.items())
def test_a_wrong_fact_in_structured_data_would_be_found(full: Site, written: str, reported: str) -> None:
    (found,) = false_in(full, in_json(json.loads(f"{{{written}}}")), is_html=False)
    assert found.startswith(reported)


def test_a_closed_day_of_structured_data_states_no_time() -> None:
    assert [*in_json({"opens": "00:00", "closes": "00:00"})] == []
