"""The files that make records: services, team, events and exercises, and which of them count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from clinic.content.clinic import assemble
from clinic.content.documents import AnyModel, Document, DocumentReader, State
from clinic.content.folder import EVENTS, EXERCISES, SERVICES, TEAM
from clinic.content.front_matter import MarkdownFile
from clinic.models.clinic import Clinic, ClinicFile
from clinic.models.events import EventFrontMatter
from clinic.models.exercises import ExerciseFrontMatter
from clinic.models.practitioner import PractitionerFrontMatter
from clinic.models.service import ServiceFrontMatter


@dataclass(frozen=True)
class Records:
    """The documents of each folder by key; ``preview``: drafts count."""

    services: Mapping[str, Document[ServiceFrontMatter]]
    team: Mapping[str, Document[PractitionerFrontMatter]]
    events: Mapping[str, Document[EventFrontMatter]]
    exercises: Mapping[str, Document[ExerciseFrontMatter]]
    preview: bool

    @classmethod
    def read(cls, reader: DocumentReader, markdown: Mapping[str, MarkdownFile], *, preview: bool) -> "Records":
        """Those among the Markdown files of the content folder that are in one language."""

        def of(folder: str, model: type[AnyModel]) -> dict[str, Document[AnyModel]]:
            return {key: reader.record(key, file, model) for key, file in in_folder(folder, markdown)}

        return cls(
            of(SERVICES, ServiceFrontMatter),
            of(TEAM, PractitionerFrontMatter),
            of(EVENTS, EventFrontMatter),
            of(EXERCISES, ExerciseFrontMatter),
            preview,
        )

    def translating(self, own: "Records") -> "Records":
        """Without translations of what makes no record in the clinic's ``own`` language: a draft, or wrong."""
        places = own.counted.keys()

        def of(documents: Mapping[str, Document[AnyModel]]) -> dict[str, Document[AnyModel]]:
            return {key: document for key, document in documents.items() if document.page_key in places}

        return Records(of(self.services), of(self.team), of(self.events), of(self.exercises), self.preview)

    def with_untranslated(self, own: "Records", reader: DocumentReader) -> "Records":
        """All records in the language of ``reader``.

        What has no translation, or a wrong one, stays as it is in the clinic's ``own`` language.
        """
        places = self.counted.keys()
        missing = own.counted.keys() - places

        def of(
            translated: Mapping[str, Document[AnyModel]],
            originals: Mapping[str, Document[AnyModel]],
            model: type[AnyModel],
        ) -> dict[str, Document[AnyModel]]:
            rest = (found for found in originals.values() if found.page_key in missing)
            return {
                **{key: found for key, found in translated.items() if found.page_key in places},
                **{found.key: reader.record(found.key, found.file, model) for found in rest},
            }

        return Records(
            of(self.services, own.services, ServiceFrontMatter),
            of(self.team, own.team, PractitionerFrontMatter),
            of(self.events, own.events, EventFrontMatter),
            of(self.exercises, own.exercises, ExerciseFrontMatter),
            self.preview,
        )

    @property
    def documents(self) -> tuple[Document[Any], ...]:
        """All of them, whether they count or not."""
        folders: tuple[Mapping[str, Document[Any]], ...] = (self.services, self.team, self.events, self.exercises)
        return tuple(found for folder in folders for found in folder.values())

    def assembled(self, facts: ClinicFile) -> Clinic:
        """The facts of ``clinic.yaml`` with all records that count."""
        services, team = self._of(self.services).values(), self._of(self.team).values()
        return assemble(facts, services, team, self._of(self.events).values(), self._of(self.exercises).values())

    @property
    def counted(self) -> dict[str, Document[Any]]:
        """Every document that makes a record, by ``page_key``."""
        folders: tuple[Mapping[str, Document[Any]], ...] = (self.services, self.team, self.events, self.exercises)
        return {found.page_key: found for folder in folders for found in self._of(folder).values()}

    @property
    def absent(self) -> Mapping[str, frozenset[str]]:
        """The file names of documents that make no record, by folder."""
        return {
            SERVICES: self._absent(self.services),
            TEAM: self._absent(self.team),
            EXERCISES: self._absent(self.exercises),
        }

    @property
    def team_is_whole(self) -> bool:
        """Whether the files of all practitioners could be read."""
        return not any(found.diagnostics for found in self.team.values() if not is_left_out(found, self.preview))

    def _of(self, documents: Mapping[str, Document[AnyModel]]) -> dict[str, Document[AnyModel]]:
        """The documents that make a record: right, in their folder itself, and no drafts but in the preview."""

        def counts(found: Document[AnyModel]) -> bool:
            return found.page_key.count("/") == 1 and not found.diagnostics and not is_left_out(found, self.preview)

        return {key: document for key, document in documents.items() if counts(document)}

    def _absent(self, documents: Mapping[str, Document[AnyModel]]) -> frozenset[str]:
        counted = self._of(documents)
        return frozenset({found.stem for found in documents.values()} - {found.stem for found in counted.values()})


def is_left_out(document: Document[Any], preview: bool) -> bool:
    """A draft is unfinished: what is wrong with it is for the preview."""
    return document.state is State.DRAFT and not preview


def in_folder(folder: str, markdown: Mapping[str, MarkdownFile]) -> Iterator[tuple[str, MarkdownFile]]:
    """The files of one folder with their keys, in the order of these."""
    return ((key, file) for key, file in sorted(markdown.items()) if key.startswith(f"{folder}/"))
