"""A former address never takes the place of anything that the site has, however it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.site import BuildSite

# The kind: an alias that would overwrite a page or a file, lie below one, or mean something to a host or a disk.
TAKEN = {
    "/": "content/pages/home.md",
    "/index.html": "content/pages/home.md",
    "index.html": "content/pages/home.md",
    "https://larkmouth.example.com/": "content/pages/home.md",
    "/blog/index.html": "a page of this site",
    "/blog/": "a page of this site",
    "/BLOG/": "a page of this site",
    "/blog/page/2/": "a page of this site",
    "/blog/categories/running/": "a page of this site",
    "/post/shoes/": "content/posts/2025-12-01-shoes.md",
    "/post/shoes/index.html": "content/posts/2025-12-01-shoes.md",
    "/Post/Shoes": "content/posts/2025-12-01-shoes.md",
    "/p%6Fst/shoes/": "content/posts/2025-12-01-shoes.md",
    "/404.html": "content/pages/not-found.md",
    "/contact/thank-you/": "content/pages/thank-you.md",
    "/_redirects": "a file of this site",
    "/sitemap.xml": "a file of this site",
    "/sitemap.xml/old/": "a file of this site",
    "/contact.vcf": "a file of this site",
    "/team/rosa-quill.vcf": "a file of this site",
    "/post/shoes/comments.atom.xml": "a file of this site",
    "/theme/search.js": "a file of this site",
    "/pagefind/": "a file of this site",
}
NOT_FORMER = ("/a:b", "/%2e%2e/x", "/../x", "/./x", "/a//../b", "/ a/b", "/a%00b", "/%zz")
MANY = ("/*", "/old/*", "/a*b/")
CUT = ("/old?x=1", "/?p=12", "/old/?x")
AFTER_IT = "and what follows one cannot lead elsewhere; write the address before it, or remove this line"
ELSEWHERE = ("https://other.example/x/", "http://other.example", "//other.example/x")


def post(*aliases: str) -> str:
    listed = "".join(f'  - "{alias}"\n' for alias in aliases)
    return f"---\ntitle: X\ndate: 2026-01-01\naliases:\n{listed}---\n\nWords.\n"


def test_an_alias_that_would_overwrite_something_is_refused_at_its_line(build_site: BuildSite) -> None:
    many = {f"posts/2026-01-{day:02}-day-{day}.md": f"---\ntitle: Day {day}\n---\n\nWords.\n" for day in range(2, 14)}
    site = build_site("full", {**many, "posts/x.md": post(*TAKEN)})
    expected = [
        f'content/posts/x.md:{line}: alias "{alias}" is the address of {what} already; remove it'
        for line, (alias, what) in enumerate(TAKEN.items(), 5)
    ]
    assert sorted(site.problems) == sorted(expected)


@pytest.mark.parametrize(
    ("aliases", "sentence"),
    [
        (NOT_FORMER, "is not a former address; write one like /post/old-name/"),
        (ELSEWHERE, "is an address elsewhere; write a former one of this site, like /post/old-name/"),
        (MANY, 'has a "*" in it, which would stand for many addresses; write each of them'),
        (CUT, f'has a "?" in it, {AFTER_IT}'),
    ],
    ids=["no path", "elsewhere", "many", "cut"],
)
def test_an_alias_that_is_none_is_refused_at_its_line(
    build_site: BuildSite, aliases: tuple[str, ...], sentence: str
) -> None:
    site = build_site("minimal", {"posts/x.md": post(*aliases)})
    expected = [f'content/posts/x.md:{line}: alias "{alias}" {sentence}' for line, alias in enumerate(aliases, 5)]
    assert sorted(site.problems) == sorted(expected)


def test_an_alias_that_is_too_long_is_refused_at_its_line_and_not_told_whole(build_site: BuildSite) -> None:
    site = build_site("minimal", {"posts/x.md": post("/" + "é" * 150, "/" + "%C3%BC" * 150, "/" + "a" * 256)})
    assert site.problems == [
        f'content/posts/x.md:5: alias "/{"é" * 59} …" is too long for a file; shorten it',
        f'content/posts/x.md:6: alias "/{"%C3%BC" * 9}%C3%B …" is too long for a file; shorten it',
        f'content/posts/x.md:7: alias "/{"a" * 59} …" is too long; 200 letters are the most',
    ]


def test_aliases_with_other_letters_or_a_whole_address_of_the_site_are_kept(build_site: BuildSite) -> None:
    aliases = (
        "/caf%C3%A9/", "/über-uns/", "https://larkmouth.example.com/old/", "/old-page.html", "/blog/page/2/",
        "/the%CC%81/", "/price%20list/", "https://www.larkmouth.example.com/www/",
    )  # fmt: skip
    site = build_site("full", {"posts/x.md": post(*aliases)})  # of one page of articles, so there is no second
    assert site.problems == []
    pages = {"café/index.html", "über-uns/index.html", "old/index.html", "old-page.html", "blog/page/2/index.html"}
    assert pages <= set(site.files)
    assert "/caf%C3%A9 /post/x/ 301" in site.read("_redirects")
    assert "/%C3%BCber-uns /post/x/ 301" in site.read("_redirects")
    for former in ("th%C3%A9", "price%20list", "www"):  # an accent of its own, a space, an older name of the host
        assert f"/{former} /post/x/ 301" in site.read("_redirects")


def test_two_aliases_that_differ_in_capitals_alone_are_one(build_site: BuildSite) -> None:
    site = build_site("minimal", {"posts/a.md": post("/Old/"), "posts/b.md": post("/old/").replace("X", "B")})
    assert site.problems == [
        'content/posts/b.md:5: alias "/old/" is the address of content/posts/a.md already; remove it'
    ]


def test_a_file_of_static_in_the_way_of_a_former_address_is_told(build_site: BuildSite) -> None:
    own = {"static/old": "x", "static/was/index.html": "x", "static/a.html/b.txt": "x"}
    site = build_site("minimal", {**own, "posts/a.md": post("/old/x/", "/was/", "/a.html", "/v1.2/", "/v1.2/x/")})
    assert site.problems == [
        f'content/posts/a.md:{line}: alias "{alias}" is the address of a file of static/ already; remove it'
        for line, alias in enumerate(("/old/x/", "/was/", "/a.html"), 5)
    ]
