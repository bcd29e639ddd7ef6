"""`hosting`."""

import click

from clinic.cli.hosting.files import write_hosting
from clinic.cli.options import run_writing


@click.command("hosting")
@click.option("--to", default="", help="A kind of host, if it is not that of clinic.yaml.")
@click.pass_context
def hosting_command(context: click.Context, to: str) -> None:
    """Write what the host needs beside the site; no file of the owner's own is ever overwritten."""
    run_writing(context, lambda: write_hosting(context.obj, to.strip().lower()))
