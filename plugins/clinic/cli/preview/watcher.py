"""Notice every edit of the owner's files, also one that is made while a build is running."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING

from watchfiles import Change, DefaultFilter, watch

if TYPE_CHECKING:
    from collections.abc import Iterator
# Long enough for an editor's "save all", short enough to feel immediate.
SETTLE_MILLISECONDS = 300
SPELL_SECONDS = 0.5
SETTINGS = ("pelicanconf.py", "publishconf.py")


class Changes:
    """The edits that no build has seen yet."""

    def __init__(self) -> None:
        self._batches: SimpleQueue[set[Path]] = SimpleQueue()

    def add(self, paths: set[Path]) -> None:
        """Remember these edits for the next build."""
        self._batches.put(paths)

    def wait(self) -> set[Path]:
        """Wait for the next edit; give all that have come meanwhile, so that one build sees them together."""
        paths = self._next()
        while True:
            try:
                paths |= self._batches.get_nowait()
            except Empty:
                return paths

    def _next(self) -> set[Path]:
        """Wait in short spells: a Ctrl-C in the instant before an endless wait would be heard only at its end."""
        while True:
            with suppress(Empty):
                return self._batches.get(timeout=SPELL_SECONDS)


class SettingsFilter(DefaultFilter):
    """Lets through the settings files in the project's folder, and nothing else beside them."""

    def __call__(self, change: Change, path: str) -> bool:
        """Whether the edit is one of a settings file."""
        return Path(path).name in SETTINGS and super().__call__(change, path)


@contextmanager
def watching(root: Path, content: Path) -> Iterator[Changes]:
    """Watch the project's folders and settings until the block ends."""
    changes, stop = Changes(), Event()
    folders = [folder for folder in (root / content, root / "theme", root / "plugins") if folder.is_dir()]

    def follow(*paths: Path, recursive: bool, watch_filter: DefaultFilter) -> None:
        for batch in watch(
            *paths,
            watch_filter=watch_filter,
            debounce=SETTLE_MILLISECONDS,
            stop_event=stop,
            recursive=recursive,
            rust_timeout=1000,
        ):
            changes.add({Path(path) for _, path in batch})

    threads = [
        Thread(target=follow, args=folders, kwargs={"recursive": True, "watch_filter": DefaultFilter()}, daemon=True),
        # The folder, not the files: many editors save by putting a new file in the old one's place. And not deeper:
        # the folder also holds the environment and the output.
        Thread(target=follow, args=(root,), kwargs={"recursive": False, "watch_filter": SettingsFilter()}, daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        yield changes
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=2)
