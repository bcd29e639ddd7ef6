"""Pelican's objects as the plugin sees them: Pelican itself has no types."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from markupsafe import Markup

from clinic.plugin.documents import ReadDocument


class ListWrapper(Protocol):
    """A category, tag or author: ``name`` as shown, ``url`` of its list from the root of the site."""

    name: str
    url: str


class Content(Protocol):
    """What articles and pages share. ``read`` is our own record, everything else is Pelican's."""

    read: ReadDocument
    url: str
    save_as: str
    slug: str
    title: str
    status: str
    relative_dir: str
    settings: Mapping[str, Any]

    @property
    def content(self) -> str:
        """The body in HTML, with its links resolved."""

    def get_relative_source_path(self, source_path: str | None = None) -> str:
        """A path below the content folder, with forward slashes and without dots."""

    def get_content(self, siteurl: str) -> str:
        """The body with its links made whole for a site at ``siteurl``."""


class Article(Content, Protocol):
    """An article; ``date`` is in the clinic's time zone, ``title_html`` and ``summary`` are HTML.

    ``unpublished`` is the reason why only the preview shows it.
    """

    date: datetime
    title_html: Markup
    summary: Markup
    unpublished: str | None


class Page(Content, Protocol):
    """A page; ``template`` names its template."""

    template: str


class StaticFile(Protocol):
    """A file that Pelican copies."""

    source_path: str
    save_as: str
    override_url: str
    override_save_as: str

    def get_relative_source_path(self) -> str:
        """Its path below the content folder."""
