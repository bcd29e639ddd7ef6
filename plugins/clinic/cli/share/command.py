"""`share`."""

from pathlib import Path

import click

from clinic.cli.options import run_writing
from clinic.cli.share.share import Share


@click.command("share")
@click.option("--settings", type=click.Path(path_type=Path, readable=False), default="pelicanconf.py")
@click.option("--post", default="", help="The post by its title, its file or the last part of its address.")
@click.pass_context
def share_command(context: click.Context, settings: Path, post: str) -> None:
    """Write one post, a draft too, as one file to send to somebody who is to approve it."""
    run_writing(context, Share(context.obj, settings, post).run)
