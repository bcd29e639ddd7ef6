"""Whatever ends a publish, at whatever moment, there is a whole site: the old one or the new one.

The suite does a few of each. ``KILLS=200 DISKS=50 PAIRS=20`` before pytest does as many, at other moments and sizes.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import pytest

from clinic.cli.publish.site_files import is_same, read_site
from tests.cli.conftest import ENDLESS, PATIENCE, cli, environment, run_cli, wait_until_there, write

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.site
POSTS = 12
KILLS, DISKS, PAIRS = (int(os.environ.get(name) or few) for name, few in (("KILLS", 5), ("DISKS", 2), ("PAIRS", 1)))
CHANCE = random.Random(KILLS)  # noqa: S311 -- the same moments each time, as far as the machine lets them be


def lay_out(project: Path, words: str) -> None:
    """Every page of the site says which one it is."""
    posts = {
        f"content/{number}.md": f"Title: {words} {number}\nDate: 2026-01-01\nSlug: p{number}\n\n{words}.\n"
        for number in range(POSTS)
    }
    write(project, posts)
    (project / "content/addresses.txt").unlink(missing_ok=True)


def words_of(project: Path) -> set[str]:
    """Which sites the pages in the output folder are of; each must have all of its pages."""
    pages = [*(project / "output/post").glob("p*/index.html")]
    assert len(pages) == POSTS
    return {next(word for word in ("heron", "egret") if word in page.read_text()) for page in pages}


def begin(project: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        cli("--project", str(project), "publish"),
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip


def leftovers(project: Path) -> list[str]:
    return [path.name for path in project.iterdir() if path.name.startswith(".output")]


def test_a_publish_that_is_killed_at_any_moment_leaves_a_whole_site(project: Path) -> None:
    lay_out(project, "heron")
    started = time.monotonic()
    assert run_cli("--project", str(project), "publish", real=True).returncode == 0
    took = time.monotonic() - started
    for number in range(KILLS):
        lay_out(project, ("egret", "heron")[number % 2])
        process = begin(project)
        time.sleep(CHANCE.uniform(0.3, 1) * took)
        with suppress(ProcessLookupError):
            (os.killpg if number % 2 else os.kill)(process.pid, signal.SIGKILL)
        process.communicate()
        assert len(words_of(project)) == 1
    lay_out(project, "egret")
    assert run_cli("--project", str(project), "publish").returncode == 0
    assert words_of(project) == {"egret"}
    assert leftovers(project) == []


def test_what_builds_for_a_publish_ends_with_it(project: Path) -> None:
    write(project, {"plugins/gate.py": ENDLESS})
    process = begin(project)
    wait_until_there(project / "pid")
    builds = int((project / "pid").read_text())
    process.kill()
    process.wait()
    deadline = time.monotonic() + PATIENCE
    while is_running(builds):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_running(process: int) -> bool:
    """Whether it is there, and not only waiting to be noticed as ended."""
    command = ["ps", "-o", "stat=", "-p", str(process)]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    return bool(asked.stdout.strip()) and not asked.stdout.startswith("Z")


def test_of_two_publishes_at_once_the_second_is_told_and_html_too(project: Path) -> None:
    write(project, {"plugins/gate.py": ENDLESS, "output/index.html": "old"})
    first = begin(project)
    wait_until_there(project / "pid")
    for command, says in (("publish", "Not published: `make publish`"), ("html", "The site was not built: `make pub")):
        second = run_cli("--project", str(project), command, real=command == "html")
        assert second.returncode == 1
        assert f"{says}" in second.stderr
        assert "is at work, since" in second.stderr
    first.send_signal(signal.SIGINT)
    assert "output/ is as it was." in first.communicate()[0]


def test_of_publishes_that_begin_at_any_moment_of_another_each_is_whole_or_told(project: Path) -> None:
    for number in range(PAIRS):
        word = ("egret", "heron")[number % 2]
        lay_out(project, word)
        first = begin(project)
        time.sleep(CHANCE.uniform(0, 2))
        second = begin(project)
        ended = {process.communicate()[0]: process.returncode for process in (first, second)}
        assert 0 in ended.values()
        assert all("is at work, since" in said for said, code in ended.items() if code)
        assert words_of(project) == {word}
        assert leftovers(project) == []


@pytest.mark.parametrize("most", [200, 3000, *(CHANCE.randrange(100, 4000) for _ in range(DISKS - 2))])
def test_a_disk_that_takes_no_more_leaves_the_old_site(project: Path, most: int) -> None:
    """No file may be larger than so many bytes: as a full disk, it refuses in the middle of a file."""
    write(project, {"output/index.html": "old", "content/long.md": f"Title: Long\nDate: 2026-01-01\n\n{'w' * most}\n"})
    before = read_site(project / "output")
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (most, most))
    ended = subprocess.run(
        [sys.executable, "-m", "clinic.cli", "--project", str(project), "publish"], check=False,
        env=environment() | {"PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, text=True, preexec_fn=limit,
    )  # fmt: skip
    assert ended.returncode == 1
    assert "Not published: " in ended.stderr
    assert "there is no room left on the disk; free some, then run it again" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert is_same(read_site(project / "output"), before)
    assert leftovers(project) == []


def test_an_empty_file_that_nobody_told_stops_the_publish(project: Path) -> None:
    """As where a program of others fills the disk and ends well all the same."""
    empty = (
        "def empty(pelican):\n    (Path(pelican.output_path) / '404.html').write_text('')\n\n"
        "register_first = register\n\n"
        "def register():\n    register_first()\n    signals.finalized.connect(empty, weak=False)\n"
    )
    gate = (project / "plugins/gate.py").read_text()
    write(project, {"output/index.html": "old", "plugins/gate.py": f"{gate}\n{empty}"})
    ended = run_cli("--project", str(project), "publish")
    assert ended.returncode == 1
    assert "build: 1 file of the finished site did not come out as made (404.html is empty)" in ended.stderr
    assert (project / "output/index.html").read_text() == "old"
