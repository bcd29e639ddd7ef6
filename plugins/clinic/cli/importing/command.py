"""`import`: what it writes, and what it says."""

import os
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click
from rich.console import Console

from clinic.cli.build import Project, count
from clinic.cli.disk import sentence, write_whole
from clinic.cli.importing.assets import Fetcher
from clinic.cli.importing.found import Planned, Remark, Sort, Unreadable, shown
from clinic.cli.importing.pictures import Pictures
from clinic.cli.importing.plan import Plan
from clinic.cli.importing.reading import Import
from clinic.cli.interrupts import INTERRUPTED, Interrupted, interruptible
from clinic.cli.options import yes_or_no
from clinic.cli.preview.builds import built_as_preview
from clinic.content.addresses import ADDRESSES, with_addresses
from clinic.content.clinic import CLINIC_FILE
from clinic.content.clock import utc_now
from clinic.content.load import load

_ROOM = 5_000_000
"""Bytes that are to be free on the disk beside what is written."""
_COLOURS = {Sort.GUESS: "yellow", Sort.LEFT_OUT: None, Sort.TO_DO: "cyan"}


@dataclass
class Run:
    """One run. ``shown_as`` is the content folder as messages name it; ``written`` are the files so far.

    With a ``project`` the site is built once, to be told what it finds wrong with what was written.
    """

    source: Path
    content: Path
    shown_as: str
    fetcher: Fetcher
    is_trial: bool = False
    project: Project | None = None
    written: list[str] = field(default_factory=list)

    def run(self) -> int:
        """Read, plan, write, tell; gives the exit code. Raises Unreadable, ClickException and OSError."""
        if not (self.content / CLINIC_FILE).is_file():
            raise click.ClickException(f"There is no site in {self.shown_as} yet: begin with make start.")
        if self.source.resolve().is_relative_to(self.content.resolve()):
            raise Unreadable("this is in the site itself already; choose what is to come into it")
        content = load(self.content, shown_as=self.shown_as, now=utc_now(), preview=True)
        harvest = Import(self.source, utc_now().astimezone(content.clinic.zone).date()).read()
        with Console(stderr=True).status("Reading, and fetching pictures …"):
            plan = Plan(harvest, content, Pictures(self.content, self.fetcher, self.shown_as)).make()
            files = self._files(plan)
        self._check(files)
        if not self.is_trial:
            for key, data in files.items():
                write_whole(self.content / key, data)
                self.written.append(key)
        self._tell(plan, files)
        return 1 if harvest.faults or any(one.taken_by for one in plan.files) else 0

    def _files(self, plan: Plan) -> dict[str, str | bytes]:
        """All that is to be written, each post after its pictures and comments: another import goes on where one ended.

        A post that is there counts as imported, whole, with all that belongs to it.
        """
        beside: dict[str, str | bytes] = {**plan.pictures.files, **plan.comments}
        files = {key: data for key, data in beside.items() if not (self.content / key).exists()}
        files |= {one.key: one.text for one in plan.files if one.is_new}
        file = self.content / ADDRESSES
        try:
            former = file.read_text("utf-8-sig") if file.is_file() else ""
        except UnicodeDecodeError:
            raise click.ClickException(
                f"{self.shown_as}/{ADDRESSES} is not saved as UTF-8 text; save it again with that encoding."
            ) from None
        if (addresses := plan.addresses()) and (text := with_addresses(former, addresses)) != former:
            files[ADDRESSES] = text
        return files

    def _check(self, files: Mapping[str, str | bytes]) -> None:
        """Whether all may be written, before any is. Raises OSError and ClickException."""
        for folder in {(self.content / key).parent for key in files}:
            there = next(one for one in (folder, *folder.parents) if one.exists())
            if not (there.is_dir() and os.access(there, os.W_OK)):
                raise PermissionError(13, "Permission denied", str(there))
        needed = sum(len(data) for data in files.values())
        if needed and shutil.disk_usage(self.content).free < needed + _ROOM:
            raise click.ClickException(
                f"There is no room on the disk for {needed // 1_000_000 + 1} MB; free some, then run it again. "
                "Nothing was written."
            )

    def _tell(self, plan: Plan, files: dict[str, str | bytes]) -> None:
        new = [one for one in plan.files if one.is_new]
        for one in plan.files:
            self._tell_file(one, plan)
        of_files = {one.key for one in plan.files}
        for name, line, remark in plan.told:
            if name not in of_files:
                _say(name, line, remark)
        for name, why in plan.harvest.faults:
            click.secho(f"{name}: {why}.", fg="red", err=True)
        self._tell_pictures(plan)
        self._tell_addresses(plan)
        there = sum(bool(one.there) for one in plan.files)
        would = "would be written" if self.is_trial else "written"
        counted = f"{len(new)} {'file' if len(new) == 1 else 'files'} {would}"
        counted += f", {there} there already and left as they are" if there else ""
        comments = sum(key in files for key in plan.comments)
        others = {"pictures and files": len(files) - len(new) - comments - (ADDRESSES in files), "comments": comments}
        counted += "".join(f", {what}: {count}" for what, count in others.items() if count)
        click.secho(f"\n{counted}.", fg="green")
        if self.is_trial:
            click.echo("Nothing was written, since this was only a trial (DRY_RUN).")
        elif new:
            self._tell_of_build([one.key for one in new])
            click.echo(f"Look at {'it' if len(new) == 1 else 'them'} with make preview.")

    def _tell_of_build(self, keys: Collection[str]) -> None:
        """Say what the site itself finds wrong with the new files, so that no publish is stopped by a surprise."""
        if self.project is None:
            return
        with (
            Console(stderr=True).status("Looking at them as the site sees them …"),
            built_as_preview(self.project, self.project.root / "pelicanconf.py") as (result, _),
        ):
            pass
        wrong = [error for error in result.errors if not result.built or error.file.endswith((*keys,))]
        if wrong:
            click.secho(f"{count(wrong)} to mend in them before a publish:", fg="red")
        for error in wrong:
            click.echo(f"  {error}")

    def _tell_file(self, one: Planned, plan: Plan) -> None:
        name = f"{self.shown_as}/{one.key}"
        if one.there:
            click.echo(
                f"{self.shown_as}/{one.there}: “{shown(one.found.title)}” is there already, and was left as it is."
            )
            return
        if one.taken_by:
            click.secho(
                f"{one.found.source}:{one.found.line}: “{shown(one.found.title)}” was not imported, because "
                f"{self.shown_as}/{one.taken_by} has its address; give that file another slug:, and run it again.",
                fg="red",
                err=True,
            )
            return
        day = f", {one.found.day:%Y-%m-%d}" if one.found.day and not one.found.is_page else ""
        click.secho(f"{name}: “{shown(one.found.title)}”{day}, {one.found.status}", fg="green")
        for key, line, remark in sorted(plan.told, key=lambda told: told[1] or told[2].line):
            if key == one.key:
                _say(name if line or not remark.line else one.found.source, line or remark.line, remark)

    def _tell_pictures(self, plan: Plan) -> None:
        pictures = plan.pictures
        if pictures.files:
            click.echo("\nPictures and files:")
            for key, data in pictures.files.items():
                click.echo(f"  {self.shown_as}/{key} ({max(len(data) // 1000, 1):,} kB)")
        if pictures.missing:
            click.secho("\nTo be put there by you, since they could not be fetched:", fg="cyan")
            for key, (address, why) in pictures.missing.items():
                click.echo(f"  {self.shown_as}/{key} ← {address}{f' ({why})' if why else ''}")

    def _tell_addresses(self, plan: Plan) -> None:
        """Each former address, and where it leads now."""
        had = {one.found.address: one for one in plan.files if one.found.address}
        rows = [(address, f"/{one.path}", one) for address, one in had.items()]
        known = {address.rstrip("/").casefold() for address in had}
        others = [each for each in plan.harvest.addresses if each.rstrip("/").casefold() not in known]
        if rows or others:
            click.echo("\nFormer address → new address:")
        for address, path, one in rows:
            same = address.rstrip("/").casefold().endswith(path.rstrip("/").casefold()) and not one.aliases
            how = (
                "a draft, so nowhere yet"
                if one.found.status == "draft" and one.is_new
                else "the same"
                if same
                else f"{path}{' by a redirect' if one.aliases else ''}"
            )
            click.echo(f"  {address} → {how}")
        for address in others:
            is_there = plan.destinations.has(address)
            click.echo(f"  {address} → {'the same' if is_there else 'nowhere yet; write it as aliases: of a page'}")
        if unknown := sum(
            one.is_new and not one.found.address and one.found.status == "published" for one in plan.files
        ):
            click.echo(
                f"\n{unknown} of them do not say which address they had: where it was another, add it as aliases:."
            )
        if plan.addresses():
            are = "would be" if self.is_trial else "are"
            click.echo(f"They {are} noted in {self.shown_as}/{ADDRESSES}, so that none is lost unnoticed.")


