"""Builds of a clinic with Pelican and the project's settings, and the sites that they wrote, as tests read them."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from bs4 import BeautifulSoup

from tests.build_server import build_server

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[1]
CLINICS = ROOT / "tests" / "clinics"
OWN = "own"
"""As ``Build.case``: the project's own ``content/`` in place of a clinic of ``tests/clinics/``."""
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
"""The moment of every build that names no other: a Monday at noon, UTC."""
_WORD_BREAK = re.compile("<wbr/?>")
READABLE = (".html", ".xml", ".txt", "_redirects")


@dataclass(frozen=True)
class Build:
    """The input of a build.

    ``case`` is a folder of ``tests/clinics/``, or OWN. ``overlay`` are files written over it, by their path inside
    ``content/``; None removes a file. ``settings`` are Pelican settings over those of pelicanconf.py.
    """

    case: str
    overlay: Mapping[str, str | bytes | None] = field(default_factory=dict)
    preview: bool = False
    now: datetime = NOW
    settings: Mapping[str, object] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of its folder: equal for equal input."""
        parts = (sorted(self.overlay.items()), self.preview, self.now.timestamp(), sorted(self.settings.items()))
        return f"{self.case}-{hashlib.sha256(repr(parts).encode()).hexdigest()[:16]}"

    def lay_out(self, project: Path) -> None:
        """Copy the clinic's content, with the overlay, to ``project/content``."""
        content = project / "content"
        shutil.copytree(ROOT / "content" if self.case == OWN else CLINICS / self.case, content)
        for name, text in self.overlay.items():
            write(content / name, text)

    def run(self, project: Path) -> Site:
        """Run ``python -m pelican content -s pelicanconf.py`` in a folder that ``lay_out`` has prepared."""
        # PYTHONPATH is for the other commands; Pelican finds the plugins by its settings.
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        ended = subprocess.run(
            [sys.executable, "-m", "pelican", *self._arguments],
            cwd=project,
            env=environment | self._environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return Site(project, ended.returncode, ended.stderr)

    def run_forked(self, project: Path) -> Site:
        """Give the same site as ``run`` for less CPU: see ``build_server.py``."""
        if not hasattr(os, "fork"):
            return self.run(project)
        return Site(project, *build_server().run(project, self._arguments, self._environment))

    @property
    def _arguments(self) -> list[str]:
        settings = {"CLINIC_PREVIEW": self.preview, **self.settings}
        arguments = ["content", "-s", str(ROOT / "pelicanconf.py"), "-o", "output", "--log-handler", "plain"]
        return [*arguments, "-e", *(f"{key}={json.dumps(value)}" for key, value in settings.items())]

    @property
    def _environment(self) -> dict[str, str]:
        return {"SOURCE_DATE_EPOCH": str(int(self.now.timestamp()))}

    def run_once(self, store: Path) -> Site:
        """Build in a folder under ``store``, or read the result of an equal build there; test processes share it."""
        project = store / self.name
        record = project / "built.json"
        with _locked(store / f"{self.name}.lock"):
            if record.exists():
                return Site(project, *json.loads(record.read_text("utf-8")))
            self.lay_out(project)
            site = self.run_forked(project)
            record.write_text(json.dumps([site.exit_code, site.stderr]), "utf-8")
            return site


class BuildSite(Protocol):
    """The fixture ``build_site``; the arguments are those of Build."""

    def __call__(
        self,
        case: str,
        overlay: Mapping[str, str | bytes | None] = ...,
        *,
        preview: bool = ...,
        now: datetime = ...,
        settings: Mapping[str, object] = ...,
    ) -> Site:
        """Build, or take the same build from before."""


@dataclass(frozen=True)
class Site:
    """A build that has ended. ``folder`` is the project; the site is in ``output/`` below it."""

    folder: Path
    exit_code: int
    stderr: str

    @property
    def output(self) -> Path:
        """The written site."""
        return self.folder / "output"

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Every written file, by its path from the root of the site."""
        found = (path.relative_to(self.output).as_posix() for path in self.output.rglob("*") if path.is_file())
        return tuple(sorted(found))

    @property
    def pages(self) -> tuple[str, ...]:
        """The address of every page, as ``page`` takes it; redirects are no pages."""
        found = (
            file
            for file in self.files
            if file.endswith(".html") and 'http-equiv="refresh"' not in self.read(file)[:300]
        )
        return tuple("/" + file.removesuffix("index.html") for file in found)

    @property
    def problems(self) -> list[str]:
        """Lines of stderr that report a problem: ``content/posts/x.md:3: …``."""
        return [line for line in self._reported if ": note: " not in line]

    @property
    def notes(self) -> list[str]:
        """Lines of stderr that report a note, which stops no build: ``content/clinic.yaml:3: note: …``."""
        return [line for line in self._reported if ": note: " in line]

    @property
    def _reported(self) -> list[str]:
        return [line for line in self.stderr.splitlines() if line.startswith("content/")]

    def read(self, file: str) -> str:
        """A written file as text, by its path from the root of the site."""
        return (self.output / file).read_text("utf-8")

    def html(self, address: str) -> str:
        """The page at an address such as ``/book/``, as written."""
        return self.file(address).read_text("utf-8")

    def file(self, address: str) -> Path:
        """The file of the page at an address such as ``/book/``."""
        return self.output / (address.lstrip("/") + ("index.html" if address.endswith("/") else ""))

    def page(self, address: str) -> BeautifulSoup:
        """The page at an address such as ``/book/``, as a browser reads it; other tests share it: change nothing."""
        file = self.file(address)
        return _parsed(file, file.stat().st_mtime_ns)

    def graph(self, address: str) -> list[dict[str, Any]]:
        """The nodes of the structured data of a page."""
        script = self.page(address).find("script", type="application/ld+json")
        assert script, f"{address} has no structured data"
        return list(json.loads(str(script.string))["@graph"])

    def words(self, address: str) -> str:
        """What a visitor reads in the main part of a page, on one line."""
        main = self.page(address).main
        assert main, f"{address} has no <main>"
        whole = _WORD_BREAK.sub("", str(main))  # an address that may break is one word all the same
        return " ".join(BeautifulSoup(whole, "html.parser").get_text(" ").split())

    def everything(self) -> str:
        """The text of all written files, to search for what must be in none."""
        return "\n".join(self.read(file) for file in self.files if file.endswith(READABLE))


@lru_cache(maxsize=160)
def _parsed(file: Path, _modified: int) -> BeautifulSoup:
    """Parse a page; what many tests look at is parsed once, since that takes 0.03 s for each page."""
    return BeautifulSoup(file.read_text("utf-8"), "html5lib")


def write(path: Path, text: str | bytes | None) -> None:
    """Write a file and the folders above it, or remove the file."""
    if text is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


@contextmanager
def _locked(lock: Path) -> Iterator[None]:
    """Hold a lock between processes; it is a folder, because only one process can make it, on every system."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    while True:
        with suppress(FileExistsError):
            lock.mkdir()
            break
        time.sleep(0.05)
    try:
        yield
    finally:
        lock.rmdir()
