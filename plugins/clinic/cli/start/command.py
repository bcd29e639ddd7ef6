"""`start`, `post`, `page`, `service` and `person`: a new clinic, and a new file of one."""

import click

from clinic.cli.options import run_writing
from clinic.cli.start.answers import Answers
from clinic.cli.start.new_clinic import Start
from clinic.cli.start.new_file import NewFile


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
