"""Build, serve, and build again on every edit."""

import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

import click
from watchfiles import watch
from watchfiles.main import FileChange

from clinic.cli.build import BuildOptions, BuildResult, Project, build, count
from clinic.cli.disk import sentence
from clinic.cli.interrupts import POLL_SECONDS, Interrupted, interruptible
from clinic.cli.preview.server import serving
from clinic.cli.preview.state import PreviewState, Snapshot

NAMED_CHANGES = 3


def preview(project: Project, settings: Path, port: int) -> None:
    """Show the site at localhost and keep it up to date until someone ends it. Raises OSError if no port is free."""
    state = PreviewState()
    with suppress(Interrupted), interruptible(), serving(port, state) as server:
        if port and server.port != port:
            click.echo(f"Port {port} {server.why_moved}, so the preview is on port {server.port}.")
        click.echo(f"The site is at {server.url} and follows every edit. Ctrl-C ends it.")
        # One folder for each port, so that two previews of one project do not share any.
        work_folder = project.root / ".preview" / str(server.port)
        try:
            _keep_building(project, settings, state, work_folder, server.url)
        except OSError as error:
            raise click.ClickException(f"The preview has ended: {sentence(error)}.") from error
        finally:
            shutil.rmtree(work_folder, ignore_errors=True)
    click.echo("")  # the terminal shows ^C: the shell's prompt goes on the next line


def _keep_building(project: Project, settings: Path, state: PreviewState, work_folder: Path, url: str) -> None:
    """Build now, and again after every edit, each time into the folder that is not being shown."""
    shutil.rmtree(work_folder, ignore_errors=True)
    work_folder.mkdir(parents=True)
    with watching(project.root, project.content) as next_edits:
        while True:
            shown = state.snapshot.folder
            output = _free_folder(shown, work_folder)
            # Everything is shown, drafts and future articles too, and the build stops at nothing that it can pass.
            overrides = {"CLINIC_PREVIEW": True, "CLINIC_SERVED_AT": url}
            options = BuildOptions(settings, output, work_folder / "problems.json", overrides)
            result = build(project, options)
            state.show(Snapshot(output if result.built else shown, result.errors, result.warnings))
            _report(result, is_shown=shown is not None)
            _say(f"{_name_some(next_edits(), project.root)} changed; building …")


def _free_folder(shown: Path | None, work_folder: Path) -> Path:
    """The one of two folders that is not shown, emptied."""
    first, second = work_folder / "site-a", work_folder / "site-b"
    folder = second if shown == first else first
    shutil.rmtree(folder, ignore_errors=True)
    return folder


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
    more = f" and {len(names) - NAMED_CHANGES} more" if len(names) > NAMED_CHANGES else ""
    return ", ".join(names[:NAMED_CHANGES]) + more


SETTLE_MILLISECONDS = 300
"""Long enough for an editor's "save all", short enough to feel immediate."""
SETTINGS = ("pelicanconf.py", "publishconf.py")


@contextmanager
def watching(root: Path, content: Path) -> Iterator[Callable[[], set[Path]]]:
    """Watch the project's folders and settings until the block ends; what it gives waits for the next edits."""
    edits: SimpleQueue[set[Path]] = SimpleQueue()
    stop = Event()

    watch_until_end = partial(watch, debounce=SETTLE_MILLISECONDS, stop_event=stop, rust_timeout=1000)
    folders = (folder for folder in (root / content, root / "theme", root / "plugins") if folder.is_dir())
    deep = watch_until_end(*folders)
    # The folder, not the files: many editors save by putting a new file in the old one's place. And not deeper: the
    # folder also holds the environment and the output.
    flat = watch_until_end(root, recursive=False, watch_filter=lambda _, path: Path(path).name in SETTINGS)

    def follow(batches: Iterable[set[FileChange]]) -> None:
        for batch in batches:
            edits.put({Path(path) for _, path in batch})

    threads = [Thread(target=follow, args=(batches,), daemon=True) for batches in (deep, flat)]
    for thread in threads:
        thread.start()
    try:
        yield partial(_next_edits, edits)
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=2)


def _next_edits(edits: SimpleQueue[set[Path]]) -> set[Path]:
    """Wait for an edit; give all that have come meanwhile, so that one build sees them together."""
    while True:
        with suppress(Empty):
            paths = edits.get(timeout=POLL_SECONDS)
            while not edits.empty():
                paths |= edits.get_nowait()
            return paths
