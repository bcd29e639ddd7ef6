"""Nothing leaves that the owner did not mean: what links lead to, sources, backups, and what names of files say."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from clinic.cli.importing.reading import Import
from clinic.cli.publish.leaks import find_leaks
from clinic.content.load import load
from clinic.content.publication import read_written
from tests.site import CLINICS, NOW, ROOT, Build

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

OUTSIDE = "this is a link to something outside of this folder, which is not published; put the file itself here"
PDF = (CLINICS / "full/files/health-form.pdf").read_bytes()


def photo(shade: int) -> bytes:
    target = BytesIO()
    Image.new("RGB", (64, 48), (shade, 90, 120)).save(target, "JPEG")
    return target.getvalue()


@pytest.mark.parametrize("key", ["posts/x.md", "clinic.yaml", "images/a.jpg", "files/a.pdf", "static/a.txt"])
def test_a_link_that_leads_out_is_refused(tmp_path: Path, key: str) -> None:
    Build("minimal", {}).lay_out(tmp_path)
    path = tmp_path / "content" / key
    (tmp_path / "beside").write_text("secret")
    for target in ("/etc/hostname", tmp_path / "beside", "../../beside" if "/" in key else "../beside"):
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        path.symlink_to(target)
        found = load(tmp_path / "content")
        assert [(each.file, each.message) for each in found.unopened] == [(f"content/{key}", OUTSIDE)]
        assert key not in found.files


def test_what_is_no_file_is_refused_and_never_read(tmp_path: Path) -> None:
    Build("minimal", {"posts/a.md": "", "images/a.jpg": ""}).lay_out(tmp_path)
    content = tmp_path / "content"
    for key in ("posts/pipe.md", "clinic.yaml"):
        (content / key).unlink(missing_ok=True)
        os.mkfifo(content / key)
    (content / "posts/zero.md").symlink_to("/dev/zero")
    (content / "posts/one.md").symlink_to("two.md")
    (content / "posts/two.md").symlink_to("one.md")
    (content / "images/b.jpg").symlink_to("a.jpg")
    (content / "images/text.jpg").symlink_to("../posts/a.md")
    found = load(content)
    told = {each.file.removeprefix("content/"): each.message for each in found.unopened}
    assert set(told) == {"posts/pipe.md", "clinic.yaml", "posts/zero.md", "images/text.jpg"}
    assert told["posts/pipe.md"] == "this is no file, but a device or a connection of this machine; remove it"
    assert told["images/text.jpg"].startswith('this is a link to "posts/a.md", which is of another kind')
    assert "images/b.jpg" in found.files
    loops = [each.message for each in found.diagnostics if "leads back to itself" in each.message]
    assert len(loops) == 2


def test_an_import_follows_no_link_out_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("---\ntitle: Secret\n---\n\nWords of somebody else.\n")
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/a.md").write_text("---\ntitle: Mine\ndate: 2026-01-01\n---\n\nWords of mine.\n")
    (tmp_path / "posts/b.md").symlink_to(tmp_path / "secret.md")
    harvest = Import(tmp_path / "posts", NOW.date()).read()
    assert [found.title for found in harvest.found] == ["Mine"]
    assert harvest.faults == [("b.md", OUTSIDE)]


REFUSED = ("files/notes.md", "files/facts.yaml", "images/x.md~", "files/.env", "files/a.txt")


@pytest.fixture(scope="module")
def refused(build_site: BuildSite) -> Site:
    links = "\n\n".join(f"[Link {number}]({{static}}/{key})" for number, key in enumerate(REFUSED))
    html = '<a href="{static}/files/letter.eml">A</a>'
    return build_site("minimal", {
        "posts/2026-01-01-x.md": f"---\ntitle: X\n---\n\n{links}\n\n{html}\n",
        **dict.fromkeys((*REFUSED[1:4], "files/letter.eml", "static/notes.md", "static/a.sql"), b"x"),
        "files/a.txt": "---\nname: Jo\nstatus: draft\n---\n\nSecret.\n",
    })  # fmt: skip


def test_a_source_a_backup_and_what_is_secret_are_never_published(refused: Site) -> None:
    """However they are named: in a link, in HTML, or by their place in static/."""
    assert refused.exit_code == 1
    at = "content/posts/2026-01-01-x.md"
    said = "\n".join(refused.problems)
    for number, key in enumerate(REFUSED[:4]):
        assert f'{at}:{5 + 2 * number}: "{key}" ' in said
    assert f'{at}:15: "files/letter.eml" may hold letters or data of patients, which are never published' in said
    assert "content/files/a.txt: this is the source of a page or a comment, which is never published" in said
    assert "content/static/notes.md: this is the source of a page" in said
    assert "content/static/a.sql: this may hold letters or data of patients" in said
    assert len(refused.problems) == 8


POST = """---
title: Sore knees
image: images/Dr-Who-stairs.jpg
image_alt: Down the stairs
---

