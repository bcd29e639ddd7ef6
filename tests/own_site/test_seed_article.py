"""The clinic's first article is on its own site whole, where it always was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.site import ROOT

if TYPE_CHECKING:
    from tests.site import Site

SEED = ROOT.parent / "shared" / "seed" / "ankle-stability-post.txt"
ADDRESS = "/post/the-hidden-link-between-ankle-stability-and-lower-back-pain/"


def as_read(text: str) -> list[str]:
    """Its words, without the signs that are typeset in another way."""
    return re.findall(r"[\w@.’']*\w", text.replace("'", "’").lower())


@pytest.mark.skipif(not SEED.exists(), reason="the text as the clinic gave it is not part of the project")
def test_every_word_of_the_seed_is_on_the_page_in_order(own: Site) -> None:
    text = SEED.read_text("utf-8")
    text = text[text.index("When you think") :].rpartition("Comments")[0]
    wanted, found = as_read(text), iter(as_read(own.words(ADDRESS)))
    contact = as_read(text.splitlines()[-1] if text.splitlines()[-1].strip() else text.rstrip().splitlines()[-1])
    missing = [word for word in wanted[: len(wanted) - len(contact)] if not any(word == other for other in found)]
    assert not missing
    rest = list(found)
    assert not [word for word in contact if word not in rest]


def test_its_title_is_its_heading(own: Site) -> None:
    heading = own.page(ADDRESS).h1
    assert heading
    assert " ".join(heading.get_text().split()) == "The Hidden Link Between Ankle Stability and Lower Back Pain"


def test_its_lists_are_lists(own: Site) -> None:
    page = own.page(ADDRESS)
    assert len(page.select(".prose ol li")) == 4
    assert len([item for item in page.select(".prose > ul li") if item.find_parent("aside") is None]) >= 3


def test_it_can_be_acted_on(own: Site) -> None:
    links = [str(link["href"]) for link in own.page(ADDRESS).select("main a[href]")]
    for beginning in ("tel:+44", "sms:+44", "mailto:", "/book/"):
        assert [link for link in links if link.startswith(beginning)], beginning


def test_the_own_content_has_no_problems(own: Site) -> None:
    assert own.exit_code == 0
    assert own.stderr == ""
