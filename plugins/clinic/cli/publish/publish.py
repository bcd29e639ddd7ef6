"""Build the site for its real address and put it in the place of the old one, whole or not at all."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from clinic.cli.build.log import BUILD
from clinic.cli.build.runner import Order, Project, Result, build
from clinic.cli.interrupts import Ended, ended_by_signals
from clinic.cli.preview.overlay import count
from clinic.cli.publish.leaks import find_leaks
from clinic.cli.publish.workflow_schedule import keep_schedule
from clinic.content.clock import utc_now
from clinic.content.diagnostics import Diagnostic
from clinic.content.load import load
from clinic.content.publication import read_written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Aside:
    """The output folder, and the folders beside it that a publish uses; beside, so that a rename is enough."""

    output: Path

    @property
    def new(self) -> Path:
        """Where the new site is built."""
        return self.output.with_name(f".{self.output.name}-new")

    @property
    def old(self) -> Path:
        """Where the old site waits until the new one is in its place."""
        return self.output.with_name(f".{self.output.name}-old")

    @property
    def problems_file(self) -> Path:
        """Where the build writes its problems."""
        return self.output.with_name(f".{self.output.name}-problems.json")


def publish(project: Project, settings: Path, output: Path, site_url: str) -> int:
    """Publish the site into the output folder; give the exit code."""
    # The real folder, where `output` is a link to it.
    aside = Aside((project.root / output).resolve())
    try:
        with ended_by_signals(), tidied(aside):
            return publish_aside(project, settings, aside, site_url)
    except Ended:
        click.echo(f"\nStopped. {untouched(aside)}")
        return 130


def publish_aside(project: Project, settings: Path, aside: Aside, site_url: str) -> int:
    """Build beside the old site, check, swap, and say what comes next."""
    click.echo("Building the site for its real address …")
    overrides: dict[str, object] = {"CLINIC_ADDRESS": site_url} if site_url else {}
    result = build(project, Order(settings, aside.new, aside.problems_file, overrides, strict=True))
    problems = result.problems or missing_home(result, aside.new) or leaks(project, aside.new, result)
    if problems or not result.built:
        refuse(problems, result, aside)
        return 1
    swap(aside)
    praise(result, aside.output, project.root)
    keep_schedule(project.root, load(project.root / project.content).clinic.zone)
    return 0


def missing_home(result: Result, site: Path) -> tuple[Diagnostic, ...]:
    """Refuse a site that nobody could enter."""
    if not result.built or (site / "index.html").is_file():
        return ()
    return (Diagnostic(BUILD, 0, "wrote no home page (index.html)."),)


def leaks(project: Project, site: Path, result: Result) -> tuple[Diagnostic, ...]:
    """Prove over the finished folder that nothing unpublished is in it."""
    if not result.built:
        return ()
    content = project.root / project.content
    shown_as = project.content.as_posix()
    clinic = load(content, shown_as=shown_as).clinic
    written = read_written(content, shown_as, utc_now(), {"timezone": clinic.zone})
    return tuple(find_leaks(content, site, written, project.root / "theme"))


@contextmanager
def tidied(aside: Aside) -> Iterator[None]:
    """Leave nothing beside the output folder, also where an earlier publish was cut off."""
    restore(aside)
    try:
        yield
    finally:
        restore(aside)


def restore(aside: Aside) -> None:
    """Put the old site back if its place is empty, and remove what is left over."""
    if aside.old.exists() and not aside.output.exists():
        aside.old.rename(aside.output)
    for folder in (aside.old, aside.new):
        shutil.rmtree(folder, ignore_errors=True)
    aside.problems_file.unlink(missing_ok=True)


def swap(aside: Aside) -> None:
    """Put the new site in the old one's place; the old one is kept until then."""
    if aside.output.exists():
        aside.output.rename(aside.old)
    aside.new.rename(aside.output)


def refuse(problems: tuple[Diagnostic, ...], result: Result, aside: Aside) -> None:
    """List what has to be mended first."""
    click.secho(f"Not published: {count(problems)} to mend.", fg="red", err=True)
    for problem in problems:
        click.echo(f"  {problem}", err=True)
    for note in result.notes:
        click.echo(f"  {note}", err=True)
    click.echo(untouched(aside), err=True)


def untouched(aside: Aside) -> str:
    """Say that nothing was lost."""
    return f"{aside.output.name}/ is as it was." if aside.output.exists() else f"There is no {aside.output.name}/ yet."


def praise(result: Result, output: Path, root: Path) -> None:
    """Say what was made and what to do with it."""
    files = [file for file in output.rglob("*") if file.is_file()]
    pages = sum(file.suffix == ".html" for file in files)
    size = sum(file.stat().st_size for file in files) / MEGABYTE
    place = output.relative_to(root).as_posix() if output.is_relative_to(root) else str(output)
    for said in result.asides:
        click.echo(f"  {said}")
    click.secho(
        f"Published {pages} pages in {place}/ ({len(files)} files, {size:.1f} MB, {result.seconds:.1f} s).", fg="green"
    )
    click.echo(f"Next: upload everything in {place}/ to the website's host. README.md says how.")
