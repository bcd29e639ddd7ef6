"""Search engines may show the clinic's site at its own address; no preview, and no trial at another address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.domain.pages.urls import SiteAddress
from clinic.rendering.files.crawlers import robots_txt

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

KEPT_OUT = "User-agent: *\nDisallow: /\n"
PUBLISHED = {"CLINIC_PUBLIC": True}
NOT_FOR_SEARCH = {
    "a preview": (True, {}),
    "a trial at another address": (False, {**PUBLISHED, "CLINIC_ADDRESS": "https://trial.example.com"}),
    "the clinic's own address with www": (False, {**PUBLISHED, "CLINIC_ADDRESS": "https://www.least.example.com"}),
    "a trial in a folder": (False, {**PUBLISHED, "CLINIC_ADDRESS": "https://trial.example.com/clinic/"}),
    "a trial in a folder of the clinic's own": (
        False,
        {**PUBLISHED, "CLINIC_ADDRESS": "https://least.example.com/new"},
    ),
}


def rule(site: Site, address: str) -> str:
    """What a page says to search engines."""
    [found] = site.page(address).select("meta[name=robots]")
    return str(found["content"])


def test_a_public_site_is_open_and_names_its_sitemap() -> None:
    text = robots_txt(SiteAddress.parse("https://example.com/clinic/"))
    assert text.startswith("User-agent: *\nAllow: /\n\n")
    assert text.endswith("\n\nSitemap: https://example.com/clinic/sitemap.xml\n")


def test_a_site_that_is_not_public_keeps_crawlers_out() -> None:
    assert robots_txt(SiteAddress.parse("https://example.com"), public=False) == KEPT_OUT


@pytest.mark.parametrize("how", NOT_FOR_SEARCH)
def test_no_preview_and_no_trial_is_for_search_engines(build_site: BuildSite, how: str) -> None:
    preview, settings = NOT_FOR_SEARCH[how]
    site = build_site("minimal", preview=preview, settings=settings)
    assert site.read("robots.txt") == KEPT_OUT
    assert {rule(site, address) for address in site.pages} == {"noindex"}
    told = [note for note in site.notes if "as a trial" in note]
    assert len(told) == (not preview)
    assert all(str(settings["CLINIC_ADDRESS"]).rstrip("/") + "," in note and "clinic.yaml:" in note for note in told)


@pytest.mark.parametrize("address", ["", "https://least.example.com", "https://least.example.com/"])
def test_the_site_at_its_own_address_is_for_search_engines(build_site: BuildSite, address: str) -> None:
    site = build_site("minimal", settings={**PUBLISHED, "CLINIC_ADDRESS": address})
    assert site.read("robots.txt") == robots_txt(SiteAddress.parse("https://least.example.com"))
    assert [page for page in site.pages if rule(site, page) == "noindex"] == ["/404.html", "/search/"]
    assert rule(site, "/") == "max-image-preview:large"
    assert not [note for note in site.notes if "as a trial" in note]
