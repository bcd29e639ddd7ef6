"""Exercises are written once, have a page each, and make sheets to print with codes to their films."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image

from clinic.content.load import load
from tests.site import CLINICS, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.site import BuildSite, Site

LEAST = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
SHEET = "---\ntitle: Sheet\n---\n\n/// exercises\n{options}///\n"
RISE = "---\ntitle: Rise\nvideo: https://youtu.be/aBcDeFgHiJk\nsets: 1\n---\n\nRise.\n\n## Easier\n\nSit.\n"


def test_a_sheet_has_all_of_each_exercise(full: Site) -> None:
    words = full.words("/exercises/")
    for said in (
        "For the calves",
        "Calf raise 3 sets · 10 on each side · every other day",
        "Rise onto your toes, and come down slowly.",
        "What to feel Work in the calf, and none in front of the ankle.",
        "When to stop It hurts more with each one.",
        "Wall sit hold for 20 seconds",
    ):
        assert said in words
    image = full.page("/exercises/").select_one(".exercises__image img")
    assert image
    assert image["alt"] == "Steps cut into a cliff"
    assert full.file(f"/{str(image['src']).lstrip('/')}").exists()


def test_each_has_a_page_where_its_film_is_played(full: Site) -> None:
    page = full.page("/exercises/calf-raise/")
    film = page.select_one("video source")
    assert film
    assert full.file(str(film["src"])).exists()
    assert "3 sets · 10 on each side" in full.words("/exercises/calf-raise/")


def test_a_heading_in_the_text_of_an_exercise_is_none_of_the_sheet(full: Site) -> None:
    ids = [str(each["id"]) for each in full.page("/exercises/").select("[id]")]
    assert len(ids) == len(set(ids))
    assert not full.page("/exercises/").select(".exercises__words :is(h1, h2, h3, h4)")


def test_on_paper_a_sheet_begins_with_the_clinic_and_codes_lead_to_films_and_reviews(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page(serve(full.output) + "/exercises/", viewport={"width": 800, "height": 1000})
    page.emulate_media(media="print")
    assert "Larkmouth & Tarn Movement Clinic" in page.inner_text(".exercises .handout")
    assert page.is_hidden(".print-links")
    page.screenshot(path=tmp_path / "sheet.png", full_page=True)
    codes = {found.text for found in zxingcpp.read_barcodes(Image.open(tmp_path / "sheet.png"))}
    assert {"https://larkmouth.example.com/exercises/", "https://larkmouth.example.com/exercises/calf-raise/"} <= codes
    assert "https://reviews.example.com/larkmouth" in codes


def test_a_sheet_of_all_leads_to_films_elsewhere(build_site: BuildSite) -> None:
    site = build_site("minimal", {"exercises/rise.md": RISE, "pages/sheet.md": SHEET.format(options="")})
    assert site.problems == []
    assert site.page("/sheet/").select('.exercises a[href="https://www.youtube.com/watch?v=aBcDeFgHiJk"]')
    assert "1 set" in site.words("/sheet/")
    assert site.page("/exercises/rise/").select("[data-video]")


def test_an_article_has_the_clinics_block_once(build_site: BuildSite) -> None:
    post = SHEET.format(options="").replace("title: Sheet", "title: Sheet\nhandout: yes")
    site = build_site("minimal", {"exercises/rise.md": RISE, "posts/2026-01-02-sheet.md": post})
    assert len(site.page("/post/sheet/").select(".handout")) == 1
    assert site.html("/post/sheet/").count("/site.js") == 1


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        (
            {"exercises/rise.md": RISE, "pages/sheet.md": SHEET.format(options="    exercises: raise\n")},
            'content/pages/sheet.md:6: unknown exercise "raise"; did you mean "rise"?',
        ),
        (
            {"pages/sheet.md": SHEET.format(options="")},
            "content/pages/sheet.md:5: there are no exercises to show; make",
        ),
        (
            {"exercises/rise.md": "---\ntitle: A\nvideo: images/x.avi\n---\n\nx\n"},
            '"images/x.avi" is no film we can',
        ),
        ({"exercises/rise.md": "---\ntitle: A\nvideo: images/x.mp4\n---\n\nx\n"}, "there is no file"),
        (
            {"exercises/rise.md": "---\ntitle: A\nvideo: {poster: x}\n---\n\nx\n"},
            "this video has no film; add its address",
        ),
        ({"exercises/rise.md": "---\ntitle: A\nsets: three\n---\n\nx\n"}, 'sets is "three"; write a number alone'),
        ({"exercises/rise.md": "---\ntitle: A\nfeels: x\n---\n\nx\n"}, 'unknown key "feels"; did you mean "feel"?'),
        ({"exercises/rise.md": "---\ntitle: A\nimage: images/x.png\n---\n\nx\n"}, "the image has no words; add"),
        ({"exercises/Calf Raise.md": "---\ntitle: A\n---\n\nx\n"}, "name it calf-raise.md"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(
    build_site: BuildSite, files: dict[str, str | bytes | None], problem: str
) -> None:
    site = build_site("minimal", files)
    told = [each for each in site.problems if problem in each]
    assert len(told) == 1, site.problems
    assert len({each.rpartition(":")[0] for each in site.problems}) <= 2
    assert "Traceback" not in site.stderr


def test_a_draft_that_a_sheet_names_is_left_out(tmp_path: Path) -> None:
    write(tmp_path / "clinic.yaml", LEAST)
    write(tmp_path / "exercises" / "rise.md", RISE.replace("sets: 1", "status: draft"))
    content = load(tmp_path)
    assert not content.clinic.exercises
    assert content.unreadable["exercises"] == {"rise"}
