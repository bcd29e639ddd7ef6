"""The reader: a Markdown file to what Pelican makes an article or a page of."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from pelican.readers import BaseReader

from clinic.content.front_matter import missing_markdown_file, read_markdown_file, slug_instead
from clinic.domain.booking.routing import ANYTHING, Subject, gone
from clinic.domain.pages.urls import HOME, location_path, practitioner_path, service_path
from clinic.models.articles import Header, PageHeader
from clinic.models.location import LocationHeader
from clinic.models.practitioner import Practitioner, PractitionerHeader
from clinic.models.service import Service, ServiceHeader
from clinic.models.suggestions import suggestion
from clinic.models.types import is_slug, slug_like
from clinic.plugin.articles import known_person, read_article
from clinic.plugin.context import Run, Withheld, run_of
from clinic.plugin.documents import AnyHeader, Metadata, Source, render, shared_metadata, withhold
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
        written = path.is_file() or key not in run.from_facts
        source = Source(path, key, read_markdown_file(path, name) if written else missing_markdown_file(name))
        if source.file.is_draft and not run.preview:
            return "", withhold(run, source, Withheld("Draft"))  # unfinished: its problems are for the preview
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
    if is_slug(slug) and slug != name and "slug" not in source.file.header.value:
        run.problems.add(source.file.name, 0, f"the name of this file becomes its address; name it {slug}.md")
    known = {**({"slug": slug} if is_slug(slug) else {}), **run.from_facts.get(source.key, {})}
    header = source.header(run, PageHeader, known, {"title": name, "slug": slug_instead(name), **known})
    content, metadata = _words(run, source, header, HOME if source.key == _HOME_PAGE else f"{header.slug}/")
    metadata |= {"slug": header.slug, "menu": header.menu}
    if header.modified:
        metadata["modified"] = header.modified
    return content, metadata


def _read_service(run: Run, source: Source) -> tuple[str, Metadata]:
    slug = source.path.stem
    header = source.header(run, ServiceHeader, {}, {"title": slug})
    service = run.clinic.services.get(slug) or Service.model_construct(**dict(header), slug=slug)
    content, metadata = _words(run, source, header, service_path(slug), Subject(services=(service,)))
    return content, metadata | {"slug": slug, "service": service}


def _read_practitioner(run: Run, source: Source) -> tuple[str, Metadata]:
    slug = source.path.stem
    header = source.header(run, PractitionerHeader, {}, {"title": slug})
    person = run.clinic.team.get(slug) or Practitioner.model_construct(**dict(header), slug=slug)
    content, metadata = _words(run, source, header, practitioner_path(slug))
    named = {"title": person.name, "title_html": typographic(person.name)}
    return content, metadata | {"slug": slug, "practitioner": person, **named}


def _read_location(run: Run, source: Source) -> tuple[str, Metadata]:
    slug = source.path.stem
    known = run.from_facts.get(source.key)
    if known is None:
        if run.folder.holds:
            run.problems.add(source.file.name, 0, _no_such_location(run, slug))
        return "", withhold(run, source, Withheld("No location of this name"))
    header = source.header(run, LocationHeader, known, known)
    content, metadata = _words(run, source, header, location_path(slug))
    return content, metadata | {"slug": slug, "location": slug}


def _no_such_location(run: Run, slug: str) -> str:
    if not run.clinic.has_location_pages:
        return "the page of your only location is the contact page; put these words into pages/contact.md"
    return f'unknown location "{slug}"{suggestion(slug, run.clinic.locations)}'


def _words(run: Run, source: Source, header: AnyHeader, page: str, subject: Subject = ANYTHING) -> tuple[str, Metadata]:
    rendered = render(run, source.file, page, subject)
    return rendered.html, shared_metadata(run, source, header, rendered)


def _check_review(run: Run, source: Source, metadata: Metadata) -> None:
    """A review is shown with its day and the one who made it, or it says nothing."""
    header = metadata.get("header")
    if not isinstance(header, Header):
        return
    reviewed = header.reviewed
    if header.reviewed_by:
        person = known_person(run, source, ("reviewed_by",), header.reviewed_by)
        if reviewed and (fault := gone(person, reviewed.date())):
            source.problem(run, ("reviewed_by",), fault)
    if not reviewed and (header.reviewed_by or header.review_every):
        key = "reviewed_by" if header.reviewed_by else "review_every"
        source.problem(run, (key,), 'the day of the review is missing; add "reviewed: " and the date')
