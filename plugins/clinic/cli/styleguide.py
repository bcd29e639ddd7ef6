"""The styleguide: one page with every component of the theme, from its examples, with the stylesheets of the site."""

import re
import shutil
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click
from jinja2 import Environment, FileSystemLoader, TemplateError
from markupsafe import Markup

from clinic.cli.build import Project, explain
from clinic.cli.options import ends_in_a_sentence, settings_file
from clinic.content.clinic import DEFAULT_CONTEXT, read_clinic_yaml
from clinic.content.yaml_text import read_yaml
from clinic.domain.booking.call_to_action import CallToAction, call_to_action_for
from clinic.domain.booking.events import event_facts
from clinic.domain.booking.routing import BookingTarget
from clinic.domain.checks.palette import palette
from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.domain.pages.media import Image, PublishedImages
from clinic.domain.pages.urls import SiteAddress
from clinic.models.clinic import Clinic
from clinic.models.words import TEMPLATE, current_words, read_catalogue
from clinic.plugin.brand import icon_files, look_of
from clinic.plugin.lists import ListPage, MenuLink, current_in
from clinic.plugin.settings import read_project_settings
from clinic.plugin.stylesheets import brand_rule, theme_colours
from clinic.plugin.templates import Components
from clinic.rendering.images.brand import FAVICON
from clinic.rendering.images.cache import ImageCache

EXAMPLES = "theme/templates/examples"
EXAMPLE_DAY = date(2026, 1, 5)
"""The date of the examples, fixed, so that opening hours and notices look the same on any day."""
STYLESHEETS = "theme/static/css"
_SHEETS = ("components", "layout")
"""The folders of stylesheets that are named after a class."""
_CONTAINER = "prose"
"""The class of the text that many components stand in: its stylesheet is not theirs."""
_ASSETS = Path(__file__).parent / "assets"
_TOKEN = re.compile(r"^  (--[\w-]+):", re.MULTILINE)
_CLASSES = re.compile(r'class="([^"]*)"')
_MENU = (
    MenuLink("Services", "services/"),
    MenuLink("Contact", "contact/"),
    MenuLink("Login", url="https://example.com/"),
)
_IMAGE = Image("theme/share.png", "The picture for shared links", 1200, 630)
"""In place of every photograph: the share picture of the example clinic, which is there in every project."""


@dataclass(frozen=True)
class Part:
    """One component: its rendered examples, and the paths of its template, if it has one, and its stylesheets."""

    name: str
    files: tuple[str, ...]
    html: Markup


def write_styleguide(project: Project, folder: Path) -> Path:
    """Write the page and the assets it loads into ``folder``, which is emptied first. Returns the path of the page."""
    settings = read_project_settings(project.root)
    icons = _icons(project)
    html = render_styleguide(project, settings, icons)  # first: where it fails, the page that is there stays
    shutil.rmtree(folder, ignore_errors=True)
    for assets in settings["THEME_STATIC_PATHS"]:
        shutil.copytree(project.root / "theme" / assets, folder / "theme", dirs_exist_ok=True)
    for path, file in icons.items():
        shutil.copyfile(file, folder / path)
    page = folder / "index.html"
    page.write_text(html, "utf-8")
    return page


def _icons(project: Project) -> dict[str, Path]:
    """The icons and the share picture of the example clinic, in the colours of the site's owner."""
    own, theme = read_clinic_yaml(project.content_folder).facts.brand, project.root / "theme"
    colours = theme_colours(project.root / STYLESHEETS)
    cache = ImageCache(project.root / ".cache" / "pictures")
    clinic = ClinicOnDay.on(EXAMPLE_DAY, example_facts(project.root))
    return icon_files(look_of(clinic, project.root, theme, {**colours, **palette(own, colours)}, cache), cache)


def render_styleguide(project: Project, settings: Mapping[str, Any], icons: Mapping[str, Path]) -> str:
    """The page as HTML. Its links begin with a dot, so that it can be opened as a file as well as be served."""
    environment = _environment(project, settings, icons[f"theme/{FAVICON}"])
    tokens = _tokens((project.root / STYLESHEETS / "tokens.css").read_text("utf-8"))
    own_styles = Markup((_ASSETS / "styleguide.css").read_text("utf-8"))  # noqa: S704 (ours)
    template = environment.get_template("styleguide/page.html")
    parts = tuple(_parts(project.root, environment))
    return template.render(parts=parts, tokens=tokens, own_styles=own_styles, words=tuple(_words()))


