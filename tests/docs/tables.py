"""The reference tables of the manuals, made from what they describe: models, components and make targets.

``python -m tests.docs.tables --write`` puts each between its marks, ``<!-- table: name -->`` and ``<!-- end -->``.
Without ``--write`` it names the manuals that are out of date and exits with 1.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from enum import Enum
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from clinic.content.error_messages import WRITTEN_KEYS
from clinic.models.articles import ArticleFrontMatter, PageFrontMatter
from clinic.models.clinic import ClinicFile
from clinic.models.comments import AnswerFrontMatter, CommentFrontMatter
from clinic.models.events import EventFrontMatter
from clinic.models.exercises import ExerciseFrontMatter
from clinic.models.location import LocationFrontMatter
from clinic.models.opening_hours import HoursOfDay, Period
from clinic.models.practitioner import PractitionerFrontMatter
from clinic.models.service import ClinicVisit, ServiceFrontMatter
from clinic.rendering.markdown.directives import KINDS
from tests.docs.manuals import MANUALS, Manual
from tests.site import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITTEN: Mapping[str, type[BaseModel]] = {
    "a post": ArticleFrontMatter,
    "a page": PageFrontMatter,
    "a service": ServiceFrontMatter,
    "a person": PractitionerFrontMatter,
    "an event": EventFrontMatter,
    "an exercise": ExerciseFrontMatter,
    "words for a location": LocationFrontMatter,
    "clinic.yaml": ClinicFile,
    "a comment": CommentFrontMatter,
    "an answer": AnswerFrontMatter,
    "a video": KINDS["video"].options,
}
"""What the owner writes as a whole, by the name of its table in her manual."""
REQUIRED = "**required**"
_NAMES: Mapping[type[BaseModel], str] = {ClinicVisit: "returning"}
"""Models that stand under a key of the same name as another model does."""
_ELSEWHERE: Mapping[tuple[type[BaseModel], str], str] = {
    (ArticleFrontMatter, "slug"): "as the file is named",
    (ArticleFrontMatter, "date"): "as the file is named",
    (PageFrontMatter, "slug"): "as the file is named",
    (LocationFrontMatter, "title"): "the location's name",
}
"""Keys that a model requires and a file need not have: something else says them."""
_REGION = re.compile(r"(<!-- table: ([^>]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_MACRO = re.compile(r"\{% macro (\w+)\((.*?)\) -?%\}")
_ABOUT = re.compile(r"\{#(.*?)#\}", re.DOTALL)
_RENDER = re.compile(r'\brender\("(\w+)"')
_TARGET = re.compile(r"^([a-z-]+):.*## (.*)$", re.MULTILINE)


def models() -> Mapping[str, type[BaseModel]]:
    """Every model that the owner writes; one that stands under a key of another has the name of that key."""
    found: dict[type[BaseModel], str] = {}
    for name, model in WRITTEN.items():
        found[model] = name
        _name_those_under(model, found)
    return {name: model for model, name in found.items()}


def _name_those_under(model: type[BaseModel], found: dict[type[BaseModel], str]) -> None:
    for key, field in model.model_fields.items():
        for under in models_in(field.annotation):
            if under not in found:
                found[under] = _NAMES.get(under, key)
                _name_those_under(under, found)


def written(manual: Manual) -> str:
    """The manual with every table as it should be."""
    return _REGION.sub(lambda found: f"{found[1]}\n{table(found[2])}\n{found[3]}", manual.text)


def names_of_tables(manual: Manual) -> list[str]:
    """The tables it has marks for."""
    return [name for _, name, _ in _REGION.findall(manual.text)]


def table(name: str) -> str:
    """One table by its name, with the anchor that others link to."""
    if name == "components":
        return _joined(("component", "called with", "what it is"), components())
    if name == "contract":
        return _joined(("component", "asked for by"), contract())
    if name == "make":
        return _joined(("command", "what it does"), make_targets())
    rows = _joined(("key", "what it says", "if you leave it out"), keys(models()[name]))
    caption = "" if name in WRITTEN else f"Under `{name}`:\n\n"
    return f'<a id="{anchor(name)}"></a>\n\n{caption}{rows}'


def anchor(name: str) -> str:
    """Of a model's table."""
    return f"keys-of-{re.sub('[^a-z]+', '-', name)}"


def keys(model: type[BaseModel]) -> Iterator[tuple[str, ...]]:
    """A row for each key, the required ones first."""
    rows = [(spelling(key), meaning(field), without(model, key)) for key, field in model.model_fields.items()]
    yield from sorted(rows, key=lambda row: row[2] != REQUIRED)


