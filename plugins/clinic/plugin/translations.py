"""A site in several languages: each beside the clinic's own is a build of its own, below a folder of the same site.

So whatever is shown, listed, searched and kept is in the language of its page without anything having to ask for it:
the words, the clinic's facts, the environment of the templates, the index and the store are those of its build. Only
what leads from one language to another is known here.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from clinic.content.diagnostics import Diagnostic
from clinic.domain.pages.page import PageKind, Versions
from clinic.domain.pages.urls import duplicate_address_message
from clinic.models.language import name_in_english
from clinic.plugin.build import Build
from clinic.plugin.context import Context

_HAVE_NO_OTHER = frozenset({PageKind.NOT_FOUND.value, PageKind.THANK_YOU.value})
"""Templates of pages that nobody reads in another language: their addresses stand for others."""


def versions_of(builds: Iterable[Build]) -> Versions:
    """Those of all builds of a site, once everything has been read; none of a site in one language."""
    builds = tuple(builds)
    if len(builds) < 2:
        return Versions()
    paths: dict[str, dict[str, str]] = {}
    for build in builds:
        context = build.context
        for content in build.index.contents:
            document = content.read.document
            template = getattr(content, "template", "")
            is_shown = content.status == "published" and (context.preview or document.state.is_public)
            if is_shown and template not in _HAVE_NO_OTHER:  # nothing leads to what is hidden
                path = context.address.part.folder + content.url
                paths.setdefault(document.page_key, {})[context.clinic.language] = path
    return Versions({build.context.clinic.language: build.context.address.part.folder for build in builds}, paths)


@contextmanager
def spoken(own: Build, build: Build) -> Iterator[None]:
    """Words and dates are in the language of one build of a site; then in the clinic's own again."""
    build.context.content.speak()
    try:
        yield
    finally:
        own.context.content.speak()


def contexts_of_translations(own: Context, settings: Mapping[str, Any]) -> Iterator[Context]:
    """The context of each language but the clinic's own, which is spoken from then on."""
    for content in own.content.translations:
        yield own.in_language(settings, content)


def lead_to_each_other(builds: Iterable[Build]) -> None:
    """Let links to files of another language find their pages, before links are looked at.

    A link to a file that has a translation in the language of the page leads to that.
    """
    builds = tuple(builds)
    if len(builds) < 2:
        return
    everywhere = {
        key: (build.context.address.part.folder, document)
        for build in builds
        for key, document in build.context.content.documents.items()
        if build.context.preview or document.state.is_public
    }
    for build in builds:
        folder, own = build.context.address.part.folder, build.context.content
        up = "../" if folder else ""
        pages: dict[str, str] = {}
        for key, (there, document) in everywhere.items():
            if there == folder:
                continue
            here = own.by_page.get(document.page_key)
            is_here = here and (build.context.preview or here.state.is_public)
            pages[key] = here.path if here and is_here else f"{up}{there}{document.path}"
        paths = {key: f"{there}{document.path}" for key, (there, document) in everywhere.items() if there != folder}
        build.generators.lead_to(pages, paths)


def clashes(builds: Iterable[Build]) -> Iterator[Diagnostic]:
    """Pages and former addresses of one language that lie where another has its pages."""
    builds = tuple(builds)
    taken: dict[str, tuple[str, str]] = {}
    for build in builds:
        folder, name = build.context.address.part.folder, name_in_english(build.context.clinic.language)
        if folder:
            taken[folder] = folder, f"the home page in {name}"
        for content in build.index.contents:
            taken.setdefault(f"{folder}{content.url}", (folder, content.read.name))
    for build in builds:
        yield from _clashes_of(build, taken)


def _clashes_of(build: Build, taken: Mapping[str, tuple[str, str]]) -> Iterator[Diagnostic]:
    """Those of one language; ``taken`` has the folder of its language and its file for each path of the site."""
    folder = build.context.address.part.folder
    for content in build.index.contents:
        other, name = taken[f"{folder}{content.url}"]
        if other != folder:
            yield content.read.document.error(("slug",), duplicate_address_message(content.url, name))
    for alias in build.index.aliases:
        other, name = taken.get(f"{alias.former}/", (folder, ""))
        if other != folder and not alias.diagnostic:
            message = f'alias "/{alias.former}/" is the address of {name} already; remove it'
            yield Diagnostic(alias.file, alias.line, message)
