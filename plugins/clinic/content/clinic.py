"""The clinic's facts: ``clinic.yaml`` with the records of ``services/`` and ``team/``, compared with each other."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from clinic.content.diagnostics import Diagnostic
from clinic.content.documents import Document
from clinic.content.folder import refusal
from clinic.content.front_matter import NOT_UTF_8, decoded, not_opened, read_text_bytes
from clinic.content.validation import as_written, validate_what_holds
from clinic.content.yaml_in_language import said_in
from clinic.content.yaml_text import YamlError, YamlText, read_yaml
from clinic.domain.checks import Finding
from clinic.domain.checks.consistency import consistency_findings
from clinic.domain.checks.hours import hours_findings
from clinic.domain.checks.palette import Tokens, palette_findings
from clinic.domain.checks.professional_titles import is_under_uk_law
from clinic.models.clinic import Clinic, ClinicFile, is_timezone
from clinic.models.contact import reach
from clinic.models.events import Event, EventFrontMatter
from clinic.models.exercises import Exercise, ExerciseFrontMatter
from clinic.models.language import DEFAULT_LANGUAGE, bare, is_language, language_of, write_in
from clinic.models.money import is_currency
from clinic.models.own_words import Words
from clinic.models.practitioner import Practitioner, PractitionerFrontMatter
from clinic.models.service import Service, ServiceFrontMatter
from clinic.models.types import is_country
from clinic.models.words import Forms

CLINIC_FILE = "clinic.yaml"
_WORDS: TypeAdapter[Mapping[str, Forms]] = TypeAdapter(Words)
DEFAULT_CONTEXT: Mapping[str, Any] = {"timezone": ZoneInfo("Europe/London"), "country": "GB"}
WHOLE_FILE = "the whole file"
"""Stands in ``ClinicYaml.faulty`` for a file that cannot be read at all."""
_STAND_IN: Mapping[str, Any] = {
    "name": "The clinic",
    "url": "https://example.com",
    "locations": {"here": {"address": {"locality": "Here"}}},
}
_RELATED_KEYS = frozenset({"phone", "email", "contact_form", "locations", "booking", "comments", "country"})
"""Keys that consistency compares others with, so that nothing can be said where one of them is wrong."""
HOURS_KEYS = frozenset({"locations", "bank_holidays", "country"})
"""Keys that decide when the clinic is open."""


@dataclass(frozen=True)
class ClinicYaml:
    """``clinic.yaml``, read once.

    ``faulty`` are the top-level keys that are wrong or missing; ``facts`` are what holds, with stand-ins for the keys
    that are required. ``written`` is in one language, ``whole`` in all that it is written in: these are ``languages``.
    ``foreign`` are the texts that are in the clinic's own language for want of another.
    """

    name: str
    text: str
    written: YamlText
    facts: ClinicFile
    faulty: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()
    whole: YamlText = field(default_factory=lambda: YamlText({}, {}))
    languages: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()

    @property
    def holds(self) -> bool:
        """Whether nothing in it is wrong."""
        return not self.faulty

    def line(self, key_path: tuple[str | int, ...]) -> int:
        """The line of a key."""
        return self.written.line(key_path)

    def line_with(self, words: str) -> int:
        """The first line that holds ``words``, else 1."""
        return next((number for number, line in enumerate(self.text.splitlines(), 1) if words in line), 1)


def read_clinic_yaml(folder: Path, shown_as: str = "content", now: datetime | None = None) -> ClinicYaml:
    """Open and parse ``clinic.yaml`` under ``folder``; never raises for what it may hold.

    ``now`` decides what lies in the future; without it nothing does.
    """
    name = f"{shown_as}/{CLINIC_FILE}"
    if message := refusal(folder / CLINIC_FILE, folder):
        return _unreadable(name, 0, message)
    try:
        text = decoded(read_text_bytes(folder / CLINIC_FILE))
    except OSError as error:
        if not isinstance(error, FileNotFoundError) or (folder / CLINIC_FILE).is_symlink():
            return _unreadable(name, 0, not_opened(error))
        return _unreadable(name, 0, "there is no such file; make it, with the clinic's name, url, phone and locations")
    except UnicodeDecodeError:
        return _unreadable(name, 0, NOT_UTF_8)
    try:
        written = read_yaml(text)
    except YamlError as error:
        return _unreadable(name, error.line, error.message, text)
    return _in_language(ClinicYaml(name, text, written, _stand_in(), whole=written), _language_of(written.value), now)


def in_other_language(own: ClinicYaml, language: str, now: datetime | None = None) -> ClinicYaml:
    """The facts in another ``language`` than the clinic's ``own``; from now on words and dates are in that."""
    return _in_language(own, language, now)


