"""Build, serve, and build again on every edit."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from clinic.cli.build.runner import Order, Project, Result, build
from clinic.cli.interrupts import Ended, ended_by_signals
from clinic.cli.preview.overlay import count
from clinic.cli.preview.server import PreviewServer, serving
from clinic.cli.preview.state import Stage
from clinic.cli.preview.watcher import watching

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
SHOWN_CHANGES = 3


def preview(project: Project, settings: Path, port: int) -> None:
    """Show the site at localhost and keep it up to date until someone ends it."""
    stage = Stage()
    with suppress(Ended), ended_by_signals(), serving(port, stage) as server:
        greet(server, port)
        # One folder per port: two previews of one project do not get into each other's way.
        workshop = project.root / ".preview" / str(server.port)
        try:
            keep_building(project, settings, stage, workshop)
        finally:
            shutil.rmtree(workshop, ignore_errors=True)
    click.echo("")  # the terminal shows ^C: the shell's prompt goes on the next line


def greet(server: PreviewServer, wanted: int) -> None:
    """Say where the site is, and why it is not where it was expected."""
    if wanted and server.port != wanted:
        click.echo(f"Port {wanted} is in use, so the preview is on port {server.port}.")
    click.echo(f"The site is at {server.url} and follows every edit. Ctrl-C ends it.")


def keep_building(project: Project, settings: Path, stage: Stage, workshop: Path) -> None:
    """Build now, and again after every edit, each time into the folder that is not being shown."""
    shutil.rmtree(workshop, ignore_errors=True)
    workshop.mkdir(parents=True)
    with watching(project.root, project.content) as changes:
        while True:
            folder = free_folder(stage, workshop)
            result = build(project, preview_order(settings, folder, workshop))
            stage.show(folder if result.built else stage.scene.folder, result.problems, result.notes)
            report(result)
            say(f"{name_some(changes.wait(), project.root)} changed; building …")


def free_folder(stage: Stage, workshop: Path) -> Path:
    """Give the one of two folders that is not on show, emptied."""
    first, second = workshop / "site-a", workshop / "site-b"
    folder = second if stage.scene.folder == first else first
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def preview_order(settings: Path, output: Path, workshop: Path) -> Order:
    """Order a build that shows everything, drafts and future articles too, and stops at nothing it can pass."""
    return Order(settings, output, workshop / "problems.json", {"CLINIC_PREVIEW": True})


def report(result: Result) -> None:
    """Tell the terminal how the build went."""
    if result.problems:
        outcome = "the page shows them too" if result.built else "the page still shows the site as it was"
        say(f"{count(result.problems)} to mend; {outcome}:", fg="red")
        for problem in result.problems:
            click.echo(f"  {problem}")
    else:
        say(f"Built in {result.seconds:.1f} s.", fg="green")
    for said in result.asides:
        click.echo(f"  {said}")


def say(sentence: str, fg: str | None = None) -> None:
    """Print a sentence with the time, so that the newest stands out."""
    click.echo(f"{time.strftime('%H:%M:%S')}  {click.style(sentence, fg=fg)}")


def name_some(paths: Iterable[Path], root: Path) -> str:
    """Name the first few files that were edited."""
    names = sorted(path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name for path in paths)
    more = f" and {len(names) - SHOWN_CHANGES} more" if len(names) > SHOWN_CHANGES else ""
    return ", ".join(names[:SHOWN_CHANGES]) + more
