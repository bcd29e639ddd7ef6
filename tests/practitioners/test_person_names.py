"""A name is taken apart as people would: no title before it and no letters after it is a part of the family name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.domain.checks.professional_titles import unexplained_doctor
from clinic.models.person_name import PersonName, names_in

if TYPE_CHECKING:
    from tests.site import BuildSite

NAMES = {
    "Anna van der Berg": ("", "Anna", "van der Berg", ""),
    "Anna Maria van der Berg": ("", "Anna Maria", "van der Berg", ""),
    "Anna Van Der Berg": ("", "Anna", "Van Der Berg", ""),
    "Maria de la Cruz": ("", "Maria", "de la Cruz", ""),
    "Maria Dos Santos": ("", "Maria", "Dos Santos", ""),
    "Leonardo di Caprio": ("", "Leonardo", "di Caprio", ""),
    "Jens von Ohlen": ("", "Jens", "von Ohlen", ""),
    "Hans im Hof": ("", "Hans", "im Hof", ""),
    "Jean le Roux": ("", "Jean", "le Roux", ""),
    "Omar al-Rashid": ("", "Omar", "al-Rashid", ""),
    "Omar al Rashid": ("", "Omar", "al Rashid", ""),
    "Rory Mac Donald": ("", "Rory", "Mac Donald", ""),
    "Rory MacDonald": ("", "Rory", "MacDonald", ""),
    "Sinéad O’Neill": ("", "Sinéad", "O’Neill", ""),
    "Sinéad O Neill": ("", "Sinéad", "O Neill", ""),
    "Mairéad Ní Dhomhnaill": ("", "Mairéad", "Ní Dhomhnaill", ""),
    "Tom St John": ("", "Tom", "St John", ""),
    "Tom St. John-Smith BSc (Hons)": ("", "Tom", "St. John-Smith", "BSc (Hons)"),
    "José Ortega y Gasset": ("", "José", "Ortega y Gasset", ""),
    "Mary-Jane Smith-Jones": ("", "Mary-Jane", "Smith-Jones", ""),
    "Mary Jane Smith": ("", "Mary Jane", "Smith", ""),
    "Rosa Quill": ("", "Rosa", "Quill", ""),
    "Rosa": ("", "", "Rosa", ""),
    "Dr Rosa Quill": ("Dr", "Rosa", "Quill", ""),
    "Mr Tom Ash": ("Mr", "Tom", "Ash", ""),
    "Prof. Dr. Jens von Ohlen, PhD": ("Prof. Dr.", "Jens", "von Ohlen", "PhD"),
    "Dr. med. Anna Berg": ("Dr. med.", "Anna", "Berg", ""),
    "Rosa Quill MSc MCSP": ("", "Rosa", "Quill", "MSc MCSP"),
    "Rosa Quill, MSc, MCSP": ("", "Rosa", "Quill", "MSc MCSP"),
    "Rosa Quill BSc (Hons) MCSP HCPC": ("", "Rosa", "Quill", "BSc (Hons) MCSP HCPC"),
    "Rosa Quill PhD": ("", "Rosa", "Quill", "PhD"),
    "Rosa Quill MOst DO": ("", "Rosa", "Quill", "MOst DO"),
    "Rosa Quill M.Ost.": ("", "Rosa", "Quill", "M.Ost."),
    "Ann McDonald MChiro": ("", "Ann", "McDonald", "MChiro"),
    "Anna van der Berg MSc": ("", "Anna", "van der Berg", "MSc"),
    "Henry Ford II": ("", "Henry", "Ford", "II"),
    "Rosa (Rose) Quill": ("", "Rosa", "Quill", ""),
    "ROSA QUILL": ("", "ROSA", "QUILL", ""),
    "Anna LI": ("", "Anna", "LI", ""),
    "Anna Mei NG": ("", "Anna Mei", "NG", ""),
    "Li Wei": ("", "Li", "Wei", ""),
    "Van Morrison": ("", "Van", "Morrison", ""),
    "Ben Sample": ("", "Ben", "Sample", ""),
    "Rosa LaRue": ("", "Rosa", "LaRue", ""),
    "Anna Maria Licata": ("", "Anna Maria", "Licata", ""),
    "Tom Edward Dipper": ("", "Tom Edward", "Dipper", ""),
    "Edith Ann Phelps": ("", "Edith Ann", "Phelps", ""),
    "JoAnn DeShawn McKay": ("", "JoAnn DeShawn", "McKay", ""),
}


@pytest.mark.parametrize("name", NAMES)
def test_the_parts_of_a_name(name: str) -> None:
    assert PersonName.parse(name) == NAMES[name]


@pytest.mark.parametrize(
    ("title", "card", "plain"),
    [
        ("Anna van der Berg", "N:van der Berg;Anna;;;", "Anna van der Berg"),
        ("Rosa Quill MSc MCSP", "N:Quill;Rosa;;;MSc MCSP", "Rosa Quill"),
        ("Prof Rosa de la Cruz, BSc (Hons)", "N:de la Cruz;Rosa;;Prof;BSc (Hons)", "Rosa de la Cruz"),
    ],
)
def test_contacts_and_search_engines_get_the_parts(build_site: BuildSite, title: str, card: str, plain: str) -> None:
    site = build_site(
        "minimal", {"team/anna.md": f'---\ntitle: "{title}"\n---\n', "pages/team.md": "---\ntitle: Team\n---\n"}
    )
    assert card in site.read("team/anna.vcf").replace("\\,", ",").splitlines()
    [person] = [node for node in site.graph("/team/anna/") if node["@type"] == "Person"]
    assert person["name"] == plain


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Anna Berg, Rosa Quill", ["Anna Berg", "Rosa Quill"]),
        ("Dr. Anna Berg, PT, DPT", ["Dr. Anna Berg, PT, DPT"]),
        ("Anna Berg, PT, Rosa Quill MSc, MCSP", ["Anna Berg, PT", "Rosa Quill MSc, MCSP"]),
        ("Ned North, Jr., tom-ash,", ["Ned North, Jr.", "tom-ash"]),
    ],
)
def test_commas_stand_between_names_and_before_letters(line: str, names: list[str]) -> None:
    assert names_in(line) == names


@pytest.mark.parametrize("text", ["See Dr van der Berg.", "See Dr Anna van der Berg.", "Doctor van der Berg says so."])
def test_a_doctor_is_known_by_a_family_name_of_several_words(text: str) -> None:
    assert unexplained_doctor(text, "Dr Anna van der Berg MSc", None)
    assert not unexplained_doctor("See Dr Berg, who is somebody else.", "Dr Anna van der Berg MSc", None)
