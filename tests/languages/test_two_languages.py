"""A clinic in two languages: each page is wholly in its own, and each leads to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import feedparser
import pytest

from tests.site import CLINICS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.site import BuildSite, Site

pytestmark = pytest.mark.site
HOME = "https://glan-y-cei.example.com"
PAIRS = [
    ("/", "/cy/"),
    ("/about/", "/cy/about/"),
    ("/contact/", "/cy/contact/"),
    ("/services/osteopathy/", "/cy/services/osteopathy/"),
    ("/team/carys-elin-huw/", "/cy/team/carys-elin-huw/"),
    ("/locations/porth-elin/", "/cy/locations/porth-elin/"),
    ("/post/lambing-backs/", "/cy/post/lambing-backs/"),
    ("/blog/", "/cy/blog/"),
]
"""Pages that are translations of each other."""


@pytest.fixture(scope="module")
def welsh(build_site: BuildSite) -> Site:
    return build_site("bilingual")


def alternates(site: Site, address: str) -> dict[str, str]:
    links = site.page(address).select('link[rel="alternate"][hreflang]')
    return {str(link["hreflang"]): str(link["href"]) for link in links}


def test_it_has_no_problems(welsh: Site) -> None:
    assert (welsh.exit_code, welsh.stderr) == (0, "")


@pytest.mark.parametrize(("english", "other"), PAIRS)
def test_translations_name_each_other_and_themselves(welsh: Site, english: str, other: str) -> None:
    expected = {"en-GB": HOME + english, "cy": HOME + other, "x-default": HOME + english}
    for address, language, locale in ((english, "en-GB", "en_GB"), (other, "cy", "cy_GB")):
        page = welsh.page(address)
        assert page.html
        assert page.html["lang"] == language
        assert alternates(welsh, address) == expected
        assert page.select_one('link[rel="canonical"]')["href"] == HOME + address  # type: ignore[index]
        assert page.select_one('meta[property="og:locale"]')["content"] == locale  # type: ignore[index]
        (also,) = page.select('meta[property="og:locale:alternate"]')
        assert {also["content"], locale} == {"en_GB", "cy_GB"}
        (link,) = page.select(".language-switch a")
        assert str(link["href"]) == (other if address == english else english)
        assert (link["lang"], link["hreflang"]) == (("cy", "cy") if address == english else ("en-GB", "en-GB"))
        assert link.get_text() == ("Cymraeg" if address == english else "English")


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("/post/stretching/", "/cy/"),
        ("/services/sports-massage/", "/cy/"),
        ("/blog/2026/", "/cy/"),
        ("/cy/post/cychod/", "/"),
        ("/cy/blog/tags/ffermio/", "/"),
        ("/404.html", "/cy/"),
    ],
)
def test_a_page_without_a_translation_leads_to_the_home_page_of_the_other_language(
    welsh: Site, address: str, to: str
) -> None:
    assert [link["href"] for link in welsh.page(address).select(".language-switch a")] == [to]
    assert alternates(welsh, address) == {}


def test_every_page_below_the_folder_is_in_its_language_and_no_other(welsh: Site) -> None:
    for address in welsh.pages:
        page = welsh.page(address)
        assert page.html
        is_welsh = address.startswith("/cy/")
        assert page.html["lang"] == ("cy" if is_welsh else "en-GB"), address
        nodes = welsh.graph(address)
        assert {node["inLanguage"] for node in nodes if "inLanguage" in node} <= {"cy" if is_welsh else "en-GB"}
        menu = [link["href"] for link in page.select(".site-menu__link")]
        assert menu
        assert all(str(href).startswith("/cy/") == is_welsh for href in menu), address
        skip = page.select_one(".skip-link")
        assert skip
        assert skip.get_text() == ("Neidio i’r prif gynnwys" if is_welsh else "Skip to main content")


def test_the_clinic_is_one_whatever_the_language_of_its_page(welsh: Site) -> None:
    for english, other in PAIRS[:4]:
        ids = [{node["@id"] for node in welsh.graph(address) if "/#" in node["@id"]} for address in (english, other)]
        shared = {f"{HOME}/#clinic", f"{HOME}/#location-porth-elin"} & ids[0]
        assert shared
        assert shared <= ids[1]


def test_facts_are_those_of_the_first_file_in_the_words_of_the_second(welsh: Site) -> None:
    words = welsh.words("/cy/services/osteopathy/")
    for expected in ("45 munud", "Ymweliad cyntaf £52", "poen cefn", "Oes angen llythyr gan fy meddyg? Nac oes."):
        assert expected in words
    assert "First visit" not in words
    assert "First visit £52" in welsh.words("/services/osteopathy/")
    person = welsh.words("/cy/team/carys-elin-huw/")
    assert "Cymraeg, Saesneg" in person
    assert "Cofrestriad 0000" in person
    assert "Dydd Llun – Dydd Iau 9am i 5:30pm" in welsh.words("/cy/about/")
    place = welsh.words("/cy/locations/porth-elin/")
    assert "Y drws glas wrth ymyl y siop gychod." in place
    assert "Ar gau 6 – 10 Ebrill 2026 (y Pasg)" in place
    assert "Ffoniwch GIG 111 os" in welsh.words("/cy/post/lambing-backs/")
    titles = [str(welsh.page(address).title) for address in ("/cy/book/", "/book/")]
    assert ["Trefnu ymweliad" in title for title in titles] == [True, False]  # the owner's own word, in Welsh alone


def test_what_has_no_translation_is_marked_with_its_language(welsh: Site) -> None:
    massage, osteopathy = (welsh.page("/cy/services/").select_one(f'a[href$="{end}"]') for end in ("massage/", "thy/"))
    assert massage
    assert osteopathy
    assert (massage["href"], massage["hreflang"], massage["lang"]) == ("/services/sports-massage/", "en-GB", "en-GB")
    assert (osteopathy.get("hreflang"), osteopathy.get("lang")) == (None, None)
    for address, words in (("/cy/locations/porth-elin/", "Free for an hour"), ("/cy/", "I could lift my lambs")):
        (marked,) = (found for found in welsh.page(address).select("[lang=en-GB]") if words in found.get_text())
        assert marked.name in {"p", "dd"}
    assert not welsh.page("/locations/porth-elin/").select("main [lang]")
    privacy = welsh.page("/cy/").select_one('.site-footer a[href="/cy/privacy/"]')
    assert privacy
    assert "hreflang" not in privacy.attrs


def test_lists_and_feeds_are_of_one_language(welsh: Site) -> None:
    listed = {
        address: [str(link["href"]) for link in welsh.page(address).select(".article-card__link")]
        for address in ("/blog/", "/cy/blog/")
    }
    assert listed == {
        "/blog/": ["/post/stretching/", "/post/lambing-backs/"],
        "/cy/blog/": ["/cy/post/cychod/", "/cy/post/lambing-backs/"],
    }
    assert "/cy/blog/categories/cefnau/" in welsh.pages
    assert "/blog/categories/cefnau/" not in welsh.pages
    for file, language in (("blog/atom.xml", "en-GB"), ("cy/blog/atom.xml", "cy"), ("cy/blog-feed.xml", "cy")):
        feed = feedparser.parse(welsh.read(file))
        assert feed.feed.language == language
        prefix = f"{HOME}/cy/post/" if language == "cy" else f"{HOME}/post/"
        assert feed.entries
        assert all(entry.link.startswith(prefix) for entry in feed.entries)
    assert "Cefnau adeg wyna" not in welsh.html("/post/stretching/")


def test_what_is_not_there_is_told_in_the_language_of_its_folder(welsh: Site) -> None:
    assert welsh.read("_redirects").splitlines()[-1] == "/cy/* /cy/404.html 404"
    assert "Ni allwn ddod o hyd" in welsh.words("/cy/404.html")


def test_links_to_files_lead_to_the_language_of_their_page(welsh: Site) -> None:
    words = welsh.page("/cy/about/").main
    assert words
    found = {str(link["href"]) for link in words.select(".prose a")}
    assert {"/cy/services/osteopathy/", "/cy/book/", "/cy/privacy/", "/services/sports-massage/"} <= found


def test_the_sitemap_has_all_languages_and_which_pages_belong_together(welsh: Site) -> None:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    urls = ET.fromstring(welsh.read("sitemap.xml")).findall("s:url", space)  # noqa: S314 (our own)
    found = {
        url.findtext("s:loc", "", space): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", space)
        }
        for url in urls
    }
    for address, links in found.items():
        assert links == alternates(welsh, address.removeprefix(HOME)), address
    assert f"{HOME}/cy/about/" in found
    assert f"{HOME}/cy/search/" not in found


def test_a_site_in_one_language_says_nothing_of_others(minimal: Site) -> None:
    text = minimal.everything()
    for word in ("hreflang", "language-switch__list", "og:locale:alternate", "xhtml"):
        assert word not in text


def test_each_language_has_its_own_search(welsh: Site) -> None:
    assert "cy/pagefind/pagefind.js" in welsh.files
    box = welsh.page("/cy/search/").select_one(".search-results")
    assert box
    assert box["data-index"] == "/cy/pagefind/pagefind.js"


@pytest.mark.parametrize(("words", "there", "not_there"), [("oen", "/cy/post/lambing-backs/", "/post/lambing-backs/")])
def test_a_search_finds_pages_of_its_language_alone(
    welsh: Site, browser: Browser, serve: Callable[[Path], str], words: str, there: str, not_there: str
) -> None:
    page = browser.new_page()
    page.goto(f"{serve(welsh.output)}/cy/search/?q={words}")
    page.wait_for_selector(".search-results__link[href]")
    found = [str(link.get_attribute("href")) for link in page.query_selector_all(".search-results__item a")]
    page.close()
    assert there in found
    assert not_there not in found


def test_a_translation_has_the_image_of_the_first_once_it_has_words_for_it(build_site: BuildSite) -> None:
    picture, about = (CLINICS / "full" / "images" / "steps.png").read_bytes(), "---\ntitle: {}\n{}---\nWords.\n"
    files: dict[str, str | bytes | None] = {
        "images/steps.png": picture,
        "posts/2026-01-01-knees.md": about.format("Knees", "image: images/steps.png\nimage_alt: Steps\n"),
        "posts/2026-01-01-knees.cy.md": about.format("Pen-gliniau", "image_alt: Grisiau\n"),
        "posts/2026-01-01-knees.de.md": about.format("Knie", ""),
    }
    site = build_site("minimal", files)
    assert site.problems == []
    texts = [
        [str(image["alt"]) for image in site.page(f"{part}/post/knees/").select("main img[alt]")]
        for part in ("", "/cy", "/de")
    ]
    assert [set(found) for found in texts] == [{"Steps"}, {"Grisiau"}, set()]
    assert [link.get_text() for link in site.page("/cy/post/knees/").select(".language-switch a")] == [
        "English",
        "Deutsch",
    ]


def test_drafts_of_a_second_language_are_for_the_preview(build_site: BuildSite) -> None:
    files = {
        "pages/about.md": "---\ntitle: About\n---\nWords.\n",
        "pages/about.cy.md": "---\ntitle: Amdanom\nstatus: draft\n---\nGeiriau.\n",
        "pages/services.md": "---\ntitle: Services\n---\n",
        "services/massage.md": "---\ntitle: Massage\nstatus: draft\n---\nWords.\n",
        "services/massage.cy.md": "---\ntitle: Tylino\nstatus: draft\n---\nGeiriau.\n",
    }
    published = build_site("minimal", files)
    assert published.problems == []
    assert [file for file in published.files if file.startswith("cy/")] == []
    assert alternates(published, "/about/") == {}
    preview = build_site("minimal", files, preview=True)
    assert preview.problems == []
    assert {"/cy/", "/cy/about/", "/cy/services/massage/"} <= set(preview.pages)
    assert [link["href"] for link in preview.page("/about/").select(".language-switch a")] == ["/cy/about/"]
    files["pages/contact.cy.md"] = "---\ntitle: Cysylltu\n---\nGeiriau.\n"
    files["pages/home.cy.md"] = "---\ntitle: Croeso\nstatus: draft\n---\nGeiriau.\n"
    in_part = build_site("minimal", files)
    assert in_part.problems == []
    assert "/cy/about/" not in in_part.pages
    assert "Geiriau" not in in_part.html("/cy/")


GERMAN: dict[str, str | bytes | None] = {
    "clinic.yaml": """\
