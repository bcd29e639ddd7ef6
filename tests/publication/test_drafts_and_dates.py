"""What is not meant for visitors is nowhere in the output; the preview shows it, marked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.site import Build

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site import BuildSite, Site

HALF_WRITTEN = "/post/half-written/"
NEW_YEAR = "/post/new-year/"
IN_2099 = datetime(2099, 1, 2, tzinfo=UTC)


@pytest.fixture(scope="session")
def preview(build_site: BuildSite) -> Site:
    """The full clinic as its owner sees it."""
    return build_site("full", preview=True)


def marker(site: Site, address: str) -> str:
    """What the page says of itself before its own words."""
    found = site.page(address).select_one("aside.draft-marker")
    assert found, f"{address} has no marker"
    return " ".join(found.get_text(" ").split())


def test_a_draft_is_nowhere_in_the_output(full: Site) -> None:
    assert "half-written" not in full.everything().lower()
    assert "draft words" not in full.everything()
    assert "/blog/tags/knees/" not in full.pages  # only the draft has this tag
    assert not [file for file in full.files if "half-written" in file or file.startswith("drafts")]


def test_browsers_prepare_no_page_of_the_preview_which_changes(full: Site, preview: Site) -> None:
    assert "speculationrules" in full.html("/")
    assert "speculationrules" not in preview.html("/")


def test_the_images_of_a_draft_are_not_published(full: Site) -> None:
    assert not [file for file in full.files if "draft-only" in file or "draft-sketch" in file]
    assert [file for file in full.files if "ankle" in file and file.startswith("images/")]


def test_images_that_nothing_uses_are_not_published(build_site: BuildSite) -> None:
    site = build_site("minimal", {"images/secret.png": b"not used"})
    assert not [file for file in site.files if "secret" in file]


def test_draft_services_and_practitioners_are_nowhere_in_the_output(full: Site) -> None:
    assert "Cupping" not in full.everything()
    assert "Una New" not in full.everything()


def test_a_scheduled_article_is_nowhere_in_the_output(full: Site) -> None:
    assert "far away" not in full.everything()
    assert "scheduled words" not in full.everything()
    assert "/blog/categories/calendar/" not in full.pages  # only the scheduled article has this category


def test_a_scheduled_article_appears_when_its_day_has_come(build_site: BuildSite) -> None:
    site = build_site("full", now=IN_2099)
    assert "These scheduled words wait for their day." in site.words(NEW_YEAR)
    assert "A new year far away" in site.words("/blog/")


@pytest.mark.site
def test_it_appears_also_where_it_was_left_out_before(tmp_path: Path) -> None:
    """Nothing is remembered from one build to the next."""
    build = Build("full")
    build.lay_out(tmp_path)
    assert NEW_YEAR not in build.run_forked(tmp_path).pages
    assert NEW_YEAR in Build("full", now=IN_2099).run_forked(tmp_path).pages


def test_a_hidden_article_is_at_its_address_and_in_no_list(full: Site) -> None:
    address = "/post/for-the-running-club/"
    assert "Only people with the link read this." in full.words(address)
    robots = full.page(address).find("meta", attrs={"name": "robots"})
    assert robots
    assert "noindex" in str(robots["content"])
    others = [file for file in full.files if file.endswith((".html", ".xml")) and "for-the-running-club" not in file]
    assert not [file for file in others if "running-club" in full.read(file)]


def test_a_hidden_article_leads_to_no_list_that_is_not_there(build_site: BuildSite) -> None:
    front_matter = (
        "title: Only here\ndate: 2026-01-01\nstatus: hidden\ntags: Only here\ncategory: Only here\nauthor: Zoe Zed\n"
    )
    overlay = {"posts/only.md": f"---\n{front_matter}---\n\nWords.\n", "team/zoe-zed.md": "---\ntitle: Zoe Zed\n---\n"}
    site = build_site("full", overlay)
    links = {str(link["href"]) for link in site.page("/post/only/").select("main a[href^='/']")}
    assert not [link for link in links if link.endswith("/") and link not in site.pages]
    assert "/team/zoe-zed/" in links


def test_a_hidden_service_is_in_no_list(build_site: BuildSite) -> None:
    service = "---\ntitle: Reiki\nstatus: hidden\n---\n\nQuiet.\n"
    team = "---\ntitle: Zoe Zed\nservices: reiki\nstatus: hidden\n---\n"
    site = build_site("full", {"services/reiki.md": service, "team/zoe-zed.md": team})
    assert site.problems == []
    for address in ("/", "/services/", "/team/", "/book/"):
        assert "Reiki" not in site.words(address)
        assert "Zoe" not in site.words(address)
    assert "Quiet." in site.words("/services/reiki/")


def test_the_preview_shows_drafts_with_their_marker(preview: Site) -> None:
    assert preview.exit_code == 0
    assert marker(preview, HALF_WRITTEN).startswith("Draft")
    assert "These draft words" in preview.words(HALF_WRITTEN)
    assert "Half-written thoughts" in preview.words("/blog/")


def test_the_preview_shows_scheduled_articles_with_their_day(preview: Site) -> None:
    assert marker(preview, NEW_YEAR).startswith("Scheduled for 1 January 2099")
    assert "A new year far away" in preview.words("/blog/")


def test_the_preview_shows_draft_services_and_practitioners(preview: Site) -> None:
    assert marker(preview, "/services/cupping/").startswith("Draft")
    assert marker(preview, "/team/una-new/").startswith("Draft")


def test_published_articles_carry_no_marker(preview: Site, full: Site) -> None:
    assert not preview.page("/post/shoes/").select("aside.draft-marker")
    assert not [address for address in full.pages if full.page(address).select(".draft-marker")]


def test_a_draft_may_be_unfinished_without_stopping_the_others(build_site: BuildSite) -> None:
    draft = "---\ntitle: Not yet\nstatus: draft\nauthr: me\n---\n\n/// bookng\n"
    site = build_site("minimal", {"posts/not-yet.md": draft, "services/nor-this.md": "---\nstatus: draft\n---\n"})
    assert site.problems == []
    assert site.exit_code == 0


def test_the_preview_tells_what_a_draft_still_needs(build_site: BuildSite) -> None:
    draft = "---\ntitle: Not yet\nstatus: draft\n---\n\n/// bookng\n///\n"
    site = build_site("minimal", {"posts/not-yet.md": draft}, preview=True)
    assert [problem.split(";")[0] for problem in site.problems] == [
        'content/posts/not-yet.md:2: "date" is missing',
        'content/posts/not-yet.md:6: unknown directive "bookng"',
    ]
    assert "/post/not-yet/" in site.pages


def test_a_practitioner_whose_only_service_is_a_draft_has_a_page(build_site: BuildSite) -> None:
    team = "---\ntitle: Zoe Zed\nservices: [cupping]\n---\n"
    site = build_site("full", {"team/zoe-zed.md": team})
    assert site.problems == []
    assert "/team/zoe-zed/" in site.pages


def test_an_expired_article_is_nowhere_in_the_output(full: Site) -> None:
    assert "open evening" not in full.everything().lower()
    assert "/blog/tags/loft-evenings/" not in full.pages


def test_an_article_is_there_until_the_last_minute_of_its_last_day(build_site: BuildSite) -> None:
    before = build_site("full", now=datetime(2026, 2, 26, 23, 59, tzinfo=UTC))
    assert "Mince pies" in before.words("/post/open-evening/")
    assert "/post/open-evening/" not in build_site("full", now=datetime(2026, 2, 27, tzinfo=UTC)).pages


def test_the_preview_shows_an_expired_article_with_its_day(preview: Site) -> None:
    assert marker(preview, "/post/open-evening/").startswith("Expired at the end of 26 February 2026")


def test_an_address_that_a_draft_will_have_is_a_warning_and_stops_nothing(build_site: BuildSite) -> None:
    site = build_site("full", {"posts/x.md": "---\ntitle: X\ndate: 2026-01-01\nslug: half-written\n---\n\nWords.\n"})
    draft = "content/posts/2026-02-10-half-written.md"
    said = "this has the same address (/post/half-written/) as content/posts/x.md; give one of them another slug"
    assert f"{draft}:2: note: {said}" in site.notes
    assert site.exit_code == 0


def test_an_expired_article_may_leave_its_address_to_another(build_site: BuildSite) -> None:
    site = build_site("full", {"posts/x.md": "---\ntitle: X\ndate: 2026-01-01\nslug: open-evening\n---\n\nWords.\n"})
    assert "/post/open-evening/" in site.pages


def test_a_scheduled_article_may_be_modified_on_its_day(build_site: BuildSite) -> None:
    front_matter = "title: X\ndate: 2026-03-10\nmodified: 2026-03-10"
    assert not build_site("full", {"posts/x.md": f"---\n{front_matter}\n---\n\nWords.\n"}).problems
