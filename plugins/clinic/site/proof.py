"""The proof: after a build, everything that was written is held against the clinic's facts.

Pages are read as they are handed to the disk; whatever else is there in the end and was not before is read back.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from pelican import Pelican

from clinic.facts.claims.claim import Claim, Kind
from clinic.facts.claims.plain import plain
from clinic.facts.others import Vouched
from clinic.facts.true_facts import TrueFacts
from clinic.files.clinic_folder import CLINIC_FILE
from clinic.files.places import WrittenFile
from clinic.rendering.proof_reading import ProofReader, Stranger
from clinic.site.bodies import Source
from clinic.site.checking import report
from clinic.site.run import Run, run_of

_READ = (".html", ".xml", ".txt", ".json", ".webmanifest", ".vcf", ".ics", ".csv", ".svg")
_ADDRESSES_ALONE = frozenset({"sitemap.xml", "robots.txt"})
_ONE_PLACE = frozenset({Kind.HOURS, Kind.REGISTRATION})
"""Kinds whose words may stand elsewhere and mean something else."""
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
    told = set(run.problems)
    if run.proof:
        run.proof.end()
    if len(run.problems) > len(told):
        end = "The pages are written, but are not fit to be seen."
        report(run, pelican.settings, go_on=run.preview, told=told, end=end)


@dataclass
class _Source:
    """A file that strangers may come from, and what its header vouches for."""

    file: WrittenFile
    vouched: Vouched


@dataclass
class Proof:
    """One reading of a whole site; strangers are told where they were written, each place once."""

    run: Run
    output: Path
    theme: Path
    facts: TrueFacts
    _reader: ProofReader
    _before: Mapping[str, Stamp]
    _found: dict[str, list[Stranger]] = field(default_factory=dict)
    """By the path of the file; every page that was read is in it."""
    _own: dict[str, _Source] = field(default_factory=dict)
    _elsewhere: dict[tuple[Stranger, bool], list[tuple[_Source, int]]] = field(default_factory=dict)
    _all: list[_Source] = field(default_factory=list)
    _told: set[tuple[str, int, Kind, Any]] = field(default_factory=set)

    @classmethod
    def begin(cls, run: Run, settings: Mapping[str, Any], output: Path) -> "Proof | None":
        """Before anything is written; None where the facts are too broken to say what is true."""
        if not run.folder.holds:
            return None
        facts = TrueFacts.of(run.folder.clinic)
        before = {name: stamp(output / name) for name in readable(output)}
        return cls(run, output, Path(settings["THEME"]), facts, ProofReader(facts), before)

    def page(self, name: str, text: str) -> None:
        """Read a page on its way to the disk."""
        self._found[name] = [*self._reader.read(text, Path(name).suffix)]

    def end(self) -> None:
        """Read what else this run has written, then tell all strangers."""
        for name in readable(self.output):
            path = self.output / name
            if name not in self._found and self._before.get(name) != stamp(path):
                self.page(name, path.read_text("utf-8", "replace"))
        for name, strangers in sorted(self._found.items()):
            for stranger in strangers:
                self._tell(name, stranger)

    def _tell(self, page: str, stranger: Stranger) -> None:
        own = self._source_of(page)
        places = [*self._places(own, stranger)]
        for source, line in places:
            if stranger.dials or not source.vouched.has(stranger.claim):
                self._problem(source.file.name, line, stranger)
        if not places and not (own and own.vouched.has(stranger.claim)):
            nowhere = ("", 0, stranger.claim.kind, stranger.claim.normal)
            if nowhere not in self._told:
                self._told.add(nowhere)
                self._problem(self.run.name_of(self.output / page), 0, stranger)

    def _problem(self, file: str, line: int, stranger: Stranger) -> None:
        place = (file, line, stranger.claim.kind, stranger.claim.normal)
        if place not in self._told:
            self._told.add(place)
            self.run.problems.add(file, line, sentence(self.facts, stranger))

    def _places(self, own: _Source | None, stranger: Stranger) -> Iterable[tuple[_Source, int]]:
        """Where it is written: first in the file that the page is made of, first word for word."""
        for in_context in (True, False):
            if own and (lines := _lines(own, stranger, in_context=in_context)):
                return [(own, line) for line in lines]
            if found := self._places_elsewhere(stranger, in_context=in_context):
                return found
        return ()

    def _places_elsewhere(self, stranger: Stranger, *, in_context: bool) -> list[tuple[_Source, int]]:
        if (stranger, in_context) not in self._elsewhere:
            found = (
                (source, line) for source in self._sources() for line in _lines(source, stranger, in_context=in_context)
            )
            self._elsewhere[stranger, in_context] = [*found]
        return self._elsewhere[stranger, in_context]

    def _source_of(self, page: str) -> _Source | None:
        if page not in self._own and page in self.run.sources:
            source = self.run.sources[page]
            there = source.path.is_file()  # a page may follow from the facts
            text = source.path.read_text("utf-8-sig", "replace") if there else ""
            written = WrittenFile(source.file.name, text, source.file.body_line)
            self._own[page] = _Source(written, self._vouched(_others(source)))
        return self._own.get(page)

    def _sources(self) -> list[_Source]:
        """Every file of the owner's that is published, and the theme's."""
        if not self._all:
            facts = self.run.content / CLINIC_FILE
            text = facts.read_text("utf-8-sig", "replace")
            nothing = self._vouched(())
            own = (source for page in self.run.sources if (source := self._source_of(page)))
            whole = WrittenFile(self.run.name_of(facts), text, text.count("\n") + 2)
            theme = (
                WrittenFile(self.run.name_of(path), path.read_text("utf-8"), 1)
                for path in sorted((self.theme / "templates").rglob("*.html"))
            )
            self._all = [_Source(whole, nothing), *own, *(_Source(file, nothing) for file in theme)]
        return self._all

    def _vouched(self, texts: Iterable[str]) -> Vouched:
        return Vouched(texts, self.facts.finder)


def _others(source: Source) -> Iterator[str]:
    """What the header of a file vouches for; one that is wrong has its problem already."""
    listed = source.file.header.value.get("others", ())
    return (str(other["text"]) for other in listed if isinstance(other, dict) and "text" in other)


def _lines(source: _Source, stranger: Stranger, *, in_context: bool) -> list[int]:
    claim = stranger.claim
    found = source.file.lines(plain(stranger.passage), claim.start, claim.end, in_context=in_context)
    return found[:1] if claim.kind in _ONE_PLACE and not in_context else found


def sentence(facts: TrueFacts, stranger: Stranger) -> str:
    """What is wrong, what is true, and the way out."""
    claim: Claim = stranger.claim
    if stranger.dials:
        return f'this link says "{claim.written}" but leads to {stranger.dials}; let both be the same'
    article = "an" if claim.kind in {Kind.EMAIL, Kind.HOURS} else "a"
    return (
        f'"{claim.written}" is not {article} {claim.kind.value} of the clinic {facts.instead(claim)}; correct it, '
        'or list it under "others" with the reason it stands here'
    )
