"""Builds the site for its real address and puts it in the place of the old one, whole or not at all."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import click

from clinic.cli.build import BUILD, BuildOptions, BuildResult, Project, build, count
from clinic.cli.disk import keep_times, sentence, write_whole
from clinic.cli.editor import packages
from clinic.cli.interrupts import INTERRUPTED, Interrupted, interruptible, undivided
from clinic.cli.lock import Busy, only_one
from clinic.cli.publish.exchange import Staging
from clinic.cli.publish.kept_sites import KeptSite, KeptSites, next_step, record_publish
from clinic.cli.publish.leaks import leaks_of
from clinic.cli.publish.redirects import add_to_list, write_redirects
from clinic.cli.publish.site_files import Changes, Files, not_as_made, read_site
from clinic.cli.publish.workflow_schedule import keep_schedule
from clinic.cli.unchanged import Request, Watch
from clinic.content.addresses import ADDRESSES, as_alias
from clinic.content.clinic import read_clinic_yaml
from clinic.content.clock import utc_now
from clinic.content.diagnostics import Diagnostic
from clinic.domain.pages.urls import SiteAddress
from clinic.models.language import write_to_owner
from clinic.models.suggestions import some_of
from clinic.rendering.files.hosting import NEXT_BUILD

_TOLD = {"MANIFEST": "manifest.json", "NEXT_BUILD": NEXT_BUILD, "REDIRECTS": "redirects.json"}
"""What a build is asked to tell, by the name of the setting: files beside the site."""


@dataclass(frozen=True)
class Wanted:
    """What is to be published: the file of settings, the folder, another address, and whether redirects are written."""

    settings: Path
    output: Path
    site_url: str = ""
    redirect: bool = False


def publish(project: Project, wanted: Wanted) -> int:
    """Publish the site into the output folder; give the exit code."""
    staging = Staging(project.root, wanted.output)
    if staging.output.exists() and not staging.output.is_dir():
        message = f"{wanted.output} is no folder, so no site can be put there; move it away, then try again."
        raise click.ClickException(message)
    try:
        with interruptible(), only_one(project.root, "make publish"):
            return int(not _Publish(project, wanted, staging).run())
    except Busy as busy:
        click.secho(f"Not published: {busy}", fg="red", err=True)
        return 1
    except Interrupted:
        click.echo(f"\nStopped. {staging.state}")
        return INTERRUPTED
    except OSError as error:
        failed = "Published, but not all could be done" if staging.is_swapped else "Not published"
        click.secho(f"{failed}: {sentence(error)}.", fg="red", err=True)
        click.echo(staging.state, err=True)
        return 1
    finally:
        for note in staging.notes:
            click.echo(f"  note: {note}.", err=True)


class _Built(NamedTuple):
    """What a build has made: how it went, its errors, the files of the site, and the sources of pages by address.

    ``others`` are the other sites that visitors' browsers would ask, as the manifest has them.
    """

    result: BuildResult
    errors: tuple[Diagnostic, ...]
    files: Files = MappingProxyType({})
    sources: Mapping[str, str] = MappingProxyType({})
    others: Mapping[str, Mapping[str, list[str]]] = MappingProxyType({})


@dataclass
class _Publish:
    """One publish. ``kept`` are the sites before."""

    project: Project
    wanted: Wanted
    staging: Staging
    kept: KeptSites = field(init=False)

    def run(self) -> bool:
        """Whether the site has been published."""
        paths = map(str, (self.wanted.settings, self.staging.output))
        root, content = self.project.root, self.project.content
        self.kept = KeptSites(root)
        watch = Watch(Request.of("publish", str(root), str(content), self.wanted.site_url, *paths))
        with self.staging.tidied():
            in_place = read_site(self.staging.output)
            self.kept.settle(in_place)
            _tell_of_the_clock(self.kept)
            # what is wrong with clinic.yaml is told by the build
            has_editor = read_clinic_yaml(self.project.content_folder).facts.editor is not None
            editor = {"CLINIC_EDITOR_PACKAGE": str(packages(root))} if has_editor else {}
            settings = {**watch.settings, **editor}
            click.echo("Building the site for its real address …")
            built = self._build(settings)
            if self.wanted.redirect and self._redirected():
                built = self._build(settings)
            if built.errors:
                self._refuse(built)
                return False
            right_until = self._put_in_place(built, self._former(in_place))
        own = [str(self.project.content_folder / ADDRESSES)]
        watch.leave_record([right_until], own)
        return True

    def _build(self, settings: Mapping[str, object]) -> _Built:
        staging = self.staging
        overrides: dict[str, object] = {
            "CLINIC_FORMER_SITE": os.path.abspath(staging.output),  # noqa: PTH100 (as it is named)
            **{f"CLINIC_{name}_FILE": str(staging.beside(file)) for name, file in _TOLD.items()},
            **settings,
            **({"CLINIC_ADDRESS": self.wanted.site_url} if self.wanted.site_url else {}),
        }
        report = staging.beside("problems.json")
        result = build(self.project, BuildOptions(self.wanted.settings, staging.new, report, overrides, strict=True))
        return _Built(result, result.errors) if result.errors else self._checked(result)

    def _checked(self, result: BuildResult) -> _Built:
        """The finished site, with what is wrong with it: it is to be as it was made, and to hold nothing secret."""
        try:
            made = json.loads(self.staging.beside(_TOLD["MANIFEST"]).read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return _Built(result, (Diagnostic(BUILD, 0, "did not say what it wrote; run it again."),))
        keep_times(self.staging.new, self.staging.output)
        files = read_site(self.staging.new)
        errors = (*not_as_made(files, made["files"]), *_check(self.project, self.staging.new, made.get("sources", {})))
        return _Built(result, errors, files, made["addresses"], made.get("others", {}))

    def _redirected(self) -> bool:
        """Whether redirects were written into files, each of which is told."""
        content = self.project.content_folder
        with undivided():
            redirects = [*write_redirects(content, self.staging.beside(_TOLD["REDIRECTS"]))]
        for address, key, is_written in redirects:
            by_hand = f"no line could be added here, so add {as_alias(address)} to its aliases yourself"
            done = f"{address} leads here now (aliases)" if is_written else by_hand
            click.echo(f"  {self.project.content_name}/{key}: {done}")
        return any(is_written for *_, is_written in redirects)

    def _former(self, in_place: Files) -> Files:
        """What visitors have now: the last site for the same address, or what is in the folder."""
        current = self.kept.current
        kept = [site for site in self.kept.all() if site.address == self.wanted.site_url]
        if current in kept:
            return current.files
        return kept[-1].files if kept else in_place

    def _put_in_place(self, built: _Built, former: Files) -> str:
        """Exchange the sites, and say so; give the sentence that says until when the new one is right."""
        facts = read_clinic_yaml(self.project.content_folder).facts
        write_to_owner(facts.language, facts.country)
        site = self._kept(built, utc_now().astimezone(facts.zone))
        record_publish(self.project.root, built.files, self.wanted.site_url or facts.url, utc_now())
        with undivided():
            self.staging.swap()
            self._bring_schedule()
            if site:
                self.kept.is_in_place(site)
        name = self._report(built, former)
        click.echo(next_step(facts, name, is_trial=self._is_trial(facts.url)))
        self._list_addresses(built, facts.url)
        return keep_schedule(self.project.root, facts.zone)

    def _kept(self, built: _Built, now: datetime) -> KeptSite | None:
        """The site as it is kept; None where it is the one that is in place, or where it cannot be kept."""
        current = self.kept.current
        file = self.staging.beside(NEXT_BUILD)
        next_build = file.read_text("utf-8") if file.is_file() else ""
        at, before = now.isoformat(timespec="seconds"), current.number if current else 0
        site = KeptSite(0, at, self.wanted.site_url, before, built.files, next_build, built.sources)
        if self.wanted.output != Path("output") or (current and current.is_like(site)):
            return None
        try:
            return self.kept.prepare(site, self.staging.new)
        except OSError as error:
            self.staging.notes.append(f"this site is not kept for `make undo`: {sentence(error)}")
            return None

    def _bring_schedule(self) -> None:
        file = self.staging.beside(NEXT_BUILD)
        if file.is_file():
            write_whole(self.project.root / NEXT_BUILD, file.read_text("utf-8"))

    def _is_trial(self, url: str) -> bool:
        """Whether the site is for another address than the clinic's."""
        asked = self.wanted.site_url
        return bool(asked) and SiteAddress.parse(asked).public != SiteAddress.parse(url).public

    def _list_addresses(self, built: _Built, url: str) -> None:
        """Let no address be forgotten; a trial at another address has none."""
        if self._is_trial(url):
            return
        if new := add_to_list(self.project.content_folder, built.sources):
            name = f"{self.project.content_name}/{ADDRESSES}"
            more = "1 address is" if len(new) == 1 else f"{len(new)} addresses are"
            end = ": commit it with your texts." if (self.project.root / ".git").exists() else "."
            click.echo(f"{more} new in {name}{end}")

    def _refuse(self, built: _Built) -> None:
        click.secho(f"Not published: {count(built.errors)} to mend.", fg="red", err=True)
        for line in (*built.errors, *map(str, built.result.warnings)):
            click.echo(f"  {line}", err=True)
        click.echo(self.staging.state, err=True)

    def _report(self, built: _Built, former: Files) -> str:
        """Say what was published; give the name of its folder."""
        pages = sum(file.is_page for file in built.files.values())
        size = sum(file.size for file in built.files.values()) / 1e6
        name = self.project.shown(self.staging.output)
        for remark in built.result.remarks:
            click.echo(f"  {remark}")
        made = f"({len(built.files)} files, {size:.1f} MB, {built.result.seconds:.1f} s)"
        click.secho(f"Published {pages} pages in {name}/ {made}.", fg="green")
        for line in (*Changes.between(former, built.files).lines, *asked_by_browsers(built.others)):
            click.echo(line)
        return name


