"""The Pelican plugin: one receiver for each signal, each with its steps in order. Pure functions do the work."""

import gc
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.readers import BaseReader, Readers

from clinic.content.diagnostics import Diagnostics
from clinic.content.documents import Document
from clinic.plugin.adapter import Generators
from clinic.plugin.build import KEY, Build, Written
from clinic.plugin.context import Context, shown_path
from clinic.plugin.fact_check import FactCheck
from clinic.plugin.feeds import feed_settings
from clinic.plugin.gate import missing_pages, report, validate
from clinic.plugin.index import resolve
from clinic.plugin.lists import newest_first
from clinic.plugin.other_files import copy_files
from clinic.plugin.outputs import write_built, write_outputs, write_rebuild_schedule
from clinic.plugin.page_keys import PageKeys, shared_by_all
from clinic.plugin.reader import ClinicReader
from clinic.plugin.search import SearchIndex
from clinic.plugin.second_process import MUCH, SecondProcess
from clinic.plugin.site_folder import SiteFolder
from clinic.plugin.templates import compiled_templates, equip
from clinic.plugin.writer import ClinicWriter, equip_for_writing, write_series_pages


def register() -> None:
    """Connect to Pelican's signals (https://docs.getpelican.com, "How to create plugins"), in the order of a run."""
    signals.get_generators.connect(start)
    signals.readers_init.connect(read_markdown_only)
    signals.generator_init.connect(share_environment)
    signals.all_generators_finalized.connect(relate_and_check)
    signals.get_writer.connect(choose_writer)
    signals.article_writer_finalized.connect(write_series_pages)
    signals.finalized.connect(finish)


def start(pelican: Pelican) -> tuple[()]:
    """Read the content folder; this signal is the first of every run. It asks for generators: we have none to add."""
    gc.freeze()  # what has been imported stays
    build = Build(Context.start(pelican.settings), SiteFolder(Path(pelican.output_path)))
    if build.context.content.unopened:  # nothing can be said of the rest, so nothing else is
        report(Diagnostics(build.context.content.unopened), pelican.settings, go_on=False)
    pelican.settings.update(settings_of(build, pelican.settings))
    return ()


def settings_of(build: Build, settings: dict[str, Any]) -> dict[str, Any]:
    """The settings that follow from the clinic's facts, so that the owner types them once."""
    context = build.context
    return {
        KEY: build,
        "SITENAME": context.clinic.name,
        "TIMEZONE": context.clinic.timezone,
        "DEFAULT_LANG": context.clinic.language,
        "SITEURL": context.link_base,
        "localsiteurl": context.link_base,
        "ARTICLE_ORDER_BY": newest_first,
        "THEME_STATIC_PATHS": [],  # what Pelican would copy, we do
        "EXTRA_PATH_METADATA": path_metadata(context.content.documents.values(), settings["EXTRA_PATH_METADATA"]),
        **feed_settings(context.clinic, settings),
    }


def path_metadata(documents: Iterable[Document[Any]], known: Mapping[str, Any]) -> dict[str, Any]:
    """Pelican's metadata by path, with that of ``pages/home.md`` for ``pages/home/index.md`` too."""
    folders = {document.key: document.page_key for document in documents if document.key != document.page_key}
    return {**known, **{key: known[page] for key, page in folders.items() if page in known}}


def read_markdown_only(readers: Readers) -> None:
    """Posts and pages are Markdown; any other file in their folders is an error, never guessed at."""
    readers.reader_classes = {"static": BaseReader, "md": ClinicReader}


def share_environment(generator: Generator) -> None:
    """Give generators one Jinja environment: each compiling the whole theme for itself would take twice as long.

    Pelican copied the settings into a generator's context before the run began, so they are brought up to date.
    """
    build = Build.of(generator.settings)
    generator.context.update(settings_of(build, generator.settings))
    if not hasattr(build, "environment"):
        build.environment = generator.env
        build.environment.bytecode_cache = compiled_templates(generator.settings)
        build.environment.globals["year"] = build.context.now.year
        context = build.context
        equip(build.environment, context.components, context.clinic, context.address, context.served_at)
    generator.env = build.environment


def relate_and_check(generators: list[Generator]) -> None:
    """Everything has been read: relate it, look at it, print every diagnostic once, stop a publish before it writes."""
    found = Generators(generators)
    build = Build.of(found.settings)
    context = build.context
    build.generators, build.index = found, resolve(context, found)
    build.diagnostics.extend(validate(context, build.index))
    build.facts = FactCheck(context, build.index)
    build.diagnostics.extend(build.facts.owner_texts())
    whole = not any(True for _ in missing_pages(context, build.index))
    try:
        report(build.diagnostics, found.settings, go_on=context.preview and context.content.holds and whole)
    except SystemExit:
        context.store.close(whole=False)
        raise
    build.written = Written()
    equip_for_writing(build.environment, build.index)
    build.keys = PageKeys(shared_by_all(context, build.index, found.settings))
    build.pair = second_process_for_pages(build)


def second_process_for_pages(build: Build) -> SecondProcess | None:
    """One that renders every other page, where there are many that no earlier build has rendered."""
    store, shared = build.context.store, [build.keys.shared]
    is_known = store.has("shared", shared)
    store.kept("shared", shared, lambda: True)
    much = len(build.index.contents) >= MUCH
    return SecondProcess.fork(store) if much and not is_known else None


def check_links(build: Build, settings: dict[str, Any], output: str) -> None:
    """Stop a publish, with exit code 1, whose templates lead visitors to someone else's number or address."""
    printed = [*build.diagnostics]
    build.diagnostics.extend(build.facts.links(dict(sorted(build.written.addresses.items())), output))
    if len(build.diagnostics) > len(printed):
        end = "The pages are written, but are not fit to be seen."
        report(build.diagnostics, settings, go_on=build.context.preview, printed=printed, end=end)


def choose_writer(pelican: Pelican) -> type[ClinicWriter]:
    """Ours."""
    del pelican
    return ClinicWriter


def finish(pelican: Pelican) -> None:
    """After the last page, in this order; the search index is made meanwhile."""
    build, settings = Build.of(pelican.settings), pelican.settings
    build.page_writer.end()
    context, index, site = build.context, build.index, build.site
    searched = settings.get("CLINIC_SEARCH_INDEX", True)
    search_index = SearchIndex.begin(build.written.search_entries, settings) if searched else None
    for path, file in index.site_images.files.items():
        site.copy(path, file)
    write_outputs(context, index, build.written, build.environment, site)
    copy_files(context, index, settings, site)
    if search_index:
        search_index.write(site)
    tidy(site, settings)
    context.store.close()
    check_links(build, settings, shown_path(site.folder))
    write_rebuild_schedule(context, index, site.folder)
    write_built(build, settings)
    logging.getLogger().removeHandler(build.log)


def tidy(site: SiteFolder, settings: dict[str, Any]) -> None:
    """Remove what this build has not made, such as a deleted post, from a folder of the project that is for the site.

    Anywhere else, and where other things lie in the folder (``-o .``), nothing is removed, as Pelican has it.
    """
    output, project = site.folder.resolve(), Path.cwd().resolve()
    others = (project, Path(settings["PATH"]).resolve(), Path(settings["THEME"]).resolve())
    if output.is_relative_to(project) and not any(other.is_relative_to(output) for other in others):
        site.remove_others(settings["OUTPUT_RETENTION"])
