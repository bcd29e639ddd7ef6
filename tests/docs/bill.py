"""The bill of materials of all that is locked (CycloneDX 1.6), and whether anything in it is known to be unsafe.

``python -m tests.docs.bill`` writes it; ``--audit`` asks OSV (osv.dev), which gathers what pip-audit (by PyPA) and npm
audit (by GitHub) know. These tools would bring some thirty packages more to look after, each for one kind.
"""

from __future__ import annotations

import json
import re
import sys
import urllib.request
from typing import TYPE_CHECKING, Any

import click

from clinic.cli.editor import SVELTIA, YAML
from tests.docs.licenses import LICENSES, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOCKED = re.compile(r"^(?P<name>[\w.-]+)(?:\[[\w,]+\])?==(?P<version>[^\s;\\]+)(?P<rest>(?:.*\\\n)*.*)", re.MULTILINE)
_LICENSED = re.compile(r"^\| (\S+) \| (.+) \|$", re.MULTILINE)
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-s3.txt")
_ASKED = "https://api.osv.dev/v1/querybatch"


def components() -> Iterator[dict[str, Any]]:
    """Every package of the requirements files, then those of the browser editor, each once."""
    licences = dict(_LICENSED.findall(LICENSES.read_text("utf-8")))
    seen: set[str] = set()
    for file in LOCKS:
        for found in _LOCKED.finditer((ROOT / file).read_text("utf-8")):
            one = _component(
                "pypi", found["name"].lower(), found["version"], is_for_tests=file == "requirements-dev.txt"
            )
            one["hashes"] = [
                {"alg": "SHA-256", "content": each} for each in re.findall(r"sha256:(\w{64})", found["rest"])
            ]
            if licence := licences.get(found["name"]):
                one["licenses"] = [{"license": {"name": licence}}]
            if one["purl"] not in seen:
                seen.add(one["purl"])
                yield one
    for package in (SVELTIA, YAML):
        yield _component("npm", package.name, package.version, is_for_tests=False)


def _component(kind: str, name: str, version: str, *, is_for_tests: bool) -> dict[str, Any]:
    purl = f"pkg:{kind}/{name.replace('@', '%40')}@{version}"
    scope = "excluded" if is_for_tests else "required"
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "scope": scope, "purl": purl}


def bill() -> dict[str, Any]:
    """The whole bill; the same for the same locks."""
    about = {"component": {"type": "application", "name": "clinic-site"}}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": about,
        "components": [*components()],
    }


def audit() -> int:
    """Say what is known against a package that is locked; 1 if there is anything, 0 too where nobody can be asked."""
    listed = [*components()]
    body = json.dumps({"queries": [{"package": {"purl": each["purl"]}} for each in listed]}).encode()
    request = urllib.request.Request(_ASKED, body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 (the address above)
            found = [*zip(listed, json.load(answer)["results"], strict=True)]
    except (OSError, ValueError, LookupError) as error:
        click.echo(
            f"::warning::Skipped: {_ASKED} did not answer ({error}), so nothing is known of the packages' safety."
        )
        return 0
    unsafe = [(one, [each["id"] for each in result["vulns"]]) for one, result in found if "vulns" in result]
    for one, names in unsafe:
        click.echo(f"{one['name']} {one['version']}: {', '.join(names)}; see https://osv.dev, and take a newer version")
    click.echo(f"{len(unsafe)} of {len(listed)} locked packages are known to be unsafe.")
    return 1 if unsafe else 0


if __name__ == "__main__":
    if "--audit" in sys.argv:
        sys.exit(audit())
    click.echo(json.dumps(bill(), indent=1))
