"""`publish`, and `undo`, which brings back a site that was published before."""

from pathlib import Path
from zoneinfo import ZoneInfo

import click

from clinic.cli.build import Project
from clinic.cli.disk import sentence, write_whole
from clinic.cli.interrupts import INTERRUPTED, Interrupted, interruptible, undivided
from clinic.cli.lock import Busy, only_one
from clinic.cli.options import settings_option, site_address, yes_or_no
from clinic.cli.publish.exchange import Staging
from clinic.cli.publish.kept_sites import KeptSite, KeptSites, next_step
from clinic.cli.publish.release import Wanted, publish
from clinic.cli.publish.site_files import Changes, Files, is_same, read_site
from clinic.content.clinic import read_clinic_yaml
from clinic.content.clock import utc_now
from clinic.content.publication import read_written
from clinic.models.language import write_to_owner
from clinic.rendering.dates import last_moment
from clinic.rendering.files.hosting import NEXT_BUILD, read_next_build

_OUTPUT = Path("output")


class NoSite(Exception):
    """There is no site to bring back; the text says why, and what to do."""


def undo(project: Project, to: str) -> int:
    """Bring back the site of the number ``to``, or the one before; with ``list``, show them. Gives the exit code."""
    staging = Staging(project.root, _OUTPUT)
    try:
        with interruptible(), only_one(project.root, "make undo"), staging.tidied():
            kept, in_place = KeptSites(project.root), read_site(staging.output)
            kept.settle(in_place)
            if to.casefold() == "list":
                for line in kept.lines() if kept.all() else ("No site is kept yet: each publish keeps one.",):
                    click.echo(line)
                return 0
            _bring_back(project, staging, kept, _chosen(kept, in_place, to), in_place)
            return 0
    except (Busy, NoSite) as why:
        raise click.ClickException(str(why)) from why
    except Interrupted:
        click.echo(f"\nStopped. {_state(staging)}")
        return INTERRUPTED
    except OSError as error:
        raise click.ClickException(f"{sentence(error)}. {_state(staging)}") from error
    finally:
        for note in staging.notes:
            click.echo(f"  note: {note}.", err=True)


def _state(staging: Staging) -> str:
    return staging.state.replace("The new site", "The site that was brought back")


def _chosen(kept: KeptSites, in_place: Files, to: str) -> KeptSite:
    """The site that is meant. Raises NoSite."""
    sites, current = kept.all(), kept.current
    if not sites:
        raise NoSite("There is no earlier site to bring back: each publish keeps one, and there has been none here.")
    if to:
        if site := next((site for site in sites if str(site.number) == to), None):
            return site
        numbers = ", ".join(str(site.number) for site in sites)
        raise NoSite(f"There is no site of the number {to}: write TO= with one of {numbers}, or TO=list to see them.")
    current = current or sites[-1]
    if not is_same(current.files, in_place):  # as after `make html`
        return current
    if site := kept.before(current):
        return site
    later = " Later ones are shown by TO=list." if len(sites) > 1 else ""
    raise NoSite(f"There is no site before this one ({current.name}): the last five are kept.{later}")


def _bring_back(project: Project, staging: Staging, kept: KeptSites, site: KeptSite, in_place: Files) -> None:
    facts = read_clinic_yaml(project.content_folder).facts
    write_to_owner(facts.language, facts.country)
    leaves = kept.current
    if is_same(site.files, in_place):
        raise NoSite(f"This site is in output/ already: {site.name}.")
    if lost := kept.lay_out(site, staging.new):
        raise NoSite(f"That site is not whole any more ({lost} is lost or changed); TO=list shows the others.")
    with undivided():
        staging.swap()
        if site.next_build:
            write_whole(project.root / NEXT_BUILD, site.next_build)
        kept.is_in_place(site)
    click.secho(f"Brought back: the site {site.name}.", fg="green")
    for line in (*Changes.between(in_place, site.files).lines, *_withdrawn(project, site, facts.zone)):
        click.echo(line)
    for rebuild in read_next_build(site.next_build)[:1] if site.next_build else ():
        verb = "is" if rebuild.at > utc_now() else "was"
        click.echo(
            f"This site {verb} right until {last_moment(rebuild.at.astimezone(facts.zone))}: then {rebuild.reason}."
        )
    click.echo("Your texts are as they are, and the next `make publish` shows them again: mend them first.")
    if leaves and leaves.number != site.number:
        click.echo(f"The other way: make undo TO={leaves.number}")
    click.echo(next_step(facts, "output", is_trial=bool(site.address)))


def _withdrawn(project: Project, site: KeptSite, zone: ZoneInfo) -> list[str]:
    """What the site shows although it is not to be published any more: a draft, an expired post."""
    name = project.content_name
    files = read_written(project.content_folder, name, utc_now(), zone)
    reasons = {written.key: written.unpublished for written in files if written.unpublished}
    return [
        f"  note: it shows {address} again, and {name}/{source} is not published now ({reasons[source]})"
        for address, source in site.sources.items()
        if source in reasons
    ]


@click.command("publish")
@settings_option("publishconf.py")
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
