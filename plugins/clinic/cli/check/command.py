"""`check`: builds the site as a publish does, in a folder of its own, and reports what is wrong or worth a look."""

import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeAlias

import click
from rich.console import Console

from clinic.advertising.check import find_claims
from clinic.cli.build import BUILD, BuildOptions, BuildResult, Project, build
from clinic.cli.check import links, names, sizes, texts
from clinic.cli.check.agenda import agenda, changes, expiring, right_until
from clinic.cli.check.examined import Examined
from clinic.cli.check.external_links import check_external_links
from clinic.cli.check.pages import read_site
from clinic.cli.check.report import REPORT, Report, as_json, print_report, report_page
from clinic.cli.check.rules import LEAK
from clinic.cli.disk import remove_folder, write_whole
from clinic.cli.options import ends_in_a_sentence, settings_option, site_address
from clinic.cli.publish.leaks import leaks_of
from clinic.content.clock import utc_now
from clinic.content.diagnostics import Diagnostic, Severity
from clinic.content.load import load
from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.models.language import bare, write_to_owner
from clinic.rendering.files.hosting import NEXT_BUILD

_FORMATS = ("text", "json", "page")
Check: TypeAlias = Callable[[Examined], Iterable[Diagnostic]]
CHECKS: tuple[Check, ...] = (
    links.dead_links,
    links.orphans,
    links.link_words,
    texts.picture_words,
    texts.heading_levels,
    texts.titles,
    texts.summaries,
    texts.reading_ages,
    names.name_spelling,
    expiring,
    lambda site: find_claims(site.content, site.now.date()),
    sizes.page_sizes,
    sizes.file_sizes,
)
"""Every check beside the build's own. Each is given everything, yields its findings in order, and changes nothing.

Where the site could not be built there are no pages, and what is found in the owner's files is still told.
"""
_FOLDER = Path(".cache") / "check"
_ADDRESSES, _MANIFEST = "addresses.json", "manifest.json"


class Wanted(NamedTuple):
    """What to check: the settings of a publish, another address than the clinic's own, and whether to look elsewhere.

    ``tell`` is given a sentence on what is being done.
    """

    settings: Path
    site_url: str = ""
    online: bool = True
    tell: Callable[[str], None] = lambda _words: None


def check(project: Project, wanted: Wanted) -> Report:
    """Look at everything. Raises OSError where there is no folder at all to build in."""
    with _workspace(project.root) as (folder, cache):
        wanted.tell("Building the site as a publish does …")
        result = _build(project, wanted, folder, cache)
        wanted.tell("Looking at the pages …")
        site = _examined(project, wanted, folder / "site", is_built=result.built and not result.errors)
        found = [*result.errors, *result.warnings]
        found += [Diagnostic(BUILD, 0, line, Severity.WARNING) for line in result.logged]
        remarks: list[str] = []
        if site.pages:
            found += _leaks(project, site)
        if site.content.holds and not site.content.unopened:
            found += [each for one in CHECKS for each in one(site)]
        if any(bare(each.clinic.language) != "en" for each in (site.content, *site.content.translations)):
            remarks.append("How hard texts are to read: of the languages, only English is judged.")
        if not wanted.online:
            remarks.append("Addresses elsewhere were left out (ONLINE=no).")
        elif site.pages:
            external = check_external_links(site, folder / _ADDRESSES, tell=_counting(wanted.tell))
            found += external.found
            remarks += filter(None, [external.remark])
        return Report(
            clinic=site.clinic.name,
            now=site.now,
            pages=sum(not page.is_redirect for page in site.pages.values()),
            diagnostics=tuple(found),
            remarks=tuple(remarks),
            agenda=agenda(site),
            changes=changes(site, project.root / "output"),
            right_until=right_until(site) if site.pages else "",
        )


def _counting(tell: Callable[[str], None]) -> Callable[[int, int], None]:
    return lambda done, count: tell(f"Asking for addresses elsewhere: {done} of {count} …")


@contextmanager
def _workspace(root: Path) -> Iterator[tuple[Path, Path | None]]:
    """The folder to build in, and that of everything kept where the project's own cannot be written.

    Usually the first stays for the next check, which then has only to build what is new.
    """
    folder = root / _FOLDER
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        yield folder, None
        return
    elsewhere = Path(tempfile.mkdtemp(prefix="clinic-check-"))
    try:
        yield elsewhere, elsewhere / "cache"
    finally:
        remove_folder(elsewhere)


def _build(project: Project, wanted: Wanted, folder: Path, cache: Path | None) -> BuildResult:
    """Build strictly, but for the index of the search; unchanged pages are those of the last check or publish."""
    overrides: dict[str, object] = {"CLINIC_SEARCH_INDEX": False}
    overrides["CLINIC_FORMER_SITE"] = str(project.root.resolve() / "output")
    overrides["CLINIC_MANIFEST_FILE"] = str(folder.resolve() / _MANIFEST)
    overrides["CLINIC_NEXT_BUILD_FILE"] = str(folder.resolve() / NEXT_BUILD)  # the project's own is of the last publish
    overrides |= {"CLINIC_ADDRESS": wanted.site_url} if wanted.site_url else {}
    overrides |= {"CACHE_PATH": str(cache)} if cache else {}
    options = BuildOptions(wanted.settings, folder / "site", folder / "problems.json", overrides, strict=True)
    return build(project, options)


def _examined(project: Project, wanted: Wanted, folder: Path, *, is_built: bool) -> Examined:
    content = load(project.content_folder, shown_as=project.content_name, now=utc_now())
    facts = content.clinic_yaml.facts
    write_to_owner(facts.language, facts.country)
    now = utc_now().astimezone(content.clinic.zone)
    public = (wanted.site_url or content.clinic.url).rstrip("/")
    site = Examined(content, ClinicOnDay.on(now.date(), content.clinic), now, public, folder)
    if not is_built:
        return site
    pages, sizes_of_files = read_site(folder)
    origins = json.loads((folder.parent / _MANIFEST).read_text("utf-8"))["sources"]
    return replace(site, pages=pages, sizes=sizes_of_files, origins=origins)


def _leaks(project: Project, site: Examined) -> Iterator[Diagnostic]:
    """What of an unpublished file is in the site: a publish looks for it too."""
    for leak in leaks_of(project, site.site, site.now, site.content.clinic.zone, site.origins):
        yield replace(leak, severity=Severity.ERROR, rule=LEAK)


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
@settings_option("publishconf.py")
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
