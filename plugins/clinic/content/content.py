"""Everything under the content folder in one language, and what its files have in common."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from clinic.content.clinic import WHOLE_FILE, ClinicYaml
from clinic.content.comments import Comments
from clinic.content.diagnostics import Diagnostic, Severity
from clinic.content.documents import AnyFrontMatter, Document, DocumentReader, State
from clinic.content.folder import RECORD_FOLDERS
from clinic.content.front_matter import page_key, slug_of
from clinic.content.records import Records
from clinic.domain.articles.copies import Text, common_spellings, copies
from clinic.models.articles import ArticleFrontMatter, PageFrontMatter
from clinic.models.clinic import Clinic
from clinic.models.events import EventFrontMatter
from clinic.models.exercises import ExerciseFrontMatter
from clinic.models.language import bare, write_in
from clinic.models.location import LocationFrontMatter
from clinic.models.practitioner import PractitionerFrontMatter
from clinic.models.service import ServiceFrontMatter
from clinic.models.suggestions import suggestion
from clinic.models.types import KeyPath, slug_like, unique

_BESIDE_WORDS = re.compile(r"[\s_'’-]+")
_FLAT_FOLDERS = tuple(f"{folder}/" for folder in RECORD_FOLDERS)


@dataclass(frozen=True)
class Content:
    """Everything under the content folder, as of one moment. Documents are by key: the path below the folder.

    ``clinic`` has the facts as they are written, not as of a day; where ``clinic.yaml`` is wrong, stand-ins for the
    keys concerned. ``generated`` is the front matter of pages that follow from the facts, by key: of those that a
    file adds words to, and of the required ones that have no file. ``files`` are the keys of all files; ``unopened``
    are diagnostics of folders that cannot be read, so that nothing can be said of the rest; ``unreadable`` the file
    names, under ``services``, ``team`` and ``exercises``, of records that are wrong or drafts, so that naming them
    elsewhere is no further error.

    Of a site in several languages each has a Content: ``translations`` are those beside the clinic's own. ``reader`` is
    what the documents were read with; ``foreign`` are the texts that are in the clinic's own language for want of
    another; ``left_out`` are the keys of files that are in no language of the site: what is wrong is told, or they are
    drafts; ``preview``: drafts count.
    """

    folder: Path
    shown_as: str
    files: tuple[str, ...]
    clinic_yaml: ClinicYaml
    clinic: Clinic
    articles: Mapping[str, Document[ArticleFrontMatter]]
    pages: Mapping[str, Document[PageFrontMatter]]
    services: Mapping[str, Document[ServiceFrontMatter]]
    team: Mapping[str, Document[PractitionerFrontMatter]]
    locations: Mapping[str, Document[LocationFrontMatter]]
    events: Mapping[str, Document[EventFrontMatter]]
    exercises: Mapping[str, Document[ExerciseFrontMatter]]
    comments: Comments
    generated: Mapping[str, Mapping[str, str]]
    unreadable: Mapping[str, frozenset[str]]
    team_is_whole: bool
    diagnostics: tuple[Diagnostic, ...]
    reader: DocumentReader
    unopened: tuple[Diagnostic, ...] = ()
    foreign: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    translations: tuple["Content", ...] = ()
    preview: bool = False

    @property
    def language_folder(self) -> str:
        """The folder of the site that the pages of another language are in: ``cy/``; empty for the clinic's own."""
        own = bare(self.reader.own)
        return "" if bare(self.clinic.language) == own else f"{bare(self.clinic.language)}/"

    def speak(self) -> None:
        """From now on, words and dates are in the language of this content."""
        write_in(self.clinic.language, self.clinic.country, self.clinic.words)

    @property
    def records(self) -> Records:
        """The documents of services, team, events and exercises."""
        return Records(self.services, self.team, self.events, self.exercises, self.preview)

    @property
    def menu_keys(self) -> frozenset[str]:
        """The ``page_key`` of each page that stands in the menu."""
        return frozenset(page.page_key for page in self.pages.values() if page.front_matter.menu)

    @property
    def all_documents(self) -> Mapping[str, Document[AnyFrontMatter]]:
        """The documents of all languages, by key."""
        found = dict(self.documents)
        for translation in self.translations:
            found |= translation.documents
        return found

    @cached_property
    def documents(self) -> Mapping[str, Document[AnyFrontMatter]]:
        """All documents by key; comments are none."""
        return {
            **self.articles,
            **self.pages,
            **self.services,
            **self.team,
            **self.locations,
            **self.events,
            **self.exercises,
        }

    @cached_property
    def by_page(self) -> Mapping[str, Document[AnyFrontMatter]]:
        """All documents by ``page_key``; in place of a draft the page that follows from the facts."""
        drafts_first = sorted(self.documents.values(), key=lambda document: document.state is not State.DRAFT)
        return {document.page_key: document for document in drafts_first}

    @property
    def holds(self) -> bool:
        """Whether ``clinic.yaml`` is right, so that what follows from it can be judged."""
        return self.clinic_yaml.holds

    def name_of(self, key: str) -> str:
        """A file as diagnostics show it: ``content/posts/x.md``."""
        return f"{self.shown_as}/{key}"


