"""What is wrong with a translation is told in one sentence, with its file and line, and nothing that merely follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.content.load import load
from tests.site import CLINICS, NOW, Build

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site import BuildSite

ABOUT = "---\ntitle: About\n---\nWords.\n"
SERVICE = "---\ntitle: Massage\nprices: [{amount: 50}]\n---\nWords.\n"
FACTS = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
GIVEN = {
    "pages/about.md": ABOUT,
    "services/massage.md": SERVICE,
    "pages/services.md": "---\ntitle: Services\n---\n",
}


def welsh(*keys: str) -> str:
    return "\n".join(["---", "title: Geiriau", *keys, "---", "Geiriau.", ""])


CASES: dict[str, tuple[dict[str, str], list[str]]] = {
    "a language without words": (
        {"pages/om-os.md": welsh("language: da")},
        [
            (
                'pages/om-os.md:3: language: "da" is a language that the site has no words in; '
                "write one of those it has: English (en), Welsh (cy), German (de)"
            )
        ],
    ),
    "such a language in a name": (
        {"pages/about.fr.md": welsh()},
        [
            (
                'pages/about.fr.md: "fr", the language in the name of this file, is a language that the site has no '
                "words in; write one of those it has: English (en), Welsh (cy), German (de)"
            )
        ],
    ),
    "two languages in one file": (
        {"pages/about.cy.md": welsh("language: de")},
        [
            'pages/about.cy.md:3: the name of this file says cy, and "language" says de; let both be the same',
        ],
    ),
    "a translation of nothing": (
        {"pages/amdanom.md": welsh("language: cy", "translation_of: pages/abuot.md")},
        ['pages/amdanom.md:4: translation_of: there is no file "pages/abuot.md"; did you mean "pages/about.md"?'],
    ),
    "a translation without its language": (
        {"pages/amdanom.md": welsh("translation_of: pages/about.md")},
        [
            'pages/amdanom.md:3: "pages/about.md" is in English as this is; add "language: " and that of this file',
        ],
    ),
    "a translation into the same language": (
        {"pages/other.md": welsh("language: en", "translation_of: pages/about.md")},
        [
            (
                'pages/other.md:4: "pages/about.md" is in English as this is; write the file '
                "that has it in another language"
            ),
        ],
    ),
    "two translations into one language": (
        {
            "pages/about.cy.md": welsh(),
            "pages/amdanom.md": welsh("language: cy", "translation_of: pages/about.md"),
        },
        ["pages/amdanom.md:4: content/pages/about.cy.md is this in Welsh already; keep one of the two"],
    ),
    "a translation of another kind": (
        {"posts/2026-01-01-x.md": welsh("language: cy", "translation_of: pages/about.md")},
        ['posts/2026-01-01-x.md:4: "pages/about.md" is in pages/, and this is not; move it there'],
    ),
    "a translation of a draft": (
        {"pages/news.md": "---\ntitle: News\nstatus: draft\n---\nSoon.\n", "pages/news.cy.md": welsh()},
        [
            (
                "pages/news.cy.md:2: note: content/pages/news.md, which this translates, is a "
                "draft, so this is published "
                "alone"
            )
        ],
    ),
    "facts in a translation": (
        {"services/massage.cy.md": welsh("prices: [{amount: 5}]", "minutes: 5")},
        [
            f'services/massage.cy.md:{line}: "{key}" holds in every language and stands in '
            "content/services/massage.md; take it out here"
            for line, key in ((3, "prices"), (4, "minutes"))
        ],
    ),
    "a misspelt key in a translation": (
        {"services/massage.cy.md": welsh("sumary: Geiriau")},
        ['services/massage.cy.md:3: unknown key "sumary"; did you mean "summary"?'],
    ),
    "a record in no file of the clinic's language": (
        {"services/tylino.md": welsh("language: cy")},
        [
            (
                "services/tylino.md:3: this has no file in the clinic's own language, where its facts stand; add "
                '"translation_of: services/….md"'
            )
        ],
    ),
    "a text of the facts in another language alone": (
        {"clinic.yaml": FACTS + "strapline: {cy: Dwylo tyner}\n"},
        ['clinic.yaml:8: "strapline" is not written in English, the clinic\'s own language; add en: …'],
    ),
    "a text of the facts in a language without words": (
        {"clinic.yaml": FACTS + "strapline: {en: Gentle hands, fr: Mains douces}\n"},
        [
            (
                'clinic.yaml:8: "fr" is a language that the site has no words in; write one of those it has: '
                "English (en), Welsh (cy), German (de)"
            )
        ],
    ),
    "what is wrong in both languages": (
        {"clinic.yaml": FACTS.replace("phone: 01632 960199", "phone: 12"), "pages/about.cy.md": welsh()},
        ['clinic.yaml:3: phone: "12" has too few digits for a phone number; compare it with the real one'],
    ),
}


@pytest.mark.parametrize(("files", "expected"), CASES.values(), ids=CASES)
def test_each_problem_is_one_sentence(tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
    Build("minimal", {**GIVEN, **files}).lay_out(tmp_path)
    found = load(tmp_path / "content", now=NOW)
    everything = [*found.diagnostics, *(one for other in found.translations for one in other.diagnostics)]
    told = dict.fromkeys(map(str, sorted(set(everything))))
    assert [*told] == [f"content/{sentence}" for sentence in expected]


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("services/massage.md", "prices: [{amount: many}]"),
        ("exercises/squat.md", "sets: many"),
        ("events/talk.md", "when: 2026-02-30"),
        ("team/rosa.md", "languages: {a: 1}"),
        ("pages/about.md", "image: [1]\nimage_alt: A door"),
        ("pages/about.md", "image: {en: images/a.png, cy: [1]}\nimage_alt: A door"),
        ("services/massage.md", "prices: {en: [{amount: 50}], cy: [{amount: many}]}"),
    ],
)
def test_what_is_wrong_in_an_original_is_told_although_it_is_translated(tmp_path: Path, key: str, wrong: str) -> None:
    original = f"---\ntitle: Words\n{wrong}\n---\nWords.\n"
    Build("minimal", {**GIVEN, key: original, key.replace(".md", ".cy.md"): welsh("image_alt: Drws")}).lay_out(tmp_path)
    found = load(tmp_path / "content", now=NOW)
    everything = [*found.diagnostics, *(one for other in found.translations for one in other.diagnostics)]
    assert any(problem.file.startswith(f"content/{key[:-3]}") for problem in everything)


@pytest.mark.site
def test_addresses_that_two_languages_want_are_told(build_site: BuildSite) -> None:
    files = {
        "pages/cy.md": "---\ntitle: Cyprus\naliases: [/cy/about/]\n---\nWords.\n",
        "pages/about.md": ABOUT,
        "pages/about.cy.md": welsh("aliases: [/contact/]"),
        "pages/other.cy.md": welsh() + "[Wedi mynd]({filename}/pages/gone.md)\n",
        "pages/gone.md": "---\ntitle: Gone\nstatus: draft\n---\nWords.\n",
    }
    assert build_site("minimal", files).problems == [
        'content/pages/about.cy.md:3: alias "/contact/" is the address of content/pages/contact.md already; remove it',
        (
            "content/pages/cy.md:2: this has the same address (/cy/) as the home page in "
            "Welsh; give one of them another slug"
        ),
        'content/pages/cy.md:3: alias "/cy/about/" is the address of content/pages/about.cy.md already; remove it',
        (
            'content/pages/other.cy.md:5: this links to "pages/gone.md", which is not '
            "published (draft); publish it, or take "
            "the link out"
        ),
    ]


@pytest.mark.site
def test_a_text_is_held_to_the_facts_in_whatever_language(build_site: BuildSite) -> None:
    site = build_site("minimal", {"pages/about.cy.md": welsh().replace("Geiriau.\n", "Ffoniwch 01632 960999.\n")})
    assert [problem.partition(": ")[0] for problem in site.problems] == ["content/pages/about.cy.md:4"]
    assert "01632 960999" in site.problems[0]
