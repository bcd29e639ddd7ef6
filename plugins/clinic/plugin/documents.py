"""Documents with their bodies: Markdown rendered once, before Pelican asks for it, or in an earlier build."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from functools import partial
from typing import Any

from markupsafe import Markup

from clinic.content.diagnostics import Diagnostic
from clinic.content.documents import AnyFrontMatter, Document, State
from clinic.content.folder import EXERCISES, POSTS
from clinic.content.front_matter import MarkdownFile, page_key
from clinic.domain.articles.related import weighed_stems
from clinic.domain.booking.routing import ANY_SUBJECT, Subject
from clinic.models.articles import ArticleFrontMatter
from clinic.models.practitioner import Practitioner
from clinic.models.service import Service
from clinic.models.types import Slug
from clinic.models.videos import VideoSource
from clinic.models.words import N_, gettext
from clinic.plugin.context import Context
from clinic.plugin.page_ends import after_page, after_text
from clinic.plugin.records import film_files, films, practitioner_of, service_of
from clinic.plugin.second_process import work_ahead
from clinic.rendering.dates import day_and_time, last_moment
from clinic.rendering.markdown.components import DirectiveViews
from clinic.rendering.markdown.directives import ArticlesOptions, Directive, VideoOptions
from clinic.rendering.markdown.lint import lint_values
from clinic.rendering.markdown.renderer import Reference, Rendered, Typeset
from clinic.rendering.markdown.tokens import Heading
from clinic.rendering.text import first_paragraph, plain_text, reading_minutes
from clinic.rendering.typography import with_true_signs

_ID = re.compile(r'(?<=[\w"]) id="[^"]*"')
_HEADING_START, _HEADING_END = re.compile(r"<h[1-6]\b[^>]*>"), re.compile(r"</h[1-6]>")
_VIEWED_KEYS = frozenset(
    {"locations", "booking", "care_cards", "testimonials", "country", "fees", "payment", "insurers", "the whole file"}
)
"""Keys of ``clinic.yaml`` that directives show: where one is wrong, nothing can be said of directives."""


@dataclass(frozen=True)
class ReadDocument:
    """A document and its body in HTML, with what pages, lists and checks need of it.

    ``html`` is the whole body as Pelican gets it, ``own_html`` what the owner wrote of it. ``title`` is plain text.
    ``article_lists`` are directives that
    show other articles, ``hours_in_text`` the locations whose weeks a directive shows. ``practitioners`` wrote the
    article and have files; ``services`` are what it is about.
    """

    document: Document[AnyFrontMatter]
    path: str
    html: str
    own_html: str
    title: str
    description: str
    headings: tuple[Heading, ...]
    references: tuple[Reference, ...]
    videos: tuple[tuple[str, VideoSource], ...]
    article_lists: tuple[Directive, ...]
    shows_fees: bool
    hours_in_text: tuple[Slug, ...]
    word_count: int
    subject: Subject = ANY_SUBJECT
    services: tuple[Service, ...] = ()
    practitioners: tuple[Practitioner, ...] = ()

    @property
    def key(self) -> str:
        """The path of the file below the content folder."""
        return self.document.key

    @property
    def name(self) -> str:
        """The path of the file as diagnostics show it."""
        return self.document.name

    @property
    def minutes(self) -> int:
        """How long it takes to read, in whole minutes."""
        return reading_minutes(self.word_count)


@dataclass(frozen=True)
class Reading:
    """Every document that may be shown, by key, and what is wrong with the bodies."""

    documents: Mapping[str, ReadDocument]
    diagnostics: tuple[Diagnostic, ...]


def read_documents(context: Context) -> Reading:
    """Render the body of every document, but of drafts (outside the preview) and of pages without a location."""
    found: list[Diagnostic] = []
    documents = {
        key: document
        for key, document in context.content.documents.items()
        if document.state is not State.NO_LOCATION and (context.preview or document.state is not State.DRAFT)
    }
    if context.store.is_empty:
        work_ahead(context.store, [*documents.values()], partial(_read_ahead, context))
    read = {key: read_document(context, document, found) for key, document in documents.items()}
    return Reading(read, tuple(found))


def _read_ahead(context: Context, document: Document[Any]) -> None:
    """Let the store have what is made of the text of a document."""
    read = read_document(context, document, [])
    if document.folder == POSTS:
        stems_of(context, read)


def stems_of(context: Context, read: ReadDocument) -> Counter[str]:
    """How much each stem of a word counts in a document."""
    body, titles = read.document.file.body, [read.document.front_matter.title, *(each.name for each in read.headings)]
    return context.store.kept("stems", [body, *titles], lambda: weighed_stems(body, titles))


def unpublished_reason(document: Document[AnyFrontMatter]) -> str | None:
    """Why a document is not for visitors now: ``Draft``, ``Scheduled for …``; None where it is."""
    if document.state is State.SCHEDULED and document.date:
        return gettext("Scheduled for {moment}", moment=day_and_time(document.date))
    if document.state is State.EXPIRED and document.expires:
        moment = last_moment(document.expires)
        is_end_of_day = document.expires.time() == time.min
        return (
            gettext("Expired at {moment}", moment=moment)
            if is_end_of_day
            else gettext("Expired on {moment}", moment=moment)
        )
    return None if document.state.is_public else gettext(_REASONS[document.state])


_REASONS = {
    State.DRAFT: N_("Draft"),
    State.SCHEDULED: N_("Scheduled"),
    State.EXPIRED: N_("Expired"),
    State.NO_LOCATION: N_("No location of this name"),
}
"""Why a document is not for visitors, where there is no day to it."""


def read_document(context: Context, document: Document[Any], found: list[Diagnostic]) -> ReadDocument:
    """Render the body of one document; what is wrong with it is added to ``found``."""
    front_matter = document.front_matter
    path, subject = document.path, _subject_of(context, document)
    rendered = _rendered(context, document, path, subject, found)
    is_article = isinstance(front_matter, ArticleFrontMatter)
    after = (
        after_text(context, front_matter, rendered, subject, path)
        if is_article
        else after_page(context, document, rendered)
    )
    practitioner = practitioner_of(context, document)
    beginning, word_count = _words_of(context, rendered)
    return ReadDocument(
        document=document,
        path=path,
        html=rendered.html + "".join(after),
        own_html=rendered.own_html,
        title=with_true_signs(practitioner.name if practitioner else front_matter.title),
        description=with_true_signs(front_matter.summary or "") or beginning,
        headings=(*rendered.headings, *(_references(front_matter) if is_article else ())),
        references=(*rendered.references, *film_files(document)),
        videos=(
            *(
                (directive.heading or "", directive.options)
                for directive in rendered.directives
                if isinstance(directive.options, VideoOptions)
            ),
            *films(document),
        ),
        article_lists=tuple(found for found in rendered.directives if isinstance(found.options, ArticlesOptions)),
        shows_fees=any(directive.name == "fees" for directive in rendered.directives),
        hours_in_text=_hours_in(rendered.directives, context.clinic.locations),
        word_count=word_count,
        subject=subject,
        services=_services_of(context, front_matter) if is_article else (),
        practitioners=_practitioners_of(context, front_matter) if is_article else (),
    )


def _hours_in(directives: Iterable[Directive], locations: Iterable[Slug]) -> tuple[Slug, ...]:
    """The locations whose opening hours directives show: the one that each names, else all."""
    shown = {directive.option("location") for directive in directives if directive.name == "hours"}
    return tuple(slug for slug in locations if slug in shown or None in shown)


def _references(front_matter: ArticleFrontMatter) -> tuple[Heading, ...]:
    """The heading in the component that lists what an article leans on."""
    return (Heading(2, "references", gettext("References")),) if front_matter.references else ()


def _rendered(
    context: Context, document: Document[Any], path: str, subject: Subject, found: list[Diagnostic]
) -> Rendered:
    """The body in HTML; a booking directive that names nothing follows the ``subject``."""
    content, file = context.content, document.file
    found.extend(document.error(path, message) for path, message in lint_values(file.front_matter.value))
    views = DirectiveViews(
        context.clinic,
        context.components.render,
        file.name,
        subject,
        path,
        content.unreadable,
        content.team_is_whole,
        partial(_exercise_words, context),
        partial(context.size_of_link, document.key),
        context.address.part,
    )
    rendered = _typeset(context, file).with_directives(views)
    found.extend(rendered.diagnostics)
    lines = {diagnostic.line for diagnostic in rendered.diagnostics}
    if not content.clinic_yaml.faulty & _VIEWED_KEYS:
        found.extend(diagnostic for diagnostic in views.diagnostics if diagnostic.line not in lines)
    return rendered


def _exercise_words(context: Context, name: str) -> Markup:
    """The text of an exercise for a sheet: of directives what stands inside, and no ids, as several stand there.

    One that has no translation is in the clinic's own language.
    """
    key = f"{EXERCISES}/{name}.md"
    shown = (found for found in context.content.exercises.values() if context.preview or found.state.is_public)
    translated = next((found for found in shown if found.page_key == key), None)
    document = translated or next(found for found in context.documents.values() if page_key(found.key) == key)
    html = _typeset(context, document.file).with_directives(lambda _, body: body).html
    plain = _HEADING_END.sub("</strong></p>", _HEADING_START.sub("<p><strong>", _ID.sub("", html)))
    words = Markup(plain)  # noqa: S704 (from the owner's Markdown)
    return words if translated else Markup('<div lang="{}">{}</div>').format(context.foreign.language, words)


def _typeset(context: Context, file: MarkdownFile) -> Typeset:
    markdown = context.markdown
    inputs = (file.body, file.name, str(file.body_line), markdown.inputs)
    return context.store.kept("markdown", inputs, lambda: markdown.typeset(file.body, file.name, file.body_line))


def _words_of(context: Context, rendered: Rendered) -> tuple[str, int]:
    """How a text begins, with what is in its directives only where it has no other words; how many words it has."""

    def count() -> tuple[str, int]:
        first = first_paragraph(rendered.words) or first_paragraph(rendered.html)
        return first, len(plain_text(rendered.html).split())

    return context.store.kept("words", (rendered.html, rendered.words), count)


def _subject_of(context: Context, document: Document[Any]) -> Subject:
    """What decides its calls to action; ``booking: none`` asks for no more than the clinic's own."""
    front_matter, clinic = document.front_matter, context.clinic
    if service := service_of(context, document):
        return Subject(services=(service,))
    if not isinstance(front_matter, ArticleFrontMatter) or front_matter.booking == "none":
        return ANY_SUBJECT
    booking = clinic.service(front_matter.booking) if front_matter.booking else None
    writers = _practitioners_of(context, front_matter)
    writer = writers[0] if len(writers) == 1 else None
    return Subject(_services_of(context, front_matter), front_matter.conditions, booking, writer)


def _services_of(context: Context, front_matter: ArticleFrontMatter) -> tuple[Service, ...]:
    """What an article is about; the service that its booking names comes last, unless it is named by itself."""
    booking = (front_matter.booking,) if front_matter.booking and front_matter.booking != "none" else ()
    names = dict.fromkeys((*front_matter.services, *booking))
    return tuple(service for name in names if (service := context.clinic.service(name)))


def _practitioners_of(context: Context, front_matter: ArticleFrontMatter) -> tuple[Practitioner, ...]:
    """Who wrote an article, as far as they have files in ``team/``."""
    return tuple(found for name in front_matter.authors if (found := context.clinic.practitioner(name)))
