"""Pelican's settings, as far as they follow from the clinic's facts."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from pelican.settings import read_settings

from clinic.content.documents import Document
from clinic.plugin.build import KEY, Build
from clinic.plugin.feeds import feed_settings
from clinic.plugin.lists import newest_first

_ARTICLES_ON_A_PAGE = {"blog": 12, "category": 12, "tag": 12, "author": 12, "period_archives": 400}
"""Of each kind of list, where ``pelicanconf.py`` says nothing: pages of these are rendered as parts of a whole."""


def read_project_settings(root: Path) -> dict[str, Any]:
    """Pelican's settings as ``pelicanconf.py`` in ``root`` has them, with its defaults."""
    return cast("dict[str, Any]", read_settings(str(root / "pelicanconf.py")))


def settings_of(build: Build, settings: dict[str, Any]) -> dict[str, Any]:
    """The settings that follow from the clinic's facts, so that the owner types them once."""
    context = build.context
    base = f"{context.link_base}/{context.address.part.folder}".rstrip("/")
    return {
        KEY: build,
        "SITENAME": context.clinic.name,
        "TIMEZONE": context.clinic.timezone,
        "DEFAULT_LANG": context.clinic.language,
        "SITEURL": base,
        "localsiteurl": base,
        "ARTICLE_ORDER_BY": newest_first,
        "THEME_STATIC_PATHS": [],  # what Pelican would copy, we do
        "EXTRA_PATH_METADATA": path_metadata(context.content.documents.values(), settings["EXTRA_PATH_METADATA"]),
        "PAGINATED_TEMPLATES": {
            kind: settings["PAGINATED_TEMPLATES"].get(kind) or number for kind, number in _ARTICLES_ON_A_PAGE.items()
        },
        **feed_settings(context.clinic, settings),
    }


def path_metadata(documents: Iterable[Document[Any]], known: Mapping[str, Any]) -> dict[str, Any]:
    """Pelican's metadata by path, with that of ``pages/home.md`` for ``pages/home/index.md`` too."""
    folders = {document.key: document.page_key for document in documents if document.key != document.page_key}
    return {**known, **{key: known[page] for key, page in folders.items() if page in known}}
