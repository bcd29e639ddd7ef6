"""What one build stands on, fixed from its beginning: the content, the facts, the time and the theme."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any, Self
from urllib.parse import unquote

from clinic.content.clock import utc_now
from clinic.content.content import Content
from clinic.content.diagnostics import Diagnostic
from clinic.content.documents import AnyFrontMatter, Document
from clinic.content.load import load
from clinic.domain.checks.palette import palette
from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.domain.pages.urls import LanguagePart, SiteAddress
from clinic.models.clinic import site_address
from clinic.models.words import current_words
from clinic.plugin.brand import icon_files, look_of
from clinic.plugin.store import Store, store_of
from clinic.plugin.stylesheets import brand_rule, theme_colours
from clinic.plugin.templates import Components, Foreign
from clinic.rendering.hours_text import with_hours_notices
from clinic.rendering.images.brand import FAVICON, Look
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
    the site; ``colours`` the clinic's whole palette by name; ``faults`` what is wrong with the settings of a build. A
    site in several languages has a context for each: ``documents`` are those of all of them, ``foreign`` is what the
    pages show in the clinic's own language, where that is another than theirs.
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
    foreign: Foreign
    components: Components
    markdown: MarkdownRenderer
    image_cache: ImageCache
    look: Look
    store: Store
    theme: Path
    assets: tuple[Path, ...]
    icons: Mapping[str, Path]
    documents: Mapping[str, Document[AnyFrontMatter]]
    faults: tuple[Diagnostic, ...] = ()

    @classmethod
    def start(cls, settings: Mapping[str, Any]) -> "Context":
        """Read the content folder and get everything ready. What the owner wrote wrongly becomes a diagnostic."""
        theme, preview, moment = Path(settings["THEME"]), bool(settings.get("CLINIC_PREVIEW")), utc_now()
        colours = theme_colours(theme / "static" / "css")
        folder = Path(settings["PATH"])
        content = load(folder, shown_as=shown_path(folder), now=moment, preview=preview, theme=colours)
        return cls._of(settings, content, moment, None)

    def in_language(self, settings: Mapping[str, Any], content: Content) -> Self:
        """The same of another language, which is spoken from now on; its ``content`` is of ``translations``."""
        content.speak()
        return self._of(settings, content, self.now, self)

    @classmethod
    def _of(cls, settings: Mapping[str, Any], content: Content, moment: datetime, own: Self | None) -> Self:
        theme, preview = Path(settings["THEME"]), bool(settings.get("CLINIC_PREVIEW"))
        own_theme = theme_colours(theme / "static" / "css")
        now = moment.astimezone(content.clinic.zone)
        clinic = _with_true_names(with_hours_notices(ClinicOnDay.on(now.date(), content.clinic), now.date()))
        public_url, faults = _public_url(settings.get("CLINIC_ADDRESS") or "", clinic.url)
        only_in_own = _only_in_own(own.content, content) if own else ()
        part = LanguagePart(content.language_folder, frozenset(document.path for document in only_in_own))
        address = SiteAddress.parse(public_url, part)
        link_base = address.folder if settings.get("CLINIC_PUBLIC") else ""
        own_colours = palette(clinic.brand, own_theme)
        all_colours, image_cache = {**own_theme, **own_colours}, ImageCache(Path(settings["CACHE_PATH"]) / "pictures")
        look = look_of(clinic, content.folder, theme, all_colours, image_cache)
        icons = own.icons if own else icon_files(look, image_cache)
        foreign = Foreign(content.reader.own, content.foreign | {*_names_of(only_in_own)}, part)
        brand = brand_rule(own_colours, clinic.brand.font)
        components = Components(theme, link_base, brand, icons[f"theme/{FAVICON}"], foreign)
        return cls(
            content=content,
            clinic=clinic,
            address=address,
            served_at=SiteAddress.parse(settings.get("CLINIC_SERVED_AT") or address.public, part),
            now=now,
            preview=preview,
            public=not preview and address.public == SiteAddress.parse(clinic.url).public,
            link_base=link_base,
            colours=all_colours,
            foreign=foreign,
            components=components,
            markdown=MarkdownRenderer(components.ids, [party.host for party in clinic.third_parties]),
            image_cache=image_cache,
            look=look,
            store=_store(settings, content, part.folder),
            theme=theme,
            assets=tuple(theme / folder for folder in settings["THEME_STATIC_PATHS"]),
            icons=icons,
            documents=(own.content if own else content).all_documents,
            faults=() if own else faults,
        )

    def size_of_link(self, key: str, url: str) -> int | None:
        """The bytes of the file that a link in the document ``key`` means; None for what is no file of the folder."""
        match = _FILE_LINK.match(url)
        if match is None:
            return None
        target = unquote(match[1])
        path = normpath(target.lstrip("/") if target.startswith("/") else join(dirname(key), target))
        return (self.content.folder / path).stat().st_size if path in self.content.files else None


def _only_in_own(own: Content, content: Content) -> tuple[Document[AnyFrontMatter], ...]:
    """The documents that the clinic's own language has and another has not."""
    shown = (document for document in content.documents.values() if content.preview or document.state.is_public)
    has = {document.page_key for document in shown}
    return tuple(document for document in own.documents.values() if document.page_key not in has)


def _names_of(documents: Iterable[Document[AnyFrontMatter]]) -> Iterator[str]:
    """What menus call their pages."""
    for document in documents:
        yield from filter(None, (document.front_matter.title, getattr(document.front_matter, "menu", None)))


def _store(settings: Mapping[str, Any], content: Content, folder: str) -> Store:
    """The store of this site, in this language; ``folder`` is that of another language than the clinic's."""
    named = (settings.get(name) for name in ("CLINIC_PREVIEW", "CLINIC_PUBLIC", "CLINIC_ADDRESS"))
    words = (content.clinic.language, content.clinic.country, current_words().digest)
    return store_of(Path(settings["CACHE_PATH"]), (content.folder.resolve(), *named, folder), words)


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
