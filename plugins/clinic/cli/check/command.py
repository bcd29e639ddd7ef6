"""`check`: everything that is wrong with the site or worth a look, in one report."""

import sys
from pathlib import Path

import click
from rich.console import Console

from clinic.cli.build import Project
from clinic.cli.check.report import REPORT, Report, as_json, print_report, report_page
from clinic.cli.check.run import Wanted, check
from clinic.cli.disk import write_whole
from clinic.cli.options import ends_in_a_sentence, site_address

_FORMATS = ("text", "json", "page")


def _format(_context: click.Context, _option: click.Parameter, text: str) -> str:
    if text.lower() not in _FORMATS:
        raise click.ClickException(
            f'FORMAT="{text}" is not known: please write json or page, or leave it out for text.'
        )
    return text.lower()


def _online(_context: click.Context, _option: click.Parameter, text: str) -> bool:
    if text.lower() not in {"yes", "no"}:
        raise click.ClickException(f"ONLINE={text} is neither: please write no, or leave it out.")
    return text.lower() == "yes"


@click.command("check")
@click.option("--settings", type=click.Path(path_type=Path, readable=False), default="publishconf.py")
@click.option(
    "--format", "form", callback=_format, default="text", help="text, json, or page: a page to print or send."
)
@click.option("--online", callback=_online, default="yes", help="no: addresses elsewhere are not looked at.")
@click.option("--site-url", callback=site_address, default="", help="Another address than that of the facts file.")
@click.pass_context
def check_command(context: click.Context, settings: Path, form: str, online: bool, site_url: str) -> None:
    """Look at the whole site and the texts it is made of, and change nothing."""
    project: Project = context.obj
    progress = Console(stderr=True)
    with (
        ends_in_a_sentence(context, "The check could not be finished", "Stopped. Nothing was changed", err=True),
        progress.status("Beginning …") as status,
    ):
        report = check(project, Wanted(settings, site_url, online, status.update))
        status.stop()
        _show(project, report, form)
    context.exit(int(report.has_errors))


def _show(project: Project, report: Report, form: str) -> None:
    """Print the report, or write its page. Raises OSError."""
    if form == "json":
        click.echo(as_json(report.sorted), nl=False)
        return
    if form == "page":
        file = project.root / REPORT
        write_whole(file, report_page(report))
        click.echo(
            f"{report.summary}\nThe report is in {REPORT}: open it in a browser to read or print it, or send it."
        )
        click.echo(file.as_uri())
        return
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # a console whose letters are few still gets every line
    print_report(report, Console())
