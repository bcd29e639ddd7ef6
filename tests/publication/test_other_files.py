"""Files that are no pages: those of ``static/`` are published as they are; any other that nobody reads is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site import CLINICS

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

IMAGE = (CLINICS / "full" / "images" / "ankle.png").read_bytes()
PDF = (CLINICS / "full" / "files" / "health-form.pdf").read_bytes()
PUBLISHED = {
    "static/google123.html": ("google123.html", b"google-site-verification: google123.html"),
    "static/.well-known/apple.json": (".well-known/apple.json", b"{}"),
    "static/.nojekyll": (".nojekyll", b""),
    "static/_headers": ("_headers", b"/*\n  X-Frame-Options: DENY\n"),
    "static/favicon.ico": ("favicon.ico", b"\0\1\2"),
    "static/leaflets/a b.PDF": ("leaflets/a b.PDF", PDF),
    "static/blog/old.txt": ("blog/old.txt", b"old"),
    "static/.well-known/notes.md": (".well-known/notes.md", b"# Notes"),
}
LEFT_BY_SYSTEMS = (
    "static/.DS_Store",
    "static/Thumbs.db",
    "static/.git/config",
    "posts/~$draft.docx",
    "posts/.hidden",
    "posts/._2026-01-01-x.md",
    "comments/x/.#jo.md",
    "pages/Icon\r",
    "pages/.trash/x.md",
    ".obsidian/app.json",
)
TAKEN = {
    "static/index.html": "the page of content/pages/home.md",
    "static/Book/index.html": "the page of content/pages/book.md",
    "static/404.html": "the page of content/pages/not-found.md",
    "static/404.html/x.txt": "the page of content/pages/not-found.md",
    "static/blog": "a part of this site",
    "static/blog/index.html": "a page of this site",
    "static/robots.txt": "a file of this site",
    "static/_redirects": "a file of this site",
    "static/contact.vcf": "a file of this site",
    "static/theme/x.css": "a part of this site",
    "static/pagefind/x.js": "a part of this site",
}


@pytest.fixture(scope="module")
def site(build_site: BuildSite) -> Site:
    """A site with files of ``static/``, and what systems leave everywhere."""
    files = {key: data for key, (_, data) in PUBLISHED.items()}
    return build_site("minimal", {**files, **dict.fromkeys(LEFT_BY_SYSTEMS, b"x")})


@pytest.mark.parametrize("key", PUBLISHED)
def test_a_file_of_static_is_published_as_it_is(site: Site, key: str) -> None:
    path, data = PUBLISHED[key]
    assert (site.output / path).read_bytes() == data


def test_nothing_else_is_said_or_published_of_them(site: Site) -> None:
    assert site.stderr == ""
    names = {file.rpartition("/")[2] for file in site.files}
    assert not {".DS_Store", "Thumbs.db", "config", "app.json"} & names
    assert "google123" not in site.read("sitemap.xml")


def test_a_file_of_static_takes_the_place_of_nothing(build_site: BuildSite) -> None:
    for keys in (set(TAKEN) - {"static/404.html/x.txt", "static/blog/index.html"}, {"static/404.html/x.txt"}):
        problems = build_site("minimal", dict.fromkeys(sorted(keys), b"x")).problems
        expected = [
            f"content/{key}: this would be published at /{key.removeprefix('static/')}, where {TAKEN[key]} is already; "
            "give it another name, or remove it"
            for key in keys
        ]
        assert sorted(problems) == sorted(expected)


def test_a_former_address_does_not_hide_a_file_of_static(build_site: BuildSite) -> None:
    post = "---\ntitle: X\ndate: 2026-01-01\naliases: [/google123.html]\n---\n\nWords.\n"
    site = build_site("minimal", {"posts/x.md": post, "static/google123.html": "x"})
    said = 'alias "/google123.html" is the address of a file of static/ already; remove it'
    assert site.problems == [f"content/posts/x.md:4: {said}"]


HOW = "put what is to be published as it is into static/, or remove"
UNUSED: dict[str, tuple[tuple[str, ...], str]] = {
    "one picture": (("images/a.png",), 'images/a.png: note: no page uses "a.png", so it is'),
    "many": (
        tuple(f"images/{name}.png" for name in "abcde"),
        'images: note: no page uses "a.png", "b.png", "c.png" and 2 more, so they are',
    ),
    "a document": (("notes.docx",), 'notes.docx: note: no page uses "notes.docx", so it is'),
    "text in a folder": (("texts/x.txt",), 'texts/x.txt: note: no page uses "x.txt", so it is'),
    "a picture beside posts": (("posts/x/a.jpg",), 'posts/x/a.jpg: note: no page uses "a.jpg", so it is'),
}


@pytest.mark.parametrize("case", UNUSED)
def test_a_file_that_no_page_uses_gets_a_note(build_site: BuildSite, case: str) -> None:
    files, said = UNUSED[case]
    site = build_site("minimal", dict.fromkeys(files, IMAGE))
    assert not site.problems
    which = "it" if len(files) == 1 else "them"
    assert site.notes == [f"content/{said} not published; show {which} on a page, {HOW} {which}"]


def test_a_file_that_a_draft_will_use_gets_none(build_site: BuildSite) -> None:
    draft = "---\ntitle: X\ndate: 2026-01-01\nstatus: draft\n---\n\n![A]({static}/images/a.png)\n"
    site = build_site("minimal", {"posts/x.md": draft, "images/a.png": IMAGE})
    assert site.stderr == ""


@pytest.mark.parametrize("key", ["articles/x.md", "articles/x.markdown", "x.MD", "articles/deep/x.mdx"])
def test_markdown_that_is_not_read_is_a_problem(build_site: BuildSite, key: str) -> None:
    site = build_site("minimal", {key: "---\ntitle: X\n---\n"})
    assert site.problems == [f"content/{key}: this file is not read; move it into posts/ or pages/"]


def test_a_file_that_a_wrong_link_means_is_told_there_alone(build_site: BuildSite) -> None:
    links = "![A](/images/a.png)\n\n![B]({static}/images/B.PNG)\n\n![C](images/c%20d.png)\n"
    names = ("a.png", "b.png", "c d.png")
    images: dict[str, str | bytes | None] = {f"images/{name}": IMAGE for name in names}
    site = build_site("minimal", {"posts/x.md": f"---\ntitle: X\ndate: 2026-01-01\n---\n\n{links}", **images})
    assert len(site.problems) == len(names)
    assert not site.notes


def test_what_is_not_read_is_not_judged(build_site: BuildSite) -> None:
    site = build_site("minimal", {"services/x/y.md": "---\ntitel: Y\n---\n", "team/x/y.md": "Words.\n"})
    assert site.problems == [
        f"content/{folder}/x/y.md: this file is not read; move it out of its folder, directly into {folder}/"
        for folder in ("services", "team")
    ]


@pytest.mark.parametrize("key", ["posts/x.docx", "pages/x.txt", "posts/x.markdown", "team/x.odt"])
def test_a_page_that_is_not_markdown_is_a_problem(build_site: BuildSite, key: str) -> None:
    site = build_site("minimal", {key: b"x"})
    message = "this file is not read; save it as plain text with a name that ends in .md, or keep it in images/"
    assert site.problems == [f"content/{key}: {message}"]
