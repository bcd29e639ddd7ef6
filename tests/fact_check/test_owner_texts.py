"""A wrong fact in what the owner wrote is reported once for each line where it stands, and stops a publish.

Opening times in prose are warnings.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import run_cli
from tests.fact_check.wrong_facts import ARTICLE, FILES, MISLEADING, REPORTED, SERVICE
from tests.site import CLINICS, NOW, ROOT, Build

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site import BuildSite, Site

WAY_OUT = '; correct it, or list it under "others" with the reason it stands here'
HOURS = "an opening time"
ERRORS = sum(kind != HOURS for _, _, kind in REPORTED) + 1
FULL_FACTS = (CLINICS / "full" / "clinic.yaml").read_text("utf-8")


@pytest.fixture(scope="module")
def wrong(build_site: BuildSite) -> Site:
    return build_site("full", FILES)


def post(front_matter: str, body: str) -> str:
    return f"---\ntitle: A post\n{front_matter}---\n\n{body}\n"


def about_facts(lines: list[str]) -> list[str]:
    """The lines that tell of a false statement."""
    return [line for line in lines if line.endswith(WAY_OUT)]


def test_true_sites_have_no_wrong_fact(full: Site, minimal: Site, solo: Site) -> None:
    assert [(site.problems, site.exit_code) for site in (full, minimal, solo)] == [([], 0)] * 3
    assert [about_facts(site.notes) for site in (full, minimal, solo)] == [[]] * 3


def test_each_wrong_fact_is_reported_once_where_it_was_written(wrong: Site) -> None:
    lines = [*wrong.problems, *wrong.notes]
    for line, written, kind in REPORTED:
        start = f'{line}: note: "' if kind == HOURS else f'{line}: "'
        reported = [each for each in lines if each.startswith(f'{start}{written}" is not {kind} of the clinic')]
        assert len(reported) == 1, f"{line} {written}: {reported}"
        assert reported[0].endswith(WAY_OUT)
    assert MISLEADING in wrong.problems
    assert len(wrong.problems) == ERRORS
    assert len(about_facts(wrong.notes)) == len(REPORTED) + 1 - ERRORS
    assert f"\n{ERRORS} problems to mend:\n" in wrong.stderr  # none of a written file, of the theme or of a feed


def test_the_sentence_says_what_is_true(wrong: Site) -> None:
    assert f'{ARTICLE}:22: "zz99 3bb" is not a postcode of the clinic (its postcodes are ZZ99 1AA and ZZ99 2BB)' + (
        WAY_OUT
    ) in (wrong.problems)
    assert any("(on Monday it is open 09:00–12:30, 13:30–17:30," in line for line in wrong.notes)
    prices = "(its prices are £6, £8, £9, £45 and 4 more)"
    assert any(line.startswith(SERVICE) and prices in line for line in wrong.problems)


def test_a_strict_build_ends_with_exit_code_1(wrong: Site) -> None:
    assert wrong.exit_code == 1
    assert "Traceback" not in wrong.stderr


def test_the_preview_tells_them_and_goes_on(build_site: BuildSite, tmp_path: Path) -> None:
    file = tmp_path / "problems.json"
    overlay = {**FILES, "posts/2026-02-21-bad.md": post("author: Nobody\n", "Words.")}
    site = build_site("full", overlay, preview=True, settings={"CLINIC_PROBLEMS_FILE": str(file)})
    assert site.exit_code == 0
    reported = [found for found in json.loads(file.read_text("utf-8")) if found["severity"] == "error"]
    assert len(site.problems) == len(set(site.problems)) == len(reported) == ERRORS + 1
    assert f"\n{ERRORS + 1} problems to mend" in site.stderr  # with the unknown author, in one list
    assert len(about_facts(site.notes)) == len(REPORTED) + 1 - ERRORS


@pytest.mark.site
def test_publish_keeps_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Build("minimal", {"posts/2026-01-01-x.md": post("", "Ring 07700 900999.")}).lay_out(tmp_path)
    for name in ("pelicanconf.py", "publishconf.py", "theme", "plugins"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "output").mkdir()
    (tmp_path / "output/index.html").write_text("old")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    done = run_cli("--project", str(tmp_path), "publish")
    assert done.returncode == 1
    assert done.stderr.count('content/posts/2026-01-01-x.md:5: "07700 900999" is not a number of the clinic') == 1
    assert "output/ is as it was." in done.stderr
    assert (tmp_path / "output/index.html").read_text() == "old"


def test_what_is_listed_under_others_is_not_reported(build_site: BuildSite) -> None:
    exempting = "others:\n  - {text: £9.80, why: NHS prescription}\n  - {text: 01632 960998, why: the pool}\n"
    overlay = {
        "clinic.yaml": FULL_FACTS
        + "  - {text: 7pm, why: the pool closes}\n  - {text: W@pool.example.com, why: theirs}\n",
        "posts/2026-01-03-x.md": post(exempting, "It costs £9.80 at the pool, call (01632) 960 998."),
        "posts/2026-01-04-y.md": post("", "The pool is open until 7pm: w@pool.example.com.\n\nIt costs £9.80."),
        "services/pilates.md": "---\ntitle: Pilates\nothers: [{text: £12, why: the mat}]\n---\n\nA mat costs £12.\n",
        "team/tom-ash.md": "---\ntitle: Tom Ash\nothers: [{text: GCC 01234, why: hers}]\n---\n\nTaught by GCC 01234.\n",
    }
    site = build_site("full", overlay)
    assert [line.partition(" is not")[0] for line in site.problems] == ['content/posts/2026-01-04-y.md:7: "£9.80"']


def test_the_same_words_in_two_files_are_reported_for_both(build_site: BuildSite) -> None:
    text = post("", "Call us on 07700 900999 to book.")
    site = build_site("minimal", {"posts/2026-01-01-x.md": text, "posts/2026-01-02-y.md": text})
    assert [line.partition(" is not")[0] for line in site.problems] == [
        'content/posts/2026-01-01-x.md:5: "07700 900999"',
        'content/posts/2026-01-02-y.md:5: "07700 900999"',
    ]


@pytest.mark.site
def test_what_an_earlier_build_left_is_not_judged(tmp_path: Path) -> None:
    build = Build("minimal")
    build.lay_out(tmp_path)
    (tmp_path / "output").mkdir()
    (tmp_path / "output/old.html").write_text("<p>07700 900999</p>")
    site = build.run_forked(tmp_path)
    assert (site.problems, site.exit_code) == ([], 0)


def test_a_comment_is_named_and_the_exemptions_of_its_article_are_its_own(build_site: BuildSite) -> None:
    comment = "---\nname: Jo\ndate: 2026-01-16 08:30\nconsent: 2026-01-16\n---\n\nRing {}.\n"
    exempting = "---\ntitle: Pool\nothers: [{text: 01632 961002, why: the pool}]\n---\n\nWords.\n"
    overlay = {
        "posts/2026-01-03-pool.md": exempting,
        "comments/shoes/2026-01-16-jo.md": comment.format("01632 961001"),
        "comments/pool/2026-01-16-jo.md": comment.format("01632 961002"),
        "comments/pool/2026-01-17-jo.md": comment.format("01632 961001"),
    }
    site = build_site("full", overlay)
    start = ["content/comments/pool/2026-01-17-jo.md:7", "content/comments/shoes/2026-01-16-jo.md:7"]
    assert [line.partition(' "01632 961001"')[0] for line in sorted(site.problems)] == [f"{one}:" for one in start]
    assert all('or list it under "others" of its article with the reason' in line for line in site.problems)


def test_a_file_with_like_words_is_not_blamed_for_another(build_site: BuildSite) -> None:
    overlay = {
        "posts/2026-01-03-x.md": post("", "| Day | Open |\n|---|---|\n| Monday | 3pm to 4pm |"),
        "posts/2026-01-04-y.md": post("summary: A run.\n", "## The run on Monday\n\n3pm to 4pm, by the pier.\n"),
        "posts/2026-01-05-z.md": post("", "Ring [01632 960100](tel:01632960111)."),
    }
    site = build_site("full", overlay)
    assert [line.partition(": ")[0] for line in site.problems] == ["content/posts/2026-01-05-z.md:5"]
    assert [line.partition(": ")[0] for line in about_facts(site.notes)] == ["content/posts/2026-01-03-x.md:7"]


def test_what_is_written_in_code_is_found_in_its_file(build_site: BuildSite) -> None:
    encoded = (
        "Ring &#48;1632 961011.\n\nPay &pound;57.\n\nWrite to wrong&#64;larkmouth.example.com.\n\n"
        "[Write](mailto:hello@larkmouth.example.com?subject=Ring%2001632%20961123)\n\nRing 01632<br>961221\n\n"
        "Ring ０１６３２ 961300\n"
    )
    overlay = {
        "posts/2026-01-03-x.md": post("", encoded),
        "services/pilates.md": f"---\ntitle: Pilates\n---\n\n{encoded}",
        "images/way.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>01632 961400</text></svg>\n',
        "posts/2026-01-04-y.md": post("", "![The way]({static}/images/way.svg)"),
    }
    site = build_site("full", overlay)
    files = ("content/posts/2026-01-03-x.md", "content/services/pilates.md")
    expected = {f"{file}:{line}" for file in files for line in (5, 7, 9, 11, 13, 15)} | {"content/images/way.svg:1"}
    assert {line.partition(": ")[0] for line in site.problems} == expected
    assert len(site.problems) == len(expected)
    assert site.stderr.count(" note: ") == len({line for line in site.stderr.splitlines() if " note: " in line})


FEED_CASES = {
    "posts/2024-01-01-steps.md": post("", "1000 steps more each week help."),
    "posts/2024-01-02-tag.md": post("tags: [2024]\n", "Words."),
    "posts/2024-01-03-category.md": post('category: "2025"\n', "Words."),
    "posts/2024-01-04-summary.md": post("summary: 30 000 steps\n", "Words."),
    "posts/2024-01-05-first.md": post("", "1/2 3/4 of a mile."),
    "posts/2024-07-01-summer.md": post("summary: 1000 steps\n", "1000 steps more each week help."),
}


def test_the_time_zone_of_a_feed_and_the_words_behind_it_are_no_number(build_site: BuildSite) -> None:
    site = build_site("minimal", FEED_CASES)
    assert (site.problems, about_facts(site.notes), site.exit_code) == ([], [], 0)
    feed = site.read("blog-feed.xml")
    assert "+0000" in feed
    assert "+0100" in feed


def test_facts_and_all_else_are_reported_at_once(build_site: BuildSite) -> None:
    overlay = {"posts/2026-01-03-x.md": post("author: Nobody\n", "Ring 07700 900999.\n\n![A](missing.png)")}
    site = build_site("minimal", overlay)
    assert [line.partition(": ")[0].rpartition(":")[2] for line in site.problems] == ["3", "6", "8"]
    assert site.stderr.count(" to mend:") == 1
    assert not site.output.exists()


def test_captions_that_are_copied_are_read(build_site: BuildSite) -> None:
    captions = "WEBVTT\n\n00:01.000 --> 00:02.000\nRing 01632 960999\n"
    site = build_site("full", {"images/lacing.vtt": captions})
    assert [line.partition(" is not")[0] for line in site.problems] == ['content/images/lacing.vtt:4: "01632 960999"']


def test_a_text_is_judged_by_what_stands_above_it_in_its_front_matter(build_site: BuildSite) -> None:
    question = "questions:\n  - question: When are you open?\n    answer: 9am to 5pm\n"
    site = build_site("full", {"services/pilates.md": f"---\ntitle: Pilates\n{question}---\n\nWords.\n"})
    assert [line.partition(": ")[0] for line in about_facts(site.notes)] == ["content/services/pilates.md:5"]
