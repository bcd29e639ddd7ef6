"""The index that the search page asks: made by Pagefind (https://pagefind.app) from the pages just written.

Pagefind is shown the main part of the pages that a search may find, and nothing of what an older build left. It works
beside the build, and not at all where these parts are those of an index that has been kept.
"""

import base64
import json
import logging
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from fnmatch import fnmatch
from hashlib import sha256
from pathlib import Path
from threading import Timer
from typing import IO, Any, Self, TypeAlias, cast

from pagefind.service import get_executable

from clinic.domain.pages.urls import SEARCH_INDEX
from clinic.plugin.build import Build
from clinic.plugin.site_folder import SiteFolder
from clinic.rendering.files.search import SEARCH_WORDS, SearchEntry, search_words

_UNUSED = ("pagefind-*ui.*", "pagefind-highlight.js")
"""Pagefind's own search pages; ours has a script of its own."""
_SECONDS = 300
_FRUGAL = {"_RJEM_MALLOC_CONF": "dirty_decay_ms:0,muzzy_decay_ms:0,narenas:1"}
"""Settings of Pagefind's allocator (https://jemalloc.net/jemalloc.3.html#tuning): what is freed is given back at once,
which takes 600 MB in place of 720 for 5,000 articles, and no more time."""
_KEPT = 3
"""So many indexes are kept: those of the preview and of a publish may differ."""
_WHOLE = "whole.sha256"
"""In the folder of a kept index: the digest of all its files. What is damaged is made anew."""
_LOGGER = logging.getLogger(__name__)
Files: TypeAlias = Mapping[str, bytes]
"""Files by their paths: those of an index by where they are in it, those it is made from by the paths of pages."""


class IndexFailed(Exception):
    """Pagefind made no index; the text says what happened."""


class SearchIndex:
    """The search index of a site, in the making from the beginning."""

    def __init__(
        self, entries: Mapping[str, SearchEntry], kept: Path, synonyms: Mapping[str, Sequence[str]] = {}
    ) -> None:
        """Begin. ``entries`` are by the paths of their pages; ``kept`` is the folder of indexes that are kept."""
        # Pagefind numbers pages as they come, so in another order the same pages would make other files
        documents = {path: entry.document for path, entry in sorted(entries.items())}
        self._words = [entry.words for entry in entries.values()]
        self._folder = kept / _digest({**documents, "": json.dumps([_version(), synonyms]).encode()})[:16]
        self._synonyms = synonyms
        self._worker = ThreadPoolExecutor(1)
        self._files: Future[Files] = self._worker.submit(self._made, documents)

    @classmethod
    def begin(cls, build: Build, settings: Mapping[str, Any]) -> Self:
        """Begin with the index of a build."""
        synonyms = build.context.clinic.search.synonyms
        return cls(build.written.search_entries, Path(settings["CACHE_PATH"]) / "search", synonyms)

    def write(self, site: SiteFolder) -> None:
        """Put the index into the site as soon as it is there. Without one the search page still lists everything."""
        wrong = ""
        try:
            for path, content in self._files.result().items():
                site.put(f"{SEARCH_INDEX}{path}", content)
        except IndexFailed as error:
            wrong = f"{error}; remove the folder .venv, then try again"
        except OSError as error:
            wrong = str(error)
        finally:
            self._worker.shutdown()
        if wrong:  # to the commands an error in the log is a problem: a publish stops, the preview goes on
            shutil.rmtree(site.folder / SEARCH_INDEX, ignore_errors=True)
            _LOGGER.error("the search index could not be made: %s", wrong)

    def _made(self, documents: Files) -> Files:
        """The files of the index: kept ones, or new ones, which are kept. Raises IndexFailed."""
        if not documents:
            return {}
        if files := _read_kept(self._folder):
            return files
        with Pagefind() as pagefind:
            files = pagefind.index(documents)
        files = {**files, SEARCH_WORDS: search_words(self._words, self._synonyms)}
        with suppress(OSError):  # what cannot be kept costs time, no more
            _keep(self._folder, files)
        return files


class Pagefind:
    """A running ``pagefind --service``, as its Python package speaks to it: JSON in Base64, each ended by a comma.

    The package itself looks for an answer ten times a second, which takes too long for a thousand pages.
    """

    def __init__(self) -> None:
        """Start it. Raises IndexFailed where it cannot be."""
        executable = get_executable()
        if executable is None:
            raise IndexFailed("Pagefind is not installed")
        command, pipe = [str(executable), "--service"], subprocess.PIPE
        try:
            self._process = subprocess.Popen(  # noqa: S603 (a program of our own environment)
                command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=os.environ | _FRUGAL
            )
        except OSError as error:
            raise IndexFailed(f"Pagefind did not run ({error})") from error
        self._stdin, self._stdout = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)
        self._limit = Timer(_SECONDS, self._process.kill)
        self._limit.daemon = True
        self._limit.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._limit.cancel()
        self._process.kill()
        self._process.communicate()

    def index(self, documents: Files) -> Files:
        """The files of an index of these HTML documents, by path of the page. Raises IndexFailed.

        It hands the files over and writes none: when it writes, a full disk leaves empty files, and it ends well.
        """
        number = self._ask({"type": "NewIndex", "config": {}})["index_id"]
        for path, document in documents.items():
            # ``/post/x/`` as ``post/x.html``, which ``search.js`` knows
            file = f"{path.rstrip('/') or 'index'}.html"
            self._ask({"type": "AddFile", "index_id": number, "file_path": file, "file_contents": document.decode()})
        found = self._ask({"type": "GetFiles", "index_id": number})["files"]
        wanted = (file for file in found if not any(fnmatch(file["path"], pattern) for pattern in _UNUSED))
        return {file["path"]: base64.b64decode(file["content"]) for file in wanted}

    def _ask(self, payload: Mapping[str, object]) -> dict[str, Any]:
        answer = bytearray()
        try:
            asked = json.dumps({"message_id": 1, "payload": payload})
            self._stdin.write(base64.b64encode(asked.encode()) + b",")
            self._stdin.flush()
            while not answer.endswith(b",") and (more := os.read(self._stdout.fileno(), 2**16)):
                answer += more
            told: dict[str, Any] = json.loads(base64.b64decode(answer[:-1]))["payload"]
        except (OSError, ValueError, KeyError) as error:  # it ended, or is another program
            raise IndexFailed(f"Pagefind stopped at {payload['type']}") from error
        if told["type"] == "Error":
            raise IndexFailed(f"Pagefind stopped ({told['message']})")
        return told


def _version() -> str:
    """Which Pagefind makes the index: another one makes other files."""
    executable = get_executable()
    with suppress(OSError):
        return repr(executable and executable.stat().st_size)
    return ""


def _digest(files: Files) -> str:
    whole = sha256()
    for path, content in sorted(files.items()):
        whole.update(f"{path} {len(content)} ".encode())
        whole.update(content)
    return whole.hexdigest()


def _read_kept(folder: Path) -> Files:
    """The files of the index that is kept in this folder; none where it is not whole."""
    with suppress(OSError):
        found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        if found.pop(_WHOLE, b"").decode("ascii", "replace") == _digest(found):
            os.utime(folder)
            return found
    return {}


def _keep(folder: Path, files: Files) -> None:
    """Keep an index, and of the others the newest."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, content in files.items():
        _write(folder / path, content)
    (folder / _WHOLE).write_text(_digest(files), "ascii")
    by_age = sorted(folder.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for older in by_age[_KEPT:]:
        shutil.rmtree(older, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
