"""`html`: one build, as Pelican makes it by itself."""

from pathlib import Path

import click

from clinic.cli.build import PLAIN_LOG, Project, run_build, settings_arguments
from clinic.cli.lock import only_one
from clinic.cli.options import ends_in_a_sentence, settings_file, site_address
from clinic.cli.unchanged import Request, Watch


@click.command("html")
@click.option("--site-url", callback=site_address, default="", help="Another address than that of the facts file.")
@click.pass_context
def html_command(context: click.Context, site_url: str) -> None:
    """Build the site once into output/, as Pelican does it by itself."""
    project: Project = context.obj
    settings = settings_file(context, None, Path("pelicanconf.py"))
    stopped = "Stopped. The site in output/ may not be whole; run it again"
    with ends_in_a_sentence(context, "The site was not built", stopped), only_one(project.root, "make html"):
        watch = Watch(Request.of("html", str(project.root), str(project.content), site_url))
        overrides = {**watch.settings, **({"CLINIC_ADDRESS": site_url} if site_url else {})}
        usual = (str(project.content), "-s", str(settings), "-o", "output")
        code, _ = run_build([*usual, *PLAIN_LOG, *settings_arguments(overrides)], project.root)
        if code == 0:
            watch.leave_record()
    context.exit(code)
