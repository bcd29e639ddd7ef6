"""Every link leads somewhere, under every public address, and former addresses lead to the present ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.incremental import differences

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

PUBLIC = {"CLINIC_PUBLIC": True}
UNDER_A_FOLDER: dict[str, Any] = {**PUBLIC, "CLINIC_ADDRESS": "https://trial.example.com/clinic/"}
SITES = {
    "full": ("full", {}),
    "minimal": ("minimal", {}),
    "solo": ("solo", {}),
    "full under a folder": ("full", UNDER_A_FOLDER),
}


@pytest.fixture(params=SITES)
def site_and_folder(request: pytest.FixtureRequest, build_site: BuildSite) -> tuple[Site, str]:
    """A site, and the folder it is published in."""
    case, settings = SITES[request.param]
    return build_site(case, settings=settings), "/clinic" if settings else ""


def test_every_internal_link_leads_somewhere(site_and_folder: tuple[Site, str]) -> None:
    site, folder = site_and_folder
    there = {f"{folder}/{file.removesuffix('index.html')}" for file in site.files}
    for address in site.pages:
        page = site.page(address)
        here = f"{folder}{address}"
        for tag in page.select("[href], [src]"):
            link = urlsplit(urljoin(here, unquote(str(tag.get("href") or tag.get("src")))))
            if link.scheme or link.netloc:
                continue
            assert link.path in there, f"{address} links to {link.path}"
            if link.fragment and link.path == here:
                assert page.find(id=link.fragment), f"{address} has no #{link.fragment}"


def test_no_mark_of_ours_is_left_in_the_output(site_and_folder: tuple[Site, str]) -> None:
    site, _ = site_and_folder
    for mark in ("{filename}", "{static}", "{attach}", "%7Bfilename%7D", "{{", "None</", "Undefined"):
        assert mark not in site.everything(), mark


def test_a_slash_at_the_end_of_the_public_address_changes_nothing(build_site: BuildSite) -> None:
    without = {**UNDER_A_FOLDER, "CLINIC_ADDRESS": UNDER_A_FOLDER["CLINIC_ADDRESS"].rstrip("/")}
    sites = [build_site("full", settings=settings) for settings in (UNDER_A_FOLDER, without)]
    assert sites[0].files
    assert differences(*(site.output for site in sites)) == []


def test_the_blog_has_the_addresses_of_the_former_site(full: Site) -> None:
    assert {"/blog/", "/blog/categories/running/", "/post/shoes/"} <= set(full.pages)
    assert {"blog-feed.xml", "blog/atom.xml"} <= set(full.files)


REDIRECTS = {
    "massage/index.html": "services/sports-massage/",
    "our-services/sports-massage/index.html": "services/sports-massage/",
    "rosa/index.html": "team/rosa-quill/",
    "who-we-are/index.html": "about/",
    "post/ankles-and-stones/index.html": "post/ankles-on-the-coast-path/",
    "old-blog/ankles.html": "post/ankles-on-the-coast-path/",
}


@pytest.mark.parametrize(("former", "present"), REDIRECTS.items())
def test_a_former_address_leads_to_the_present_one(full: Site, former: str, present: str) -> None:
    page = full.read(former)
    assert f'content="0; url=/{present}"' in page
    assert f'<link rel="canonical" href="https://larkmouth.example.com/{present}">' in page
    assert "noindex" in page


@pytest.mark.parametrize(("former", "present"), REDIRECTS.items())
def test_it_does_so_under_a_folder_too(build_site: BuildSite, former: str, present: str) -> None:
    site = build_site("full", settings=UNDER_A_FOLDER)
    assert f'content="0; url=/clinic/{present}"' in site.read(former)
    assert f"https://trial.example.com/clinic/{present}" in site.read(former)
    rule = f"/clinic/{former.removesuffix('/index.html')} /clinic/{present} 301"
    assert rule in site.read("_redirects").splitlines()


def test_no_redirect_is_in_the_sitemap(full: Site) -> None:
    assert "massage/</loc>" in full.read("sitemap.xml")
    assert "example.com/massage/" not in full.read("sitemap.xml")


def test_feeds_carry_whole_addresses_and_whole_articles(build_site: BuildSite) -> None:
    for file in ("blog-feed.xml", "blog/atom.xml"):
        feed = build_site("full", settings=UNDER_A_FOLDER).read(file)
        assert "https://trial.example.com/clinic/post/shoes/" in feed
        assert "Old shoes are fine shoes" in feed
        assert "Bring the old" in feed
        assert 'href="/' not in feed.rpartition("?>")[2]  # before it, the stylesheet's own


def test_the_blog_has_pages_when_there_are_many_articles(build_site: BuildSite) -> None:
    posts = {
        f"posts/2025-01-{day:02}-day-{day}.md": f"---\ntitle: Day {day}\ntags: days\n---\n\nA day.\n"
        for day in range(1, 15)
    }
    site = build_site("minimal", posts)
    assert {"/blog/page/2/", "/blog/tags/days/page/2/"} <= set(site.pages)
    assert "Day 1 " in site.words("/blog/page/2/")
