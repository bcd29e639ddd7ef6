"""Required pages that have no file are made from the facts, and say what this site does and nothing else."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from clinic.content.clinic import assemble, context_of
from clinic.domain.pages.default_pages import default_front_matter, missing_in_imprint
from clinic.models.clinic import Clinic, ClinicFile
from clinic.models.practitioner import Practitioner
from clinic.models.service import Service

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

REQUIRED = ("home", "blog", "contact", "book", "privacy", "accessibility", "not-found")
NO_PAGES = {f"pages/{name}.md": None for name in REQUIRED}
FACTS = {"name": "The Least Clinic", "url": "https://least.example.com", "phone": "+44 1632 960199"}
TALKATIVE = """\
name: The Least Clinic
url: https://least.example.com
phone: "+44 7700 900199"
email: hello@least.example.com
country: {country}
timezone: Europe/Dublin
locations: {{here: {{address: {{locality: Here}}}}}}
booking: {{provider: cliniko, url: https://least.eu1.cliniko.com/bookings, embed: yes}}
contact_form: {{provider: formspree, id: abcd}}
third_parties: [{{host: maps.example.com, purpose: The map of the way to us}}]
"""
FILM = "---\ntitle: A walk\ndate: 2026-01-05\n---\nWords.\n\n/// video | A walk\n    url: https://youtu.be/abcdefghijk\n///\n"


def clinic(**facts: object) -> Clinic:
    """A clinic with these facts over the least, in Germany unless they say so."""
    given = {**FACTS, "country": "DE", "locations": {"here": {"address": {"locality": "Here"}}}, **facts}
    whole = ClinicFile.model_validate(given, context={"country": given["country"]})
    assert context_of(whole, None)
    return assemble(whole, (), ())


@pytest.fixture(scope="module")
def bare(build_site: BuildSite) -> Site:
    """A site of clinic.yaml alone."""
    return build_site("minimal", NO_PAGES)


@pytest.fixture(scope="module")
def irish(build_site: BuildSite) -> Site:
    """A site of clinic.yaml alone that has much switched on, and an article with a film."""
    return build_site("minimal", {**NO_PAGES, "clinic.yaml": TALKATIVE.format(country="IE"), "posts/walk.md": FILM})


def test_a_facts_file_alone_makes_a_whole_site_without_a_problem_or_a_note(bare: Site) -> None:
    assert (bare.exit_code, bare.problems, bare.notes) == (0, [], [])
    assert {"/", "/blog/", "/contact/", "/book/", "/privacy/", "/accessibility/", "/404.html"} <= {*bare.pages}
    assert "Welcome to The Least Clinic" in bare.words("/")


def test_the_privacy_page_says_only_what_is_switched_on(bare: Site, irish: Site) -> None:
    plain, much = bare.words("/privacy/"), irish.words("/privacy/")
    for words in ("formspree.io", "least.eu1.cliniko.com", "YouTube or Vimeo", "maps.example.com", "comment"):
        assert words in much, words
        assert words not in plain, words
    assert "loads nothing from other companies" in plain
    assert "loads nothing from other companies" not in much


@pytest.mark.parametrize(
    ("country", "named"),
    [
        ("GB", "you may complain to the Information Commissioner’s Office (ICO)"),
        ("IE", "you may complain to the Data Protection Commission"),
        ("DE", "können Sie sich bei der Datenschutz-Aufsichtsbehörde Ihres Bundeslandes beschweren."),
        ("FR", "you may complain to the data protection authority of your country."),
    ],
)
def test_the_privacy_page_names_the_law_and_authority_of_its_country(
    build_site: BuildSite, country: str, named: str
) -> None:
    site = build_site("minimal", {**NO_PAGES, "clinic.yaml": TALKATIVE.format(country=country), "posts/walk.md": FILM})
    law = {"GB": "Under the UK GDPR", "DE": "Nach der Datenschutz-Grundverordnung (DSGVO)"}.get(
        country, "Under the GDPR"
    )
    assert law in site.words("/privacy/")
    assert named in site.words("/privacy/")


def test_the_privacy_page_tells_of_a_film_that_an_exercise_has(build_site: BuildSite) -> None:
    exercise = "---\ntitle: Calf raise\nvideo: https://youtu.be/abcdefghijk\n---\n\nRise onto your toes.\n"
    site = build_site("minimal", {**NO_PAGES, "exercises/calf-raise.md": exercise})
    assert "YouTube or Vimeo" in site.words("/privacy/")


def test_where_no_law_is_known_the_privacy_page_names_none(build_site: BuildSite) -> None:
    facts = TALKATIVE.format(country="US")
    words = build_site("minimal", {**NO_PAGES, "clinic.yaml": facts}).words("/privacy/")
    assert "You may ask us what we hold about you" in words
    assert "GDPR" not in words


def test_a_written_page_replaces_all_that_was_made_from_the_facts(build_site: BuildSite) -> None:
    own = "---\ntitle: Your data\n---\nWe keep paper notes.\n"
    site = build_site(
        "minimal", {**NO_PAGES, "pages/privacy.md": own, "pages/contact.md": "---\ntitle: Reach us\n---\n"}
    )
    assert "We keep paper notes." in site.words("/privacy/")
    assert "cookies" not in site.words("/privacy/")
    assert not site.page("/").select(".site-menu")  # the default contact page has a word for the menu, hers has none


def test_a_heading_of_a_page_without_text_keeps_the_default_words(build_site: BuildSite) -> None:
    site = build_site("minimal", {"pages/privacy.md": "---\ntitle: Your data\n---\n"})
    assert site.words("/privacy/").startswith("Home Your data Your data Who is responsible")


@pytest.mark.parametrize(("told", "is_in_menu"), [("", False), ("role: Pilates teacher\n", True)])
def test_a_team_of_one_name_is_in_no_menu(build_site: BuildSite, told: str, is_in_menu: bool) -> None:
    site = build_site("minimal", {**NO_PAGES, "team/ada.md": f"---\ntitle: Ada Example\n{told}---\n"})
    assert site.problems == []
    assert bool(site.page("/").select('.site-menu a[href="/team/"]')) is is_in_menu
    assert "/team/" in site.pages


def test_a_german_site_has_an_imprint_in_its_footer_and_is_told_what_that_lacks(build_site: BuildSite) -> None:
    facts = "name: Praxis Weiß\nurl: https://weiss.example.com\nphone: 030 901820\ncountry: DE\n"
    facts += "timezone: Europe/Berlin\nlocations: {here: {address: {locality: Berlin}}}\n"
    site = build_site("minimal", {**NO_PAGES, "clinic.yaml": facts})
    assert site.page("/").select_one('.site-footer a[href="/imprint/"]')
    assert "Praxis Weiß" in site.words("/imprint/")
    assert [note.partition("; ")[0] for note in site.notes] == [
        "content/clinic.yaml:1: note: the imprint that § 5 DDG asks for is not whole"
    ]
    own = build_site(
        "minimal", {**NO_PAGES, "clinic.yaml": facts, "pages/impressum.md": "---\ntitle: Impressum\n---\nx\n"}
    )
    assert own.page("/").select_one('.site-footer a[href="/impressum/"]')
    assert not own.notes
    assert "/imprint/" not in own.pages


def test_an_imprint_lacks_nothing_once_the_facts_are_there() -> None:
    street = {"here": {"address": {"locality": "Berlin", "street": "Am Weg 1", "postcode": "10115"}}}
    assert len(missing_in_imprint(clinic())) == 3
    assert missing_in_imprint(clinic(legal={"name": "Eva Weiß"}, email="a@example.com", locations=street)) == ()


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"phone": None, "email": "a@example.com", "country": "GB"},
        {"strapline": "Move well", "description": "We see feet."},
        {"locations": {"a": {"address": {"locality": "A"}}, "b": {"area": "within ten miles of B"}}},
        {"booking": {"url": "https://book.example.com"}, "whatsapp": "+44 7700 900199"},
        {"locations": {"video": {"online": "yes"}}},
    ],
)
def test_every_default_page_has_a_title_and_a_whole_sentence(facts: dict[str, object]) -> None:
    least = {name: value for name, value in facts.items() if value is not None}
    made = clinic(**least)
    made = made.model_copy(
        update={"services": {"a": Service(title="A", slug="a")}, "team": {"b": Practitioner(title="B", slug="b")}}
    )
    for key, page in default_front_matter(made, has_articles=True).items():
        words = page["summary"].removesuffix(".").casefold().split()
        assert page["title"], key
        assert page["summary"].endswith("."), key
        assert not page["summary"].endswith(".."), key
        assert all(one != other for one, other in itertools.pairwise(words)), page["summary"]


def test_an_empty_blog_is_in_no_menu_and_one_with_articles_is() -> None:
    empty, full = (default_front_matter(clinic(), has_articles=some)["pages/blog.md"] for some in (False, True))
    assert "menu" not in empty
    assert full["menu"] == "Articles"


def test_a_page_whose_owner_wrote_no_words_has_a_description_of_its_own(build_site: BuildSite) -> None:
    site = build_site("minimal", {"services/knees.md": "---\ntitle: Knees\n---\n"})
    addresses = ("/", "/contact/", "/book/", "/blog/", "/services/", "/services/knees/", "/privacy/")
    found = {address: site.page(address).select_one("meta[name=description]") for address in addresses}
    said = {address: str(one["content"]) for address, one in found.items() if one}
    assert said.keys() == {*addresses}
    assert said["/services/knees/"] == "Book knees at The Least Clinic"
    assert len(set(said.values())) == len(said)
