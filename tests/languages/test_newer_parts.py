"""What a clinic in two languages shows in each: events, exercises, menus, home page and the pages made from facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site import CLINICS

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

pytestmark = pytest.mark.site
HOME = "https://glan-y-cei.example.com"
FACTS = (CLINICS / "bilingual" / "clinic.yaml").read_text("utf-8")
FRAME = """\
menu:
  - About us
  - Way here: contact
  - en: {Elsewhere: https://other.example.com}
    cy: {Rhywle: https://other.example.com}
  - services/sports-massage
  - home
  - events
  - blog
footer: [sheet]
home:
  sections: [promise, events, team, {text: {en: Welcome, cy: Croeso}}]
"""
FILES: dict[str, str | bytes | None] = {
    "clinic.yaml": FACTS + FRAME,
    "pages/home.md": "---\ntitle: By the sea\n---\n## Welcome\n\nWords.\n",
    "pages/home.cy.md": "---\ntitle: Ar lan y môr\n---\n## Croeso\n\nGeiriau.\n",
    "pages/sheet.md": "---\ntitle: A sheet\n---\n/// exercises\n///\n",
    "pages/sheet.cy.md": "---\ntitle: Taflen\n---\n/// exercises\n///\n",
    "events/tea.md": "---\ntitle: Tea\nwhen: 2026-04-19 15:00-16:00\nwhere: porth-elin\nsummary: A cup.\n---\nCome.\n",
    "team/idris-wyn.md": "---\ntitle: Idris Wyn\nrole: Massage therapist\nimage: images/idris.png\n"
    "image_alt: Idris\n---\nHe rows.\n",
    "images/idris.png": (CLINICS / "full" / "images" / "steps.png").read_bytes(),
    "exercises/wall-sit.cy.md": "---\ntitle: Eistedd\nstatus: draft\n---\nLlithrwch.\n",
}


@pytest.fixture(scope="module")
def site(build_site: BuildSite) -> Site:
    return build_site("bilingual", FILES)


def links(site: Site, address: str, selector: str) -> list[tuple[object, ...]]:
    """Words, address, ``hreflang`` and ``lang`` of links."""
    found = site.page(address).select(selector)
    words = [one.get_text(strip=True).replace("\xa0", " ") for one in found]
    return [(said, *map(one.get, ("href", "hreflang", "lang"))) for said, one in zip(words, found, strict=True)]


def test_it_has_no_problems(site: Site) -> None:
    assert site.problems == []


def test_a_menu_of_clinic_yaml_leads_to_the_pages_of_each_language(site: Site) -> None:
    assert links(site, "/cy/", ".site-menu__link") == [
        ("Amdanom", "/cy/about/", None, None),
        ("Way here", "/cy/contact/", None, "en-GB"),
        ("Rhywle", "https://other.example.com", None, None),
        ("Sports massage", "/services/sports-massage/", "en-GB", "en-GB"),
        ("Ar lan y môr", "/cy/", None, None),
        ("Digwyddiadau", "/cy/events/", None, None),
        ("Erthyglau", "/cy/blog/", None, None),
        ("Chwilio", "/cy/search/", None, None),
    ]
    assert [words for words, *_ in links(site, "/", ".site-menu__link")][:3] == ["About", "Way here", "Elsewhere"]
    assert links(site, "/cy/", ".site-footer__pages a") == [("Taflen", "/cy/sheet/", None, None)]


def test_events_have_the_words_of_each_language_and_the_facts_of_the_first(site: Site) -> None:
    assert links(site, "/cy/events/", ".event-card__link") == [
        ("Noson agored", "/cy/events/open-evening/", None, None),
        ("Tea", "/events/tea/", "en-GB", "en-GB"),
    ]
    page = site.words("/cy/events/open-evening/")
    assert "Dydd Sadwrn 18 Ebrill 2026" in page
    assert "Porth Elin" in page
    assert "Saturday" not in page
    calendar = site.read("cy/events.ics")
    assert "SUMMARY:Noson agored" in calendar
    assert f"{HOME}/cy/events/open-evening/" in calendar
    assert f"{HOME}/events/tea/" in calendar
    assert "SUMMARY:An open evening" in site.read("events.ics")
    assert site.read("cy/events/open-evening.ics") != site.read("events/open-evening.ics")


def test_a_sheet_has_each_exercise_in_its_language_or_marked_as_in_the_first(site: Site) -> None:
    sheet = site.page("/cy/sheet/").main
    assert sheet
    words = sheet.get_text(" ", strip=True).replace("\xa0", " ")
    assert "Codi sawdl 3 set · 10 ar bob ochr" in words
    assert "Llithrwch" not in words  # a draft
    assert [one.get_text(strip=True) for one in sheet.select("div[lang=en-GB]")] == ["Slide down the\xa0wall."]
    assert [one.get_text(strip=True) for one in sheet.select("dd[lang=en-GB]")] == ["The calf works."]
    assert "glan-y-cei.example.com/cy/sheet" in words


def test_the_home_page_has_the_bands_of_the_facts_in_each_language(site: Site) -> None:
    main = site.page("/cy/").main
    assert main
    assert "Geiriau." in main.get_text()
    portraits = main.select(".team-list img")
    assert [str(image["src"]).partition("-")[0] for image in portraits] == ["/images/idris"]
    assert [one.get_text() for one in main.select(".team-list__role[lang=en-GB]")] == ["Massage therapist"]


def test_pages_made_from_facts_are_in_each_language(build_site: BuildSite) -> None:
    site = build_site("bilingual", {"pages/privacy.md": None, "pages/accessibility.md": None})
    assert site.problems == []
    for page in ("privacy", "accessibility"):
        assert site.page(f"/cy/{page}/").html["lang"] == "cy"  # type: ignore[index]
        assert [link["hreflang"] for link in site.page(f"/cy/{page}/").select(".language-switch a")] == ["en-GB"]
    assert "cwcis" in site.words("/cy/privacy/")


IMPRINT = "---\ntitle: Impressum\n---\nPraxis am Deich, Am Deich 1, 25813 Husum\n"


@pytest.mark.parametrize(
    ("files", "leads_to"),
    [
        ({}, ("Imprint", "/en/imprint/", None)),
        ({"pages/impressum.md": IMPRINT}, ("Imprint", "/impressum/", "de-DE")),
        (
            {"pages/impressum.md": IMPRINT, "pages/impressum.en.md": "---\ntitle: Who we are\n---\nWords.\n"},
            ("Who we are", "/en/impressum/", None),
        ),
    ],
    ids=["of the facts", "of the owner in the first language", "of the owner in both"],
)
def test_each_language_leads_to_an_imprint(
    build_site: BuildSite, files: dict[str, str | bytes | None], leads_to: tuple[str, str, str | None]
) -> None:
    site = build_site("german", {"pages/home.en.md": "---\ntitle: Welcome\n---\nWords.\n", **files})
    assert site.problems == []
    assert leads_to in [found[:3] for found in links(site, "/en/", ".site-footer__legal a")]


@pytest.mark.parametrize(
    ("sections", "problem"),
    [
        (
            "{text: Welcome}",
            'no heading "Welcome" in content/pages/home.cy.md; write the words of one in both languages',
        ),
        ("{text: {en: Welcome, cy: Helo}}", 'no heading "Helo" in content/pages/home.cy.md'),
    ],
    ids=["named in the first language alone", "that is not there"],
)
def test_a_heading_that_home_md_does_not_have_in_a_language_is_told(
    build_site: BuildSite, sections: str, problem: str
) -> None:
    facts = f"{FACTS}home: {{sections: [promise, {sections}]}}\n"
    site = build_site("bilingual", {**FILES, "clinic.yaml": facts})
    (told,) = site.problems
    assert problem in told
