"""What helps to read an article: its chapters, notes, references, tables, who wrote it, ways to hand it on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import feedparser
import pytest

from clinic.domain.articles.sharing import share_links
from clinic.rendering.markdown.renderer import MarkdownRenderer

if TYPE_CHECKING:
    from bs4 import Tag

    from tests.site import BuildSite, Site

ANKLES = "/post/ankles-on-the-coast-path/"


def ids(text: str, taken: tuple[str, ...] = ()) -> list[str]:
    rendered = MarkdownRenderer(taken).render(text, "x.md", 1, lambda *_: "")
    return [heading.id for heading in rendered.headings]


def one(page: Tag, selector: str) -> Tag:
    found = page.select(selector)
    assert len(found) == 1, f"{len(found)} of {selector}"
    return found[0]


def test_the_address_of_a_chapter_stays_when_others_come() -> None:
    assert ids("## Knees\n\n## The hip") == ["knees", "the-hip"]
    assert ids("## New\n\n## Knees\n\n### More\n\n## The hip\n\n## Knees") == [
        "new",
        "knees",
        "more",
        "the-hip",
        "knees_1",
    ]
    assert ids("## Knees, said otherwise {#knees}") == ["knees"]


def test_a_chapter_never_takes_an_address_that_the_page_has_already() -> None:
    assert ids("## Main\n\n## ???\n\n## Ελλάς", ("main",)) == ["main-2", "part", "part_1"]


def test_the_theme_tells_its_own_ids(build_site: BuildSite) -> None:
    words = "---\ntitle: Rest\ndate: 2026-01-01\n---\n\n"
    words += '## Main\n\nOne.\n\n## Site menu\n\nTwo.\n\n## *Hips* & "co" `x`\n\nThree.\n'
    page = build_site("minimal", {"posts/rest.md": words}).page("/post/rest/")
    found = [element["id"] for element in page.find_all(id=True)]
    assert len(found) == len(set(found))
    assert [str(link["href"]) for link in page.select(".contents-list--beside a")] == [
        "#main-2",
        "#site-menu-2",
        "#hips-co-x",
    ]
    assert page.select(".contents-list--beside a")[2].get_text().replace("\xa0", " ") == "Hips & “co” x"


def test_a_link_stands_beside_each_chapter_and_says_where_it_leads(full: Site) -> None:
    links = full.page(ANKLES).select(".prose .heading-link__link")
    assert [(link["href"], link["aria-label"]) for link in links] == [
        ("#what-happens-on-a-step", "Link to this part: What happens on a step"),
        ("#how-far-is-sensible", "Link to this part: How far is sensible"),
    ]
    assert not full.page(ANKLES).select(":is(h2, h3) .heading-link__link")


def test_feeds_have_no_such_links_and_lead_from_notes_to_the_page(full: Site) -> None:
    for file in ("blog/atom.xml", "blog-feed.xml"):
        assert "heading-link" not in full.read(file)
        entries = feedparser.parse(full.read(file), sanitize_html=False, resolve_relative_uris=False).entries
        [body] = [str(entry) for entry in entries if "coast path" in entry.title]
        assert f"https://larkmouth.example.com{ANKLES}#fn:1" in body
        assert 'href="#' not in body
        assert "The Coast Path Companion" in body


def test_a_footnote_and_its_way_back_have_names(full: Site) -> None:
    page = full.page(ANKLES)
    assert one(page, ".footnote-ref")["aria-label"] == "Footnote 1"
    assert one(page, ".footnote-backref")["aria-label"] == "Back to footnote 1 in the text"


def test_a_table_is_a_region_that_can_be_focused_and_is_named_after_its_chapter(build_site: BuildSite) -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    body = f'{table}## Hips & "knees"\n\n{table}Words.\n\n{table}'
    page = build_site("minimal", {"posts/rest.md": f"---\ntitle: Rest\ndate: 2026-01-01\n---\n\n{body}"}).page(
        "/post/rest/"
    )
    frames = page.select("div.table-scroll[role=region][tabindex='0'] > table")
    names = [str(frame.parent["aria-label"]) for frame in frames if frame.parent]
    assert names == ["Table", 'Table: Hips & "knees"', 'Table: Hips & "knees" (2)']


def test_references_are_numbered_and_in_the_list_of_contents(full: Site) -> None:
    page = full.page(ANKLES)
    works = [" ".join(item.get_text().split()) for item in page.select(".references ol > li")]
    assert works == [
        "Walking on uneven ground, a field study. Journal of Invented Movement, 2024",
        "The Coast Path Companion, third edition",
    ]
    assert one(page, ".references a")["href"] == "https://journal.example.com/uneven-ground"
    assert page.select('.contents-list a[href="#references"]')


def test_the_ways_to_share_are_plain_links_that_carry_the_public_address(full: Site) -> None:
    links = full.page(ANKLES).select(".share-links a")
    assert [link["aria-label"] for link in links] == [
        "Share by e-mail", "Share on WhatsApp", "Share on Facebook", "Share on LinkedIn", "Share on Bluesky",
    ]  # fmt: skip
    for link in links:
        assert set(link["rel"]) == {"noopener", "nofollow"}
        assert "target" not in link.attrs
        assert f"https://larkmouth.example.com{ANKLES}" in unquote(str(link["href"]))


def test_an_e_mail_keeps_every_sign_of_a_title() -> None:
    [link] = share_links(["email"], 'Hips & knees + "50%"?', "https://x.example/a/")
    found = parse_qs(urlsplit(link.url).query, strict_parsing=True)
    assert found == {"subject": ['Hips & knees + "50%"?'], "body": ["https://x.example/a/"]}
    assert "+" not in link.url


@pytest.mark.parametrize(("line", "names"), [("share: []\n", []), ("share: facebook\n", ["Facebook"]), ("", 3)])
def test_the_owner_chooses_the_ways(build_site: BuildSite, line: str, names: list[str] | int) -> None:
    facts = f"name: Least\nurl: https://least.example.com\nphone: 01632 960199\n{line}"
    facts += "locations: {here: {address: {locality: Here}}}\n"
    overlay = {"clinic.yaml": facts, "posts/rest.md": "---\ntitle: Rest\ndate: 2026-01-01\n---\n\nWords.\n"}
    found = [link.get_text() for link in build_site("minimal", overlay).page("/post/rest/").select(".share-links a")]
    assert found == names or len(found) == names


def test_an_authors_list_begins_with_who_they_are(full: Site) -> None:
    card = one(full.page("/blog/authors/rosa-quill/"), ".author-card")
    words = " ".join(card.get_text(" ").split())
    assert "Sports therapist" in words
    assert "Invented Register of Therapists" in words
    assert "00123" in words
    assert one(card, "a[href^='/team/']")["href"] == "/team/rosa-quill/"
    assert card.select("img")


def test_the_minutes_to_read_follow_from_the_words(full: Site) -> None:
    [minutes] = re.findall(r"(\d+) minute read", full.words("/post/quiet-week/").partition("More to read")[0])
    assert minutes == "1"
