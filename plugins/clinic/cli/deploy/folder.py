"""A folder on a host that is filled file by file: what is there is known by a record that lies beside the files.

The record makes a deploy safe for what others keep in the same folder: only what an earlier deploy has sent is ever
taken away. It is written first with all that is about to be sent, so that a deploy that was cut off is finished by the
next, and last as it is then.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Protocol

from clinic.cli.deploy.outcome import DeployError, Plan, Site, no_undo, wave

RECORD = ".htdeployed"
"""Apache serves no file whose name begins with ``.ht``; our nginx and Caddy settings serve no such file either.

It has the addresses of hidden pages: on a server only the owner's user may read it, and in a bucket, which serves
whatever it has, signs that nobody can guess follow.
"""
Waves = Sequence[Sequence[str]]
"""Paths, in lists that are sent one after the other."""


class Store(Protocol):
    """What can be done in the folder of a host; each raises DeployError."""

    name: str

    def read_record(self) -> str | None:
        """The text of the record; None where there is none, or no folder yet."""

    def send(self, site: Site, waves: Waves, gone: Sequence[str], records: tuple[str, str]) -> None:
        """Write the first record, send the waves, take away what is gone, and write the second record."""


class Folder:
    """The target that such a folder is."""

    is_atomic = False

    def __init__(self, store: Store) -> None:
        self._store = store
        self.name = store.name
        self._there: Mapping[str, str] = {}

    def plan(self, site: Site) -> Plan:
        """What would change, by the record of the last deploy; without one all is new."""
        self._there = _read(self._store.read_record(), self.name)
        return Plan.between(self._there, site.sha256)

    def send(self, site: Site, plan: Plan) -> str:
        """Send it: files that pages load, pages, what leads to pages; then take away what is gone."""
        waves = [[name for name in plan.sent if wave(name) == number] for number in range(3)]
        underway = {**self._there, **dict.fromkeys(plan.sent, "")}
        self._store.send(site, waves, plan.gone, (_written(underway), _written(site.sha256)))
        return ""

    def undo(self) -> str:
        """Always refused: nothing earlier is kept there."""
        raise no_undo(self.name)


def _written(files: Mapping[str, str]) -> str:
    return json.dumps({"files": files}, indent=0, sort_keys=True, ensure_ascii=False) + "\n"


def _read(text: str | None, name: str) -> Mapping[str, str]:
    if text is None:
        return {}
    with suppress(ValueError, KeyError, TypeError, AttributeError):
        return {_inside(str(path)): str(digest) for path, digest in json.loads(text)["files"].items()}
    raise DeployError(
        f"The list of earlier files at {name} cannot be read: remove that file there (its name begins with "
        f"{RECORD}), then deploy again (all is sent anew, and pages that are gone by now stay until you remove them)."
    )


def _inside(path: str) -> str:
    """The path, if it is of a file in the folder: somebody else may have written there. Raises ValueError."""
    if not path or path.startswith("/") or ".." in path.split("/") or any(sign in '\\"\n\r' for sign in path):
        raise ValueError(path)
    return path
