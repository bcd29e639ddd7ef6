"""The content folder, read whole: each file is opened once, and everything that is wrong is found at once."""

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from clinic.content.checks import DocumentChecks
from clinic.content.clinic import (
    ClinicChecks,
    ClinicYaml,
    assemble,
    context_of,
    in_other_language,
    read_clinic_yaml,
    with_team_on,
    without_unknown_names,
)
from clinic.content.clock import utc_now
from clinic.content.comments import COMMENTS_FOLDER, CommentsReader
from clinic.content.content import (
    LOCATIONS,
    PAGES,
    POSTS,
    READ_FOLDERS,
    SERVICES,
    TEAM,
    Content,
    copies_told,
    is_out_of_place,
    unknown_locations,
    with_common_spellings,
)
from clinic.content.diagnostics import Diagnostic
from clinic.content.documents import AnyModel, Document, DocumentReader, State
from clinic.content.front_matter import MarkdownFile, not_opened, read_markdown_file, with_files_beside
from clinic.content.languages import Spoken, by_language
from clinic.content.translated import (
    generated_key,
    languages_shown,
    left_out,
    originals_of,
    required_pages,
    untranslated_texts,
    with_untranslated,
)
from clinic.domain.checks.palette import Tokens
from clinic.domain.pages.page import generated_front_matter
from clinic.domain.pages.urls import is_left_by_a_system, static_path
from clinic.models.clinic import Clinic, ClinicFile
from clinic.models.language import bare
from clinic.models.practitioner import PractitionerFrontMatter
from clinic.models.service import ServiceFrontMatter

