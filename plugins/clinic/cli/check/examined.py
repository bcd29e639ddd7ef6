"""What the checks look at: the owner's files, the finished pages, and which page was made of which file."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from clinic.cli.check.pages import Page, resolved
from clinic.content.content import Content
from clinic.content.documents import AnyFrontMatter, Document, State
from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.domain.pages.urls import THANK_YOU

_SPECIAL = {"pages/not-found.md": "404.html", "pages/thank-you.md": THANK_YOU}
"""Pages whose address does not follow from the name of their file (``pelicanconf.py``)."""
_APART = frozenset({*_SPECIAL, "pages/search.md", "pages/book.md", "pages/blog.md"})
"""Pages that need no link from others: every site has them, also where people book elsewhere or nothing is written."""
_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\u202f": " "})
Where: TypeAlias = tuple[str, int]
"""A file as the owner knows it, and the line; 0 is the whole file."""


def plain(text: str) -> str:
    """Words with straight quotation marks, hyphens and single spaces, in small letters: as they may be typed."""
    return " ".join(text.translate(_SIGNS).casefold().replace("…", "...").split())


@dataclass(frozen=True)
class Source:
    """A file of the owner's, to find words in; ``name`` is how diagnostics call it."""

    name: str
    text: str

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Each line as ``plain`` has it."""
        return tuple(plain(line) for line in self.text.split("\n"))

    @cached_property
    def _all(self) -> str:
        return "\n".join(self.lines)

    def line_with(self, *words: str) -> int | None:
        """The line of the first of these words that is in it, from 1; words may begin on it and go on below."""
        for each in filter(None, map(plain, words)):
            position = self._all.find(each)
            if position < 0 and " " in each and (over := re.search(re.escape(each).replace(r"\ ", r"\s+"), self._all)):
                position = over.start()
            if position >= 0:
                return self._all.count("\n", 0, position) + 1
        return None


@dataclass(frozen=True)
class PublishedFile:
    """A published document with the source it was written in, and its page, where the site was built."""

    document: Document[AnyFrontMatter]
    address: str
    language: str
    source: Source
    page: Page | None = None

    def at(self, *key_path: str) -> Where:
        """The line of a key of its front matter."""
        return self.document.name, self.document.file.front_matter.line(key_path)

    @property
    def is_listed(self) -> bool:
        """Whether visitors are to find it: published, in lists, and no page for a special occasion."""
        return self.document.state is State.PUBLISHED and self.document.page_key not in _APART


@dataclass(frozen=True)
class Examined:
    """Everything, read once. ``pages`` and ``sizes`` are by path and empty where the site was not built.

    ``origins`` has the keys of the owner's files behind pictures and downloads, whose published names do not say that.
    """

    content: Content
    clinic: ClinicOnDay
    now: datetime
    public: str
    site: Path
    pages: Mapping[str, Page] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def files(self) -> tuple[PublishedFile, ...]:
        """Every published document that the owner has written, in all languages."""
        return tuple(self._files())

    def _files(self) -> Iterator[PublishedFile]:
        for content in (self.content, *self.content.translations):
            for document in content.documents.values():
                if document.state.is_public and document.file.is_written:
                    address = content.language_folder + _SPECIAL.get(document.page_key, document.path)
                    source, page = Source(document.name, document.file.text), self.by_address.get(address)
                    yield PublishedFile(document, address, content.clinic.language, source, page)

    @cached_property
    def by_address(self) -> Mapping[str, Page]:
        """The pages by their addresses from the root of the site."""
        return {page.address: page for page in self.pages.values()}

    @cached_property
    def file_at(self) -> Mapping[str, PublishedFile]:
        """The documents by the addresses of their pages."""
        return {file.address: file for file in self.files}

    @cached_property
    def facts(self) -> Source:
        """``clinic.yaml``."""
        return Source(self.content.clinic_yaml.name, self.content.clinic_yaml.text)

    @property
    def sources(self) -> tuple[Source, ...]:
        """``clinic.yaml``, then every published file."""
        return self.facts, *(file.source for file in self.files)

    def where(self, page: Page, *words: str) -> Where | None:
        """Where the owner wrote the first of these words of a page: in its own file, else in ``clinic.yaml``."""
        file = self.file_at.get(page.address)
        for source in (*((file.source,) if file else ()), self.facts):
            if line := source.line_with(*words):
                return source.name, line
        return None

    def target(self, page: Page, url: str) -> tuple[str, str] | None:
        """Where a link leads, as ``resolved``; an address from the root means the same on every page."""
        return resolved(self.public, "" if url.startswith("/") else page.address, url)

    def page_at(self, address: str) -> Page | None:
        """The page that a host shows at an address, with or without its last slash."""
        return self.by_address.get(address) or self.by_address.get(f"{address}/") or self.pages.get(f"{address}.html")
