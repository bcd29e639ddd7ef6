"""What somebody sees who writes beside the preview: her page at once, the whole site soon, never a wrong one."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from clinic.cli.build import BuildOptions, Project
from clinic.cli.preview import live_site
from clinic.cli.preview.state import PreviewState
from tests.cli.conftest import PATIENCE, Preview, environment
from tests.site import CLINICS, NOW, ROOT, write

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.site,
    pytest.mark.skipif(not Path("/proc").exists(), reason="counts processes as Linux lists them"),
]

KNEES = "content/posts/2025-12-01-knees.md"
TEXT = "---\ntitle: Knees\n---\nA knee bends.\n"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of a small clinic in a project of its own, whose first build is done."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(CLINICS / "minimal", root / "content")
    for folder in ("theme", "plugins"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copyfile(ROOT / "pelicanconf.py", root / "pelicanconf.py")
    write(root / KNEES, TEXT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
        preview = Preview(root, "--port", "0")
        preview.wait_for("Built in")
        yield preview
        preview.end()


def read(live: Preview, path: str) -> str:
    """What is at an address now, without what the preview adds."""
    try:
        with urlopen(live.url + path, timeout=PATIENCE) as answer:  # noqa: S310 (our own server)
            page = str(answer.read(), "utf-8")
    except HTTPError as error:
        page = str(error.read(), "utf-8")
    return re.sub(r'<script src="/~preview/.*?</script>', "", unescape(page)).replace("\xa0", " ")


def wait_for(live: Preview, path: str, words: str) -> str:
    """The page as soon as it has these words."""
    until = time.monotonic() + PATIENCE
    while words not in (page := read(live, path)):
        assert time.monotonic() < until, f"{path} never said {words}"
        time.sleep(0.01)
    return page


def fresh_build(live: Preview) -> Path:
    """The same site by Pelican's own command."""
    output = live.project / "fresh"
    settings = ["CLINIC_PREVIEW=true", f'CLINIC_SERVED_AT="{live.url}"', "CLINIC_SEARCH_INDEX=false"]
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", str(output), "-e", *settings]
    shutil.rmtree(output, ignore_errors=True)
    subprocess.run(command, cwd=live.project, env=environment(), check=True, capture_output=True, timeout=60)
    return output


