"""`preview`: build, serve, and build again on every edit."""

import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TypeAlias

import click
from watchfiles import watch
from watchfiles.main import FileChange

from clinic.cli.build import BuildOptions, BuildResult, Project, count
from clinic.cli.disk import sentence
from clinic.cli.interrupts import POLL_SECONDS, Interrupted, interruptible
from clinic.cli.options import port_number, settings_option, yes_or_no
from clinic.cli.preview.builds import Ended, SearchIndexMade
from clinic.cli.preview.guests import Guests, address_in_network, code_for_terminal
from clinic.cli.preview.live_site import LiveSite
from clinic.cli.preview.server import Editor, serving
from clinic.cli.preview.state import PreviewState
from clinic.models.suggestions import some_of
from clinic.rendering.editor.config import ADMIN

NAMED_CHANGES = 3


class _SearchWanted:
    """Somebody wants to search the site."""


_Event: TypeAlias = set[Path] | Ended | SearchIndexMade | _SearchWanted
"""What the preview waits for; a set of paths is an edit."""


def preview(
    project: Project,
    settings: Path,
    port: int,
    *,
    phone: bool = False,
    opens: bool = False,
    editor: Editor | None = None,
) -> None:
    """Show the site at localhost and keep it up to date until someone ends it; ``phone``: to the network too.

    ``opens``: in the browser of this machine, if it has one; while the first build goes on, a page there says so.
    With ``editor``, which answers what is below /admin/, that is opened in its place.

    Raises OSError if no port is free.
    """
    state, network = PreviewState(), address_in_network() if phone else None
    guests = Guests.with_key() if network else Guests()
    with suppress(Interrupted), interruptible(), serving(port, state, guests, editor) as server:
        if port and server.port != port:
            click.echo(f"Port {port} {server.why_moved}, so the preview is on port {server.port}.")
        click.echo(f"The site is at {server.url} and follows every edit. Ctrl-C ends it.")
        if editor:
            click.echo(f"Write at {server.url}/{ADMIN} in Chrome or Edge: “Work with Local Repository”, then choose")
            click.echo(f"the folder {project.root}")
        if opens:
            click.launch(f"{server.url}/{ADMIN if editor else ''}")
        if phone:
            _show_to_phone(f"http://{network}:{server.port}/?key={guests.key}" if network else "")
        # One folder for each port, so that two previews of one project do not share any.
        work_folder = project.root / ".preview" / str(server.port)
        try:
            _keep_building(project, settings, state, work_folder, server.url)
        except OSError as error:
            raise click.ClickException(f"The preview has ended: {sentence(error)}.") from error
        finally:
            shutil.rmtree(work_folder, ignore_errors=True)
    click.echo("")  # the terminal shows ^C: the shell's prompt goes on the next line


def _show_to_phone(address: str) -> None:
    """Say where, and what that means: drafts are in this site. Without an address, why no phone can see it."""
    if not address:
        click.echo(
            "This machine is in no network, so no phone can see the site: connect both to one, then begin again."
        )
        return
    if sys.stdout.isatty():
        click.echo(f"\n{code_for_terminal(address)}\n")
    click.echo(f"On a phone in the same network: {address}")
    click.echo("Whoever is in this network and has this address sees the site, drafts too, until you end the preview.")


def _keep_building(project: Project, settings: Path, state: PreviewState, work_folder: Path, url: str) -> None:
    """Build now, and again after every edit, each time into the folder that is not being shown."""
    shutil.rmtree(work_folder, ignore_errors=True)
    work_folder.mkdir(parents=True)
    events: SimpleQueue[_Event] = SimpleQueue()
    # Everything is shown, drafts and future articles too, and the build stops at nothing that it can pass.
    overrides = {"CLINIC_PREVIEW": True, "CLINIC_SERVED_AT": url, "CLINIC_SEARCH_INDEX": False}
    site = LiveSite(
        project, work_folder, state, BuildOptions(settings, work_folder, work_folder, overrides), events.put
    )
    state.ask_for_search = partial(events.put, _SearchWanted())
    try:
        with watching(project, events.put):
            site.start()
            while True:
                _follow(site, _next_event(events), project.root, is_shown=state.snapshot.folder is not None)
    finally:
        site.close()


