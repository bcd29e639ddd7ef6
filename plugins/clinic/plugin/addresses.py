"""The addresses of a build, held to those that were ever published (``content/addresses.py``), and told."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from clinic.content.addresses import ADDRESSES, check_addresses, read_listed
from clinic.content.diagnostics import Diagnostic, Severity
from clinic.content.documents import Document
from clinic.domain.pages.urls import SiteAddress, static_path
from clinic.plugin.build import Build
from clinic.plugin.loads import OtherSites

_LATER_PAGE = re.compile(r"page/\d+/$")


def keep_addresses(build: Build, settings: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Let what is over lead on, and tell what else was published and is nowhere any more.

    A publish stops there; other builds note it. A trial at another address has nothing to do with it.
    ``CLINIC_REDIRECTS_FILE`` is where the certain ones are told: a JSON list of address, and key of the page's file.
    """
    context = build.context
    content = context.content
    if context.address.public != SiteAddress.parse(content.clinic.url).public or not content.holds:
        return
    name = content.name_of(ADDRESSES)
    listed, strange = read_listed(content.folder, name)
    yield from strange
    checked = check_addresses(listed, _present(build), _documents(build))
    build.forwarded = checked.forwarded
    stops = bool(settings.get("CLINIC_PUBLIC")) and not context.preview
    yield from (gone.diagnostic(name, Severity.ERROR if stops else Severity.WARNING) for gone in checked.gone)
    if target := settings.get("CLINIC_REDIRECTS_FILE"):
        certain = [[gone.alias, gone.target.key] for gone in checked.gone if gone.is_certain and gone.target]
        Path(target).write_text(json.dumps(certain), "utf-8")


def _present(build: Build) -> Iterator[str]:
    """The path of everything that the site will have, from its root; also what is hidden, or leads on."""
    for each in build.every:
        place = each.context.address.part.path
        yield from (place(content.url) for content in each.index.contents if content.save_as)
        yield from map(place, each.index.taken)
        yield from each.index.moved
    yield from filter(None, map(static_path, build.context.content.files))


def _documents(build: Build) -> dict[str, Document[Any]]:
    """All documents by the path of their page from the root; of several at one path that which is published."""
    found: dict[str, Document[Any]] = {}
    for each in build.every:
        content = each.context.content
        for document in content.documents.values():
            path = f"{content.language_folder}{document.path}"
            if path not in found or document.state.is_public:
                found[path] = document
    return found


def write_manifest(build: Build, settings: Mapping[str, Any], others: OtherSites) -> None:
    """Tell a publish what is to be in the folder of the site, where it asks for it (``CLINIC_MANIFEST_FILE``).

    ``files``: the digest of each file by its path. ``addresses``: each page that search engines may show, but for later
    pages of a list, with the key of its file, if it has one. ``sources``: the key of the owner's file behind each
    picture and download, whose names do not say that. ``others``: the other sites that browsers would ask, by whether
    only once a visitor has pressed something, each with the files of its pages. Raises OSError.
    """
    if not (target := settings.get("CLINIC_MANIFEST_FILE")):
        return
    addresses: dict[str, str] = {}
    sources: dict[str, str] = {}
    for each in build.every:
        sources |= {**each.index.site_images.origins, **each.index.files.origins}
        place = each.context.address.part.path
        written = [content for content in each.index.contents if content.read.document.file.is_written]
        keys = {content.url: content.read.key for content in written}
        for page in each.written.pages.values():
            if page.indexed and not _LATER_PAGE.search(page.path):
                addresses[f"/{place(page.path)}"] = keys.get(page.path, "")
    files = {path: digest.hex() for path, digest in build.site.digests()}
    whole = {"files": files, "addresses": addresses, "sources": sources, "others": others}
    Path(target).write_text(json.dumps(whole), "utf-8")
