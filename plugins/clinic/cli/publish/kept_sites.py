"""The last sites that were published, kept in ``.cache/sites/`` so that each can be brought back.

``0003.json`` says of one which files it has; the files of all are in ``files/`` under their digests, each once.
``current`` has the number of the site that is in its place. ``pending.json`` is a site that is about to be put there:
whoever finds it looks whether it has come there.

Which folders are whole published sites, and for which address, is known by the digest of all their files
(``.cache/published.json``): so a deploy knows what `make publish` made from what a preview, `make html` or a hand left
in the same folder.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from clinic.cli.disk import write_whole
from clinic.cli.publish.site_files import Files, FileState, digest_of, is_same
from clinic.cli.unchanged import KEPT_SITES
from clinic.models.clinic import ClinicFile

MOST = 5
_CURRENT, _PENDING = "current", "pending.json"
PUBLISHED = Path(".cache") / "published.json"
_RECORDED = 20
"""Entries; more than the sites that are kept."""


@dataclass(frozen=True)
class KeptSite:
    """One site that was published.

    ``at`` is when (ISO 8601, with the clinic's time zone); ``address`` the one asked for, empty for the clinic's own;
    ``before`` the number of the site that it replaced, 0 for none; ``next_build`` is the text of the file of that name;
    ``sources`` has the key of the file of each page by its address.
    """

    number: int
    at: str
    address: str
    before: int
    files: Files
    next_build: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The site in words: ``number 3, of Wednesday 25 November 2026, 14:02``."""
        moment = datetime.fromisoformat(self.at)
        trial = f", for {self.address}" if self.address else ""
        return f"number {self.number}, of {moment:%A} {moment.day} {moment:%B %Y, %H:%M}{trial}"

    def is_like(self, other: "KeptSite") -> bool:
        """Whether the other is for the same address, and the same in every byte."""
        return self.address == other.address and is_same(self.files, other.files)

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return sum(file.is_page for file in self.files.values())


class KeptSites:
    """The sites that are kept for a project."""

    def __init__(self, root: Path) -> None:
        self._folder = root / KEPT_SITES

    def settle(self, in_place: Files) -> None:
        """After a command that was cut off: a pending site is kept if it is in its place, else forgotten.

        Raises OSError.
        """
        pending = self._read(self._folder / _PENDING)
        if pending and is_same(pending.files, in_place):
            self.is_in_place(pending)
        (self._folder / _PENDING).unlink(missing_ok=True)

    def all(self) -> list[KeptSite]:
        """Every one, the oldest first; what cannot be read is left out."""
        return [site for path in sorted(self._folder.glob("[0-9]*.json")) if (site := self._read(path))]

    @property
    def current(self) -> KeptSite | None:
        """The site that was put in its place last."""
        with suppress(OSError, ValueError):
            number = int((self._folder / _CURRENT).read_text("utf-8"))
            return next((site for site in self.all() if site.number == number), None)
        return None

    def prepare(self, site: KeptSite, folder: Path) -> KeptSite:
        """Keep what is in the folder, before it is put in its place; give the site with its number. Raises OSError."""
        site = replace(site, number=max((each.number for each in self.all()), default=0) + 1)
        for name, file in site.files.items():
            kept = self._file(file)
            if not (kept.exists() and kept.stat().st_size == file.size):
                write_whole(kept, (folder / name).read_bytes())
        write_whole(self._folder / _PENDING, json.dumps(asdict(site)))
        return site

    def is_in_place(self, site: KeptSite) -> None:
        """The site has been put in its place: of the others only the last are kept. Raises OSError."""
        write_whole(self._folder / f"{site.number:04}.json", json.dumps(asdict(site)))
        write_whole(self._folder / _CURRENT, str(site.number))
        (self._folder / _PENDING).unlink(missing_ok=True)
        numbers = sorted((each.number for each in self.all()), key=lambda number: (number == site.number, number))
        for number in numbers[:-MOST]:
            (self._folder / f"{number:04}.json").unlink(missing_ok=True)
        used = {self._file(file).name for each in self.all() for file in each.files.values()}
        for path in (self._folder / "files").iterdir():
            if path.name not in used:
                path.unlink()

    def lay_out(self, site: KeptSite, folder: Path) -> str:
        """Write the files of a site into an empty folder; give the path of one that is lost, if any. Raises OSError."""
        for name, file in site.files.items():
            try:
                data = self._file(file).read_bytes()
            except FileNotFoundError:
                return name
            if digest_of(data) != file.digest:
                return name
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            os.utime(target, ns=(file.written, file.written))
        return ""

    def before(self, site: KeptSite) -> KeptSite | None:
        """The site that it replaced, or, where that is kept no more, the one before it by number."""
        older = [each for each in self.all() if each.number < site.number]
        return next((each for each in older if each.number == site.before), older[-1] if older else None)

    def size(self) -> int:
        """The bytes of all of them together."""
        return sum(path.stat().st_size for path in (self._folder / "files").glob("*"))

    def lines(self) -> Iterator[str]:
        """One for each, the newest first, and how much room they take."""
        current = self.current
        for site in reversed(self.all()):
            here = "  (in its place)" if current and site.number == current.number else ""
            yield f"  TO={site.number}  {site.name.partition(', of ')[2]}: {site.pages} pages{here}"
        yield f"They take {self.size() / 1e6:.1f} MB, in {KEPT_SITES}/."

    def _file(self, file: FileState) -> Path:
        return self._folder / "files" / file.digest

    @staticmethod
    def _read(path: Path) -> KeptSite | None:
        try:
            found = json.loads(path.read_text("utf-8"))
            files = {name: FileState(*file) for name, file in found.pop("files").items()}
            return KeptSite(**found, files=files)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None


class Published(NamedTuple):
    """A publish: the digest of its site, the address that it is for, and when it was (ISO 8601, UTC)."""

    site: str
    address: str
    at: str


def site_digest(files: Files) -> str:
    """A digest of the names and bytes of all files of a site."""
    return hashlib.sha256("".join(f"{name}\0{files[name].digest}\n" for name in sorted(files)).encode()).hexdigest()


def record_publish(root: Path, files: Files, address: str, now: datetime) -> None:
    """Record that these files are a whole site for ``address``. Raises OSError."""
    entry = Published(site_digest(files), address.rstrip("/"), now.isoformat(timespec="seconds"))
    others = [each for each in _read_published(root) if (each.site, each.address) != (entry.site, entry.address)]
    kept = [each._asdict() for each in (*others, entry)][-_RECORDED:]
    write_whole(root / PUBLISHED, json.dumps(kept, indent=1) + "\n")


def published(root: Path, files: Files) -> Published | None:
    """The publish that made these files; None where they are not as any publish left them."""
    digest = site_digest(files)
    return next((each for each in reversed(_read_published(root)) if each.site == digest), None)


def next_step(facts: ClinicFile, folder: str, *, is_trial: bool) -> str:
    """What is to be done with a site that was put into this folder."""
    if facts.host and not is_trial:
        return f"Next: make deploy, which sends it to its host ({facts.host.kind.value})."
    return f"Next: upload everything in {folder}/ to the website's host. README.md says how."


def _read_published(root: Path) -> list[Published]:
    with suppress(OSError, ValueError, TypeError):
        return [Published(**each) for each in json.loads((root / PUBLISHED).read_text("utf-8"))]
    return []
