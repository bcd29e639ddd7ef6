"""Which folders are whole published sites, and for which address: known by the digest of all their files.

So a deploy knows what `make publish` made from what a preview, `make html` or a hand left in the same folder, and knows
an earlier site that was brought back as well.
"""

import hashlib
import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from clinic.cli.disk import write_whole
from clinic.cli.publish.site_files import Files
from clinic.models.clinic import ClinicFile

PUBLISHED = Path(".cache") / "published.json"
_KEPT = 20
"""Entries; more than the sites that are kept."""


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
    others = [each for each in _read(root) if (each.site, each.address) != (entry.site, entry.address)]
    kept = [each._asdict() for each in (*others, entry)][-_KEPT:]
    write_whole(root / PUBLISHED, json.dumps(kept, indent=1) + "\n")


def published(root: Path, files: Files) -> Published | None:
    """The publish that made these files; None where they are not as any publish left them."""
    digest = site_digest(files)
    return next((each for each in reversed(_read(root)) if each.site == digest), None)


def next_step(facts: ClinicFile, folder: str, *, is_trial: bool) -> str:
    """What is to be done with a site that was put into this folder."""
    if facts.host and not is_trial:
        return f"Next: make deploy, which sends it to its host ({facts.host.kind.value})."
    return f"Next: upload everything in {folder}/ to the website's host. README.md says how."


def _read(root: Path) -> list[Published]:
    with suppress(OSError, ValueError, TypeError):
        return [Published(**each) for each in json.loads((root / PUBLISHED).read_text("utf-8"))]
    return []
