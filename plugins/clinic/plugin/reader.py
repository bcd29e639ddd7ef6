"""The reader: a Markdown file to what Pelican makes an article or a page of."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from pelican.readers import BaseReader

from clinic.content.front_matter import missing_markdown_file, read_markdown_file, slug_instead
from clinic.domain.booking.routing import ANY_SUBJECT, Subject, departure_error
from clinic.domain.pages.urls import HOME, location_path, practitioner_path, service_path
from clinic.models.articles import FrontMatter, PageFrontMatter
from clinic.models.location import LocationFrontMatter
from clinic.models.practitioner import Practitioner, PractitionerFrontMatter
from clinic.models.service import Service, ServiceFrontMatter
from clinic.models.suggestions import suggestion
from clinic.models.types import is_slug, slug_like
from clinic.plugin.articles import known_person, read_article
from clinic.plugin.context import Run, Unpublished, run_of
from clinic.plugin.documents import AnyFrontMatter, Metadata, Source, leave_unpublished, render, shared_metadata
from clinic.plugin.titles import check_doctors
from clinic.rendering.text import typographic

_HOME_PAGE = "pages/home.md"


class ClinicReader(BaseReader):  # type: ignore[misc]
    """Reads ``.md`` under ``posts/``, ``pages/``, ``services/``, ``team/`` and ``locations/``."""

    enabled = True
    file_extensions: ClassVar = ["md"]

    def read(self, source_path: str) -> tuple[str, Metadata]:
        """The body in HTML and the metadata, as Pelican asks. What is wrong becomes a problem of the run."""
        run = run_of(self.settings)
        path = Path(source_path)
        key, name = path.relative_to(run.content).as_posix(), run.name_of(path)
        written = path.is_file() or key not in run.generated
        source = Source(path, key, read_markdown_file(path, name) if written else missing_markdown_file(name))
        if source.file.is_draft and not run.preview:
            return "", leave_unpublished(
                run, source, Unpublished("Draft")
            )  # unfinished: its problems are for the preview
        run.problems.extend(source.file.problems)
        return _read(run, source, self.settings)


def _read(run: Run, source: Source, settings: Mapping[str, Any]) -> tuple[str, Metadata]:
    match source.key.partition("/")[0]:
        case "posts":
            content, metadata = read_article(run, source, settings)
        case "services":
            content, metadata = _read_service(run, source)
        case "team":
            content, metadata = _read_practitioner(run, source)
        case "locations":
            content, metadata = _read_location(run, source)
        case _:
            content, metadata = _read_page(run, source)
    _check_review(run, source, metadata)
    check_doctors(run, source)
    return content, metadata


def _read_page(run: Run, source: Source) -> tuple[str, Metadata]:
    name = source.path.stem
    slug = slug_like(name)
    if is_slug(slug) and slug != name and "slug" not in source.file.front_matter.value:
        run.problems.add(source.file.name, 0, f"the name of this file becomes its address; name it {slug}.md")
    known = {**({"slug": slug} if is_slug(slug) else {}), **run.generated.get(source.key, {})}
    front_matter = source.front_matter(
        run, PageFrontMatter, known, {"title": name, "slug": slug_instead(name), **known}
    )
    content, metadata = _words(run, source, front_matter, HOME if source.key == _HOME_PAGE else f"{front_matter.slug}/")
    metadata |= {"slug": front_matter.slug, "menu": front_matter.menu}
    if front_matter.modified:
        metadata["modified"] = front_matter.modified
    return content, metadata


def _read_service(run: Run, source: Source) -> tuple[str, Metadata]:
    slug = source.path.stem
    front_matter = source.front_matter(run, ServiceFrontMatter, {}, {"title": slug})
    service = run.clinic.services.get(slug) or Service.model_construct(**dict(front_matter), slug=slug)
    content, metadata = _words(run, source, front_matter, service_path(slug), Subject(services=(service,)))
    return content, metadata | {"slug": slug, "service": service}


def _read_practitioner(run: Run, source: Source) -> tuple[str, Metadata]:
    slug = source.path.stem
    front_matter = source.front_matter(run, PractitionerFrontMatter, {}, {"title": slug})
    person = run.clinic.team.get(slug) or Practitioner.model_construct(**dict(front_matter), slug=slug)
    content, metadata = _words(run, source, front_matter, practitioner_path(slug))
    named = {"title": person.name, "title_html": typographic(person.name)}
    return content, metadata | {"slug": slug, "practitioner": person, **named}


def _read_location(run: Run, source: Source) -> tuple[str, Metadata]:
    slug = source.path.stem
    known = run.generated.get(source.key)
    if known is None:
        if run.folder.holds:
            run.problems.add(source.file.name, 0, _no_such_location(run, slug))
        return "", leave_unpublished(run, source, Unpublished("No location of this name"))
    front_matter = source.front_matter(run, LocationFrontMatter, known, known)
    content, metadata = _words(run, source, front_matter, location_path(slug))
    return content, metadata | {"slug": slug, "location": slug}


def _no_such_location(run: Run, slug: str) -> str:
    if not run.clinic.has_location_pages:
        return "the page of your only location is the contact page; put these words into pages/contact.md"
    return f'unknown location "{slug}"{suggestion(slug, run.clinic.locations)}'


def _words(
    run: Run, source: Source, front_matter: AnyFrontMatter, page: str, subject: Subject = ANY_SUBJECT
) -> tuple[str, Metadata]:
    rendered = render(run, source.file, page, subject)
    return rendered.html, shared_metadata(run, source, front_matter, rendered)


def _check_review(run: Run, source: Source, metadata: Metadata) -> None:
    """A review is shown with its day and the one who made it, or it says nothing."""
    front_matter = metadata.get("front_matter")
    if not isinstance(front_matter, FrontMatter):
        return
    reviewed = front_matter.reviewed
    if front_matter.reviewed_by:
        person = known_person(run, source, ("reviewed_by",), front_matter.reviewed_by)
        if reviewed and (fault := departure_error(person, reviewed.date())):
            source.problem(run, ("reviewed_by",), fault)
    if not reviewed and (front_matter.reviewed_by or front_matter.review_every):
        key = "reviewed_by" if front_matter.reviewed_by else "review_every"
        source.problem(run, (key,), 'the day of the review is missing; add "reviewed: " and the date')
