"""Claims in everything the owner wrote are told with file, line, rule and source; her waivers are heeded."""

from __future__ import annotations

from datetime import UTC, date, datetime
from time import process_time
from typing import TYPE_CHECKING

import pytest

from clinic.advertising import check
from clinic.advertising.check import find_claims
from clinic.advertising.rules import rules_for
from clinic.advertising.sentences import Passage, claims_in
from clinic.content.diagnostics import Severity
from clinic.content.load import load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from clinic.content.diagnostics import Diagnostic

TODAY = date(2026, 11, 26)
FACTS = """\
name: Quay Chiropractic
url: https://quay.example.com
phone: 01632 960123
locations:
  quay: {address: {street: 1 Quay Street, locality: Larkmouth, postcode: ZZ99 1AA}}
"""
WAIVER = "by: Rosa Quill\n    on: 2026-02-01\n    evidence: a trial, in the blue folder\n"


def claims(folder: Path, files: Mapping[str, str] = {}, facts: str = FACTS, today: date = TODAY) -> list[Diagnostic]:
    """What is told of a clinic with these facts and files; nothing in it is wrong."""
    for name, text in {"clinic.yaml": facts, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    content = load(folder, shown_as="content", now=datetime(2026, 11, 26, 12, tzinfo=UTC))
    assert [found for found in content.diagnostics if found.is_error] == []
    return [*find_claims(content, today)]


def page(body: str, front_matter: str = "") -> str:
    return f"---\ntitle: About us\n{front_matter}---\n\n{body}\n"


def told(found: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(each.position, each.rule) for each in found]


@pytest.mark.parametrize(
    ("file", "text", "line", "rule"),
    [
        ("pages/about.md", page("We are kind.\n\nWe are here,\nand we cure\nbacks."), 8, "absolutes"),
        ("pages/about.md", page("## What we treat\n\n- back pain\n- asthma"), 8, "conditions"),
        ("pages/about.md", page("Kind.", "summary: We treat asthma\n"), 3, "conditions"),
        ("pages/about.md", page("Kind.", "summary: >-\n  We see backs,\n  and treat\n  asthma.\n"), 6, "conditions"),
        ("pages/about.md", page("![We cure backs](https://example.com/a.png)"), 5, "absolutes"),
        ("pages/about.md", page("| For | Price |\n|---|---|\n| Colic treatment | £40 |"), 7, "babies and pregnancy"),
        ("pages/about.md", page("/// callout | We cure backs\nEvery one.\n///"), 5, "absolutes"),
        ("pages/about.md", page("<p>We are kind.</p>\n<p>We cure backs.</p>"), 6, "absolutes"),
        ("posts/2026-01-01-backs.md", page("We cure backs."), 5, "absolutes"),
        ("services/care.md", page("Kind.", "conditions: [back pain, whiplash]\n"), 3, "conditions"),
        (
            "services/care.md",
            page("Kind.", "questions:\n  - question: Can it help with asthma?\n    answer: Yes, and fast.\n"),
            5,
            "conditions",
        ),
        ("team/rosa-quill.md", "---\ntitle: Rosa Quill\n---\n\nShe cures backs.\n", 5, "absolutes"),
    ],
)  # fmt: skip
def test_a_claim_is_told_at_its_line_whatever_it_stands_in(
    tmp_path: Path, file: str, text: str, line: int, rule: str
) -> None:
    (found,) = claims(tmp_path, {file: text})
    assert (found.file, found.line, found.rule, found.severity) == (f"content/{file}", line, rule, Severity.ADVICE)
    assert found.source.startswith("https://www.asa.org.uk/")


def test_free_texts_and_testimonials_of_clinic_yaml_are_read(tmp_path: Path) -> None:
    facts = f"""{FACTS}strapline: We cure backs
testimonials:
  - words: My knee pain has gone.
    source: J.
    date: 2026-01-01
    consent: 2026-01-02
"""
    assert told(claims(tmp_path, facts=facts)) == [
        ("content/clinic.yaml:6", "absolutes"),
        ("content/clinic.yaml:8", "testimonials"),
    ]


def test_a_comment_that_is_shown_is_a_testimonial(tmp_path: Path) -> None:
    comment = "---\nname: Jo\ndate: 2026-01-02\nconsent: 2026-01-02\n---\n\nMy knee pain has gone.\n"
    answer = "---\ntitle: Knees\n---\n\nKnees like to move.\n"
    files = {"posts/2026-01-01-knees.md": answer, "comments/knees/2026-01-02-jo.md": comment}
    assert told(claims(tmp_path, files)) == [("content/comments/knees/2026-01-02-jo.md:7", "testimonials")]


def test_drafts_are_left_alone(tmp_path: Path) -> None:
    assert claims(tmp_path, {"pages/about.md": page("We cure backs.", "status: draft\n")}) == []


def test_the_four_lines_of_a_real_article_are_told(tmp_path: Path) -> None:
    body = """\
Over time, these small imbalances can lead to chronic tension, pain, or even injury.

When your ankles aren’t supporting you properly, your body loses its natural alignment.

By improving joint mobility, correcting misalignments, and strengthening the supporting muscles, we can help restore
balance throughout your whole body.

Sports massage and tailored mobility work can also make a huge difference - releasing tight calves, improving
circulation, and retraining stability in the ankles to reduce stress further up the chain.

Your ankles are your body’s foundation. They absorb shock, adapt to uneven surfaces, and help keep your balance.
"""
    found = claims(tmp_path, {"pages/about.md": page(body)})
    assert [(each.line, each.rule) for each in found] == [
        (5, "fear"), (7, "mechanisms"), (9, "mechanisms"), (12, "mechanisms"),
    ]  # fmt: skip
    assert '"misalignments" and "restore balance throughout your whole body"' in found[2].message


@pytest.mark.parametrize(("profession", "is_told"), [("Chiropractic", True), ("Osteopathy", False), ("Massage", True)])
def test_a_condition_is_told_by_what_the_profession_may_say(tmp_path: Path, profession: str, is_told: bool) -> None:
    facts = FACTS.replace("Quay Chiropractic", f"Quay {profession}")
    found = claims(tmp_path, {"pages/about.md": page("We help with fibromyalgia.")}, facts)
    assert [each.rule for each in found] == (["conditions"] if is_told else [])


@pytest.mark.parametrize(
    ("where", "entry", "rules"),
    [
        ("file", "words: cure backs\n    " + WAIVER, []),
        ("site", "words: we cure backs\n    " + WAIVER, []),
        ("file", "words: cure\n    rule: absolutes\n    " + WAIVER, []),
        ("file", "words: cure backs\n    until: 2026-12-31\n    " + WAIVER, []),
        ("file", "words: cure backs\n    until: 2026-03-01\n    " + WAIVER, ["absolutes", check.CHECK]),
        ("file", "words: cure knees\n    " + WAIVER, ["absolutes", check.CHECK]),
        ("site", "words: cure backs\n    rule: fear\n    " + WAIVER, ["absolutes", check.CHECK]),
        ("site", "words: cure backs\n    rule: fears\n    " + WAIVER, ["absolutes", check.CHECK]),
    ],
)
def test_a_waiver_clears_the_words_that_it_names_and_is_told_when_it_fits_nothing(
    tmp_path: Path, where: str, entry: str, rules: list[str]
) -> None:
    listed = f"claims:\n  - {entry}"
    files = {"pages/about.md": page("We cure backs.", listed if where == "file" else "")}
    found = claims(tmp_path, files, FACTS + (listed if where == "site" else ""))
    assert [each.rule for each in found] == rules
    assert all(each.line for each in found)


def test_a_waiver_without_evidence_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "clinic.yaml").write_text(f"{FACTS}claims:\n  - words: cure backs\n    by: Rosa\n    on: 2026-02-01\n")
    (error,) = (found for found in load(tmp_path, shown_as="content").diagnostics if found.is_error)
    assert (error.position, "evidence" in error.message) == ("content/clinic.yaml:7", True)


