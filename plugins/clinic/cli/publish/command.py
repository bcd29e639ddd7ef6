"""`publish`."""

from pathlib import Path

import click

from clinic.cli.options import site_address
from clinic.cli.publish.release import publish


@click.command("publish")
@click.option("--settings", type=click.Path(path_type=Path), default="publishconf.py")
@click.option("--output", type=click.Path(path_type=Path), default="output", show_default=True)
@click.option(
    "--site-url", callback=site_address, default="", help="The real address, if it is not the one in the facts file."
)
@click.pass_context
def publish_command(context: click.Context, settings: Path, output: Path, site_url: str) -> None:
    """Build the site for its real address, strictly, and swap it in whole."""
    context.exit(publish(context.obj, settings, output, site_url))
