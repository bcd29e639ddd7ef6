"""`start`: a new clinic; `post`, `page`, `service` and `person`: a new file of one, opened in the owner's editor."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from clinic.cli.build import Project
from clinic.cli.disk import write_whole
from clinic.cli.options import run_writing
from clinic.cli.start.answers import Answers
from clinic.cli.start.new_clinic import Start
from clinic.cli.start.starting_texts import file_name, language_name, price, starting_text
from clinic.content.clinic import CLINIC_FILE
from clinic.content.clock import utc_now
from clinic.content.content import Content
from clinic.content.load import load
from clinic.domain.pages.default_pages import default_front_matter
from clinic.models.registers import registers_for
from clinic.models.types import LONGEST_SLUG

KINDS = {
    "post": "The title of the post",
    "page": "The title of the page",
    "service": "The name of the service",
    "person": "The person's name",
}
"""What can be made, and the question for its title."""
_FOLDERS = {"post": "posts", "page": "pages", "service": "services", "person": "team"}


@dataclass(frozen=True)
class NewFile:
    """One run; ``title`` is empty where it is to be asked for."""

    project: Project
    kind: str
    title: str = ""

    def run(self) -> None:
        """Write the file, say what comes next, and open the editor. Raises ClickException and OSError."""
        folder = self.project.content_folder
        if not (folder / CLINIC_FILE).is_file():
            raise click.ClickException(f"There is no site in {self.project.shown(folder)} yet: begin with make start.")
        title = " ".join((self.title or str(click.prompt(KINDS[self.kind]))).split())
        if not title:
            raise click.ClickException("A file needs a title: write TITLE=… (of a person NAME=…).")
        content = load(folder, now=utc_now(), preview=True)
        key = self._key(title, content)
        path = folder / key
        if taken := next((name for name in (key, key.replace(".md", "/index.md")) if name in content.files), None):
            there = self.project.shown(folder / taken)
            raise click.ClickException(f"{there} is there already and was left as it is: open it, or change the title.")
        text = starting_text(f"new/{self.kind}.md", content.clinic.language, self._facts(title, key, content))
        write_whole(path, text)
        click.echo(f"{self.project.shown(path)} is ready: {self._next(text)}")
        open_in_editor(path)

    def _key(self, title: str, content: Content) -> str:
        """The path of the file: a post is named after the day too."""
        stem = file_name(title, self.kind, content.clinic.language)[:LONGEST_SLUG].strip("-")
        day = f"{utc_now().astimezone(content.clinic.zone):%Y-%m-%d}-" if self.kind == "post" else ""
        return f"{_FOLDERS[self.kind]}/{day}{stem}.md"

    def _facts(self, title: str, key: str, content: Content) -> dict[str, object]:
        """What the templates show; each takes what it needs."""
        clinic = content.clinic
        required = {*content.generated, *default_front_matter(clinic, has_articles=True)}
        other_page = next((name for name in ("contact.md", "home.md") if f"pages/{name}" in content.files), None)
        return {
            "title": title,
            "is_required": key in required,
            "link": other_page,
            "price": price(clinic.language, clinic.country, clinic.currency),
            "services": [*clinic.services],
            "locations": [*clinic.locations],
            "authors": [one.title for one in clinic.staff],
            "registers": [register.abbreviation for register in registers_for(clinic.country)],
            "language_name": language_name(clinic.language),
        }

    def _next(self, text: str) -> str:
        if "status: draft" not in text:
            return "write in it, and look at it with make preview. It is published as it is."
        return (
            "a draft, which only make preview shows. Write in it, and take its line “status: draft” away to publish it."
        )


def open_in_editor(path: Path) -> None:
    """Open the file in ``$VISUAL`` or ``$EDITOR``, where there is one and somebody at a terminal."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    try:
        click.edit(filename=str(path), editor=editor)
    except click.ClickException:
        click.echo(f"The editor {editor} could not be opened; open the file yourself.")


@click.command("start")
@click.option("--name", default="", help="The clinic's name.")
@click.option("--profession", default="", help="Such as osteopathy.")
@click.option("--place", default="", help="The town or village.")
@click.option("--phone", default="", help="As people dial it.")
@click.option("--email", default="", help="An address to write to.")
@click.option("--country", default="", help="Its code, such as GB.")
@click.option("--url", default="", help="The address of the site.")
@click.option("--language", default="", help="Its code, such as en-GB.")
@click.option("--timezone", default="", help="Such as Europe/London.")
@click.option("--move", default="", help="yes moves a site that is there aside.")
@click.pass_context
def start_command(context: click.Context, /, move: str, **given: str) -> None:
    """Make the content of a new clinic; without arguments, ask for it."""
    run_writing(context, Start(context.obj, Answers(**given), move.lower() in {"yes", "true", "1"}).run)


def _command(kind: str, about: str) -> click.Command:
    """The command that begins a file of this kind, and opens it in the editor; a title may be given as a name too."""

    @click.command(kind, help=about)
    @click.option("--title", "--name", "title", default="", help="Its title; of a person, the name.")
    @click.pass_context
    def begin(context: click.Context, title: str) -> None:
        run_writing(context, NewFile(context.obj, kind, title).run)

    return begin


post_command = _command("post", "Begin a post: a draft with examples.")
page_command = _command("page", "Begin a page.")
service_command = _command("service", "Begin a service.")
person_command = _command("person", "Begin the page of somebody who works at the clinic.")
