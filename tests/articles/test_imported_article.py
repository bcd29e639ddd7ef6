"""An article taken over from a clinic's former site is on the new one whole, where it always was."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.site import Site

TEXT = Path(__file__).with_name("ankle-article.txt")
"""As it stood on the former site."""
ADDRESS = "/post/the-hidden-link-between-ankle-stability-and-lower-back-pain/"


def as_read(text: str) -> list[str]:
    """Its words, without the signs that are typeset in another way."""
    return re.findall(r"[\w@.’']*\w", text.replace("'", "’").lower())


def test_every_word_is_on_the_page_in_order(solo: Site) -> None:
    text = TEXT.read_text("utf-8")
    wanted, found = as_read(text), iter(as_read(solo.words(ADDRESS)))
    contact = as_read(text.splitlines()[-1])
    missing = [word for word in wanted[: len(wanted) - len(contact)] if not any(word == other for other in found)]
    assert not missing
    rest = list(found)
    # The number is grouped there, so that it can be read out.
    assert not [word for word in contact if word not in rest and word[:5] + " " + word[5:] not in " ".join(rest)]


def test_its_title_is_its_heading(solo: Site) -> None:
    heading = solo.page(ADDRESS).h1
    assert heading
    assert " ".join(heading.get_text().split()) == "The Hidden Link Between Ankle Stability and Lower Back Pain"


def test_its_lists_are_lists(solo: Site) -> None:
    page = solo.page(ADDRESS)
    assert len(page.select(".prose ol li")) == 4
    assert len([item for item in page.select(".prose > ul li") if item.find_parent("aside") is None]) >= 3


def test_it_can_be_acted_on(solo: Site) -> None:
    links = [str(link["href"]) for link in solo.page(ADDRESS).select("main a[href]")]
    for beginning in ("tel:+44", "sms:+44", "mailto:"):
        assert [link for link in links if link.startswith(beginning)], beginning
