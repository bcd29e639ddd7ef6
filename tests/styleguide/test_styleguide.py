"""The styleguide shows every component from its examples; the same examples are what is tested here."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner

from clinic.cli.build.runner import Project
from clinic.cli.commands import cli
from clinic.cli.styleguide import EXAMPLES, STYLESHEETS, example_facts, write_styleguide
from tests.browser import AXE, DESK, NARROWEST, PHONE
from tests.site import CLINICS, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page


# One component stands there in several states, each a landmark of the same name; on a page of the site it does not.
AXE_OF_EXAMPLES = {**AXE, "rules": {"landmark-unique": {"enabled": False}}}
TEMPLATES = ROOT / "theme" / "templates"


@pytest.fixture(scope="session")
def styleguide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the finished page."""
    folder = tmp_path_factory.mktemp("styleguide")
    return write_styleguide(Project(ROOT, CLINICS / "full"), folder).parent


def test_the_command_writes_the_page_and_says_where_it_is(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    shutil.copytree(CLINICS / "minimal", tmp_path / "content")
    shutil.copy(ROOT / "pelicanconf.py", tmp_path)
    ended = CliRunner().invoke(cli, ["--project", str(tmp_path), "styleguide"])
    page = tmp_path / ".preview" / "styleguide" / "index.html"
    assert ended.exit_code == 0, ended.output
    assert page.is_file()
    assert page.as_uri() in ended.output


def names(folder: Path, ending: str) -> set[str]:
    return {path.stem for path in folder.glob(f"*{ending}")}


def component_sheets() -> Iterator[Path]:
    yield from (ROOT / STYLESHEETS / "components").glob("*.css")


def test_every_component_has_an_example() -> None:
    assert names(TEMPLATES / "components", ".html") - names(ROOT / EXAMPLES, ".html") == set()


def test_every_example_is_of_a_component_or_a_stylesheet() -> None:
    known = names(TEMPLATES / "components", ".html") | {sheet.stem for sheet in component_sheets()}
    assert names(ROOT / EXAMPLES, ".html") - known == set()


def test_every_stylesheet_is_imported_by_main_css() -> None:
    main = (ROOT / STYLESHEETS / "main.css").read_text("utf-8")
    files = {path.relative_to(ROOT / STYLESHEETS).as_posix() for path in (ROOT / STYLESHEETS).rglob("*.css")}
    assert sorted(re.findall(r'url\("([^"]+)"\)', main)) == sorted(files - {"main.css"})


def test_every_stylesheet_is_named_after_its_class() -> None:
    """A page carries a stylesheet when its name occurs in the page: a file of another name would reach no page."""
    unnamed = [sheet.name for sheet in component_sheets() if f".{sheet.stem}" not in sheet.read_text("utf-8")]
    assert unnamed == []


def test_every_stylesheet_is_used_by_a_template_or_shown_by_an_example() -> None:
    files = [*TEMPLATES.rglob("*.html"), *(ROOT / "theme" / "drawing").rglob("*.svg")]
    markup = "\n".join(path.read_text("utf-8") for path in files)
    unused = [sheet.name for sheet in component_sheets() if not re.search(rf'["\s]{sheet.stem}\b', markup)]
    assert unused == []


def test_every_component_is_shown_with_its_files(styleguide: Path) -> None:
    page = (styleguide / "index.html").read_text("utf-8")
    for name in names(TEMPLATES / "components", ".html"):
        assert f"<code>theme/templates/components/{name}.html</code>" in page
    assert "<code>theme/static/css/components/chain.css</code>" in page


def test_the_page_is_well_formed_and_its_facts_are_fictional(styleguide: Path) -> None:
    page = (styleguide / "index.html").read_text("utf-8")
    html5lib.HTMLParser(strict=True).parse(page)
    assert example_facts(ROOT).name in page
    assert not re.search("Undefined|None ", page)


def test_the_page_loads_only_what_lies_beside_it(styleguide: Path) -> None:
    page = (styleguide / "index.html").read_text("utf-8")
    loaded = re.findall(r'(?:src="|url\("?|<link[^>]+href=")\./([^")]+)', page)
    assert "theme/display.woff2" in loaded
    assert [file for file in loaded if not (styleguide / file).is_file()] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "cli"])
def test_axe_finds_nothing(
    styleguide: Path, serve: Callable[..., str], open_page: Callable[..., Page], scheme: str, size: dict[str, int]
) -> None:
    page = open_page(serve(styleguide) + "/", size, color_scheme=scheme)
    found = Axe().run(page, options=AXE_OF_EXAMPLES)
    assert [(fault["id"], fault["nodes"][0]["html"][:160]) for fault in found.response["violations"]] == []


def test_nothing_overflows_on_the_narrowest_phone(
    styleguide: Path, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(styleguide) + "/", NARROWEST)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
