"""The site as the preview shows it, built once beside everything else, for commands that only look at it."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clinic.cli.build import BuildOptions, BuildResult, Project, build

_ASIDE = "aside-"
_HOUR = 3600
"""Seconds after which no command needs a folder any more that it has built aside."""


@contextmanager
def built_aside(project: Project, settings: Path) -> Iterator[tuple[BuildResult, Path]]:
    """The site as the preview shows it, drafts too, and its folder, which is gone at the end. Raises OSError.

    What an earlier command has left that was killed goes as well.
    """
    work = project.root / ".preview"
    work.mkdir(exist_ok=True)
    for left in (path for path in work.glob(f"{_ASIDE}*") if path.stat().st_mtime < time.time() - _HOUR):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_ASIDE, dir=work, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        overrides: dict[str, object] = {"CLINIC_PREVIEW": True, "CLINIC_SEARCH_INDEX": False}
        options = BuildOptions(settings, folder / "site", folder / "problems.json", overrides)
        yield build(project, options), options.output