def _in_language(read: ClinicYaml, language: str, now: datetime | None) -> ClinicYaml:
    whole, own = read.whole, _language_of(read.whole.value)
    said = said_in(whole, language, own)
    written = YamlText({**said.text.value, "language": language}, said.text.lines) if language != own else said.text
    country, timezone, currency = map(written.value.get, ("country", "timezone", "currency"))
    context = {**DEFAULT_CONTEXT, "now": now}
    if isinstance(country, str) and is_country(country):
        context["country"] = country
    if isinstance(currency, str) and is_currency(currency):
        context["currency"] = currency
    if isinstance(timezone, str) and is_timezone(timezone):
        context["timezone"] = ZoneInfo(timezone)
    _write_in_its_language(written.value, context["country"])
    facts, found, faulty = validate_what_holds(ClinicFile, written, read.name, context, _STAND_IN)
    wrong = tuple(Diagnostic(read.name, whole.line(path), message) for path, message in said.wrong)
    if wrong:  # what the model says of these keys merely follows
        found = (*wrong, *(each for each in found if each.line not in {one.line for one in wrong}))
    faulty |= {str(path[0]) for path, _ in said.wrong}
    return replace(
        read,
        written=written,
        facts=facts,
        faulty=faulty or frozenset({WHOLE_FILE} if found else ()),
        diagnostics=found,
        languages=said.languages - {bare(own)},
        foreign=said.foreign,
    )


def _language_of(given: Mapping[str, Any]) -> str:
    """The clinic's own language, as it is written or follows from its country."""
    written, country = given.get("language"), given.get("country")
    if isinstance(written, str) and is_language(written):
        return written
    return language_of(country if isinstance(country, str) and is_country(country) else "GB")


def _write_in_its_language(given: Mapping[str, Any], country: str) -> None:
    """What follows from facts has words in it, as names of locations, so it is said now in which language they are."""
    language, own = _language_of(given), given.get("words")
    write_in(language, country)
    if own:
        with suppress(ValidationError):  # which the record has, too
            write_in(language, country, _WORDS.validate_python(own))


def _unreadable(name: str, line: int, message: str, text: str = "") -> ClinicYaml:
    write_in(DEFAULT_LANGUAGE)
    found = (Diagnostic(name, line, message),)
    return ClinicYaml(name, text, YamlText({}, {}), _stand_in(), frozenset({WHOLE_FILE}), found)


def _stand_in() -> ClinicFile:
    return ClinicFile.model_validate(dict(_STAND_IN))


def context_of(facts: ClinicFile, now: datetime | None) -> Mapping[str, Any]:
    """What single values need to be understood: the time, its zone, the country of a telephone number, the currency."""
    return {"timezone": facts.zone, "country": facts.country, "currency": facts.currency, "now": now}


def assemble(
    facts: ClinicFile,
    services: Iterable[Document[ServiceFrontMatter]],
    team: Iterable[Document[PractitionerFrontMatter]],
    events: Iterable[Document[EventFrontMatter]] = (),
    exercises: Iterable[Document[ExerciseFrontMatter]] = (),
) -> Clinic:
    """All facts together; services and practitioners in the order that their files ask for.

    How an only location is reached is how the clinic is, where that has no telephone or address of its own.
    """
    only = facts.locations.values() if len(facts.locations) == 1 else ()
    clinic = Clinic.model_construct(
        **{**dict(facts), **reach(facts, *only)._asdict()},
        services=_with_slugs(Service, services),
        team=_with_slugs(Practitioner, team),
        events=_with_slugs(Event, events),
        exercises=_with_slugs(Exercise, exercises),
    )
    placed = {
        slug: practitioner.model_copy(update={"under_uk_law": is_under_uk_law(clinic, practitioner)})
        for slug, practitioner in clinic.team.items()
    }
    return clinic.model_copy(update={"team": placed})


