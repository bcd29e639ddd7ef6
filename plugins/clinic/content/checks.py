"""What the clinic's records say about a document: names that are not known, reviews without a day, doctors of what.

Each check is a pure function from a document to diagnostics at its lines.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from clinic.content.diagnostics import Diagnostic
from clinic.content.documents import AnyFrontMatter, Document
from clinic.content.front_matter import slug_of
from clinic.domain.booking.routing import departure_error, not_offered_error, unlisted_conditions
from clinic.domain.checks.professional_titles import says_doctor, unexplained_doctor
from clinic.models.articles import ArticleFrontMatter, FrontMatter
from clinic.models.base import Status
from clinic.models.clinic import Clinic
from clinic.models.practitioner import Practitioner, PractitionerFrontMatter, doctoral_qualification
from clinic.models.suggestions import suggestion
from clinic.models.types import LONGEST_SLUG, TOO_LONG, KeyPath, is_slug, slug_like

_SHOWN_KEYS = ("title", "summary")
_LONGEST_NAME = 250
"""Bytes of a part of a path, which file systems end at 255; a letter with an accent has two or more."""


@dataclass(frozen=True)
class DocumentChecks:
    """The checks of one build.

    ``unreadable`` are the file names, under ``services`` and ``team``, of records that are not among the clinic's
    although they have files: naming one of these is no further error. ``team_is_whole``: whether the files of all
    practitioners could be read.
    """

    clinic: Clinic
    unreadable: Mapping[str, frozenset[str]]
    team_is_whole: bool

    def check(self, document: Document[AnyFrontMatter]) -> Iterator[Diagnostic]:
        """Everything that is wrong with one document, given the facts."""
        front_matter = document.front_matter
        if isinstance(front_matter, ArticleFrontMatter):
            yield from self._article(document, front_matter)
        if isinstance(front_matter, FrontMatter):
            yield from self._review(document, front_matter)
        for number, alias in enumerate(front_matter.aliases):
            former = unquote(alias)
            longest = max(len(part.encode()) for part in former.split("/"))
            if len(former.strip("/")) <= LONGEST_SLUG and longest > _LONGEST_NAME:
                yield document.error(("aliases", number), f'alias "{alias}" is too long for a file; shorten it')
        if isinstance(front_matter, PractitionerFrontMatter) and len(slug_of(front_matter.title)) > LONGEST_SLUG:
            yield document.error(("title",), f'"{front_matter.title}" {TOO_LONG}')
        if says_doctor(f"{front_matter.title} {front_matter.summary or ''} {document.file.body}"):
            for practitioner in self._doctors_of_else:
                yield from _doctor(document, practitioner)

    @cached_property
    def _doctors_of_else(self) -> tuple[Practitioner, ...]:
        """Who is no doctor of medicine, in the UK: where they are called doctors, it is said of what."""
        team = self.clinic.team.values()
        return tuple(each for each in team if each.under_uk_law and not each.is_medical_doctor)

    def _article(self, document: Document[Any], front_matter: ArticleFrontMatter) -> Iterator[Diagnostic]:
        yield from self._services(document, front_matter)
        key = "authors" if "authors" in document.file.front_matter.value else "author"
        for number, name in enumerate(front_matter.authors):
            yield from self._practitioner(document, (key, number), name, "author")
        for condition in unlisted_conditions(self.clinic, front_matter.conditions):
            key_path = ("conditions", front_matter.conditions.index(condition))
            message = f'no service and no person names "{condition}" under "conditions"; this article leads to none'
            yield document.warning(key_path, f"{message} of them")
        yield from _addresses(document, front_matter)
        if not document.file.body.strip() and not document.file.diagnostics:
            yield document.error((), "the article is empty; write something below the header, or remove the file")

    def _services(self, document: Document[Any], front_matter: ArticleFrontMatter) -> Iterator[Diagnostic]:
        named: dict[str, KeyPath] = {}
        if front_matter.booking and front_matter.booking != "none":
            named[front_matter.booking] = ("booking",)
        named |= {name: ("services", number) for number, name in enumerate(front_matter.services)}
        for name, key_path in named.items():
            service = self.clinic.service(name)
            if service is None and slug_of(name) not in self.unreadable["services"]:
                near = suggestion(name, self.clinic.services) or f"; make a file for it: services/{slug_of(name)}.md"
                yield document.error(key_path, f'unknown service "{name}"{near}')
            if self.team_is_whole and (message := not_offered_error(self.clinic, service)):
                yield document.error(key_path, message)

    def _practitioner(self, document: Document[Any], key_path: KeyPath, name: str, role: str) -> Iterator[Diagnostic]:
        if self.clinic.practitioner(name) is None and slug_of(name) not in self.unreadable["team"]:
            names = [known.title for known in self.clinic.team.values()]
            near = suggestion(name, names) or f"; make a file for this person: team/{slug_of(name)}.md"
            yield document.error(key_path, f'unknown {role} "{name}"{near}')

    def _review(self, document: Document[Any], front_matter: FrontMatter) -> Iterator[Diagnostic]:
        """A review is shown with its day and with who made it, or it says nothing."""
        reviewed = front_matter.reviewed
        if front_matter.reviewed_by:
            yield from self._practitioner(document, ("reviewed_by",), front_matter.reviewed_by, "reviewer")
            reviewer = self.clinic.practitioner(front_matter.reviewed_by)
            if reviewed and (message := departure_error(reviewer, reviewed.date())):
                yield document.error(("reviewed_by",), message)
        if not reviewed and (front_matter.reviewed_by or front_matter.review_every):
            key = "reviewed_by" if front_matter.reviewed_by else "review_every"
            yield document.error((key,), 'the day of the review is missing; add "reviewed: " and the date')


def _addresses(document: Document[Any], front_matter: ArticleFrontMatter) -> Iterator[Diagnostic]:
    """Names of lists whose letters leave nothing for an address, or too much. A hidden article is in no list."""
    series = slug_like(front_matter.series or "")
    if front_matter.series and not is_slug(series):
        message = f'"{front_matter.series}" cannot be part of an address; use a title with letters'
        yield document.error(("series",), message)
    elif front_matter.series and len(series) > LONGEST_SLUG:
        yield document.error(("series",), f'"{front_matter.series}" {TOO_LONG}')
    if front_matter.status is Status.HIDDEN:
        return
    named: list[tuple[KeyPath, str]] = [(("tags", number), tag) for number, tag in enumerate(front_matter.tags)]
    named += [(("category",), front_matter.category)] if front_matter.category else []
    for key_path, name in named:
        slug = slug_of(name)
        if not slug:
            yield document.error(key_path, f'"{name}" cannot be part of an address; use a word with letters')
        elif len(slug) > LONGEST_SLUG:
            yield document.error(key_path, f'"{name}" {TOO_LONG}')


def _doctor(document: Document[Any], practitioner: Practitioner) -> Iterator[Diagnostic]:
    """The first "Dr" before a name in each text is followed at once by the qualification (ASA, "Use of the term Dr").

    Texts are the body and what the front matter shows of itself. A practitioner's own file shows the name by itself.
    """
    written = document.file.front_matter
    texts = [
        (str(written.value.get(key, "")), written.line((key,)))
        for key in _SHOWN_KEYS
        if document.page_key != f"team/{practitioner.slug}.md" or key != "title"
    ]
    for text, first_line in (*texts, (document.file.body, document.file.body_line)):
        qualification = doctoral_qualification(practitioner.qualifications)
        if found := unexplained_doctor(text, practitioner.title, qualification):
            called, line = found
            how = f'leave "Dr" out, or add of what to "qualifications" in team/{practitioner.slug}.md'
            how = f'write "{called} ({qualification})"' if qualification else how
            message = f'"{called}" does not say what kind of doctor this is; {how}'
            yield Diagnostic(document.name, first_line + line, message)
