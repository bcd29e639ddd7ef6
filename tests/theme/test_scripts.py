"""A page loads the scripts where something on it needs one, as one file for all pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.site import ROOT

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

NEEDED_FOR = {
    "site.js": (
        "data-printed=",
        'class="print-links__print"',
        "data-hours=",
        "data-open=",
        "data-copy=",
        "data-video=",
        "data-one-of=",
        "data-places=",
        'class="section booking-form"',
    ),
    "search.js": ('class="search-results"',),
}
FILES = re.compile(r'<script[^>]* (?:src|data-later)="([^"]+)"')
BLOG = """---
title: Blog
---

/// hours
///

/// video | A walk
    url: https://youtu.be/abcdefghijk
///
"""


def loaded_for_nothing_or_missing(site: Site) -> list[tuple[str, str]]:
    return [
        (address, script)
        for address in site.pages
        for script, marks in NEEDED_FOR.items()
        if (f"/{script}" in site.html(address)) != any(mark in site.html(address) for mark in marks)
    ]


def test_every_page_has_the_scripts_it_needs_and_no_other(full: Site, minimal: Site) -> None:
    for site in (full, minimal):
        assert loaded_for_nothing_or_missing(site) == []


def test_the_words_above_the_list_of_articles_bring_theirs(build_site: BuildSite) -> None:
    site = build_site("full", {"pages/blog.md": BLOG})
    assert loaded_for_nothing_or_missing(site) == []
    assert "/site.js" in site.html("/blog/")


def test_a_page_asks_for_one_script_and_the_search_for_its_own_too(full: Site) -> None:
    for address in full.pages:
        files = FILES.findall(full.html(address))
        assert len(files) <= (2 if address == "/search/" else 1), address
        assert {file.lstrip("/") for file in files} <= set(full.files), address


def test_every_script_of_the_theme_is_in_that_file(full: Site) -> None:
    script = full.read("site.js")
    for file in (ROOT / "theme/templates/scripts").iterdir():
        assert file.read_text("utf-8").splitlines()[0] in script, file.name


def test_an_article_with_one_photograph_takes_five_requests_at_most(full: Site) -> None:
    """The page, its stylesheet, its script, and two more: the display face, or a logo that is no small drawing."""
    page = full.page("/post/shoes/")
    loaded = page.select("link[rel=stylesheet], script[src], script[data-later], img:not([src^=data]), link[as=font]")
    assert len(loaded) <= 4, loaded
    assert [image["src"][:18] for image in full.page("/").select(".site-header img")] == ["data:image/svg+xml"]
