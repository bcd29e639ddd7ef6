"""The command line: `preview`, `publish`, `comment` and `styleguide`. The Makefile calls them.

What only one command needs is imported in it: Pelican and e-mail parsing would slow the start of the others.
"""

from pathlib import Path

import click

from clinic.cli.build import Project
from clinic.cli.preview.loop import preview
from clinic.cli.publish.release import publish

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
HIGHEST_PORT = 65535


def port_number(_context: click.Context, _option: click.Parameter, text: str) -> int:
    """The port; a bad one gets one message, without click's usage of options that the Makefile hides."""
    if text.isdecimal() and int(text) <= HIGHEST_PORT:
        return int(text)
    raise click.ClickException(f'"{text}" is no port: please give a number up to {HIGHEST_PORT}, such as 9000.')


@click.group()
@click.option("--project", type=FOLDER, default=".", help="The folder that holds content/, theme/ and the settings.")
@click.option("--content", type=click.Path(path_type=Path), default="content", help="The content, from there.")
@click.pass_context
def cli(context: click.Context, project: Path, content: Path) -> None:
    """Preview the site while writing, and publish it."""
    root = project.resolve()
    if not (root / content).is_dir():
        raise click.ClickException(f"There is no folder {root / content} to take the content from.")
    context.obj = Project(root, content)


@cli.command("preview")
@click.option("--settings", type=click.Path(path_type=Path), default="pelicanconf.py")
@click.option("--port", callback=port_number, default="8000", show_default=True, help="0 takes any free port.")
@click.pass_obj
def preview_command(project: Project, settings: Path, port: int) -> None:
    """Show the site at localhost; it follows every edit."""
    try:
        preview(project, settings, port)
    except OSError as error:
        raise click.ClickException(f"The preview could not start: {error.strerror or error}") from error


@cli.command("publish")
@click.option("--settings", type=click.Path(path_type=Path), default="publishconf.py")
@click.option("--output", type=click.Path(path_type=Path), default="output", show_default=True)
@click.option("--site-url", default="", help="The real address, if it is not the one in the facts file.")
@click.pass_context
def publish_command(context: click.Context, settings: Path, output: Path, site_url: str) -> None:
    """Build the site for its real address, strictly, and swap it in whole."""
    try:
        context.exit(publish(context.obj, settings, output, site_url))
    except OSError as error:
        raise click.ClickException(f"The site could not be put in place: {error}") from error


@cli.command("comment")
@click.option("--from", "source", type=click.Path(path_type=Path), help="An e-mail (.eml) or a form's message (.json).")
@click.option("--article", default="", help="The last part of the article's address, if the message does not say.")
@click.pass_obj
def comment_command(project: Project, source: Path | None, article: str) -> None:
    """Take in a comment that someone sent; without a file, ask for it."""
    from clinic.cli.comments.intake import take_in  # noqa: PLC0415 -- for a quick start, see above
    from clinic.cli.comments.submission import Unreadable  # noqa: PLC0415 -- as above

    try:
        take_in(project.root, project.root / project.content, source, article)
    except Unreadable as error:
        raise click.ClickException(f"{source}: {error}" if source else f"{error}") from None
    except OSError as error:
        raise click.ClickException(f"The comment could not be written: {error.strerror or error}") from error


@cli.command("styleguide")
@click.pass_obj
def styleguide_command(project: Project) -> None:
    """Show every component of the theme from its examples, on one page."""
    from clinic.cli.styleguide import write_styleguide  # noqa: PLC0415 -- for a quick start, see above

    page = write_styleguide(project, project.root / ".preview" / "styleguide")
    click.echo(f"The styleguide is at {page.as_uri()}")
