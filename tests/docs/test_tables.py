"""The tables of the manuals are those of the models, the theme and the Makefile."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from clinic.models.articles import ArticleFrontMatter
from clinic.rendering.markdown.directives import KINDS
from tests.docs.manuals import MANUALS, OWNER, PLUGINS, THEME
from tests.docs.tables import components, contract, keys, models, names_of_tables, words_in, written
from tests.site import ROOT


def test_every_table_is_as_the_models_say() -> None:
    """If not: ``PYTHONPATH=plugins .venv/bin/python -m tests.docs.tables --write``."""
    assert [str(manual.path.relative_to(ROOT)) for manual in MANUALS if written(manual) != manual.text] == []


def test_everything_that_the_owner_writes_has_its_table() -> None:
    assert {"clinic.yaml", "locations", "opening_hours", "prices", "others"} < models().keys()
    assert sorted(names_of_tables(OWNER)) == sorted([*models(), "words"])


def test_components_and_commands_have_their_tables() -> None:
    assert names_of_tables(THEME) == ["components", "contract"]
    assert names_of_tables(PLUGINS) == ["make"]


class Sample(BaseModel):
    size: Literal["small", "large"] = Field("small", description="how it is shown")
    open: bool = False
    mended: bool = Field(default=False, description="yes once it is whole")
    begins: str = Field(description="the first day")
    notes: tuple[str, ...] = ()
    end: Annotated[str, Field(description="the last | day")] | None = None


def test_a_row_says_what_a_key_is_whether_it_is_required_and_what_holds_without_it() -> None:
    assert list(keys(Sample)) == [
        ("`from`", "the first day", "**required**"),
        ("`size`", "how it is shown; `small` or `large`", "`small`"),
        ("`open`", "`yes` or `no`", "`no`"),
        ("`mended`", "yes once it is whole", "`no`"),
        ("`notes`", "", ""),
        ("`end`", "the last | day", ""),
    ]


def test_what_the_name_of_a_file_says_is_not_required() -> None:
    rows = {row[0]: row[2] for row in keys(ArticleFrontMatter)}
    assert (rows["`title`"], rows["`date`"]) == ("**required**", "as the file is named")


def test_words_that_a_value_is_one_of_are_found_wherever_they_are_typed() -> None:
    assert words_in(models()["care_cards"].model_fields["urgency"].annotation) == ("non-urgent", "urgent", "emergency")
    assert words_in(models()["booking"].model_fields["methods"].annotation)[:2] == ("online", "phone")
    assert words_in(models()["comments"].model_fields["by"].annotation) == ("email", "form")
    assert words_in(models()["a post"].model_fields["title"].annotation) == ()


def test_the_contract_for_a_theme_has_every_component_that_python_asks_for() -> None:
    asked = {row[0] for row in contract()}
    assert {f"`{kind.component.replace('_', '-')}`" for kind in KINDS.values()} < asked
    assert {"`figure`", "`references`"} < asked
    assert asked <= {row[0] for row in components()}


def test_options_of_directives_are_in_their_rows() -> None:
    for name, kind in KINDS.items():
        for option, field in kind.options.model_fields.items():
            row = OWNER.row("directive", name)
            assert f"`{option}`" in row, (name, option)
            assert [word for word in words_in(field.annotation) if f"`{word}`" not in row] == []
