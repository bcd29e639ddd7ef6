"""The Pelican plugin: one receiver for each signal, each with its steps in order. Pure functions do the work."""

import gc
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, Generator
from pelican.readers import BaseReader, MarkdownReader, Readers
from pelican.writers import Writer

from clinic.content.diagnostics import Diagnostics
from clinic.plugin.adapter import Generators, ask_for_no_more_than_needed
from clinic.plugin.addresses import keep_addresses, write_manifest
from clinic.plugin.build import Build, Written
from clinic.plugin.context import Context, shown_path
from clinic.plugin.fact_check import FactCheck
from clinic.plugin.gate import missing_pages, report, validate, validate_all, validate_language
from clinic.plugin.index import resolve
from clinic.plugin.loads import all_carried, check_headers, check_loads, other_sites, write_headers
from clinic.plugin.other_files import copy_files
from clinic.plugin.outputs import (
    write_built,
    write_for_programs,
    write_outputs,
    write_outputs_of_translation,
    write_rebuild_schedule,
    write_share_cards,
    write_sitemap,
)
from clinic.plugin.page_keys import PageKeys, shared_by_all
from clinic.plugin.reader import ClinicReader
from clinic.plugin.search import SearchIndex
from clinic.plugin.second_process import MUCH, SecondProcess
from clinic.plugin.settings import settings_of
from clinic.plugin.site_folder import SiteFolder
from clinic.plugin.templates import compiled_templates, equip
from clinic.plugin.translations import clashes, contexts_of_translations, lead_to_each_other, spoken, versions_of
from clinic.plugin.writer import ClinicWriter, equip_for_writing, write_comment_pages, write_series_pages
from clinic.rendering.page_policy import Carried


def register() -> None:
    """Connect to Pelican's signals (https://docs.getpelican.com, "How to create plugins"), in the order of a run."""
    # Ours stands in its place; without the package "markdown" Pelican would warn at each file that its own cannot read.
    MarkdownReader.enabled = True
    signals.get_generators.connect(start)
    signals.readers_init.connect(read_markdown_only)
    signals.generator_init.connect(share_environment)
    signals.all_generators_finalized.connect(relate_and_check)
    signals.get_writer.connect(choose_writer)
    signals.article_writer_finalized.connect(write_further_pages)
    signals.finalized.connect(finish)


def start(pelican: Pelican) -> tuple[()]:
    """Read the content folder; this signal is the first of every run. It asks for generators: we have none to add."""
    gc.freeze()  # what has been imported stays
    former = pelican.settings.get("CLINIC_FORMER_SITE")
    site = SiteFolder(Path(pelican.output_path), former=Path(former) if former else None)
    build = Build(Context.start(pelican.settings), site)
    if build.context.content.unopened:  # nothing can be said of the rest, so nothing else is
        report(Diagnostics(build.context.content.unopened), pelican.settings, go_on=False)
    pelican.settings.update(settings_of(build, pelican.settings))
    return ()


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
        context = build.context
        page_colours = context.colours["paper"], context.colours["paper-night"]
        build.environment.globals.update(year=context.now.year, page_colours=page_colours, is_preview=context.preview)
        equip(build.environment, context.components, context.clinic, context.address, context.served_at)
    generator.env = build.environment
    ask_for_no_more_than_needed(generator)


def relate_and_check(generators: list[Generator]) -> None:
    """Everything has been read: relate it, look at it, print every diagnostic once, stop a publish before it writes."""
    found = Generators(generators)
    build = Build.of(found.settings)
    context = build.context
    build.generators = found
    read_translations(build)
    lead_to_each_other(build.every)
    for each in build.every:
        with spoken(build, each):
            relate(each, build)
    build.diagnostics.extend((*clashes(build.every), *validate_all(context, [each.index for each in build.every])))
    build.diagnostics.extend(keep_addresses(build, found.settings))
    whole = not any(True for _ in missing_pages(context, build.index))
    try:
        report(build.diagnostics, found.settings, go_on=context.preview and context.content.holds and whole)
    except SystemExit:
        for each in build.every:
            each.context.store.close(whole=False)
        raise
    versions = versions_of(build.every)
    for each in build.every:
        each.versions, each.written = versions, Written()
        equip_for_writing(each.environment, each.context.clinic, each.index)
        with spoken(build, each):
            each.keys = PageKeys(shared_by_all(each.context, each.index, each.generators.settings))
    build.pair = second_process_for_pages(build)