def _words() -> Iterator[tuple[str, str]]:
    """Every word of the site by its name, and as the site shows it now, in the order of the alphabet."""
    known = current_words()
    for message in sorted(read_catalogue(TEMPLATE), key=lambda message: (message.text.casefold(), message.context)):
        forms = known.texts.get(message.key, tuple(filter(None, (message.text, message.plural))))
        yield message.text, " · ".join(dict.fromkeys(forms))


def example_facts(root: Path) -> Clinic:
    """The fictional clinic of the examples, as of ``EXAMPLE_DAY``."""
    text = (root / EXAMPLES / "clinic.yaml").read_text("utf-8")
    return ClinicOnDay.on(EXAMPLE_DAY, Clinic.model_validate(read_yaml(text).value, context=dict(DEFAULT_CONTEXT)))


def _parts(root: Path, environment: Environment) -> Iterator[Part]:
    for path in sorted((root / EXAMPLES).glob("*.html")):
        html = Markup(environment.get_template(f"examples/{path.name}").render())  # noqa: S704 (the example escapes)
        yield Part(path.stem, tuple(_files(root, path.stem, html)), html)


def _files(root: Path, name: str, html: str) -> Iterator[str]:
    """The template, then the stylesheets of the classes in the HTML, the component's own first; those that exist."""
    blocks = {re.split("__|--", word)[0] for classes in _CLASSES.findall(html) for word in classes.split()}
    named = sorted(blocks - {_CONTAINER} | {name}, key=lambda block: (block != name, block))
    sheets = [f"{STYLESHEETS}/{folder}/{block}.css" for block in named for folder in _SHEETS]
    for file in (f"theme/templates/components/{name}.html", *sheets):
        if (root / file).is_file():
            yield file


def _tokens(css: str) -> dict[str, tuple[str, ...]]:
    """The names of the custom properties in tokens.css, by kind, each once (the dark scheme repeats them)."""
    names = tuple(dict.fromkeys(_TOKEN.findall(css)))
    prefixes = {"colours": "--color-", "sizes": "--size-", "spaces": "--space-"}
    return {kind: tuple(name for name in names if name.startswith(prefix)) for kind, prefix in prefixes.items()}


def _environment(project: Project, settings: Mapping[str, Any], icon: Path) -> Environment:
    """Jinja's environment as the pages of a site have it, with the example clinic in place of the owner's."""
    theme, clinic = project.root / "theme", example_facts(project.root)
    images = PublishedImages({member.image: _IMAGE for member in clinic.team.values() if member.image})
    components = Components(theme, ".", _brand_rule(project), icon)
    environment = Environment(loader=FileSystemLoader(theme / "templates"), **settings["JINJA_ENVIRONMENT"])  # noqa: S701 (it is on there)
    components.equip(environment)
    environment.globals.update(
        clinic=clinic,
        calendar_links=SiteAddress.parse(clinic.url).calendar_links,
        image_of=images.image_of,
        event_facts=partial(event_facts, clinic),
        call_to_action=partial(_call_to_action, clinic, components.link("book/")),
        facts={"path": "services/", "service": None, "practitioner": None, "location": None},
        menu=_MENU,
        footer_menu=_MENU,
        ornament=components.drawing,
        logo=None,
        mark=None,
        imprints=(),
        current_in=current_in,
        year=datetime.now(clinic.zone).year,
        moment=datetime.fromisoformat,
        list_page=lambda number, pages: ListPage(number, (), ("blog/",) * pages),
    )
    return environment


def _call_to_action(
    clinic: Clinic, book_page: str, heading: str | None = None, position: str = "", **target: Any
) -> CallToAction:
    """As on a page of a site, without the campaign of its ``position``: the links lead nowhere."""
    del position
    return call_to_action_for(clinic, book_page, heading, requested=BookingTarget(**target))


def _brand_rule(project: Project) -> str:
    """The brand of the clinic whose site this is, as that is what its owner wants to see."""
    brand = read_clinic_yaml(project.content_folder).facts.brand
    return brand_rule(palette(brand, theme_colours(project.root / STYLESHEETS)), brand.font)


@click.command("styleguide")
@click.pass_context
def styleguide_command(context: click.Context) -> None:
    """Show every component of the theme from its examples, on one page."""
    project = context.obj
    settings_file(context, None, Path("pelicanconf.py"))
    stopped = "Stopped. Run it again for a whole styleguide"
    with ends_in_a_sentence(context, "The styleguide could not be written", stopped):
        try:
            page = write_styleguide(project, project.root / ".preview" / "styleguide")
        except (TemplateError, ValueError) as error:
            found = explain(traceback.format_exc(), project.root)
            raise click.ClickException(f"The styleguide could not be made: {found}") from error
    click.echo(f"The styleguide is at {page.as_uri()}")