Bend it.<!-- Mrs Janet Smith asked for this -->

![A knee]({static}/images/Mrs-Janet-Smith-knee-1962.jpg) ![A heel]({static}/images/smith/IMG_2034.jpg)

![The hip]({static}/images/smith.jpg) ![Sore knees]({static}/images/sore-knees.jpg)

Get the [form]({static}/files/Janet%20Smith%20form.pdf), [a second]({static}/files/Form%20Smith.pdf),
[the plan]({static}/files/Smith.pdf) and [our own]({static}/files/Bend-It-2.pdf).
"""
DRAFT = "---\ntitle: Janet Smith\nstatus: draft\n---\n\nJanet Smith fell.\n"


@pytest.fixture(scope="module")
def named(build_site: BuildSite) -> Site:
    pictures = ("Dr-Who-stairs", "Mrs-Janet-Smith-knee-1962", "smith/IMG_2034", "smith", "sore-knees")
    files = ("Janet Smith form", "Form Smith", "Smith", "Bend-It-2")
    return build_site("minimal", {
        "posts/2026-01-01-sore-knees.md": POST, "posts/2026-01-02-janet.md": DRAFT,
        **{f"images/{name}.jpg": photo(40 * number) for number, name in enumerate(pictures)},
        **{f"files/{name}.pdf": PDF for name in files},
    })  # fmt: skip


def test_a_name_that_no_page_says_is_not_published(named: Site) -> None:
    assert named.exit_code == 0
    names = [file.casefold() for file in named.files]
    assert not [file for file in names if any(word in file for word in ("janet", "smith", "1962", "img", "who"))]
    assert "smith" not in named.everything().casefold()


@pytest.mark.parametrize("stem", ["stairs", "knee", "a-heel", "the-hip", "sore-knees"])
def test_a_picture_is_called_by_what_its_page_says(named: Site, stem: str) -> None:
    found = [file for file in named.files if Path(file).parent == Path("images") and Path(file).name.startswith(stem)]
    assert found
    shown = named.html("/post/sore-knees/")
    assert any(file in shown for file in found)


def test_a_download_keeps_its_name_but_for_what_nobody_says(named: Site) -> None:
    files = sorted(file for file in named.files if file.startswith("files/"))
    assert files[0] == "files/Bend-It-2.pdf"
    assert [file[:11] for file in files[1:]] == ["files/file-", "files/form-", "files/form."]
    page = named.page("/post/sore-knees/")
    assert {str(link["href"]).lstrip("/") for link in page.select('a[href$=".pdf"]')} >= {files[1], files[2], files[3]}
    told = [note for note in named.notes if "so this is published as" in note]
    assert len(told) == 3
    assert (
        'content/files/Smith.pdf: note: no page says "smith", so this is published as '
        f"{files[1]}; give it the name that visitors may read"
    ) in told


def test_a_german_form_keeps_its_name(build_site: BuildSite) -> None:
    site = build_site("minimal", {
        "posts/2026-01-01-x.md": "---\ntitle: X\n---\n\n[Bitte lesen]({static}/files/Anamnesebogen-Uebungen.pdf)\n",
        "files/Anamnesebogen-Uebungen.pdf": PDF,
    })  # fmt: skip
    assert "files/Anamnesebogen-Uebungen.pdf" in site.files


def test_in_the_preview_each_keeps_its_own(build_site: BuildSite) -> None:
    overlay: dict[str, str | bytes | None] = {
        "posts/2026-01-01-x.md": "---\ntitle: X\n---\n\n![A]({static}/images/janet.jpg)\n",
        "images/janet.jpg": photo(9),
    }
    assert [file for file in build_site("minimal", overlay, preview=True).files if file.startswith("images/janet-")]


def test_a_drafts_picture_is_found_under_a_name_that_says_nothing(tmp_path: Path) -> None:
    """The last check knows pictures by what the build tells of them."""
    draft = "---\ntitle: X\nstatus: draft\n---\n\n![A]({static}/images/janet.jpg)\n"
    Build("minimal", {"posts/x.md": draft, "images/janet.jpg": photo(9)}).lay_out(tmp_path)
    site = tmp_path / "site"
    (site / "images").mkdir(parents=True)
    (site / "images/picture-01234567.jpg").write_bytes(photo(9))
    content = tmp_path / "content"
    written = read_written(content, "content", NOW, load(content).clinic.zone)
    sources = {"images/picture-01234567.jpg": "images/janet.jpg"}
    [leak] = find_leaks(content, site, written, ROOT / "theme", (), sources)
    assert "its file images/janet.jpg is in images/picture-01234567.jpg" in leak.message
