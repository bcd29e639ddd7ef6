"""One run of Pelican, from signal to signal: each signal finds here what the earlier ones have made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment

from clinic.content.diagnostics import Diagnostics
from clinic.domain.pages.page import PageFacts
from clinic.plugin.context import Context
from clinic.plugin.documents import Reading
from clinic.plugin.index import Index

KEY = "CLINIC_BUILD"


@dataclass
class Written:
    """What has been written: the facts of each page and what the search index is made of, by path of the page.

    ``search_entries`` are HTML documents, as ``rendering/files/search_entries.py`` makes them.
    """

    pages: dict[str, PageFacts] = field(default_factory=dict)
    search_entries: dict[str, str] = field(default_factory=dict)


class Build:
    """Handed on through Pelican's settings. A stage is set once, whole; using it earlier raises AttributeError.

    ``environment`` is Jinja's, shared by all of Pelican's generators, and there from the first of them on; ``reading``
    once Pelican asks for the first document, ``index`` once all have been read, ``written`` while pages are written
    and after.
    """

    environment: Environment
    reading: Reading
    index: Index
    written: Written

    def __init__(self, context: Context) -> None:
        self.context = context
        self.diagnostics = Diagnostics(context.content.diagnostics)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Build":
        """The build that these settings belong to."""
        build: Build = settings[KEY]
        return build
