"""What is said of licences is what the packages, the theme and Pelican say themselves."""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from importlib.metadata import files, packages_distributions
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from clinic.cli.editor import YAML
from tests.docs.bill import LOCKS, audit, bill
from tests.docs.licenses import LICENSES, ROOT, filled, locked, tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from urllib.request import Request

TEXT = LICENSES.read_text("utf-8")
COPYLEFT = {"pelican": "AGPL-3.0-or-later", "pikepdf": "MPL-2.0", "unidecode": "GPL-2.0-or-later"}


def licenses(packages: set[str]) -> dict[str, str]:
    return {name: said for name, said in re.findall(r"^\| (\S+) \| (.+) \|$", TEXT, re.MULTILINE) if name in packages}


def test_the_licence_of_every_locked_package_is_named() -> None:
    """After ``make lock``: ``python -m tests.docs.licenses`` writes them."""
    assert filled() == TEXT
    assert "unknown" not in TEXT


def test_what_the_site_needs_may_be_used_under_its_licence() -> None:
    """A licence that is not permissive, and is not among those looked at, needs a look before it is taken in."""
    assert {name: said for name, said in licenses(tables()["run"]).items() if not is_permissive(said)} == COPYLEFT
    assert is_permissive("GPL-3.0-only OR MIT")
    assert not is_permissive("GPL-3.0-only AND MIT")
    assert not is_permissive("LGPL-3.0-only")


def is_permissive(licence: str) -> bool:
    """Whether all that an SPDX expression holds one to together is permissive; of what ``OR`` leaves open, one."""
    permissive = re.compile(r"\b(?:MIT|BSD|Apache|PSF|ISC|Python)\b")
    return all(any(map(permissive.search, each.split(" OR "))) for each in licence.split(" AND "))


def test_the_bill_names_all_that_is_locked_with_its_digests_and_licence() -> None:
    listed = bill()["components"]
    packages = {one["name"]: one for one in listed if one["purl"].startswith("pkg:pypi/")}
    assert {*packages} == {name for file in LOCKS for name in locked(file)}
    assert all(one["version"] and one["hashes"] for one in packages.values())
    assert {name for name in tables()["run"] if "licenses" not in packages[name]} == set()
    assert {one["name"] for one in listed} - {*packages} == {"@sveltia/cms", "yaml"}


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        (lambda asked: [{} for _ in asked], 0, "0 of "),
        (lambda asked: [{"vulns": [{"id": "PYSEC-1"}]}, *({} for _ in asked[1:])], 1, ": PYSEC-1; see https://osv.dev"),
        (lambda _: [], 0, "Skipped"),
    ],
)
def test_what_is_known_against_a_locked_package_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    answer: Callable[[list[object]], list[object]], code: int, said: str,
) -> None:  # fmt: skip
    """An answer that is none, as of a network that asks one to log in, is told as not having been asked."""

    def ask(request: Request, timeout: float) -> BytesIO:
        assert timeout
        queries = json.loads(request.data or b"")["queries"]  # type: ignore[arg-type]
        assert {"package": {"purl": "pkg:npm/yaml@" + YAML.version}} in queries
        return BytesIO(json.dumps({"results": answer(queries)}).encode())

    monkeypatch.setattr("urllib.request.urlopen", ask)
    assert (audit(), said in capsys.readouterr().out) == (code, True)


def test_the_licence_is_that_of_pelican() -> None:
    [theirs] = [file for file in files("pelican") or () if file.match("*.dist-info/licenses/LICENSE")]
    words = theirs.read_text("utf-8").replace("https://www.fsf.org", "https://fsf.org")
    assert (ROOT / "LICENSE").read_text("utf-8") == words
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["license"] == "AGPL-3.0-or-later"
    assert [name for name in project["license-files"] if not (ROOT / name).is_file()] == []


def test_every_font_has_its_licence_beside_it() -> None:
    fonts = [*(ROOT / "theme").rglob("*.woff2")]
    assert fonts
    assert [font.name for font in fonts if not font.with_name(f"{font.stem}-OFL.txt").is_file()] == []


def test_what_the_owner_runs_needs_no_package_that_only_the_tests_have() -> None:
    """The tests' own environment has more, so that a missing one would be seen by owners alone."""
    given = packages_distributions()
    locked = {_plain(name) for name in tables()["run"]}
    ours = ROOT / "plugins"
    found: dict[str, list[str]] = {}
    for path in ours.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for top in {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names) - {"clinic"}:
                if locked.isdisjoint(map(_plain, given.get(top, [top]))):
                    found.setdefault(top, []).append(path.relative_to(ours).as_posix())
    # boto3 is fetched when a deploy to S3 first needs it (requirements-s3.txt)
    assert {*found} <= {"boto3", "botocore"}, found


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")
