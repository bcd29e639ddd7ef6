"""The content folder, read whole: each file is opened once, and everything that is wrong is found at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from clinic.content.checks import DocumentChecks
from clinic.content.clinic import (
    ClinicChecks,
    ClinicYaml,
    context_of,
    in_other_language,
    read_clinic_yaml,
    with_team_on,
    without_unknown_names,
)
from clinic.content.clock import utc_now
from clinic.content.comments import CommentsReader
from clinic.content.content import Content, copies_told, is_out_of_place, unknown_locations, with_common_spellings
from clinic.content.diagnostics import Diagnostic
from clinic.content.documents import DocumentReader
from clinic.content.folder import COMMENTS_FOLDER, LOCATIONS, PAGES, POSTS, READ_FOLDERS, SERVICES, TEAM, files_of
from clinic.content.front_matter import MarkdownFile, read_markdown_file, with_files_beside
from clinic.content.languages import Spoken, by_language
from clinic.content.records import Records, in_folder, is_left_out
from clinic.content.translated import (
    generated_key,
    languages_shown,
    left_out,
    originals_of,
    pages_from_facts,
    untranslated_texts,
)
from clinic.domain.checks.palette import Tokens
from clinic.models.clinic import ClinicFile
from clinic.models.language import bare

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


class _Opened(NamedTuple):
    """What lies in the folder: the paths of all files, the texts by language, and the comments."""

    files: tuple[str, ...]
    spoken: Spoken
    replies: Mapping[str, MarkdownFile]


@dataclass(frozen=True)
class _Loading:
    folder: Path
    shown_as: str
    now: datetime | None
    preview: bool
    theme: Tokens | None

    def run(self) -> Content:
        refused: list[Diagnostic] = []
        files = tuple(sorted(files_of(self.folder, self.shown_as, refused)))
        clinic_yaml = read_clinic_yaml(self.folder, self.shown_as, self.now)
        markdown = {key: self._opened(key) for key in files if key.endswith(".md") and key.startswith(_PREFIXES)}
        known = frozenset(files)
        markdown = {key: with_files_beside(file, key, known) for key, file in markdown.items()}
        replies = dict(in_folder(COMMENTS_FOLDER, markdown))
        texts = {key: file for key, file in markdown.items() if key not in replies}
        spoken = by_language(texts, clinic_yaml.facts.language)
        opened = _Opened(files, spoken, replies)
        own = self._content(opened, clinic_yaml)
        codes = [*languages_shown(spoken, clinic_yaml, preview=self.preview)]
        in_others = (in_other_language(clinic_yaml, code, self.now) for code in codes)
        translations = tuple(self._content(opened, facts, own) for facts in in_others)
        own.speak()
        return replace(
            own,
            translations=translations,
            left_out=spoken.refused | left_out(spoken, codes),
            unopened=tuple(one for one in refused if one.is_error),
            diagnostics=tuple(
                dict.fromkeys((*own.diagnostics, *spoken.diagnostics, *(one for one in refused if not one.is_error)))
            ),
        )

    def _content(self, opened: "_Opened", clinic_yaml: ClinicYaml, own: Content | None = None) -> Content:
        """Everything in one language: the clinic's, or another, for which ``own`` is what there is in the clinic's."""
        facts, moment = clinic_yaml.facts, (self.now or utc_now()).astimezone(clinic_yaml.facts.zone)
        reader = self._reader(facts, moment, opened.spoken, own)
        markdown = dict(opened.spoken.files.get(bare(facts.language), {}))
        records = Records.read(reader, markdown, preview=self.preview)
        if own:
            records = records.translating(own.records)
        every = records.with_untranslated(own.records, reader) if own else records
        clinic = without_unknown_names(every.assembled(facts))
        articles = {key: reader.article(key, file) for key, file in in_folder(POSTS, markdown)}
        written = {reader.place(key) for key, file in markdown.items() if own is None or not self._is_away(file)}
        generated = pages_from_facts(clinic, articles.values(), written, moment.date(), preview=self.preview, own=own)
        self._add_files(markdown, sorted(generated.keys() - written), reader, opened.files if own else ())
        pages, locations = (in_folder(folder, markdown) for folder in (PAGES, LOCATIONS))
        content = Content(
            folder=self.folder,
            shown_as=self.shown_as,
            files=opened.files,
            clinic_yaml=clinic_yaml,
            clinic=clinic,
            articles=with_common_spellings(articles),
            pages={key: reader.page(key, file, generated.get(reader.place(key), {})) for key, file in pages},
            services=records.services,
            team=records.team,
            locations={key: reader.location(key, file, generated.get(reader.place(key))) for key, file in locations},
            events=records.events,
            exercises=records.exercises,
            comments=CommentsReader(clinic, moment, self.preview, every.absent[TEAM]).read(dict(opened.replies)),
            generated=generated,
            unreadable=every.absent,
            team_is_whole=every.team_is_whole,
            diagnostics=(),
            reader=reader,
            preview=self.preview,
        )
        if own:
            foreign = untranslated_texts(clinic_yaml, reader, own.records.documents, records.documents)
            content = replace(content, foreign=foreign)
        return self._checked(content, records, moment.date() if self.now else date.min)

    def _checked(self, content: Content, records: Records, today: date) -> Content:
        """With every diagnostic, each once."""
        return replace(content, diagnostics=tuple(dict.fromkeys(self._diagnostics(content, records, today))))

    def _add_files(
        self, markdown: dict[str, MarkdownFile], places: Iterable[str], reader: DocumentReader, files: tuple[str, ...]
    ) -> None:
        """Add a file for each page that follows from the facts; in another language beside the owner's ``files``."""
        for place in places:
            key = generated_key(place, reader.language, files) if files else place
            markdown[key] = MarkdownFile(f"{self.shown_as}/{key}", "", is_written=False)
            reader.add_place(key, place)

    def _reader(self, facts: ClinicFile, moment: datetime, spoken: Spoken, own: Content | None) -> DocumentReader:
        """What the files of one language are read with."""
        clinics_own = own.clinic.language if own else facts.language
        context, originals = context_of(facts, self.now), originals_of(spoken, own)
        return DocumentReader(context, moment, facts.language, clinics_own, dict(spoken.places), originals)

    def _is_away(self, file: MarkdownFile) -> bool:
        return file.is_draft and not self.preview

    def _opened(self, key: str) -> MarkdownFile:
        first_key = "name" if key.startswith(f"{COMMENTS_FOLDER}/") else "title"
        return read_markdown_file(self.folder / key, f"{self.shown_as}/{key}", first_key)

    def _diagnostics(self, content: Content, records: Records, today: date) -> Iterator[Diagnostic]:
        clinic_yaml, whole_team = content.clinic_yaml, content.team_is_whole
        checks = document_checks(content, today)
        yield from clinic_yaml.diagnostics
        if not content.language_folder:  # facts hold in every language
            files, absent = frozenset(content.files), content.unreadable[SERVICES]
            clinic_checks = ClinicChecks(clinic_yaml, records.counted, files, absent, whole_team, self.theme, today)
            yield from clinic_checks.check(records.assembled(clinic_yaml.facts))
            if content.clinic.comments:
                yield from content.comments.diagnostics
        for document in content.documents.values():
            if not is_left_out(document, self.preview) and not is_out_of_place(document.key):
                yield from document.diagnostics
                yield from checks.check(document)
        yield from unknown_locations(content)
        yield from copies_told(content)


def document_checks(content: Content, today: date) -> DocumentChecks:
    """What every document is checked with, as of a day."""
    return DocumentChecks(with_team_on(today, content.clinic), content.unreadable, content.team_is_whole)
