"""What YAML says in one language, and where what is in one language lies in the site."""

from __future__ import annotations

from typing import Any

import pytest

from clinic.content.front_matter import split_markdown
from clinic.content.languages import by_language
from clinic.content.yaml_in_language import said_in
from clinic.content.yaml_text import read_yaml
from clinic.domain.pages.page import PageFacts, PageKind, Version
from clinic.domain.pages.urls import LanguagePart, SiteAddress


@pytest.mark.parametrize(
    ("written", "english", "welsh", "foreign"),
    [
        ("a: {en: Hands, cy: Dwylo}", {"a": "Hands"}, {"a": "Dwylo"}, set()),
        ("a: {en-GB: Hands, cy: Dwylo}", {"a": "Hands"}, {"a": "Dwylo"}, set()),
        ("a: Hands", {"a": "Hands"}, {"a": "Hands"}, {"Hands"}),
        ("a: {en: Hands, de: Hände}", {"a": "Hands"}, {"a": "Hands"}, {"Hands"}),
        ("a: {b: [{c: {en: x, cy: y}}, {c: z}]}", {"a": {"b": [{"c": "x"}, {"c": "z"}]}},
         {"a": {"b": [{"c": "y"}, {"c": "z"}]}}, {"z"}),
        ("a: {en: [x, y], cy: [z]}", {"a": ["x", "y"]}, {"a": ["z"]}, set()),
        ("a: Back, neck", {"a": "Back, neck"}, {"a": "Back, neck"}, {"Back, neck", "Back", "neck"}),
        ("words: {Book: Visit, Call: {cy: Ffoniwch}, Menu: {en: Pages, cy: Tudalennau}}",
         {"words": {"Book": "Visit", "Menu": "Pages"}}, {"words": {"Call": "Ffoniwch", "Menu": "Tudalennau"}}, set()),
        ("words: {x: {one: a, other: b}, y: {cy: {one: a, other: b}}}",
         {"words": {"x": {"one": "a", "other": "b"}}}, {"words": {"y": {"one": "a", "other": "b"}}}, set()),
        ("subjects: {Backs: For backs, Cefnau: {cy: Am gefnau}}",
         {"subjects": {"Backs": "For backs"}}, {"subjects": {"Backs": "For backs", "Cefnau": "Am gefnau"}},
         {"For backs"}),
        ("words: {en: {Book: Visit}, cy: {Book: Bwcio}}",
         {"words": {"Book": "Visit"}}, {"words": {"Book": "Bwcio"}}, set()),
        ("words: {Book: Visit}", {"words": {"Book": "Visit"}}, {"words": {}}, set()),
        ("locations: {en: {name: Here}, cy: {name: There}}", {"locations": {"en": {"name": "Here"}, "cy": {"name":
         "There"}}}, {"locations": {"en": {"name": "Here"}, "cy": {"name": "There"}}}, {"Here", "There"}),
    ],
)  # fmt: skip
def test_yaml_is_told_in_a_language(written: str, english: Any, welsh: Any, foreign: set[str]) -> None:
    text = read_yaml(written)
    own, other = said_in(text, "en-GB", "en-GB"), said_in(text, "cy", "en-GB")
    assert (own.text.value, own.foreign, own.wrong) == (english, frozenset(), ())
    assert (other.text.value, other.foreign, other.wrong) == (welsh, frozenset(foreign), ())


def test_lines_are_those_of_the_language() -> None:
    text = read_yaml("name: x\nnotices:\n  - text:\n      en: Moved\n      cy: Symud\n")
    path = ("notices", 0, "text")
    assert [said_in(text, language, "en").text.line(path) for language in ("en", "cy")] == [4, 5]


@pytest.mark.parametrize(
    ("written", "line", "part"),
    [
        ("a: 1\nstrapline: {cy: Dwylo}", ("strapline",), "add en: …"),
        ("strapline: {en: Hands, xx: Y}", None, ""),
        ("strapline: {en: Hands, fr: Mains}", ("strapline", "fr"), "no words in"),
    ],
)
def test_what_is_wrong_with_the_languages_of_a_text(written: str, line: tuple[str, ...] | None, part: str) -> None:
    wrong = said_in(read_yaml(written), "en", "en").wrong
    assert [path for path, _ in wrong] == ([line] if line else [])
    assert all(part in message for _, message in wrong)


