"""A notice is on every page from its first day until the end of its last, and on none before or after."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.site import CLINICS

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

FAIR = "Closed on Friday afternoon for the harbour fair."
LEAST = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")


def notice(link: str) -> dict[str, str | bytes | None]:
    """The least clinic with one notice, which is on."""
    line = f"notices: [{{text: A fair., from: 2026-03-01, until: 2026-03-06, link: {link}}}]"
    return {"clinic.yaml": f"{LEAST.rstrip()}\n{line}\n"}


def test_a_notice_of_today_is_on_every_page(full: Site) -> None:
    for address in full.pages:
        bars = full.page(address).select("body > .notice-bar")
        assert len(bars) == 1, address
        assert " ".join(bars[0].get_text(" ").split()) == FAIR, address
        assert str(bars[0].a and bars[0].a["href"]) == "/contact/", address


def test_a_notice_that_is_over_or_not_yet_due_is_nowhere(full: Site) -> None:
    everything = full.everything()
    assert "ferry steps are closed" not in everything
    assert "New hours from May" not in everything


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        (datetime(2026, 2, 28, 23, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 1, 0, 1, tzinfo=UTC), True),
        (datetime(2026, 3, 6, 23, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 7, 0, 1, tzinfo=UTC), False),
    ],
)
def test_its_first_and_its_last_day_count_whole(build_site: BuildSite, now: datetime, shown: bool) -> None:
    site = build_site("minimal", notice("/contact/"), now=now)
    assert bool(site.page("/").select(".notice-bar")) == shown
    assert (".notice-bar__row{" in site.html("/")) == shown  # its styles come and go with it


def test_a_draft_shows_its_marker_and_the_notice(build_site: BuildSite) -> None:
    page = build_site("full", preview=True).page("/post/half-written/")
    assert page.select(".draft-marker")
    assert page.select(".notice-bar")


def test_a_link_of_ours_carries_the_folder_of_the_public_address(build_site: BuildSite) -> None:
    settings = {"CLINIC_PUBLIC": True, "CLINIC_ADDRESS": "https://least.example.com/clinic"}
    site = build_site("minimal", notice("/contact/"), settings=settings)
    assert site.page("/").select(".notice-bar a")[0]["href"] == "/clinic/contact/"


def test_a_link_to_a_page_that_is_not_there_is_a_problem(build_site: BuildSite) -> None:
    site = build_site("minimal", notice("/contakt/"))
    line = len(LEAST.rstrip().splitlines()) + 1
    message = 'this links to "/contakt/", but there is no such page; did you mean "contact"?'
    assert site.problems == [f"content/clinic.yaml:{line}: {message}"]
