"""The site that is shown, the build that follows it, and what has changed since.

After an edit of one text its page is written by the build that made the shown site and is still in memory
(``clinic/plugin/edited_page.py``), and shown at once. A build of the whole site follows every edit; another edit
meanwhile ends it, and a new one begins.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from clinic.cli.build import PLUGINS, BuildOptions, BuildResult, Log, Project, explain, result_of
from clinic.cli.preview.builds import Build, BuildServer, PageAnswer
from clinic.cli.preview.state import PreviewState, Snapshot
from clinic.content.diagnostics import Diagnostic, read_report

_TEXTS = frozenset({".md", ".yaml"})
"""Endings of files whose changes show in the bytes of pages; of others a page may load what it names as before."""
_CODE = (Path(PLUGINS), Path(PLUGINS).resolve())
"""What the server of builds has imported; settings, and plugins of other folders, are read by each build itself."""
_LOST = 1
"""The exit code of a build whose process was lost."""


class LiveSite:
    """Everything here happens in one thread; builds report to ``report`` from others."""

    def __init__(
        self,
        project: Project,
        work_folder: Path,
        state: PreviewState,
        options: BuildOptions,
        report: Callable[[Any], None],
    ) -> None:
        """``options`` are those of every build, but for the folders, which lie in ``work_folder``."""
        self._project = project
        self._work_folder = work_folder
        self._state = state
        self._options = options
        self._report = report
        self._server = BuildServer(project, work_folder)
        self._shown: Build | None = None
        self._building: Build | None = None
        self._not_in_shown: set[Path] = set()
        """What has changed and is not in the memory of the shown build."""
        self._logged: tuple[Diagnostic, ...] = ()
        """Errors that the shown build did not report but log."""
        self._errors_told = 0
        """How many errors the log of the shown build had when it ended."""
        self._loads_other_files = False

    def start(self) -> None:
        """Begin the first build."""
        self._server.start()
        self._build()

    def close(self) -> None:
        """End all processes."""
        for build in (self._building, self._shown):
            if build:
                build.drop()
        self._server.close()

    def edited(self, paths: set[Path]) -> bool:
        """Take in that these files have changed, and begin a build; gives whether the edited page is shown already."""
        if self._building:
            self._building.drop()
            self._building = None
        answer = self._write_page(paths)
        if any(path.is_relative_to(folder) for path in paths for folder in _CODE):
            self._server.restart()
        self._loads_other_files |= any(path.suffix not in _TEXTS for path in paths)
        self._build()
        return answer.written

    def ended(self, build: Build, code: int | None) -> BuildResult | None:
        """Show what a build came to; gives that, or None for one that has been overtaken."""
        if build is not self._building:
            return None
        self._building = None
        text = self._text_of(self._log_of(build)) or self._text_of(self._server.log)
        result = result_of(self._project, build.options, _LOST if code is None else code, text, build.seconds)
        shown = self._state.snapshot
        epoch = str(time.time_ns()) if self._loads_other_files else shown.epoch
        if result.built:
            if self._shown:
                self._shown.drop()
            self._shown, self._not_in_shown, self._loads_other_files = build, set(), False
            reported = set(read_report(build.options.report_file))
            self._logged = tuple(error for error in result.errors if error not in reported)
            self._errors_told = len(self._errors_in_log(build))
            self._state.show(Snapshot(build.options.output, result.errors, result.warnings, epoch))
        else:
            build.drop()
            self._state.show(Snapshot(shown.folder, result.errors, result.warnings, shown.epoch))
        self._server.prepare()
        return result

    def make_search_index(self) -> None:
        """Somebody wants to search the shown site."""
        if self._shown:
            self._shown.make_search_index()
        elif folder := self._state.snapshot.folder:
            self._state.let_search(folder)

    def search_index_made(self, build: Build) -> tuple[Diagnostic, ...]:
        """Let whoever searches go on; gives what went wrong."""
        if build is not self._shown:
            return ()
        self._state.let_search(build.options.output)
        return tuple(explain(text, self._project.root) for text in self._errors_in_log(build)[self._errors_told :])

    def _build(self) -> None:
        shown = self._state.snapshot.folder
        first, second = self._work_folder / "site-a", self._work_folder / "site-b"
        output = second if shown == first else first
        report_file = output.with_suffix(".json")
        for former in (report_file, output.with_suffix(".log")):
            former.unlink(missing_ok=True)
        # what stays as it is comes from there: the server empties the folder that it builds into
        overrides = {**self._options.overrides, "CLINIC_FORMER_SITE": str(shown or "")}
        options = replace(self._options, output=output, report_file=report_file, overrides=overrides)
        self._building = self._server.build(options, output.with_suffix(".log"), self._report)
        self._state.show(replace(self._state.snapshot, is_building=True))

    def _log_of(self, build: Build) -> Path:
        return build.options.output.with_suffix(".log")

    def _text_of(self, log: Path) -> str:
        return log.read_text("utf-8", "replace") if log.exists() else ""

    def _errors_in_log(self, build: Build) -> list[str]:
        return list(Log.read(self._text_of(self._log_of(build))).at(logging.ERROR))

    def _write_page(self, paths: set[Path]) -> PageAnswer:
        """Show the page of the one file that has changed, or at least what is wrong with it."""
        answer = PageAnswer()
        self._not_in_shown |= paths
        keys = [self._key_of(path) for path in self._not_in_shown]
        if self._shown and all(keys):
            answer = self._shown.write_page(list(filter(None, keys)))
        if answer.damaged and self._shown:
            self._shown.drop()
            self._shown = None
        if answer.written:
            self._not_in_shown = set()
        if answer.diagnostics is not None:
            logged = self._logged if answer.written else ()
            told = self._state.snapshot.telling((*answer.diagnostics, *logged), whole=answer.written)
            self._state.show(told)
        return answer

    def _key_of(self, path: Path) -> str | None:
        """The path of a file below the content folder, with forward slashes; None outside.

        Some systems tell of changes by the path that was asked for, some by the real one.
        """
        for folder in (self._project.content_folder, self._project.content_folder.resolve()):
            if path.is_relative_to(folder):
                return path.relative_to(folder).as_posix()
        return None