def _follow(site: LiveSite, event: "_Event", root: Path, *, is_shown: bool) -> None:
    """Do what follows from an event; ``is_shown``: the page shows the site of an earlier build."""
    match event:
        case Ended(build, code):
            if result := site.ended(build, code):
                _report(result, is_shown=is_shown)
        case SearchIndexMade(build):
            for error in site.search_index_made(build):
                _say(str(error), fg="red")
        case _SearchWanted():
            site.make_search_index()
        case _:
            shown = site.edited(event)
            _say(f"{_name_some(event, root)} changed; {'its page is shown, ' if shown else ''}building …")


def _report(result: BuildResult, *, is_shown: bool) -> None:
    """Say what came of a build; ``is_shown``: the page shows the site of an earlier one."""
    if result.errors:
        outcome = (
            "the page still shows the site as it was" if is_shown and not result.built else "the page shows them too"
        )
        _say(f"{count(result.errors)} to mend; {outcome}:", fg="red")
        for error in result.errors:
            click.echo(f"  {error}")
    else:
        _say(f"Built in {result.seconds:.1f} s.", fg="green")
    for remark in result.remarks:
        click.echo(f"  {remark}")


def _say(message: str, fg: str | None = None) -> None:
    """Print a message with the time, so that the newest stands out."""
    click.echo(f"{time.strftime('%H:%M:%S')}  {click.style(message, fg=fg)}")


def _name_some(paths: Iterable[Path], root: Path) -> str:
    names = sorted(path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name for path in paths)
    return some_of(names, NAMED_CHANGES)


STEP_MILLISECONDS = 10
"""How long no further file may change for the changes so far to be taken as one edit."""
SETTLE_MILLISECONDS = 300
"""After that they are taken even if they go on."""
SETTINGS = ("pelicanconf.py", "publishconf.py")


@contextmanager
def watching(project: Project, report: Callable[[set[Path]], None]) -> Iterator[None]:
    """Report edits of the project's folders and settings, from another thread, until the block ends."""
    stop = Event()
    watch_until_end = partial(watch, debounce=SETTLE_MILLISECONDS, stop_event=stop, rust_timeout=1000)
    root = project.root
    folders = (folder for folder in (project.content_folder, root / "theme", root / "plugins") if folder.is_dir())
    deep = watch_until_end(*folders, step=STEP_MILLISECONDS)
    # The folder, not the files: many editors save by putting a new file in the old one's place. And not deeper: the
    # folder also holds the environment and the output.
    flat = watch_until_end(root, recursive=False, watch_filter=lambda _, path: Path(path).name in SETTINGS)

    def follow(batches: Iterable[set[FileChange]]) -> None:
        for batch in batches:
            report({Path(path) for _, path in batch})

    threads = [Thread(target=follow, args=(batches,), daemon=True) for batches in (deep, flat)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=2)


def _next_event(events: "SimpleQueue[_Event]") -> "_Event":
    """Wait for an event; give all edits that have come meanwhile as one."""
    while True:
        with suppress(Empty):
            event = events.get(timeout=POLL_SECONDS)
            waiting = [events.get_nowait() for _ in range(events.qsize())]
            if isinstance(event, set):
                event = event.union(*(other for other in waiting if isinstance(other, set)))
                waiting = [other for other in waiting if not isinstance(other, set)]
            for other in waiting:
                events.put(other)
            return event


@click.command("preview")
@settings_option("pelicanconf.py")
@click.option("--port", callback=port_number, default="8000", show_default=True, help="0 takes any free port.")
@click.option("--phone", callback=yes_or_no, default="", help="yes shows it to a phone in the same network too.")
@click.option("--open", "opens", callback=yes_or_no, default="", help="yes opens the site in the browser.")
@click.pass_obj
def preview_command(project: Project, settings: Path, port: int, phone: bool, opens: bool) -> None:
    """Show the site at localhost; it follows every edit."""
    try:
        preview(project, settings, port, phone=phone, opens=opens)
    except OSError as error:
        raise click.ClickException(f"The preview could not start: {sentence(error)}.") from error
