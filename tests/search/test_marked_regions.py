"""Templates mark what a search looks through; the index is made from those parts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from lxml import html

from clinic.domain.pages.page import PageFacts, PageKind
from clinic.rendering.files.search import search_entry, search_head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import Tag

    from tests.site import Site

REPEATED = (
    ".button",
    ".call-to-action",
    ".article-card",
    ".service-list",
    ".print-code",
    ".draft-marker",
    ".footnote-ref",
    ".footnote-backref",
    ".heading-link__link",
)
"""What visitors do not look for, or what many pages say."""
FACTS = PageFacts(PageKind.PAGE, "x/", "Title", "")
AROUND = "<!doctype html><html><head><title>T</title></head><body><p>Menu</p><main id=main>{}</main></body></html>"


@pytest.mark.parametrize(
    ("main", "words"),
    [
        ("<h1>Title</h1><p>Words.</p>", "Words."),
        ('<p>Words.</p><aside data-search="no"><p>Book <b>now</b></p></aside> More.', "Words. More."),
        ('<p data-search="text">Lead.</p><p>Beside.</p><div data-search="text"> Text <svg>x</svg></div>', "Lead. Text"),
        ('<h1>x</h1>\x0bA<b data-search="no">x</b>\x0bB<dl><dt>C</dt>\x0bD</dl>', "A\x0bBC \x0bD"),
        ("<dl><dt>Price</dt><dd>£40</dd></dl>", "Price £40"),
        ('<p>A<img src="walk.png" alt="B">C</p>', "AC"),
    ],
)
def test_only_what_is_marked_or_the_main_part_without_what_is_left_out(main: str, words: str) -> None:
    entry = BeautifulSoup(
        search_entry(html.document_fromstring(AROUND.format(main)), search_head(FACTS), "en-GB"), "html5lib"
    )
    assert entry.body
    assert entry.body.get_text().strip() == words
    assert not entry.body.find_all(id=True)


def test_every_component_that_repeats_itself_is_marked(full: Site, index: dict[str, Any]) -> None:
    found = [(address, element) for address in index for element in _repeated(full, address)]
    assert len(found) > 20
    assert [(address, str(element)[:80]) for address, element in found if not _is_left_out(element)] == []


def _repeated(site: Site, address: str) -> Iterator[Tag]:
    page = site.page(address)
    for region in page.select("[data-search=text]") or page.select("main"):
        yield from region.select(", ".join(REPEATED))


def _is_left_out(element: Tag) -> bool:
    """By its mark or one around it; Pagefind leaves out forms and menus itself."""
    around = (element, *element.parents)
    return any(one.get("data-search") == "no" or one.name in {"form", "nav", "footer"} for one in around)
