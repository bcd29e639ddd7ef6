"""Templates are compiled once, and again when something that went into them has changed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader

import clinic.plugin.store as module
from clinic.plugin.templates import at_run_time, compiled_templates
from tests.site import ROOT

SOURCE = '{{ "/book/"|link }} {{ "line"|drawing }} {{ "x"|code }}'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A theme with one drawing, and the package of the filters: what each gives is in a file."""
    for name in ("theme/drawing/line.svg", "package/filters.py"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("one", "utf-8")
    monkeypatch.setattr(module, "_PACKAGE", tmp_path / "package")
    return tmp_path


def settings_for(folder: Path, **others: Any) -> dict[str, Any]:
    plain = {"SITEURL": "", "JINJA_ENVIRONMENT": {"trim_blocks": False}}
    return {"THEME": str(folder / "theme"), "CACHE_PATH": str(folder / "cache"), **plain, **others}


def rendered(settings: dict[str, Any], source: str) -> str:
    """What a template makes of constants, in a run of its own; Jinja compiles in what filters make of a constant."""
    theme = Path(settings["THEME"])
    (theme / "page.html").write_text(source, "utf-8")
    environment = Environment(autoescape=True, loader=FileSystemLoader(theme), **settings["JINJA_ENVIRONMENT"])
    module.digest_of_code.cache_clear()
    environment.bytecode_cache = compiled_templates(settings)
    environment.filters.update(
        link=at_run_time(lambda path: settings["SITEURL"] + path),
        drawing=lambda _: (theme / "drawing" / "line.svg").read_text("utf-8"),
        code=lambda _: (theme.parent / "package" / "filters.py").read_text("utf-8"),
    )
    return environment.get_template("page.html").render()


def change(file: Path) -> None:
    """Give a file other words of the same length, and another time."""
    file.write_text("two", "utf-8")
    os.utime(file, (1, 1))


def test_a_page_is_made_anew_when_its_template_has_changed(folder: Path) -> None:
    assert rendered(settings_for(folder), SOURCE) == "/book/ one one"
    assert rendered(settings_for(folder), SOURCE + " edited") == "/book/ one one edited"


def test_a_page_is_made_anew_in_another_folder(folder: Path) -> None:
    assert rendered(settings_for(folder), SOURCE) == "/book/ one one"
    assert rendered(settings_for(folder, SITEURL="/folder"), SOURCE) == "/folder/book/ one one"


def test_a_page_is_made_anew_when_a_drawing_has_changed(folder: Path) -> None:
    assert rendered(settings_for(folder), SOURCE) == "/book/ one one"
    change(folder / "theme" / "drawing" / "line.svg")
    assert rendered(settings_for(folder), SOURCE) == "/book/ two one"


def test_a_page_is_made_anew_when_our_code_has_changed(folder: Path) -> None:
    assert rendered(settings_for(folder), SOURCE) == "/book/ one one"
    change(folder / "package" / "filters.py")
    assert rendered(settings_for(folder), SOURCE) == "/book/ one two"


def test_a_page_is_made_anew_with_other_settings_of_jinja(folder: Path) -> None:
    source = "{% if true %}\nx{% endif %}"
    assert rendered(settings_for(folder), source) == "\nx"
    assert rendered(settings_for(folder, JINJA_ENVIRONMENT={"trim_blocks": True}), source) == "x"


def test_our_code_is_the_whole_package() -> None:
    assert module._PACKAGE == ROOT / "plugins" / "clinic"  # noqa: SLF001 (the other tests put a small one in its place)


def test_what_is_kept_is_used_and_may_be_removed(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "theme" / "drawing", tmp_path / "theme" / "drawing")
    settings = settings_for(tmp_path)
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "filters.py").write_text("one", "utf-8")
    first = rendered(settings, "words")
    [kept] = (tmp_path / "cache").rglob("*.cache")
    stamp = kept.stat().st_mtime_ns
    assert rendered(settings, "words") == first
    assert kept.stat().st_mtime_ns == stamp
    shutil.rmtree(tmp_path / "cache")
    assert rendered(settings, "words") == first
