"""The records that a page shows: its own, services and people in lists, the film of an exercise."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from clinic.content.documents import AnyFrontMatter, Document
from clinic.domain.booking.routing import offering
from clinic.domain.clinic_on_day import ClinicOnDay, LocationOnDay
from clinic.domain.events import as_of
from clinic.domain.pages.page import PageKind
from clinic.models.base import Status
from clinic.models.events import Event, EventFrontMatter
from clinic.models.exercises import Exercise, ExerciseFrontMatter
from clinic.models.practitioner import Practitioner, PractitionerFrontMatter
from clinic.models.service import Service, ServiceFrontMatter
from clinic.models.videos import VideoSource
from clinic.plugin.context import Context
from clinic.rendering.markdown.renderer import Reference

AnyRecord = TypeVar("AnyRecord", Service, Event, Exercise, Practitioner)
_SHOW_SERVICES = {PageKind.HOME, PageKind.SERVICES, PageKind.BOOK}
_MOST_ON_HOME = 12
"""Services and people: the home page leads to the lists of all."""


def service_of(context: Context, document: Document[AnyFrontMatter]) -> Service | None:
    """The service whose page it is, also where something is wrong with it; None for any other document."""
    return _record(document, ServiceFrontMatter, Service, context.clinic.services)


def event_of(context: Context, document: Document[AnyFrontMatter]) -> Event | None:
    """The event whose page it is, also where something is wrong with it; None for any other document."""
    found = _record(document, EventFrontMatter, Event, context.clinic.events)
    return found if found is None or found.slug in context.clinic.events else as_of(found, context.now.date())


def exercise_of(context: Context, document: Document[AnyFrontMatter]) -> Exercise | None:
    """The exercise whose page it is, also where something is wrong with it; None for any other document."""
    return _record(document, ExerciseFrontMatter, Exercise, context.clinic.exercises)


def practitioner_of(context: Context, document: Document[AnyFrontMatter]) -> Practitioner | None:
    """The practitioner whose page it is, also where something is wrong with it; None for any other document."""
    return _record(document, PractitionerFrontMatter, Practitioner, context.clinic.team)


def _record(
    document: Document[AnyFrontMatter], written: type[BaseModel], model: type[AnyRecord], known: Mapping[str, AnyRecord]
) -> AnyRecord | None:
    front_matter, slug = document.front_matter, document.stem
    if not isinstance(front_matter, written):
        return None
    return known.get(slug) or model.model_construct(**dict(front_matter), slug=slug)


def services_shown(clinic: ClinicOnDay, kind: PageKind, location: LocationOnDay | None) -> tuple[Service, ...]:
    """All services on pages that list them; on the page of a location those that it offers."""
    if location:
        return _listed(clinic.services[slug] for slug in location.services)
    found = _listed(clinic.services.values()) if kind in _SHOW_SERVICES else ()
    return found[:_MOST_ON_HOME] if kind is PageKind.HOME else found


def team_shown(
    clinic: ClinicOnDay, kind: PageKind, service: Service | None, location: str | None
) -> tuple[Practitioner, ...]:
    """All who work here on the team's page, the first of them on a home page with a band of them.

    On the page of a service or a location those whose file names it.
    """
    if kind is PageKind.TEAM:
        return _listed(clinic.staff)
    if kind is PageKind.HOME:
        return _listed(clinic.staff)[:_MOST_ON_HOME] if clinic.home.shows("team") else ()
    if service:
        return _listed(offering(clinic, service))
    return _listed(found for found in clinic.staff if location in found.locations) if location else ()


def _listed(records: Iterable[AnyRecord]) -> tuple[AnyRecord, ...]:
    """What lists show; a hidden record has its own page and no more."""
    return tuple(record for record in records if record.status is not Status.HIDDEN)


def films(document: Document[Any]) -> Iterator[tuple[str, VideoSource]]:
    """The video in the front matter of an exercise, with its title."""
    front_matter = document.front_matter
    if isinstance(front_matter, ExerciseFrontMatter) and front_matter.video:
        yield front_matter.title, front_matter.video


def film_files(document: Document[Any]) -> Iterator[Reference]:
    """The files of that video which are the owner's own."""
    for _, video in films(document):
        for key, path in (("url", video.file), ("captions", video.captions), ("poster", video.poster)):
            if path:
                line = document.file.front_matter.line(("video", key))
                yield Reference(f"{{static}}/{path}", line, key == "poster")
