"""One run of Pelican, from signal to signal: each signal finds here what the earlier ones have made."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from jinja2 import Environment

from clinic.content.diagnostics import Diagnostics
from clinic.domain.pages.page import PageFacts, Versions
from clinic.fact_check.extract import Address
from clinic.plugin.adapter import Generators
from clinic.plugin.context import Context
from clinic.plugin.documents import Reading
from clinic.plugin.fact_check import FactCheck
from clinic.plugin.index import Index
from clinic.plugin.page_keys import PageKeys
from clinic.plugin.second_process import SecondProcess
from clinic.plugin.share_cards import ShareCards
from clinic.plugin.site_folder import SiteFolder
from clinic.rendering.files.search import SearchEntry
from clinic.rendering.page_policy import Carried

KEY = "CLINIC_BUILD"


@dataclass
class Written:
    """What has been written, by path of the page.

    ``pages`` are the facts of each page; ``addresses`` its links that state something, by path of its file;
    ``search_entries`` what the search index is made from;
    ``carried`` what each page loads and runs, by path of its file.
    """

    pages: dict[str, PageFacts] = field(default_factory=dict)
    addresses: dict[str, tuple[Address, ...]] = field(default_factory=dict)
    search_entries: dict[str, SearchEntry] = field(default_factory=dict)
    carried: dict[str, Carried] = field(default_factory=dict)


class PageWriting(Protocol):
    """What the steps of a build ask of whoever writes its pages (``plugin/writer.py``)."""

    cards: ShareCards

    def end(self) -> None:
        """All pages have been asked for."""


class LogWatch(logging.Handler):
    """Notices whether anything was logged that its reader sees."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.has_spoken = False

    def emit(self, record: logging.LogRecord) -> None:
        """Called for each record that no filter keeps back.

        Pelican's plain log has no handler and leaves it to Python's last resort, which steps back where there is one.
        """
        self.has_spoken = True
        if logging.lastResort and logging.getLogger().handlers == [self]:
            logging.lastResort.handle(record)


class Build:
    """Handed on through Pelican's settings. A stage is set once, whole; using it earlier raises AttributeError.

    ``environment`` is Jinja's, shared by all of Pelican's generators, and there from the first of them on; ``reading``
    once Pelican asks for the first document, ``generators``, ``index``, ``facts`` and ``keys`` once all have been read,
    ``written`` and ``page_writer`` while pages are written and after; ``pair`` is the second process, if any. A site
    in several languages has a build for each: ``translations`` are those beside the clinic's own. ``forwarded`` are
    addresses of lists and posts that are no more, with the path that each leads to (``plugin/addresses.py``).
    """

    environment: Environment
    generators: Generators
    reading: Reading
    index: Index
    facts: FactCheck
    keys: PageKeys
    written: Written
    page_writer: PageWriting
    pair: SecondProcess | None

    def __init__(self, context: Context, site: SiteFolder, log: LogWatch | None = None) -> None:
        """``log`` is the one of the whole site, where this is the build of one of its translations."""
        self.context = context
        self.site = site
        self.lists: dict[tuple[type, str, str], Any] = {}
        """Pelican's categories, tags and authors, as ``reader.py`` has made them."""
        self.pair = None
        self.translations: list[Build] = []
        self.versions = Versions()
        self.forwarded: Mapping[str, str] = {}
        self.log = log or LogWatch()
        logging.getLogger().addHandler(self.log)  # a second time it is there already
        self.diagnostics = Diagnostics(context.content.diagnostics)

    @property
    def every(self) -> "tuple[Build, ...]":
        """This build and those of its translations."""
        return self, *self.translations

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Build":
        """The build that these settings belong to."""
        build: Build = settings[KEY]
        return build
