"""The manuals are held to the code: what there is, they name."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from typing import TYPE_CHECKING

from jinja2 import Environment, nodes

from clinic.content.error_messages import WRITTEN_KEYS
from clinic.domain.pages.page import PageFacts, PageKind
from clinic.models.booking import BOOKING_PROVIDERS
from clinic.models.registers import REGISTERS
from clinic.rendering.head import Head
from clinic.rendering.markdown.directives import KINDS
from tests.docs.manuals import OWNER, PLUGINS, START, THEME
from tests.docs.tables import models, words_in
from tests.site import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEMPLATES = ROOT / "theme" / "templates"
PACKAGE = ROOT / "plugins" / "clinic"
SEEN_BY_TEMPLATES = ("article", "page", "facts", "head")


def test_the_first_page_is_short() -> None:
    assert len(START.text.splitlines()) <= 150


def test_every_make_target_is_in_a_manual() -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert targets
    assert [target for target in targets if f"`make {target}`" not in PLUGINS.text] == []


def test_the_owner_and_the_newcomer_are_told_their_commands() -> None:
    assert [target for target in ("preview", "publish", "comment") if not OWNER.names(f"make {target}")] == []
    assert [target for target in ("preview", "test", "publish", "help") if not START.names(f"make {target}")] == []


def test_every_directive_is_in_the_owners_manual() -> None:
    assert [name for name in KINDS if not OWNER.row("directive", name)] == []
    options = {option for kind in KINDS.values() for option in kind.options.model_fields}
    assert [option for option in options if not OWNER.names(option)] == []


def test_every_key_of_the_facts_is_in_the_owners_manual() -> None:
    keys = [
        (name, key)
        for name, model in models().items()
        for field in model.model_fields
        for key in WRITTEN_KEYS.get(field, (field,))
    ]
    assert [f"{name}.{key}" for name, key in keys if not OWNER.names(key)] == []


def test_every_taker_in_of_forms_is_in_the_owners_manual() -> None:
    providers = words_in(models()["contact_form"].model_fields["provider"].annotation)
    assert "netlify" in providers
    assert [name for name in providers if not OWNER.names(name)] == []


def test_every_booking_provider_is_in_the_owners_manual() -> None:
    assert [name for name in BOOKING_PROVIDERS if not OWNER.names(name)] == []


def test_what_a_booking_provider_takes_an_id_of_is_in_its_row() -> None:
    for name, provider in BOOKING_PROVIDERS.items():
        shapes = (provider.query, provider.path, provider.fragment)
        takes = [any(kind in shape for shape in shapes) for kind in ("service", "practitioner", "location")]
        cells = [cell.strip() for cell in OWNER.row("provider", name).split("|")[2:5]] or [""] * 3
        assert [bool(cell) for cell in cells] == takes, name
        words = [*provider.query.values(), *re.findall(r"/(\w+)/", " ".join(provider.fragment.values()))]
        assert [word for word in words if f"`{word}`" not in "".join(cells)] == []


def test_which_booking_providers_may_be_shown_in_a_page_is_in_the_owners_manual() -> None:
    [sentence] = re.findall(r"\(`embed`\) is there for ([^;]*);", OWNER.text)
    assert re.findall("`([^`]+)`", sentence) == [name for name, provider in BOOKING_PROVIDERS.items() if provider.frame]


def test_every_register_is_in_the_owners_manual() -> None:
    registers = {register: min((key for key, one in REGISTERS.items() if one is register), key=len)
                 for register in REGISTERS.values()}  # fmt: skip
    assert "gcc" in registers.values()
    prose = OWNER.prose.casefold()
    assert [short for short in registers.values() if not re.search(rf"\b{short}\b", prose)] == []


def test_every_dependency_earns_its_place() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    named = re.findall(r'^    "([A-Za-z0-9_-]+)(?:\[\w+\])?[=><]', project, re.MULTILINE)
    table = PLUGINS.text[PLUGINS.text.index("## Dependencies") :].lower()
    assert named
    assert [name for name in named if name.lower() not in table and not name.startswith("types-")] == []


def test_every_floor_is_in_the_generators_manual() -> None:
    floors = [path.name for path in PACKAGE.iterdir() if path.is_dir() and not path.name.startswith("_")]
    assert [floor for floor in floors if not PLUGINS.names(f"clinic/{floor}")] == []


def test_every_signal_is_in_the_generators_manual() -> None:
    signals = set(re.findall(r"signals\.(\w+)", (PACKAGE / "plugin" / "__init__.py").read_text("utf-8")))
    assert signals
    assert [signal for signal in signals if not PLUGINS.row("signal", signal)] == []


def paths_in(text: str) -> dict[str, Path | None]:
    """Every path that the generator's manual names, None for one that is not there."""
    found = re.findall(r"`(\w[\w./-]+)`", text)
    names = [name for name in found if "/" in name or name.endswith(".py")]
    folders = (ROOT, ROOT / "plugins", PACKAGE)
    return {name: next((folder / name for folder in folders if (folder / name).exists()), None) for name in names}


