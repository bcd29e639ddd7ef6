"""A page loads the scripts that something on it needs, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

NEEDED_FOR = {
    "print.js": ("data-printed=", 'class="print-links__print"'),
    "open-now.js": ("data-hours=", "data-open="),
    "share.js": ("data-copy=",),
    "video.js": ("data-video=",),
    "contact-form.js": ("data-one-of=",),
    "booking-form.js": ('class="section booking-form"',),
    "search.js": ('class="search-results"',),
}
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
    assert "/open-now.js" in site.html("/blog/")
    assert "/video.js" in site.html("/blog/")
