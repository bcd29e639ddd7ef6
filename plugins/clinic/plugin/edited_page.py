"""The page of a file that has just been edited, written by the build that made the site and is still in memory.

A new text changes its own page and, more or less, many others: lists, feeds, related articles, the search. Its own page
is what the owner looks at, so the preview writes that one first and builds the whole site behind it. It has to be the
page that a fresh build writes, to the byte; where that is not certain, ``NeedsWholeBuild`` is raised and nothing
is written.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pelican import Pelican, signals

from clinic.content.clock import utc_now
from clinic.content.diagnostics import Diagnostic, Diagnostics
from clinic.content.documents import Document
from clinic.content.folder import EXERCISES, PAGES, POSTS, refusal
from clinic.content.front_matter import MarkdownFile, read_markdown_file, with_files_beside
from clinic.content.load import document_checks
from clinic.domain.pages.urls import is_left_by_a_system
from clinic.domain.schedule import upcoming
from clinic.plugin import adapter
from clinic.plugin.build import KEY, Build
from clinic.plugin.comments import discussions
from clinic.plugin.context import shown_path
from clinic.plugin.documents import ReadDocument, Reading, read_document
from clinic.plugin.gate import of_page
from clinic.plugin.index import lead_nowhere, show_article_lists, show_images
from clinic.plugin.links import LinkCheck, file_meant
from clinic.plugin.outputs import rebuilds
from clinic.plugin.pelican_types import Content
from clinic.plugin.reader import metadata_of
from clinic.plugin.search import SearchIndex
from clinic.plugin.site_folder import SiteFolder
from clinic.plugin.translations import spoken
from clinic.plugin.writer import ClinicWriter

_KEYS_OF_ONE_PAGE = {
    POSTS: frozenset({"title", "summary", "references", "others", "claims"}),
    PAGES: frozenset({"title", "summary", "others", "claims"}),
}
"""Keys of the front matter that change nothing on the page of the file but what is rendered from them again."""
_PELICANS_OWN = frozenset({"authors", "category", "tags", "date", "modified", "slug", "status"})
"""Metadata that follow from other keys, and that Pelican has made objects of its own of."""


class NeedsWholeBuild(Exception):
    """Why one page alone cannot be written; ``diagnostics`` are all that is wrong in its file, where it is known."""

    def __init__(self, reason: str, diagnostics: tuple[Diagnostic, ...] | None = None) -> None:
        super().__init__(reason)
        self.diagnostics = diagnostics


class FinishedBuild:
    """A build that has written its site, for as long as nothing but the texts of its documents has changed."""

    def __init__(self, build: Build, output: Path, own: Build | None = None) -> None:
        """``own`` is the build in the clinic's own language, where this one is of a translation."""
        self._build = build
        self._own = own or build
        self._translations = [FinishedBuild(each, output, build) for each in build.translations]
        self._context = build.context
        self._output = output
        self._links = LinkCheck(build.context, build.index.library)
        self._checks = document_checks(build.context.content, build.context.now.date())
        becomes_wrong = upcoming(rebuilds(self._own), build.context.now)
        self._valid_until = becomes_wrong[0].at if becomes_wrong else None

    def write_page(self, keys: Iterable[str]) -> tuple[Diagnostic, ...]:
        """Read the one file that has changed among ``keys`` again, and write its page.

        ``keys`` are paths below the content folder, of everything that has changed since this build read it. Gives
        every diagnostic of the site as it is then. Raises NeedsWholeBuild before anything has been changed; after
        anything else that it raises nobody knows what has.
        """
        changed = self._changed(keys)
        for translation in self._translations:
            if translation.has(changed):
                with spoken(self._build, translation._build):  # noqa: SLF001 (of this class)
                    return translation.write_page([changed])
        content = self._page_of(changed)
        before = {*self._diagnostics_of(content), *self._reported(self._name_of(content))}
        document = self._read_again(content.read.document)
        found: list[Diagnostic] = []
        read = read_document(self._context, document, found)
        self._check_files(content, read)
        self._take(content, read, found)
        self._write(content)
        now = {*self._diagnostics_of(content), *self._diagnostics_of_links(content)}
        self._own.diagnostics = Diagnostics({*self._own.diagnostics} - before | now)
        return tuple(self._own.diagnostics)

    def has(self, key: str) -> bool:
        """Whether a file is in the language of this build."""
        return key in self._context.content.documents

    def write_search_index(self) -> None:
        """Make the search index of the pages as they are now; it appears whole or not at all."""
        with tempfile.TemporaryDirectory(prefix=".search-", dir=self._output) as folder:
            whole, settings = SiteFolder(Path(folder)), self._build.generators.settings
            for build in self._build.every:
                part = build.context.address.part.folder
                SearchIndex.begin(build, settings).write(whole.below(part))
                for made in (Path(folder) / part).glob("pagefind"):
                    made.rename(self._output / part / made.name)

    def _changed(self, keys: Iterable[str]) -> str:
        """The one file that has changed, beside those that an editor has made and removed again."""
        content = self._context.content
        known = {key for key in keys if key in content.files or (content.folder / key).exists()}
        changed = {key for key in known if not is_left_by_a_system(key)}
        if len(changed) != 1:
            raise NeedsWholeBuild("more than one file has changed")
        if any(refusal(content.folder / key, content.folder) for key in changed):
            raise NeedsWholeBuild("it is a link to something else")
        return changed.pop()

    def _page_of(self, key: str) -> Content:
        """The article or page of a file, if its page depends on nothing that is not known here."""
        context, index = self._context, self._build.index
        moment = utc_now()
        is_another_day = moment.astimezone(context.clinic.zone).date() != context.now.date()
        if is_another_day or (self._valid_until and moment >= self._valid_until):
            raise NeedsWholeBuild("the site is another one by now")
        if index.twins:
            raise NeedsWholeBuild("two files have one address")
        content = next((found for found in index.contents if found.read.key == key), None)
        if content is None or not content.save_as:
            raise NeedsWholeBuild("the file has no page of its own")
        return content

    def _read_again(self, old: Document[Any]) -> Document[Any]:
        if old.folder == EXERCISES:
            raise NeedsWholeBuild("sheets of exercises show its text")
        context = self._context
        path, files = context.content.folder / old.key, frozenset(context.content.files)
        file = with_files_beside(read_markdown_file(path, old.name), old.key, files)
        if file.diagnostics:
            raise NeedsWholeBuild("its front matter cannot be read", file.diagnostics)
        if file.front_matter == old.file.front_matter and not old.file.diagnostics:
            return replace(old, file=file)
        return self._with_front_matter(old, file)

    def _with_front_matter(self, old: Document[Any], file: MarkdownFile) -> Document[Any]:
        """The document with keys that concern its page alone; any other change is one of the site."""
        content, key = self._context.content, old.key
        if old.folder not in _KEYS_OF_ONE_PAGE:
            raise NeedsWholeBuild("it makes a record")
        reader = content.reader
        new: Document[Any] = (
            reader.article(key, file)
            if old.folder == POSTS
            else reader.page(key, file, content.generated.get(old.page_key, {}))
        )
        if new.diagnostics:
            raise NeedsWholeBuild("its front matter is wrong", (*new.diagnostics, *self._checks.check(new)))
        given, former = file.front_matter.value, old.file.front_matter.value
        changed = {name for name in {*given, *former} if given.get(name) != former.get(name)}
        in_menu = "title" in changed and old.key in self._build.index.menus.named
        if not changed <= _KEYS_OF_ONE_PAGE[old.folder] or in_menu or old.diagnostics:
            raise NeedsWholeBuild("other pages follow from its front matter")
        lines_moved = file.front_matter.lines != old.file.front_matter.lines
        if lines_moved and any(found.file == old.name and found.line for found in self._own.diagnostics):
            raise NeedsWholeBuild("what is known of it has other lines now")
        update = {name: getattr(new.front_matter, name) for name in changed}
        return replace(old, file=file, front_matter=old.front_matter.model_copy(update=update))

    def _check_files(self, content: Content, read: ReadDocument) -> None:
        """Raise NeedsWholeBuild if the page shows or links to files that this build has not published."""
        index = self._build.index
        ready = {*index.images.images, *index.copied}
        for reference in read.references:
            path = file_meant(content, reference.url)
            if reference.url.startswith("{attach}") or (path in index.library.files and path not in ready):
                raise NeedsWholeBuild("it uses a file that is not published yet")

    def _take(self, content: Content, read: ReadDocument, found: list[Diagnostic]) -> None:
        """Let the build hold the new text in place of the old one, as if it had been read so from the beginning."""
        build, context, index = self._build, self._context, self._build.index
        metadata = metadata_of(context, read, content.settings)
        adapter.reread(content, read.html, {name: metadata[name] for name in metadata.keys() - _PELICANS_OWN})
        kept = (other for other in build.reading.diagnostics if other.file != read.name)
        build.reading = Reading({**build.reading.documents, read.key: read}, (*kept, *found))
        lead_nowhere(self._links.broken(content))
        show_images(context, index, (content,))
        show_article_lists(context, index, (content,))
        article = next((article for article in index.articles if article is content), None)
        if article and index.neighbourhood:
            index.neighbourhood.reread(article)
            index.navigation[read.key] = index.neighbourhood.navigation_of(article)
            index.discussions.update(discussions(context, (article,)))  # a mail to the clinic names the title

    def _write(self, content: Content) -> None:
        settings = self._build.generators.settings
        # which writes beside, so that nobody sees half a page
        self._build.site = SiteFolder(self._output, self._context.address.part.folder)
        self._build.generators.write(content, ClinicWriter(str(self._output), settings))

    def _diagnostics_of(self, content: Content) -> Iterator[Diagnostic]:
        """Everything wrong with a document that follows from its own text, but for the links that templates add."""
        document = content.read.document
        yield from (found for found in self._build.reading.diagnostics if found.file == document.name)
        yield from document.diagnostics
        yield from self._checks.check(document)
        broken = tuple(self._links.broken(content))
        yield from (link.diagnostic for link in broken)
        yield from of_page(self._context, self._links, content, {link.url for link in broken})
        yield from self._build.facts.page(content)

    def _diagnostics_of_links(self, content: Content) -> Iterator[Diagnostic]:
        pages = {content.save_as: self._build.written.addresses[content.save_as]}
        return self._build.facts.links(pages, self._folder)

    def _name_of(self, content: Content) -> str:
        """As diagnostics name its written page."""
        return f"{self._folder}/{content.save_as}"

    @property
    def _folder(self) -> str:
        """The folder of its language as diagnostics name it."""
        return f"{shown_path(self._output)}/{self._context.address.part.folder}".rstrip("/")

    def _reported(self, file: str) -> Iterator[Diagnostic]:
        return (found for found in self._own.diagnostics if found.file == file)


def keep_finished_build() -> Callable[[], FinishedBuild | None]:
    """Keep what the run of Pelican that comes next leaves in memory; what this returns gives it once that has ended."""
    ended: list[Pelican] = []
    signals.finalized.connect(ended.append, weak=False)

    def finished() -> FinishedBuild | None:
        build = ended[0].settings.get(KEY) if ended else None  # a project may do without our plugin
        return FinishedBuild(build, Path(ended[0].output_path)) if build and hasattr(build, "written") else None

    return finished