def test_every_path_that_the_generators_manual_names_is_there() -> None:
    paths = paths_in(PLUGINS.prose)
    assert len(paths) > 20
    assert [name for name, path in paths.items() if path is None] == []


def test_what_is_to_be_added_to_is_where_the_manual_says() -> None:
    """``KINDS`` stands in a file that the same paragraph names."""
    section = PLUGINS.text.partition("## How to add")[2].partition("\n## ")[0]
    paragraphs = [found for found in section.split("\n\n") if found.startswith("**")]
    assert len(paragraphs) == 13
    for paragraph in paragraphs:
        files = (path for path in paths_in(paragraph).values() if path and path.is_file())
        texts = "".join(path.read_text("utf-8") for path in files)
        names = re.findall(r"`(_?[A-Z]\w+)`", paragraph)
        assert [name for name in names if not re.search(rf"\b{name}\b", texts)] == []


def test_every_fact_of_a_page_and_its_head_is_in_the_themes_manual() -> None:
    assert [field.name for field in fields(PageFacts) if not THEME.row("`facts.`", field.name)] == []
    given = [field.name for field in fields(Head)]
    assert [name for name in given if not THEME.row("`head.`", name)] == []


def test_every_kind_of_page_is_in_the_themes_manual() -> None:
    assert [kind.value for kind in PageKind if not THEME.names(f"{kind.value}.html")] == []


def test_everything_that_templates_are_given_is_in_the_themes_manual() -> None:
    given = set(_given_to_templates())
    assert {"clinic", "link", "call_to_action", "typographic"} < given
    assert [name for name in given if not THEME.names(name)] == []


def test_everything_that_templates_ask_of_a_page_is_in_the_themes_manual() -> None:
    asked = {f"{of}.{name}": name for path in TEMPLATES.rglob("*.html") for of, name in _asked_in(path)}
    assert {"article.title_html", "facts.crumbs", "head.canonical"} < asked.keys()
    assert [whole for whole, name in asked.items() if not THEME.names(name)] == []


def test_every_token_is_in_the_themes_manual() -> None:
    css = (ROOT / "theme" / "static" / "css" / "tokens.css").read_text("utf-8")
    tokens = set(re.findall(r"^\s+(--[\w-]+):", css, re.MULTILINE))
    assert "--brand-ink" in tokens
    assert [token for token in tokens if not THEME.names(token.removesuffix("-night"))] == []


def test_every_script_is_in_the_themes_manual() -> None:
    scripts = (ROOT / "theme" / "static" / "scripts").glob("*.js")
    assert [path.name for path in scripts if not THEME.row("script", path.name)] == []


def _given_to_templates() -> Iterator[str]:
    """The names in every ``environment.globals.update(…)`` and ``….filters.update(…)`` of the plugin."""
    for path in (PACKAGE / "plugin").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and re.search(r"\.(globals|filters)\.update$", ast.unparse(node.func)):
                yield from (keyword.arg for keyword in node.keywords if keyword.arg)


def _asked_in(template: Path) -> Iterator[tuple[str, str]]:
    tree = Environment(autoescape=True).parse(template.read_text("utf-8"))
    for node in tree.find_all(nodes.Getattr):
        if isinstance(node.node, nodes.Name) and node.node.name in SEEN_BY_TEMPLATES:
            yield node.node.name, node.attr