def asked_by_browsers(others: Mapping[str, Mapping[str, list[str]]]) -> Iterator[str]:
    """A line for each way in which visitors' browsers ask other sites; one, where they ask none unasked."""
    unasked, asked = others.get("unasked", {}), others.get("asked", {})
    if not unasked:
        yield "Visitors’ browsers load nothing from other sites unasked."
    for host, files in unasked.items():
        yield f"Visitors’ browsers load from {host}: {some_of(files)}."
    for host, files in asked.items():
        yield f"Once a visitor asks for it, their browser turns to {host}: {some_of(files)}."


def _tell_of_the_clock(kept: KeptSites) -> None:
    """Say so where it has been set back: what is due, over or expired goes by it."""
    last, now = max((datetime.fromisoformat(site.at) for site in kept.all()), default=None), utc_now()
    if last and now < last - timedelta(hours=1):
        click.echo(
            f"Note: the clock of this machine says {now.astimezone(last.tzinfo):%d %B %Y, %H:%M}, but a site was "
            f"published on {last:%d %B %Y, %H:%M}; if the clock is wrong, set it right and publish again."
        )


def _check(project: Project, site: Path, sources: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Errors of a finished site: it needs a home page, and nothing unpublished may be in it."""
    if not (site / "index.html").is_file():
        return (Diagnostic(BUILD, 0, "wrote no home page (index.html)."),)
    zone = read_clinic_yaml(project.content_folder).facts.zone
    return tuple(leaks_of(project, site, utc_now(), zone, sources))