name: Praxis am Deich
url: https://deich.example.com/praxis
phone: +49 30 23125 012
country: DE
language: de
strapline: {de: Gut zu Fuß, en: On good feet}
comments: off
locations:
  hier:
    address: {street: Am Deich 1, locality: Husum, postcode: "25813"}
    opening_hours: {monday: 09:00-17:00}
""",
    "posts/knie/index.md": "---\ntitle: Knie\ndate: 2026-01-01\n---\n[Blatt]({static}/blatt.pdf) ![Knie](bild.png)\n",
    "posts/knie/index.en.md": "---\ntitle: Knees\nslug: my-knees\naliases: [/en/knee/]\n---\n"
    "[Sheet]({static}/blatt.pdf) and [more]({static}/more.pdf) ![Knee](bild.png)\n\n"
    "See [this](https://deich.example.com/praxis/en/book/), [that]({filename}/pages/privacy.md) and "
    "[the German]({filename}/pages/home.md).\n",
    "posts/knie/bild.png": (CLINICS / "full" / "images" / "steps.png").read_bytes(),
    "blatt.pdf": b"%PDF-1.4",
    "more.pdf": b"%PDF-1.4",
}


def test_files_are_there_once_for_all_languages_of_a_site_in_a_folder(build_site: BuildSite) -> None:
    site = build_site("minimal", GERMAN, settings={"CLINIC_PUBLIC": True})
    assert site.problems == []
    found = [file for file in site.files if file.endswith((".pdf", ".webp", ".webmanifest"))]
    assert ([file for file in found if file.startswith("en/")], len(found)) == ([], 4)
    article = site.page("/en/post/my-knees/").main
    assert article
    links = [str(link["href"]) for link in article.select(".prose a")]
    assert {"/praxis/blatt.pdf", "/praxis/more.pdf", "/praxis/en/privacy/", "/praxis/en/"} <= set(links)
    assert all(str(image["src"]).startswith("/praxis/posts/knie/knie-") for image in article.select("img"))
    assert "https://deich.example.com/praxis/blatt.pdf" in site.read("en/blog/atom.xml")
    assert alternates(site, "/en/post/my-knees/") == {
        "de": "https://deich.example.com/praxis/post/knie/",
        "en": "https://deich.example.com/praxis/en/post/my-knees/",
        "x-default": "https://deich.example.com/praxis/post/knie/",
    }
    assert "/en/knee /praxis/en/post/my-knees/" in site.read("_redirects")
    words = site.words("/en/")
    assert "On good feet" in words
    assert "Monday 09:00 to 17:00" in words  # as Germany writes times, in English
    assert site.page("/").html["lang"] == "de"  # type: ignore[index]
