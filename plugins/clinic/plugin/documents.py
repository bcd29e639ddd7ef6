"""What every Markdown file goes through, whatever it becomes: its words, its picture, whether it is published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from pydantic import BaseModel

from clinic.content.clinic import context_of
from clinic.content.front_matter import MarkdownFile
from clinic.content.validation import validate_what_holds
from clinic.content.yaml_text import YamlText
from clinic.domain.booking.routing import ANY_SUBJECT, Subject
from clinic.domain.schedule import Rebuild
from clinic.models.articles import FrontMatter
from clinic.models.base import Status
from clinic.models.location import LocationFrontMatter
from clinic.models.practitioner import PractitionerFrontMatter
from clinic.models.service import ServiceFrontMatter
from clinic.plugin.context import Run, Unpublished
from clinic.rendering.dates import day_and_time
from clinic.rendering.markdown.directive_views import DirectiveViews
from clinic.rendering.markdown.directives import VideoOptions
from clinic.rendering.markdown.renderer import Rendered
from clinic.rendering.text import first_paragraph, plain_text, typographic, word_count

Metadata: TypeAlias = dict[str, Any]
AnyFrontMatter: TypeAlias = FrontMatter | ServiceFrontMatter | PractitionerFrontMatter | LocationFrontMatter
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Source:
    """A file of the owner's, read; ``key`` is its path relative to the content folder, as Pelican names it."""

    path: Path
    key: str
    file: MarkdownFile

    def front_matter(
        self, run: Run, model: type[Model], from_name: Mapping[str, Any], fallback: Mapping[str, Any]
    ) -> Model:
        """The header as ``model``; ``from_name`` is what the file's name says, ``fallback`` stands in for faults."""
        given = {**from_name, **self.file.front_matter.value}
        # a header that could not be read has its problem already: what it lacks is not told again
        known = {**fallback, **given} if self.file.problems else given
        text = YamlText(known, self.file.front_matter.lines)
        context = context_of(run.clinic, run.now)
        front_matter, problems = validate_what_holds(model, text, self.file.name, context, fallback)
        run.problems.extend(problems)
        return front_matter

    def problem(self, run: Run, place: tuple[str | int, ...], message: str) -> None:
        """Report what is wrong at a place of the header."""
        run.problems.add(self.file.name, self.file.front_matter.line(place), message)

    def note(self, run: Run, place: tuple[str | int, ...], message: str) -> None:
        """Report what is only to be told about a place of the header."""
        run.notes.add(self.file.name, self.file.front_matter.line(place), message)


def render(run: Run, file: MarkdownFile, page: str, subject: Subject = ANY_SUBJECT) -> Rendered:
    """The body in HTML, for the page at this path; a booking directive that names nothing follows the ``subject``."""
    folder = run.folder
    views = DirectiveViews(
        run.clinic, run.components.render, file.name, subject, page, folder.unreadable, folder.team_is_whole
    )
    rendered = run.markdown.render(file.body, file.name, file.body_line, views)
    run.problems.extend(rendered.diagnostics)
    told = {problem.line for problem in rendered.diagnostics}
    if folder.holds:
        run.problems.extend(problem for problem in views.diagnostics if problem.line not in told)
    return rendered


def shared_metadata(run: Run, source: Source, front_matter: AnyFrontMatter, rendered: Rendered) -> Metadata:
    """What templates and the checks find on every article and page."""
    description = front_matter.summary or first_paragraph(rendered.words) or first_paragraph(rendered.html)
    return {
        "front_matter": front_matter,
        "source": source,
        "references": rendered.references,
        "headings": rendered.headings,
        "videos": tuple(
            (directive.heading or "", directive.options)
            for directive in rendered.directives
            if isinstance(directive.options, VideoOptions)
        ),
        "title": front_matter.title,
        "title_html": typographic(front_matter.title),
        "description": description,
        "summary": typographic(description),
        "word_count": word_count(plain_text(rendered.html)),
        **_status(run, source, front_matter),
    }


def leave_unpublished(run: Run, source: Source, unpublished: Unpublished) -> Metadata:
    """Leave a file out. Pelican would write a draft to ``/drafts/`` and copy its pictures; so it never gets one."""
    run.unpublished[source.key] = unpublished
    return {"status": "skip"}


def _status(run: Run, source: Source, front_matter: AnyFrontMatter) -> Metadata:
    _plan(run, front_matter)
    unpublished = _unpublished(front_matter, run.now)
    if unpublished and not run.preview:
        return leave_unpublished(run, source, unpublished)
    reason = unpublished.reason if unpublished else None
    return {"status": "hidden" if front_matter.status is Status.HIDDEN else "published", "unpublished": reason}


def _plan(run: Run, front_matter: AnyFrontMatter) -> None:
    """Remember when it will appear or go."""
    if front_matter.status is not Status.DRAFT:
        for key, what in (("date", "is due"), ("expires", "expires")):
            if moment := getattr(front_matter, key, None):
                run.rebuilds.append(Rebuild(moment, f"“{front_matter.title}” {what}"))


def _unpublished(front_matter: AnyFrontMatter, now: datetime) -> Unpublished | None:
    """Why it is not for visitors now, None where it is."""
    date, expires = getattr(front_matter, "date", None), getattr(front_matter, "expires", None)
    if front_matter.status is Status.DRAFT:
        return Unpublished("Draft")
    if date and date > now:
        return Unpublished(f"Scheduled for {day_and_time(date)}")
    if expires and expires <= now:
        return Unpublished(f"Expired on {day_and_time(expires)}", for_good=True)
    return None
