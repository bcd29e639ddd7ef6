"""Which folders are whole published sites, and for which address: known by the digest of all their files.

So a deploy knows what `make publish` made from what a preview, `make html` or a hand left in the same folder, and knows
an earlier site that was brought back as well.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from clinic.cli.disk import write_whole

PUBLISHED = Path(".cache") / "published.json"
_KEPT = 20
"""Entries; more than the sites that are kept."""
_NOT_OURS = ".git"
"""At the top of the output, where it is kept (``OUTPUT_RETENTION``)."""


class Published(NamedTuple):
    """A publish: the digest of its site, the address that it is for, and when it was (ISO 8601, UTC)."""

    site: str
    address: str
    at: str


def files_of(site: Path) -> Iterator[tuple[str, Path]]:
    """The files of a finished site, by their paths in it (with ``/``), in their order. Raises OSError."""
    found = ((path.relative_to(site).as_posix(), path) for path in site.rglob("*") if path.is_file())
    yield from sorted((name, path) for name, path in found if name.partition("/")[0] != _NOT_OURS)


def site_digest(site: Path) -> str:
    """A digest of the names and bytes of all files of a site. Raises OSError."""
    whole = hashlib.sha256()
    for name, path in files_of(site):
        whole.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def record_publish(root: Path, site: Path, address: str, now: datetime) -> None:
    """Record that this folder is a whole site for ``address``. Raises OSError."""
    entry = Published(site_digest(site), address.rstrip("/"), now.isoformat(timespec="seconds"))
    others = [each for each in _read(root) if (each.site, each.address) != (entry.site, entry.address)]
    kept = [each._asdict() for each in (*others, entry)][-_KEPT:]
    write_whole(root / PUBLISHED, json.dumps(kept, indent=1) + "\n")


def published(root: Path, site: Path) -> Published | None:
    """The publish that made this folder as it is; None where it is not as any publish left it. Raises OSError."""
    entries = _read(root)
    digest = site_digest(site) if entries else ""
    return next((each for each in reversed(entries) if each.site == digest), None)


def _read(root: Path) -> list[Published]:
    with suppress(OSError, ValueError, TypeError):
        return [Published(**each) for each in json.loads((root / PUBLISHED).read_text("utf-8"))]
    return []
