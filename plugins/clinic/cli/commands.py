"""The command line, which the Makefile calls: `start`, `new`, `preview`, `html`, `publish`, `comment`, `styleguide`.

What only one command needs is imported in it: a preview is to be there at once, and needs no e-mail parsing.
"""

import re
import traceback
from collections.abc import Callable
from pathlib import Path

import click

from clinic.cli.build import Project, build_once, explain
from clinic.cli.disk import sentence
from clinic.cli.interrupts import INTERRUPTED, Interrupted, interruptible
from clinic.cli.unchanged import Request, Watch

ADDRESS = re.compile(r"https?://(?:localhost|[\w-]+(?:\.[\w-]+)+)(?::\d{1,5})?(?:/[\w.~%/-]*)?")
"""Of a site: a host, and a folder where it is in one; nothing that would break the links of its pages."""
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def port_number(_context: click.Context, _option: click.Parameter, text: str) -> int:
    """The port; a bad one gets one message, without click's usage of options that the Makefile hides."""
    from clinic.cli.preview.server import HIGHEST_PORT  # noqa: PLC0415 -- for a quick start, see above

    if text.isdecimal() and int(text) <= HIGHEST_PORT:
        return int(text)
    raise click.ClickException(f'"{text}" is no port: please give a number up to {HIGHEST_PORT}, such as 9000.')


def yes_or_no(_context: click.Context, option: click.Parameter, text: str) -> bool:
    """Whether it says yes; nothing is no."""
    if text.lower() not in {"", "yes", "no"}:
        raise click.ClickException(f"{str(option.name).upper()}={text} is neither: please write yes, or leave it out.")
    return text.lower() == "yes"


def site_address(_context: click.Context, _option: click.Parameter, text: str) -> str:
    """The address that a site is built for; a bad one gets one message before anything is built. Empty for its own."""
    if not text or ADDRESS.fullmatch(text):
        return text
    raise click.ClickException(f'"{text}" is no address of a site: please write SITEURL=https://name.example/folder.')


def content_folder(root: Path, text: str, *, may_be_new: bool = False) -> Path:
    """The folder of the content, from the project's; one message where it is none, unless it ``may_be_new``."""
    if not text.strip():
        raise click.ClickException("CONTENT= names no folder: leave it out for content/, or write CONTENT=folder.")
    folder = root / text
    if folder.is_file():
        raise click.ClickException(f"{folder} is a file: please give the folder that clinic.yaml is in.")
    if not folder.is_dir() and not may_be_new:
        raise click.ClickException(f"There is no folder {folder} to take the content from.")
    if root.is_relative_to(folder.resolve()):
        raise click.ClickException(f"{folder} holds the whole project: please give the folder that clinic.yaml is in.")
    return Path(text)


@click.group()
@click.option("--project", type=FOLDER, default=".", help="The folder that holds content/, theme/ and the settings.")
@click.option("--content", default="content", help="The content, from there.")
@click.pass_context
def cli(context: click.Context, project: Path, content: str) -> None:
    """Preview the site while writing, and publish it."""
    root = project.resolve()
    is_new = context.invoked_subcommand == "start"
    context.obj = Project(root, content_folder(root, content, may_be_new=is_new))


@cli.command("start")
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
    from clinic.cli.start.answers import Answers  # noqa: PLC0415 -- for a quick start, see above
    from clinic.cli.start.new_clinic import Start  # noqa: PLC0415 -- as above

    project: Project = context.obj
    start = Start(project.root, project.root / project.content, Answers(**given), move.lower() in {"yes", "true", "1"})
    _write(context, start.run)


@cli.command("new")
@click.argument("kind", type=click.Choice(["post", "page", "service", "person"]))
@click.option("--title", default="", help="Its title; of a person, the name.")
@click.pass_context
def new_command(context: click.Context, kind: str, title: str) -> None:
    """Make a file to begin with, and open it in the editor."""
    from clinic.cli.start.new_file import NewFile  # noqa: PLC0415 -- for a quick start, see above

    project: Project = context.obj
    _write(context, NewFile(project.root, project.root / project.content, kind, title).run)


def _write(context: click.Context, run: Callable[[], None]) -> None:
    """Run what asks and then writes; each ending is one sentence."""
    try:
        with interruptible():
            run()
    except OSError as error:
        raise click.ClickException(f"It could not be written: {sentence(error)}.") from error
    except (Interrupted, click.Abort):
        click.echo("\nStopped; nothing was written.")
        context.exit(INTERRUPTED)


