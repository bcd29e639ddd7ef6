"""The reader: hands Pelican the documents that are there already. It opens no file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, TypeAlias

from pelican.readers import BaseReader
from pelican.urlwrappers import Author, Category, Tag

from clinic.content.front_matter import slug_of
from clinic.domain.booking.routing import service_for
from clinic.models.articles import ArticleFrontMatter, PageFrontMatter
from clinic.models.base import Status
from clinic.models.practitioner import Practitioner
from clinic.models.types import LONGEST_SLUG
from clinic.plugin.build import Build
from clinic.plugin.context import Context
from clinic.plugin.documents import ReadDocument, read_documents, unpublished_reason
from clinic.plugin.records import event_of
from clinic.rendering.typography import typographic, with_true_signs

Metadata: TypeAlias = dict[str, Any]
"""What Pelican makes the attributes of an article or a page of."""


class ClinicReader(BaseReader):  # type: ignore[misc]  # Pelican has no types
    """Gives ``.md`` under ``posts/`` and ``pages/``, and those of records: ``services/``, ``team/`` and so on."""

    enabled = True
    file_extensions: ClassVar[list[str]] = []
    """Pelican takes every reader that has been imported; ``read_markdown_only`` chooses this one, and for ``md``."""

    def read(self, source_path: str) -> tuple[str, Metadata]:
        """The body in HTML and the metadata, as Pelican asks. What is unpublished is skipped.

        Pelican would write a draft to ``/drafts/`` and copy its images, so it never gets one.
        """
        build = Build.of(self.settings)
        context = build.context
        if not hasattr(build, "reading"):  # the first document: components need the theme's environment, there by now
            build.reading = read_documents(context)
            build.diagnostics.extend(build.reading.diagnostics)
        key = Path(source_path).relative_to(context.content.folder).as_posix()
        read = build.reading.documents.get(key)
        if read is None or not (context.preview or read.document.state.is_public):
            return "", {"status": "skip"}
        return read.html, metadata_of(context, read, self.settings)


def metadata_of(context: Context, read: ReadDocument, settings: Mapping[str, Any]) -> Metadata:
    """The metadata of a document for Pelican; templates and lists find it as attributes of the article or page."""
    document, front_matter = read.document, read.document.front_matter
    metadata: Metadata = {
        "read": read,
        "front_matter": front_matter,
        "title": read.title,
        "title_html": typographic(read.title),
        "description": read.description,
        "summary": typographic(read.description),
        "slug": document.slug,
        "status": "hidden" if front_matter.status is Status.HIDDEN else "published",
        "unpublished": unpublished_reason(document),
    }
    if modified := getattr(front_matter, "modified", None):
        metadata["modified"] = modified
    if isinstance(front_matter, ArticleFrontMatter):
        return metadata | _article_metadata(context, read, front_matter) | _taxonomy(context, front_matter, settings)
    if event := event_of(context, document):
        metadata["is_over"] = not event.upcoming
    if isinstance(front_matter, PageFrontMatter):
        metadata["menu"] = front_matter.menu
    return metadata


def _article_metadata(context: Context, read: ReadDocument, front_matter: ArticleFrontMatter) -> Metadata:
    return {
        "template": "article",
        "date": front_matter.date.astimezone(context.clinic.zone),  # one zone, so the order is that of days and years
        "headings": read.headings,
        "subject": read.subject,
        "about": tuple((condition, service_for(context.clinic, condition)) for condition in front_matter.conditions),
        "minutes": read.minutes,
    }


def _taxonomy(context: Context, front_matter: ArticleFrontMatter, settings: Mapping[str, Any]) -> Metadata:
    """The lists an article is in, as Pelican's objects; none without an address, which is told (``_addresses``)."""
    names = [context.clinic.practitioner(name) or name for name in front_matter.authors if _has_address(name)]
    found: Metadata = {}
    if names:
        found["authors"] = [_list(Author, name, settings) for name in names]
    if front_matter.status is Status.HIDDEN:  # it is in no list, so it leads to none: the list might not be there
        return found
    if tags := [tag for tag in front_matter.tags if _has_address(tag)]:
        found["tags"] = [_list(Tag, tag, settings) for tag in tags]
    if front_matter.category and _has_address(front_matter.category):
        found["category"] = _list(Category, front_matter.category, settings)
    return found


def _has_address(name: str) -> bool:
    """Whether a list can be called so: without a letter Pelican has no address for it, and a folder has a longest."""
    return 0 < len(slug_of(name)) <= LONGEST_SLUG


def _list(kind: type[Author | Category | Tag], named: Practitioner | str, settings: Mapping[str, Any]) -> Any:
    """Pelican's object for a list: one for all articles in it, since to make its address out of its name costs time.

    A practitioner is named as they may be named; the address has no room for what a doctor is a doctor of.
    """
    known = Build.of(settings).lists
    title = named.title if isinstance(named, Practitioner) else ""
    name = named.name if isinstance(named, Practitioner) else named if kind is Author else with_true_signs(named)
    found = known.get((kind, name, title))
    if found is None:
        found = known[kind, name, title] = kind(name, settings)
        if title:
            found.slug = Author(title, settings).slug
    return found
