"""The index that the search page asks: made by Pagefind (https://pagefind.app) from the pages just written.

Pagefind would read the whole output folder, and with it whatever an older build left there. So it is shown only the
main part of the pages that a search may find.
"""

import logging
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from pagefind.service import get_executable

from clinic.domain.pages.urls import SEARCH_INDEX

_UNUSED = ("pagefind-*ui.*", "pagefind-highlight.js")
"""Pagefind's own search pages; ours has a script of its own."""
_SECONDS = 300
_LOGGER = logging.getLogger(__name__)


def write_search_index(entries: Mapping[str, str], output: Path) -> None:
    """Index ``entries``, an HTML document for each path of a page. Without an index the search page still lists all."""
    shutil.rmtree(output / SEARCH_INDEX, ignore_errors=True)
    if not entries:
        return
    with tempfile.TemporaryDirectory(prefix="search-") as folder:
        for path, document in entries.items():
            # ``/post/x/`` as ``post/x.html``, which ``search.js`` knows; a folder for each would take much longer
            target = Path(folder) / f"{path.rstrip('/') or 'index'}.html"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(document, "utf-8")
        error = _index(Path(folder), output / SEARCH_INDEX)
    if error:  # to the commands an error in the log is a problem: a publish stops, the preview goes on
        _LOGGER.error("the search index could not be made: %s; remove the folder .venv, then try again", error)


def _index(pages: Path, bundle: Path) -> str:
    """Make the index of these pages; returns what went wrong, or an empty text."""
    executable = get_executable()
    if executable is None:
        return "Pagefind is not installed"
    command = [str(executable), "--site", str(pages), "--output-path", str(bundle.absolute()), "--silent"]
    try:
        subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=_SECONDS, check=True)  # noqa: S603 (a program of our own environment, arguments passed as a list)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"Pagefind did not run ({error})"
    except subprocess.CalledProcessError as error:
        return f"Pagefind stopped ({' '.join(str(error.stderr).split())})"
    for pattern in _UNUSED:
        for unused in bundle.glob(pattern):
            unused.unlink()
    return ""
