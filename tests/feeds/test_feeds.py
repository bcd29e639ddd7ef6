"""Feeds: whole, valid, the same from build to build, and good to read far from the site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import feedparser
import pytest
from bs4 import BeautifulSoup

from clinic.rendering.feeds.plain_html import Base, plain_html
from tests.feeds.rules import bodies, errors
from tests.site import CLINICS, NOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from playwright.sync_api import Page

    from tests.site import BuildSite, Site


FULL = "https://larkmouth.example.com"
FOLDER = "https://trial.example.com/clinic"
MAIN = ("blog/atom.xml", "blog-feed.xml")
OF_LISTS = {
    "blog/categories/running/atom.xml": "Articles on Running",
    "blog/tags/shoes/atom.xml": "Articles tagged Shoes",
    "blog/authors/tom-ash/atom.xml": "Articles by Tom Ash",
}
FACTS = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
EVERYTHING = """---
title: "Sprain & strain: is 2 < 3?"
summary: "A&E or rest, if the score is < 3?"
author: Tom Ash
category: Running
---

A word,\x0b then [a part of this page](#later), [a page]({filename}/pages/first-visit.md).

```
first line

second line
```

<p onclick="alert(1)" style="color: red" class="loud">Loud.</p>

## Later {#later}

/// location
///

/// booking | Come in
Bring shoes.
///
"""


@pytest.fixture(scope="session")
def folder(build_site: BuildSite) -> Site:
    """Twenty-five articles and a difficult one, in a folder of its domain."""
    head = "---\ntitle: Note {0}\ndate: 2026-02-{1:02} {2}:00\n---\n\nA note.\n"
    when = [(day, hour) for day in range(1, 6) for hour in range(10, 15)]
    more = {f"posts/note-{number}.md": head.format(number, *moment) for number, moment in enumerate(when)}
    overlay = {**more, "posts/2026-02-27-everything.md": EVERYTHING}
    site = build_site("full", overlay, settings={"CLINIC_PUBLIC": True, "CLINIC_ADDRESS": FOLDER})
    assert site.problems == []
    return site


def feeds(site: Site) -> list[str]:
    return [file for file in site.files if file == "blog-feed.xml" or file.endswith("/atom.xml")]


def entries(site: Site, file: str) -> Any:
    found = feedparser.parse(site.read(file))
    assert not found.bozo, (file, found.get("bozo_exception"))
    return found


def body(site: Site, file: str, number: int = 0) -> BeautifulSoup:
    return BeautifulSoup(bodies(site.read(file))[number], "html5lib")


@pytest.mark.parametrize(
    ("name", "public"), [("full", FULL), ("minimal", "https://least.example.com"), ("folder", FOLDER)]
)
@pytest.mark.site
def test_every_feed_keeps_the_rules_of_the_validator(request: pytest.FixtureRequest, name: str, public: str) -> None:
    site: Site = request.getfixturevalue(name)
    assert set(MAIN) <= set(feeds(site))
    for file in feeds(site):
        assert errors(site.read(file), f"{public}/{file}") == [], file
        assert not feedparser.parse(site.read(file)).bozo


BREAKS = {
    "two ids": ("</id>\n<title>", "</id><id>x</id>\n<title>", MAIN[0], "not one id"),
    "a day alone": ("T00:00:00+00:00</updated>", "</updated>", MAIN[0], "not a date: 2026-02-20"),
    "another self": (f'href="{FULL}/{MAIN[0]}"', f'href="{FULL}/"', MAIN[0], "self is not where it is"),
    "a relative link": (
        f'href="{FULL}/your-first',
        'href="/your-first',
        MAIN[0],
        "not a whole address: /your-first-visit/",
    ),
    "an icon": ("&lt;p&gt;Small steps", "&lt;svg&gt;&lt;/svg&gt;&lt;p&gt;Small steps", MAIN[0], "<svg> in a feed"),
    "an id in the words": ("&lt;p&gt;Small steps", "&lt;p id=a&gt;Small steps", MAIN[0], "id on <p>"),
    "one guid twice": ("2025-12-01:/post/shoes/<", "2025-11-20:/post/first-steps/<", MAIN[1], "two entries are one"),
    "an author by name": ("dc:creator>", "author>", MAIN[1], "an author who is no e-mail address"),
    "a two-digit year": (" 2026 09:00", " 26 09:00", MAIN[1], "not a date: Thu, 15 Jan 26 09:00:00 +0000"),
    "a title with markup": ("<title>Shoes", "<title>&lt;b&gt;Shoes", MAIN[1], "a title with markup"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_rules_find_what_is_wrong(full: Site, name: str) -> None:
    right, wrong, file, error = BREAKS[name]
    broken = full.read(file).replace(right, wrong)
    assert broken != full.read(file)
    assert error in errors(broken, f"{FULL}/{file}")


def test_an_entry_says_who_when_and_about_what(full: Site) -> None:
    for file in MAIN:
        entry = entries(full, file).entries[0]
        assert entry.title == "Ankles & the coast path: “how far?”"
        assert entry.link == f"{FULL}/post/ankles-on-the-coast-path/"
        assert entry.id == "tag:larkmouth.example.com,2026-01-15:/post/ankles-on-the-coast-path/"
        assert [author.name for author in entry.authors if author] == ["Rosa Quill", "Tom Ash"]
        assert [tag.term for tag in entry.tags] == ["Running", "Ankles", "Coast path"]
        assert entry.summary == "What uneven ground asks of an ankle, and how to get it ready."
        assert entry.published_parsed[:5] == (2026, 1, 15, 9, 0)
        assert "Uneven ground asks an ankle to decide" in entry.content[0].value
        assert entry.media_content[0]["url"] == BeautifulSoup(entry.content[0].value, "html5lib").img["src"]  # type: ignore[index]
    atom = entries(full, "blog/atom.xml").entries
    assert [entry.updated[:10] for entry in atom[:2]] == ["2026-02-20", "2025-12-01"]


def test_the_feed_says_whose_it_is(full: Site) -> None:
    for file in MAIN:
        feed = entries(full, file).feed
        assert (feed.title, feed.subtitle) == ("Larkmouth & Tarn Movement Clinic", "Move well, wherever you start")
        assert feed.language == "en-GB"
        assert feed.link == f"{FULL}/blog/"
        image = feed.icon if "icon" in feed else feed.image.href
        assert urlsplit(image).path.lstrip("/") in full.files
    assert urlsplit(entries(full, MAIN[0]).feed.logo).path.lstrip("/") in full.files
    assert entries(full, MAIN[0]).feed.author_detail == {"name": "Larkmouth & Tarn Movement Clinic", "href": f"{FULL}/"}


def test_a_clinic_that_says_nothing_of_itself_has_a_feed_that_does(minimal: Site) -> None:
    feed = entries(minimal, "blog-feed.xml").feed
    assert feed.subtitle == f"Articles from {feed.title}."


def test_the_newest_twenty_are_in_it_and_nothing_unpublished(folder: Site) -> None:
    for file in MAIN:
        found = entries(folder, file).entries
        assert len(found) == 20
        assert found[0].title == "Sprain & strain: is 2 < 3?"
        for text in ("half-written", "new-year", "for-the-running-club"):
            assert text not in folder.read(file)


def test_words_that_look_like_markup_stay_words(folder: Site) -> None:
    for file in MAIN:
        summary = entries(folder, file).entries[0].summary
        assert BeautifulSoup(summary, "html5lib").get_text() == "A&E or rest, if the score is < 3?"


def test_the_words_need_nothing_of_the_site(folder: Site) -> None:
    """No form, no script and no style; every address is whole, also that of a part of the page."""
    for file in MAIN:
        words = body(folder, file)
        assert [link["href"] for link in words.select("body > p:first-of-type a")] == [
            f"{FOLDER}/post/everything/#later", f"{FOLDER}/your-first-visit/",
        ]  # fmt: skip
        assert "Go" not in words.get_text().split()
        assert "alert" not in words.get_text()
        assert str(words.find(string="Loud.").parent) == "<p>Loud.</p>"  # type: ignore[union-attr]
        assert "first line\n\nsecond line" in words.get_text()


BASE = Base(f"{FOLDER}/post/x/", FOLDER, "/clinic")
WHOLE = {
    '<img src="/clinic/a.jpg" srcset="/clinic/b.jpg 320w, /clinic/c.jpg 2x" alt="A">':
        f'<img src="{FOLDER}/a.jpg" srcset="{FOLDER}/b.jpg 320w, {FOLDER}/c.jpg 2x" alt="A">',
    '<img src="https://e.example/a,b.jpg" srcset="https://e.example/a,b.jpg 1x" alt="">':
        '<img src="https://e.example/a,b.jpg" srcset="https://e.example/a,b.jpg 1x" alt="">',
    '<video src="/clinic/a.mp4" poster="/clinic/a.jpg" controls></video>':
        f'<video src="{FOLDER}/a.mp4" poster="{FOLDER}/a.jpg" controls=""></video>',
    '<blockquote cite="#a">A</blockquote>': f'<blockquote cite="{FOLDER}/post/x/#a">A</blockquote>',
    '<a href="//e.example/">A</a> <a href="b/">B</a>':
        f'<a href="https://e.example/">A</a> <a href="{FOLDER}/post/x/b/">B</a>',
    '<a href="mailto:a@e.example">A</a> <a href="javascript:alert(1)">B</a>':
        '<a href="mailto:a@e.example">A</a> <a>B</a>',
    '<p>&amp;&nbsp;</p><div data-feed="links">\n<a href="/clinic/b/"><svg><path/></svg> Book</a>\n'
    '<a href="tel:1">Call</a></div>':
        f'<p>&amp;&nbsp;</p><p><a href="{FOLDER}/b/">Book</a> · <a href="tel:1">Call</a></p>',
}  # fmt: skip


@pytest.mark.parametrize("markup", WHOLE)
def test_every_address_is_whole(markup: str) -> None:
    assert plain_html(markup, BASE) == WHOLE[markup]


def test_a_call_to_action_is_a_heading_and_a_line_of_links(folder: Site) -> None:
    for file in MAIN:
        invitation = body(folder, file).aside
        assert invitation
        assert invitation.h2
        assert invitation.h2.get_text() == "Come in"
        line = invitation.find_all("p")[-1]
        links = [link.get_text() for link in line.find_all("a")]
        assert links[0].startswith(("Book ", "Call to book "))
        assert len(links) > 1
        assert line.get_text() == " · ".join(links)
        assert "utm_medium=feed" in str(line.a)


def test_a_directive_is_plain_html_with_its_words(full: Site) -> None:
    words = body(full, MAIN[0])
    assert [item.get_text() for item in words.ol.find_all("li")] == [  # type: ignore[union-attr]
        "The foot meets a\xa0stone", "The ankle\xa0tilts", "The knee\xa0follows",
    ]  # fmt: skip
    headings = [heading.get_text().replace("\xa0", " ") for heading in words.find_all("h2")]
    assert "Urgent advice: When to get help" in headings
    assert {"Do", "Don’t", "Poles help", "Come and see us"} <= set(headings)
    table = words.find("caption", string=re.compile("Opening hours")).find_parent("table")  # type: ignore[union-attr]
    assert "Sunday 10am to 2pm" in " ".join(table.get_text(" ").split())  # type: ignore[union-attr]
    assert "Call NHS 111" in words.get_text()


def test_a_list_has_a_feed_of_its_own_where_the_owner_asks(full: Site) -> None:
    for file, title in OF_LISTS.items():
        found = entries(full, file)
        assert found.feed.title == f"Larkmouth & Tarn Movement Clinic: {title}"
        folder = file.removesuffix("atom.xml")
        assert found.feed.link == f"{FULL}/{folder}"
        assert 0 < len(found.entries) < 4
        listed = {link["href"] for link in full.page(f"/{folder}").select(".article-card__link")}
        assert {urlsplit(entry.link).path for entry in found.entries} == listed
        named = [
            link["href"] for link in full.page(f"/{folder}").select("link[rel=alternate][type='application/atom+xml']")
        ]
        assert named == [f"{FULL}/{file}", f"{FULL}/blog/atom.xml"]


def test_without_being_asked_there_are_the_two_of_all_articles(build_site: BuildSite) -> None:
    facts = FACTS + "feeds: tag\n"
    post = "---\ntitle: Rest\ncategory: Sleep\ntags: [Night]\n---\n\nSleep well.\n"
    asked = build_site("minimal", {"posts/2026-01-05-rest.md": post, "clinic.yaml": facts})
    assert sorted(feeds(asked)) == ["blog-feed.xml", "blog/atom.xml", "blog/tags/night/atom.xml"]
    unasked = build_site("minimal", {"posts/2026-01-05-rest.md": post})
    assert sorted(feeds(unasked)) == ["blog-feed.xml", "blog/atom.xml"]
    assert "tags/night/atom.xml" not in unasked.everything()


def test_an_empty_feed_does_not_carry_the_clock(build_site: BuildSite, minimal: Site) -> None:
    later = build_site("minimal", now=NOW.replace(month=5))
    for file in MAIN:
        assert entries(minimal, file).entries == []
        assert later.read(file) == minimal.read(file)


def test_in_a_browser_it_can_be_read(full: Site, serve: Callable[..., str], open_page: Callable[..., Page]) -> None:
    """With CSS, which every browser has: no transformation, of which Chromium warns visitors in red."""
    base = serve(full.output)
    for file in MAIN:
        page = open_page(f"{base}/{file}")
        shown = page.evaluate("document.documentElement.innerText ?? document.documentElement.textContent")
        assert shown
        styles = """name => [...document.getElementsByTagName(name)].map(one => getComputedStyle(one).display)"""
        assert set(page.evaluate(styles, "title")) == {"block"} if file == MAIN[0] else True
        assert set(page.evaluate(styles, "content" if file == MAIN[0] else "content:encoded")) == {"none"}
        assert page.evaluate("getComputedStyle(document.documentElement, '::before').content").startswith(
            '"This is a feed'
        )
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
