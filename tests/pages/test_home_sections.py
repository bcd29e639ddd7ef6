"""The home page has the bands that clinic.yaml asks for, in its order; what nobody sees is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.models.frame import DEFAULT_SECTIONS, SECTION_NAMES, Section
from clinic.plugin.home import bands_of
from clinic.rendering.markdown.tokens import Heading
from clinic.rendering.text import columns_of, parts_by_heading
from tests.site import CLINICS

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

    from tests.site import BuildSite, Site

FACTS = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
HOME = """\
---
title: Move well
---

Before all of it.

## Knees

They bend.

/// callout | Mind
## Inside

Words.
///

## Hips and "more"

They turn.
"""


def facts(*sections: str) -> str:
    return FACTS + "home:\n  sections:\n" + "".join(f"    - {section}\n" for section in sections)


def words(element: Tag) -> str:
    return " ".join(element.get_text().split())


def headings(page: BeautifulSoup) -> list[str]:
    return [words(found) for found in page.select("main h1, main h2, aside h2")]


def test_without_the_key_the_bands_are_the_usual_ones(build_site: BuildSite) -> None:
    """As if the owner had written the default."""
    written = [str(section) for section in DEFAULT_SECTIONS]
    usual = build_site("minimal", {"pages/home.md": HOME})
    asked = build_site("minimal", {"pages/home.md": HOME, "clinic.yaml": facts(*written)})
    assert asked.problems == []
    assert asked.read("index.html") == usual.read("index.html")
    assert {*written} <= {*SECTION_NAMES}


def test_bands_stand_in_the_order_of_the_owner_and_all_show_their_facts(full: Site) -> None:
    page = full.page("/")
    found = headings(page)
    order = ["Move well by the sea", "What we do", "What we ask first", "What people say", "Latest articles"]
    order += ["Who we are", "Prices", "Our locations", "Book an appointment"]
    assert [heading for heading in found if heading in order] == order
    assert len(page.select("main h1")) == 1
    assert "Rosa Quill" in " ".join(link.get_text() for link in page.select(".team-list a"))
    assert "Sports massage" in page.select(".price-list")[0].get_text()
    assert "60\N{NO-BREAK SPACE}minutes, £52" in page.select(".price-list")[0].get_text()


def test_a_part_of_the_text_is_a_band_and_text_is_the_rest(build_site: BuildSite) -> None:
    overlay = {"pages/home.md": HOME, "clinic.yaml": facts("promise", 'text: Hips and "more"', "closing", "text")}
    site = build_site("minimal", overlay)
    assert (site.problems, site.notes) == ([], [])
    hips, rest = site.page("/").select(".home-words")
    assert "They turn." in words(hips)
    assert "They bend." not in words(hips)
    assert [part in words(rest) for part in ("Before all of it.", "They bend.", "Inside", "They turn.")] == [
        True, True, True, False,
    ]  # fmt: skip
    section = hips.find_parent("section")
    assert section
    assert site.page("/").select(f'[id="{section["aria-labelledby"]}"]')[0].get_text().startswith("Hips")
    # the invitation stands between them, and not again at the end
    assert len(site.page("/").select(".call-to-action--foot")) == 1
    assert site.page("/").select("main .call-to-action--foot")
    assert site.page("/book/") is not None


def test_without_a_closing_there_is_no_invitation_at_the_end(build_site: BuildSite) -> None:
    site = build_site("minimal", {"clinic.yaml": facts("promise", "locations")})
    assert not site.page("/").select(".call-to-action--foot")
    assert site.page("/privacy/").select(".call-to-action--foot")
    # head and bar call already, and nothing is booked online
    assert not site.page("/contact/").select(".call-to-action--banner")


def test_a_band_of_notices_stands_in_place_of_the_lines_above_the_header(build_site: BuildSite) -> None:
    notice = "notices:\n  - {text: We have moved., from: 2026-03-01, until: 2026-03-09, link: /contact/}\n"
    site = build_site("minimal", {"clinic.yaml": facts("promise", "notice", "closing") + notice})
    home = site.page("/")
    assert words(home).count("We have moved.") == 1
    assert home.select("main .notice-band a[href='/contact/']")
    assert home.select("[data-until]")  # for the script that takes it down
    assert "new MutationObserver" in site.html("/")
    assert site.page("/contact/").select(".notice-bar")


def test_bands_without_anything_to_show_are_left_out_and_told(build_site: BuildSite) -> None:
    sections = ("promise", "services", "team", "prices", "testimonials", "articles", "notice", "closing")
    site = build_site("minimal", {"clinic.yaml": facts(*sections)})
    assert site.exit_code == 0
    told = {note.partition('for "')[2].partition('"')[0]: note for note in site.notes}
    assert set(told) == {"services", "team", "prices", "testimonials", "articles"}
    line = facts(*sections).split("\n").index("    - team") + 1
    assert told["team"].startswith(f"content/clinic.yaml:{line}: note: ")
    assert len(site.page("/").select("main > *")) == 1  # the promise, with its facts at its side
    assert site.page("/").select(".hero__split > .hero + .on-ground")


def test_a_place_that_is_called_what_it_is_says_so_once(build_site: BuildSite) -> None:
    page = build_site("german").page("/")
    assert "Wo Online" in [fact.get_text(" ", strip=True) for fact in page.select(".key-facts__item")]
    assert "Online" not in [name.get_text(strip=True) for name in page.select(".site-footer__name")]


@pytest.mark.parametrize(
    ("section", "near"),
    [
        ("text: Knee", 'there is no heading "Knee" in pages/home.md; did you mean "Knees"?'),
        ("text: Inside", 'there is no heading "Inside"'),
        ("text: Zebras", 'there is no heading "Zebras" in pages/home.md; write Knees'),
    ],
    ids=["misspelt", "inside a directive", "unlike all"],
)
def test_a_heading_that_is_not_there_is_told(build_site: BuildSite, section: str, near: str) -> None:
    site = build_site("minimal", {"pages/home.md": HOME, "clinic.yaml": facts("promise", section, "text")})
    [problem] = site.problems
    assert problem.startswith("content/clinic.yaml:")
    assert near in problem


def test_words_of_the_home_page_that_no_band_shows_are_told(build_site: BuildSite) -> None:
    site = build_site("minimal", {"pages/home.md": HOME, "clinic.yaml": facts("promise", "text: Knees")})
    [note] = site.notes
    assert note.startswith('content/pages/home.md:4: note: no section of the home page shows these words: "Before all')


def test_two_bands_on_the_second_background_never_meet() -> None:
    names = [Heading(2, "a", "A"), Heading(2, "b", "B")]
    html = '<h2 id="a">A</h2><p>1</p><h2 id="b">B</h2><p>2</p>'
    bands = bands_of([Section("text", "A"), Section("text", "B"), Section("locations")], names, html, ())
    assert [band.is_on_surface for band in bands] == [True, False, True]
    assert [(band.heading_id, band.has_label) for band in bands[:2]] == [("a", False), ("b", False)]


def test_a_text_is_cut_at_its_own_headings_and_rules_alone() -> None:
    body = '<p>0</p><div><h2 id="x">X</h2></div><h2 class="c" id="a">A</h2><p>1</p><h2 id="b">B</h2>'
    parts = parts_by_heading(body, ["x", "a", "b"])
    assert [id_ for id_, _ in parts] == ["", "a", "b"]
    assert "".join(part for _, part in parts) == body
    columns = columns_of("<p>1</p><hr><blockquote><hr></blockquote><hr /><p>3</p>")
    assert columns == ("<p>1</p>", "<blockquote><hr></blockquote>", "<p>3</p>")


def test_the_owners_summary_stands_above_a_list_and_that_of_a_page_without_a_file_does_not(
    build_site: BuildSite,
) -> None:
    said = "What The Least Clinic does."
    service, line = {"services/knees.md": "---\ntitle: Knees\n---\nWords.\n"}, "#services-title + p"
    site = build_site("minimal", {**service, "pages/services.md": f"---\ntitle: Services\nsummary: {said}\n---\n"})
    assert [" ".join(found.get_text().split()) for found in site.page("/").select(line)] == [said]
    assert build_site("minimal", {**service}).page("/").select(line) == []