@cli.command("preview")
@click.option("--settings", type=click.Path(path_type=Path), default="pelicanconf.py")
@click.option("--port", callback=port_number, default="8000", show_default=True, help="0 takes any free port.")
@click.option("--phone", callback=yes_or_no, default="", help="yes shows it to a phone in the same network too.")
@click.pass_obj
def preview_command(project: Project, settings: Path, port: int, phone: bool) -> None:
    """Show the site at localhost; it follows every edit."""
    from clinic.cli.preview.loop import preview  # noqa: PLC0415 -- for a quick start, see above

    try:
        preview(project, settings, port, phone=phone)
    except OSError as error:
        raise click.ClickException(f"The preview could not start: {sentence(error)}.") from error


@cli.command("share")
@click.option("--settings", type=click.Path(path_type=Path), default="pelicanconf.py")
@click.option("--post", default="", help="The post by its title, its file or the last part of its address.")
@click.pass_context
def share_command(context: click.Context, settings: Path, post: str) -> None:
    """Write one post, a draft too, as one file to send to somebody who is to approve it."""
    from clinic.cli.share.share import Share  # noqa: PLC0415 -- for a quick start, see above

    _write(context, Share(context.obj, settings, post).run)


@cli.command("html")
@click.option("--site-url", callback=site_address, default="", help="Another address than that of the facts file.")
@click.pass_context
def html_command(context: click.Context, site_url: str) -> None:
    """Build the site once into output/, as Pelican does it by itself."""
    project: Project = context.obj
    try:
        with interruptible():
            watch = Watch(Request.of("html", str(project.root), str(project.content), site_url))
            code = build_once(project, {**watch.settings, **({"CLINIC_ADDRESS": site_url} if site_url else {})})
            if code == 0:
                watch.leave_record()
    except Interrupted:
        click.echo("\nStopped. The site in output/ may not be whole; run it again.")
        code = INTERRUPTED
    context.exit(code)


@cli.command("publish")
@click.option("--settings", type=click.Path(path_type=Path), default="publishconf.py")
@click.option("--output", type=click.Path(path_type=Path), default="output", show_default=True)
@click.option(
    "--site-url", callback=site_address, default="", help="The real address, if it is not the one in the facts file."
)
@click.pass_context
def publish_command(context: click.Context, settings: Path, output: Path, site_url: str) -> None:
    """Build the site for its real address, strictly, and swap it in whole."""
    from clinic.cli.publish.release import publish  # noqa: PLC0415 -- for a quick start, see above

    context.exit(publish(context.obj, settings, output, site_url))


@cli.command("comment")
@click.option("--from", "source", type=click.Path(path_type=Path), help="An e-mail, or a form's message or table.")
@click.option("--article", default="", help="The last part of the article's address, if the message does not say.")
@click.pass_context
def comment_command(context: click.Context, source: Path | None, article: str) -> None:
    """Take in what someone sent; without a file, ask for it."""
    from clinic.cli.comments.intake import Intake  # noqa: PLC0415 -- for a quick start, see above
    from clinic.cli.comments.submission import Unreadable  # noqa: PLC0415 -- as above

    intake = Intake(context.obj.root, context.obj.root / context.obj.content, source, article)
    try:
        with interruptible():
            code = intake.run()
    except Unreadable as error:
        raise click.ClickException(f"{source}: {error}" if source else f"{error}") from None
    except OSError as error:
        raise click.ClickException(
            f"{intake.outcome('The comment could not be written')}: {sentence(error)}."
        ) from error
    except (Interrupted, click.Abort):
        click.echo(f"\n{intake.outcome('Stopped; nothing was written')}.")
        code = INTERRUPTED
    context.exit(code)


@cli.command("styleguide")
@click.pass_context
def styleguide_command(context: click.Context) -> None:
    """Show every component of the theme from its examples, on one page."""
    from jinja2 import TemplateError  # noqa: PLC0415 -- for a quick start, see above

    from clinic.cli.styleguide import write_styleguide  # noqa: PLC0415 -- as above

    project = context.obj
    try:
        with interruptible():
            page = write_styleguide(project, project.root / ".preview" / "styleguide")
    except OSError as error:
        raise click.ClickException(f"The styleguide could not be written: {sentence(error)}.") from error
    except (TemplateError, ValueError) as error:
        found = explain(traceback.format_exc(), project.root)
        raise click.ClickException(f"The styleguide could not be made: {found}") from error
    except Interrupted:
        click.echo("\nStopped. Run it again for a whole styleguide.")
        context.exit(INTERRUPTED)
    click.echo(f"The styleguide is at {page.as_uri()}")
