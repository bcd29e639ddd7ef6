"""Templates in compiled form, kept from run to run: to compile them takes a quarter of the time of a small site."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache

_PACKAGE = Path(__file__).parents[1]


def compiled_templates(settings: Mapping[str, Any]) -> FileSystemBytecodeCache:
    """Jinja's own cache, which knows by itself when a template has changed.

    What a filter makes of a constant is compiled in with it, so whatever filters go by has a place of its own: our
    code, the drawings, and the folder that the site is in.
    """
    files = (*_PACKAGE.rglob("*.py"), *(Path(settings["THEME"]) / "drawing").rglob("*.svg"))
    versions = sorted((str(path), path.stat().st_mtime_ns) for path in files)
    key = sha256(repr((versions, settings["SITEURL"], settings["JINJA_ENVIRONMENT"])).encode()).hexdigest()[:16]
    folder = Path(settings["CACHE_PATH"]) / "templates" / key
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))
