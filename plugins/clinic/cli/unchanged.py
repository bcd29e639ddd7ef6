"""Sees that nothing has changed since the site was built, before anything is imported that a build needs.

A build that ended well leaves a record in ``.cache/last-build.json``: what was asked for, the stamp and the digest of
every file that it read and of every file that it wrote, until when the site is right, and what was said. If all of that
still holds, there is nothing to do but to say it again. Anything unclear is a change.

A file whose stamp (times and size) is the recorded one is taken for unchanged; where the stamp differs, or is too young
to tell, its digest decides. Only Python's own modules are imported here, and few; paths are strings, since a ``Path``
for every file takes longer than all the rest.
"""

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b, file_digest
from stat import S_ISREG
from typing import Any, NamedTuple

RECORD = os.path.join(".cache", "last-build.json")
KEPT_SITES = os.path.join(".cache", "sites")
"""Where the last published sites are kept (``publish/kept_sites.py``); its file ``current`` says which is in place."""
BUILT = os.path.join(".cache", "built.json")
"""What the build itself tells (``plugin/outputs.py``, ``write_built``)."""
_READ = ("theme", "plugins")
"""Folders of the project whose files a build reads, beside the content."""
_NEXT_BUILD = "next-build.json"
_WORKFLOW = os.path.join(".github", "workflows", "publish.yml")
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_SETTINGS = {"html": "pelicanconf.py", "publish": "publishconf.py"}
_NOT_OURS = ".git"
"""At the top of the output, where it is kept (``OUTPUT_RETENTION``)."""
_YOUNG, _YOUNG_ON_COARSE_CLOCKS = 50_000_000, 3_000_000_000
"""Nanoseconds in which a file may be changed twice under one time; FAT counts in steps of two seconds."""
_PRECISE = 1_000_000
"""A time that is no multiple of this comes from a fine clock."""


class Request(NamedTuple):
    """What is asked for: ``command`` is ``html`` or ``publish``; folders, and the file of settings, are whole paths."""

    command: str
    root: str
    content: str
    settings: str
    output: str
    address: str

    @classmethod
    def of(cls, command: str, root: str, content: str, address: str, *paths: str) -> "Request":
        """Of a project at ``root``; ``paths`` are of the settings and the output, if they are not the usual ones."""
        root = os.path.realpath(root)
        settings, output = paths or (_SETTINGS[command], "output")
        content, settings, output = (os.path.realpath(os.path.join(root, each)) for each in (content, settings, output))
        return cls(command, root, content, settings, output, address)

    @classmethod
    def read(cls, arguments: list[str]) -> "Request | None":
        """What the arguments of the command line ask for; None for all that is no plain ``html`` or ``publish``."""
        options = {"--project": ".", "--content": "content", "--site-url": ""}
        commands = []
        rest = iter(arguments)
        for word in rest:
            if word in options:
                options[word] = next(rest, "")
            else:
                commands.append(word)
        project, content, address = options.values()
        if len(commands) != 1 or commands[0] not in _SETTINGS or not project or not content.strip():
            return None
        return cls.of(commands[0], project, content, address)

    def inputs(self) -> Iterator[str]:
        """Every file that a build reads, as far as it lies in the usual folders."""
        folders = {self.content, _PACKAGE, *(os.path.join(self.root, name) for name in _READ)}
        for folder in sorted(folders):
            yield from (file for file in _files(folder) if not file.endswith(".pyc"))
        yield from (entry.path for entry in _scan(self.root) if entry.name.endswith(".py"))
        yield self.settings

    def outputs(self) -> Iterator[str]:
        """Every file that a build writes, and what else lies in its folder."""
        for entry in _scan(self.output):
            if entry.name != _NOT_OURS:
                yield from _files(entry.path) if entry.is_dir(follow_symlinks=False) else (entry.path,)
        kept = [os.path.join(KEPT_SITES, "current")] if self.command == "publish" else []
        for path in (os.path.join(self.root, name) for name in (_NEXT_BUILD, _WORKFLOW, *kept)):
            if os.path.exists(path):
                yield path


Stamps = dict[str, list[Any]]
"""By path: the time it was written, that of its last change of any kind, its size in bytes, and its digest."""


def tell_if_unchanged(arguments: list[str]) -> bool:
    """Say again what was said, and that nothing is to be done; False, and not a word, where anything is."""
    request = Request.read(arguments)
    said = unchanged(request) if request else None
    if request is None or said is None:
        return False
    where = os.path.relpath(request.output, request.root)
    notes, indent = (sys.stderr, "") if request.command == "html" else (sys.stdout, "  ")
    notes.write("".join(f"{indent}{line}\n" for line in said["notes"]))
    notes.flush()
    then = [f"Nothing has changed: the site in {where}/ is as it should be.", *filter(None, said["then"])]
    sys.stdout.write("".join(f"{line}\n" for line in then))
    return True


def unchanged(request: Request) -> dict[str, list[str]] | None:
    """What the last build said, if the same was asked of it and all still holds; else None."""
    record = _read_record(request)
    with suppress(OSError, KeyError, TypeError, ValueError, IndexError):
        if record is None or not record["from"] <= _now() < record["until"] or record["environment"] != _environment():
            return None
        inputs = _held(record["inputs"], request.inputs())
        outputs = _held(record["outputs"], request.outputs()) if inputs is not None else None
        if inputs is None or outputs is None:
            return None
        if (inputs, outputs) != (record["inputs"], record["outputs"]):  # the same bytes under other times
            with suppress(OSError):
                _write(request, {**record, "inputs": inputs, "outputs": outputs})
        said: dict[str, list[str]] = record["said"]
        return said
    return None


