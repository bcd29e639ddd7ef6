"""One run of the generator: the facts it stands on, and what it has found so far.

A run is made anew each time Pelican reads the content (``--autoreload`` keeps the process but not the run), is handed
on through Pelican's own ``settings``, and nothing else in the package remembers anything.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment

from clinic.content.clinic import CLINIC_FILE, ClinicFolder, read_clinic_folder
from clinic.content.clock import utc_now
from clinic.content.diagnostics import Diagnostics
from clinic.domain.articles.series import Part, Series
from clinic.domain.checks.palette import palette
from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.domain.hours.checks import undecided_bank_holidays
from clinic.domain.pages.generated import generated_front_matter
from clinic.domain.pages.media import Image, PublishedImages
from clinic.domain.pages.page import PageFacts
from clinic.domain.pages.urls import SiteAddress
from clinic.domain.schedule import Rebuild, rebuilds_of
from clinic.fact_check.extract import Address
from clinic.fact_check.known_facts import KnownFacts
from clinic.fact_check.verify import OwnerText
from clinic.plugin.components import Components
from clinic.plugin.index import PageIndex
from clinic.plugin.stylesheets import brand_rule, theme_colours
from clinic.rendering.head.head import HeadBuilder
from clinic.rendering.head.structured_data.nodes import Site
from clinic.rendering.hours_text import with_hours_notices
from clinic.rendering.images.cache import ImageCache
from clinic.rendering.markdown.renderer import MarkdownRenderer

KEY = "CLINIC_RUN"
SHARE_IMAGE = Image("theme/share.png", "A line that rises from the ground through four joints", 1200, 630)
"""Stands in on share cards where a page has no picture: the theme's own motif."""


class Unpublished(NamedTuple):
    """Why a file is not published; ``for_good``: it has had its day, and another may have its address."""

    reason: str
    for_good: bool = False


@dataclass
class Run:
    """``problems``, ``notes`` and ``pages`` fill as the run goes; the rest is fixed from its beginning.

    ``withheld`` tells why a source file (relative to content) is not published; ``pages`` are the facts of every page
    written, by path.
    """

    content: Path
    folder: ClinicFolder
    clinic: ClinicOnDay
    address: SiteAddress
    preview: bool
    now: datetime
    components: Components
    heads: HeadBuilder
    store: ImageCache
    images: PublishedImages
    generated: Mapping[str, Mapping[str, str]]
    """What the facts know of the header of each page that needs no file, by the path of the file that it may have."""
    markdown: MarkdownRenderer
    problems: Diagnostics = field(default_factory=Diagnostics)
    notes: Diagnostics = field(default_factory=Diagnostics)
    """What the owner should know, and need not mend before publishing."""
    unpublished: dict[str, Unpublished] = field(default_factory=dict)
    pages: dict[str, PageFacts] = field(default_factory=dict)
    search_entries: dict[str, str] = field(default_factory=dict)
    """What the search index is made of, by the path of the page: HTML, as ``rendering/search_entry.py`` puts it."""
    rebuilds: list[Rebuild] = field(default_factory=list)
    """When what is being built now begins to be wrong."""
    comment_files: set[str] = field(default_factory=set)
    """The files of comments that were looked at, relative to content."""
    series: dict[Series, tuple[Part[Any], ...]] = field(default_factory=dict)
    """The series with at least two published parts; empty until all articles have been read."""
    moved: dict[str, str] = field(default_factory=dict)
    """Former path to present path."""
    image_files: dict[str, Path] = field(default_factory=dict)
    """What is to be copied to each path of a published picture."""
    known: KnownFacts | None = None
    """What is true; None where clinic.yaml is too broken to know, and before the fact check."""
    owner_texts: tuple[OwnerText, ...] = ()
    """What the fact check has read."""
    addresses: dict[str, tuple[Address, ...]] = field(default_factory=dict)
    """Where each page leads and what it loads, by the path of the page's file."""
    page_index: PageIndex = field(default_factory=PageIndex)
    """Empty until all pages have been read."""
    environment: Environment | None = None
    """Jinja's, shared by all of Pelican's generators; None until the first of them is there."""

    @classmethod
    def start(cls, settings: Mapping[str, Any]) -> "Run":
        """Read the facts and get everything ready. Never fails on what the owner wrote: that becomes a problem."""
        content = Path(settings["PATH"])
        theme = Path(settings["THEME"])
        colours = theme_colours(theme / "static" / "css")
        moment, preview = utc_now(), bool(settings.get("CLINIC_PREVIEW"))
        folder = read_clinic_folder(content, shown_path(content), colours, drafts=preview, now=moment)
        now = moment.astimezone(folder.clinic.zone)
        clinic = with_hours_notices(ClinicOnDay.on(now.date(), folder.clinic), now.date())
        address = SiteAddress.parse(settings.get("CLINIC_ADDRESS") or clinic.url)
        images = PublishedImages()
        components = Components(
            theme,
            link_base(settings, address),
            brand_rule(palette(clinic.brand, colours), clinic.brand.font),
            images,
        )
        run = cls(
            content=content,
            folder=folder,
            clinic=clinic,
            address=address,
            preview=preview,
            now=now,
            components=components,
            heads=HeadBuilder(Site(clinic, address, SHARE_IMAGE, images=images)),
            store=ImageCache(Path(settings["CACHE_PATH"]) / "pictures"),
            images=images,
            generated=generated_front_matter(clinic),
            markdown=MarkdownRenderer(components.ids),
        )
        run.problems.extend(folder.problems)
        run.rebuilds.extend(rebuilds_of(folder.clinic, now.date()))
        for found in undecided_bank_holidays(clinic, now.date()):
            run.notes.add(run.name_of(content / CLINIC_FILE), folder.lines.line(found.place), found.message)
        return run

    def name_of(self, path: Path | str) -> str:
        """A source file as the owner knows it: ``content/posts/x.md``."""
        return shown_path(Path(path))


def run_of(settings: Mapping[str, Any]) -> Run:
    """The run that these settings belong to."""
    run: Run = settings[KEY]
    return run


def link_base(settings: Mapping[str, Any], address: SiteAddress) -> str:
    """What links inside the site begin with: the folder of the public address, nothing on the owner's machine."""
    return address.folder if settings.get("CLINIC_PUBLIC") else ""


def shown_path(path: Path) -> str:
    """Relative to where the owner stands, with forward slashes."""
    return Path(os.path.relpath(path)).as_posix()
