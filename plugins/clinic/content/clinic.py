"""The clinic's facts from its folder: ``clinic.yaml``, ``services/*.md`` and ``team/*.md``."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from clinic.content.diagnostics import Diagnostic
from clinic.content.front_matter import NOT_UTF_8, MarkdownFile, read_markdown_file
from clinic.content.validation import validate
from clinic.content.yaml_errors import YamlError
from clinic.content.yaml_text import YamlText, read_yaml
from clinic.domain.checks.consistency import consistency_findings
from clinic.domain.checks.palette import Tokens, palette_findings
from clinic.domain.hours.checks import hours_findings
from clinic.models.clinic import Clinic, ClinicFile, is_timezone
from clinic.models.location import Address, Location
from clinic.models.practitioner import Practitioner, PractitionerFrontMatter
from clinic.models.service import Service, ServiceFrontMatter
from clinic.models.types import KeyPath, is_country, is_slug, slug_like

CLINIC_FILE = "clinic.yaml"
DEFAULT_CONTEXT: Mapping[str, Any] = {"timezone": ZoneInfo("Europe/London"), "country": "GB"}
AnyRecord = TypeVar("AnyRecord", bound=BaseModel)
_STAND_IN = ClinicFile(
    name="The clinic", url="https://example.com", locations={"here": Location(address=Address(locality="Here"))}
)


@dataclass(frozen=True)
class ClinicFolder:
    """What the folder says.

    Where ``clinic.yaml`` is too broken to build on, ``holds`` is False and ``clinic`` has a stand-in's facts with the
    real services and people, so that the posts' own problems are told in the same breath.
    """

    clinic: Clinic
    holds: bool
    problems: tuple[Diagnostic, ...]
    unreadable: Mapping[str, frozenset[str]] = field(
        default_factory=lambda: {"services": frozenset(), "team": frozenset()}
    )
    """File names of records that are there but wrong, or drafts: naming them elsewhere is no further problem."""
    team_is_whole: bool = True
    """Whether the files of all people could be read."""
    lines: YamlText = field(default_factory=lambda: YamlText({}, {}))
    """``clinic.yaml`` as written: where its facts stand."""


def read_clinic_folder(
    folder: Path,
    shown_as: str | None = None,
    theme: Tokens | None = None,
    *,
    drafts: bool = False,
    now: datetime | None = None,
) -> ClinicFolder:
    """Read every fact under ``folder`` and report all problems at once.

    ``shown_as`` names the folder in the problems; ``theme`` are the theme's own colours, which the clinic's must go
    with; ``drafts``: whether services and people that are still drafts count; ``now`` decides who still works here
    and what lies in the future: without it everyone does, and nothing.
    """
    reading = _Reading(folder, shown_as or folder.name, drafts, now)
    clinic_file = reading.clinic_file()
    context = context_of(clinic_file, now)
    services = reading.records("services", ServiceFrontMatter, context)
    team = reading.records("team", PractitionerFrontMatter, context)
    unreadable = {kind: frozenset(reading.faulty[kind] | reading.left_out[kind]) for kind in ("services", "team")}
    clinic = Clinic.model_construct(
        **dict(clinic_file or _STAND_IN), services=_with_slugs(Service, services), team=_with_slugs(Practitioner, team)
    )
    if clinic_file is not None:
        _compare(reading, _with_staff_of(clinic, now), unreadable, theme)
    _, lines = reading.sources.get("clinic", ("", YamlText({}, {})))
    return ClinicFolder(
        _without_unknown_names(clinic),
        clinic_file is not None,
        tuple(reading.problems),
        unreadable,
        team_is_whole=not reading.faulty["team"],
        lines=lines,
    )


def _compare(
    reading: "_Reading", clinic: Clinic, unreadable: Mapping[str, frozenset[str]], theme: Tokens | None
) -> None:
    """Facts with each other, with the theme's colours, and with the files they name."""
    among_all = consistency_findings(clinic, unreadable["services"], team_is_whole=not reading.faulty["team"])
    in_colours = palette_findings(clinic.brand, theme) if theme else ()
    for found in chain(among_all, hours_findings(clinic), in_colours):
        reading.problem(found.record, found.key_path, found.message)
    for slug, location in clinic.locations.items():
        if location.image and not (reading.folder / location.image).is_file():
            message = f'there is no file "{location.image}" in the content folder; put it there, or correct its name'
            reading.problem("clinic", ("locations", slug, "image"), message)


