"""Each kind of source becomes posts that the site is built of, and a second import changes nothing."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clinic.cli.importing.found import Unreadable
from tests.importing.kit import SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.importing.kit import Importer
    from tests.site import Site

SEED = SOURCES / "ankle-stability-post.txt"
BY_HAND = Path(__file__).parent / "by-hand.md"

SHOWN = {
    "pasted.txt": ("/post/five-desk-stretches-that-actually-help/", "Chin tucks"),
    "wix-page.html": ("/post/knees-and-hills/", "especially the inner one"),
    "wordpress-page.html": ("/post/shoulder-pain/", "old injuries"),
    "wix-feed.xml": ("/post/ankles/", "Stand on one leg."),
    "wordpress.xml": ("/post/running-knees/", "Knees like running"),
    "hugo": ("/post/first/", "Mind"),
    "jekyll": ("/post/knee-care/", "Some text"),
    "astro": ("/post/post-one/", "Mind the gap."),
}
"""An address, and words that stand there, for each source."""


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_imported_builds_without_a_problem_and_a_second_import_changes_nothing(
    name: str, importer: Importer, build_site: Callable[..., Site]
) -> None:
    done = importer.run(SOURCES / name)
    site = build_site("minimal", done.new)
    address, words = SHOWN[name]
    assert site.problems == []
    assert words in site.words(address)
    again = importer.run(SOURCES / name, into=done.content)
    assert again.new == {}
    assert "is there already" in again.said


def test_a_trial_says_all_and_writes_nothing(importer: Importer) -> None:
    done = importer.run(SOURCES / "wordpress.xml", trial=True)
    assert done.new == {}
    assert "4 files would be written" in done.said


UNKNOWABLE = {
    "# The clinic's own page says only": "a remark of who made it by hand",
    "summary:": "which sentence sums it up was chosen",
    "tags:": "the text names none",
    "services:": "which services it is about is a judgement",
    "/// chain": "that this list is a chain was seen by its meaning",
    "1. |2. |3. |4. ": "that the order of these lines matters was seen by their meaning",
    "- Ankles become|- Knees and hips|- The pelvis|- The lower back": "the same lines as a plain list",
    "/// booking": "that the last paragraph is an invitation, and its heading, were chosen",
    "///": "the end of those directives",
}
"""How the lines of the hand-made article begin that no program could know, and why; their plain counterparts too."""


def test_the_pasted_post_is_the_article_made_by_hand_but_for_what_no_program_could_know(importer: Importer) -> None:
    content = importer.run(SOURCES / "pasted.txt").content
    name = "lauren-maria-hunt"
    (content / "team").mkdir()
    (content / "team" / f"{name}.md").write_text("---\ntitle: Lauren Maria Hunt\n---\n", "utf-8")
    made = _lines(importer.run(SEED, into=content).text("lower-back-pain.md"))
    by_hand = _lines(BY_HAND.read_text("utf-8"))
    differing = [line[2:] for line in difflib.ndiff(made, by_hand) if line[0] in "+-"]
    begins = [part for key in UNKNOWABLE for part in key.split("|")]
    assert [line for line in differing if not line.startswith((*begins,))] == []
    assert "author: Lauren Maria Hunt" in made
    assert "date: 2025-11-11" in made


def _lines(text: str) -> list[str]:
    """Each paragraph, item and key on a line of its own, however it was wrapped."""
    lines = [""]
    for line in text.splitlines():
        begins = not lines[-1] or lines[-1].startswith(("///", "---")) or re.match(r"[-#/]|\d\. |\w+: |$", line)
        lines = [*lines, line] if begins else [*lines[:-1], f"{lines[-1]} {line.strip()}"]
    return [line for line in lines if line.strip()]


def test_addresses_are_kept_as_redirects_and_noted(importer: Importer) -> None:
    done = importer.run(SOURCES / "wordpress.xml")
    assert "aliases: [/2024/05/12/running-knees/, /2024/05/12/run-knee/]" in done.text("running-knees.md")
    noted = done.text("addresses.txt").splitlines()
    assert {"/2024/05/12/running-knees/", "/2024/05/12/run-knee/", "/about/"} <= {*noted}
    assert "/classic-post/" not in noted  # it was private
    assert "https://quay.example.com/2024/05/12/running-knees/ → /post/running-knees/ by a redirect" in done.said


_HUGO_SETTINGS = {
    "hugo.toml": '[permalinks]\nblog = "/:year/:slug/"\n',
    "config.yaml": "permalinks:\n  page:\n    blog: /:year/:contentbasename/\n",
    "config/_default/permalinks.toml": 'blog = "/:year/:title"\n',
}


@pytest.mark.parametrize("name", _HUGO_SETTINGS)
def test_addresses_of_hugo_are_made_as_its_settings_say(name: str, importer: Importer) -> None:
    folder = importer.source("archetypes/default.md", "").parent.parent
    importer.source(name, _HUGO_SETTINGS[name])
    importer.source("static/img/sea.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    text = 'title = "My knees"\ndate = 2023-04-05\n[cover]\nimage = "img/sea.svg"\nalt = "The sea"\n+++\n\nWords.\n'
    importer.source("content/blog/my-knees.md", f"+++\n{text}")
    done = importer.run(folder)
    assert "aliases: [/2023/my-knees/]" in done.text("my-knees.md")
    assert "\nimage: images/sea.svg\n" in done.text("my-knees.md")


def test_the_address_of_a_post_still_to_come_was_never_published(importer: Importer) -> None:
    item = "<item><title>{0}</title><link>https://a.example.com/{0}/</link><pubDate>11 Nov {1} 19:00:00 GMT</pubDate>"
    item += "<description>{2}</description></item>"
    items = item.format("past", 2025, "Words. " * 80) + item.format("later", 2099, "Others. " * 80)
    feed = f"<rss version='2.0'><channel><title>A</title>{items}</channel></rss>"
    noted = importer.run(importer.source("feed.xml", feed)).text("addresses.txt").splitlines()
    assert "/past/" in noted
    assert "/later/" not in noted


def test_a_site_is_not_imported_into_itself(importer: Importer) -> None:
    there = importer.run(importer.source("post.txt", "Title\nNov 11, 2024\n2 min read\nText is here.")).content
    with pytest.raises(Unreadable, match="in the site itself"):
        importer.run(there, into=there)


def test_a_site_map_gives_addresses_alone(importer: Importer) -> None:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    addresses = "".join(
        f"<url><loc>https://a.example.com{path}</loc></url>" for path in ("/post/x", "/blog/hashtags/y")
    )
    done = importer.run(
        importer.source("sitemap.xml", f'<?xml version="1.0"?><urlset xmlns="{space}">{addresses}</urlset>')
    )
    assert [*done.new] == ["addresses.txt"]
    assert {"/post/x/", "/blog/hashtags/y/"} <= {*done.text("addresses.txt").splitlines()}


def test_comments_wait_as_drafts_for_consent(importer: Importer) -> None:
    done = importer.run(SOURCES / "wordpress.xml")
    comments = [key for key in done.new if key.startswith("comments/")]
    assert comments == ["comments/running-knees/2024-05-13-jo.md"]
    assert "status: draft" in done.text("2024-05-13-jo.md")
    assert "consent" in done.said


def test_pictures_of_the_folder_come_along_and_others_wait_as_remarks(importer: Importer) -> None:
    there = importer.run(SOURCES / "hugo")
    assert "images/sea.jpg" in there.new
    assert '![The sea]({static}/images/sea.jpg "At noon")' in there.text("first.md")
    waiting = importer.run(SOURCES / "wix-page.html", into=there.content)
    assert "<!-- ![A steep path above the sea]" in waiting.text("hills.md")
    assert "https://static.wixstatic.com/media/def456~mv2.png" in waiting.said  # the original, not /v1/fill/
    assert "/v1/fill/" not in waiting.said


def test_a_post_whose_address_another_has_is_told_and_overwrites_nothing(importer: Importer) -> None:
    first = importer.run(importer.source("a.md", "---\ntitle: Knees\ndate: 2025-01-01\nslug: knees\n---\nOne.\n"))
    other = importer.source("b.md", "---\ntitle: Other\ndate: 2025-02-02\nslug: knees\n---\nTwo.\n")
    second = importer.run(other, into=first.content)
    assert second.new == {}
    assert "was not imported, because content/posts/2025-01-01-knees.md has its address" in second.said


def test_a_picture_that_only_has_the_same_name_is_told(importer: Importer) -> None:
    there = importer.run(SOURCES / "hugo")
    text = "---\ntitle: Tides\ndate: 2025-01-01\n---\n![The tide](https://old.example.com/sea.jpg)\n"
    done = importer.run(importer.source("tides.md", text), into=there.content)
    assert "content/images/sea.jpg was there already" in done.said


def test_addresses_without_a_host_are_those_of_the_exported_site(importer: Importer) -> None:
    text = (SOURCES / "wordpress.xml").read_text("utf-8").replace("https://quay.example.com/wp-content", "/wp-content")
    done = importer.run(importer.source("export.xml", text))
    assert "← https://quay.example.com/wp-content/uploads/2024/05/run.jpg" in done.said
