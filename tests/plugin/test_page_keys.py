"""The key of a page: another for whatever its template could show otherwise, the same for nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

import pytest
from markupsafe import Markup

from clinic.domain.pages.media import Image
from clinic.models.service import Service
from clinic.plugin.lists import ListedArticle
from clinic.plugin.page_keys import PageKeys
from clinic.plugin.store import digest_of_files
from tests.incremental import share_cache, tree
from tests.site import ROOT, Build

if TYPE_CHECKING:
    from pathlib import Path


class Colour(Enum):
    RED = "a"
    BLUE = "b"


@dataclass(frozen=True)
class Pair:
    first: object
    second: object


@dataclass(frozen=True)
class OtherPair:
    first: object
    second: object


LISTED = ListedArticle(
    "post/knees/",
    Markup("Knees"),
    Markup("Of knees."),
    datetime(2026, 1, 2, 9, tzinfo=UTC),
    3,
    Image("images/knee.webp", "A knee", 800, 600),
    "1 comment",
    None,
    None,
    is_pinned=False,
    is_featured=False,
)
SERVICE = Service.model_validate({"title": "Massage", "prices": [{"minutes": 45, "amount": 60}], "slug": "massage"})
DIFFERENT: tuple[object, ...] = (
    "",
    "a",
    b"a",
    "a\0b",
    ("a", "b"),
    ("ab",),
    ("b", "a"),
    [["a"], ["b"]],
    [["a", "b"], []],
    ("a", ("b",)),
    None,
    "None",
    0,
    False,
    1.5,
    "1.5",
    Decimal("1.50"),
    Decimal("1.5"),
    date(2026, 1, 2),
    datetime(2026, 1, 2, tzinfo=UTC),
    {},
    {"a": "b"},
    {"b": "a"},
    {"a": {"b": "c"}},
    frozenset({"a", "b"}),
    frozenset({"a"}),
    Colour.RED,
    Colour.BLUE,
    Pair("a", "b"),
    OtherPair("a", "b"),
    Pair("b", "a"),
    Pair("a", Pair("b", None)),
    LISTED,
    replace(LISTED, url="post/knee/"),
    replace(LISTED, title_html=Markup("Kn&amp;es")),
    replace(LISTED, summary=Markup("Of a knee.")),
    replace(LISTED, date=datetime(2026, 1, 2, 10, tzinfo=UTC)),
    replace(LISTED, minutes=4),
    replace(LISTED, image=None),
    replace(LISTED, image=Image("images/knee.webp", "Another knee", 800, 600)),
    replace(LISTED, comments=""),
    replace(LISTED, unpublished="Draft"),
    replace(LISTED, is_pinned=True),
    replace(LISTED, is_featured=True),
    SERVICE,
    SERVICE.model_copy(update={"title": "Sports massage"}),
    SERVICE.model_copy(update={"prices": ()}),
)


def test_values_that_differ_anywhere_have_different_keys_and_equal_ones_the_same() -> None:
    keys = PageKeys("shared")
    made = [keys.key("article.html", {"value": value}) for value in DIFFERENT]
    assert len({*made}) == len(DIFFERENT)
    again = PageKeys("shared")
    equal = (replace(LISTED), SERVICE.model_copy(), frozenset({"b", "a"}))
    for value in equal:
        known = made[DIFFERENT.index(value)]
        assert again.key("article.html", {"value": value}) == known


def test_the_template_its_variables_and_what_all_pages_share_are_in_the_key() -> None:
    made = {
        PageKeys(shared).key(template, given)
        for shared in ("one clinic", "another")
        for template in ("article.html", "tag.html")
        for given in ({"facts": "a"}, {"facts": "b"}, {"head": "a"}, {})
    }
    assert len(made) == 16


@pytest.mark.parametrize("value", [object(), lambda: None, iter(()), (1, [object()])])
def test_what_cannot_be_told_from_others_is_refused_and_never_left_out(value: object) -> None:
    with pytest.raises(TypeError, match="cannot be a part of the key"):
        PageKeys("").key("article.html", {"value": value})


def test_the_digest_of_a_folder_follows_names_and_contents(tmp_path: Path) -> None:
    made: list[str] = []
    for name, text in (("a.css", "x"), ("b.css", "x"), ("b.css", "y"), ("ab.css", ""), ("sub/b.css", "y")):
        folder = tmp_path / str(len(made))
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(text, "utf-8")
        made.append(digest_of_files(folder))
    assert len({*made}) == len(made)


POST = "---\ntitle: {0}\n---\n\n{0} are told of here, at some length, number {1}.\n"


COUNTED = """
import sys
from jinja2 import Template
from pelican import main

render, rendered = Template.render, []

def counted(template, *given, **named):
    rendered.append(template.name)
    return render(template, *given, **named)

Template.render = counted
main(sys.argv[1:])
print(sum(name in {"article.html", "blog.html"} for name in rendered))
"""


@pytest.mark.site
def test_one_edit_renders_only_the_pages_that_show_it(tmp_path: Path) -> None:
    """Also where the site is built beside that which it replaces, as a publish and the preview do."""
    posts = {f"posts/2026-01-{day:02}-post-{day}.md": POST.format(f"Knees {day}", day) for day in range(1, 29)}
    build = Build("minimal", posts)
    build.lay_out(tmp_path)
    cache = share_cache(tmp_path / "cache", "templates", "pictures")

    def rendered(title: str, output: str, former: str = "") -> int:
        (tmp_path / "content" / "posts" / "2026-01-03-post-3.md").write_text(POST.format(title, 3), "utf-8")
        settings = ["-s", str(ROOT / "pelicanconf.py"), "--cache-path", str(cache)]
        command = [sys.executable, "-c", COUNTED, "content", "-o", output, *settings]
        command += ["-e", f'CLINIC_FORMER_SITE="{former}"']
        environment = os.environ | {"SOURCE_DATE_EPOCH": str(int(build.now.timestamp()))}
        ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
        return int(ended.stdout.split()[-1])

    assert rendered("Knees 3", "output") > 28
    assert rendered("Knees 3", "output") == 0
    assert rendered("Knees 3", "beside", former="output") == 0
    assert tree(tmp_path / "beside") == tree(tmp_path / "output")
    changed = rendered("Knees three", "output", former="beside")
    assert 1 < changed < 15, "its page, its neighbours, the lists, and the articles that it is related to"