def test_files_are_sorted_by_what_they_or_their_names_say() -> None:
    heads = {
        "pages/about.md": "",
        "pages/about.cy.md": "",
        "pages/v1.old.md": "",
        "pages/ueber-uns.md": "language: de-AT\ntranslation_of: pages/about.md",
        "posts/newyddion.md": "language: cy",
        "posts/news.md": "translation_of: posts/newyddion.md",
        "pages/search.cy.md": "",
        "posts/x/index.md": "",
        "posts/x/index.cy.md": "",
    }
    files = {key: split_markdown(f"---\ntitle: x\n{head}\n---\nWords.\n", key) for key, head in heads.items()}
    spoken = by_language(files, "en-GB")
    assert spoken.diagnostics == ()
    assert {language: sorted(found) for language, found in spoken.files.items()} == {
        "en": ["pages/about.md", "pages/v1.old.md", "posts/news.md", "posts/x/index.md"],
        "cy": ["pages/about.cy.md", "pages/search.cy.md", "posts/newyddion.md", "posts/x/index.cy.md"],
        "de": ["pages/ueber-uns.md"],
    }
    assert spoken.codes == {"cy": "cy", "de": "de-AT"}
    places = {
        "pages/about.cy.md": "pages/about.md",
        "pages/search.cy.md": "pages/search.md",
        "pages/ueber-uns.md": "pages/about.md",
        "posts/newyddion.md": "posts/news.md",
        "posts/x/index.cy.md": "posts/x.md",
    }
    assert dict(spoken.places) == places


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("", "cy/"),
        ("#clinic", "cy/#clinic"),
        ("book/?x=/y", "cy/book/?x=/y"),
        ("blog/atom.xml", "cy/blog/atom.xml"),
        ("blog-feed.xml", "cy/blog-feed.xml"),
        ("team/x.vcf", "cy/team/x.vcf"),
        ("pagefind/pagefind.js", "cy/pagefind/pagefind.js"),
        ("404.html", "cy/404.html"),
        ("privacy/", "privacy/"),
        ("privacy/#cookies", "privacy/#cookies"),
        ("theme/search.js", "theme/search.js"),
        ("images/x-1a2b.webp", "images/x-1a2b.webp"),
        ("site.webmanifest", "site.webmanifest"),
    ],
)
def test_each_language_has_its_pages_and_all_share_the_files(path: str, there: str) -> None:
    part = LanguagePart("cy/", frozenset({"privacy/"}))
    address = SiteAddress("https://x.example/y", part)
    assert address.absolute(path) == f"https://x.example/y/{there}"
    assert LanguagePart().path(path) == path
    assert address.of_all(path) == f"https://x.example/y/{path}"


def version(language: str, *, is_same: bool, is_here: bool = False) -> Version:
    return Version(language, language, f"{language}/", is_here, is_same)


@pytest.mark.parametrize(
    ("versions", "indexed", "expected"),
    [
        ((), True, ()),
        ((version("en", is_same=True), version("cy", is_same=False)), True, ()),
        ((version("en", is_same=True), version("cy", is_same=True)), False, ()),
        (
            (version("en", is_same=True), version("cy", is_same=True), version("de", is_same=False)),
            True,
            (("en", "en/"), ("cy", "cy/"), ("x-default", "en/")),
        ),
        (
            (version("en", is_same=False), version("cy", is_same=True), version("de", is_same=True)),
            True,
            (("cy", "cy/"), ("de", "de/")),
        ),
    ],
)
def test_a_page_names_itself_and_its_translations_and_the_clinics_language_for_all_others(
    versions: tuple[Version, ...], indexed: bool, expected: tuple[tuple[str, str], ...]
) -> None:
    facts = PageFacts(PageKind.PAGE, "x/", "X", "", indexed=indexed, versions=versions)
    assert facts.alternates == expected