def _say(name: str, line: int, remark: Remark) -> None:
    where = f"{name}:{line}" if line else name
    click.secho(f"  {where}: {remark.sort.value}: {remark.text}.", fg=_COLOURS[remark.sort])


@click.command("import")
@click.option("--from", "source", type=click.Path(path_type=Path, readable=False), help="A file or a folder.")
@click.option("--dry-run", "is_trial", default="", callback=yes_or_no, help="yes only shows what it would do.")
@click.option("--offline", default="", callback=yes_or_no, help="yes fetches no pictures.")
@click.pass_context
def import_command(context: click.Context, source: Path | None, is_trial: bool, offline: bool) -> None:
    """Take in the posts of another program or host."""
    if source is None:
        raise click.ClickException("Please say what to import: make import FROM=file-or-folder.")
    project = context.obj
    fetcher = Fetcher(is_online=not offline)
    run = Run(source, project.content_folder, project.content_name, fetcher, is_trial, project)
    try:
        with interruptible():
            code = run.run()
    except Unreadable as error:
        raise click.ClickException(f"{source}: {error}.") from None
    except OSError as error:
        so_far = (
            f"{len(run.written)} files were written whole; run it again for the others"
            if run.written
            else "nothing was written"
        )
        raise click.ClickException(f"It could not be written: {sentence(error)} ({so_far}).") from error
    except (Interrupted, click.Abort):
        so_far = f"{len(run.written)} files were written whole" if run.written else "nothing was written"
        click.echo(f"\nStopped; {so_far}.")
        code = INTERRUPTED
    context.exit(code)
