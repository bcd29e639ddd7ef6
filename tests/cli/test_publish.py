"""What publish promises: the whole new site, or the old one untouched."""

from __future__ import annotations

import signal
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import ENDLESS, FILES, PATIENCE, cli, environment, run_cli, wait_until_there, write

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.site


def publish(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run_cli("--project", str(project), "publish", *options)


def hidden_leftovers(project: Path) -> list[str]:
    return [path.name for path in project.iterdir() if path.name.startswith(".") and path.name != ".cache"]


def test_publish_replaces_the_old_site_whole(project: Path) -> None:
    write(project, {"output/gone.html": "old", "output/index.html": "old"})
    done = publish(project)
    assert done.returncode == 0, done.stderr
    assert "Published 3 pages in output/" in done.stdout
    assert "Next: upload" in done.stdout
    assert "Home" in (project / "output/index.html").read_text()
    assert not (project / "output/gone.html").exists()
    assert hidden_leftovers(project) == []


def test_publish_tells_notes_and_goes_on(project: Path) -> None:
    write(project, {"content/ankle.md": FILES["content/ankle.md"].replace("Date:", "Near: yes\nDate:")})
    done = publish(project)
    assert done.returncode == 0, done.stderr
    assert "  content/ankle.md:2: note: a bank holiday is near\n" in done.stdout
    assert done.stdout.index("note:") < done.stdout.index("Published 3 pages")


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        (
            "content/ankle.md",
            FILES["content/ankle.md"] + "/// bookng\n",
            'content/ankle.md:5: unknown directive "bookng"',
        ),
        ("theme/templates/article.html", "<p>\n{% endfor %}", "theme/templates/article.html:2: "),
        ("theme/templates/article.html", "{{ article.titel.x }}", "theme/templates/article.html:1: "),
        ("pelicanconf.py", FILES["pelicanconf.py"] + "PLUGINS = ['not_there']\n", "Cannot import plugin `not_there`"),
        ("content/knee.md", "Title: Knee\nDate: nonsense\n\nLost words.\n", "knee.md"),
        ("pelicanconf.py", FILES["pelicanconf.py"] + "DIRECT_TEMPLATES = ['404']\n", "home page"),
    ],
)
def test_a_failed_publish_leaves_the_old_site_untouched(project: Path, name: str, text: str, sentence: str) -> None:
    write(project, {"output/index.html": "old", name: text})
    done = publish(project)
    assert done.returncode == 1
    assert done.stderr.count(sentence) == 1, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert (project / "output/index.html").read_text() == "old"
    assert "output/ is as it was." in done.stderr
    assert hidden_leftovers(project) == []


def test_a_draft_that_gets_into_the_site_stops_the_publish(project: Path) -> None:
    """Pelican by itself writes drafts to ``drafts/``; the project here has no plugin that keeps it from that."""
    draft = "---\ntitle: Thoughts of a quiet heron\ndate: 2026-01-01\ncategory: Birds\nstatus: draft\n---\n\nNot yet.\n"
    write(project, {"output/index.html": "old", "content/heron.md": draft})
    done = publish(project)
    assert done.returncode == 1
    assert (
        "content/heron.md: this is not published (draft), but its title is in drafts/thoughts-of-a-quiet-heron.html"
        in done.stderr
    )
    assert (project / "output/index.html").read_text() == "old"
    assert hidden_leftovers(project) == []


def test_a_publish_that_is_stopped_leaves_the_old_site_untouched(project: Path) -> None:
    write(project, {"output/index.html": "old", "plugins/gate.py": ENDLESS})
    process = subprocess.Popen(
        cli("--project", str(project), "publish"),
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    wait_until_there(project / "pid")
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert "output/ is as it was." in said
    assert (project / "output/index.html").read_text() == "old"
    assert hidden_leftovers(project) == []


def test_a_swap_that_was_cut_off_is_mended_by_the_next_publish(project: Path) -> None:
    write(project, {".output-old/index.html": "old", ".output-new/half.html": "half", "plugins/gate.py": "1 / 0\n"})
    assert publish(project).returncode == 1
    assert (project / "output/index.html").read_text() == "old"
    assert hidden_leftovers(project) == []


def test_the_address_and_the_content_can_be_given(project: Path) -> None:
    write(project, {"theme/templates/index.html": "<link rel=canonical href='{{ CLINIC_ADDRESS }}/'>"})
    (project / "content").rename(project / "other clinic")
    done = run_cli("--project", str(project), "--content", "other clinic", "publish", "--site-url", "https://x.test/y")
    assert done.returncode == 0, done.stderr
    assert "https://x.test/y/" in (project / "output/index.html").read_text()
