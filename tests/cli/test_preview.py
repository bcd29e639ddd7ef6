"""What the preview promises whoever writes."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.cli.conftest import ENDLESS, FILES, PATIENCE, Preview, wait_until_there, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.site

ANKLE = FILES["content/ankle.md"]
ENDINGS = [signal.SIGINT, signal.SIGTERM, *([] if sys.platform == "win32" else [signal.SIGHUP])]
BROKEN = ANKLE + "\n/// bookng\n"
WRITES_SEEN = """def check(generators):
    seen = Path(generators[0].settings["OUTPUT_PATH"]) / "seen.txt"
    seen.parent.mkdir(parents=True, exist_ok=True)
    seen.write_text("Seen")"""


@pytest.fixture(scope="module")
def only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """The preview of all tests that end none: its first build is done."""
    project = tmp_path_factory.mktemp("project") / "my own clinic"
    write(project, FILES)
    preview = Preview(project, "--port", "0")
    preview.wait_for("Built in")
    yield preview
    preview.end()


@pytest.fixture
def shared(only: Preview) -> Iterator[Preview]:
    """The same for one test, after which all files are as they were, and shown so."""
    yield only
    only.settle()
    for name, text in {**FILES, "content/ankle.md": ANKLE.replace("First", "Last")}.items():
        if (only.project / name).read_text("utf-8") != text:
            only.edit(name, text)
    for words in ("Last words.", "First words."):  # what comes after the first is a build of nothing else
        deadline = time.monotonic() + PATIENCE
        while words not in shown(f"{only.url}/post/ankle/"):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        only.edit("content/ankle.md", ANKLE)
    only.settle()


def shown(url: str) -> str:
    """The same as ``read`` gives, and nothing where there is nothing yet."""
    try:
        return read(url)
    except HTTPError:
        return ""


def read(url: str) -> str:
    """What the preview serves at an address; an error where there is nothing."""
    with urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 (our own server)
        return str(answer.read(), "utf-8")


def test_an_edit_reloads_the_open_page(shared: Preview, page: Page) -> None:
    page.goto(f"{shared.url}/post/ankle/")
    expect(page.get_by_text("First words.")).to_be_visible()
    shared.edit("content/ankle.md", ANKLE.replace("First", "Other"))
    expect(page.get_by_text("Other words.")).to_be_visible()
    shared.wait_for(r"content/ankle\.md changed")


EDITS = [
    ("theme/templates/article.html", "<body>", "<body>Seen ", "/post/ankle/", "Seen"),
    ("plugins/gate.py", "def check(generators):", WRITES_SEEN, "/seen.txt", "Seen"),
    ("pelicanconf.py", '"post/{slug}', '"other/{slug}', "/other/ankle/", "First words."),
]


def test_an_edit_of_theme_plugins_and_settings_is_built(shared: Preview) -> None:
    for name, old, new, address, words in EDITS:
        shared.edit(name, FILES[name].replace(old, new))
        shared.wait_for(f"{name} changed")
        shared.wait_for("Built in")
        assert words in read(shared.url + address)


def test_a_build_knows_where_the_preview_shows_it(shared: Preview) -> None:
    """The calendar of the preview is subscribed to there, not at the public address."""
    name = "theme/templates/article.html"
    shared.edit(name, FILES[name].replace("<body>", "<body>Shown at {{ CLINIC_SERVED_AT }}."))
    shared.wait_for(r"article\.html changed")
    shared.wait_for("Built in")
    assert f"Shown at {shared.url}." in read(f"{shared.url}/post/ankle/")


def test_settings_saved_by_putting_a_new_file_in_place_are_seen_every_time(shared: Preview) -> None:
    for folder in ("elsewhere", "any"):  # Python takes a file of the same second and length for the same
        fresh = shared.project / "fresh.tmp"
        fresh.write_text(FILES["pelicanconf.py"].replace('"post/{slug}', f'"{folder}/{{slug}}'))
        fresh.rename(shared.project / "pelicanconf.py")
        shared.wait_for(r"pelicanconf\.py changed")
        shared.wait_for("Built in")
        assert "First words." in read(f"{shared.url}/{folder}/ankle/")


def test_an_edit_during_a_build_is_not_missed(shared: Preview, page: Page) -> None:
    slow = FILES["plugins/gate.py"].replace(
        "def check(generators):",
        "def check(generators):\n    import time; Path('building').write_text('now'); time.sleep(1.5)",
    )
    page.goto(f"{shared.url}/post/ankle/")
    shared.edit("plugins/gate.py", slow)
    wait_until_there(shared.project / "building")  # by now this build has read the content
    shared.edit("content/ankle.md", ANKLE.replace("First", "Late"))
    expect(page.get_by_text("Late words.")).to_be_visible()


def test_a_broken_edit_shows_its_problem_and_recovers(shared: Preview, page: Page) -> None:
    page.goto(f"{shared.url}/post/ankle/")
    shared.edit("content/ankle.md", BROKEN)
    problems = page.get_by_role("region", name="Problems found by the preview")
    expect(problems).to_contain_text('content/ankle.md:6: unknown directive "bookng"')
    shared.wait_for(r'content/ankle\.md:6: unknown directive "bookng"')
    shared.edit("content/ankle.md", ANKLE.replace("First", "Mended"))
    expect(page.get_by_text("Mended words.")).to_be_visible()
    expect(problems).to_have_count(0)
    shared.wait_for("Built in")


def test_a_note_stops_nothing_and_waits_to_be_opened(shared: Preview, page: Page) -> None:
    page.goto(f"{shared.url}/post/ankle/")
    shared.edit("content/ankle.md", ANKLE.replace("Date:", "Near: yes\nDate:").replace("First", "Noted"))
    expect(page.get_by_text("Noted words.")).to_be_visible()
    shared.wait_for("Built in")
    shared.wait_for(r"content/ankle\.md:2: note: a bank holiday is near")
    notes = page.get_by_role("region", name="Notes of the preview")
    expect(notes.get_by_text("a bank holiday is near")).to_be_hidden()
    notes.get_by_text("1 note").click()
    expect(notes).to_contain_text("content/ankle.md:2: a bank holiday is near")
    expect(page.get_by_role("region", name="Problems found by the preview")).to_have_count(0)


BREAKS = [
    ("theme/templates/article.html", "<p>\n{% endfor %}", r"theme/templates/article\.html:2: .*endfor"),
    ("plugins/gate.py", "import json\nfrom ; nothing\n", r"plugins/gate\.py:2: invalid syntax"),
    ("plugins/gate.py", "def register():\n    unknown()\n", r"plugins/gate\.py:2: .*unknown"),
    ("plugins/gate.py", "import no_such_module\n", r"No module named 'no_such_module'"),
    ("pelicanconf.py", "THEME = 'theme'\n1 / 0\n", r"pelicanconf\.py:2: division by zero"),
]


@pytest.mark.timeout(600)  # eleven builds, on a machine that may be busy with others
def test_a_template_plugin_or_setting_that_breaks_is_named_with_its_line(shared: Preview, page: Page) -> None:
    """One preview has them all, each once the one before has been put right."""
    page.goto(f"{shared.url}/post/ankle/")
    for name, text, sentence in BREAKS:
        shared.edit(name, text)
        shared.wait_for(sentence)
        assert "Traceback" not in shared.said
        expect(page.get_by_role("heading", name="Ankle")).to_be_visible()  # the site as it was
        shared.edit(name, FILES[name])
        shared.wait_for("Built in")
        expect(page.get_by_role("region", name="Problems found by the preview")).to_have_count(0)


def test_a_site_that_never_built_still_shows_its_problems(
    project: Path, start: Callable[..., Preview], page: Page
) -> None:
    write(project, {"theme/templates/index.html": "<p>\n{% endfor %}"})
    preview = start()
    page.goto(f"{preview.url}/any/page/")
    expect(page.get_by_role("heading", name="The site could not be built")).to_be_visible()
    expect(page.get_by_role("listitem")).to_contain_text("theme/templates/index.html:2:")
    preview.edit("theme/templates/index.html", FILES["theme/templates/index.html"])
    page.wait_for_function("document.title === 'Gone'")


def test_the_page_survives_a_restart_of_the_preview(
    preview: Preview, start: Callable[..., Preview], page: Page
) -> None:
    page.goto(f"{preview.url}/post/ankle/")
    preview.end()
    preview.edit("content/ankle.md", ANKLE.replace("First", "Next day's"))
    start("--port", preview.url.rpartition(":")[2])
    expect(page.get_by_text("Next day's words.")).to_be_visible()


def test_a_port_in_use_is_taken_kindly(start: Callable[..., Preview]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        preview = start("--port", str(port))
    assert f"Port {port} is in use, so the preview is on port {int(preview.url[-5:])}." in preview.said
    assert int(preview.url.rpartition(":")[2]) > port


@pytest.mark.parametrize("number", ENDINGS)
def test_ctrl_c_leaves_quietly(start: Callable[..., Preview], number: signal.Signals) -> None:
    preview = start(real=True)
    preview.wait_for("Built in")
    started = time.monotonic()
    said = preview.end(number)
    assert preview.process.returncode == 0
    assert said.splitlines()[-1:] != ["Traceback"]
    assert "Traceback" not in said
    assert time.monotonic() - started < PATIENCE / 4  # at once, on a machine that does much else too
    assert not list((preview.project / ".preview").iterdir())


def test_ctrl_c_during_a_build_ends_the_build_too(project: Path, start: Callable[..., Preview]) -> None:
    write(project, {"plugins/gate.py": ENDLESS})
    preview = start(real=True)
    wait_until_there(project / "pid")
    assert "Traceback" not in preview.end()
    assert preview.process.returncode == 0
    pid = (project / "pid").read_text().strip()
    assert subprocess.run(["ps", "-p", pid], capture_output=True, check=False).returncode != 0  # noqa: S607 -- found on the path on every system