def read_translations(own: Build) -> None:
    """Read what a site has in other languages, each language into a build of its own."""
    settings = own.generators.settings
    for context in contexts_of_translations(own.context, settings):
        build = Build(context, own.site.below(context.address.part.folder), own.log)
        with spoken(own, build):
            build.generators = own.generators.read_again({**settings, **settings_of(build, settings)})
        own.translations.append(build)


def relate(build: Build, own: Build) -> None:
    """Relate what one language has; what is wrong with it is told with what is wrong with its ``own`` site."""
    build.index = resolve(build.context, build.generators)
    found = validate(build.context, build.index) if build is own else validate_language(build.context, build.index)
    own.diagnostics.extend((*build.context.content.diagnostics, *build.diagnostics, *found))
    build.facts = FactCheck(build.context, build.index)
    own.diagnostics.extend(build.facts.owner_texts())


def second_process_for_pages(build: Build) -> SecondProcess | None:
    """One that renders every other page, where there are many that no earlier build has rendered."""
    store, shared = build.context.store, [build.keys.shared]
    is_known = store.has("shared", shared)
    store.kept("shared", shared, lambda: True)
    much = len(build.index.contents) >= MUCH
    return SecondProcess.fork(store) if much and not is_known else None


def check_links(build: Build, settings: dict[str, Any], output: str, pages: Mapping[str, Carried]) -> None:
    """Stop a publish, with exit code 1, whose pages lead visitors to a wrong number, or browsers to a third party."""
    printed = [*build.diagnostics]
    for each in build.every:
        folder = f"{output}/{each.context.address.part.folder}".rstrip("/")
        build.diagnostics.extend(each.facts.links(dict(sorted(each.written.addresses.items())), folder))
    build.diagnostics.extend((*check_loads(build, pages), *check_headers(build, pages)))
    if len(build.diagnostics) > len(printed):
        end = "The pages are written, but are not fit to be seen."
        report(build.diagnostics, settings, go_on=build.context.preview, printed=printed, end=end)


def write_further_pages(generator: ArticlesGenerator, writer: Writer) -> None:
    """What Pelican has no page for."""
    write_series_pages(generator, writer)
    write_comment_pages(generator, writer)


def choose_writer(pelican: Pelican) -> type[ClinicWriter]:
    """Ours."""
    del pelican
    return ClinicWriter


def finish(pelican: Pelican) -> None:
    """After the last page, in this order; the search index is made meanwhile."""
    build, settings = Build.of(pelican.settings), pelican.settings
    build.page_writer.end()
    context, site = build.context, build.site
    searched = settings.get("CLINIC_SEARCH_INDEX", True)
    search_index = SearchIndex.begin(build, settings) if searched else None
    images = {path: file for each in build.every for path, file in each.index.site_images.files.items()}
    for path, file in images.items():
        site.copy(path, file)
    write_outputs(build)
    for each in build.translations:
        with spoken(build, each):
            write_translation(each)
    write_share_cards(build)
    write_sitemap(build)
    carried = all_carried(build)
    write_headers(build, carried)
    write_for_programs(build)
    copy_files(context, [each.index for each in build.every], settings, site)
    if search_index:
        search_index.write(site)
    tidy(site, settings)
    for each in build.every:
        each.context.store.close()
    check_links(build, settings, shown_path(site.folder), carried)
    write_rebuild_schedule(build, settings)
    write_built(build, settings)
    write_manifest(build, settings, other_sites(carried))
    logging.getLogger().removeHandler(build.log)


def write_translation(build: Build) -> None:
    """Write the pages of another language and what belongs to them."""
    settings = build.generators.settings
    build.pair = second_process_for_pages(build)
    build.generators.write_all(ClinicWriter(str(build.site.folder), settings))
    build.page_writer.end()
    write_outputs_of_translation(build)
    if settings.get("CLINIC_SEARCH_INDEX", True):
        SearchIndex.begin(build, settings).write(build.site)


def tidy(site: SiteFolder, settings: dict[str, Any]) -> None:
    """Remove what this build has not made, such as a deleted post, from a folder of the project that is for the site.

    Anywhere else, and where other things lie in the folder (``-o .``), nothing is removed, as Pelican has it.
    """
    output, project = site.folder.resolve(), Path.cwd().resolve()
    others = (project, Path(settings["PATH"]).resolve(), Path(settings["THEME"]).resolve())
    if output.is_relative_to(project) and not any(other.is_relative_to(output) for other in others):
        site.remove_others(settings["OUTPUT_RETENTION"])
