"""A small real project, and the real commands run on it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING

import pytest
from playwright.sync_api import Error, expect

from tests.commands import Command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

PLUGINS = Path(__file__).parents[2] / "plugins"
PATIENCE = 90  # seconds, on a machine that may be busy; only a failing test ever waits that long
QUIET = 0.5  # seconds without a word, after which the preview has nothing more to do
expect.set_options(timeout=PATIENCE * 1000)

# A stand-in for the site's plugins: it keeps the promise of the report and has nothing else to break.
GATE = """
import json
from hashlib import blake2b
from pathlib import Path
from pelican import signals

def check(generators):
    settings = generators[0].settings
    found = [
        {"file": f"content/{path.name}", "line": number, "severity": "error",
         "message": f'unknown directive "{line[4:]}"'}
        for path in sorted(Path(settings["PATH"]).glob("*.md"))
        for number, line in enumerate(path.read_text().splitlines(), 1) if line.startswith("/// bookng")
    ]
    near = [
        {"file": f"content/{path.name}", "line": number, "message": "a bank holiday is near", "severity": "warning"}
        for path in sorted(Path(settings["PATH"]).glob("*.md"))
        for number, line in enumerate(path.read_text().splitlines(), 1) if line.startswith("Near:")
    ]
    Path(settings["CLINIC_PROBLEMS_FILE"]).write_text(json.dumps(found + near))
    if found and settings.get("STRICT"):
        raise SystemExit(1)

def tell(pelican):
    root = Path(pelican.output_path)
    files = {path.relative_to(root).as_posix(): blake2b(path.read_bytes(), digest_size=16).hexdigest()
             for path in root.rglob("*") if path.is_file()}
    if target := pelican.settings.get("CLINIC_MANIFEST_FILE"):
        Path(target).write_text(json.dumps({"files": files, "addresses": {"/": ""}}))

def register():
    signals.all_generators_finalized.connect(check)
    signals.finalized.connect(tell)
"""

FILES = {
    "content/ankle.md": "Title: Ankle\nDate: 2025-11-11\n\nFirst words.\n",
    "theme/templates/index.html": "<!doctype html><title>Home</title><body><h1>Home</h1>"
    '{% for article in articles %}<a href="/{{ article.url }}">{{ article.title }}</a>{% endfor %}</body>',
    "theme/templates/article.html": "<!doctype html><title>{{ article.title }}</title><body>"
    "<h1>{{ article.title }}</h1>{{ article.content }}</body>",
    "theme/templates/404.html": "<!doctype html><title>Gone</title><body><h1>Our own 404</h1></body>",
    "theme/static/main.css": "h1 { color: rgb(0, 0, 1) }",
    "plugins/gate.py": GATE,
    "pelicanconf.py": textwrap.dedent("""
        AUTHOR = "Someone"
        TIMEZONE = "Europe/London"
        THEME = "theme"
        PLUGIN_PATHS = ["plugins"]
        PLUGINS = ["gate"]
        ARTICLE_URL = "post/{slug}/"
        ARTICLE_SAVE_AS = "post/{slug}/index.html"
        DIRECT_TEMPLATES = ["index", "404"]
        AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
        FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
    """),
    "publishconf.py": "from pelicanconf import *\nSITEURL = 'https://clinic.test'\nSTRICT = True\n",
}


# A build that does not end by itself, and tells its process id.
ENDLESS = """
import os, time

def register():
    open("pid", "w").write(f"{os.getpid()}\\n")
    time.sleep(60)
"""


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in a folder with spaces in its name."""
    root = tmp_path / "my own clinic"
    write(root, FILES)
    return root


def cli(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "clinic.cli", *arguments]


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(PLUGINS)}


def run_cli(*arguments: str, real: bool = False) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; unless ``real``, as a copy of a warm process (``tests/commands.py``)."""
    pipe = subprocess.PIPE
    command, start = cli(*arguments), subprocess.Popen if real else Command
    with start(command, env=environment(), stdout=pipe, stderr=pipe, encoding="utf-8") as process:
        try:
            said = process.communicate(timeout=3 * PATIENCE)
        except BaseException:
            process.kill()
            raise
    return subprocess.CompletedProcess(command, process.returncode, *said)


def wait_until_there(file: Path) -> None:
    """Wait until a file has been written."""
    deadline = time.monotonic() + PATIENCE
    while not (file.exists() and file.stat().st_size):
        assert time.monotonic() < deadline, f"{file} never came"
        time.sleep(0.02)


class Preview:
    """A running `preview`, and what it has said so far; ``real`` as in ``run_cli``."""

    def __init__(self, project: Path, *options: str, real: bool = True) -> None:
        self.project = project
        self.said = ""
        self._lines: SimpleQueue[str] = SimpleQueue()
        start = subprocess.Popen if real else Command
        self.process = start(
            cli("--project", str(project), "preview", *options),
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        assert self.process.stdout
        self._reader = Thread(target=self._read, args=(self.process.stdout,), daemon=True)
        self._reader.start()
        self.url = self.wait_for(r"(http://localhost:\d+)")[1]

    def _read(self, stdout: IO[str]) -> None:
        for line in stdout:
            self._lines.put(line)

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Wait for a line that has not been asked for before."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                line = self._lines.get(timeout=deadline - time.monotonic())
            except Empty:
                break
            self.said += line
            if found := re.search(pattern, line):
                return found
        pytest.fail(f"The preview never said {pattern!r}, only:\n{self.said}")

    def edit(self, name: str, text: str) -> None:
        write(self.project, {name: text})

    def settle(self) -> None:
        """Wait until it says no more: every edit has been built."""
        with suppress(Empty):
            while True:
                self.said += self._lines.get(timeout=QUIET)

    def end(self, number: int = signal.SIGINT) -> str:
        """Press Ctrl-C and give all that was said."""
        self.process.send_signal(number)
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        while not self._lines.empty():
            self.said += self._lines.get()
        return self.said


@pytest.fixture
def start(project: Path) -> Iterator[Callable[..., Preview]]:
    """Start previews of the project; they end with the test."""
    started: list[Preview] = []

    def start_one(*options: str, real: bool = False) -> Preview:
        started.append(Preview(project, *(options or ("--port", "0")), real=real))
        return started[-1]

    yield start_one
    for preview in started:
        if preview.process.poll() is None:
            preview.end()


@pytest.fixture
def preview(start: Callable[..., Preview]) -> Preview:
    """A preview whose first build is done."""
    preview = start()
    preview.wait_for("Built in")
    return preview


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new page in a real browser."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    yield page
    # Leave first: Chromium can hang when it is closed in the middle of the reload that a last edit has called for.
    with suppress(Error):
        page.goto("about:blank")
    context.close()
