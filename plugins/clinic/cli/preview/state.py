"""What the browser gets to see now: shared by the builder, which replaces it, and the server, which shows it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Condition
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.content.diagnostics import Diagnostic


def new_version() -> str:
    """Name a state of the site; also after a restart no older page has the same name."""
    return str(time.time_ns())


@dataclass(frozen=True)
class Scene:
    """One state of the site: its folder (None until a first build has succeeded), its problems and its notes."""

    folder: Path | None = None
    problems: tuple[Diagnostic, ...] = ()
    notes: tuple[Diagnostic, ...] = ()
    version: str = field(default_factory=new_version)


class Stage:
    """The scene that is on; it changes in one step, so no page ever sees a half-built site."""

    def __init__(self) -> None:
        self.scene = Scene()
        self.closed = False
        self._changed = Condition()

    def show(self, folder: Path | None, problems: tuple[Diagnostic, ...], notes: tuple[Diagnostic, ...] = ()) -> None:
        """Put the next scene on and tell every page that waits for it."""
        with self._changed:
            self.scene = Scene(folder, problems, notes)
            self._changed.notify_all()

    def close(self) -> None:
        """Let every waiting page go."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def wait_for_change(self, version: str, seconds: float) -> Scene:
        """Wait until another scene than this one is on, or until the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self.closed or self.scene.version != version, seconds)
            return self.scene
