"""The Pelican plugin: one line per signal. Pure functions elsewhere do the work."""

import gc
from collections.abc import Iterable
from itertools import chain
from typing import Any

from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.readers import BaseReader, Readers

from clinic.plugin.comments import attach_discussions
from clinic.plugin.context import KEY, Run, link_base, run_of
from clinic.plugin.fact_check import check_links_of_pages, check_owner_texts
from clinic.plugin.feeds import feed_settings
from clinic.plugin.gate import check
from clinic.plugin.generated import add_pages_from_facts
from clinic.plugin.images import write_images
from clinic.plugin.index import PageIndex, newest_first
from clinic.plugin.outputs import write_next_build, write_outputs
from clinic.plugin.reader import ClinicReader
from clinic.plugin.related import add_related_navigation, write_series_pages
from clinic.plugin.search import write_search_index
from clinic.plugin.templates import compiled_templates, equip
from clinic.plugin.unpublished import check_addresses_to_come
from clinic.plugin.writer import ClinicWriter

_NEW_OBJECTS = 50_000
"""Between two searches for garbage. A build makes next to none, and with Python's 700 a twentieth of it is search."""


def register() -> None:
    """Connect to Pelican's signals (https://docs.getpelican.com, "How to create plugins")."""
    signals.get_generators.connect(start_run)
    signals.readers_init.connect(read_markdown_only)
    signals.generator_init.connect(share_facts)
    signals.article_generator_finalized.connect(settle_addresses)
    signals.page_generator_finalized.connect(add_pages_from_facts)
    signals.article_generator_finalized.connect(attach_discussions)
    signals.article_generator_finalized.connect(check_addresses_to_come)
    signals.article_generator_finalized.connect(add_related_navigation)
    signals.article_writer_finalized.connect(write_series_pages)
    signals.page_generator_finalized.connect(settle_addresses)
    signals.page_generator_finalized.connect(index_pages)
    signals.all_generators_finalized.connect(check_everything)
    signals.get_writer.connect(choose_writer)
    signals.finalized.connect(finish)


def start_run(pelican: Pelican) -> tuple[()]:
    """Read the facts anew; this signal is the first of every run. It asks for generators: we have none to add."""
    gc.set_threshold(_NEW_OBJECTS)
    run = Run.start(pelican.settings)
    pelican.settings.update(settings_from(run, pelican.settings))
    return ()


def check_everything(generators: Iterable[Generator]) -> None:
    """After the last file has been read: the gate, with the fact check."""
    check(generators, check_owner_texts)


def finish(pelican: Pelican) -> None:
    """After the last page, in this order: Pelican calls the receivers of one signal in any."""
    for step in (write_images, write_outputs, write_search_index, check_links_of_pages, write_next_build):
        step(pelican)


def settings_from(run: Run, settings: dict[str, Any]) -> dict[str, Any]:
    """The settings that follow from the clinic's facts, so that the owner types them once."""
    base = link_base(settings, run.address)
    return {
        KEY: run,
        "SITENAME": run.clinic.name,
        "TIMEZONE": run.clinic.timezone,
        "DEFAULT_LANG": run.clinic.language,
        "SITEURL": base,
        "localsiteurl": base,
        "ARTICLE_ORDER_BY": newest_first,
        **feed_settings(run.clinic, settings),
    }


def read_markdown_only(readers: Readers) -> None:
    """Posts and pages are Markdown; any other file in their folders is told as a problem, never guessed at."""
    readers.reader_classes = {"static": BaseReader, "md": ClinicReader}


def share_facts(generator: Generator) -> None:
    """Give templates the facts. Pelican copied the settings into its context before the run began."""
    run = run_of(generator.settings)
    generator.context.update(settings_from(run, generator.settings))
    if run.environment is None:
        run.environment = generator.env
        run.environment.bytecode_cache = compiled_templates(generator.settings)
        equip(run.environment, run)
    generator.env = run.environment  # each compiling the whole theme for itself would take twice as long


def settle_addresses(generator: ArticlesGenerator | PagesGenerator) -> None:
    """An address holds once its file is read. Pelican would put it together anew for every link to it."""
    for content in _published(generator):
        content.override_url = content.url


def index_pages(generator: PagesGenerator) -> None:
    """All pages are known now; menus and trails are made from them."""
    run_of(generator.settings).page_index = PageIndex(generator.pages)


def _published(generator: ArticlesGenerator | PagesGenerator) -> Iterable[Any]:
    if isinstance(generator, ArticlesGenerator):
        return chain(generator.articles, generator.hidden_articles)
    return chain(generator.pages, generator.hidden_pages)


def choose_writer(pelican: Pelican) -> type[ClinicWriter]:
    """Ours, for the feeds."""
    del pelican
    return ClinicWriter