def _with_slugs(model: type[Any], documents: Iterable[Document[Any]]) -> dict[str, Any]:
    def place(document: Document[Any]) -> tuple[int, str]:
        return getattr(document.front_matter, "order", 0), document.front_matter.title.casefold()

    ordered = sorted(documents, key=place)
    return {found.stem: model.model_construct(**dict(found.front_matter), slug=found.stem) for found in ordered}


def without_unknown_names(clinic: Clinic) -> Clinic:
    """The clinic without services that are named but not there: each has a diagnostic, or is a draft."""

    def known(record: Any) -> Any:
        services = tuple(slug for slug in record.services if slug in clinic.services)
        return record if services == record.services else record.model_copy(update={"services": services})

    locations = {slug: known(location) for slug, location in clinic.locations.items()}
    team = {slug: known(practitioner) for slug, practitioner in clinic.team.items()}
    return clinic.model_copy(update={"locations": locations, "team": team})


def with_team_on(today: date, clinic: Clinic) -> Clinic:
    """The clinic with its team as of a day: practitioners who are yet to leave have not left."""
    team = {slug: practitioner.as_of(today) for slug, practitioner in clinic.team.items()}
    return clinic.model_copy(update={"team": team})


@dataclass(frozen=True)
class ClinicChecks:
    """Compares the facts with each other, with the theme's colours, and with the files they name.

    ``records`` are the documents of services and team by ``page_key`` (``services/<slug>.md``); ``files`` are the keys
    of all files in the folder. What depends on a key that is wrong is left for the next build.
    """

    clinic_yaml: ClinicYaml
    records: Mapping[str, Document[Any]]
    files: Collection[str]
    absent_services: frozenset[str]
    team_is_whole: bool
    theme: Tokens | None
    today: date

    def check(self, clinic: Clinic) -> Iterator[Diagnostic]:
        """Every contradiction, each at the line to begin at."""
        faulty = self.clinic_yaml.faulty
        if WHOLE_FILE in faulty:
            return
        if not faulty & _RELATED_KEYS:
            # notices and closures are compared as they are written; who works here depends on the day
            staffed = with_team_on(self.today, clinic)
            findings = consistency_findings(staffed, self.absent_services, team_is_whole=self.team_is_whole)
            yield from map(self._at_its_line, findings)
        if not faulty & HOURS_KEYS:
            yield from map(self._at_its_line, hours_findings(clinic, self.today))
        if self.theme and "brand" not in faulty:
            yield from map(self._at_its_line, palette_findings(clinic.brand, self.theme))
        yield from self._images(clinic)

    def _images(self, clinic: Clinic) -> Iterator[Diagnostic]:
        for slug, location in clinic.locations.items():
            if location.image and location.image not in self.files:
                message = f'there is no file "{location.image}" in the content folder'
                yield self._error(("locations", slug, "image"), f"{message}; put it there, or correct its name")
        for key in ("logo", "mark"):
            picture = getattr(clinic.brand, key)
            for scheme, path in ((scheme, getattr(picture, scheme)) for scheme in ("light", "dark") if picture):
                if path and path not in self.files:
                    message = f'there is no file "{path}" in the content folder'
                    yield self._error(("brand", key, scheme), f"{message}; put it there, or correct its name")

    def _at_its_line(self, finding: Finding) -> Diagnostic:
        if finding.record == "clinic":
            return self._error(finding.key_path, finding.message)
        return self.records[f"{finding.record}.md"].error(finding.key_path, finding.message)

    def _error(self, key_path: tuple[str | int, ...], message: str) -> Diagnostic:
        written = as_written(key_path, self.clinic_yaml.written)
        return Diagnostic(self.clinic_yaml.name, self.clinic_yaml.line(written), message)