def context_of(clinic: ClinicFile | None, now: datetime | None) -> Mapping[str, Any]:
    """What single values need to be understood: the time, its zone, the country of a telephone number."""
    spoken = {"timezone": clinic.zone, "country": clinic.country} if clinic else {}
    return {**DEFAULT_CONTEXT, **spoken, "now": now}


def _spoken(text: YamlText) -> Iterator[tuple[str, Any]]:
    """The context that a facts file gives itself, as far as it can be understood before all else."""
    country, timezone = text.value.get("country"), text.value.get("timezone")
    if isinstance(country, str) and is_country(country):
        yield "country", country
    if isinstance(timezone, str) and is_timezone(timezone):
        yield "timezone", ZoneInfo(timezone)


@dataclass
class _Reading:
    """One reading of the folder, which fills ``problems`` and remembers where each record came from."""

    folder: Path
    shown_as: str
    drafts: bool
    now: datetime | None
    problems: list[Diagnostic] = field(default_factory=list)
    sources: dict[str, tuple[str, YamlText]] = field(default_factory=dict)
    faulty: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    left_out: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def problem(self, record: str, place: KeyPath, message: str) -> None:
        """A problem at a place of a record that was read."""
        file, text = self.sources[record]
        self.problems.append(Diagnostic(file, text.line(place), message))

    def clinic_file(self) -> ClinicFile | None:
        """The facts file."""
        name = f"{self.shown_as}/{CLINIC_FILE}"
        try:
            text = read_yaml((self.folder / CLINIC_FILE).read_text("utf-8-sig"))
        except FileNotFoundError:
            message = "there is no such file; make it, with the clinic's name, url, phone and locations"
            self.problems.append(Diagnostic(name, 0, message))
        except UnicodeDecodeError:
            self.problems.append(Diagnostic(name, 0, NOT_UTF_8))
        except YamlError as fault:
            self.problems.append(Diagnostic(name, fault.line, fault.message))
        else:
            self.sources["clinic"] = (name, text)
            context = {**context_of(None, self.now), **dict(_spoken(text))}
            clinic, found, _ = validate(ClinicFile, text, name, context)
            self.problems.extend(found)
            return clinic
        return None

    def records(self, kind: str, model: type[AnyRecord], context: Mapping[str, Any]) -> dict[str, AnyRecord]:
        """The records of a folder by slug, without those that are wrong or not wanted yet."""
        found: dict[str, AnyRecord] = {}
        for path in sorted((self.folder / kind).glob("*.md")):
            file = read_markdown_file(path, f"{self.shown_as}/{kind}/{path.name}")
            if file.is_draft and not self.drafts:
                self.left_out[kind].add(path.stem)
            elif record := self._record(path, file, model, context):
                found[path.stem] = record
                self.sources[f"{kind}/{path.stem}"] = (file.name, file.front_matter)
            else:
                self.faulty[kind].add(path.stem)
        return found

    def _record(
        self, path: Path, file: MarkdownFile, model: type[AnyRecord], context: Mapping[str, Any]
    ) -> AnyRecord | None:
        self.problems.extend(file.problems)
        if file.problems:
            return None
        if not is_slug(path.stem):
            self.problems.append(
                Diagnostic(
                    file.name, 0, f"the name of this file becomes its address; name it {slug_like(path.stem)}.md"
                )
            )
            return None
        record, problems, _ = validate(model, file.front_matter, file.name, context)
        self.problems.extend(problems)
        return record


def _without_unknown_names(clinic: Clinic) -> Clinic:
    """What is named but not there has its problem, or is a draft; pages must not stumble over it."""

    def known(record: Any) -> Any:
        services = tuple(slug for slug in record.services if slug in clinic.services)
        return record if services == record.services else record.model_copy(update={"services": services})

    locations = {slug: known(location) for slug, location in clinic.locations.items()}
    team = {slug: known(person) for slug, person in clinic.team.items()}
    return clinic.model_copy(update={"locations": locations, "team": team})


def _with_staff_of(clinic: Clinic, now: datetime | None) -> Clinic:
    """Notices and closures are compared as they are written; who works here depends on the day."""
    today = now.astimezone(clinic.zone).date() if now else date.min
    return clinic.model_copy(update={"team": {slug: person.as_of(today) for slug, person in clinic.team.items()}})


def _with_slugs(
    model: type[Any], records: Mapping[str, ServiceFrontMatter | PractitionerFrontMatter]
) -> dict[str, Any]:
    """The records as the clinic has them: each with its slug, in the order their files ask for."""
    ordered = sorted(records.items(), key=lambda item: (item[1].order, item[1].title.casefold()))
    return {slug: model.model_construct(**dict(front_matter), slug=slug) for slug, front_matter in ordered}
