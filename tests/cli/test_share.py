"""One post as one file: it shows the whole post without the site, and has nothing else of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from clinic.cli.build import Project
from clinic.cli.share import Share, SingleFile
from clinic.content.load import load
from tests.cli.conftest import run_cli
from tests.site import CLINICS, ROOT, write

if TYPE_CHECKING:
    from tests.site import BuildSite

LONG = "post/ankles-on-the-coast-path/"


@pytest.fixture(scope="module")
def shared(build_site: BuildSite) -> BeautifulSoup:
    """The fullest article there is, as a file."""
    site = build_site("full", preview=True)
    return BeautifulSoup(SingleFile(site.output, LONG).html("Not published yet."), "html5lib")


@pytest.mark.site
def test_it_has_the_words_and_the_pictures_of_the_post(shared: BeautifulSoup, build_site: BuildSite) -> None:
    page = build_site("full", preview=True).page(f"/{LONG}")
    words = page.select_one("article .prose")
    assert words
    assert shared.select_one("article .prose")
    for paragraph in words.select("p, li, h2, td"):
        assert " ".join(paragraph.get_text().split()) in " ".join(shared.get_text().split())
    assert len(shared.select(".prose img")) == len(page.select(".prose img")) > 1
    assert len(shared.select("style")) == len(page.select("style, link[rel=stylesheet]")) > 1
    assert "Not published yet." in shared.get_text()


@pytest.mark.site
def test_it_loads_nothing_and_leads_nowhere_on_the_site(shared: BeautifulSoup) -> None:
    assert not shared.select("script, link, form, iframe, source, video, template, [srcset], [poster]")
    assert all(str(image["src"]).startswith("data:image/") for image in shared.select("img"))
    styles = "".join(str(style.string) for style in shared.select("style"))
    assert ".prose" in styles
    assert [found for found in re.findall(r"url\(([^)]*)\)", styles) if not found.startswith("data:")] == []
    ids = {f"#{element['id']}" for element in shared.select("[id]")}
    links = [str(link["href"]) for link in shared.select("a[href]")]
    assert links
    assert [link for link in links if not re.match(r"(https?|mailto|tel|sms):", link) and link not in ids] == []


@pytest.mark.site
def test_nothing_else_of_the_site_is_in_it(shared: BeautifulSoup) -> None:
    others = {path.stem: path.read_text("utf-8") for path in (CLINICS / "full" / "posts").glob("*.md")}
    titles = [re.search(r"^title: (.+)$", text, re.MULTILINE) for name, text in others.items() if name[11:] not in LONG]
    assert len(titles) > 5
    text = shared.get_text()
    assert [found[1] for found in titles if found and found[1].strip("\"'") in text] == []
    assert not shared.select("nav:not(.contents-list), .comment-list, .related, .share-links")
    assert shared.select('meta[name="robots"][content="noindex"]')


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """A project of a small clinic with a draft, and a post with a mistake."""
    project = tmp_path / "my own clinic"
    shutil.copytree(CLINICS / "minimal", project / "content")
    for name in ("pelicanconf.py", "publishconf.py", "plugins", "theme"):
        (project / name).symlink_to(ROOT / name)
    draft = "---\ntitle: Knees on stairs\nstatus: draft\n---\n\nGoing down is harder.\n"
    wrong = "---\ntitle: Hips\n---\n\n[More]({filename}/posts/nothing.md) of hips.\n"
    write(project / "content/posts/2026-01-02-knees.md", draft)
    write(project / "content/posts/2026-01-03-hips.md", wrong)
    welsh = "---\ntitle: Pengliniau\nstatus: draft\n---\n\nMae mynd i lawr yn anoddach.\n"
    write(project / "content/posts/2026-01-02-knees.cy.md", welsh)
    return project


@pytest.mark.parametrize(
    ("named", "file"),
    [
        ("knees", "posts/2026-01-02-knees.md"),
        ("on Stairs", "posts/2026-01-02-knees.md"),
        ("content/posts/2026-01-02-knees.md", "posts/2026-01-02-knees.md"),
        ("Pengliniau", "posts/2026-01-02-knees.cy.md"),
    ],
)
def test_a_post_is_named_by_its_title_a_part_of_it_or_its_file(clinic: Path, named: str, file: str) -> None:
    project = Project(clinic)
    content = load(project.content_folder, preview=True)
    assert Share(project, Path("pelicanconf.py"), named).chosen(content).key == file


@pytest.mark.site
def test_a_draft_is_shared(clinic: Path) -> None:
    ended = run_cli("--project", str(clinic), "share", "--post", "Knees on stairs", real=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "share/knees.html is ready" in ended.stdout
    text = (clinic / "share/knees.html").read_text("utf-8")
    assert "Going down" in text
    assert "Not published yet." in text
    assert not list((clinic / ".preview").iterdir())


@pytest.mark.site
def test_a_translation_is_shared_as_the_original_is(clinic: Path) -> None:
    ended = run_cli("--project", str(clinic), "share", "--post", "2026-01-02-knees.cy.md")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "share/knees.cy.html is ready" in ended.stdout
    text = (clinic / "share/knees.cy.html").read_text("utf-8")
    assert "anoddach" in text
    assert "Going down" not in text


@pytest.mark.site
def test_what_is_wrong_with_the_post_is_told_and_it_is_written_all_the_same(clinic: Path) -> None:
    ended = run_cli("--project", str(clinic), "share", "--post", "hips")
    assert "content/posts/2026-01-03-hips.md:5: " in ended.stdout
    assert (clinic / "share/hips.html").exists()


@pytest.mark.site
@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ("knes", 'There is no post "knes"; did you mean "knees"?'),
        ("xyz", 'There is no post "xyz"; write its title, or the name of its file.'),
    ],
)
def test_a_post_that_is_not_there_is_one_sentence(clinic: Path, named: str, sentence: str) -> None:
    ended = run_cli("--project", str(clinic), "share", "--post", named)
    assert (ended.returncode, ended.stderr) == (1, f"Error: {sentence}\n")
    assert not (clinic / "share").exists()
