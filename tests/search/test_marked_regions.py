"""Templates mark what a search looks through; the index is made from those parts alone."""

import pytest
from bs4 import BeautifulSoup

from clinic.domain.pages.page import PageFacts, PageKind
from clinic.rendering.files.search_entries import search_entry

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
    entry = BeautifulSoup(search_entry(AROUND.format(main), FACTS, "en-GB"), "html5lib")
    assert entry.body
    assert entry.body.get_text().strip() == words
    assert not entry.body.find_all(id=True)
