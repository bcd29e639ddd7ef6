"""`preview`."""

from pathlib import Path

import click

from clinic.cli.build import Project
from clinic.cli.disk import sentence
from clinic.cli.options import port_number, yes_or_no
from clinic.cli.preview.loop import preview


@click.command("preview")
@click.option("--settings", type=click.Path(path_type=Path, readable=False), default="pelicanconf.py")
@click.option("--port", callback=port_number, default="8000", show_default=True, help="0 takes any free port.")
@click.option("--phone", callback=yes_or_no, default="", help="yes shows it to a phone in the same network too.")
@click.option("--open", "opens", callback=yes_or_no, default="", help="yes opens the site in the browser.")
@click.pass_obj
def preview_command(project: Project, settings: Path, port: int, phone: bool, opens: bool) -> None:
    """Show the site at localhost; it follows every edit."""
    try:
        preview(project, settings, port, phone=phone, opens=opens)
    except OSError as error:
        raise click.ClickException(f"The preview could not start: {sentence(error)}.") from error
