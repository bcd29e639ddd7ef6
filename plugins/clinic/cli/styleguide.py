"""The styleguide: every component of the theme from its examples, on one page, with the site's own stylesheets."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from pelican.paginator import Paginator
from pelican.settings import read_settings

from clinic.content.clinic import DEFAULT_CONTEXT, read_clinic_folder
from clinic.content.yaml_text import read_yaml
from clinic.domain.booking.call_to_action import CallToAction, call_to_action_for
from clinic.domain.booking.routing import BookingTarget
from clinic.domain.checks.palette import palette
from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.domain.pages.media import Image, PublishedImages
from clinic.domain.pages.page import Crumb
from clinic.models.clinic import Clinic
from clinic.plugin.components import Components
from clinic.plugin.stylesheets import brand_rule, theme_colours

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clinic.cli.build.runner import Project
EXAMPLES = "theme/templates/examples"
EXAMPLE_DAY = date(2026, 1, 5)
"""The day on which the examples take place: what they show of it does not change from day to day."""
STYLESHEETS = "theme/static/css"
AROUND = "prose"
"""What many components stand in, and no part of them."""
ASSETS = Path(__file__).parent / "assets"
_TOKEN = re.compile(r"^  (--[\w-]+):", re.MULTILINE)
_CLASSES = re.compile(r'class="([^"]*)"')
_PICTURE = Image("theme/share.png", "The line that stands for the clinic", 1200, 630)
"""Stands in for any photograph: the theme's own motif, which is there in every project."""


@dataclass(frozen=True)
class Part:
    """What the styleguide shows of one component; ``files`` are its template, if it has one, and its stylesheets."""

    name: str
    files: tuple[str, ...]
    html: Markup


def write_styleguide(project: Project, folder: Path) -> Path:
    """Write the page and what it loads into ``folder``, which is emptied first; give the page's path."""
    settings = read_settings(str(project.root / "pelicanconf.py"))
    shutil.rmtree(folder, ignore_errors=True)
    for assets in settings["THEME_STATIC_PATHS"]:
        shutil.copytree(project.root / "theme" / assets, folder / "theme", dirs_exist_ok=True)
    page = folder / "index.html"
    page.write_text(render_styleguide(project, settings), "utf-8")
    return page


def render_styleguide(project: Project, settings: Mapping[str, Any]) -> str:
    """The page. Its links begin with a dot, so that it can be opened as a file as well as served from anywhere."""
    environment = _environment(project, settings)
    tokens = _tokens((project.root / STYLESHEETS / "tokens.css").read_text("utf-8"))
    own_styles = Markup((ASSETS / "styleguide.css").read_text("utf-8"))  # noqa: S704 (ours)
    template = environment.get_template("styleguide/page.html")
    return template.render(parts=tuple(_parts(project.root, environment)), tokens=tokens, own_styles=own_styles)


def example_facts(root: Path) -> Clinic:
    """The fictional clinic that the examples are about."""
    text = (root / EXAMPLES / "clinic.yaml").read_text("utf-8")
    return ClinicOnDay.on(EXAMPLE_DAY, Clinic.model_validate(read_yaml(text).value, context=dict(DEFAULT_CONTEXT)))


def _parts(root: Path, environment: Environment) -> Iterator[Part]:
    for path in sorted((root / EXAMPLES).glob("*.html")):
        html = Markup(environment.get_template(f"examples/{path.name}").render())  # noqa: S704 (the example escapes)
        yield Part(path.stem, tuple(_files(root, path.stem, html)), html)


def _files(root: Path, name: str, html: str) -> Iterator[str]:
    """Where to look for what is seen: the template, then the stylesheets of the classes in it, its own first."""
    template = Path("theme/templates/components") / f"{name}.html"
    if (root / template).is_file():
        yield template.as_posix()
    blocks = {re.split("__|--", word)[0] for classes in _CLASSES.findall(html) for word in classes.split()}
    for block in sorted(blocks - {AROUND} | {name}, key=lambda block: (block != name, block)):
        sheet = Path(STYLESHEETS) / "components" / f"{block}.css"
        if (root / sheet).is_file():
            yield sheet.as_posix()


def _tokens(css: str) -> dict[str, tuple[str, ...]]:
    """The names in tokens.css by what they are; a name given again for the dark scheme stands once."""
    names = tuple(dict.fromkeys(_TOKEN.findall(css)))
    prefixes = {"colours": "--color-", "sizes": "--size-", "spaces": "--space-"}
    return {kind: tuple(name for name in names if name.startswith(prefix)) for kind, prefix in prefixes.items()}


def _environment(project: Project, settings: Mapping[str, Any]) -> Environment:
    """Jinja's, as a page of the site has it, with the fictional facts in place of the clinic's."""
    theme, clinic = project.root / "theme", example_facts(project.root)
    images = PublishedImages({person.image: _PICTURE for person in clinic.team.values() if person.image})
    components = Components(theme, ".", _brand_rule(project), images)
    environment = Environment(loader=FileSystemLoader(theme / "templates"), **settings["JINJA_ENVIRONMENT"])  # noqa: S701 (it is on there)
    components.equip(environment)
    environment.globals.update(
        clinic=clinic,
        call_to_action=partial(_call_to_action, clinic, components.link("book/")),
        facts={"path": "services/", "service": None, "practitioner": None, "location": None},
        menu=lambda: (Crumb("Services", "services/"), Crumb("Contact", "contact/")),
        year=datetime.now(clinic.zone).year,
        moment=datetime.fromisoformat,
        list_of=partial(_list_of, settings),
    )
    return environment


def _call_to_action(
    clinic: Clinic, book_page: str, heading: str | None = None, place: str = "", **chosen: Any
) -> CallToAction:
    """As a page of the site has it; a link of the styleguide leads nowhere, so it says nothing of its ``place``."""
    del place
    return call_to_action_for(clinic, book_page, heading, requested=BookingTarget(**chosen))


def _list_of(settings: Mapping[str, Any], pages: int) -> Paginator:
    """A list of articles with that many pages."""
    return Paginator("blog/index.html", "blog/", range(pages), settings, 1)


def _brand_rule(project: Project) -> str:
    """The colours and the face of the clinic whose site this is: they are what its owner wants to see here."""
    brand = read_clinic_folder(project.root / project.content).clinic.brand
    return brand_rule(palette(brand, theme_colours(project.root / STYLESHEETS)), brand.font)
