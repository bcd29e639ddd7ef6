"""``words`` in clinic.yaml: the owner's words in place of the site's, and what is said of wrong ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.models.own_words import messages_named
from clinic.models.words import TEMPLATE, read_catalogue
from tests.site import CLINICS
from tests.words.conftest import of_language

if TYPE_CHECKING:
    from tests.site import BuildSite

MINIMAL = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
OWN = """\
words:
  "Call to book {phone}": Ring {phone} to book
  call: Ring <us> & "ask"
  "{count} minute": {one: a minute, other: "{count} min"}
  "Don't": Never
  Call {phone}: "Ring {phone}"
  "Something else? [Ask us.]": "More? [Write to us]!"
"""


def test_the_owners_words_stand_wherever_the_sites_would(build_site: BuildSite) -> None:
    service = (
        "---\ntitle: Massage\nminutes: 60\nquestions: [{question: Why, answer: So}]\n---\n\n/// dont\n- run\n///\n"
    )
    site = build_site(
        "minimal",
        {
            "clinic.yaml": MINIMAL + OWN,
            "services/massage.md": service,
            "pages/services.md": "---\ntitle: Services\n---\n",
        },
    )
    assert (site.exit_code, site.problems) == (0, [])
    home, page = site.words("/"), site.words("/services/massage/")
    assert "Ring 01632 960199 to book" in page
    assert "Call to book 0" not in page
    assert "Ring 01632 960199" in home
    assert 'Ring <us> & "ask"' in site.page("/").find(class_="action-bar").get_text()  # type: ignore[union-attr]
    assert "60 min" in page
    assert "60 minutes" not in page
    assert "Never run" in page
    assert str(site.page("/services/massage/").find("a", string="Write to us")) == '<a href="/contact/">Write to us</a>'


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Book an apointment: x", 'the site has no word "Book an apointment"; did you mean "Book an appointment"?'),
        ("Nonsense words of mine: x", 'the site has no word "Nonsense words of mine"; write it as the site shows it'),
        ("Send: [a, b]", '"Send" is one text; write it behind the colon, on one line'),
        ("Send: {one: a}", '"Send" is one text; write it behind the colon, on one line'),
        ("Call {phone}: Ring us", "is not filled in as this word is; write in it what stands in its place: {phone}"),
        ('Send: "To {name}"', "is not filled in as this word is; take out what stands in curly brackets"),
        ('Send: "To {"', "has a curly bracket that is not closed; take it out"),
        ('"Something else? [Ask us.]": Ask us', "put the words of its link in square brackets"),
        ('Send: "Send [it]"', "take out its square brackets"),
        ('"{count} minute": min', "counts something; write below it, each on its line, one: … and other: …"),
        ('"{count} minute": {other: x, few: y}', 'there is no form "few" of "{count} minute"; write one or other'),
    ],
)  # fmt: skip
def test_a_word_that_cannot_be_is_told_in_one_sentence_at_its_line(build_site: BuildSite, line: str, said: str) -> None:
    site = build_site("minimal", {"clinic.yaml": f"{MINIMAL}words:\n  Pages: Rooms\n  {line}\n"})
    assert len(site.problems) == 1
    number = len(MINIMAL.splitlines()) + 3
    assert site.problems[0].startswith(f"content/clinic.yaml:{number}: ")
    assert said in site.problems[0]


def test_all_wrong_words_are_told_at_once(build_site: BuildSite) -> None:
    words = "words:\n  Sendd: x\n  Call {phone}: y\n  Home: Start\n  home: Begin\n"
    site = build_site("minimal", {"clinic.yaml": MINIMAL + words})
    first = len(MINIMAL.splitlines()) + 2
    assert [int(problem.split(":")[1]) for problem in site.problems] == [first, first + 1, first + 3]
    assert '"home" is the same word as "Home" above; keep one of the two' in site.problems[-1]


def test_a_word_is_named_by_its_english_or_by_its_text_in_the_sites_language() -> None:
    with of_language("de"):
        [german], [english] = messages_named("Termin vereinbaren"), messages_named("book an appointment")
    assert german == english
    assert messages_named("Termin vereinbaren") == ()


def test_every_message_is_found_by_its_name_alone() -> None:
    for message in read_catalogue(TEMPLATE):
        assert message in messages_named(message.text)
        assert {found.text for found in messages_named(message.text)} == {message.text}


def test_one_name_is_all_meanings_of_the_word() -> None:
    assert {message.context for message in messages_named("midnight")} == {"", "opens", "closes"}
