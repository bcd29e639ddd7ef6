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
from clinic.domain.booking.routing import ANYTHING, Subject
from clinic.domain.schedule import Rebuild
from clinic.models.articles import Header
from clinic.models.base import Status
from clinic.models.location import LocationHeader
from clinic.models.practitioner import PractitionerHeader
from clinic.models.service import ServiceHeader
from clinic.plugin.context import Run, Withheld
from clinic.rendering.dates import day_and_time
from clinic.rendering.markdown.directive_views import DirectiveViews
from clinic.rendering.markdown.directives import VideoOptions
from clinic.rendering.markdown.renderer import Rendered
from clinic.rendering.text import first_paragraph, plain_text, typographic, word_count

Metadata: TypeAlias = dict[str, Any]
AnyHeader: TypeAlias = Header | ServiceHeader | PractitionerHeader | LocationHeader
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Source:
    """A file of the owner's, read; ``key`` is its path relative to the content folder, as Pelican names it."""

    path: Path
    key: str
    file: MarkdownFile

    def header(self, run: Run, model: type[Model], from_name: Mapping[str, Any], fallback: Mapping[str, Any]) -> Model:
        """The header as ``model``; ``from_name`` is what the file's name says, ``fallback`` stands in for faults."""
        given = {**from_name, **self.file.header.value}
        # a header that could not be read has its problem already: what it lacks is not told again
        known = {**fallback, **given} if self.file.problems else given
        text = YamlText(known, self.file.header.lines)
        context = context_of(run.clinic, run.now)
        header, problems = validate_what_holds(model, text, self.file.name, context, fallback)
        run.problems.extend(problems)
        return header

    def problem(self, run: Run, place: tuple[str | int, ...], message: str) -> None:
        """Report what is wrong at a place of the header."""
        run.problems.add(self.file.name, self.file.header.line(place), message)

    def note(self, run: Run, place: tuple[str | int, ...], message: str) -> None:
        """Report what is only to be told about a place of the header."""
        run.notes.add(self.file.name, self.file.header.line(place), message)


def render(run: Run, file: MarkdownFile, page: str, subject: Subject = ANYTHING) -> Rendered:
    """The body in HTML, for the page at this path; a booking directive that names nothing follows the ``subject``."""
    folder = run.folder
    views = DirectiveViews(
        run.clinic, run.components.render, file.name, subject, page, folder.unreadable, folder.team_is_whole
    )
    rendered = run.markdown.render(file.body, file.name, file.body_line, views)
    run.problems.extend(rendered.problems)
    told = {problem.line for problem in rendered.problems}
    if folder.holds:
        run.problems.extend(problem for problem in views.problems if problem.line not in told)
    return rendered


def shared_metadata(run: Run, source: Source, header: AnyHeader, rendered: Rendered) -> Metadata:
    """What templates and the checks find on every article and page."""
    description = header.summary or first_paragraph(rendered.words) or first_paragraph(rendered.html)
    return {
        "header": header,
        "source": source,
        "references": rendered.references,
        "headings": rendered.headings,
        "videos": tuple(
            (directive.heading or "", directive.options)
            for directive in rendered.directives
            if isinstance(directive.options, VideoOptions)
        ),
        "title": header.title,
        "title_html": typographic(header.title),
        "description": description,
        "summary": typographic(description),
        "word_count": word_count(plain_text(rendered.html)),
        **_status(run, source, header),
    }


def withhold(run: Run, source: Source, withheld: Withheld) -> Metadata:
    """Leave a file out. Pelican would write a draft to ``/drafts/`` and copy its pictures; so it never gets one."""
    run.withheld[source.key] = withheld
    return {"status": "skip"}


def _status(run: Run, source: Source, header: AnyHeader) -> Metadata:
    _plan(run, header)
    withheld = _withheld(header, run.now)
    if withheld and not run.preview:
        return withhold(run, source, withheld)
    reason = withheld.reason if withheld else None
    return {"status": "hidden" if header.status is Status.HIDDEN else "published", "unpublished": reason}


def _plan(run: Run, header: AnyHeader) -> None:
    """Remember when it will appear or go."""
    if header.status is not Status.DRAFT:
        for key, what in (("date", "is due"), ("expires", "expires")):
            if moment := getattr(header, key, None):
                run.rebuilds.append(Rebuild(moment, f"“{header.title}” {what}"))


def _withheld(header: AnyHeader, now: datetime) -> Withheld | None:
    """Why it is not for visitors now, None where it is."""
    date, expires = getattr(header, "date", None), getattr(header, "expires", None)
    if header.status is Status.DRAFT:
        return Withheld("Draft")
    if date and date > now:
        return Withheld(f"Scheduled for {day_and_time(date)}")
    if expires and expires <= now:
        return Withheld(f"Expired on {day_and_time(expires)}", for_good=True)
    return None