_PREFIXES = tuple(f"{folder}/" for folder in READ_FOLDERS)


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
        markdown = {key: self._opened(key) for key in files if key.endswith(".md") and key.startswith(_PREFIXES)}
        known = frozenset(files)
        markdown = {key: with_files_beside(file, key, known) for key, file in markdown.items()}
        replies = dict(_in(COMMENTS_FOLDER, markdown))
        texts = {key: file for key, file in markdown.items() if key not in replies}
        spoken = by_language(texts, clinic_yaml.facts.language)
        own = self._content(files, clinic_yaml, spoken, replies)
        codes = [*languages_shown(spoken, clinic_yaml, preview=self.preview)]
        in_others = (in_other_language(clinic_yaml, code, self.now) for code in codes)
        translations = tuple(self._content(files, facts, spoken, replies, own) for facts in in_others)
        own.speak()
        return replace(
            own,
            translations=translations,
            left_out=spoken.refused | left_out(spoken, codes),
            unopened=tuple(unopened),
            diagnostics=tuple(dict.fromkeys((*own.diagnostics, *spoken.diagnostics))),
        )

    def _content(
        self,
        files: tuple[str, ...],
        clinic_yaml: ClinicYaml,
        spoken: Spoken,
        replies: Mapping[str, MarkdownFile],
        own: Content | None = None,
    ) -> Content:
        """Everything in one language: the clinic's, or another, for which ``own`` is what there is in the clinic's."""
        facts, moment = clinic_yaml.facts, (self.now or utc_now()).astimezone(clinic_yaml.facts.zone)
        reader = self._reader(facts, moment, spoken, own)
        markdown = dict(spoken.files.get(bare(facts.language), {}))
        services, all_services = self._records(
            SERVICES, markdown, reader, ServiceFrontMatter, own.services if own else None
        )
        team, all_team = self._records(TEAM, markdown, reader, PractitionerFrontMatter, own.team if own else None)
        clinic = without_unknown_names(self._assembled(clinic_yaml, all_services, all_team))
        generated = dict(generated_front_matter(clinic))
        if own:
            generated = {**required_pages(clinic, own, markdown, reader), **generated}
        self._add_generated(generated, markdown, reader, files if own else None)
        comments = CommentsReader(clinic, moment, self.preview, self._absent(all_team))
        content = Content(
            folder=self.folder,
            shown_as=self.shown_as,
            files=files,
            clinic_yaml=clinic_yaml,
            clinic=clinic,
            articles=with_common_spellings({key: reader.article(key, file) for key, file in _in(POSTS, markdown)}),
            pages={
                key: reader.page(key, file, generated.get(reader.place(key), {})) for key, file in _in(PAGES, markdown)
            },
            services=services,
            team=team,
            locations={
                key: reader.location(key, file, generated.get(reader.place(key)))
                for key, file in _in(LOCATIONS, markdown)
            },
            comments=comments.read(dict(replies)),
            generated=generated,
            unreadable={SERVICES: self._absent(all_services), TEAM: self._absent(all_team)},
            team_is_whole=not any(found.diagnostics for found in all_team.values() if not self._is_left_out(found)),
            diagnostics=(),
            reader=reader,
            preview=self.preview,
            foreign=untranslated_texts(clinic_yaml, reader, own.records, (*services.values(), *team.values()))
            if own
            else frozenset(),
        )
        today = moment.date() if self.now else date.min
        return replace(content, diagnostics=tuple(dict.fromkeys(self._diagnostics(content, today))))

    def _reader(self, facts: ClinicFile, moment: datetime, spoken: Spoken, own: Content | None) -> DocumentReader:
        """What the files of one language are read with."""
        clinics_own = own.clinic.language if own else facts.language
        context, originals = context_of(facts, self.now), originals_of(spoken, own)
        return DocumentReader(context, moment, facts.language, clinics_own, dict(spoken.places), originals)

    def _records(
        self,
        folder: str,
        markdown: Mapping[str, MarkdownFile],
        reader: DocumentReader,
        model: type[AnyModel],
        own: Mapping[str, Document[AnyModel]] | None,
    ) -> tuple[dict[str, Document[AnyModel]], dict[str, Document[AnyModel]]]:
        """The documents of ``services`` or ``team`` in a language; and those with what the clinic's ``own`` has alone.

        Of a record that is a draft, or wrong, there is no translation either.
        """
        found = {key: reader.record(key, file, model) for key, file in _in(folder, markdown)}
        if own is None:
            return found, found
        originals = self._counted(own).values()
        places = {document.page_key for document in originals}
        found = {key: document for key, document in found.items() if document.page_key in places}
        return found, with_untranslated(reader, found, self._counted(found).values(), originals, model)

    def _add_generated(
        self,
        generated: Collection[str],
        markdown: dict[str, MarkdownFile],
        reader: DocumentReader,
        files: Collection[str] | None,
    ) -> None:
        """Add pages that have no file; in another language than the clinic's under a key that none of ``files`` has."""
        written = {reader.place(key) for key, file in markdown.items() if files is None or not self._is_away(file)}
        for place in sorted({*generated} - written):
            key = place if files is None else generated_key(place, reader.language, files)
            markdown[key] = MarkdownFile(f"{self.shown_as}/{key}", "", is_written=False)
            reader.add_place(key, place)

    def _is_away(self, file: MarkdownFile) -> bool:
        return file.is_draft and not self.preview

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

    def _assembled(
        self,
        clinic_yaml: ClinicYaml,
        services: Mapping[str, Document[ServiceFrontMatter]],
        team: Mapping[str, Document[PractitionerFrontMatter]],
    ) -> Clinic:
        return assemble(clinic_yaml.facts, self._counted(services).values(), self._counted(team).values())

    def _counted(self, documents: Mapping[str, Document[AnyModel]]) -> dict[str, Document[AnyModel]]:
        """The documents that make a record: right, in their folder itself, and no drafts but in the preview."""
        return {
            key: document
            for key, document in documents.items()
            if document.page_key.count("/") == 1 and not document.diagnostics and not self._is_left_out(document)
        }

    def _absent(self, documents: Mapping[str, Document[AnyModel]]) -> frozenset[str]:
        """The file names of documents that make no record."""
        counted = self._counted(documents)
        return frozenset({found.stem for found in documents.values()} - {found.stem for found in counted.values()})

    def _is_left_out(self, document: Document[Any]) -> bool:
        """A draft is unfinished: what is wrong with it is for the preview."""
        return document.state is State.DRAFT and not self.preview

    def _diagnostics(self, content: Content, today: date) -> Iterator[Diagnostic]:
        clinic_yaml, whole_team = content.clinic_yaml, content.team_is_whole
        checks = document_checks(content, today)
        yield from clinic_yaml.diagnostics
        if not content.language_folder:  # facts hold in every language
            records: list[Document[Any]] = [
                *self._counted(content.services).values(),
                *self._counted(content.team).values(),
            ]
            counted = {document.page_key: document for document in records}
            files, absent = frozenset(content.files), content.unreadable[SERVICES]
            clinic_checks = ClinicChecks(clinic_yaml, counted, files, absent, whole_team, self.theme, today)
            yield from clinic_checks.check(self._assembled(clinic_yaml, content.services, content.team))
            if content.clinic.comments:
                yield from content.comments.diagnostics
        for document in content.documents.values():
            if not self._is_left_out(document) and not is_out_of_place(document.key):
                yield from document.diagnostics
                yield from checks.check(document)
        yield from unknown_locations(content)
        yield from copies_told(content)


def document_checks(content: Content, today: date) -> DocumentChecks:
    """What every document is checked with, as of a day."""
    return DocumentChecks(with_team_on(today, content.clinic), content.unreadable, content.team_is_whole)


def _in(folder: str, markdown: Mapping[str, MarkdownFile]) -> Iterator[tuple[str, MarkdownFile]]:
    return ((key, file) for key, file in sorted(markdown.items()) if key.startswith(f"{folder}/"))
