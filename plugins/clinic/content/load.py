"""The content folder, read whole: each file is opened once, and everything that is wrong is found at once."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from clinic.content.checks import DocumentChecks
from clinic.content.clinic import (
    WHOLE_FILE,
    ClinicChecks,
    ClinicYaml,
    context_of,
    read_clinic_yaml,
    with_team_on,
    without_unknown_names,
)
from clinic.content.clock import utc_now
from clinic.content.comments import COMMENTS_FOLDER, Comments, CommentsReader
from clinic.content.diagnostics import Diagnostic, Severity
from clinic.content.documents import AnyFrontMatter, Document, DocumentReader, State
from clinic.content.front_matter import (
    MarkdownFile,
    not_opened,
    page_key,
    read_markdown_file,
    slug_of,
    with_files_beside,
)
from clinic.content.records import RECORD_FOLDERS, SERVICES, TEAM, Records, in_folder, is_left_out
from clinic.domain.articles.copies import Text, common_spellings, copies
from clinic.domain.checks.palette import Tokens
from clinic.domain.pages.page import generated_front_matter
from clinic.domain.pages.urls import is_left_by_a_system, static_path
from clinic.models.articles import ArticleFrontMatter, PageFrontMatter
from clinic.models.clinic import Clinic
from clinic.models.events import EventFrontMatter
from clinic.models.exercises import ExerciseFrontMatter
from clinic.models.location import LocationFrontMatter
from clinic.models.practitioner import PractitionerFrontMatter
from clinic.models.service import ServiceFrontMatter
from clinic.models.suggestions import suggestion
from clinic.models.types import slug_like, unique

POSTS, PAGES, LOCATIONS = "posts", "pages", "locations"
READ_FOLDERS = (POSTS, PAGES, *RECORD_FOLDERS, LOCATIONS, COMMENTS_FOLDER)
_FLAT_FOLDERS = tuple(f"{folder}/" for folder in (*RECORD_FOLDERS, LOCATIONS))
_PREFIXES = tuple(f"{folder}/" for folder in READ_FOLDERS)


@dataclass(frozen=True)
class Content:
    """Everything under the content folder, as of one moment. Documents are by key: the path below the folder.

    ``clinic`` has the facts as they are written, not as of a day; where ``clinic.yaml`` is wrong, stand-ins for the
    keys concerned. ``generated`` is the front matter of pages that follow from the facts, by key. ``files`` are the
    keys of all files; ``unopened`` are diagnostics of folders that cannot be read, so that nothing can be said of the
    rest; ``unreadable`` the file names, under ``services``, ``team`` and ``exercises``, of records that are
    wrong or drafts, so that naming them elsewhere is no further error.
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
    unopened: tuple[Diagnostic, ...] = ()

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
        """All documents by ``page_key``."""
        return {document.page_key: document for document in self.documents.values()}

    @property
    def holds(self) -> bool:
        """Whether ``clinic.yaml`` is right, so that what follows from it can be judged."""
        return self.clinic_yaml.holds

    def name_of(self, key: str) -> str:
        """A file as diagnostics show it: ``content/posts/x.md``."""
        return f"{self.shown_as}/{key}"


def load(
    folder: Path,
    *,
    shown_as: str | None = None,
    now: datetime | None = None,
    preview: bool = False,
    theme: Tokens | None = None,
) -> Content:
    """Read everything under ``folder``; never raises for what its files hold.

    ``shown_as`` names the folder in diagnostics; ``preview``: drafts count; ``theme`` are the theme's own colours,
    which the clinic's must go with. ``now`` decides states, who works at the clinic, and what lies in the future;
    without it everyone works there and nothing does.
    """
    return _Loading(folder, shown_as or folder.name, now, preview, theme).run()


