"""What the site's own search can find: everything for visitors, and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.search.conftest import index_of
from tests.site import Build

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site import BuildSite, Site

POST = "---\ntitle: {title}\n{more}\n---\n\n{words}\n"
KEPT_OUT = {"/", "/search/", "/404.html", "/contact/thank-you/", "/blog/"}


def addresses_in_the_sitemap(site: Site) -> set[str]:
    words = site.read("sitemap.xml").replace("<loc>", "\n<loc>").splitlines()
    locations = [word[5:].partition("</loc>")[0] for word in words if word.startswith("<loc>")]
    return {urlsplit(location).path for location in locations}


def test_every_page_that_says_something_of_its_own_is_in_the_index(full: Site, index: dict[str, Any]) -> None:
    wanted = {address for address in addresses_in_the_sitemap(full) if not address.startswith("/blog/")}
    assert set(index) == wanted - KEPT_OUT


def test_nothing_unpublished_is_in_the_index_not_in_a_preview_either(build_site: BuildSite) -> None:
    posts = {
        "posts/2026-01-01-half.md": POST.format(title="Draftwood", more="status: draft", words="Unfinishable words."),
        "posts/2026-01-02-hidden.md": POST.format(title="Hiddenwood", more="status: hidden", words="Whispered words."),
        "posts/2027-01-01-later.md": POST.format(title="Laterwood", more="tags: x", words="Tomorrowish words."),
        "posts/2025-01-01-gone.md": POST.format(title="Gonewood", more="expires: 2025-06-01", words="Bygone words."),
        "posts/2026-01-03-open.md": POST.format(title="Openwood", more="tags: x", words="Plain words."),
    }
    for preview in (False, True):
        found = index_of(build_site("minimal", posts, preview=preview))
        assert "/post/open/" in found
        everything = json.dumps(found)
        for word in ("wood", "Unfinishable", "Whispered", "Tomorrowish", "Bygone"):
            assert (word in everything.replace("Openwood", "")) is False, (preview, word)


def test_a_result_says_what_it_is_of_whom_and_of_when(index: dict[str, Any]) -> None:
    assert index["/post/ankles-on-the-coast-path/"]["meta"] == {
        "title": "Ankles & the coast path: “how far?”",
        "kind": "Article",
        "author": "Rosa Quill, Tom Ash",
        "date": "2026-01-15",
        "day": "15 January 2026",
    }
    kinds = {address: index[address]["meta"]["kind"] for address in ("/services/pilates/", "/team/tom-ash/", "/about/")}
    assert kinds == {"/services/pilates/": "Service", "/team/tom-ash/": "Person", "/about/": "Page"}


def test_what_every_page_says_finds_no_page(full: Site, index: dict[str, Any]) -> None:
    """Invitations to book, related articles, breadcrumbs and menus are not what a page is about."""
    article = index["/post/quiet-week/"]["content"]
    assert article == "Nothing to book here; only a thought about rest."
    assert "More to read" in full.words("/post/quiet-week/")
    assert not [address for address, page in index.items() if "Save our contact" in page["content"]]


def test_only_what_the_search_page_needs_is_published(full: Site) -> None:
    scripts = {file for file in full.files if file.startswith("pagefind/") and file.endswith((".js", ".css"))}
    assert scripts == {"pagefind/pagefind.js", "pagefind/pagefind-worker.js"}


@pytest.mark.site
def test_a_page_that_is_gone_is_gone_from_the_index(tmp_path: Path) -> None:
    build = Build("minimal", {"posts/2026-01-03-open.md": POST.format(title="Open", more="tags: x", words="Words.")})
    build.lay_out(tmp_path)
    assert "/post/open/" in index_of(build.run_forked(tmp_path))
    (tmp_path / "content" / "posts" / "2026-01-03-open.md").unlink()
    assert "/post/open/" not in index_of(build.run_forked(tmp_path))


@pytest.mark.site
def test_without_pagefind_one_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(tmp_path / "nothing-here"))
    build = Build("minimal")
    build.lay_out(tmp_path)
    site = build.run(tmp_path)
    (reported,) = [line for line in site.stderr.splitlines() if "search index" in line]
    assert reported.startswith("the search index could not be made: Pagefind did not run")
    assert reported.endswith("; remove the folder .venv, then try again")
    assert "Traceback" not in site.stderr
    assert "/search/" in site.pages
