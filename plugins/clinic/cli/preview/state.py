"""What the browser is shown now: replaced by the builder, read by the server."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition

from clinic.content.diagnostics import Diagnostic


@dataclass(frozen=True)
class Snapshot:
    """One state of the site; ``folder`` is None until a first build has succeeded."""

    folder: Path | None = None
    errors: tuple[Diagnostic, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()
    # Different also after a restart, so that an open page never takes a new state for the one it shows.
    version: str = field(default_factory=lambda: str(time.time_ns()))


class PreviewState:
    """The current snapshot; it is replaced in one step, so no page ever sees a half-built site."""

    def __init__(self) -> None:
        self.snapshot = Snapshot()
        self.closed = False
        self._changed = Condition()

    def show(self, snapshot: Snapshot) -> None:
        """Replace the snapshot and wake every page that waits for another."""
        with self._changed:
            self.snapshot = snapshot
            self._changed.notify_all()

    def close(self) -> None:
        """Let every waiting page go."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def wait_for_change(self, version: str, seconds: float) -> Snapshot:
        """The snapshot as soon as its version is another than this one, at the latest after these seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.closed or self.snapshot.version != version, seconds)
            return self.snapshot
