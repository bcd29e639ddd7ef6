"""Where strangers come from: the files that the site is made of, and what their headers vouch for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from clinic.content.clinic import CLINIC_FILE
from clinic.content.front_matter import read_markdown_file
from clinic.domain.pages.urls import article_path
from clinic.fact_check.exemptions import Exemptions
from clinic.fact_check.locate import WrittenFile
from clinic.fact_check.statements.finding import StatementFinder
from clinic.fact_check.statements.statement import Kind, plain
from clinic.fact_check.verify import Mismatch
from clinic.plugin.context import Run
from clinic.plugin.documents import Source

_ONE_PLACE = frozenset({Kind.HOURS, Kind.REGISTRATION})
"""Kinds whose words may stand elsewhere and mean something else."""


@dataclass(frozen=True)
class SourceFile:
    """A file that strangers may come from; ``others`` is where what is not the clinic's own is listed for it."""

    file: WrittenFile
    vouched: Exemptions
    others: str = '"others"'


class SourceFiles:
    """The files of one run, read when the first stranger asks for them."""

    def __init__(self, run: Run, theme: Path, finder: StatementFinder) -> None:
        self._run = run
        self._theme = theme
        self._finder = finder
        self._own: dict[str, SourceFile] = {}
        self._elsewhere: dict[tuple[Mismatch, bool], list[tuple[SourceFile, int]]] = {}

    def of_page(self, page: str) -> SourceFile | None:
        """The file that a page is made of; None for lists, feeds, and what else has no file of its own."""
        if page not in self._own and page in self._run.sources:
            source = self._run.sources[page]
            there = source.path.is_file()  # a page may follow from the facts
            text = source.path.read_text("utf-8-sig", "replace") if there else ""
            written = WrittenFile(source.file.name, text, source.file.body_line)
            self._own[page] = SourceFile(written, self._vouched(_others(source)))
        return self._own.get(page)

    def places(self, own: SourceFile | None, stranger: Mismatch) -> list[tuple[SourceFile, int]]:
        """Where it is written: first in the file that the page is made of, first word for word."""
        for in_context in (True, False):
            if own and (lines := _lines(own, stranger, in_context=in_context)):
                return [(own, line) for line in lines]
            if found := self._places_elsewhere(stranger, in_context=in_context):
                return found
        return []

    def name_of(self, page: str, output: Path) -> str:
        """How the owner knows a written file: one of hers that was only copied by its own name."""
        images = {image.path: path for path, image in self._run.images.images.items()}
        copied = self._run.content / images.get(page, page)
        return self._run.name_of(copied if copied.is_file() else output / page)

    def _places_elsewhere(self, stranger: Mismatch, *, in_context: bool) -> list[tuple[SourceFile, int]]:
        if (stranger, in_context) not in self._elsewhere:
            self._elsewhere[stranger, in_context] = [
                (source, line) for source in self._all for line in _lines(source, stranger, in_context=in_context)
            ]
        return self._elsewhere[stranger, in_context]

    @cached_property
    def _all(self) -> list[SourceFile]:
        """The facts, every file of the owner's that is published, the comments, and the theme's templates."""
        facts = self._run.content / CLINIC_FILE
        text = facts.read_text("utf-8-sig", "replace")
        nothing = self._vouched(())
        own = (source for page in self._run.sources if (source := self.of_page(page)))
        whole = WrittenFile(self._run.name_of(facts), text, text.count("\n") + 2)
        theme = (
            WrittenFile(self._run.name_of(path), path.read_text("utf-8"), 1)
            for path in sorted((self._theme / "templates").rglob("*.html"))
        )
        return [SourceFile(whole, nothing), *own, *self._comments(), *(SourceFile(file, nothing) for file in theme)]

    def _comments(self) -> Iterator[SourceFile]:
        """A comment has no list of others: its article's serves."""
        for key in sorted(self._run.comment_files):
            path = self._run.content / key
            article = self.of_page(f"{article_path(path.parent.name)}index.html")
            file = read_markdown_file(path, self._run.name_of(path))
            written = WrittenFile(file.name, path.read_text("utf-8-sig", "replace"), file.body_line)
            yield SourceFile(written, article.vouched if article else self._vouched(()), '"others" of its article')

    def _vouched(self, texts: Iterable[str]) -> Exemptions:
        return Exemptions(texts, self._finder)


def _others(source: Source) -> Iterator[str]:
    """What the header of a file vouches for; one that is wrong has its problem already."""
    listed = source.file.front_matter.value.get("others", ())
    return (str(other["text"]) for other in listed if isinstance(other, dict) and "text" in other)


def _lines(source: SourceFile, stranger: Mismatch, *, in_context: bool) -> list[int]:
    statement = stranger.statement
    found = source.file.lines(plain(stranger.passage), statement.start, statement.end, in_context=in_context)
    return found[:1] if statement.kind in _ONE_PLACE and not in_context else found
