"""What the browser is shown now: replaced by the builder, read by the server."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Condition

from clinic.content.diagnostics import Diagnostic


def _now() -> str:
    return str(time.time_ns())


@dataclass(frozen=True)
class Snapshot:
    """One state of the site; ``folder`` is None until a first build has succeeded.

    ``epoch`` is another one when files have changed that pages load by the name they had before, and after a restart;
    ``is_building``: the whole site is being built, since something has changed.
    """

    folder: Path | None = None
    errors: tuple[Diagnostic, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()
    epoch: str = field(default_factory=_now)
    is_building: bool = False
    version: str = field(default_factory=_now)

    def telling(self, found: Collection[Diagnostic], *, whole: bool = False) -> "Snapshot":
        """The same with these diagnostics: of the ``whole`` site, or in place of those of the files that they name."""
        files = {each.file for each in found}
        kept = () if whole else (each for each in (*self.errors, *self.warnings) if each.file not in files)
        every = sorted({*kept, *found})
        errors, warnings = (tuple(each for each in every if each.is_error is wanted) for wanted in (True, False))
        return replace(self, errors=errors, warnings=warnings)


class PreviewState:
    """The current snapshot; it is replaced in one step, so no page ever sees a half-built site."""

    def __init__(self) -> None:
        self.snapshot = Snapshot()
        self.closed = False
        self.ask_for_search: Callable[[], object] = lambda: None
        """Is called when somebody wants to search a site that has no index yet; ``let_search`` is the answer."""
        self._asked: Path | None = None
        self._searchable: Path | None = None
        self._changed = Condition()

    def show(self, snapshot: Snapshot) -> None:
        """Replace the snapshot and wake every page that waits for another."""
        with self._changed:
            if snapshot.folder != self.snapshot.folder:
                self._asked = self._searchable = None
            self.snapshot = replace(snapshot, version=_now())
            self._changed.notify_all()

    def close(self) -> None:
        """Let every waiting page go."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def let_search(self, folder: Path) -> None:
        """The site in this folder has its search index, or cannot have one."""
        with self._changed:
            self._searchable = folder
            self._changed.notify_all()

    def wait_for_change(self, version: str, seconds: float) -> Snapshot:
        """The snapshot as soon as its version is another than this one, at the latest after these seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.closed or self.snapshot.version != version, seconds)
            return self.snapshot

    def wait_for_search(self, seconds: float) -> Snapshot:
        """The snapshot as soon as its site can be searched, at the latest after these seconds."""

        def is_searchable() -> bool:
            folder = self.snapshot.folder
            if folder not in {self._searchable, self._asked}:
                self._asked = folder
                self.ask_for_search()
            return self.closed or folder == self._searchable

        with self._changed:
            self._changed.wait_for(is_searchable, seconds)
            return self.snapshot
