"""No address that was ever published dies unnoticed: it is told, with where it should lead, or leads on by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.cli.publish.redirects import add_alias, add_to_list
from clinic.content.addresses import ADDRESSES, read_listed, with_addresses

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site import BuildSite, Site

PUBLISHED = {"CLINIC_PUBLIC": True}
END = "take this line out to let the address die"
GONE = "was published, and nothing is there now"
POSTS: dict[str, str | bytes | None] = {
    "posts/2026-01-01-knees.md": "---\ntitle: Knees\n---\n\nThey bend, and more.\n",
    "posts/2026-01-02-hips.md": "---\ntitle: Hips\naliases: [/post/old-hips/]\n---\n\nThey turn, and more.\n",
    "posts/2026-01-03-feet.md": "---\ntitle: Feet\nstatus: draft\n---\n\nThey stand, and more.\n",
    "posts/2026-01-04-ears.md": "---\ntitle: Ears\nstatus: hidden\n---\n\nThey hear, and more.\n",
    "posts/2026-01-05-over.md": "---\ntitle: Over\nexpires: 2026-02-01\n---\n\nIt is over, and more.\n",
    "posts/2026-06-01-later.md": "---\ntitle: Later\n---\n\nIt is to come, and more.\n",
    "posts/2026-01-06-joint-pain.md": "---\ntitle: Joints\n---\n\nThey join, and more.\n",
    "static/own.html": "<p>Mine</p>",
}
WRITE = "write 'aliases: [{}]' in {}, which is at {} now"
FEET = "was published, and content/posts/2026-01-03-feet.md"
LATER = "was published, and content/posts/2026-06-01-later.md"
AGAIN = "publish it again, or let another page take its place"
KNEES = "content/posts/2026-01-01-knees.md"
TOLD = {
    # the same file under another name of its page
    "/post/my-knees/  # posts/2026-01-01-knees.md": f"{GONE}; "
    + WRITE.format("/post/my-knees/", KNEES, "/post/knees/")
    + ", or run it with REDIRECT=yes, which does",
    # a file of the same day, where the old one is gone
    "/post/arthro/  # posts/2026-01-06-arthro.md": f"{GONE}; "
    + WRITE.format("/post/arthro/", "content/posts/2026-01-06-joint-pain.md", "/post/joint-pain/")
    + ", or run it with REDIRECT=yes, which does",
    # of the former site, with an ending
    "/post/Knees.html": f"{GONE}; "
    + WRITE.format("/post/Knees.html", KNEES, "/post/knees/")
    + ", or run it with REDIRECT=yes, which does",
    # like another, which has aliases already
    "/post/hip/": f"{GONE}; if that says it now, add /post/hip/ to the aliases in content/posts/2026-01-02-hips.md:3, "
    "which is at /post/hips/ now",
    # elsewhere, with the same last part
    "/single-post/2024/knees": f"{GONE}; if that says it now, "
    + WRITE.format("/single-post/2024/knees", KNEES, "/post/knees/"),
    "/post/feet/": f"{FEET} is a draft now; {AGAIN}; if that says it now, "
    + WRITE.format("/post/feet/", "content/pages/blog.md", "/blog/"),
    "/post/later/": f"{LATER} is due only later now; {AGAIN}; if that says it now, "
    + WRITE.format("/post/later/", "content/pages/blog.md", "/blog/"),
    "/about-us/": f"{GONE}; write 'aliases: [/about-us/]' in the file of the page that says it now",
    "/caf%C3%A9,au/": f"{GONE}; write 'aliases: [\"/caf%C3%A9,au/\"]' in the file of the page that says it now",
}
PRESENT = (
    "/", "/post/knees/", "/POST/Knees", "/post/knees/index.html", "/post/kn%65es/", "/post/old-hips/", "/post/ears/",
    "/own.html", "/blog/atom.xml", "/?p=12", "/contact.vcf",
)  # fmt: skip
FORWARDED = {
    "/post/over/": "/blog/",
    "/blog/tags/gone/": "/blog/",
    "/blog/2019/": "/blog/",
    "/blog/series/x/": "/blog/",
}


def listed(*lines: str) -> dict[str, str | bytes | None]:
    return {**POSTS, ADDRESSES: "".join(f"{line}\n" for line in ("# Every address", *lines))}


@pytest.fixture(scope="session")
def told(build_site: BuildSite) -> Site:
    """A publish of a site that lacks some of what it had."""
    return build_site("minimal", listed(*TOLD, *PRESENT, *FORWARDED, "post/x"), settings=PUBLISHED)


def test_what_is_nowhere_any_more_stops_a_publish_with_the_line_that_mends_it(told: Site) -> None:
    expected = [
        f"content/addresses.txt:{number}: {line.partition('  #')[0]} {sentence}; {END}"
        for number, (line, sentence) in enumerate(TOLD.items(), 2)
    ]
    strange = "is no address of this site; write one from its first slash, such as /post/knees/"
    number = 2 + len(TOLD) + len(PRESENT) + len(FORWARDED)
    assert told.problems == [*expected, f'content/addresses.txt:{number}: "post/x" {strange}']
    assert told.exit_code == 1


def test_a_post_that_has_expired_and_a_list_that_is_empty_lead_on_by_themselves(build_site: BuildSite) -> None:
    site = build_site("minimal", listed(*PRESENT, *FORWARDED), settings=PUBLISHED)
    assert (site.problems, site.exit_code) == ([], 0)
    for former, now in FORWARDED.items():
        assert f'content="0; url={now}"' in site.html(former)
        assert f"{former} {now} 301\n" in site.read("_redirects")
    assert "They stand" not in site.everything()
    assert ADDRESSES not in site.files


@pytest.mark.parametrize(
    "settings", [{}, {"CLINIC_PUBLIC": True, "CLINIC_ADDRESS": "https://trial.example.com"}], ids=["html", "trial"]
)
def test_a_build_that_is_no_publish_notes_it_and_a_trial_has_nothing_to_do_with_it(
    build_site: BuildSite, settings: dict[str, object]
) -> None:
    site = build_site("minimal", listed("/about-us/", "/post/over/"), settings=settings)
    assert site.exit_code == 0
    notes = [note for note in site.notes if ADDRESSES in note]
    assert [note.startswith("content/addresses.txt:2: note: /about-us/ was published, and ") for note in notes] == (
        [] if settings else [True]
    )


def test_in_other_languages_too(build_site: BuildSite) -> None:
    lines = ["/cy/about/", "/cy/blog/tags/gone/", "/cy/nowhere/", "/de/about/"]
    site = build_site("bilingual", {ADDRESSES: "".join(f"{line}\n" for line in lines)}, settings=PUBLISHED)
    assert [problem.partition(" was ")[0] for problem in site.problems] == [
        "content/addresses.txt:3: /cy/nowhere/", "content/addresses.txt:4: /de/about/",
    ]  # fmt: skip
    assert "which is at /about/ now, or run it with REDIRECT=yes" in site.problems[1]


def test_the_list_keeps_its_remarks_and_has_each_address_once(tmp_path: Path) -> None:
    (tmp_path / ADDRESSES).write_bytes(b"\xef\xbb\xbf# mine\r\n/b/\r\n\r\n/a/  # pages/a.md\r\n# more\r\n")
    new = add_to_list(tmp_path, {"/c/": "posts/c.md", "/b/": "pages/b.md", "/a/": ""})
    text = (tmp_path / ADDRESSES).read_text("utf-8")
    assert new == ["/c/"]
    assert text == "# mine\n# more\n/a/  # pages/a.md\n/b/  # pages/b.md\n/c/  # posts/c.md\n"
    assert with_addresses(text, ["/a/", "/b/"]) == text
    assert {one.address: one.line for one in read_listed(tmp_path, "x")[0]} == {"/a/": 3, "/b/": 4, "/c/": 5}
    assert [(each.address, each.source) for each in read_listed(tmp_path, "x")[0]][1] == ("/b/", "pages/b.md")


@pytest.mark.parametrize("data", [b"/\xff/\n", None], ids=["no text", "not to be opened"])
def test_a_list_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes | None
) -> None:
    (tmp_path / ADDRESSES).write_bytes(data or b"")
    if data is None:
        monkeypatch.setattr("pathlib.Path.read_text", lambda *_: (_ for _ in ()).throw(PermissionError()))
    found, wrong = read_listed(tmp_path, "content/addresses.txt")
    assert (found, len(wrong)) == ((), 1)


FRONT_MATTER = {
    "title: X": "title: X\naliases: [/old/]",
    "title: X\naliases: [/a/]": "title: X\naliases: [/a/, /old/]",
    "aliases: []\ntitle: X": "aliases: [/old/]\ntitle: X",
    "aliases:\n  - /a/\n  - /b/\ntitle: X": "aliases:\n  - /a/\n  - /b/\n  - /old/\ntitle: X",
    "aliases:\n- /a/\ntitle: X": "aliases:\n- /a/\n- /old/\ntitle: X",
    "aliases: /a/\ntitle: X": "aliases: /a/, /old/\ntitle: X",
}


@pytest.mark.parametrize("before", FRONT_MATTER)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_redirect_is_one_line_more_in_the_front_matter_and_nothing_else(
    tmp_path: Path, before: str, line_end: str
) -> None:
    file = tmp_path / "x.md"
    form = "\n---\n{}\n---\n\nWords\u2028and\x0cmore.\n---\nwithout an end"
    file.write_bytes(form.format(before).replace("\n", line_end).encode())
    assert add_alias(file, "/old/")
    assert file.read_bytes().decode() == form.format(FRONT_MATTER[before]).replace("\n", line_end)


@pytest.mark.parametrize("before", ["aliases: [\n  /a/]", "aliases: [/a/] # why"])
def test_a_redirect_that_does_not_fit_leaves_the_file_as_it_was(tmp_path: Path, before: str) -> None:
    file = tmp_path / "x.md"
    file.write_text(f"---\n{before}\n---\n\nWords.\n")
    assert not add_alias(file, "/old/")
    assert file.read_text() == f"---\n{before}\n---\n\nWords.\n"
