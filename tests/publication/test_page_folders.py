"""A folder with ``index.md`` is one page with its images (Hugo's page bundles), named after the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site import CLINICS

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

PHOTO = (CLINICS / "full" / "images" / "ankle.png").read_bytes()
POST = "---\ntitle: Knee pain\nimage: photo.png\nimage_alt: A knee\nauthor: Rosa Quill\nservices: [massage]\n---\n\n"
BESIDE = """\
Words.

![One](photo.png)

![Two](my%20sketch.png)

![Three]({static}photo.png)

![Four](my sketch.png "A caption")

![Five](a (1).png)

[Sheet](sheet.pdf)
"""
COMMENT = "---\nname: Jo\ndate: 2026-02-01\nconsent: 2026-02-01\n---\n\nIt helped me.\n"


@pytest.fixture(scope="module")
def site(build_site: BuildSite) -> Site:
    """Every kind of page in a folder of its own."""
    about = (CLINICS / "minimal" / "pages" / "home.md").read_text("utf-8").replace("Welcome", "Come in")
    overlay: dict[str, str | bytes | None] = {
        "posts/2026-01-05-knee/index.md": POST + BESIDE,
        "posts/2026-01-05-knee/photo.png": PHOTO,
        "posts/2026-01-05-knee/my sketch.png": PHOTO,
        "posts/2026-01-05-knee/a (1).png": PHOTO,
        "posts/2026-01-05-knee/sheet.pdf": b"%PDF-1.4 sheet",
        "posts/old/hip/Index.md": "---\ntitle: Hip\ndate: 2026-01-02\n---\n\nWords.\n",
        "pages/home.md": None,
        "pages/home/index.md": about,
        "pages/first-visit/index.md": "---\ntitle: First visit\n---\n\n[Book]({filename}/pages/book.md)\n",
        "pages/services/index.md": "---\ntitle: Services\n---\n",
        "pages/team.md": "---\ntitle: Team\n---\n",
        "services/massage/index.md": "---\ntitle: Massage\n---\n\nWords.\n",
        "team/rosa-quill/index.md": "---\ntitle: Rosa Quill\nimage: photo.png\nimage_alt: Rosa\n---\n",
        "team/rosa-quill/photo.png": PHOTO,
        "comments/knee/jo.md": COMMENT,
    }
    return build_site("minimal", overlay)


def test_each_is_at_the_address_of_its_folder(site: Site) -> None:
    assert not site.problems
    expected = {
        "/post/knee/",
        "/post/hip/",
        "/",
        "/first-visit/",
        "/services/",
        "/services/massage/",
        "/team/rosa-quill/",
    }
    assert expected <= set(site.pages)
    assert not [page for page in site.pages if "index" in page]


def test_the_folder_gives_the_day_and_takes_the_comments(site: Site) -> None:
    words = site.words("/post/knee/")
    assert "5 January 2026" in words
    assert "It helped me." in words


def test_files_beside_it_are_shown_and_copied(site: Site) -> None:
    page = site.page("/post/knee/")
    images = [str(image["src"]) for image in page.select(".prose img")]
    assert len(images) == 5
    links = [str(link["href"]) for link in page.select("main a") if "sheet" in str(link["href"])]
    assert links
    assert {path.lstrip("/") for path in (*images, *links)} <= set(site.files)
    portraits = [str(node["image"]) for node in site.graph("/team/rosa-quill/") if "image" in node]
    assert portraits


def test_other_files_name_it_by_its_folder(site: Site) -> None:
    assert site.page("/post/knee/").select("a[href='/team/rosa-quill/']")
    assert "Come in" in site.words("/")
    assert "Massage" in site.words("/services/")


@pytest.mark.parametrize(
    ("one", "other", "path"),
    [
        ("posts/knee.md", "posts/knee/index.md", "post/knee/"),
        ("posts/a/knee/index.md", "posts/b/knee/index.md", "post/knee/"),
        ("pages/visit.md", "pages/visit/index.md", "visit/"),
        ("services/massage.md", "services/massage/index.md", "services/massage/"),
    ],
)
def test_two_of_one_name_are_one_problem(build_site: BuildSite, one: str, other: str, path: str) -> None:
    text = "---\ntitle: Same\n{}---\n\nWords.\n".format("date: 2026-01-01\n" if one.startswith("posts") else "")
    extra = {"pages/services.md": "---\ntitle: Services\n---\n"} if one.startswith("services") else {}
    site = build_site("minimal", {one: text, other: text.replace("Words", "Other words"), **extra})
    assert len(site.problems) == 1, site.problems
    assert f"this has the same address (/{path}) as content/" in site.problems[0]


@pytest.mark.parametrize("key", ["posts/index.md", "posts/_index.md", "pages/index.md", "services/_index.md"])
def test_an_index_of_a_whole_folder_is_told(build_site: BuildSite, key: str) -> None:
    text = "---\ntitle: X\n{}---\n\nWords.\n".format("date: 2026-01-01\n" if key.startswith("posts") else "")
    site = build_site("minimal", {key: text, "pages/services.md": "---\ntitle: Services\n---\n"})
    message = 'the name of this file becomes its address, and "index" says nothing; name it after what it is about'
    assert site.problems == [f"content/{key}: {message}, or move its words into pages/home.md or pages/blog.md"]
