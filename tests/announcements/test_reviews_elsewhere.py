"""Everybody is asked alike to say elsewhere how it was, nothing is given for it, and no stars are shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from clinic.content.load import load
from tests.site import CLINICS, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site import BuildSite, Site

LEAST = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
PAGES = "reviews_elsewhere:\n  - {name: Example, url: https://r.example.com/x}\n  - https://www.o.example.com/y\n"


def test_the_contact_page_leads_to_them_for_all_alike(full: Site) -> None:
    links = full.page("/contact/").select(".review-links a")
    assert [(link.get_text(), link["href"]) for link in links] == [
        ("Write a review: Example Reviews", "https://reviews.example.com/larkmouth"),
        ("Write a review: opinions.example.com", "https://opinions.example.com/larkmouth"),
    ]
    assert "Everybody who has been here is welcome to write, whatever they have to say" in full.words("/contact/")
    assert "Nothing is given for it." in full.words("/contact/")


def test_no_stars_and_no_ratings_anywhere(full: Site) -> None:
    everything = full.everything()
    assert not re.search(r"[★☆⭐]|aggregateRating|reviewRating|\"@type\":\"Rating\"", everything)
    assert '"@type":"Review"' not in everything


def test_a_handout_carries_a_code_for_each_and_other_articles_none(build_site: BuildSite) -> None:
    post = "---\ntitle: {0}\n{1}---\n\nWords.\n"
    files = {
        "clinic.yaml": LEAST + PAGES,
        "posts/2026-01-02-a.md": post.format("A", "handout: yes\n"),
        "posts/2026-01-03-b.md": post.format("B", ""),
    }
    site = build_site("minimal", files)
    codes = [words.get_text(" ") for words in site.page("/post/a/").select(".article-end .print-code__words")]
    assert [code.rpartition(" ")[2] for code in codes] == ["https://r.example.com/x", "https://www.o.example.com/y"]
    assert not site.page("/post/b/").select(".article-end .print-code")


def test_without_them_nothing_is_asked(minimal: Site) -> None:
    assert "review-links" not in minimal.html("/contact/").partition("<body>")[2]


def test_an_address_alone_is_enough(tmp_path: Path) -> None:
    write(tmp_path / "clinic.yaml", f"{LEAST}reviews_elsewhere: https://r.example.com/x\n")
    content = load(tmp_path)
    assert [page.title for page in content.clinic.reviews_elsewhere] == ["r.example.com"]


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ("{name: A}", '"url" is missing under "reviews_elsewhere"; it is where visitors write a review'),
        ("{url: r.example.com}", 'url: "r.example.com" is not a web address; copy it from the browser'),
        ("reviews please", 'reviews_elsewhere: "reviews please" is not a web address; copy it'),
        ("{url: https://r.example.com, stars: 5}", '"stars" is not shown here, since what others say stays with them'),
        ("{url: https://r.example.com, rating: 4.9}", '"rating" is not shown here'),
        ("{url: https://r.example.com, discount: 10%}", '"discount" would make a review a paid one'),
        ("{url: https://r.example.com, only: happy}", '"only" would ask only some people; everybody is asked alike'),
        ("{url: https://r.example.com, nam: A}", 'unknown key "nam"; did you mean "name"?'),
    ],
)
def test_what_is_wrong_is_told_once_at_its_line(tmp_path: Path, entry: str, sentence: str) -> None:
    write(tmp_path / "clinic.yaml", f"{LEAST}reviews_elsewhere:\n  - {entry}\n")
    (found,) = load(tmp_path).diagnostics
    assert found.line == len(LEAST.splitlines()) + 2
    assert sentence in found.message