class Watch:
    """What a build reads, as it was before the build; afterwards it leaves the record."""

    def __init__(self, request: Request) -> None:
        """Take the stamps. The record of an earlier build may stay: it says what was true, and is held to what is."""
        self._request = request
        self._former = _read_record(request) or {}
        self._environment = _environment()
        self._from = _now()
        self._built = os.path.join(request.root, BUILT)
        with suppress(OSError):
            os.remove(self._built)
        self._inputs = self._stamps("inputs", request.inputs())

    @property
    def settings(self) -> dict[str, object]:
        """The setting that asks the build to tell what the record needs."""
        return {"CLINIC_BUILT_FILE": self._built}

    def leave_record(self, then: Iterable[str] = (), own: Iterable[str] = ()) -> None:
        """After a build that ended well: its notes, and what is to be said ``then``, will be said again.

        ``own`` are files that it reads and that the command itself has written since.
        No record is left where the build read other folders, or logged what could not be said again. Nothing is raised:
        without a record the next build builds.
        """
        with suppress(OSError, ValueError, KeyError, TypeError):
            with open(self._built, encoding="utf-8") as file:
                built = json.load(file)
            os.remove(self._built)
            request = self._request
            usual = [request.content, *(os.path.join(request.root, name) for name in _READ)]
            if built["logged"] or any(not _is_in(folder, usual) for folder in built["folders"]):
                return
            for path in own:
                if stamp := _stamp(path):
                    self._inputs[path] = stamp
            record = {
                "request": list(request),
                "environment": self._environment,
                "from": self._from,
                "until": built["until"],
                "said": {"notes": built["notes"], "then": [*then]},
                "inputs": self._inputs,
                "outputs": self._stamps("outputs", request.outputs()),
            }
            _write(request, record)

    def _stamps(self, kind: str, paths: Iterable[str]) -> Stamps:
        """The stamps of files; digests of an earlier record are taken where the stamp is the same."""
        former: Stamps = self._former.get(kind, {})
        return {path: _stamp(path, former.get(path)) or [0, 0, -1, ""] for path in paths}


def _held(recorded: Stamps, paths: Iterable[str]) -> Stamps | None:
    """The stamps as they are now, if these are the recorded files with the recorded bytes; else None."""
    found: Stamps = {}
    for path in paths:
        former = recorded.get(path)
        stamp = _stamp(path, former) if former else None
        if former is None or stamp is None or stamp[-1] != former[-1]:
            return None
        found[path] = stamp
    return found if len(found) == len(recorded) else None


def _stamp(path: str, former: list[Any] | None = None) -> list[Any] | None:
    """The stamp of a file with its digest, which is read only where the stamp is another; None where it cannot be read.

    The times of a file that was written just now are recorded as 0: it could be written again under the same. A link to
    a device (`/dev/zero`) or a pipe, which never end, is not read.
    """
    try:
        status = os.stat(path)
        if not S_ISREG(status.st_mode):
            return None
        written, changed = status.st_mtime_ns, status.st_ctime_ns
        if former and former[:3] == [written, changed, status.st_size]:
            return former
        with open(path, "rb") as file:
            digest = file_digest(file, lambda: blake2b(digest_size=16)).hexdigest()
    except OSError:
        return None
    window = _YOUNG if written % _PRECISE and changed % _PRECISE else _YOUNG_ON_COARSE_CLOCKS
    is_young = time.time_ns() - max(written, changed) < window
    return [0 if is_young else written, changed, status.st_size, digest]


def _files(folder: str) -> Iterator[str]:
    """Every file below a folder, in no order; none where the folder is not there. Links to folders are files."""
    for entry in _scan(folder):
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__":
                yield from _files(entry.path)
        else:
            yield entry.path


def _scan(folder: str) -> Iterator["os.DirEntry[str]"]:
    with suppress(OSError), os.scandir(folder) as entries:
        yield from entries


def _is_in(folder: str, others: Iterable[str]) -> bool:
    whole = os.path.realpath(folder)
    return any(whole == other or whole.startswith(other + os.sep) for other in map(os.path.realpath, others))


def _environment() -> list[str]:
    """Python and the libraries, by the names of their metadata."""
    folders = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    installed = (entry.name for folder in folders for entry in _scan(folder) if entry.name.endswith(".dist-info"))
    return [sys.version, sys.prefix, *sorted(installed)]


def _now() -> float:
    """As ``content/clock.py``, which costs more to import: seconds since 1970."""
    return float(os.environ.get("SOURCE_DATE_EPOCH") or time.time())


def _read_record(request: Request) -> dict[str, Any] | None:
    """The record of the last build, if the same was asked of it."""
    with suppress(OSError, ValueError), open(os.path.join(request.root, RECORD), encoding="utf-8") as file:
        record = json.load(file)
        if isinstance(record, dict) and record.get("request") == list(request):
            return record
    return None


def _write(request: Request, record: Mapping[str, Any]) -> None:
    """Put a record in place, whole. Raises OSError."""
    path = os.path.join(request.root, RECORD)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    beside = f"{path}.new"
    with open(beside, "w", encoding="utf-8") as file:
        json.dump(record, file)
    os.replace(beside, path)
