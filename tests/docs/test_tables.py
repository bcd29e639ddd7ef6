"""The tables of the manuals are those of the models, the theme and the Makefile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.models.articles import ArticleFrontMatter, PageFrontMatter
from clinic.models.clinic import ClinicFile
from clinic.models.comments import AnswerFrontMatter, CommentFrontMatter
from clinic.models.location import LocationFrontMatter
from clinic.models.practitioner import PractitionerFrontMatter
from clinic.models.service import ServiceFrontMatter
from clinic.rendering.markdown.directives import KINDS
from tests.docs.manuals import MANUALS, OWNER, PLUGINS, THEME
from tests.docs.tables import MODELS, keys, models_in, names_of_tables, words_in, written
from tests.site import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

FILES: tuple[type[BaseModel], ...] = (
    ClinicFile, ArticleFrontMatter, PageFrontMatter, ServiceFrontMatter, PractitionerFrontMatter, LocationFrontMatter,
    CommentFrontMatter, AnswerFrontMatter,
)  # fmt: skip
"""What a whole file of the owner's is."""


def below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The model, and all that stand under its keys."""
    yield model
    for field in model.model_fields.values():
        for found in models_in(field.annotation):
            yield from below(found)


def test_every_table_is_as_the_models_say() -> None:
    """If not: ``PYTHONPATH=plugins .venv/bin/python -m tests.docs.tables --write``."""
    assert [str(manual.path.relative_to(ROOT)) for manual in MANUALS if written(manual) != manual.text] == []


def test_everything_that_the_owner_writes_has_its_table() -> None:
    wanted = {found for model in FILES for found in below(model)}
    assert [model.__name__ for model in wanted if model not in MODELS.values()] == []
    assert sorted(names_of_tables(OWNER)) == sorted(MODELS)


def test_components_and_commands_have_their_tables() -> None:
    assert names_of_tables(THEME) == ["components"]
    assert names_of_tables(PLUGINS) == ["make"]


def test_a_row_says_whether_a_key_is_required_and_what_holds_without_it() -> None:
    rows = {row[0]: row[1:] for row in keys(ArticleFrontMatter)}
    assert rows["`title`"][1] == "**required**"
    assert rows["`date`"][1] == "as the file is named"
    assert rows["`pinned`"] == (rows["`pinned`"][0], "`no`")
    assert rows["`pinned`"][0].endswith("`yes` or `no`")
    assert rows["`author`, or `authors`"][1] == ""
    assert next(iter(rows)) == "`title`"


def test_words_that_a_value_is_one_of_are_found_wherever_they_are_typed() -> None:
    assert words_in(MODELS["care_card"].model_fields["urgency"].annotation) == ("non-urgent", "urgent", "emergency")
    assert words_in(MODELS["booking"].model_fields["methods"].annotation)[:2] == ("online", "phone")
    assert words_in(MODELS["comments"].model_fields["by"].annotation) == ("email", "form")
    assert words_in(MODELS["post"].model_fields["title"].annotation) == ()


def test_options_of_directives_are_in_their_rows() -> None:
    for name, kind in KINDS.items():
        for option, field in kind.options.model_fields.items():
            row = OWNER.row("directive", name)
            assert f"`{option}`" in row, (name, option)
            assert [word for word in words_in(field.annotation) if f"`{word}`" not in row] == []
