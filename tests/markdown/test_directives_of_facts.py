"""Directives that show the clinic's records, other articles, or pictures, links and files of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.models.language import size_in_words, write_in
from tests.browser import NARROWEST
from tests.images.photos import photo
from tests.site import CLINICS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bs4 import Tag
    from playwright.sync_api import Page

    from tests.site import BuildSite, Site

PAGE = "/before-you-come/"


def words(element: Tag) -> str:
    return " ".join(element.get_text().split())


def texts(site: Site, selector: str, address: str = PAGE) -> list[str]:
    return [words(found) for found in site.page(address).select(selector)]


def page(body: str) -> dict[str, str | bytes | None]:
    return {"pages/x.md": f"---\ntitle: X\n---\n\n{body}\n"}


@pytest.fixture(autouse=True)
def british() -> Iterator[None]:
    yield
    write_in("en-GB")


def test_services_and_people_are_those_that_the_owner_names_or_all(full: Site) -> None:
    assert texts(full, ".service-list .service-card__title") == ["Pilates", "Sports massage"]
    everybody, named = full.page(PAGE).select(".team-list")
    assert [words(found) for found in everybody.select(".team-list__name")] == texts(
        full, ".practitioner-card__name", "/team/"
    )
    assert [words(found) for found in named.select(".team-list__name")] == ["Tom Ash"]
    [portrait] = full.page(PAGE).select(".team-list img")
    assert str(portrait["src"]).startswith("/images/rosa-")
    assert portrait["alt"]
    assert portrait["width"]


def test_prices_are_those_of_the_records_with_what_must_be_booked_first(full: Site) -> None:
    assert texts(full, ".price-list__title") == ["Sports massage"]  # the others have none
    rows = texts(full, ".price-list__row")
    assert rows[0].startswith("First visit (required)")
    assert any("£52.50" in row for row in rows)


def test_hidden_records_and_people_who_left_are_in_no_list(build_site: BuildSite) -> None:
    hidden = "---\ntitle: Cupping\nstatus: hidden\nprices: [45]\n---\n"
    rosa = (CLINICS / "full/team/rosa-quill.md").read_text("utf-8").replace("services: [", "services: [cupping, ", 1)
    body = "/// services\n///\n\n/// prices\n///\n\n/// team\n///\n"
    site = build_site("full", {**page(body), "services/cupping.md": hidden, "team/rosa-quill.md": rosa})
    assert site.problems == []
    assert "Cupping" not in texts(site, ".service-card__title", "/x/")
    assert "Cupping" not in texts(site, ".price-list__title", "/x/")
    assert "Vera Lane" not in " ".join(texts(site, ".team-list__name", "/x/"))
    assert "Rosa Quill" in texts(site, ".team-list__name", "/x/")


def test_questions_are_a_list_of_the_owners_or_those_of_a_service(full: Site) -> None:
    own, of_service = full.page(PAGE).select(".faq")
    assert [words(found) for found in own.select("summary")] == ["May I bring somebody?", "Where do I change?"]
    assert words(own.select(".faq__answer")[0]) == "Please do."
    assert "Does it hurt?" in words(of_service)


def test_testimonials_are_as_many_as_asked_for(full: Site) -> None:
    assert len(full.page(PAGE).select(".testimonial")) == 1


def test_pictures_of_a_gallery_and_logos_are_images_of_the_site_in_their_sizes(full: Site) -> None:
    pictures = full.page(PAGE).select(".gallery img, .logos img")
    assert len(pictures) == 3
    assert all(found["alt"] and found["width"] and str(found["src"]).startswith("/images/") for found in pictures)
    assert texts(full, ".gallery figcaption") == ["Twelve steps"]


def test_buttons_are_links_to_pages_that_are_checked(full: Site) -> None:
    found = full.page(PAGE).select(".button-row a.button")
    assert [(words(link), link["href"]) for link in found] == [
        ("Our services", "/services/"), ("Ask first", "/contact/"),
    ]  # fmt: skip


def test_a_download_says_its_kind_and_size_and_is_published(full: Site) -> None:
    [link] = full.page(PAGE).select(".download a")
    assert words(link) == "Health form (PDF, 1 kB)"
    assert str(link["href"]).lstrip("/") in full.files


@pytest.mark.parametrize(
    ("size", "language", "said"),
    [
        (1, "en-GB", "1 kB"), (240_499, "en-GB", "240 kB"), (999_499, "en-GB", "999 kB"), (999_500, "en-GB", "1 MB"),
        (1_240_000, "en-US", "1.2 MB"), (1_240_000, "de-DE", "1,2 MB"), (None, "en-GB", ""),
    ],
)  # fmt: skip
def test_sizes_are_written_as_the_language_writes_them(size: int | None, language: str, said: str) -> None:
    write_in(language, language[-2:])
    assert size_in_words(size) == said


def test_columns_are_cut_at_the_rules_and_keep_all_words(full: Site) -> None:
    assert texts(full, ".columns__part") == ["By ferry, to the steps.", "By bus, to the bakery."]


def test_columns_hold_other_directives(build_site: BuildSite) -> None:
    body = "//// columns\n/// callout | Mind\nThe step.\n///\n\n***\n\n/// contact\n///\n////\n"
    site = build_site("minimal", page(body))
    assert site.problems == []
    first, second = texts(site, ".columns__part", "/x/")
    assert "The step." in first
    assert "01632 960199" in second


def test_a_map_loads_nothing_and_leads_to_maps(full: Site) -> None:
    [card] = full.page(PAGE).select(".map-card")
    assert "1 Quay Street" in words(card)
    assert not card.select("img, iframe")
    assert card.select("a[href^='https://']")


def test_a_picture_stands_in_place_of_the_pin(build_site: BuildSite) -> None:
    place = "name: L\nurl: https://l.example.com\nphone: 01632 960199\n"
    place += "locations: {here: {address: {street: 1 Quay, locality: Here}}}\n"
    files = {**page("/// map\n![Our street]({static}/images/map.png)\n///\n"), "images/map.png": photo(64, 48)}
    site = build_site("minimal", {**files, "clinic.yaml": place})
    [card] = site.page("/x/").select(".map-card")
    assert [found["alt"] for found in card.select("img")] == ["Our street"]
    assert not card.select(".map-card__drawing")


def test_a_clinic_without_an_address_is_told_that_there_is_no_map(build_site: BuildSite) -> None:
    facts = "name: L\nurl: https://l.example.com\nphone: 01632 960199\nlocations: {web: {online: yes}}\n"
    site = build_site("minimal", {**page("/// map\n///\n"), "clinic.yaml": facts})
    [problem] = site.problems
    assert problem.startswith("content/pages/x.md:5: there is no address to find on a map")


POST = "---\ntitle: {}\ncategory: {}\ntags: [{}]\n---\n\nWords on {}.\n"
POSTS = {
    f"posts/2026-01-0{day}-{name.lower()}.md": POST.format(name, category, tag, name)
    for day, (name, category, tag) in enumerate(
        (
            ("Ankle", "Joints", "Walk"), ("Elbow", "Joints", "Lift"),
            ("Calf", "Muscles", "Walk"), ("Knee", "Joints", "Walk"),
        ),
        start=1,
    )
}  # fmt: skip


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        ("", ["Knee", "Calf", "Elbow"]),
        ("    number: 1\n", ["Knee"]),
        ("    tag: walk\n", ["Knee", "Calf", "Ankle"]),
        ("    category: Joints\n    tag: Walk\n", ["Knee", "Ankle"]),
    ],
    ids=["newest", "one", "of a tag", "of a category and a tag"],
)
def test_articles_are_the_newest_that_fit(build_site: BuildSite, options: str, titles: list[str]) -> None:
    site = build_site("minimal", {**POSTS, **page(f"/// articles | Read on\n{options}///\n")})
    assert site.problems == []
    assert texts(site, ".article-row .article-card__title", "/x/") == titles
    assert "Read on" in texts(site, "main h2", "/x/")
    assert "articles-shown" not in site.html("/x/")


def test_an_article_never_lists_itself_and_its_list_is_whole_in_the_feeds(build_site: BuildSite) -> None:
    own = POSTS["posts/2026-01-04-knee.md"] + "\n/// articles\n    number: 2\n///\n"
    site = build_site("minimal", {**POSTS, "posts/2026-01-04-knee.md": own})
    assert texts(site, ".article-row .article-card__title", "/post/knee/") == ["Calf", "Elbow"]
    feed = site.read("blog-feed.xml")
    assert "articles-shown" not in feed
    assert "https://least.example.com/post/calf/" in feed


def test_a_draft_is_in_no_list_but_in_the_preview(build_site: BuildSite) -> None:
    files = {**POSTS, **page("/// articles\n    number: 1\n///\n")}
    files["posts/2026-01-09-wrist.md"] = "---\ntitle: Wrist\nstatus: draft\n---\n\nWords.\n"
    assert texts(build_site("minimal", files), ".article-card__title", "/x/") == ["Knee"]
    shown = texts(build_site("minimal", files, preview=True), ".article-row", "/x/")
    assert "Wrist" in shown[0]
    assert "Draft" in shown[0]


def test_a_list_without_an_article_is_left_out_and_told(build_site: BuildSite) -> None:
    site = build_site("minimal", page("/// articles | Read on\n///\n"))
    assert site.exit_code == 0
    [note] = site.notes
    assert note.startswith("content/pages/x.md:5: note: there is no article for this list yet")
    assert "Read on" not in site.words("/x/")


@pytest.mark.parametrize(
    ("directive", "message"),
    [
        ("services", "there is no service to show; add a file to services/"),
        ("prices", "there is no service to show; add a file to services/"),
        ("team", "there is nobody to show; add a file to team/"),
        ("testimonials", 'there are no testimonials to show; add "testimonials" to clinic.yaml'),
    ],
)
def test_a_directive_without_a_record_to_show_is_told(build_site: BuildSite, directive: str, message: str) -> None:
    site = build_site("minimal", page(f"/// {directive}\n///\n"))
    [problem] = site.problems
    assert problem.startswith(f"content/pages/x.md:5: {message}")


def test_a_false_price_beside_shown_ones_is_still_told(build_site: BuildSite, full: Site) -> None:
    assert full.problems == []  # what is shown from the facts is no statement of the owner's
    site = build_site("full", page("/// prices\n///\n\nThat is £51.\n"))
    [problem] = site.problems
    assert problem.startswith('content/pages/x.md:8: "£51" is not a price of the clinic')


def test_all_of_it_holds_in_another_country_and_language(build_site: BuildSite) -> None:
    facts = (
        "name: Praxis am Wehr\nurl: https://praxis.example.com\nemail: hallo@praxis.example.com\ncountry: DE\n"
        "timezone: Europe/Berlin\nphone: +49 30 23125 000\n"
        "locations: {wehr: {address: {street: Am Wehr 2, locality: Musterstadt, postcode: '12345'}}}\n"
        "home: {sections: [promise, prices, team, closing]}\nmenu: [services, Anmeldung: 'https://login.example.com']\n"
    )
    files: dict[str, str | bytes | None] = {
        "clinic.yaml": facts,
        "services/massage.md": "---\ntitle: Massage\nprices: [{amount: 65, minutes: 45}]\n---\n\nMit Ruhe.\n",
        "team/ada-muster.md": "---\ntitle: Ada Muster\nrole: Heilpraktikerin\nservices: massage\n---\n\nAda.\n",
        "pages/services.md": "---\ntitle: Leistungen\n---\n",
        "pages/team.md": "---\ntitle: Wir\n---\n",
        "files/bogen.pdf": b"%PDF" + b"x" * 1_240_000,
        **page("/// prices\n///\n\n/// download\n[Bogen]({static}/files/bogen.pdf)\n///\n\n/// map\n///\n"),
    }  # fmt: skip
    site = build_site("minimal", files)
    assert site.problems == []
    assert "Preise" in texts(site, "h2", "/")
    assert "65,00\xa0€" in site.page("/x/").select(".price-list__price")[0].get_text()
    assert texts(site, ".download__facts", "/x/") == ["(PDF, 1,2 MB)"]
    assert [link["href"] for link in site.page("/").select(".site-menu__list a")] == [
        "/services/", "https://login.example.com",
    ]  # fmt: skip


def test_on_a_phone_nothing_stands_out_of_the_page(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    shown = open_page(serve(full.output) + PAGE, NARROWEST)
    assert shown.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
