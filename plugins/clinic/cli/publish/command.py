"""`publish` and `undo`."""

from pathlib import Path

import click

from clinic.cli.options import site_address, yes_or_no
from clinic.cli.publish.release import Wanted, publish
from clinic.cli.publish.undo import undo


@click.command("publish")
@click.option("--settings", type=click.Path(path_type=Path, readable=False), default="publishconf.py")
@click.option("--output", type=click.Path(path_type=Path, readable=False), default="output", show_default=True)
@click.option(
    "--site-url", callback=site_address, default="", help="The real address, if it is not the one in the facts file."
)
@click.option(
    "--redirect", callback=yes_or_no, default="", help="yes: lost addresses lead on, where it is certain where."
)
@click.pass_context
def publish_command(context: click.Context, settings: Path, output: Path, site_url: str, *, redirect: bool) -> None:
    """Build the site for its real address, strictly, and swap it in whole."""
    context.exit(publish(context.obj, Wanted(settings, output, site_url, redirect)))


@click.command("undo")
@click.option("--to", default="", help="The number of a site that was published; list shows them.")
@click.pass_context
def undo_command(context: click.Context, to: str) -> None:
    """Bring back the site that was published before."""
    context.exit(undo(context.obj, to.strip()))
