"""The record that a document makes, and the film of an exercise: what pages ask of a document beside its body."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from clinic.content.documents import AnyFrontMatter, Document
from clinic.domain.events import as_of
from clinic.models.events import Event, EventFrontMatter
from clinic.models.exercises import Exercise, ExerciseFrontMatter
from clinic.models.practitioner import Practitioner, PractitionerFrontMatter
from clinic.models.service import Service, ServiceFrontMatter
from clinic.models.videos import VideoSource
from clinic.plugin.context import Context
from clinic.rendering.markdown.renderer import Reference

AnyRecord = TypeVar("AnyRecord", Service, Event, Exercise, Practitioner)


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
