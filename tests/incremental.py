"""Builds over an earlier one, beside builds from nothing: both must leave the same bytes and say the same.

A ``Twins`` is one clinic in two projects. Each step changes both; ``kept`` is built over what it has, with its
``.cache/``, ``fresh`` without either. Only compiled templates and encoded images are left to both, and shared with all
other builds; they have tests of their own (``theme/test_compiled_templates.py``, ``images/test_cache.py``).
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tests.site import ROOT, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from tests.site import Build, Site

_SHARED = frozenset({"templates", "pictures"})


@dataclass(frozen=True)
class Step:
    """A kind of change, and how the site is built after it; ``changes`` by the path of each file in the project.

    ``before`` is what happens to the kept project alone: its output is damaged, its store lost. ``stops``: the change
    is a mistake, so nothing is written.
    """

    what: str
    changes: Mapping[str, str | bytes | Callable[[str], str] | None] = field(default_factory=dict)
    before: Callable[[Path], object] = lambda _: None
    preview: bool = False
    settings: Mapping[str, object] = field(default_factory=dict)
    now: datetime | None = None
    stops: bool = False


class Twins:
    """Two projects with the same content, below ``folder``, each with its own cache and, if wished, its own theme."""

    def __init__(self, folder: Path, build: Build) -> None:
        self._build = build
        self._settings: dict[str, str] = {"CACHE_PATH": ".cache"}
        self.kept, self.fresh = folder / "kept", folder / "fresh"
        for project in (self.kept, self.fresh):
            build.lay_out(project)
            share_cache(project / ".cache", *_SHARED)

    def copy_theme(self) -> None:
        """Give each project a theme that steps may change."""
        for project in (self.kept, self.fresh):
            shutil.copytree(ROOT / "theme", project / "theme")
            (project / ".cache" / "templates").unlink()  # those of a folder that goes are of no use to others
        self._settings["THEME"] = "theme"

    def build(self, project: Path, step: Step) -> Site:
        """Build one of the two as a step says."""
        own = {name: str(project / path) for name, path in self._settings.items()}
        settings = {**self._build.settings, **own, **step.settings}
        build = replace(self._build, preview=step.preview, settings=settings, now=step.now or self._build.now)
        return build.run_forked(project)

    def take_all(self, steps: Sequence[Step], every: int = 8) -> int:
        """Take steps in a row; held to a fresh build is every eighth, as what went wrong stays so, and a mistake.

        Gives how many were held to one.
        """
        held = 0
        for number, step in enumerate(steps, 1):
            if number % every and number < len(steps) and not step.stops:
                self._make(step)
                kept = self.build(self.kept, step)
                assert kept.exit_code == 0, f"{step.what}: {kept.stderr}"
            else:
                self.take(step)
                held += 1
        return held

    def take(self, step: Step) -> Site:
        """Make the change, build both, and hold them to each other; gives the site that was kept."""
        self._make(step)
        _forget(self.fresh)
        kept, fresh = self.build(self.kept, step), self.build(self.fresh, step)
        assert (kept.exit_code, kept.stderr) == (fresh.exit_code, fresh.stderr), step.what
        assert bool(fresh.exit_code) == step.stops, f"{step.what}: {fresh.stderr}"
        if not step.stops:
            differing = differences(kept.output, fresh.output)
            assert not differing, f"{step.what}: {differing[:10]}"
        return kept

    def _make(self, step: Step) -> None:
        for project in (self.kept, self.fresh):
            for name, change in step.changes.items():
                _change(project / name, change)
        step.before(self.kept)


def share_cache(cache: Path, *names: str) -> Path:
    """Make a folder for ``.cache`` whose parts of these names are those of all other builds; gives it."""
    cache.mkdir()
    for name in names:
        (ROOT / ".cache" / name).mkdir(parents=True, exist_ok=True)
        (cache / name).symlink_to(ROOT / ".cache" / name)
    return cache


def differences(one: Path, other: Path) -> list[str]:
    """The files that are in one of two folders only, or have other bytes there."""
    ours, theirs = tree(one), tree(other)
    return sorted(name for name in {*ours, *theirs} if ours.get(name) != theirs.get(name))


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every file below a folder with its bytes, and every folder with None."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


def times(folder: Path) -> dict[str, int]:
    """When each file below a folder was written."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in files}


def _change(path: Path, change: str | bytes | Callable[[str], str] | None) -> None:
    write(path, change(path.read_text("utf-8")) if callable(change) else change)


def _forget(project: Path) -> None:
    """Remove what an earlier build has left."""
    shutil.rmtree(project / "output", ignore_errors=True)
    for kept in (project / ".cache").glob("*"):
        if kept.name not in _SHARED:
            shutil.rmtree(kept) if kept.is_dir() else kept.unlink()
