"""Every error of ``tests/clinics/broken/`` gets one sentence, with file and line, that says what to do instead.

``clinic/*.yaml`` stands for clinic.yaml of the least clinic; files of ``posts/``, ``pages/``, ``services/``, ``team/``
and ``locations/`` are added to the full clinic, and so are the files of each folder of ``folders/``.
``sentences.txt`` has the sentence under the name of its case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.content.load import load
from tests.site import CLINICS, NOW, Build

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site import BuildSite, Site

BROKEN = CLINICS / "broken"


def _sentences() -> dict[str, str]:
    blocks = (BROKEN / "sentences.txt").read_text("utf-8").strip().split("\n\n")
    return {case: sentence.strip() for case, _, sentence in (block.partition("\n") for block in blocks)}


SENTENCES = _sentences()
FACTS = [case for case in SENTENCES if case.startswith("clinic/")]
TOGETHER = [case for case in SENTENCES if case.startswith("folders/")]
ADDED = [case for case in SENTENCES if case not in {*FACTS, *TOGETHER}]


def overlay_of(case: str) -> dict[str, str | bytes | None]:
    path = BROKEN / case
    if case.startswith("clinic/"):
        return {"clinic.yaml": path.read_bytes()}
    if case.startswith("folders/"):
        return {file.relative_to(path).as_posix(): file.read_bytes() for file in path.rglob("*") if file.is_file()}
    return {case: path.read_bytes()}


def _overlay(cases: list[str]) -> dict[str, str | bytes | None]:
    return {name: text for case in cases for name, text in overlay_of(case).items()}


def _beside(cases: list[str]) -> list[list[str]]:
    """These cases in rows, no two of a row with a file of one name, so that one build tells of all of it."""
    rows: list[list[str]] = []
    for case in cases:
        names = {name.rpartition("/")[2] for name in overlay_of(case)}
        others = (row for row in rows if names.isdisjoint(name.rpartition("/")[2] for name in _overlay(row)))
        if row := next(others, None):
            row.append(case)
        else:
            rows.append([case])
    return rows


# Without a page that others link to, a preview shows the problem and nothing else.
ROWS = [row for part in (True, False) for row in _beside([case for case in TOGETHER if ("page-" in case) == part])]
ROW_OF = {case: row for row in ROWS for case in row}


@pytest.fixture(scope="session")
def all_added(build_site: BuildSite) -> Site:
    """All wrong files together in the full clinic: one build tells whether each gets its sentence, and no other."""
    return build_site("full", _overlay(ADDED))


@pytest.mark.parametrize("case", FACTS)
def test_an_error_in_the_facts_gets_one_sentence(tmp_path: Path, case: str) -> None:
    Build("minimal", overlay_of(case)).lay_out(tmp_path)
    found = load(tmp_path / "content")
    assert [str(problem) for problem in found.diagnostics] == [SENTENCES[case]]


@pytest.mark.parametrize("case", ADDED)
def test_an_error_in_a_file_gets_one_sentence(all_added: Site, case: str) -> None:
    assert [problem for problem in all_added.problems if problem.startswith(f"content/{case}:")] == [SENTENCES[case]]


@pytest.mark.parametrize("case", TOGETHER)
def test_files_that_contradict_each_other_get_one_sentence(build_site: BuildSite, case: str) -> None:
    site = build_site("full", _overlay(ROW_OF[case]))
    assert [problem for problem in site.problems if problem == SENTENCES[case]] == [SENTENCES[case]]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_files_that_contradict_each_other_get_no_other_sentence(build_site: BuildSite, row: list[str]) -> None:
    site = build_site("full", _overlay(row))
    assert sorted(site.problems) == sorted(SENTENCES[case] for case in row)
    assert f"\n{len(row)} problem{'s' * (len(row) > 1)} to mend:\n" in site.stderr


def test_all_problems_are_reported_at_once_and_nothing_is_written(all_added: Site) -> None:
    assert sorted(all_added.problems) == sorted(SENTENCES[case] for case in ADDED)
    assert f"\n{len(ADDED)} problems to mend:\n" in all_added.stderr
    assert "Traceback" not in all_added.stderr
    assert all_added.exit_code == 1
    assert not all_added.files


def test_the_preview_tells_all_problems_and_shows_the_rest(build_site: BuildSite) -> None:
    site = build_site("full", _overlay(ADDED), preview=True)
    reported = {problem.partition(": ")[0] for problem in site.problems}
    missing = {case for case in ADDED if SENTENCES[case].partition(": ")[0] not in reported}
    assert missing == {"posts/link-to-a-draft.md", "posts/link-to-a-scheduled-article.md"}  # they are there to see
    assert len(site.problems) == len(ADDED) - len(missing)
    assert site.exit_code == 0
    assert "Traceback" not in site.stderr
    assert {"/", "/post/shoes/", "/post/unknown-key/", "/services/unknown-key/", "/team/unknown-service/"} <= set(
        site.pages
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_preview_survives_files_that_contradict_each_other(build_site: BuildSite, row: list[str]) -> None:
    site = build_site("full", _overlay(row), preview=True)
    assert sorted(site.problems) == sorted(SENTENCES[case] for case in row)
    assert bool(site.pages) == ("page-" not in row[0])
    assert "Traceback" not in site.stderr


def test_problems_of_the_facts_do_not_hide_those_of_the_articles(build_site: BuildSite) -> None:
    cases = ["clinic/phone-too-short.yaml", "posts/status-publish.md", "posts/directive-unknown.md"]
    site = build_site("minimal", _overlay(cases))
    assert sorted(site.problems) == sorted(SENTENCES[case] for case in cases)


def test_one_error_in_front_matter_hides_no_other(build_site: BuildSite) -> None:
    front_matter = "title: X\nauthor: Nobody Known\nstatus: live\nservices: [nothing]\nimage: images/no.png\npart: 2"
    site = build_site("full", {"posts/2026-02-25-x.md": f"---\n{front_matter}\n---\n\nWords.\n"})
    reported = [problem.removeprefix("content/posts/2026-02-25-x.md:").partition(";")[0] for problem in site.problems]
    assert reported == [
        '3: unknown author "Nobody Known"',
        '4: unknown status "live"',
        '5: unknown service "nothing"',
        "6: the image has no words",
        '6: there is no file "images/no.png" in the content folder',
        "7: this is a part of nothing",
    ]


def test_a_key_that_depends_on_a_wrong_one_is_no_further_problem(build_site: BuildSite) -> None:
    front_matter = "title: X\ndate: yesterday\nmodified: 2025-01-01\nseries: [A, B]\npart: 2"
    site = build_site("full", {"posts/x.md": f"---\n{front_matter}\n---\n\nWords.\n"})
    assert [problem.removeprefix("content/posts/x.md:")[:9] for problem in site.problems] == ["3: date: ", '5: "serie']


def test_what_people_did_lies_in_the_past_of_the_clinics_own_clock(tmp_path: Path) -> None:
    facts = (CLINICS / "full" / "clinic.yaml").read_text("utf-8")
    facts = facts.replace("Europe/London", "Pacific/Auckland").replace("consent: 2026-01-11", "consent: 2026-03-03")
    Build("full", {"clinic.yaml": facts.replace("approved: 2026-01-09", "approved: 2026-03-04")}).lay_out(tmp_path)
    found = load(tmp_path / "content", now=NOW)  # noon on 2 March in London is tomorrow in Auckland
    said = "lies in the future; correct it, or write this once it has been done"
    assert [problem.message for problem in found.diagnostics] == [f"approved: 2026-03-04 {said}"]
    assert not load(tmp_path / "content").diagnostics


def test_a_service_file_with_an_error_is_one_problem_although_others_name_it(build_site: BuildSite) -> None:
    site = build_site("full", {"services/pilates.md": "---\ntitel: Pilates\n---\n"})
    assert site.problems == ['content/services/pilates.md:2: unknown key "titel"; did you mean "title"?']


def test_a_missing_facts_file_is_one_problem(build_site: BuildSite) -> None:
    site = build_site("minimal", {"clinic.yaml": None})
    message = "there is no such file; make it, with the clinic's name, url, phone and locations"
    assert site.problems == [f"content/clinic.yaml: {message}"]
    assert site.exit_code == 1


def test_the_problems_are_left_for_the_preview_as_json(build_site: BuildSite) -> None:
    case = "posts/status-publish.md"
    site = build_site("full", overlay_of(case), preview=True, settings={"CLINIC_PROBLEMS_FILE": "problems.json"})
    found = (site.folder / "problems.json").read_text("utf-8")
    assert '"file": "content/posts/status-publish.md", "line": 4' in found


def test_every_file_with_an_error_has_its_sentence() -> None:
    kinds = ("clinic", "posts", "pages", "services", "team", "locations", "comments/shoes")
    files = {path.relative_to(BROKEN).as_posix() for kind in kinds for path in (BROKEN / kind).iterdir()}
    folders = {path.relative_to(BROKEN).as_posix() for path in (BROKEN / "folders").iterdir()}
    assert files | folders == set(SENTENCES)


def test_every_sentence_says_what_to_do() -> None:
    """A sentence that only states an error leaves the owner alone."""
    advice = ("; ", "needs", "goes")
    assert not [sentence for sentence in SENTENCES.values() if not any(sign in sentence for sign in advice)]
