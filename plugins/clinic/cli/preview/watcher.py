"""Notices every edit of the owner's files, also one that is made while a build is running."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING

from watchfiles import watch

from clinic.cli.interrupts import POLL_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from watchfiles.main import FileChange
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
