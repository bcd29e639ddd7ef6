"""The content folder is read once, whole, and one function decides who sees each file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clinic.content.documents import State
from clinic.content.load import load
from tests.site import CLINICS, NOW, Build, write

if TYPE_CHECKING:
    from tests.site import BuildSite

# Runs a build in this process and counts how often each file is opened.
COUNTING = """
import io, json, sys
from collections import Counter
opened = Counter()
real = io.open
def counting(file, mode="r", *args, **options):
    if "r" in mode and str(file).endswith((".md", ".yaml")):
        opened[str(file)] += 1
    return real(file, mode, *args, **options)
import builtins
builtins.open = io.open = counting
sys.argv = ["pelican", "content", "-s", sys.argv[1], "-o", "output", "--log-handler", "plain"]
from pelican import main
try:
    main()
finally:
    builtins.open = io.open = real
    print(json.dumps(opened))
"""


@pytest.mark.site
def test_each_file_of_the_owner_is_opened_once_in_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Build("full").lay_out(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    monkeypatch.delenv("PYTHONPATH", raising=False)
    settings = Path(__file__).parents[2] / "pelicanconf.py"
    ended = subprocess.run(
        [sys.executable, "-c", COUNTING, str(settings)], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    opened = Counter(json.loads(ended.stdout.splitlines()[-1]))
    written = [path for kind in ("*.md", "*.yaml") for path in (tmp_path / "content").rglob(kind)]
    counts = {path.name: sum(times for name, times in opened.items() if Path(name).samefile(path)) for path in written}
    assert len(counts) > 20
    assert {name: times for name, times in counts.items() if times != 1} == {}


@pytest.mark.parametrize(
    ("front_matter", "state"),
    [
        ("date: 2026-03-01", State.PUBLISHED),
        ("date: 2026-03-01\nstatus: hidden", State.HIDDEN),
        ("date: 2026-03-01\nstatus: draft", State.DRAFT),
        ("date: 2026-03-03", State.SCHEDULED),
        ("date: 2026-03-03\nstatus: hidden", State.SCHEDULED),
        ("date: 2026-03-03\nstatus: draft", State.DRAFT),
        ("date: 2026-02-01\nexpires: 2026-03-01", State.EXPIRED),
        ("date: 2026-02-01\nexpires: 2026-03-02", State.PUBLISHED),
    ],
)
def test_one_function_decides_who_sees_a_file(tmp_path: Path, front_matter: str, state: State) -> None:
    Build("minimal", {"posts/x.md": f"---\ntitle: X\n{front_matter}\n---\n\nWords.\n"}).lay_out(tmp_path)
    content = load(tmp_path / "content", now=datetime(2026, 3, 2, 12, tzinfo=UTC))
    assert content.articles["posts/x.md"].state is state
    assert state.is_public == (state in {State.PUBLISHED, State.HIDDEN})


def test_wrong_facts_hide_neither_wrong_front_matter_nor_wrong_links_nor_wrong_colours(build_site: BuildSite) -> None:
    facts = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
    site = build_site(
        "minimal",
        {
            "clinic.yaml": f"{facts}\nprice_rage: cheap\nbrand: {{ink: '#ffff00'}}\n",
            "posts/one.md": "---\ntitle: One\ndate: 2026-01-01\nsumary: x\n---\n\n[Here]({filename}/posts/no.md).\n",
            "posts/two.md": "---\ntitle: Two\ndate: 2026-13-01\n---\n\n![](images/no.png)\n",
            "posts/three.txt": "Not Markdown.",
        },
    )
    reported = "\n".join(site.problems)
    for words in ("price_rage", "ink: ", "sumary", "posts/no.md", "2026-13-01", "images/no.png", "three.txt"):
        assert words in reported, words
    assert site.exit_code == 1
    assert not site.output.exists()


def test_a_key_of_the_facts_that_is_wrong_has_no_consequences(tmp_path: Path) -> None:
    """Nothing is said of what only follows from it: here no location is known, and bookings have no address."""
    Build("full").lay_out(tmp_path)
    facts = tmp_path / "content" / "clinic.yaml"
    write(facts, facts.read_text("utf-8").replace("locations:", "lokations:", 1))
    found = load(tmp_path / "content", now=NOW).diagnostics
    assert {diagnostic.file for diagnostic in found} == {"content/clinic.yaml"}
    assert len(found) == 1  # the key that is not known, and not the one that it stands for
