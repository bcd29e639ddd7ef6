"""The licences of all packages that the requirements files lock, as their own metadata name them.

``python -m tests.docs.licenses`` writes them into plugins/LICENSES.md, between the two comments of each table.
"""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

ROOT = Path(__file__).parents[2]
LICENSES = ROOT / "plugins" / "LICENSES.md"
TABLE = re.compile(r"(?P<begin><!-- (?P<what>run|develop): .*-->\n)(?P<rows>(?:.*\n)*?)(?P<end><!-- end -->)")
UNSAID = {"axe-playwright-python": "MIT AND MPL-2.0", "colorama": "BSD-3-Clause"}
"""Read in the packages: the first names none in its metadata and brings axe-core; the second is for Windows alone."""
VERSIONED = re.compile(r"[A-Za-z]+-\d\S*$")  # BSD-2-Clause, but not "GPL" nor a whole text
CLASSIFIED = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "GNU Affero General Public License v3 or later (AGPLv3+)": "AGPL-3.0-or-later",
    "GNU General Public License (GPL)": "GPL",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""Trove classifiers that do not say it as SPDX does (spdx.org/licenses)."""


def locked(file: str) -> set[str]:
    """The packages in a requirements file, by their normalised names (PEP 503)."""
    return set(re.findall(r"^([a-z0-9-]+)==", (ROOT / file).read_text("utf-8"), re.MULTILINE))


def license_of(package: str) -> str | None:
    """SPDX expression or name of a package's licence; None where the package is not installed here."""
    if package in UNSAID:
        return UNSAID[package]
    try:
        found: Message = metadata(package)  # type: ignore[assignment]  # typeshed's protocol leaves `get` out
    except PackageNotFoundError:
        return None
    expression, field = found.get("License-Expression"), found.get("License") or ""
    if expression or VERSIONED.match(field):
        return expression or field
    classifiers = (entry.rpartition(" :: ")[2] for entry in found.get_all("Classifier", ()) if "License ::" in entry)
    classified = ", ".join(CLASSIFIED.get(entry, entry) for entry in classifiers if entry != "DFSG approved")
    return classified or field


def tables() -> dict[str, set[str]]:
    """The packages of each table: what the site needs, and what only its development needs."""
    run = locked("requirements.txt")
    return {"run": run, "develop": locked("requirements-dev.txt") - run}


def rows(packages: set[str]) -> Iterator[str]:
    """The table's lines; those of packages that this system does not install stay as they are."""
    written = dict(re.findall(r"^\| ([a-z0-9-]+) \| (.+) \|$", LICENSES.read_text("utf-8"), re.MULTILINE))
    yield from ("| package | licence |", "| --- | --- |")
    for package in sorted(packages):
        yield f"| {package} | {license_of(package) or written.get(package, 'unknown')} |"


def filled() -> str:
    """The whole file with its tables anew."""

    def fill(table: re.Match[str]) -> str:
        return "\n".join((table["begin"].rstrip(), *rows(tables()[table["what"]]), table["end"]))

    return TABLE.sub(fill, LICENSES.read_text("utf-8"))


if __name__ == "__main__":
    LICENSES.write_text(filled(), "utf-8")