def files_of(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def shown(live: Preview) -> dict[str, bytes]:
    """All files of the site that is shown: that of the two which was written last."""
    folders = [folder for folder in live.project.glob(".preview/*/site-?") if folder.is_dir()]
    found = files_of(max(folders, key=lambda folder: (folder / "robots.txt").stat().st_mtime_ns))
    return {name: data for name, data in found.items() if not name.startswith("pagefind/")}


def assert_whole(live: Preview) -> None:
    """Wait for the build that follows; then the site is that of a fresh build."""
    live.wait_for("Built in|to mend")
    assert shown(live) == files_of(fresh_build(live))


def test_the_edited_page_is_there_first_and_the_rest_of_the_site_follows(live: Preview) -> None:
    live.edit(KNEES, TEXT + "\nAnd stretches.\n")
    at_once = wait_for(live, "/post/knees/", "And stretches.")
    live.wait_for(r"knees\.md changed; its page is shown, building")
    assert_whole(live)
    assert read(live, "/post/knees/") == at_once


def test_two_edits_at_once_and_an_edit_during_a_build_are_all_there_in_the_end(live: Preview) -> None:
    live.edit("content/pages/home.md", "---\ntitle: Home\n---\nFirst words.\n")
    live.edit(KNEES, TEXT + "\nSecond words.\n")
    wait_for(live, "/post/knees/", "Second words.")
    live.edit(KNEES, TEXT + "\nThird words.\n")
    wait_for(live, "/post/knees/", "Third words.")
    wait_for(live, "/", "First words.")
    live.wait_for("Built in")
    assert "Third words." in read(live, "/post/knees/")
    assert "First words." in read(live, "/")


def test_new_renamed_and_deleted_files_and_facts_images_templates_and_styles_all_arrive(live: Preview) -> None:
    other = "content/posts/2025-12-02-backs.md"
    live.edit(other, "---\ntitle: Backs\n---\nA back bends too.\n")
    wait_for(live, "/blog/", "Backs")
    live.wait_for("Built in")
    (live.project / other).rename(live.project / "content/posts/2025-12-02-spines.md")
    wait_for(live, "/post/spines/", "A back bends too.")
    live.wait_for("Built in")
    (live.project / "content/posts/2025-12-02-spines.md").unlink()
    live.wait_for("Built in")
    assert "A back bends too." not in read(live, "/post/spines/")
    facts = (live.project / "content/clinic.yaml").read_text("utf-8")
    live.edit("content/clinic.yaml", facts.replace("960199", "960198"))
    wait_for(live, "/post/knees/", "960198")
    live.wait_for("Built in")
    write(live.project / "content/images/steps.png", (CLINICS / "full/images/steps.png").read_bytes())
    live.edit(KNEES, TEXT + "\n![Steps to a house]({static}/images/steps.png)\n")
    wait_for(live, "/post/knees/", "/images/steps-")
    template = "theme/templates/partials/site-footer.html"
    live.edit(template, (live.project / template).read_text("utf-8") + "\n<p>Mended footer</p>\n")
    wait_for(live, "/post/knees/", "Mended footer")
    sheet = "theme/static/css/utilities.css"
    live.edit(sheet, (live.project / sheet).read_text("utf-8") + "\nbody { order: 17 }\n")
    wait_for(live, "/post/knees/", "body{order:17}")
    live.edit(KNEES, TEXT + "\nAt the end.\n")
    wait_for(live, "/post/knees/", "At the end.")
    until = time.monotonic() + PATIENCE
    while shown(live) != files_of(fresh_build(live)):
        assert time.monotonic() < until


def test_an_error_is_shown_at_once_beside_the_page_as_it_was_and_goes_when_it_is_mended(live: Preview) -> None:
    live.edit(KNEES, TEXT.replace("title: Knees", "titel: Knees"))
    assert "A knee bends." in wait_for(live, "/post/knees/", "titel")
    live.edit(KNEES, TEXT + "\n/// bookng\n///\n\nWith a slip.\n")
    assert "With a slip." in wait_for(live, "/post/knees/", "bookng")
    live.edit(KNEES, TEXT + "\nMended.\n")
    wait_for(live, "/post/knees/", "Mended.")
    until = time.monotonic() + PATIENCE
    while re.search("bookng|titel", read(live, "/post/knees/")):
        assert time.monotonic() < until


def test_the_search_index_is_made_when_somebody_searches(live: Preview) -> None:
    live.edit(KNEES, TEXT + "\nTo be found.\n")
    live.wait_for("Built in")
    assert not any(live.project.glob(".preview/*/site-?/pagefind"))
    assert "export" in read(live, "/pagefind/pagefind.js")


class Restarts:
    """In place of the server of builds: counts how often it is started anew."""

    def __init__(self, *_: object) -> None:
        self.number = 0

    def restart(self) -> None:
        self.number += 1

    def build(self, *_: object) -> None:
        """No build follows."""


def test_only_an_edit_of_what_the_server_of_builds_has_imported_starts_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Restarts()
    monkeypatch.setattr(live_site, "BuildServer", lambda *_: server)
    options = BuildOptions(Path("pelicanconf.py"), tmp_path, tmp_path / "problems.json")
    site = live_site.LiveSite(Project(tmp_path), tmp_path, PreviewState(), options, print)
    for path in ("content/clinic.yaml", "theme/templates/base.html", "pelicanconf.py", "plugins/other.py"):
        site.edited({tmp_path / path})
    assert server.number == 0
    site.edited({tmp_path / "content/clinic.yaml", ROOT / "plugins/clinic/models/clinic.py"})
    assert server.number == 1


def processes_of(live: Preview) -> list[int]:
    """The preview and every process that it has started, and what they have started."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = status.read_text("utf-8").split(" ", 1)
        except (FileNotFoundError, ProcessLookupError):
            continue
        parents[int(pid)] = int(rest.rpartition(") ")[2].split()[1])
    found = [live.process.pid]
    for one in found:
        found += [pid for pid, parent in parents.items() if parent == one]
    return found


def test_nothing_grows_from_build_to_build(live: Preview) -> None:
    """Processes, open files, threads and files; what is in memory is that of one build, however many there were."""

    def count() -> tuple[int, int, int]:
        time.sleep(0.3)  # what has been told to end does so
        own = Path(f"/proc/{live.process.pid}")
        return len(processes_of(live)), len([*(own / "fd").iterdir()]), len([*(own / "task").iterdir()])

    def build(number: int) -> None:
        live.edit(KNEES, f"{TEXT}\nNumber {number}.\n")
        wait_for(live, "/post/knees/", f"Number {number}.")
        live.wait_for("Built in")

    build(-1)
    before, builds = count(), 6
    for number in range(builds):
        build(number)
    until = time.monotonic() + PATIENCE
    # less than one for each build: the process that waits for the next edit may not have been there at first
    while any(now - then >= builds for now, then in zip(count(), before, strict=True)):
        assert time.monotonic() < until
    assert sorted(path.name for path in live.project.glob(".preview/*/*") if path.is_dir()) == ["site-a", "site-b"]


def test_no_process_is_left_over_however_the_preview_ends(live: Preview) -> None:
    preview = Preview(live.project, "--port", "0")
    preview.wait_for("Built in")
    started = processes_of(preview)
    assert len(started) > 2
    preview.process.kill()
    preview.process.wait(PATIENCE)
    until = time.monotonic() + PATIENCE
    while any(_lives(pid) for pid in started[1:]):
        assert time.monotonic() < until
        time.sleep(0.05)


def _lives(pid: int) -> bool:
    try:
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text("utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
