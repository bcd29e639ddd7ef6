"""The gate of publish: what only an unpublished file says is in no file of the finished site."""

from __future__ import annotations

import gzip
import shutil
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from pelican.utils import slugify

from clinic.cli.publish.leaks import WordsInRow, find_leaks
from clinic.content.front_matter import slug_of
from clinic.content.publication import read_written
from tests.site import CLINICS, NOW, ROOT, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site import BuildSite, Site

SECRETS: dict[str, str | bytes | None] = {
    "posts/2026-02-20-waders-in-autumn.md": "---\ntitle: Waders in autumn\nstatus: draft\nslug: one-leg\n"
    "tags: [Knee braces]\naliases: /post/braced/\nsummary: An unfinished thought on bracing.\n---\n\n"
    "Nobody has read that a heron stands on one leg for hours without tiring.\n\n"
    "[The sheet]({static}/images/heron-sheet.pdf) ![A heron]({static}/images/heron.png)\n",
    "posts/2026-09-01-autumn-plans.md": "---\ntitle: Autumn plans\n---\n\nThe pier reopens with a group on Mondays.\n",
    "posts/2026-01-04-january-offer.md": "---\ntitle: January offer\nexpires: 2026-01-31\n---\n\n"
    "Two lamps for the price of one until the month is out.\n",
    "images/heron.png": (ROOT / "tests/clinics/full/images/draft-only.png").read_bytes(),
    "images/heron-sheet.pdf": b"%PDF-1.4 heron",
}
LEAKS = {
    "a title": ("blog/index.html", "<h2>Waders in&nbsp;<em>autumn</em></h2>", "its title"),
    "a summary": ("blog/atom.xml", "<summary>An unfinished thought on bracing.</summary>", "its summary"),
    "words": ("index.html", "<p>… a heron stands on one leg for hours without tiring.</p>", "its text"),
    "words in an attribute": (
        "index.html",
        '<meta content="a heron stands on one leg for hours without t">',
        "its text",
    ),
    "an address": ("sitemap.xml", "<loc>https://x.example/post/one-leg/</loc>", "its address"),
    "a redirect": ("_redirects", "/post/braced/ /post/x/ 301", "its former address"),
    "a tag": ("blog/tags/index.html", "<li>Knee braces</li>", "its tags"),
    "the list of a tag": ("blog/tags/knee-braces/index.html", "<p>1 article</p>", "its list"),
    "an image": ("images/heron-0a1b2c3d-480.webp", "RIFF", "its file images/heron.png"),
    "an attachment": ("images/heron-sheet.pdf", "%PDF", "its file images/heron-sheet.pdf"),
    "the search index": ("pagefind/fragment/en_1.pf_fragment", "Waders in autumn", "its title"),
}


@pytest.fixture(scope="session")
def site(build_site: BuildSite) -> Site:
    """The full clinic with a draft, a scheduled and an expired article."""
    return build_site("full", SECRETS)


def leaks(site: Site, output: Path) -> list[str]:
    content = site.folder / "content"
    zone = ZoneInfo("Europe/London")
    written = read_written(content, "content", NOW.astimezone(zone), zone)
    return [str(problem) for problem in find_leaks(content, output, written, ROOT / "theme")]


def test_a_site_that_keeps_its_secrets_passes(site: Site, full: Site) -> None:
    assert site.problems == []
    assert leaks(site, site.output) == []
    assert leaks(full, full.output) == []


@pytest.mark.parametrize("how", LEAKS)
def test_a_leak_is_found_and_named(site: Site, tmp_path: Path, how: str) -> None:
    name, text, what = LEAKS[how]
    output = tmp_path / "output"
    write(output / name, gzip.compress(text.encode()) if name.endswith("pf_fragment") else text)
    found = leaks(site, output)
    assert len(found) == 1, found
    problem = found[0]
    assert problem.startswith("content/posts/2026-02-20-waders-in-autumn.md")
    assert f"{what} is in {name}" in problem


@pytest.mark.parametrize(
    ("words", "name"),
    [("The pier reopens with a group on Mondays.", "2026-09-01-autumn-plans"), ("January offer", "2026-01-04")],
    ids=["scheduled", "expired"],
)
def test_scheduled_and_expired_words_are_secrets_too(site: Site, tmp_path: Path, words: str, name: str) -> None:
    write(tmp_path / "index.html", f"<p>{words}</p>")
    [problem] = leaks(site, tmp_path)
    assert name in problem


def test_the_address_of_a_name_with_accents_is_known(build_site: BuildSite, tmp_path: Path) -> None:
    draft = {"posts/2026-02-22-zoë-über-hüfte.md": "---\ntitle: Quiet\nstatus: draft\n---\n"}
    site = build_site("full", draft)
    write(tmp_path / "sitemap.xml", "<loc>https://x.example/post/zoe-uber-hufte/</loc>")
    found = leaks(site, tmp_path)
    assert len(found) == 1, found
    assert "its address is in sitemap.xml" in found[0]


@pytest.mark.parametrize("words", ["Café & Knie", "über_Knie", " a  b ", "Łódź", "½ mile", "???"])
def test_addresses_are_those_that_pelican_makes(words: str) -> None:
    rules = [(r"[^\w\s-]", ""), (r"[-\s_]+", "-")]
    assert slug_of(words) == slugify(words, regex_subs=rules)