@dataclass(frozen=True)
class _Loading:
    folder: Path
    shown_as: str
    now: datetime | None
    preview: bool
    theme: Tokens | None

    def run(self) -> Content:
        unopened: list[Diagnostic] = []
        files = tuple(sorted(self._walk(unopened)))
        clinic_yaml = read_clinic_yaml(self.folder, self.shown_as, self.now)
        moment = (self.now or utc_now()).astimezone(clinic_yaml.facts.zone)
        reader = DocumentReader(context_of(clinic_yaml.facts, self.now), moment)
        markdown = {key: self._opened(key) for key in files if key.endswith(".md") and key.startswith(_PREFIXES)}
        known = frozenset(files)
        markdown = {key: with_files_beside(file, key, known) for key, file in markdown.items()}
        records = Records.read(reader, markdown, preview=self.preview)
        clinic = without_unknown_names(records.assembled(clinic_yaml.facts))
        generated = generated_front_matter(clinic, moment.date(), frozenset(map(page_key, markdown)))
        for key in generated.keys() - set(map(page_key, markdown)):
            markdown[key] = MarkdownFile(f"{self.shown_as}/{key}", "", is_written=False)
        posts, pages, locations = (in_folder(folder, markdown) for folder in (POSTS, PAGES, LOCATIONS))
        comments = CommentsReader(clinic, moment, self.preview, records.absent[TEAM])
        content = Content(
            folder=self.folder,
            shown_as=self.shown_as,
            files=files,
            clinic_yaml=clinic_yaml,
            clinic=clinic,
            articles=_with_common_spellings({key: reader.article(key, file) for key, file in posts}),
            pages={key: reader.page(key, file, generated.get(page_key(key), {})) for key, file in pages},
            services=records.services,
            team=records.team,
            locations={key: reader.location(key, file, generated.get(page_key(key))) for key, file in locations},
            events=records.events,
            exercises=records.exercises,
            comments=comments.read(dict(in_folder(COMMENTS_FOLDER, markdown))),
            generated=generated,
            unreadable=records.absent,
            team_is_whole=records.team_is_whole,
            diagnostics=(),
            unopened=tuple(unopened),
        )
        today = moment.date() if self.now else date.min
        return replace(content, diagnostics=tuple(dict.fromkeys(self._diagnostics(content, records, today))))

    def _walk(self, unopened: list[Diagnostic]) -> Iterator[str]:
        """The keys of all files; a folder that cannot be read, or is a link, gets a diagnostic.

        Hidden files and folders, and what systems and editors leave behind, are passed over but in ``static/``.
        """

        def add(error: OSError) -> None:
            name = Path(os.fspath(error.filename)).relative_to(self.folder).as_posix()
            unopened.append(
                Diagnostic(f"{self.shown_as}/{name}" if name != "." else self.shown_as, 0, not_opened(error))
            )

        for root, folders, names in os.walk(self.folder, onerror=add):
            here = Path(root).relative_to(self.folder)
            if here.parts[:1] != ("static",):
                folders[:] = [name for name in folders if not name.startswith(".")]
            for linked in (name for name in folders if Path(root, name).is_symlink()):
                message = "this is a link to another folder, which is not read; put the folder itself here"
                unopened.append(Diagnostic(f"{self.shown_as}/{(here / linked).as_posix()}", 0, message))
            keys = ((here / name).as_posix() for name in names)
            yield from (key for key in keys if static_path(key) or not is_left_by_a_system(key))

    def _opened(self, key: str) -> MarkdownFile:
        first_key = "name" if key.startswith(f"{COMMENTS_FOLDER}/") else "title"
        return read_markdown_file(self.folder / key, f"{self.shown_as}/{key}", first_key)

    def _diagnostics(self, content: Content, records: Records, today: date) -> Iterator[Diagnostic]:
        clinic_yaml, whole_team = content.clinic_yaml, content.team_is_whole
        checks = document_checks(content, today)
        files, absent = frozenset(content.files), content.unreadable[SERVICES]
        yield from clinic_yaml.diagnostics
        clinic_checks = ClinicChecks(clinic_yaml, records.counted, files, absent, whole_team, self.theme, today)
        yield from clinic_checks.check(records.assembled(clinic_yaml.facts))
        for document in content.documents.values():
            if not is_left_out(document, self.preview) and not is_out_of_place(document.key):
                yield from document.diagnostics
                yield from checks.check(document)
        yield from _unknown_locations(content)
        yield from _copies(content)
        if content.clinic.comments:
            yield from content.comments.diagnostics


def document_checks(content: Content, today: date) -> DocumentChecks:
    """What every document is checked with, as of a day."""
    return DocumentChecks(with_team_on(today, content.clinic), content.unreadable, content.team_is_whole)


def is_out_of_place(key: str) -> bool:
    """Whether a file of a folder without folders in it lies deeper, so that it makes no record or page."""
    return key.startswith(_FLAT_FOLDERS) and page_key(key).count("/") > 1


def _with_common_spellings(
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
        same = {
            "tags": unique(tags[slug_of(tag)] if slug_of(tag) else tag for tag in given.tags),
            "category": categories[slug_of(given.category)] if given.category else None,
            "series": series[slug_like(given.series)] if given.series else None,
        }
        changed = {key: value for key, value in same.items() if value != getattr(given, key)}
        return replace(document, front_matter=given.model_copy(update=changed)) if changed else document

    return {key: spelt(document) for key, document in articles.items()}


def _copies(content: Content) -> Iterator[Diagnostic]:
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


def _unknown_locations(content: Content) -> Iterator[Diagnostic]:
    """Pages of locations that ``clinic.yaml`` does not have."""
    if content.clinic_yaml.faulty & {"locations", WHOLE_FILE}:
        return
    for document in content.locations.values():
        if document.state is State.NO_LOCATION:
            message = "the page of your only location is the contact page; put these words into pages/contact.md"
            if content.clinic.has_location_pages:
                message = f'unknown location "{document.stem}"{suggestion(document.stem, content.clinic.locations)}'
            yield Diagnostic(document.name, 0, message)
