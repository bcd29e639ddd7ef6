"""The styleguide shows every component from its examples; the same examples are what is tested here."""

from __future__ import annotations

import re
import shutil
from itertools import accumulate
from typing import TYPE_CHECKING

import html5lib
import pytest
from click.testing import CliRunner

from clinic.cli.build import Project
from clinic.cli.commands import cli
from clinic.cli.styleguide import EXAMPLES, STYLESHEETS, example_facts, write_styleguide
from clinic.plugin.stylesheets import LAYERS, Stylesheets
from tests.axe import violations
from tests.browser import DESKTOP, NARROWEST, PHONE
from tests.site import CLINICS, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page


TEMPLATES = ROOT / "theme" / "templates"
# Words, lists and an img, which look as whatever they stand in.
WITHOUT_A_CLASS = {
    "accessibility-statement",
    "address",
    "image",
    "imprint",
    "privacy-statement",
    "review",
    "third-parties",
}


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


def named_sheets() -> Iterator[Path]:
    """Those of components, and of the parts of pages."""
    yield from component_sheets()
    yield from (ROOT / STYLESHEETS / "layout").glob("*.css")


def classes(template: str) -> set[str]:
    """The blocks whose classes a component's template uses."""
    markup = (TEMPLATES / "components" / f"{template}.html").read_text("utf-8")
    words = " ".join(re.findall(r'class="([^"{]*)', markup)).split()
    return {re.split("__|--", word)[0] for word in words}


def test_every_component_has_an_example() -> None:
    components = names(TEMPLATES / "components", ".html") | {sheet.stem for sheet in component_sheets()}
    assert components - names(ROOT / EXAMPLES, ".html") == set()


def test_a_component_is_a_template_a_stylesheet_and_a_class_of_one_name() -> None:
    sheets = {sheet.stem for sheet in component_sheets()}
    components = names(TEMPLATES / "components", ".html")
    assert {name for name in components & sheets if name not in classes(name)} == set()
    assert components - sheets == WITHOUT_A_CLASS


def test_every_component_has_a_macro_of_its_name() -> None:
    for name in names(TEMPLATES / "components", ".html"):
        markup = (TEMPLATES / "components" / f"{name}.html").read_text("utf-8")
        assert f"macro {name.replace('-', '_')}(" in markup or name == "button", name


def test_every_example_is_of_a_component_or_a_stylesheet() -> None:
    known = names(TEMPLATES / "components", ".html") | {sheet.stem for sheet in component_sheets()}
    assert names(ROOT / EXAMPLES, ".html") - known == set()


def test_every_stylesheet_is_in_one_layer() -> None:
    folder = ROOT / STYLESHEETS
    taken = [path for patterns in LAYERS.values() for pattern in patterns for path in folder.glob(pattern)]
    assert sorted(taken) == sorted(folder.rglob("*.css"))


def test_what_a_stylesheet_says_of_paper_stands_at_its_end() -> None:
    """``Sheet.read`` takes all that follows ``@media print`` for paper's."""
    for sheet in (ROOT / STYLESHEETS).rglob("*.css"):
        _, *of_paper = sheet.read_text("utf-8").split("@media print {")
        assert len(of_paper) <= 1, sheet
        assert not of_paper or closes_at_the_end(of_paper[0].strip()), sheet


def closes_at_the_end(block: str) -> bool:
    """Whether the brace that is open before ``block`` is closed by its last character, and by none before."""
    depths = list(accumulate({"{": 1, "}": -1}.get(letter, 0) for letter in block))
    return depths[-1] == -1 and -1 not in depths[:-1]


def test_paper_wins_over_whatever_a_file_says_of_a_screen(tmp_path: Path) -> None:
    for name in ("components", "layout"):
        (tmp_path / name).mkdir()
    (tmp_path / "components" / "card.css").write_text(".card { color: red } @media print { .card { color: #000 } }")
    (tmp_path / "utilities.css").write_text(".soft { color: gray }")
    styles = Stylesheets(tmp_path, "/theme/", ":root{--brand-ink:#123456}")
    assert styles.for_markup('<p class="card__part soft">').endswith(
        "@layer components{.card{color:red}}@layer utilities{.soft{color:gray}}"
        "@layer print{@media print{.card{color:#000}}}:root{--brand-ink:#123456}"
    )
    assert ".card" not in styles.for_markup('<p class="soft">')


def test_every_stylesheet_is_named_after_its_class() -> None:
    """A page carries a stylesheet when its name occurs in the page: a file of another name would reach no page."""
    unnamed = [sheet.name for sheet in named_sheets() if f".{sheet.stem}" not in sheet.read_text("utf-8")]
    assert unnamed == []


def test_every_stylesheet_is_used_by_a_template_or_shown_by_an_example() -> None:
    files = [*TEMPLATES.rglob("*.html"), *(ROOT / "theme" / "drawing").rglob("*.svg")]
    markup = "\n".join(path.read_text("utf-8") for path in files)
    unused = [sheet.name for sheet in named_sheets() if not re.search(rf'["\s]{sheet.stem}\b', markup)]
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
    loaded = re.findall(r'(?:src="|url\("?|<link[^>]+href=")\./([^")?]+)', page)
    assert "theme/display.woff2" in loaded
    assert [file for file in loaded if not (styleguide / file).is_file()] == []


def test_axe_finds_nothing_and_nothing_overflows_on_the_narrowest_phone(
    styleguide: Path, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(styleguide) + "/", NARROWEST)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    for size in (PHONE, DESKTOP):  # no script asks how wide the window is
        page.set_viewport_size(size)
        # One component stands there in several states, each a landmark of the same name; on no page of a site it does.
        assert violations(page, but="landmark-unique") == []