def test_words_that_published_files_say_themselves_are_no_secret(site: Site, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(site.folder / "content", content)
    write(content / "posts/2026-02-21-herons.md", "---\ntitle: Herons\n---\n\nWaders in autumn, and a heron.\n")
    write(tmp_path / "output/index.html", "<p>Waders in autumn, and a heron.</p>")
    written = read_written(content, "content", NOW, ZoneInfo("Europe/London"))
    assert find_leaks(content, tmp_path / "output", written, ROOT / "theme") == []


def test_words_of_the_theme_and_of_ours_are_no_secret(build_site: BuildSite) -> None:
    titles = ("Book an appointment", "Opening hours", "Monday", "Send an e-mail")
    drafts = {f"posts/{n}.md": f"---\ntitle: {title}\nstatus: draft\n---\n" for n, title in enumerate(titles)}
    site = build_site("full", dict(drafts))
    assert leaks(site, site.output) == []


def test_a_hidden_article_is_at_its_address_alone(site: Site, tmp_path: Path) -> None:
    output = tmp_path / "output"
    shutil.copytree(site.output, output)
    write(output / "blog/index.html", '<a href="/post/for-the-running-club/">For the club</a>')
    found = leaks(site, output)
    assert len(found) == 1, found
    problem = found[0]
    assert "for-the-running-club" in problem
    assert "blog/index.html leads to it" in problem


def test_a_hidden_article_must_ask_not_to_be_indexed(site: Site, tmp_path: Path) -> None:
    write(tmp_path / "post/for-the-running-club/index.html", "<p>Found by everyone.</p>")
    [problem] = leaks(site, tmp_path)
    assert "does not say noindex" in problem


def test_a_hidden_article_may_have_former_addresses_and_comments(build_site: BuildSite) -> None:
    hidden = (
        "---\ntitle: Quiet\ndate: 2026-01-01\nstatus: hidden\naliases: [/old-quiet/, /caf%C3%A9.html]\n---\n\nWords.\n"
    )
    comment = "---\nname: Jo\ndate: 2026-01-05\nconsent: 2026-01-05\n---\n\nThank you for these quiet words.\n"
    overlay = {"posts/quiet-one.md": hidden, "comments/quiet-one/2026-01-05-jo.md": comment}
    site = build_site("full", overlay)
    assert site.problems == []
    assert {"old-quiet/index.html", "café.html", "post/quiet-one/comments.atom.xml"} <= set(site.files)
    assert leaks(site, site.output) == []


def test_a_page_in_two_languages_may_be_shown_in_one_and_hidden_or_a_draft_in_the_other(
    build_site: BuildSite, tmp_path: Path
) -> None:
    shown, welsh = (
        "---\ntitle: Knees\n---\n\nA knee bends.\n",
        "---\ntitle: Pen-gliniau\n---\n\nMae pen-glin yn plygu.\n",
    )
    comment = "---\nname: Jo\ndate: 2026-01-05\nconsent: 2026-01-05\n---\n\nThank you for these quiet words.\n"
    overlay = {
        "clinic.yaml": (CLINICS / "minimal/clinic.yaml").read_text("utf-8") + "email: a@least.example.com\n",
        "posts/2026-01-01-knees.md": shown,
        "posts/2026-01-01-knees.cy.md": welsh.replace("\n---\n\n", "\nstatus: hidden\n---\n\n"),
        "posts/2026-01-02-hips.md": shown.replace("Knees", "Hips").replace(
            "\n---\n\n", "\nstatus: hidden\n---\n\nHips: "
        ),
        "posts/2026-01-02-hips.cy.md": welsh.replace("gliniau", "gluniau").replace("Mae", "Cluniau: mae"),
        "posts/2026-01-03-feet.md": shown.replace("Knees", "Feet").replace("A knee", "A foot"),
        "posts/2026-01-03-feet.cy.md": "---\ntitle: Traed\nstatus: draft\n---\n\nMae troed yn cario pawb i bob man.\n",
        "comments/feet/2026-01-05-jo.md": comment,
    }
    site = build_site("minimal", overlay)
    assert site.problems == []
    assert {"cy/post/knees/index.html", "cy/post/hips/index.html", "post/hips/index.html"} <= set(site.files)
    assert "cy/post/feet/index.html" not in site.files
    assert "quiet words" in site.words("/post/feet/")
    assert leaks(site, site.output) == []
    output = tmp_path / "output"
    shutil.copytree(site.output, output)
    write(
        output / "blog/index.html",
        '<a href="/cy/post/knees/">x</a> <a href="/post/hips/">x</a> Mae troed yn cario pawb i bob man.',
    )
    found = leaks(site, output)
    assert [problem.partition(": ")[0].rpartition("/")[2] for problem in found] == [
        "2026-01-01-knees.cy.md",
        "2026-01-02-hips.md",
        "2026-01-03-feet.cy.md",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    {
        "a heron stands": True,
        "so: a heron – stands.": True,
        "a\n  heron\n  stands still": True,
        "a_heron_stands": True,
        "a heron understands": False,
        "extra heron stands": False,
        "a heron still stands": False,
        "stands a heron": False,
        "": False,
    }.items(),
)
def test_words_in_a_row_are_found_whatever_stands_between_them(text: str, found: bool) -> None:
    assert WordsInRow("a heron stands").are_in(text) is found
