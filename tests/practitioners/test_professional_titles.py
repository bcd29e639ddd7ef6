"""Titles are used by those who hold them, and anyone can check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clinic.domain.checks.consistency import consistency_findings
from clinic.domain.checks.professional_titles import PROTECTED, unexplained_doctor
from clinic.models.clinic import Clinic
from clinic.models.practitioner import Practitioner, PractitionerFrontMatter, days_in_words
from clinic.models.registers import REGISTERS, Registration
from clinic.models.weekdays import Weekday

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

JANE = """---
title: Dr Jane Roe
role: Chiropractor
summary: Dr Roe (Doctor of Chiropractic) looks at backs.
qualifications: [MChiro, Doctor of Chiropractic]
registration:
  - {body: GCC, number: "00000"}
  - {body: general medical register of nowhere, number: "7"}
services: [pilates]
locations: [larkmouth, upper-tarn]
days: monday, tuesday
---

[Dr Jane Roe]({filename}/pages/about.md) (Doctor of Chiropractic) came by sea. Dr Roe stayed.
"""
ARTICLE = """---
title: Backs
date: 2026-02-03
author: Dr Jane Roe
reviewed: 2026-02-04
reviewed_by: jane-roe
---

Rest.
"""
WHOLE = "Dr Jane Roe (Doctor of Chiropractic)"


@pytest.fixture(scope="session")
def with_jane(build_site: BuildSite) -> Site:
    """The full clinic with a chiropractor who has a doctorate."""
    site = build_site("full", {"team/jane-roe.md": JANE, "posts/backs.md": ARTICLE})
    assert not site.problems
    return site


def practitioner(**keys: Any) -> Practitioner:
    return Practitioner.model_validate({"slug": "jane-roe", "title": "Jane Roe", **keys})


def errors(**keys: Any) -> list[str]:
    facts = {
        "name": "X",
        "url": "https://x.example",
        "phone": "01632 960199",
        "locations": {"here": {"address": {"locality": "Here"}}},
    }
    clinic = Clinic.model_validate({**facts, "team": {"jane-roe": practitioner(**keys)}})
    return [found.message for found in consistency_findings(clinic, (), team_is_whole=True)]


@pytest.mark.parametrize("title", PROTECTED)
def test_a_protected_title_needs_its_register(title: str) -> None:
    register = PROTECTED[title]
    [message] = errors(role=f"Senior {title}")
    assert register.full_name in message
    assert not errors(role=f"Senior {title}", registration={"body": register.abbreviation, "number": "1"})
    assert not errors(role=f"Senior {title}", registration={"body": register.name.upper(), "number": "1"})
    assert errors(role=f"Senior {title}", registration={"body": "CNHC", "number": "1"})


def test_two_protected_titles_need_two_registers() -> None:
    role = "Osteopath and physiotherapist"
    assert len(errors(role=role)) == 2
    [message] = errors(role=role, registration={"body": "HCPC", "number": "PH1"})
    assert "GOsC" in message
    assert not errors(role=role, registration=[{"body": "HCPC", "number": "PH1"}, {"body": "GOsC", "number": "1"}])


@pytest.mark.parametrize(
    "role", ["Chiropractic assistant", "Works with our chiropractors", "Sports therapist", "Physio room host"]
)
def test_words_near_a_protected_title_are_free(role: str) -> None:
    assert not errors(role=role)


def test_a_medical_doctor_is_simply_dr() -> None:
    keys: dict[str, Any] = {"title": "Dr Jane Roe", "registration": {"body": "GMC", "number": "0000000"}}
    assert not errors(**keys)
    assert practitioner(**keys).name == "Dr Jane Roe"


def test_letters_alone_do_not_say_what_kind_of_doctor() -> None:
    assert errors(title="Dr Jane Roe", qualifications="DC, MChiro")
    assert not errors(title="Dr Jane Roe", qualifications=["PhD in Biomechanics"])


def test_wherever_dr_is_shown_the_qualification_is_beside_it(with_jane: Site) -> None:
    for address in (*with_jane.pages, "/blog/atom.xml", "/blog-feed.xml"):
        html = with_jane.html(address).replace("&nbsp;", " ")  # against widows
        assert html.count("Dr Jane Roe") == html.count(WHOLE) + html.count(
            "Dr Jane Roe</a> (Doctor of Chiropractic)"
        ), address
    for address in ("/team/", "/team/jane-roe/", "/post/backs/", "/services/pilates/", "/blog/authors/dr-jane-roe/"):
        assert WHOLE in with_jane.words(address), address


def test_where_uk_law_does_not_hold_a_doctor_is_named_as_written(build_site: BuildSite) -> None:
    facts = "name: X\nurl: https://x.example.com\nphone: (212) 555-0123\ncountry: US\ntimezone: America/New_York\n"
    facts += "locations: {here: {address: {locality: Here}}}\n"
    person = "---\ntitle: Dr. Jane Roe, PT, DPT\nqualifications: [Doctor of Physical Therapy]\n---\n\nDr. Roe walks.\n"
    posts = {
        f"posts/{key}.md": ARTICLE.replace("author: Dr Jane Roe", f"author: {named}").replace("Backs", key)
        for key, named in {"plain": "Jane Roe", "whole": "Dr. Jane Roe, PT, DPT", "file": "jane-roe"}.items()
    }
    team = {"team/jane-roe.md": person, "pages/team.md": "---\ntitle: Team\n---\n"}
    site = build_site("minimal", {"clinic.yaml": facts, **team, **posts})
    assert not site.problems
    assert "(Doctor of" not in site.everything()
    assert "N:Roe;Jane;;Dr.;PT DPT" in site.read("team/jane-roe.vcf")
    for key in ("plain", "whole", "file"):
        assert "By Dr. Jane Roe, PT, DPT" in site.words(f"/post/{key}/"), key


def test_the_graph_names_a_practitioner_without_their_title(with_jane: Site) -> None:
    [jane] = [node for node in with_jane.graph("/team/jane-roe/") if node.get("@type") == "Person"]
    assert (jane["name"], jane["honorificPrefix"], jane["honorificSuffix"]) == (
        "Jane Roe",
        "Dr",
        "Doctor of Chiropractic",
    )


def test_a_known_register_is_named_in_full_and_linked(with_jane: Site) -> None:
    entry = with_jane.page("/team/jane-roe/").select_one(".registration__item--register")
    assert entry
    assert "General Chiropractic Council (GCC) Registration 00000" in " ".join(entry.get_text(" ").split())
    link = entry.select_one("a")
    assert link
    assert link["href"] == REGISTERS["gcc"].page
    [jane] = [node for node in with_jane.graph("/team/jane-roe/") if node.get("@type") == "Person"]
    credential = jane["hasCredential"][0]
    assert credential["recognizedBy"] == {
        "@type": "Organization", "name": "General Chiropractic Council", "alternateName": "GCC",
    }  # fmt: skip
    assert jane["identifier"][0]["propertyID"] == "General Chiropractic Council"


@pytest.mark.parametrize(
    ("body", "number", "link"),
    [
        (
            "HCPC",
            "PH 00000",
            "https://www.hcpc-uk.org/check-the-register/professional-registration-detail/?query=PH00000&profession=PH",
        ),
        ("HCPC", "not yet", "https://www.hcpc-uk.org/check-the-register/"),
        ("gmc", "0000000", "https://www.gmc-uk.org/registrants/0000000"),
        ("Nursing and Midwifery Council", "00A0000A", "https://www.nmc.org.uk/registration/search-the-register/"),
        ("Invented Register", "1", None),
    ],
)
def test_a_number_leads_to_its_entry_or_to_the_search(body: str, number: str, link: str | None) -> None:
    assert Registration(body=body, number=number).link == link
    own = "https://register.example.com/1"
    assert Registration(body=body, number=number, url=own).link == own


def test_what_a_practitioner_works_where_is_said(full: Site, with_jane: Site) -> None:
    rosa = full.words("/team/rosa-quill/")
    assert "Larkmouth Harbour: Monday to Wednesday and Friday Upper Tarn: Sunday" in rosa
    assert "Larkmouth Harbour: Wednesday and Thursday" in full.words("/team/")
    assert "Larkmouth Harbour and Upper Tarn: Monday and Tuesday" in with_jane.words("/team/jane-roe/")
    [node] = [node for node in full.graph("/team/rosa-quill/") if node.get("@type") == "Person"]
    assert [location["@id"].partition("#")[2] for location in node["workLocation"]] == [
        "location-larkmouth",
        "location-upper-tarn",
    ]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("monday", "Monday"),
        ("sunday monday", "Monday and Sunday"),
        ("monday tuesday wednesday friday", "Monday to Wednesday and Friday"),
        ("monday tuesday thursday friday saturday", "Monday, Tuesday and Thursday to Saturday"),
    ],
)
def test_days_in_a_row_are_a_span(days: str, said: str) -> None:
    assert days_in_words(tuple(Weekday(day) for day in days.split())) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("mon-wed, friday", "Monday to Wednesday and Friday"),
        ("weekdays", "Monday to Friday"),
        (["tue & thu", "saturday"], "Tuesday, Thursday and Saturday"),
        ({"harbour": "weekends"}, "Saturday and Sunday"),
    ],
)
def test_days_are_taken_as_people_write_them(days: object, said: str) -> None:
    [found] = PractitionerFrontMatter.model_validate({"title": "Bo", "days": days}).days.values()
    assert days_in_words(found) == said


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("Dr Roe says so.", "Dr Roe"),
        ("Ask Dr. Jane Roe.", "Dr. Jane Roe"),
        ("Doctor Roe (DC) says so.", "Doctor Roe"),
        ("Dr Roe (Doctor of\nChiropractic) says so, and Dr Roe is right.", None),
        ("[Dr Roe](https://example.com/" + "x" * 200 + "), Doctor of Chiropractic, says so.", None),
        ("Jane Roe and Dr Roebuck.", None),
    ],
)
def test_a_text_explains_dr_where_the_name_first_stands(text: str, called: str | None) -> None:
    found = unexplained_doctor(text, "Dr Jane Roe", "Doctor of Chiropractic")
    assert (found[0] if found else None) == called
