"""Comments can be followed: one feed for all of them, and one for each article."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import feedparser
import pytest
from bs4 import BeautifulSoup

from tests.comments.conftest import ANKLES, POST

if TYPE_CHECKING:
    from tests.site import Site

ALL = "blog/comments.atom.xml"
ONE = f"post/{ANKLES}/comments.atom.xml"
PUBLIC = "https://larkmouth.example.com"


@pytest.mark.parametrize("file", [ALL, ONE])
def test_the_feeds_are_sound(full: Site, file: str) -> None:
    feed = feedparser.parse(full.read(file).encode())
    assert feed.bozo == 0
    assert feed.feed.id == feed.feed.links[0].href == f"{PUBLIC}/{file}"
    assert feed.feed.updated == "2026-01-18T19:05:00+00:00"
    ids = [entry.id for entry in feed.entries]
    assert len(ids) == len(set(ids)) == (4 if file == ALL else 3)
    for entry in feed.entries:
        assert entry.author
        assert entry.published_parsed
        assert "<p>" in entry.content[0].value


def test_every_entry_says_what_it_answers(full: Site) -> None:
    entries = {
        entry.find_all("title")[0].get_text(): entry for entry in BeautifulSoup(full.read(ONE), "xml").find_all("entry")
    }
    ids = {title: entry.find_all("id")[0].get_text() for title, entry in entries.items()}
    answers = {title: entry.find_all("in-reply-to")[0] for title, entry in entries.items()}
    title = "Ankles & the coast path: “how far?”"
    assert answers[f"Rosa Quill on {title}"]["ref"] == ids[f"Jo on {title}"]
    article = feedparser.parse(full.read("blog/atom.xml").encode())
    [known] = [entry.id for entry in article.entries if entry.link.endswith(POST)]
    assert answers[f"Jo on {title}"]["ref"] == known
    assert answers[f"Jo on {title}"]["href"] == PUBLIC + POST


def test_every_link_of_a_feed_leads_to_its_comment(full: Site) -> None:
    for entry in feedparser.parse(full.read(ALL).encode()).entries:
        parts = urlsplit(entry.link)
        assert full.page(parts.path).find(id=parts.fragment), entry.link


def test_the_page_names_its_feeds_only_where_there_are_comments(full: Site) -> None:
    def feeds(address: str) -> set[str]:
        return {str(link["href"]) for link in full.page(address).select('link[type="application/atom+xml"]')}

    assert feeds(POST) == {f"{PUBLIC}/blog/atom.xml", f"{PUBLIC}/{ALL}", f"{PUBLIC}/{ONE}"}
    assert feeds("/post/quiet-week/") == {f"{PUBLIC}/blog/atom.xml"}


def test_without_comments_there_is_no_feed_of_them(minimal: Site) -> None:
    assert not [file for file in minimal.files if "comments" in file]
