"""`deploy`."""

from pathlib import Path

import click

from clinic.cli.deploy.deploy import Order, deploy
from clinic.cli.options import yes_or_no


@click.command("deploy")
@click.option("--to", default="", help="A kind of host, if it is not that of clinic.yaml.")
@click.option("--output", type=click.Path(path_type=Path, readable=False), default="output", show_default=True)
@click.option("--dry-run", callback=yes_or_no, default="", help="yes says what would change, and sends nothing.")
@click.option("--undo", callback=yes_or_no, default="", help="yes brings back what the host showed before.")
@click.pass_context
def deploy_command(context: click.Context, to: str, output: Path, *, dry_run: bool, undo: bool) -> None:
    """Send the published site to its host: what is new first, pages after it, deletions last."""
    context.exit(deploy(context.obj, Order(to.strip().lower(), output, dry_run, undo)))
