"""Promises about sitemap.xml."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from clinic.domain.pages.urls import SiteAddress
from clinic.rendering.files import crawlers
from clinic.rendering.files.crawlers import SitemapEntry, sitemap_xml

if TYPE_CHECKING:
    import pytest

    from tests.site import Site

CHANGED = datetime(2026, 7, 1, 9, 30, tzinfo=ZoneInfo("Europe/London"))


def addresses(*entries: SitemapEntry) -> list[str | None]:
    """What a reader of the sitemap finds."""
    root = ET.fromstring(sitemap_xml(entries))  # noqa: S314 - we wrote it ourselves a moment ago
    return [loc.text for loc in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_addresses_are_in_order_and_each_is_there_once() -> None:
    entries = [SitemapEntry(f"https://example.com/{path}") for path in ("b/", "", "a/", "b/")]
    assert addresses(*entries) == ["https://example.com/", "https://example.com/a/", "https://example.com/b/"]


def test_lastmod_is_there_only_when_it_is_known() -> None:
    xml = sitemap_xml([SitemapEntry("https://example.com/", None), SitemapEntry("https://example.com/a/", CHANGED)])
    assert xml.count("<lastmod>") == 1
    assert "<lastmod>2026-07-01T09:30:00+01:00</lastmod>" in xml


def test_lastmod_without_a_zone_is_a_day() -> None:
    assert "<lastmod>2026-07-01</lastmod>" in sitemap_xml(
        [SitemapEntry("https://x.test/", CHANGED.replace(tzinfo=None))]
    )


def test_addresses_are_escaped() -> None:
    address = "https://example.com/?a=1&b='<2>'"
    assert addresses(SitemapEntry(address)) == [address]


def test_nothing_is_said_that_search_engines_ignore() -> None:
    assert "changefreq" not in sitemap_xml([SitemapEntry("https://example.com/", CHANGED)])
    assert "priority" not in sitemap_xml([SitemapEntry("https://example.com/", CHANGED)])


def test_a_page_that_was_changed_says_when_and_one_that_was_not_the_day_it_came(full: Site) -> None:
    said = re.findall(r"<loc>(\S+?)</loc>(?:<lastmod>(\S+?)</lastmod>)?", full.read("sitemap.xml"))
    days = {address.removeprefix("https://larkmouth.example.com"): day[:10] for address, day in said}
    assert days["/post/ankles-on-the-coast-path/"] == "2026-02-20"
    assert days["/post/shoes/"] == "2025-12-01"
    assert days["/about/"] == "2026-02-01"
    assert days["/contact/"] == ""


def test_more_addresses_than_one_sitemap_may_hold_stand_in_several_behind_an_index(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(crawlers, "MOST_ADDRESSES", 2)
    entries = [SitemapEntry(f"https://x.test/{name}/") for name in "abc"]
    found = dict(crawlers.sitemaps(SiteAddress.parse("https://x.test"), entries))
    assert [*found] == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    assert "<sitemap><loc>https://x.test/sitemap-2.xml</loc></sitemap>" in found["sitemap.xml"]
    assert [found[path].count("<url>") for path in ("sitemap-1.xml", "sitemap-2.xml")] == [2, 1]