@pytest.mark.parametrize(("country", "name"), [("IE", "Ireland"), ("DE", "Germany")])
def test_a_country_without_rules_is_told_once_and_nothing_else(tmp_path: Path, country: str, name: str) -> None:
    facts = FACTS.replace("phone: 01632 960123\n", "").replace(", postcode: ZZ99 1AA", "")
    facts += f"country: {country}\nlanguage: en\nbooking: {{methods: [email]}}\nemail: a@example.com\n"
    (found,) = claims(tmp_path, {"pages/about.md": page("We cure backs.")}, facts)
    assert name in found.message
    assert found.line == facts.split("\n").index(f"country: {country}") + 1


def test_rules_that_have_not_been_checked_for_too_long_are_told(tmp_path: Path) -> None:
    rules = rules_for("GB")
    assert rules is not None
    (found,) = claims(tmp_path, today=date(rules.file.check_again_by.year + 1, 12, 31))
    assert str(rules.file.check_again_by) in found.message


@pytest.mark.parametrize("unit", ["a ", "cure ", "asthma ", "not ", "over time ", ", ", "x", "we treat your baby "])
def test_hostile_text_takes_time_in_proportion_to_its_length(unit: str) -> None:
    rules = rules_for("GB")
    assert rules is not None

    def seconds(length: int) -> float:
        passage = Passage((unit * length)[:length])
        begin = process_time()
        assert all(claims_in(passage, rules, frozenset({"chiropractic"})))
        return process_time() - begin

    seconds(500)
    assert seconds(6000) < max(8 * seconds(1500), 0.2)
