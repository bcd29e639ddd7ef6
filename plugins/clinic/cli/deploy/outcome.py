"""What a deploy would change, what it says of that, and how it ends."""

import hashlib
import posixpath
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Protocol

import click

from clinic.cli.publish.site_files import Files, read_site
from clinic.models.language import size_in_words

_SHOWN = 12
"""So many paths of each kind are listed; more than that are counted."""


class DeployError(click.ClickException):
    """Nothing more can be sent; one sentence with what to do. ``began``: something had been sent before."""

    def __init__(self, message: str, *, began: bool = False) -> None:
        super().__init__(message)
        self.began = began


class Site:
    """A finished site: a folder whose files are known by their paths in it, such as ``post/ankle/index.html``."""

    def __init__(self, folder: Path) -> None:
        """Look at the folder once. Raises OSError, and DeployError for a name that no host can take."""
        self.folder = folder
        self.state: Files = read_site(folder)
        self.files = {name: folder / name for name in self.state}
        if strange := [name for name in self.files if any(ord(sign) < ord(" ") or sign in '\\"?#' for sign in name)]:
            names = ", ".join(map(ascii, strange))
            raise DeployError(f"No host takes a file of this name: {names}; rename it in content/, and publish again.")

    @cached_property
    def sha256(self) -> Mapping[str, str]:
        """The digest of each file."""
        return self.digests("sha256")

    def digests(self, kind: str) -> dict[str, str]:
        """The digest of each file, of a kind that hashlib knows by that name."""
        return {name: hashlib.new(kind, path.read_bytes()).hexdigest() for name, path in self.files.items()}

    def size(self, names: Iterable[str]) -> int:
        """Of these files, in bytes; what is not of the site counts nothing."""
        return sum(self.state[name].size for name in names if name in self.state)


class Plan(NamedTuple):
    """The paths that a deploy sends anew, sends again, and takes away."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]

    @classmethod
    def between(cls, there: Mapping[str, str], here: Mapping[str, str]) -> "Plan":
        """From the digests of files there and here, by their paths."""
        return cls(
            tuple(sorted(here.keys() - there.keys())),
            tuple(sorted(name for name in here.keys() & there.keys() if here[name] != there[name])),
            tuple(sorted(there.keys() - here.keys())),
        )

    @property
    def sent(self) -> tuple[str, ...]:
        """What is sent: first what pages need, then pages, then what leads to pages; in each the paths' order."""
        return tuple(sorted((*self.new, *self.changed), key=lambda name: (wave(name), name)))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.new or self.changed or self.gone)

    def in_words(self, site: Site) -> str:
        """``3 new, 1 changed, 0 gone (240 kB to send)``."""
        counts = f"{len(self.new)} new, {len(self.changed)} changed, {len(self.gone)} gone"
        return f"{counts} ({size_in_words(site.size(self.sent)) if self.sent else 'nothing'} to send)"

    def lines(self) -> list[str]:
        """A line for each path, and for what is more than can be read."""
        lines = []
        for word, names in (("new", self.new), ("changed", self.changed), ("gone", self.gone)):
            pages_first = sorted(names, key=lambda name: (not name.endswith(".html"), name))
            lines += [f"  {word:8}{name}" for name in pages_first[:_SHOWN]]
            if len(names) > _SHOWN:
                lines.append(f"  {word:8}… and {len(names) - _SHOWN} more")
        return lines


class Target(Protocol):
    """A place that sites are sent to."""

    name: str
    """What it is in a sentence, without secrets: ``Netlify (site larkmouth)``."""
    is_atomic: bool
    """Whether visitors see the new site all at once, or the old one."""

    def plan(self, site: Site) -> Plan:
        """What a deploy would change; nothing is written there. Raises DeployError."""

    def send(self, site: Site, plan: Plan) -> str:
        """Make it so; give the host's name of the deploy, empty where it has none. Raises DeployError."""

    def undo(self) -> str:
        """Bring back what was there before; give the host's name of it. Raises DeployError."""


_LEADS_TO_PAGES = (".xml", ".txt", ".ics", ".json", ".webmanifest")


def wave(name: str) -> int:
    """When a file is sent: 0 what pages load, 1 pages, 2 what leads to pages (sitemap, feeds, redirects)."""
    base = posixpath.basename(name)
    if base.startswith(("_", ".ht")) or (base.endswith(_LEADS_TO_PAGES) and not name.startswith(("theme/", "images/"))):
        return 2
    return 1 if base.endswith(".html") else 0


def deploy_before(live: str, newest_first: Sequence[str], name: str) -> str:
    """Of the names of deploys that of the one before the ``live`` one. Raises DeployError where there is none."""
    earlier = newest_first[newest_first.index(live) + 1 :] if live in newest_first else ()
    if not earlier:
        raise DeployError(f"{name} has no earlier deployment: run make undo, then make deploy.")
    return earlier[0]


def no_undo(name: str) -> DeployError:
    """Of a host that keeps no earlier sites."""
    return DeployError(f"{name} keeps no earlier sites: run make undo, which brings one back here, then make deploy.")
