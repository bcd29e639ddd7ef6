"""The proof: after a build, everything that was written is held against the clinic's facts.

Pages are read as they are handed to the disk; whatever else is there in the end and was not before is read back.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from pelican import Pelican

from clinic.fact_check.known_facts import KnownFacts
from clinic.fact_check.statements.statement import Kind, Statement
from clinic.fact_check.verify import FactChecker, Mismatch
from clinic.plugin.context import Run, run_of
from clinic.plugin.gate import report
from clinic.plugin.proof_sources import SourceFiles

_READ = (".html", ".xml", ".txt", ".json", ".webmanifest", ".vcf", ".ics", ".csv", ".svg", ".vtt")
_ADDRESSES_ALONE = frozenset({"sitemap.xml", "robots.txt"})
Stamp: TypeAlias = tuple[int, int]


def stamp(path: Path) -> Stamp:
    """When a file was last written."""
    found = path.stat()
    return found.st_mtime_ns, found.st_ctime_ns


def readable(folder: Path) -> Iterator[str]:
    """The files under ``folder`` that can be read, by their paths from there."""
    for root, _, files in os.walk(folder):
        below = root[len(str(folder)) :].replace(os.sep, "/").lstrip("/")
        for file in files:
            if file.endswith(_READ) and file not in _ADDRESSES_ALONE:
                yield f"{below}/{file}" if below else file


def prove(pelican: Pelican) -> None:
    """Tell every number, address, sum and time on the site that is not true. Raises SystemExit(1) in a strict run."""
    run = run_of(pelican.settings)
    told = {*run.problems, *run.notes}
    before = len(run.problems)
    if run.proof:
        run.proof.end()
    if len(run.problems) > before:
        end = "The pages are written, but are not fit to be seen."
        report(run, pelican.settings, go_on=run.preview, told=told, end=end)


@dataclass
class Proof:
    """One reading of a whole site; strangers are told where they were written, each place once."""

    run: Run
    output: Path
    facts: KnownFacts
    _reader: FactChecker
    _sources: SourceFiles
    _before: Mapping[str, Stamp]
    _found: dict[str, list[Mismatch]] = field(default_factory=dict)
    """By the path of the file; every page that was read is in it."""
    _placed: set[Mismatch] = field(default_factory=set)
    """Those that stand in the file of a page of their own."""
    _told: set[tuple[str, int, Kind, Any]] = field(default_factory=set)

    @classmethod
    def begin(cls, run: Run, settings: Mapping[str, Any], output: Path) -> "Proof | None":
        """Before anything is written; None where the facts are too broken to say what is true."""
        if not run.folder.holds:
            return None
        facts = KnownFacts.of(run.folder.clinic)
        before = {name: stamp(output / name) for name in readable(output)}
        sources = SourceFiles(run, Path(settings["THEME"]), facts.finder)
        return cls(run, output, facts, FactChecker(facts), sources, before)

    def page(self, name: str, text: str) -> None:
        """Read a page on its way to the disk."""
        self._found[name] = [*self._reader.read(text, Path(name).suffix)]

    def end(self) -> None:
        """Read what else this run has written, then tell all strangers: first those of pages that have a file."""
        for name in readable(self.output):
            path = self.output / name
            if name not in self._found and self._before.get(name) != stamp(path):
                self.page(name, path.read_text("utf-8", "replace"))
        for name in sorted(self._found, key=lambda name: (name not in self.run.sources, name)):
            for stranger in self._found[name]:
                self._tell(name, stranger)

    def _tell(self, page: str, stranger: Mismatch) -> None:
        own = self._sources.of_page(page)
        if own is None and stranger in self._placed:  # a list or a feed repeats a page
            return
        places = self._sources.places(own, stranger)
        for source, line in places:
            if source is own:
                self._placed.add(stranger)
            if stranger.dials or not source.vouched.has(stranger.statement):
                self._problem(source.file.name, line, stranger, source.others)
        if not places and not (own and own.vouched.has(stranger.statement)):
            nowhere = ("", 0, stranger.statement.kind, stranger.statement.normal)
            if nowhere not in self._told:
                self._told.add(nowhere)
                self._problem(self._sources.name_of(page, self.output), 0, stranger)

    def _problem(self, file: str, line: int, stranger: Mismatch, others: str = '"others"') -> None:
        statement = stranger.statement
        # a summary without the words around may mean other days by the same time
        same = " ".join(statement.written.split()) if statement.kind is Kind.HOURS else statement.normal
        place = (file, line, statement.kind, same)
        if place not in self._told:
            self._told.add(place)
            self.run.problems.add(file, line, sentence(self.facts, stranger, others))


def sentence(facts: KnownFacts, stranger: Mismatch, others: str = '"others"') -> str:
    """What is wrong, what is true, and the way out; ``others`` is where to list what is somebody else's."""
    statement: Statement = stranger.statement
    said = " ".join(statement.written.split())
    if stranger.dials:
        return f'this link says "{said}" but leads to {stranger.dials}; let both be the same'
    article = "an" if statement.kind in {Kind.EMAIL, Kind.HOURS} else "a"
    return (
        f'"{said}" is not {article} {statement.kind.value} of the clinic {facts.instead(statement)}; correct it, '
        f"or list it under {others} with the reason it stands here"
    )