def spelling(key: str) -> str:
    """As the owner writes it."""
    return ", or ".join(f"`{word}`" for word in WRITTEN_KEYS.get(key, (key,)))


def meaning(field: FieldInfo) -> str:
    """The model's own description, the words that are allowed, and where the keys under it are described."""
    said, words = description(field), words_in(field.annotation)
    named = [re.search(rf"\b{word}\b", said) is not None for word in words]
    enough = any(named) if field.annotation is bool else all(named)  # "yes to …" says what "no" is
    return "; ".join(part for part in (said, "" if enough else _one_of(words), _nested(field)) if part)


def description(field: FieldInfo) -> str:
    """Of the field, or of what it is where it may also be nothing."""
    return field.description or next(_descriptions(field.annotation), "")


def _descriptions(annotation: Any) -> Iterator[str]:
    for part in get_args(annotation) if get_origin(annotation) in {Union, UnionType, Annotated} else ():
        if isinstance(part, FieldInfo) and part.description:
            yield part.description
        yield from _descriptions(part)


def words_in(annotation: Any) -> tuple[str, ...]:
    """The words that a value is one of, or that a list is made of; none where any words will do."""
    if annotation is bool:
        return ("yes", "no")
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return tuple(str(member.value) for member in annotation)
    if get_origin(annotation) is Literal:
        return tuple(map(str, get_args(annotation)))
    if get_origin(annotation) in {Union, UnionType, Annotated, tuple, list}:
        return tuple(dict.fromkeys(word for part in get_args(annotation) for word in words_in(part)))
    return ()


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models whose keys stand under this one. A day's hours are one line, in place of which periods may stand."""
    if annotation is HoursOfDay:
        annotation = Period
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


def _one_of(words: tuple[str, ...]) -> str:
    *others, last = (f"`{word}`" for word in words)
    return f"{', '.join(others)} or {last}" if others else last


def _nested(field: FieldInfo) -> str:
    names = {model: name for name, model in models().items()}
    anchors = dict.fromkeys(anchor(names[model]) for model in models_in(field.annotation))
    return ", ".join(f"[its keys](#{found})" for found in anchors)


def without(model: type[BaseModel], key: str) -> str:
    """What holds without the key, in the owner's words; empty where there is nothing to say."""
    field = model.model_fields[key]
    if field.is_required():
        return _ELSEWHERE.get((model, key), REQUIRED)
    default = field.get_default(call_default_factory=True)
    if default is None or isinstance(default, (BaseModel, Mapping)) or default == ():
        return ""
    return ", ".join(f"`{_as_typed(value)}`" for value in (default if isinstance(default, tuple) else (default,)))


def _as_typed(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value.value if isinstance(value, Enum) else value)


def components() -> Iterator[tuple[str, ...]]:
    """The macros of the theme's components that other templates call: each file's own, and what it says of itself."""
    for path in sorted((ROOT / "theme" / "templates" / "components").glob("*.html")):
        source = path.read_text("utf-8")
        about = _ABOUT.search(source)
        calls = [f"`{name}({arguments})`" for name, arguments in _MACRO.findall(source) if not name.startswith("_")]
        yield f"`{path.stem}`", "<br>".join(calls), " ".join((about[1] if about else "").split())


def contract() -> Iterator[tuple[str, ...]]:
    """The components that Python asks for by name, so that every theme must have them."""
    asked = {kind.component: f"the directive `{name}`" for name, kind in reversed(list(KINDS.items()))}
    for path in sorted((ROOT / "plugins" / "clinic").rglob("*.py")):
        for component in _RENDER.findall(path.read_text("utf-8")):
            asked.setdefault(component, f"`{path.relative_to(ROOT).as_posix()}`")
    yield from ((f"`{name.replace('_', '-')}`", by) for name, by in sorted(asked.items()))


def make_targets() -> Iterator[tuple[str, ...]]:
    """The commands, as ``make help`` tells them."""
    for name, what in _TARGET.findall((ROOT / "Makefile").read_text("utf-8")):
        yield f"`make {name}`", what


def _joined(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = (head, ("---",) * len(head), *rows)
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> int:
    """Write the tables, or say where they are old."""
    old = [manual for manual in MANUALS if written(manual) != manual.text]
    for manual in old:
        sys.stdout.write(f"{manual.path.relative_to(ROOT)}\n")
        if "--write" in sys.argv:
            manual.path.write_text(written(manual), "utf-8")
    return int(bool(old) and "--write" not in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