def is_out_of_place(key: str) -> bool:
    """Whether a file of a folder without folders in it lies deeper, so that it makes no record or page."""
    return key.startswith(_FLAT_FOLDERS) and page_key(key).count("/") > 1


def with_common_spellings(
    articles: Mapping[str, Document[ArticleFrontMatter]],
) -> dict[str, Document[ArticleFrontMatter]]:
    """Tags, categories and series that differ in capitals, spaces or hyphens alone are one, as most have spelt it."""
    oldest_first = sorted(articles.values(), key=lambda document: document.age)
    public = [document.front_matter for document in oldest_first if document.state.is_public]
    written = [*public, *(document.front_matter for document in oldest_first if not document.state.is_public)]
    tags = common_spellings((tag for each in written for tag in each.tags), slug_of)
    categories = common_spellings((each.category for each in written if each.category), slug_of)
    series = common_spellings((each.series for each in written if each.series), slug_like)

    def spelt(document: Document[ArticleFrontMatter]) -> Document[ArticleFrontMatter]:
        given = document.front_matter
        names: dict[KeyPath, tuple[str, str]] = {
            ("tags", place): (tag, tags.get(slug_of(tag), tag)) for place, tag in enumerate(given.tags)
        }
        if given.category:
            names["category",] = given.category, categories[slug_of(given.category)]
        if given.series:
            names["series",] = given.series, series[slug_like(given.series)]
        if all(name == shown for name, shown in names.values()):
            return document
        one = {str(key_path[0]): shown for key_path, (_, shown) in names.items()}
        changed = {**one, "tags": unique(shown for key_path, (_, shown) in names.items() if key_path[0] == "tags")}
        told = tuple(_joined(document, *each) for each in names.items() if _is_other_name(*each[1]))
        front_matter = given.model_copy(update=changed)
        return replace(document, front_matter=front_matter, diagnostics=(*document.diagnostics, *told))

    return {key: spelt(document) for key, document in articles.items()}


def _is_other_name(name: str, shown: str) -> bool:
    """Whether two names that make one address are told apart by more than capitals, spaces, hyphens and apostrophes."""
    plain, other = (_BESIDE_WORDS.sub("", each.casefold()) for each in (name, shown))
    return plain != other


def _joined(document: Document[ArticleFrontMatter], key_path: KeyPath, names: tuple[str, str]) -> Diagnostic:
    name, shown = names
    what = "tag" if key_path[0] == "tags" else key_path[0]
    message = f'the {what} "{name}" has the same address as "{shown}", so the site shows both as "{shown}"'
    line = document.file.front_matter.line(key_path)
    return Diagnostic(document.name, line, f"{message}; write one of them in other words", Severity.WARNING)


def copies_told(content: Content) -> Iterator[Diagnostic]:
    """Articles that are or will be published and say what an older one says; with one address they have an error."""
    shown = [found for found in content.articles.values() if found.state not in {State.DRAFT, State.EXPIRED}]
    shown.sort(key=lambda document: document.age)
    texts = (
        Text(found.key, found.front_matter.title, found.file.body) for found in shown if not found.file.diagnostics
    )
    for key, original in copies(texts):
        document, other = content.articles[key], content.articles[original]
        if document.slug != other.slug:
            message = f"this says what {other.name} says already; remove one of the two, or make it a draft"
            yield Diagnostic(document.name, 0, message, Severity.WARNING)


def unknown_locations(content: Content) -> Iterator[Diagnostic]:
    """Pages of locations that ``clinic.yaml`` does not have."""
    if content.clinic_yaml.faulty & {"locations", WHOLE_FILE}:
        return
    for document in content.locations.values():
        if document.state is State.NO_LOCATION:
            message = "the page of your only location is the contact page; put these words into pages/contact.md"
            if content.clinic.has_location_pages:
                message = f'unknown location "{document.stem}"{suggestion(document.stem, content.clinic.locations)}'
            yield Diagnostic(document.name, 0, message)
