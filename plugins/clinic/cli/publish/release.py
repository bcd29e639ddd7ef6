"""Builds the site for its real address and puts it in the place of the old one, whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import click

from clinic.cli.build import BUILD, BuildOptions, BuildResult, Project, build, count
from clinic.cli.disk import keep_times, remove_folder, sentence
from clinic.cli.interrupts import INTERRUPTED, Interrupted, interruptible, undivided
from clinic.cli.publish.leaks import find_leaks
from clinic.cli.publish.record import record_publish
from clinic.cli.publish.workflow_schedule import keep_schedule
from clinic.cli.unchanged import Request, Watch
from clinic.content.clinic import read_clinic_yaml
from clinic.content.clock import utc_now
from clinic.content.diagnostics import Diagnostic
from clinic.content.publication import read_written
from clinic.models.language import write_in


class Staging:
    """The output folder, and what stands beside it while a site is built; beside, so that a rename is enough.

    ``new`` is where the site is built, ``old`` where the old one is kept until the new one is in its place.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        self.new = output.with_name(f".{output.name}-new")
        self.old = output.with_name(f".{output.name}-old")
        self.report_file = output.with_name(f".{output.name}-problems.json")
        self.is_swapped = False

    def restore(self) -> None:
        """Put the old site back if its place is empty, and remove all else beside it. Raises OSError."""
        with undivided():
            if self.old.exists() and not self.output.exists():
                self.old.rename(self.output)
            for folder in (self.old, self.new):
                if folder.exists():
                    remove_folder(folder)
            self.report_file.unlink(missing_ok=True)

    @contextmanager
    def tidied(self) -> Iterator[None]:
        """Leave nothing beside the output folder, also where an earlier publish was cut off. Raises OSError.

        The new folder is made at once: where that is refused, it is known before a build.
        """
        self.restore()
        try:
            self.new.mkdir(parents=True)
            yield
        finally:
            self.restore()

    def swap(self) -> None:
        """Put the new site in the old one's place. Raises OSError where that is refused; then the old one stays."""
        with undivided():
            if self.output.exists():
                self.output.rename(self.old)
            try:
                self.new.rename(self.output)
            except OSError:
                if self.old.exists():
                    self.old.rename(self.output)
                raise
            self.is_swapped = True

    @property
    def state(self) -> str:
        """A sentence that says which site is in the output folder now."""
        name = self.output.name
        if self.is_swapped:
            return f"The new site is in {name}/."
        if self.output.exists():
            return f"{name}/ is as it was."
        if self.old.exists():
            return f"The site that was in {name}/ is in {self.old.name}/; the next publish puts it back."
        return f"There is no {name}/ yet."


def publish(project: Project, settings: Path, output: Path, site_url: str) -> int:
    """Publish the site into the output folder; give the exit code."""
    # The real folder, where `output` is a link to it.
    staging = Staging((project.root / output).resolve())
    if staging.output.exists() and not staging.output.is_dir():
        raise click.ClickException(f"{output} is no folder, so no site can be put there; move it away, then try again.")
    try:
        with interruptible():
            paths = map(str, (settings, staging.output))
            watch = Watch(Request.of("publish", str(project.root), str(project.content), site_url, *paths))
            with staging.tidied():
                address = {"CLINIC_ADDRESS": site_url} if site_url else {}
                published = _publish(project, settings, staging, {**watch.settings, **address})
            if published:
                watch.leave_record([published.right_until])
            return int(not published)
    except Interrupted:
        click.echo(f"\nStopped. {staging.state}")
        return INTERRUPTED
    except OSError as error:
        failed = "Published, but not all could be done" if staging.is_swapped else "Not published"
        click.secho(f"{failed}: {sentence(error)}.", fg="red", err=True)
        click.echo(staging.state, err=True)
        return 1


class _Published(NamedTuple):
    """That it was; ``right_until`` is the sentence that says until when the site is right, empty where that is open."""

    right_until: str


def _publish(project: Project, settings: Path, staging: Staging, overrides: dict[str, object]) -> _Published | None:
    click.echo("Building the site for its real address …")
    former: dict[str, object] = {"CLINIC_FORMER_SITE": os.path.abspath(staging.output)}  # noqa: PTH100 (as it is named)
    result = build(project, BuildOptions(settings, staging.new, staging.report_file, former | overrides, strict=True))
    errors = result.errors or _check(project, staging.new)
    if errors:
        _refuse(errors, result, staging)
        return None
    keep_times(staging.new, staging.output)
    staging.swap()
    _report(result, staging.output, project.root)
    facts = read_clinic_yaml(project.root / project.content).facts
    if facts.host and not overrides.get("CLINIC_ADDRESS"):
        click.echo(f"Next: make deploy, which sends it to its host ({facts.host.kind.value}).")
    else:
        click.echo(f"Next: upload everything in {staging.output.name}/ to the website's host. README.md says how.")
    record_publish(project.root, staging.output, str(overrides.get("CLINIC_ADDRESS") or facts.url), utc_now())
    write_in(facts.language if facts.language.startswith("en") else "en", facts.country)  # the commands speak English
    return _Published(keep_schedule(project.root, facts.zone))


def _check(project: Project, site: Path) -> tuple[Diagnostic, ...]:
    """Errors of a finished site: it needs a home page, and nothing unpublished may be in it."""
    if not (site / "index.html").is_file():
        return (Diagnostic(BUILD, 0, "wrote no home page (index.html)."),)
    content, name = project.root / project.content, project.content.as_posix()
    zone = read_clinic_yaml(content).facts.zone
    written = read_written(content, name, utc_now(), {"timezone": zone})
    return tuple(find_leaks(content, site, written, project.root / "theme"))


def _refuse(errors: tuple[Diagnostic, ...], result: BuildResult, staging: Staging) -> None:
    click.secho(f"Not published: {count(errors)} to mend.", fg="red", err=True)
    for line in (*errors, *map(str, result.warnings)):
        click.echo(f"  {line}", err=True)
    click.echo(staging.state, err=True)


def _report(result: BuildResult, output: Path, root: Path) -> None:
    files = [file for file in output.rglob("*") if file.is_file()]
    pages = sum(file.suffix == ".html" for file in files)
    size = sum(file.stat().st_size for file in files) / 1e6
    name = output.relative_to(root).as_posix() if output.is_relative_to(root) else str(output)
    for remark in result.remarks:
        click.echo(f"  {remark}")
    made = f"({len(files)} files, {size:.1f} MB, {result.seconds:.1f} s)"
    click.secho(f"Published {pages} pages in {name}/ {made}.", fg="green")
