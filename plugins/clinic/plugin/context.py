"""What one build stands on, fixed from its beginning: the content, the facts, the time and the theme."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from clinic.content.clock import utc_now
from clinic.content.diagnostics import Diagnostic
from clinic.content.load import Content, load
from clinic.domain.checks.palette import palette
from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.domain.pages.urls import SiteAddress
from clinic.models.clinic import site_address
from clinic.models.words import current_words
from clinic.plugin.brand import icon_files
from clinic.plugin.store import Store, store_of
from clinic.plugin.stylesheets import brand_rule, theme_colours
from clinic.plugin.templates import Components
from clinic.rendering.hours_text import with_hours_notices
from clinic.rendering.images.brand import FAVICON
from clinic.rendering.images.cache import ImageCache
from clinic.rendering.markdown.renderer import MarkdownRenderer
from clinic.rendering.typography import with_true_signs

_FILE_LINK = re.compile(r"\{(?:static|attach)\}([^#?]*)")


@dataclass(frozen=True)
class Context:
    """What does not change during a build.

    ``clinic`` is the clinic as of the day of the build; ``content.clinic`` has the facts as they are written.
    ``public``: whether search engines may show the site: neither a preview nor a trial at another address.
    ``served_at`` is where the files of this build can be loaded: the preview's server, else the public address.
    ``link_base`` is what links inside the site begin with: the folder of the public address, nothing on the owner's
    machine. ``store`` has what earlier builds worked out; ``theme`` is its folder, ``assets`` are the folders whose
    files the theme publishes as they are; ``icons`` the icons and the share picture, by their paths from the root of
    the site; ``colours`` the clinic's whole palette by name; ``faults`` what is wrong with the settings of a build.
    """

    content: Content
    clinic: ClinicOnDay
    address: SiteAddress
    served_at: SiteAddress
    now: datetime
    preview: bool
    public: bool
    link_base: str
    colours: Mapping[str, str]
    components: Components
    markdown: MarkdownRenderer
    image_cache: ImageCache
    store: Store
    theme: Path
    assets: tuple[Path, ...]
    icons: Mapping[str, Path]
    faults: tuple[Diagnostic, ...] = ()

    @classmethod
    def start(cls, settings: Mapping[str, Any]) -> "Context":
        """Read the content folder and get everything ready. What the owner wrote wrongly becomes a diagnostic."""
        theme, preview, moment = Path(settings["THEME"]), bool(settings.get("CLINIC_PREVIEW")), utc_now()
        colours = theme_colours(theme / "static" / "css")
        folder = Path(settings["PATH"])
        content = load(folder, shown_as=shown_path(folder), now=moment, preview=preview, theme=colours)
        now = moment.astimezone(content.clinic.zone)
        clinic = _with_true_names(with_hours_notices(ClinicOnDay.on(now.date(), content.clinic), now.date()))
        public_url, faults = _public_url(settings.get("CLINIC_ADDRESS") or "", clinic.url)
        address = SiteAddress.parse(public_url)
        link_base = address.folder if settings.get("CLINIC_PUBLIC") else ""
        own_colours = palette(clinic.brand, colours)
        all_colours, image_cache = {**colours, **own_colours}, ImageCache(Path(settings["CACHE_PATH"]) / "pictures")
        icons = icon_files(clinic, folder, theme, all_colours, image_cache)
        components = Components(theme, link_base, brand_rule(own_colours, clinic.brand.font), icons[f"theme/{FAVICON}"])
        return cls(
            content=content,
            clinic=clinic,
            address=address,
            served_at=SiteAddress.parse(settings.get("CLINIC_SERVED_AT") or address.public),
            now=now,
            preview=preview,
            public=not preview and address == SiteAddress.parse(clinic.url),
            link_base=link_base,
            colours=all_colours,
            components=components,
            markdown=MarkdownRenderer(components.ids, [party.host for party in clinic.third_parties]),
            image_cache=image_cache,
            store=store_of(
                Path(settings["CACHE_PATH"]),
                (folder.resolve(), preview, settings.get("CLINIC_PUBLIC"), settings.get("CLINIC_ADDRESS")),
                (content.clinic.language, content.clinic.country, current_words().digest),
            ),
            theme=theme,
            assets=tuple(theme / folder for folder in settings["THEME_STATIC_PATHS"]),
            icons=icons,
            faults=faults,
        )

    def size_of_link(self, key: str, url: str) -> int | None:
        """The bytes of the file that a link in the document ``key`` means; None for what is no file of the folder."""
        match = _FILE_LINK.match(url)
        if match is None:
            return None
        target = unquote(match[1])
        path = normpath(target.lstrip("/") if target.startswith("/") else join(dirname(key), target))
        return (self.content.folder / path).stat().st_size if path in self.content.files else None


def _with_true_names(clinic: ClinicOnDay) -> ClinicOnDay:
    """The names of the clinic and its locations with true apostrophes, the same wherever they stand."""
    locations = {
        slug: location.model_copy(update={"name": with_true_signs(location.name)}) if location.name else location
        for slug, location in clinic.locations.items()
    }
    return clinic.model_copy(update={"name": with_true_signs(clinic.name), "locations": locations})


def _public_url(asked: str, own: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The address ``asked`` for with SITEURL, else the clinic's ``own``, and what is wrong with the first."""
    try:
        return (site_address(asked) if asked else own), ()
    except ValueError as error:
        return own, (Diagnostic("SITEURL", 0, str(error)),)


def shown_path(path: Path) -> str:
    """Relative to where the owner stands, with forward slashes."""
    return Path(os.path.relpath(path)).as_posix()
