"""`schedule`."""

import click

from clinic.cli.options import run_writing, yes_or_no
from clinic.cli.schedule.schedule import install, publish_if_due, remove, show


@click.command("schedule")
@click.option("--install", "installs", callback=yes_or_no, default="", help="yes starts the timer of this machine.")
@click.option("--remove", "removes", callback=yes_or_no, default="", help="yes takes it away.")
@click.option("--run", "runs", callback=yes_or_no, default="", help="yes does what the timer does.")
@click.pass_context
def schedule_command(context: click.Context, *, installs: bool, removes: bool, runs: bool) -> None:
    """Publish and deploy by itself at the moments at which the site would become wrong."""
    if installs + removes + runs > 1:
        raise click.ClickException("Write one of INSTALL=yes, REMOVE=yes and RUN=yes.")
    if runs:
        context.exit(publish_if_due(context.obj))
    chosen = install if installs else remove if removes else show
    run_writing(context, lambda: chosen(context.obj))
