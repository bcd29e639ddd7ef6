"""A copied article is told with both names, the newer one is blamed, and a name has one spelling on the whole site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.domain.articles.copies import Text, common_spellings, copies
from clinic.models.types import slug_like
from tests.site import CLINICS

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

BODY = "The knee is a hinge that turns a little, and most of what hurts there begins in the hip, or in the foot. Walk."
OTHER = (
    "A hip is a ball in a cup; it is made for going uphill, for sitting on the ground, and hardly for chairs at all."
)


def post(title: str, day: str, body: str = BODY, more: str = "") -> str:
    return f"---\ntitle: {title}\ndate: {day}\n{more}---\n\n{body}\n"


@pytest.mark.parametrize(
    ("first", "second", "is_copy"),
    [
        (("Knees", BODY), ("Hips", BODY), True),
        (("Knees", BODY), ("Hips", f"  {BODY.upper()}\n\n"), True),
        (("Knees", BODY), ("knees", BODY + " And one more sentence here."), True),
        (("Knees", "Walk."), ("Knees", "Walk."), True),
        (("Knees", BODY), ("Knees", OTHER), False),
        (("Knees", "Walk."), ("Hips", "Walk."), False),
        (("Knees", BODY), ("Hips", OTHER), False),
        (("Knees", ""), ("Knees", ""), False),
        (("Knees", BODY), ("Hips", BODY + " " + OTHER), False),
    ],
)
def test_what_is_a_copy(first: tuple[str, str], second: tuple[str, str], is_copy: bool) -> None:
    found = list(copies([Text("a", *first), Text("b", *second)]))
    assert found == ([("b", "a")] if is_copy else [])


def test_each_copy_is_told_once_with_the_oldest() -> None:
    assert list(copies(Text(key, "Knees", BODY) for key in "abc")) == [("b", "a"), ("c", "a")]


def test_the_newer_of_two_copies_gets_the_note(build_site: BuildSite) -> None:
    files = {"posts/z-knees.md": post("Knees", "2025-01-01"), "posts/a-knees copy.md": post("Knees", "2026-01-01")}
    site = build_site("minimal", files)
    assert not site.problems
    how = "remove one of the two, or make it a draft"
    assert site.notes == [
        f"content/posts/a-knees copy.md: note: this says what content/posts/z-knees.md says already; {how}"
    ]


def test_a_draft_of_the_next_version_is_no_copy(build_site: BuildSite) -> None:
    files = {
        "posts/a.md": post("Knees", "2025-01-01"),
        "posts/b.md": post("Knees", "2026-01-01", more="status: draft\n"),
    }
    assert build_site("minimal", files).stderr == ""


@pytest.mark.parametrize(
    ("older", "newer", "more"),
    [
        ("posts/z.md", "posts/a.md", "slug: knees\n"),
        ("posts/2025-01-01-knees.md", "posts/2026-01-01-knees.md", ""),
        ("posts/old/knees.md", "posts/knees.md", ""),
    ],
)
def test_the_newer_of_two_with_one_address_is_the_only_problem(
    build_site: BuildSite, older: str, newer: str, more: str
) -> None:
    more += "series: Joints\npart: 1\ntags: [Knee]\n"
    site = build_site(
        "minimal", {older: post("Knees", "2025-01-01", more=more), newer: post("Knees", "2026-01-01", more=more)}
    )
    assert not site.notes
    [problem] = site.problems
    assert problem.startswith(f"content/{newer}:")
    assert f"this has the same address (/post/knees/) as content/{older}; " in problem


def test_the_spelling_that_most_use_is_that_of_all() -> None:
    names = ("Back Pain", "back  pain", "back pain", "back_pain", "Knee", "knee")
    assert common_spellings(names, slug_like) == {"back-pain": "back pain", "knee": "Knee"}


@pytest.fixture(scope="module")
def spelt(build_site: BuildSite) -> Site:
    """Five spellings of one tag, of a category and of a series."""
    names = ("Back Pain", "back pain", "back  pain", "back-pain", "back_pain")
    posts = {
        f"posts/p{number}.md": post(f"Part {number}", f"2026-01-0{number}", f"{number}", more=(
            f'tags: ["{name}", "{name.upper()}"]\ncategory: "{name}"\nseries: "{name}"\n'
        ))
        for number, name in enumerate(names, 1)
    }  # fmt: skip
    facts = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8") + "subjects: {BACK-PAIN: All about it.}\n"
    return build_site("minimal", {**posts, "clinic.yaml": facts})


def test_names_that_differ_in_capitals_or_spaces_are_one_list(spelt: Site) -> None:
    assert spelt.stderr == ""
    lists = {page for page in spelt.pages if page.startswith(("/blog/tags", "/blog/categories", "/blog/series"))}
    assert lists == {"/blog/tags/back-pain/", "/blog/categories/back-pain/", "/blog/series/back-pain/"}
    assert [len(spelt.page(path).select("main .article-card")) for path in sorted(lists)[::2]] == [5, 5]
    assert "All about it." in spelt.words("/blog/tags/back-pain/")


def test_every_article_shows_that_spelling_once(spelt: Site) -> None:
    for number in range(1, 6):
        tags = [link.get_text() for link in spelt.page(f"/post/p{number}/").select("a[rel=tag]")]
        assert tags == ["BACK PAIN"]  # so three of ten have it


def test_names_that_say_something_else_and_make_one_address_are_told(build_site: BuildSite) -> None:
    names = "tags: [{}]\ncategory: {}\nseries: {}\n"
    older, newer = names.format("C++, Runner's", "Arm & leg", "Why?"), names.format("Runner’s, C#", "Arm, leg", "Why!")
    site = build_site("minimal", {
        "posts/a.md": post("A", "2026-01-01", "One.", more=older),
        "posts/b.md": post("B", "2026-01-02", "Two.", more=newer),
    })  # fmt: skip
    told = (
        ("4: note: the tag", "C#", "C++"),
        ("the category", "Arm, leg", "Arm & leg"),
        ("the series", "Why!", "Why?"),
    )
    assert len(site.notes) == len(told)
    for note, (what, name, shown) in zip(site.notes, told, strict=True):
        assert f'{what} "{name}" has the same address as "{shown}", so the site shows both as "{shown}"; ' in note
    assert site.problems == []


@pytest.mark.parametrize("key", ["tags: [{}]", "category: {}", "series: {}", "slug: {}"])
@pytest.mark.parametrize("name", ["a" * 256, "é" * 230, "ß" * 120])
def test_a_name_that_no_file_can_have_is_told_at_its_line(build_site: BuildSite, key: str, name: str) -> None:
    if key.startswith("slug"):
        name = "a" * len(name) * 2
    site = build_site("minimal", {"posts/x.md": post("X", "2026-01-01", more=key.format(name) + "\n")})
    [problem] = site.problems
    assert problem.startswith("content/posts/x.md:4: ")
    shown = name if len(name) <= 120 else f"{name[:60]} …"
    assert problem.endswith(f'"{shown}" is too long for an address; 200 letters are the most')


def test_a_file_with_the_longest_name_there_is_does_no_harm(build_site: BuildSite) -> None:
    image = (CLINICS / "full" / "images" / "ankle.png").read_bytes()
    long = f"images/{'b' * 250}.png"
    site = build_site("minimal", {"posts/x.md": post("X", "2026-01-01", f"![A]({{static}}/{long})"), long: image})
    assert (site.exit_code, site.problems) == (0, [])  # that Windows may refuse it is told
    assert max(len(file.rpartition("/")[2]) for file in site.files) < 255
