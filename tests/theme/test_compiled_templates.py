"""Templates are compiled once, and again when something that went into them has changed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from clinic.plugin.templates import compiled_templates
from tests.site import ROOT


def settings_for(folder: Path, **others: Any) -> dict[str, Any]:
    return {"THEME": str(folder / "theme"), "CACHE_PATH": str(folder / "cache"), "SITEURL": "", **others}


def rendered(settings: dict[str, Any], source: str) -> str:
    """What a template makes of a constant, in a run of its own."""
    theme = Path(settings["THEME"])
    (theme / "page.html").write_text(source, "utf-8")
    environment = Environment(autoescape=True, loader=FileSystemLoader(theme))
    environment.bytecode_cache = compiled_templates(settings)
    drawing = theme / "drawing" / "line.svg"
    environment.filters.update(
        link=lambda path: settings["SITEURL"] + path, drawing=lambda _: drawing.read_text("utf-8")
    )
    return environment.get_template("page.html").render()


def test_a_page_is_made_of_what_there_is_now(tmp_path: Path) -> None:
    drawing = tmp_path / "theme" / "drawing" / "line.svg"
    drawing.parent.mkdir(parents=True)
    drawing.write_text("one", "utf-8")
    settings = settings_for(tmp_path, JINJA_ENVIRONMENT={"autoescape": True})
    source = '{{ "/book/"|link }} {{ "line"|drawing }}'
    assert rendered(settings, source) == "/book/ one"
    assert rendered(settings | {"SITEURL": "/folder"}, source) == "/folder/book/ one"
    assert rendered(settings, source + " edited") == "/book/ one edited"
    drawing.write_text("two", "utf-8")
    os.utime(drawing, (1, 1))
    assert rendered(settings, source) == "/book/ two"


def test_what_is_kept_is_used_and_may_be_removed(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "theme" / "drawing", tmp_path / "theme" / "drawing")
    settings = settings_for(tmp_path, JINJA_ENVIRONMENT={"autoescape": True})
    first = rendered(settings, "words")
    [kept] = (tmp_path / "cache").rglob("*.cache")
    stamp = kept.stat().st_mtime_ns
    assert rendered(settings, "words") == first
    assert kept.stat().st_mtime_ns == stamp
    shutil.rmtree(tmp_path / "cache")
    assert rendered(settings, "words") == first
