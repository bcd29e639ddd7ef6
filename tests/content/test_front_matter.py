"""What front matter says is what the page is; what is merely untidy is forgiven."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

TITLE = 'Ankles & the <long> coast path, 1 -- 2: "how far?" for the NHS'
PLAIN = "---\ntitle: Rest\ndate: 2026-01-01\n---\n\nRest is work, too.\n"


UNTIDY = {
    "blank-first-lines": "\n\n" + PLAIN,
    "byte-order-mark": "\N{BYTE ORDER MARK}" + PLAIN,
    "windows-lines": PLAIN.replace("\n", "\r\n"),
    "all-of-these": "\N{BYTE ORDER MARK}\r\n" + PLAIN.replace("\n", "\r\n"),
    "spaces-after-the-rule": PLAIN.replace("---\n", "--- \n"),
    "no-last-line-end": PLAIN.rstrip("\n"),
}
TITLES = {"word": "yes", "number": "2024", "clock": "17:30", "nothing": "null", "nought": "007", "day": "2026-02-03"}
DATES = {
    "day-only": ("2026-02-03", "2026-02-03T00:00:00+00:00"),
    "summer-time": ("2025-07-03 09:30", "2025-07-03T09:30:00+01:00"),
    "browser-editor": ("2025-07-03T09:30:00.000Z", "2025-07-03T10:30:00+01:00"),
    "with-offset": ("2025-07-03 09:30 +0200", "2025-07-03T08:30:00+01:00"),
}
TAGS = {"brackets": "[Ankles, Lower back]", "commas": "Ankles, Lower back", "lines": "\n  - Ankles\n  - Lower back"}


@pytest.fixture(scope="session")
def many(build_site: BuildSite) -> Site:
    """One small clinic with all of these articles."""
    texts = UNTIDY | {name: PLAIN.replace("Rest", title, 1) for name, title in TITLES.items()}
    texts |= {name: PLAIN.replace("2026-01-01", typed) for name, (typed, _) in DATES.items()}
    texts |= {name: PLAIN.replace("date:", f"tags: {tags}\ndate:") for name, tags in TAGS.items()}
    texts["2026-01-04-Backs & Ankles_again"] = PLAIN.replace("date: 2026-01-01\n", "")
    texts["2026-01-04-named-otherwise"] = PLAIN.replace("date:", "slug: my-own\ndate:")
    texts["heading"] = PLAIN.replace("Rest", f"'{TITLE}'", 1)
    return build_site("minimal", {f"posts/{name}.md": text for name, text in texts.items()})


def first_time(site: Site, address: str) -> str:
    time = site.page(address).select_one("main time")
    assert time
    return str(time["datetime"])


def test_none_of_these_is_a_problem(many: Site) -> None:
    assert not many.problems
    assert not [note for note in many.notes if "says already" not in note]  # that these are copies of each other


@pytest.mark.parametrize("name", UNTIDY)
def test_untidiness_is_forgiven(many: Site, name: str) -> None:
    assert "Rest is work, too." in many.words(f"/post/{name}/")
    assert "\N{BYTE ORDER MARK}" not in many.html(f"/post/{name}/")


@pytest.mark.parametrize("name", TITLES)
def test_words_that_yaml_would_change_stay_words(many: Site, name: str) -> None:
    heading = many.page(f"/post/{name}/").h1
    assert heading
    assert heading.get_text() == TITLES[name]


def test_date_and_address_come_from_the_file_name(many: Site) -> None:
    assert first_time(many, "/post/backs-ankles-again/") == "2026-01-04T00:00:00+00:00"


def test_the_front_matter_wins_over_the_file_name(many: Site) -> None:
    assert first_time(many, "/post/my-own/") == "2026-01-01T00:00:00+00:00"


@pytest.mark.parametrize("name", DATES)
def test_dates_mean_one_moment(many: Site, name: str) -> None:
    assert first_time(many, f"/post/{name}/") == DATES[name][1]


@pytest.mark.parametrize("name", TAGS)
def test_a_list_can_be_written_in_any_way(many: Site, name: str) -> None:
    assert [link.get_text() for link in many.page(f"/post/{name}/").select("a[rel=tag]")] == ["Ankles", "Lower back"]


def test_practitioners_and_services_can_be_named_by_file_or_by_name(build_site: BuildSite) -> None:
    front_matter = "authors: [tom-ash, rosa quill]\nservices: [Sports Massage]\ndate:"
    site = build_site("full", {"posts/rest.md": PLAIN.replace("date:", front_matter)})
    assert site.problems == []
    authors = [link.get_text() for link in site.page("/post/rest/").select("main a[rel~=author]")]
    assert authors[:2] == ["Tom Ash", "Rosa Quill"]


def test_the_title_is_plain_text_in_the_head_and_typeset_on_the_page(many: Site) -> None:
    """Typogrify's spans never reach a title, an attribute or the feeds."""
    page = many.page("/post/heading/")
    assert page.title
    assert page.title.get_text().startswith(TITLE.replace("--", "–").replace('"how far?"', "“how far?”"))
    assert page.h1
    assert "“how" in page.h1.get_text()
    for file in ("blog-feed.xml", "blog/atom.xml", "post/heading/index.html"):
        assert "&lt;span" not in many.read(file)
        assert "<long>" not in many.read(file)
    for tag in page.find_all(True):
        assert not [value for value in tag.attrs.values() if "<span" in str(value)]


def test_words_in_the_body_are_typeset_and_code_is_not(full: Site) -> None:
    html = full.html("/post/ankles-on-the-coast-path/")
    assert "deciding – and “most of it”" in html
    assert "<code>week: miles</code>" in html
    assert "/// this is no directive" in html


def test_what_the_owner_writes_is_markup_on_the_page_and_never_shown_as_tags(many: Site) -> None:
    """An article whose call to action is added still has its own paragraphs as paragraphs."""
    paragraphs = many.page("/post/word/").select(".prose > p")
    assert [" ".join(paragraph.get_text().split()) for paragraph in paragraphs] == ["Rest is work, too."]


def test_tables_footnotes_and_code_are_what_they_are(full: Site) -> None:
    page = full.page("/post/ankles-on-the-coast-path/")
    assert [cell.get_text() for cell in page.select(".prose table tbody tr:first-child td")][:3] == ["1", "3", "Level"]
    assert page.select(".prose .footnote li")
    assert page.select(".prose pre code")
    assert page.select('.prose img[alt="Steps cut into a cliff"]')


def test_a_review_is_shown_with_its_day_and_its_reviewer(full: Site) -> None:
    words = full.words("/post/ankles-on-the-coast-path/")
    assert "Updated 20 February 2026" in words
    assert "Reviewed 20 February 2026 by Rosa Quill" in words
